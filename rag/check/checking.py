"""The quotations of a paper checked one after the other.

Stricter than `check`, which asks whether the letters stand in the library: here a quotation is verbatim only if it also begins
and ends with whole words and parts its words as the document does. Omissions ("…", "[...]") and insertions in square brackets are
the author's own; between them every letter must stand in one document, in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.snapshot import Snapshot
from rag.check.alignment import Found, Part, locate
from rag.check.check import MAX_LENGTH, Difference, Match, QuotationError, find, nearest
from rag.check.checked import Checked, Note, Passage
from rag.check.difference import Finding, differences, findings, inside_word, negation_in
from rag.check.paper import Paper
from rag.check.quotations import Quotation, Segment, only_marks, whole

LEAST_ALIKE = 0.65
"""Similarity, 0 to 1, from which a passage is what was meant: of 600 openings of paragraphs on sport and science, in five
languages, eight were as like to something in UN resolutions (docs/log.md)."""
MAX_QUOTATIONS = 2_000
MAX_COMPARED = 10_000
"""Visible characters of words without a cut; for longer ones no passage like it is looked for: a minute would not be enough."""


def taken(paper: Paper, snapshot: Snapshot, single: bool | None = None) -> tuple[tuple[Quotation, ...], bool]:
    """The quotations to check, and whether the text as a whole is the one. `single` None: told from the text.

    A text is one quotation if it stands in the library, if it quotes nothing, or if it is like a passage and mostly not in
    marks of its own. Raises QuotationError for an empty text and for more than 2,000 quotations.
    """
    if not paper.text.strip():
        raise QuotationError("There is no text to check: paste a quotation, or a paper with quotations.")
    own = only_marks(paper.text)
    inner = paper.quotations() if single is not True else ()
    if own and single is not False and (single or _is_one(own, inner, snapshot)):
        if len("".join(own.text.split())) > MAX_LENGTH:
            raise QuotationError(f"This is longer than {MAX_LENGTH:,} characters, no quotation; check it as a paper.")
        return (own,), True
    if len(inner) > MAX_QUOTATIONS:
        raise QuotationError(
            f"The text has {len(inner):,} quotations, the most that is checked is {MAX_QUOTATIONS:,}: check it in parts."
        )
    return inner, False


def first_sentence(snapshot: Snapshot) -> str | None:
    """The first sentence of the library that is long enough to be checked; None where there is none."""
    for clause in snapshot.clauses:
        text = snapshot.document_by_hash[clause.document].text
        for sentence in clause.sentences:
            if whole(text, sentence.start, sentence.end).long_enough:
                return text[sentence.start : sentence.end]
    return None


def check_each(quotations: Sequence[Quotation], snapshot: Snapshot, language: str) -> Iterator[Checked]:
    """Check quotations one after the other."""
    for number, quotation in enumerate(quotations, 1):
        yield check_quotation(quotation, snapshot, language, number)


def check_quotation(quotation: Quotation, snapshot: Snapshot, language: str, number: int = 1) -> Checked:
    """What the library says of one quotation; labels and citations in `language`."""
    notes: tuple[Note, ...] = () if quotation.closed else ("unclosed",)
    if not quotation.long_enough:
        return Checked(number, quotation, "too_short", notes=notes)
    seen = 0
    for kinds in ((), ("omission",), ("omission", "insertion")):  # dots and brackets may be the document's own
        segments = quotation.segments(*kinds)
        if len(segments) == seen:
            continue
        seen = len(segments)
        found = locate(_parts(segments), snapshot, language)
        if found:
            return _standing(number, quotation, segments, found, snapshot, notes)
    return _differing(number, quotation, quotation.segments("omission", "insertion"), snapshot, language, notes)


def _is_one(own: Quotation, inner: Sequence[Quotation], snapshot: Snapshot) -> bool:
    marked = sum(len(q.text) for q in inner if q.long_enough)
    if not marked or any(q.start <= own.start and q.end >= own.end for q in inner):
        return True
    if len("".join(own.text.split())) > MAX_COMPARED:
        return False
    if locate(_parts(own.segments("omission", "insertion")), snapshot, "en"):
        return True
    like = nearest(own.text, snapshot) if 2 * marked < len(own.text) else None
    return like is not None and like.similarity >= 0.8


def _parts(segments: Sequence[Segment]) -> list[Part]:
    found: list[Part] = []
    for n, segment in enumerate(segments):
        if segment.kind == "words":
            before = n > 0 and segments[n - 1].kind == "insertion" and not segment.text[0].isspace()
            after = n + 1 < len(segments) and segments[n + 1].kind == "insertion" and not segment.text[-1].isspace()
            found.append(Part(segment.text, before, after))
    return found


def _standing(
    number: int, quotation: Quotation, segments: Sequence[Segment], found: Sequence[Found], snapshot: Snapshot,
    notes: tuple[Note, ...],
) -> Checked:  # fmt: skip
    texts = snapshot.document_by_hash
    passages = tuple(Passage(f.match, texts[f.match.document].text[f.match.start : f.match.end]) for f in found)
    first = found[0]
    text = texts[first.match.document].text
    if all(_negated(texts[f.match.document].text, f.match.start) for f in found):
        notes = ("negation_before", *notes)
    if len(segments) == 1:
        return Checked(number, quotation, "verbatim", passages, notes=notes)
    pieces: list[Difference] = []
    spans, before = iter(first.spans), first.spans[0][0]
    for segment in segments:
        if segment.kind == "words":
            start, end = next(spans)
            if start > before:
                pieces = _with_omitted(pieces, text[before:start])
            pieces.append(Difference("same", segment.text, text[start:end]))
            before = end
        else:
            pieces.append(Difference("omitted" if segment.kind == "omission" else "inserted", segment.text, ""))
    if negation_in(" ".join(piece.printed for piece in pieces if piece.kind != "same")):
        notes = ("negation_omitted", *notes)
    return Checked(number, quotation, "with_omissions", passages, tuple(pieces), notes=notes)


def _with_omitted(pieces: list[Difference], printed: str) -> list[Difference]:
    """What the document prints at a cut, told with the cut."""
    cut = pieces[-1]
    return [*pieces[:-1], Difference(cut.kind, cut.quoted, printed)]


def _differing(
    number: int, quotation: Quotation, segments: Sequence[Segment], snapshot: Snapshot, language: str,
    notes: tuple[Note, ...],
) -> Checked:  # fmt: skip
    pieces: list[Difference] = []
    passages: list[Passage] = []
    said: list[Finding] = []
    for segment in segments:
        if segment.kind != "words":
            pieces.append(Difference("omitted" if segment.kind == "omission" else "inserted", segment.text, ""))
            continue
        passage, kinds = _meant(segment.text, snapshot, language)
        said += kinds
        if passage is None:
            pieces.append(Difference("added", segment.text, ""))
            continue
        passages.append(passage)
        pieces += differences(segment.text, passage.text)
    if not passages:
        return Checked(number, quotation, "not_found", notes=notes)
    order: tuple[Finding, ...] = ("negation", "numbers", "words", "order", "cut", "spaces", "case", "marks")
    kinds = tuple(finding for finding in order if finding in said) or ("order",)
    return Checked(number, quotation, "differs", tuple(dict.fromkeys(passages)), tuple(pieces), kinds, notes)


def _meant(words: str, snapshot: Snapshot, language: str) -> tuple[Passage | None, tuple[Finding, ...]]:
    """The passage that words were taken from, and what differs; no passage where none is like them."""
    text_of = {document.sha256: document.text for document in snapshot.documents}
    standing = locate([Part(words)], snapshot, language)
    if standing:
        match = standing[0].match
        return Passage(match, text_of[match.document][match.start : match.end]), ()
    for match in find(words, snapshot, language):  # the letters are there: words are cut or spaced otherwise
        start, end = _whole_words(text_of[match.document], match.start, match.end)
        passage = Passage(Match(match.clause, match.label, match.citation, match.document, start, end),
                          text_of[match.document][start:end])  # fmt: skip
        cut: tuple[Finding, ...] = ("cut",) if (start, end) != (match.start, match.end) else ()
        return passage, (*cut, *(("spaces",) if not cut else ()))
    like = nearest(words, snapshot, language) if len("".join(words.split())) <= MAX_COMPARED else None
    if like is None or like.similarity < LEAST_ALIKE:
        return None, ("words",)
    start, end = _whole_words(text_of[like.match.document], like.match.start, like.match.end)
    match = Match(like.match.clause, like.match.label, like.match.citation, like.match.document, start, end)
    passage = Passage(match, text_of[match.document][start:end])
    return passage, findings(words, passage.text)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the words and figures that its ends run through, of each at most forty characters."""
    first, last = start, end
    while first > max(0, start - 40) and inside_word(text[max(0, first - 2) : first], text[first : first + 2]):
        first -= 1
    while last < min(len(text), end + 40) and inside_word(text[last - 2 : last], text[last : last + 2]):
        last += 1
    return first, last


def _negated(text: str, start: int) -> bool:
    """Whether a negation stands among the last words before a place, in the same part of the sentence."""
    before = re.split(r"[.;:,!?。；：，！？、؛،؟\n]", text[max(0, start - 40) : start])[-1]
    if re.search(r"[\u3400-\u9fff]\s*\Z", before):
        return negation_in(before.rstrip()[-3:])
    return negation_in(" ".join(before.split()[-2:]))

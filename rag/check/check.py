"""Is this quotation in the library to the letter? Where; or else what stands there instead."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from index.clause import Block, Clause, Document
from index.errors import ClausesError
from index.snapshot import Snapshot
from index.squeeze import Squeezed, squeeze
from index.structure.layout import path_id
from rag.cite import citation, cite_clause, label, path_label

MAX_MATCHES = 20
MAX_LENGTH = 100_000
"""Visible characters of a quotation; a longer one is a document, not a quotation."""
_GRAM = 3
_LOOKED_AT = 5
"""Blocks with the most trigrams in common that are aligned letter by letter."""
_LEAST_LIKE = 40.0
"""Similarity, 0 to 100, below which a passage is not called the nearest."""


class QuotationError(ClausesError):
    """A quotation that cannot be looked for: empty or far too long."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a quotation stands."""

    clause: str
    """Id of the clause (or heading, title, note) that it begins in."""
    label: str
    """Its label; from the first to the last where it runs through several."""
    citation: str
    document: str
    """sha256 of the document's file, hex."""
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a quotation and the nearest passage part."""

    kind: Literal["same", "changed", "missing", "added", "omitted", "inserted"]
    """Of the quotation: it has other letters here, lacks these, or has more; it says that it leaves out, or puts in."""
    quoted: str
    printed: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage most like a quotation that stands nowhere to the letter."""

    match: Match
    text: str
    """As printed."""
    similarity: float
    """0 to 1, 1 for the same letters."""
    differences: tuple[Difference, ...]
    """Together they spell the whole quotation and the whole passage, white space aside."""


@dataclass(frozen=True, slots=True)
class Check:
    """What the library says of a quotation."""

    id: str | None
    text: str
    verbatim: bool
    matches: tuple[Match, ...]
    """In the order of the library, at most 20."""
    nearest: Nearest | None


def check(text: str, snapshot: Snapshot, *, id: str | None = None, language: str = "en") -> Check:
    """Look a quotation up. Every visible character must stand in the document in this order; white space is ignored.

    `language` is that of labels and citations. Raises QuotationError for an empty or a far too long quotation.
    """
    matches = find(text, snapshot, language)
    return Check(id, text, bool(matches), matches, None if matches else nearest(text, snapshot, language))


def find(text: str, snapshot: Snapshot, language: str = "en") -> tuple[Match, ...]:
    """The places where a quotation stands to the letter, white space aside. Raises as `check` does."""
    wanted = _wanted(text)
    matches: list[Match] = []
    for document, squeezed in zip(snapshot.documents, squeezed_texts(snapshot), strict=True):
        for start, end in squeezed.find_all(wanted, MAX_MATCHES - len(matches)):
            match = match_at(document, start, end, snapshot, language)
            if match:
                matches.append(match)
    return tuple(matches)


def nearest(text: str, snapshot: Snapshot, language: str = "en") -> Nearest | None:
    """The passage most like a quotation; None where none is like it. Raises as `check` does."""
    return _nearest(_wanted(text), snapshot, language)


def _wanted(text: str) -> str:
    wanted = "".join(text.split())
    if not wanted:
        raise QuotationError("The quotation is empty: give the words to look for.")
    if len(wanted) > MAX_LENGTH:
        raise QuotationError(
            f"The quotation has {len(wanted):,} characters; the most that is looked for is {MAX_LENGTH:,}."
        )
    return wanted


@lru_cache(maxsize=2)
def squeezed_texts(snapshot: Snapshot) -> list[Squeezed]:
    """The documents of a library without their white space, in their order."""
    return [squeeze(document.text) for document in snapshot.documents]


@lru_cache(maxsize=2)
def _grams(snapshot: Snapshot) -> list[tuple[int, Block, frozenset[str]]]:
    """(position of the document, block, its trigrams) for every block of the library."""
    return [
        (n, block, frozenset(_trigrams("".join(document.text[block.start : block.end].split()))))
        for n, document in enumerate(snapshot.documents)
        for block in document.blocks
    ]


def _trigrams(text: str) -> list[str]:
    return [text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1))]


def match_at(document: Document, start: int, end: int, snapshot: Snapshot, language: str) -> Match | None:
    """The span of a document as a place; None where it runs over rows of a corpus."""
    starts = [block.start for block in document.blocks]
    first = document.blocks[bisect_right(starts, start) - 1]
    last = document.blocks[bisect_right(starts, end - 1) - 1]
    if first is not last and first.path[0].kind == "row":
        return None  # rows of a corpus stand beside each other by chance
    name, place, cited = _place(document, first, snapshot, language)
    if first is not last:
        _, until, _ = _place(document, last, snapshot, language)
        place = f"{place} – {until}"
        cited = citation(document, place, language)
    return Match(name, place, cited, document.sha256, start, end)


def _place(document: Document, block: Block, snapshot: Snapshot, language: str) -> tuple[str, str, str]:
    """Id, label and citation of a block, whether it is a clause or not."""
    clause = _clause_of(snapshot).get((document.sha256, block.body))
    if clause:
        return clause.id, label(clause, language), cite_clause(document, clause, language)
    place = path_label(block.path, language)
    return f"{document.slug}#{path_id(block.path)}", place, citation(document, place, language)


@lru_cache(maxsize=2)
def _clause_of(snapshot: Snapshot) -> dict[tuple[str, int], Clause]:
    return {(clause.document, clause.start): clause for clause in snapshot.clauses}


def _nearest(wanted: str, snapshot: Snapshot, language: str) -> Nearest | None:
    grams = Counter(_trigrams(wanted))
    shared = [
        (sum(grams[g] for g in own.intersection(grams)), -order, n, block)
        for order, (n, block, own) in enumerate(_grams(snapshot))
    ]
    best: tuple[float, Document, int, int, str] | None = None
    for count, _, n, block in sorted(shared, key=lambda row: row[:2], reverse=True)[:_LOOKED_AT]:
        if not count:
            break
        document, squeezed = snapshot.documents[n], squeezed_texts(snapshot)[n]
        # A quotation may run over the block's ends: look as far on either side as it is long.
        low = bisect_right(squeezed.offsets, block.start - 1)
        high = bisect_right(squeezed.offsets, block.end - 1)
        low, high = max(0, low - len(wanted)), high + len(wanted)
        region = squeezed.text[low:high]
        found = fuzz.partial_ratio_alignment(wanted, region) if len(wanted) <= len(region) else None
        first, last = (found.dest_start, found.dest_end) if found else (0, len(region))
        first, last = _whole(wanted, region, first, last)
        score = Indel.normalized_similarity(wanted, region[first:last]) * 100
        if best is None or score > best[0]:
            best = score, document, *squeezed.span(low + first, low + last), region[first:last]
    if best is None or best[0] < _LEAST_LIKE:
        return None
    score, document, start, end, printed = best
    match = match_at(document, start, end, snapshot, language)
    if match is None:
        return None
    return Nearest(match, document.text[start:end], round(score / 100, 4), _differences(wanted, printed))


def _whole(wanted: str, region: str, first: int, last: int) -> tuple[int, int]:
    """Grow or shrink an alignment of fixed width to the ends that fit the quotation best, letters left out or added."""
    reach = 40
    best = (Levenshtein.distance(wanted, region[first:last]), abs(last - first - len(wanted)), first, last)
    for step in range(-reach, reach + 1):
        for low, high in ((first, last + step), (first - step, last)):
            if 0 <= low < high <= len(region):
                misfit = abs(high - low - len(wanted))  # of equal ones the length that was quoted
                best = min(best, (Levenshtein.distance(wanted, region[low:high]), misfit, low, high))
    return best[2], best[3]


def _differences(quoted: str, printed: str) -> tuple[Difference, ...]:
    kinds: dict[str, Literal["same", "changed", "missing", "added"]] = {
        "equal": "same", "replace": "changed", "insert": "missing", "delete": "added",
    }  # fmt: skip
    found: list[Difference] = []
    for op in Indel.opcodes(quoted, printed):
        part = Difference(kinds[op.tag], quoted[op.src_start : op.src_end], printed[op.dest_start : op.dest_end])
        if found and {found[-1].kind, part.kind} <= {"missing", "added", "changed"}:
            before = found.pop()
            part = Difference("changed", before.quoted + part.quoted, before.printed + part.printed)
        found.append(part)
    return tuple(found)

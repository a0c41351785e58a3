"""Which sentences of which clauses are quoted, and with what they must be read."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Clause
from index.snapshot import Snapshot
from index.words.lexicon import Lexicon, shipped_lexicon
from index.words.tokens import tokens
from rag.answer import Edition, Hit, Quote
from rag.choose import MAX_SENTENCES, best_run, chooser
from rag.cite import cite_clause, label
from rag.twins import same_letters, squeezed

MAX_CLAUSES = 3
"""Chapeaux of list items not counted."""
CLAUSE_MARGIN = 1.5
"""A further clause is quoted when its fused score is at most this much below the best one's (standard deviations). Of 390
questions as people ask, 2 gives .71 quotations beside the point a question and the answer in .926 of them, 1.5 gives .55 and
.918."""
SAYS_LITTLE = 8
"""Tokens of a list item below which it says nothing without its chapeau, whatever that ends in."""
_COLONS = (":", "：", "﹕", ":—", ": —")


def quote(
    hits: tuple[Hit, ...], snapshot: Snapshot, language: str, lexicon: Lexicon | None = None
) -> tuple[Quote, ...]:
    """Quote the best clauses, best first: one run of one to three sentences each. The chapeaux that a list
    item is read with ("(c) Women and children;") are quoted before it: the last sentence of each, a quotation of its own.

    lexicon: what editions are checked by; the one that ships unless given.
    """
    lexicon = lexicon or shipped_lexicon()
    cost = chooser(snapshot.model).cost
    quotes: list[Quote] = []
    taken: set[object] = set()
    for hit in _by_table([hit for hit in hits[:MAX_CLAUSES] if hit.score >= hits[0].score - CLAUSE_MARGIN]):
        clause = hit.clause
        runs = [(clause, *_run(hit, cost))]
        runs[:0] = _chapeaux(clause, snapshot)
        for one, first, last in runs:
            key = snapshot.editions.key(one) or (one.document, one.start)
            if key not in taken:  # an edition of it says the same
                taken.add(key)
                also = hit.also if one is clause else ()
                quotes.append(_quote(len(quotes) + 1, one, first, last, hit.score, also, snapshot, language, lexicon))
    return tuple(quotes)


def _run(hit: Hit, cost: float) -> tuple[int, int]:
    """First and last of the sentences of a hit to quote; those that a clause begins with where it was asked for by its place."""
    if hit.sentence_scores:
        return best_run(hit.sentence_scores, cost)
    return 0, min(MAX_SENTENCES, len(hit.clause.sentences)) - 1


def _by_table(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, rows of one table after each other: what stands above a row is its head or a row below that."""
    ordered: list[Hit] = []
    for hit in hits:
        table = (hit.clause.document, hit.clause.path[:-1]) if hit.clause.columns else None
        beside = [n for n, other in enumerate(ordered) if table == (other.clause.document, other.clause.path[:-1])]
        ordered.insert(beside[-1] + 1 if beside else len(ordered), hit)
    return ordered


def _chapeaux(clause: Clause, snapshot: Snapshot) -> list[tuple[Clause, int, int]]:
    """The chapeaux that a list item is read with, outermost first, the last sentence of each. One that ends in a colon
    can turn the item's sense about ("States shall prohibit:"), so it always goes with it. A row of a table is read with the
    rows that name its columns."""
    found = [(head, 0, len(head.sentences) - 1) for head in snapshot.columns_of(clause)]
    under = clause
    while (chapeau := snapshot.chapeau_of(under)) is not None and (
        chapeau.text.rstrip().endswith(_COLONS) or len(tokens(under.text, under.language)) < SAYS_LITTLE
    ):
        last = len(chapeau.sentences) - 1
        found.insert(0, (chapeau, last, last))
        under = chapeau
    return found


def _quote(
    number: int,
    clause: Clause,
    first: int,
    last: int,
    score: float,
    also: tuple[Clause, ...],
    snapshot: Snapshot,
    language: str,
    lexicon: Lexicon,
) -> Quote:
    document = snapshot.document_by_hash[clause.document]
    start, end = clause.sentences[first].start, clause.sentences[last].end
    words = document.text[start:end]
    where = [
        (
            _stands_in(words, clause, other, snapshot, lexicon),
            cite_clause(snapshot.document_by_hash[other.document], other, language),
        )
        for other in also
    ]
    return Quote(
        number=number, text=document.text[start:end], citation=cite_clause(document, clause, language),
        label=label(clause, language), clause=clause.id, language=clause.language, symbol=document.symbol,
        title=document.title, document=document.sha256, start=start, end=end, score=round(score, 4),
        edition=_edition(clause, first, last, snapshot, language, lexicon),
        also=tuple(place for equal, place in where if equal), alike=tuple(place for equal, place in where if not equal),
        page=clause.page, from_picture=document.from_picture,
    )  # fmt: skip


def _stands_in(words: str, clause: Clause, other: Clause, snapshot: Snapshot, lexicon: Lexicon) -> bool:
    """Whether quoted words of a clause stand in a clause of another document. One in another language is held against the
    quoted clause's edition in that language, whole."""
    if other.language == clause.language:
        return squeezed(words) in squeezed(other.text)
    edition = snapshot.editions.counterpart(clause, other.language, lexicon) if other.language else None
    return edition is not None and same_letters(edition.clause.text, other.text)


def _edition(
    clause: Clause, first: int, last: int, snapshot: Snapshot, language: str, lexicon: Lexicon
) -> Edition | None:
    """The quoted clause in the asker's language: the same sentences where both have as many, else all of it."""
    if clause.language == language:
        return None
    found = snapshot.editions.counterpart(clause, language, lexicon)
    if found is None:
        return None
    other, document = found.clause, snapshot.document_by_hash[found.clause.document]
    alike = len(other.sentences) == len(clause.sentences)
    start = other.sentences[first].start if alike else other.start
    end = other.sentences[last].end if alike else other.end
    return Edition(
        text=document.text[start:end], citation=cite_clause(document, other, language), label=label(other, language),
        clause=other.id, language=other.language, document=document.sha256, start=start, end=end, trust=found.trust,
    )  # fmt: skip

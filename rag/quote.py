"""Which sentences of a clause are quoted: the best one, and its neighbours where they score nearly as high."""

from __future__ import annotations

from index.clause import Document
from rag.answer import Hit, Quote
from rag.cite import cite_clause, label

MAX_CLAUSES = 3
MAX_SENTENCES = 3
CLAUSE_MARGIN = 2.0
"""A further clause is quoted when its fused score is at most this much below the best one's (standard deviations)."""
SENTENCE_MARGIN = 1.2
"""A neighbouring sentence is quoted too when its score is at most this much below the best sentence's."""


def quote(hits: tuple[Hit, ...], documents: dict[str, Document], language: str) -> tuple[Quote, ...]:
    """Quote the best clauses, best first: one run of one to three sentences each."""
    chosen = [hit for hit in hits[:MAX_CLAUSES] if hit.score >= hits[0].score - CLAUSE_MARGIN]
    return tuple(_quote(n, hit, documents[hit.clause.document], language) for n, hit in enumerate(chosen, 1))


def _quote(number: int, hit: Hit, document: Document, language: str) -> Quote:
    clause = hit.clause
    first, last = _run(hit.sentence_scores)
    start, end = clause.sentences[first].start, clause.sentences[last].end
    return Quote(
        number=number, text=document.text[start:end], citation=cite_clause(document, clause, language),
        label=label(clause, language), clause=clause.id, language=clause.language, symbol=document.symbol,
        title=document.title, document=document.sha256, start=start, end=end, score=hit.score,
    )  # fmt: skip


def _run(scores: tuple[float, ...]) -> tuple[int, int]:
    """First and last of the sentences to quote: a run around the best one, grown towards the better neighbour."""
    best = max(range(len(scores)), key=lambda i: scores[i])
    first = last = best
    while last - first + 1 < MAX_SENTENCES:
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(scores)]
        if not sides:
            break
        side = max(sides, key=lambda i: scores[i])
        if scores[side] < scores[best] - SENTENCE_MARGIN:
            break
        first, last = min(first, side), max(last, side)
    return first, last

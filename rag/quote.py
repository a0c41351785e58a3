"""Which sentences of a clause are quoted: the best one, and near ones that score nearly as high."""

from __future__ import annotations

from index.clause import Document
from rag.answer import Hit, Quote
from rag.cite import cite_clause, label
from rag.weights import shipped_weights

MAX_CLAUSES = 3
MAX_SENTENCES = 3
CLAUSE_MARGIN = 2.0
"""A further clause is quoted when its fused score is at most this much below the best one's (standard deviations)."""


def quote(hits: tuple[Hit, ...], documents: dict[str, Document], language: str) -> tuple[Quote, ...]:
    """Quote the best clauses, best first: one run of one to three sentences each."""
    chosen = [hit for hit in hits[:MAX_CLAUSES] if hit.score >= hits[0].score - CLAUSE_MARGIN]
    return tuple(_quote(n, hit, documents[hit.clause.document], language) for n, hit in enumerate(chosen, 1))


def _quote(number: int, hit: Hit, document: Document, language: str) -> Quote:
    clause = hit.clause
    weights = shipped_weights()
    first, last = run(sentence_scores(hit, weights.sentence_words), weights.sentence_margin)
    start, end = clause.sentences[first].start, clause.sentences[last].end
    return Quote(
        number=number, text=document.text[start:end], citation=cite_clause(document, clause, language),
        label=label(clause, language), clause=clause.id, language=clause.language, symbol=document.symbol,
        title=document.title, document=document.sha256, start=start, end=end, score=round(hit.score, 4),
    )  # fmt: skip


def sentence_scores(hit: Hit, word_weight: float) -> tuple[float, ...]:
    """What the sentences of a clause are chosen by; higher is better."""
    return tuple(z + word_weight * share for z, share in zip(hit.sentence_zs, hit.sentence_shares, strict=True))


def run(scores: tuple[float, ...], margin: float) -> tuple[int, int]:
    """First and last of the sentences to quote: the best one, with the second and third best where they score at most
    `margin` less and stand close enough to make one run of three at most (measured: docs/log.md)."""
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    first = last = ranked[0]
    for other in ranked[1:MAX_SENTENCES]:
        low, high = min(first, other), max(last, other)
        if scores[other] >= scores[ranked[0]] - margin and high - low < MAX_SENTENCES:
            first, last = low, high
    return first, last

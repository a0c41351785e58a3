"""What is measured against: one vector a clause, inner product, nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from index.library import Library
from index.searchable import Searchable
from index.vectors import VectorIndex
from rag.evaluate.questions import Outcome, Question

PLACES = 10


def plain_outcomes(
    questions: Sequence[Question], library: Library, progress: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """Ask every question of the clauses' vectors alone. The whole best clause counts as the quote, its cosine as the
    confidence (no threshold: nothing is refused)."""
    searchable = library.searchable()
    vectors = searchable.vectors
    positions = np.arange(len(vectors.clause_rows))
    index = VectorIndex.build(positions, vectors.index.matrix[vectors.clause_rows])
    outcomes: list[Outcome] = []
    for question in questions:
        outcomes.append(_outcome(question, index, searchable, library))
        if progress:
            progress(len(outcomes), len(questions))
    return outcomes


def _outcome(question: Question, index: VectorIndex, searchable: Searchable, library: Library) -> Outcome:
    started = time.perf_counter()
    query = library.embedder.encode_queries([question.text])[0]
    found, cosines = index.search(query, PLACES)
    seconds = time.perf_counter() - started
    clauses = [searchable.snapshot.clauses[position] for position in found]
    return Outcome(
        question=question,
        rank=next((place for place, clause in enumerate(clauses, 1) if question.is_right(clause)), None),
        confidence=float(cosines[0]),
        quoted_right=question.is_right(clauses[0]),
        quote_hit=question.has_span(clauses[0].text),
        sentences=(len(clauses[0].sentences),),
        verbatim=True,
        seconds=seconds,
        refused=False,
    )

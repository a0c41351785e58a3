"""Clauses that say the same in other words in documents of other years: the newest first."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.snapshot import Snapshot
from index.words.tokens import tokens
from rag.answer import Hit
from rag.merge import age
from rag.twins import says_enough

SAME_MATTER = 0.93
"""Cosine of two clauses' vectors from which on they say the same in other words: of 400 pairs of the best clauses for the
questions on resolutions the seven above it do, of those from .90 to .92 few (docs/log.md)."""
AS_GOOD = 0.8
"""Share of the better clause's score that the newer one must have."""
_LOOKED_AT = 3
"""First hits that a newer one may go before: those that can be quoted."""


def newest_first(
    hits: Sequence[Hit],
    vectors: Mapping[str, NDArray[np.float32]],
    words: Mapping[str | None, Container[str]],
    snapshot: Snapshot,
) -> tuple[Hit, ...]:
    """The hits, a clause of a later year before one that says the same and scores little more; it takes over the score.

    vectors: by clause id, shape (dimension,), unit length. words: by language, the tokens of the question; one that the older
    clause has and the newer one has not keeps the older one first: it is asked for.
    """
    order = list(hits)
    for place in range(min(_LOOKED_AT, len(order))):
        better = order[place]
        newer = [hit for hit in order[place + 1 :] if _goes_before(hit, better, vectors, words, snapshot)]
        if newer:
            newest = max(newer, key=lambda hit: age(hit.clause, snapshot))
            order.remove(newest)
            order.insert(place, replace(newest, score=better.score))
    return tuple(order)


def _goes_before(
    hit: Hit,
    better: Hit,
    vectors: Mapping[str, NDArray[np.float32]],
    words: Mapping[str | None, Container[str]],
    snapshot: Snapshot,
) -> bool:
    one, other = hit.clause, better.clause
    if not (
        one.language == other.language
        and hit.score >= AS_GOOD * better.score > 0
        and says_enough(one)
        and says_enough(other)
        and float(vectors[one.id] @ vectors[other.id]) >= SAME_MATTER
        and age(one, snapshot)[0] > age(other, snapshot)[0] > 0
    ):
        return False
    only_older = set(tokens(other.text, other.language)) - set(tokens(one.text, one.language))
    return not any(token in words[one.language] for token in only_older)

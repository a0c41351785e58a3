"""A question about one of several that are counted, the thirteenth summit meeting: what is said of another is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import Hit
from rag.question.ordinals import Asked, has_ordinal, other_ordinal, same_ordinal

POOL = 40
"""Hits among which the one asked for is looked for."""


def those_asked_for(hits: Sequence[Hit], asked: Asked, language: str, k: int) -> tuple[tuple[Hit, ...], bool]:
    """The first `k` hits: what speaks of the one asked for goes before all others, what speaks of another after them, the scores
    stay where they were in the ranking; and whether the one asked for is nowhere in them, while some speak of another: then they
    stay as they were, the nearest first."""
    if not asked:
        return tuple(hits[:k]), False
    own = [hit.clause.text if hit.clause.language == language else None for hit in hits]
    place = [
        0 if text and same_ordinal(asked, text, language)
        else 2 if text and other_ordinal(asked, text, language)
        else 1
        for text in own
    ]  # fmt: skip
    order = sorted(range(len(hits)), key=place.__getitem__)[:k]
    known = any(own[n] is None or has_ordinal(asked, own[n] or "", language) for n in order)
    if 2 in place[:k] and not known:
        return tuple(hits[:k]), True
    return tuple(replace(hits[n], score=hit.score) for n, hit in zip(order, hits, strict=False)), False

"""The measures of the field, with bootstrap confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
LEVEL = 95
"""Per cent of the resamples that lie in the interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions; without a meaning where `count` is 0."""

    value: float
    low: float
    """Lower end of the 95 % bootstrap interval."""
    high: float
    count: int
    """Questions it was measured on."""

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})" if self.count else "-"


def mean(values: Sequence[float]) -> Figure:
    """The mean of a measure over questions, resampled over questions; the same values give the same interval."""
    if not len(values):
        return Figure(0.0, 0.0, 0.0, 0)
    sample = np.asarray(values, np.float64)
    draws = np.random.default_rng(0).integers(0, len(sample), (RESAMPLES, len(sample)))
    return _figure(float(sample.mean()), sample[draws].mean(axis=1), len(sample))


def recall_at(ranks: Sequence[int | None], k: int) -> Figure:
    """Share of questions with a right clause among the first `k`. ranks: from 1; None where none was found."""
    return mean([float(rank is not None and rank <= k) for rank in ranks])


def reciprocal_rank(ranks: Sequence[int | None], k: int = 10) -> Figure:
    """Mean reciprocal rank of the first right clause, 0 beyond place `k`."""
    return mean([1 / rank if rank is not None and rank <= k else 0.0 for rank in ranks])


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> Figure:
    """Probability that an answerable question has the higher confidence, ties one half (Mann-Whitney)."""
    if not len(answerable) or not len(unanswerable):
        return Figure(0.0, 0.0, 0.0, 0)
    yes, no = np.asarray(answerable), np.asarray(unanswerable)
    chance = np.random.default_rng(0)
    draws = [_area(chance.choice(yes, len(yes)), chance.choice(no, len(no))) for _ in range(RESAMPLES // 5)]
    return _figure(_area(yes, no), np.array(draws), len(yes) + len(no))


def _area(yes: NDArray[np.float64], no: NDArray[np.float64]) -> float:
    ordered = np.sort(no)
    below, up_to = np.searchsorted(ordered, yes, "left"), np.searchsorted(ordered, yes, "right")
    return float((below + up_to).mean() / 2 / len(no))


def _figure(value: float, draws: NDArray[np.float64], count: int) -> Figure:
    low, high = np.percentile(draws, [(100 - LEVEL) / 2, 100 - (100 - LEVEL) / 2])
    return Figure(value, float(low), float(high), count)

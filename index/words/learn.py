"""Learn which words translate which from aligned text: IBM model 1 in both directions, geometric mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from index.language import LANGUAGES
from index.words.lexicon import Lexicon, Table
from index.words.tokens import tokens

ITERATIONS = 5
LEAST = 0.08
"""Pairs whose geometric mean of both probabilities is below this are left out: most of them are chance."""
LEAST_COUNT = 2
"""A token must stand in this many rows."""


def learn(rows: Sequence[Mapping[str, str]], *, progress: Callable[[int, int], None] | None = None) -> Lexicon:
    """Learn a lexicon from rows of the same text in several languages, {language: text}.

    Deterministic: the same rows in the same order give the same lexicon.
    Source of the model: Brown et al., The Mathematics of Statistical Machine Translation (1993).
    """
    if progress:
        progress(0, 1)  # making tokens takes long enough to be seen
    present = [language for language in sorted(LANGUAGES) if any(row.get(language) for row in rows)]
    tokenised = {lang: [sorted(set(tokens(row.get(lang, ""), lang))) for row in rows] for lang in present}
    vocabularies = {language: _vocabulary(tokenised[language]) for language in present}
    tables: dict[tuple[str, str], Table] = {}
    pairs = list(combinations(present, 2))
    for done, (a, b) in enumerate(pairs, 1):
        tables[a, b] = _pair(tokenised[a], tokenised[b], vocabularies[a], vocabularies[b])
        if progress:
            progress(done, len(pairs))
    return Lexicon.pack({lang: list(vocabulary) for lang, vocabulary in vocabularies.items()}, tables)


def _vocabulary(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    counts = Counter(token for row in rows for token in row)
    return {token: n for n, token in enumerate(sorted(t for t, count in counts.items() if count >= LEAST_COUNT))}


def _pair(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], left_ids: dict[str, int], right_ids: dict[str, int]
) -> Table:
    """Token pairs of two languages with the geometric mean of their probabilities in both directions."""
    width = len(right_ids)
    codes: list[NDArray[np.int64]] = []
    row_of_left: list[NDArray[np.int64]] = []
    row_of_right: list[NDArray[np.int64]] = []
    group = 0
    for ours, theirs in zip(left, right, strict=True):
        a = np.array([left_ids[t] for t in ours if t in left_ids], np.int64)
        b = np.array([right_ids[t] for t in theirs if t in right_ids], np.int64)
        if len(a) and len(b):
            codes.append((a[:, None] * width + b[None, :]).ravel())
            # In one direction each right token shares its count among the row's left ones, in the other the reverse.
            row_of_right.append(np.tile(np.arange(len(b)) + group, len(a)))
            row_of_left.append(np.repeat(np.arange(len(a)) + group, len(b)))
            group += max(len(a), len(b))
    if not codes:
        empty = np.empty(0, np.int64)
        return Table(empty, empty, np.empty(0, np.float32))
    distinct, place = np.unique(np.concatenate(codes), return_inverse=True)
    sources, targets = distinct // width, distinct % width
    forward = _model1(place, np.concatenate(row_of_right), sources, len(left_ids))
    backward = _model1(place, np.concatenate(row_of_left), targets, len(right_ids))
    weight = np.sqrt(forward * backward)
    kept = weight >= LEAST
    return Table(sources[kept], targets[kept], weight[kept].astype(np.float32))


def _model1(
    place: NDArray[np.int64], shares: NDArray[np.int64], given: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """Expectation maximisation: probability of each distinct pair given its `given` token.

    place: the distinct pair of each co-occurrence; shares: co-occurrences that share one count.
    """
    probability = np.full(len(given), 1.0)
    for _ in range(ITERATIONS):
        value = probability[place]
        total = np.bincount(shares, weights=value)
        counts = np.bincount(place, weights=value / total[shares], minlength=len(given))
        probability = counts / np.bincount(given, weights=counts, minlength=size)[given]
    return probability

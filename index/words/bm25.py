"""BM25 over clauses as one sparse matrix: a question is a product of weights, however many words it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

K1 = 1.2
B = 0.75
"""Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): the usual values."""


@dataclass(frozen=True, eq=False)
class WordIndex:
    """The tokens of some passages, all in one language."""

    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    """Shape (tokens,): log(1 + (n - df + .5) / (df + .5)), positive."""
    impacts: csr_array
    """Shape (tokens, passages), float32: what a token of the question adds to the score of each passage."""

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> WordIndex:
        """Index passages given as tokens."""
        vocabulary: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        for position, passage in enumerate(passages):
            for token, count in Counter(passage).items():
                rows.append(vocabulary.setdefault(token, len(vocabulary)))
                columns.append(position)
                counts.append(count)
        n = len(passages)
        lengths = np.array([len(passage) for passage in passages], np.float32)
        row, column = np.array(rows, np.int64), np.array(columns, np.int64)
        frequency = np.array(counts, np.float32)
        document_frequency = np.bincount(row, minlength=len(vocabulary)).astype(np.float32)
        idf = np.log1p((n - document_frequency + 0.5) / (document_frequency + 0.5))
        norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()) if n else 0.0, 1.0))
        values = idf[row] * frequency * (K1 + 1) / (frequency + norm[column])
        shape = (len(vocabulary), n)
        impacts = csr_array((values.astype(np.float32), (row, column)), shape=shape, dtype=np.float32)
        return cls(vocabulary, idf.astype(np.float32), impacts)

    def in_any(self, tokens: Iterable[str], passages: NDArray[np.bool_]) -> frozenset[str]:
        """Those of the tokens that stand in one of the chosen passages, shape (passages,)."""
        return frozenset(
            token for token in tokens if token in self.vocabulary and passages[self.passages_with(token)].any()
        )

    def passages_with(self, token: str) -> NDArray[np.integer]:
        """Positions of the passages that a token of the vocabulary stands in."""
        return np.asarray(self.impacts.indices[self._entries_of(token)])

    def _entries_of(self, token: str) -> slice:
        """Where the entries of a token of the vocabulary stand in `impacts`: scipy takes a millisecond to cut out some rows."""
        row = self.vocabulary[token]
        return slice(self.impacts.indptr[row], self.impacts.indptr[row + 1])

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Shape (passages,): the BM25 score of each for a question of weighted tokens; unknown tokens add nothing."""
        total = np.zeros(self.impacts.shape[1], np.float32)
        for token, weight in weights.items():
            if token in self.vocabulary:
                own = self._entries_of(token)
                total[self.impacts.indices[own]] += np.float32(weight) * self.impacts.data[own]
        return total

"""Fakes at our own seams, with results that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

WORDS = ("bread", "banks", "schools", "borders", "面包", "银行", "学校", "边界")


class CountingEmbedder:
    """A vector counts each of the words above; unit length. "banks and banks, bread" is (1, 2, 0, …) / sqrt(5).

    The last number is 1 for a text with none of the words, so that no vector is zero.
    """

    name = "counting"
    dimension = len(WORDS) + 1

    def __init__(self) -> None:
        self.embedded: list[str] = []
        """Every passage that was embedded, in order."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._vectors(texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.embedded += texts
        if progress:
            progress(len(texts), len(texts))
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = [[text.count(word) for word in WORDS] for text in texts]
        rows = np.array([[*row, not any(row)] for row in counts], np.float32).reshape(-1, self.dimension)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


class OtherEmbedder(CountingEmbedder):
    """The same under another name: as if the model had been changed."""

    name = "other"

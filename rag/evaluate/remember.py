"""A model that embeds each text once: dev sets ask the same texts of many libraries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder


class Remembering:
    """An embedder in front of another; vectors are kept for as long as it lives. Not for timing."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._queries: dict[str, NDArray[np.float32]] = {}
        self._passages: dict[str, NDArray[np.float32]] = {}

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder behind it."""
        new = list(dict.fromkeys(text for text in texts if text not in self._queries))
        self._queries.update(zip(new, self._embedder.encode_queries(new), strict=True))
        return _rows(self._queries, texts, self.dimension)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As the embedder behind it."""
        new = list(dict.fromkeys(text for text in texts if text not in self._passages))
        self._passages.update(zip(new, self._embedder.encode_passages(new, progress=progress), strict=True))
        return _rows(self._passages, texts, self.dimension)


def _rows(known: dict[str, NDArray[np.float32]], texts: Sequence[str], dimension: int) -> NDArray[np.float32]:
    return np.array([known[text] for text in texts], np.float32).reshape(len(texts), dimension)

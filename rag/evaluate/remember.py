"""A model that embeds each text once: dev sets ask the same texts of many libraries, and are asked again another day."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.errors import ClausesError

_KINDS = ("queries", "passages")


class Remembering:
    """An embedder in front of another; vectors are kept for as long as it lives, or in a file. Not for timing."""

    def __init__(self, embedder: Embedder, file: Path | None = None) -> None:
        """Raises ClausesError where `file` is there and holds no vectors of this model."""
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._file = file
        self._known = dict[str, dict[str, NDArray[np.float32]]]({kind: {} for kind in _KINDS})
        if file is not None and file.exists():
            self._read(file)
        self._kept = self._count

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder behind it."""
        known = self._known["queries"]
        new = list(dict.fromkeys(text for text in texts if text not in known))
        known.update(zip(new, self._embedder.encode_queries(new), strict=True))
        return _rows(known, texts, self.dimension)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As the embedder behind it."""
        known = self._known["passages"]
        new = list(dict.fromkeys(text for text in texts if text not in known))
        known.update(zip(new, self._embedder.encode_passages(new, progress=progress), strict=True))
        return _rows(known, texts, self.dimension)

    def keep(self) -> None:
        """Write the vectors to the file, if there is one and some are new."""
        if self._file is None or self._count == self._kept:
            return
        queries, passages = (_rows(known, list(known), self.dimension) for known in self._known.values())
        texts = json.dumps([self.name, {kind: list(known) for kind, known in self._known.items()}])
        partial = self._file.with_name(f"{self._file.name}.partial")
        with partial.open("wb") as out:
            np.savez(out, texts=np.frombuffer(texts.encode(), np.uint8), queries=queries, passages=passages)
        partial.replace(self._file)
        self._kept = self._count

    @property
    def _count(self) -> int:
        return sum(map(len, self._known.values()))

    def _read(self, file: Path) -> None:
        try:
            with np.load(file, allow_pickle=False) as data:
                name, texts = json.loads(data["texts"].tobytes())
                found = {kind: dict(zip(texts[kind], data[kind], strict=True)) for kind in _KINDS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ClausesError(f"{file} holds no vectors kept by an earlier run; name another file.") from error
        if name != self.name:
            raise ClausesError(f"{file} holds vectors of {name}, and the model is {self.name}; name another file.")
        self._known = found


def _rows(known: dict[str, NDArray[np.float32]], texts: Sequence[str], dimension: int) -> NDArray[np.float32]:
    return np.array([known[text] for text in texts], np.float32).reshape(len(texts), dimension)

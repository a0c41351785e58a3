"""FAISS over the vectors of all distinct texts: exact inner product, derived from the store, rebuilt if it differs."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

# faiss is imported where it is used: what only reads texts need not wait for it, and on macOS it must come after torch.

logger = logging.getLogger(__name__)
FILE = "vectors.faiss"
STAMP = "vectors.json"


class VectorIndex:
    """Unit vectors by id. Inner products are cosines, -1 to 1, higher is nearer."""

    def __init__(self, index: faiss.IndexIDMap2, ids: NDArray[np.int64]) -> None:
        import faiss

        self._index = index
        self.ids = ids
        """Shape (n,), ascending."""
        flat = faiss.downcast_index(index.index)
        size = index.ntotal * index.d
        shape = (index.ntotal, index.d)
        self.matrix: NDArray[np.float32] = (
            faiss.rev_swig_ptr(flat.get_xb(), size).reshape(shape) if size else np.empty(shape, np.float32)
        )
        """Shape (n, dimension): a view of the index's own memory, rows in the order of `ids`. Do not write to it."""

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` nearest vectors to `query`, shape (dimension,): ids and cosines, best first, at most n of them."""
        k = min(k, len(self.ids))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        import faiss

        # One query has work for one thread; a second one is waited for while NumPy's threads still spin (docs/log.md).
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(query[np.newaxis, :], k)
        found = ids[0] >= 0  # faiss pads with -1
        return ids[0][found], scores[0][found]

    @classmethod
    def build(cls, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> VectorIndex:
        """Index `vectors`, shape (n, dimension), under `ids`, shape (n,)."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors), ids)
        return cls(index, ids)

    @classmethod
    def load_or_build(
        cls, folder: Path, ids: NDArray[np.int64], vectors: NDArray[np.float32], *, save: bool
    ) -> VectorIndex:
        """Read the index of `folder` if it holds just these vectors, else build it and, with `save`, keep it there.

        The file is checked before FAISS parses it: what somebody else put there is never read.
        """
        fingerprint = _fingerprint(ids, vectors)
        data = _read_stamped(folder, fingerprint)
        if data is not None:
            import faiss

            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
            return cls(index, ids)
        built = cls.build(ids, vectors)
        if save:
            built._save(folder, fingerprint)
        return built

    def _save(self, folder: Path, fingerprint: str) -> None:
        import faiss

        data = faiss.serialize_index(self._index).tobytes()
        stamp = {"fingerprint": fingerprint, "sha256": hashlib.sha256(data).hexdigest()}
        try:
            _replace(folder / FILE, data)
            _replace(folder / STAMP, json.dumps(stamp).encode())
        except OSError as error:
            # A full disk costs a rebuild at the next start, nothing else: the vectors are in the store.
            logger.warning("The FAISS file in %s could not be kept (%s); it is rebuilt at each start.", folder, error)
            for leftover in (folder / STAMP, folder / FILE):
                leftover.unlink(missing_ok=True)


def saved_state(folder: Path, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> bool:
    """Whether the folder's saved index is whole and holds just these vectors."""
    return _read_stamped(folder, _fingerprint(ids, vectors)) is not None


def _read_stamped(folder: Path, fingerprint: str) -> bytes | None:
    try:
        stamp = json.loads((folder / STAMP).read_bytes())
        data = (folder / FILE).read_bytes()
    except (OSError, ValueError):
        return None
    if not isinstance(stamp, dict) or stamp.get("fingerprint") != fingerprint:
        return None
    return data if stamp.get("sha256") == hashlib.sha256(data).hexdigest() else None


def _fingerprint(ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> str:
    digest = hashlib.sha256(f"flat-ip {vectors.shape}".encode())
    digest.update(ids.tobytes())
    digest.update(np.ascontiguousarray(vectors).data)
    return digest.hexdigest()


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)  # mkstemp makes it its owner's alone; a library may be shared
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

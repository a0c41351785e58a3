"""A library as one file, and the documents of such a file into a library."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from index.audit import audit
from index.clause import Clause
from index.errors import FileRefusedError, LibraryError
from index.library import Added, Library, Progress
from index.schema import FILE
from index.store import Store


def export_library(folder: Path, file: Path) -> int:
    """Write the library in `folder` into one file, in place of what is there; return its bytes.

    The file is an SQLite database with documents, clauses and vectors; questions asked meanwhile wait for nothing.
    Raises LibraryError where it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=file.resolve().parent, prefix=file.name)
        os.close(handle)
        os.unlink(name)  # SQLite writes into a file that is not there yet
        made = Path(name)
        try:
            with closing(Store.open(folder)) as store:
                store.copy_to(made)
            os.replace(made, file)
        finally:
            made.unlink(missing_ok=True)
        return file.stat().st_size
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{file} cannot be written: {getattr(error, 'strerror', None) or error}.") from error


def import_library(file: Path, library: Library, progress: Progress | None = None) -> Iterator[Added]:
    """Add the documents of an exported library, each whole or not at all, yielding what came of each; what is here already
    stays as it is. At the end the library takes over the other one's lexicon, if it has learned none itself.

    Their vectors are taken over where both were made by the same model. Raises FileRefusedError for a file that is no sound
    library; nothing of it is added.
    """
    with tempfile.TemporaryDirectory() as place:
        try:
            if not file.stat().st_size:  # an empty library to SQLite
                raise FileRefusedError(f"{file} is empty: `clauses export` makes a file of a library.")
            shutil.copyfile(file, Path(place) / FILE)
        except OSError as error:
            raise FileRefusedError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            with closing(Store.open(Path(place))) as store:
                found = audit(store)
                if found.faults:
                    raise _damaged(file, found.faults[0])
                model, lexicon = store.get("model"), b64decode(store.get("lexicon") or "")
                rows = list(store.vector_rows())
                documents = store.documents()
                clauses, _, _ = store.clauses(documents)
        except (LibraryError, sqlite3.Error, ValueError, OSError) as error:
            raise FileRefusedError(f"{file} is no exported library: `clauses export` makes one.") from error
        dimension, same = library.embedder.dimension, model == library.embedder.name
        if same and rows and len(rows[0][2]) != dimension * 4:
            raise _damaged(
                file, f"Its vectors are of {len(rows[0][2]) // 4} numbers, {model} makes them of {dimension}."
            )
        vectors = {digest: np.frombuffer(data, "<f4").astype(np.float32) for _, digest, data, _ in rows} if same else {}
        by_document: dict[str, list[Clause]] = {document.sha256: [] for document in documents}
        for clause in clauses:
            by_document[clause.document].append(clause)
        came = set[str]()
        for document in documents:
            added = library.put(document, by_document[document.sha256], vectors, progress, beside=came, keep=True)
            came.add(added.slug)
            yield added
        if lexicon and not library.has_lexicon:
            library.keep_lexicon(lexicon)


def _damaged(file: Path, fault: str) -> FileRefusedError:
    return FileRefusedError(f"{file} is a damaged library ({fault.rstrip('.')}); nothing of it was added.")

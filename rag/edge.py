"""Where the program meets its surroundings: environment, folders, progress bars, the one sentence of an error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_data_dir
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.embed import Embedder, load_embedder
from index.errors import ClausesError
from index.library import Library

stderr = Console(stderr=True, highlight=False, markup=False)


def library_folder(chosen: Path | None) -> Path:
    """--library, else CLAUSES_LIBRARY, else the user's data folder."""
    named = chosen or os.environ.get("CLAUSES_LIBRARY")
    return Path(named).expanduser() if named else Path(user_data_dir("clauses", appauthor=False)) / "library"


def cache_folder() -> Path | None:
    """CLAUSES_CACHE, else None: the user's cache folder."""
    named = os.environ.get("CLAUSES_CACHE")
    return Path(named).expanduser() if named else None


def model_name() -> str | None:
    """CLAUSES_MODEL, else None: the default model."""
    return os.environ.get("CLAUSES_MODEL") or None


def load_model() -> Embedder:
    """The model that the environment names, with a progress bar where it must be converted first."""
    with progress("Preparing the model (once)") as advance:
        return load_embedder(model_name(), cache=cache_folder(), progress=advance)


def open_library(chosen: Path | None = None, *, seed: bool = True) -> Library:
    """Open the library, with the documents that ship indexed the first time."""
    library = Library(library_folder(chosen), load_model)
    if not seed:
        return library
    with progress("Indexing the documents that ship (once)") as advance:
        library.seed(advance)
    return library


def must_be_writable(file: Path) -> None:
    """Raise ClausesError where a file cannot be written; asked before the work whose fruit it is to hold."""
    if file.is_dir():
        raise ClausesError(f"{file} cannot be written: it is a folder.")
    if not file.absolute().parent.is_dir():
        raise ClausesError(f"{file} cannot be written: there is no folder {file.parent}.")
    if not os.access(file if file.exists() else file.absolute().parent, os.W_OK):
        raise ClausesError(f"{file} cannot be written: there is no right to.")


def write_file(file: Path, content: str | bytes) -> None:
    """Write a file. Raises ClausesError where that fails."""
    try:
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise ClausesError(f"{file} cannot be written: {error.strerror or error}.") from error


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error that shows from the first step on; a line a tenth where that is no terminal."""
    if not stderr.is_terminal:
        yield _lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=stderr, transient=True)
    task = bar.add_task(what, total=None)

    def advance(done: int, total: int) -> None:
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        bar.stop()


def _lines(what: str) -> Callable[[int, int], None]:
    said = -1

    def advance(done: int, total: int) -> None:
        nonlocal said
        tenth = 10 * done // max(total, 1)
        if tenth > said:
            said = tenth
            print(f"{what}: {tenth * 10} %", file=sys.stderr, flush=True)

    return advance

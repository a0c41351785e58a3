"""Libraries to ask while measuring: each in a folder of its own, gone when the measuring is done."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from index.embed import Embedder
from index.errors import ClausesError
from index.library import Library, Progress
from index.readers.bundle import files_in

Load = Callable[[], Embedder]


@contextmanager
def shipped_library(load: Load) -> Iterator[Library]:
    """A library of the documents that ship."""
    with tempfile.TemporaryDirectory() as place, closing(Library(Path(place), load)) as library:
        library.seed()
        yield library


@contextmanager
def library_of_files(files: Iterable[Path], load: Load, progress: Progress | None = None) -> Iterator[Library]:
    """A library of some files."""
    with tempfile.TemporaryDirectory() as place, closing(Library(Path(place), load)) as library:
        for file in files:
            library.add(file, progress)
        yield library


@contextmanager
def library_of_lines(lines: Iterable[str], load: Load, progress: Progress | None = None) -> Iterator[Library]:
    """A library of ready clauses, a JSON object a line."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "corpus.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with library_of_files([file], load, progress) as library:
            yield library


@contextmanager
def library_of_corpus(
    corpus: Path, language: str | None, load: Load, progress: Progress | None = None
) -> Iterator[Library]:
    """A library of a corpus: a `.jsonl` file of ready clauses, those in one language if named, or a folder of documents.
    Raises ClausesError for a file that is no corpus or has nothing in the language."""
    if corpus.is_dir():
        with library_of_files(files_in(corpus) or [], load, progress) as library:
            yield library
    else:
        with library_of_lines(lines_in(corpus, language), load, progress) as library:
            yield library


def lines_in(corpus: Path, language: str | None) -> list[str]:
    """The lines of a corpus in a language, or all. Raises ClausesError for a file that is no corpus or has none."""
    try:
        lines = [line for line in corpus.read_text("utf-8").split("\n") if line.strip()]
        rows: list[Any] = [json.loads(line) for line in lines]
        kept = [line for line, row in zip(lines, rows, strict=True) if language in (None, row.get("lang"))]
    except (OSError, ValueError, AttributeError) as error:
        raise ClausesError(f"{corpus} cannot be read as clauses, one JSON object a line: {error}.") from error
    if not kept:
        raise ClausesError(f"{corpus} holds no clause" + (f" in {language}." if language else "."))
    return kept

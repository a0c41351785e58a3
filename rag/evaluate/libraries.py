"""Libraries to ask while measuring: each in a folder of its own, gone when the measuring is done."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.embed import Embedder
from index.errors import ClausesError
from index.library import Library, Progress, shipped
from index.passages import clauses_of
from index.readers.bundle import files_in
from index.readers.jsonl import rows
from index.readers.read import read_document
from rag.lines import text_of

Load = Callable[[], Embedder]


@contextmanager
def shipped_library(load: Load, progress: Progress | None = None) -> Iterator[Library]:
    """A library of the documents that ship."""
    with tempfile.TemporaryDirectory() as place, closing(Library(Path(place), load)) as library:
        library.seed(progress)
        yield library


def shipped_ids() -> list[str]:
    """The ids of their clauses."""
    return [clause.id for file in shipped() for clause in clauses_of(read_document(file))]


@contextmanager
def library_of_files(
    files: Iterable[Path], load: Load, progress: Progress | None = None, language: str | None = None
) -> Iterator[Library]:
    """A library of some files, of those in one language if named."""
    with tempfile.TemporaryDirectory() as place, closing(Library(Path(place), load)) as library:
        for file in files:
            document = read_document(file)
            if language in (None, document.language):
                library.add_document(document, progress)
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
    """A library of a corpus: a `.jsonl` file of ready clauses or a folder of documents, those in one language if named.
    Raises ClausesError for a file that is no corpus or has nothing in the language."""
    if corpus.is_dir():
        with library_of_files(files_in(corpus) or [], load, progress, language) as library:
            if not library.snapshot().clauses:
                raise ClausesError(f"{corpus} holds no clause" + (f" in {language}." if language else "."))
            yield library
    else:
        with library_of_lines(lines_in(corpus, language), load, progress) as library:
            yield library


def lines_in(corpus: Path, language: str | None) -> list[str]:
    """The lines of a corpus in a language, or all. Raises ClausesError for a file that is no corpus or has none."""
    return list(_lines_of_rows(corpus, language).values())


def ids_in(corpus: Path, language: str | None) -> list[str]:
    """The ids of its clauses."""
    return [id for id, _ in _lines_of_rows(corpus, language)]


def _lines_of_rows(corpus: Path, language: str | None) -> dict[tuple[str, str | None], str]:
    """By id and language; they are read as `library_of_lines` reads them, but errors name this file and its lines."""
    text = text_of(corpus)
    lines = [line for line in text.split("\n") if line.strip()]
    _, _, found = rows(text, str(corpus))
    kept = {
        (row.id, row.language): line for row, line in zip(found, lines, strict=True) if language in (None, row.language)
    }
    if not kept:
        raise ClausesError(f"{corpus} holds no clause" + (f" in {language}." if language else "."))
    return kept

"""How well files are read: paragraphs, printed numbers, editions; how fast they are added. Gold beside the files says."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.clause import Clause, Document
from index.editions import Editions
from index.embed import E5_PASSAGE_PROMPT
from index.errors import ClausesError, FileRefusedError
from index.language import LANGUAGES
from index.library import Library
from index.passages import clauses_of, sentence_texts
from index.readers.bundle import files_in
from index.readers.read import read_document
from index.stored import text_hash
from index.words.lexicon import shipped_lexicon
from rag.evaluate.libraries import Load, library_of_files
from rag.evaluate.main_job import peak_memory
from rag.evaluate.measures import Figure, mean
from rag.lines import lines_of

_RESOLUTION = re.compile(r"ga-(\d+)-(\d+)-")


def files_found(folder: Path, *, ocr: bool = False) -> dict[str, Figure]:
    """By format: share of the paragraphs of `gold.jsonl` found with exact start and end, of the files of a folder.

    ocr: read scans too. A file that is refused has found none of its paragraphs.
    """
    documents: dict[str, Document | None] = {}
    found: dict[str, list[float]] = defaultdict(list)
    for row in _rows(folder / "gold.jsonl"):
        name = row["file"]
        if name not in documents:
            documents[name] = _read(folder / name, ocr)
        document = documents[name]
        wanted = _squeezed(row["starts"]), _squeezed(row["ends"])
        right = document is not None and any(
            text.startswith(wanted[0]) and text.endswith(wanted[1])
            for block in document.blocks
            for text in [_squeezed(document.text[block.body : block.end])]
        )
        found[Path(name).suffix.lower().lstrip(".")].append(float(right))
    return {kind: mean(values) for kind, values in sorted(found.items())}


def paragraphs_found(folder: Path) -> dict[str, Figure]:
    """By language: share of the paragraphs of un_ga that are a clause, whole, with their printed number."""
    works: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(folder / "paragraphs.jsonl"):
        if row["kind"] == "p":
            works[_work(row), row["lang"]].append(row)
    found: dict[str, list[float]] = defaultdict(list)
    for (work, language), rows in sorted(works.items()):
        document = read_document(folder / "txt" / work / f"{language}.txt")
        numbers: dict[str, set[str]] = defaultdict(set)
        for block in document.blocks:
            for start in {block.body, block.start}:
                numbers[_squeezed(document.text[start : block.end])].add(_plain(block.path[-1].number))
        for row in rows:
            here, number = numbers.get(_squeezed(row["text"]), set()), _plain(row["num"])
            found[language].append(float(number in here if number else bool(here)))
    return {language: mean(found[language]) for language in LANGUAGES if found[language]}


def editions_found(folder: Path) -> dict[str, Figure]:
    """By language of the clause: share of its editions in the five other languages that are the right clause."""
    documents = [read_document(file) for file in sorted((folder / "txt").glob("*/*.txt"))]
    clauses = [clause for document in documents for clause in clauses_of(document)]
    gold = {(_work(row), row["lang"], _squeezed(row["text"])): row["id"] for row in _rows(folder / "paragraphs.jsonl")}
    by_hash = {document.sha256: document for document in documents}
    ids = {(c.document, c.start): _gold_id(c, by_hash[c.document], gold) for c in clauses}
    editions, lexicon = Editions(documents, clauses), shipped_lexicon()
    found: dict[str, list[float]] = defaultdict(list)
    for clause in clauses:
        wanted = ids[clause.document, clause.start]
        for language in LANGUAGES:
            if wanted and clause.language and language != clause.language:
                other = editions.counterpart(clause, language, lexicon)
                right = other is not None and ids[other.clause.document, other.clause.start] == wanted
                found[clause.language].append(float(right))
    return {language: mean(found[language]) for language in LANGUAGES if found[language]}


@dataclass(frozen=True, slots=True)
class Adding:
    """What it took to add documents, next to the model's bare `encode` of the same texts."""

    documents: int
    clauses: int
    texts: int
    """Clauses and sentences, each distinct text once."""
    seconds: float
    bare_seconds: float
    memory: float | None
    """The most memory that the process has had so far, GiB."""

    @property
    def ratio(self) -> float:
        """Of the two times."""
        return self.seconds / self.bare_seconds


def adding(folder: Path, load: Load, progress: Callable[[int, int], None] | None = None) -> Adding:
    """Add every document of a folder to a new library; after each the bare `encode` of the same texts, so that both have
    the same machine. Reading, words and storing are in the time of adding. Raises ClausesError for what is no folder of
    documents."""
    files = files_in(folder)
    if files is None:
        raise ClausesError(f"{folder} is not a folder of documents.")
    embedder = load()
    model = getattr(embedder, "model", None)
    if model is None:
        raise ClausesError("Only a sentence-transformers model has a bare `encode` to compare with.")
    seen: set[str] = set()
    seconds = bare = 0.0
    count = 0
    with library_of_files([], lambda: embedder) as library:
        assert library.embedder is embedder  # loaded before the clock runs
        for done, file in enumerate(files, 1):
            started = time.perf_counter()
            count += library.add(file).clauses
            seconds += time.perf_counter() - started
            texts = list(_new_texts(library, seen))
            started = time.perf_counter()
            if texts:
                model.encode(texts, prompt=E5_PASSAGE_PROMPT, batch_size=32, show_progress_bar=False)
            bare += time.perf_counter() - started
            if progress:
                progress(done, len(files))
    return Adding(len(files), count, len(seen), seconds, bare, peak_memory())


def adding_said(took: Adding) -> str:
    """How fast documents were added, in a sentence."""
    memory = f"; the process had {took.memory:.2f} GiB at most" if took.memory else ""
    return (
        f"Adding {took.documents} documents, {took.clauses:,} clauses, {took.texts:,} distinct texts: "
        f"{took.clauses / took.seconds:.1f} clauses a second, {took.ratio:.2f} times the bare `encode` of the same texts in the "
        f"same run ({took.seconds:.0f} and {took.bare_seconds:.0f} s){memory}."
    )


def _new_texts(library: Library, seen: set[str]) -> Iterator[str]:
    """Texts of clauses and sentences that were not there before."""
    snapshot = library.snapshot()
    newest = snapshot.documents[-1].sha256
    for clause in snapshot.clauses:
        if clause.document == newest:
            for text in (clause.searched, *sentence_texts(clause)):
                if (digest := text_hash(text)) not in seen:
                    seen.add(digest)
                    yield text


def _read(file: Path, ocr: bool) -> Document | None:
    try:
        return read_document(file, ocr=ocr)
    except FileRefusedError:
        return None


def _gold_id(clause: Clause, document: Document, gold: dict[tuple[str, str, str], str]) -> str | None:
    work, language = "-".join((document.symbol or "").split("/")[2:]), document.language or ""
    start = next(block.start for block in document.blocks if block.body == clause.start)
    texts = clause.text, document.text[start : clause.end]  # the gold has some printed numbers in the text
    return next((gold[key] for text in texts if (key := (work, language, _squeezed(text))) in gold), None)


def _work(row: dict[str, Any]) -> str:
    found = _RESOLUTION.match(row["id"])
    if found is None:
        raise ClausesError(f'"{row["id"]}" is not the id of a paragraph of a resolution ("ga-77-176-…").')
    return "-".join(found.groups())


def _rows(file: Path) -> list[dict[str, Any]]:
    return [line.values for line in lines_of(file, "gold")]


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("\xad", "")


def _plain(number: str) -> str:
    return re.sub(r"\W", "", number)

"""What `clauses eval` does: asks questions with known answers and prints the figures."""

from __future__ import annotations

import json
import platform
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from index.errors import ClausesError
from index.library import Library
from index.readers.bundle import files_in
from rag.edge import load_model, progress
from rag.evaluate.main_job import altered_copies, peak_memory, time_ratio
from rag.evaluate.plain import plain_outcomes
from rag.evaluate.questions import Question, ask_all, read_questions, with_spans_of
from rag.evaluate.report import as_json, by_language, figures, table


def main_job(file: Path, *, copies: int, plain: bool, as_json_form: bool) -> str:
    """Figures over the document that ships, with the questions of `file`; `plain` adds those of vectors alone."""
    questions = read_questions(file)
    with tempfile.TemporaryDirectory() as folder, closing(Library(Path(folder), load_model)) as library:
        library.seed()
        with progress("Asking") as advance:
            rows = by_language(ask_all(questions, library, advance))
        if plain:
            rows["plain"] = figures(plain_outcomes(questions, library))
        with progress("Altering") as advance:
            altered = altered_copies(library, copies, advance)
        ratio, asked, bare = time_ratio(library, [q.text for q in questions[:20]])
        memory = peak_memory()
        model = library.embedder.name
    if as_json_form:
        speed = {"ratio": ratio, "ask_ms": asked, "encode_query_ms": bare, "memory_gib": memory}
        accepted = {"tried": altered.tried, "check": altered.accepted_by_check, "verify": altered.accepted_by_verify}
        return json.dumps({"figures": as_json(rows), "altered": accepted, "speed": speed, "model": model})
    lines = [
        table(rows),
        "",
        f"- Altered copies of real quotes: {altered.tried:,} tried, {altered.accepted_by_check} accepted by `check`, "
        f"{altered.accepted_by_verify} by `verify`.",
        f"- A warm question: {ratio:.2f} times the bare `encode_query` ({asked:.0f} and {bare:.0f} ms, medians of 100 in turn).",
        f"- Most memory of the process that measured all this: {memory:.2f} GiB." if memory else "",
        f"- Model: {model}; {platform.system()} {platform.machine()}, Python {platform.python_version()}. "
        "Intervals: 95 %, bootstrap over questions.",
    ]
    return "\n".join(line for line in lines if line or line == "")


def corpus_job(
    corpus: Path, questions: Path, *, corpus_language: str | None, question_language: str | None,
    plain: bool, as_json_form: bool,
) -> str:  # fmt: skip
    """Figures over a corpus of ready clauses, {id, lang, title, text} a line, or a folder of documents; `plain` adds those of
    vectors alone."""
    asked: list[Question] = read_questions(questions, language=question_language)
    if not asked:
        raise ClausesError(f"{questions} holds no question in {question_language}.")
    if corpus_language and corpus_language != question_language:
        asked = with_spans_of(asked, read_questions(questions, language=corpus_language))
    with tempfile.TemporaryDirectory() as folder, closing(Library(Path(folder) / "library", load_model)) as library:
        if corpus.is_dir():
            documents = files_in(corpus) or []
        else:
            documents = [Path(folder) / "corpus.jsonl"]
            documents[0].write_text(in_language(corpus, corpus_language), encoding="utf-8")
        for document in documents:
            with progress(f"Indexing {document.name}") as advance:
                library.add(document, advance)
        with progress("Asking") as advance:
            rows = by_language(ask_all(asked, library, advance))
        if plain:
            rows["plain"] = figures(plain_outcomes(asked, library))
    return json.dumps({"figures": as_json(rows)}) if as_json_form else table(rows)


def in_language(corpus: Path, language: str | None) -> str:
    """The lines of a corpus in a language. Raises ClausesError for a file that is no corpus or has none."""
    try:
        lines = [line for line in corpus.read_text("utf-8").split("\n") if line.strip()]
        rows: list[Any] = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise ClausesError(f"{corpus} cannot be read as clauses, one JSON object a line: {error}.") from error
    kept = [line for line, row in zip(lines, rows, strict=True) if language in (None, row.get("lang"))]
    if not kept:
        raise ClausesError(f"{corpus} holds no clause in {language}.")
    return "\n".join(kept) + "\n"

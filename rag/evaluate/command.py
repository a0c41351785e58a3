"""What `clauses eval` does: asks questions with known answers and prints the figures."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from index.errors import ClausesError
from index.library import Library
from rag.edge import load_model, progress, stderr
from rag.evaluate.gold import beyond_reach, refuse_unknown
from rag.evaluate.libraries import ids_in, library_of_corpus, shipped_ids, shipped_library
from rag.evaluate.main_job import altered_copies, peak_memory, time_ratio
from rag.evaluate.measures import Figure
from rag.evaluate.plain import plain_outcomes
from rag.evaluate.questions import Question, ask_all, read_questions, with_spans_of
from rag.evaluate.report import as_json, by_language, figures, table

COPIES = 2000
"""Altered copies that are tried unless another number is named."""


def main_job(file: Path, *, copies: int = COPIES, plain: bool = False, as_json_form: bool = False) -> str:
    """Figures over the document that ships, with the questions of `file`; `plain` adds those of vectors alone."""
    questions = read_questions(file)
    refuse_unknown(questions, dict.fromkeys(shipped_ids()), "The document that ships")
    with ExitStack() as stack:
        with progress("Indexing the documents that ship") as advance:
            library = stack.enter_context(shipped_library(load_model, advance))
        rows = _rows(questions, library, plain)
        with progress("Altering") as advance:
            altered = altered_copies(library, copies, advance)
        with progress("Timing") as advance:
            speed = time_ratio(library, [q.text for q in questions[:20]], progress=advance)
        memory = peak_memory()
        model = library.embedder.name
    if as_json_form:
        times = {
            "ratio": speed.ratio, "ask_ms": speed.asked, "encode_query_ms": speed.bare, "finding_ms": speed.finding,
            "quoting_ms": speed.quoting, "memory_gib": memory,
        }  # fmt: skip
        accepted = {"tried": altered.tried, "check": altered.accepted_by_check, "verify": altered.accepted_by_verify}
        return json.dumps({"figures": as_json(rows), "altered": accepted, "speed": times, "model": model})
    lines = [
        table(rows),
        "",
        f"- Altered copies of real quotes: {altered.tried:,} tried, {altered.accepted_by_check} accepted by `check`, "
        f"{altered.accepted_by_verify} by `verify`.",
        f"- A warm question: {speed}.",
        *([f"- Most memory of the process that measured all this: {memory:.2f} GiB."] if memory else []),
        f"- Model: {model}; {platform.system()} {platform.machine()}, Python {platform.python_version()}. "
        "Intervals: 95 %, bootstrap over questions.",
    ]
    return "\n".join(lines)


def corpus_job(
    corpus: Path, questions: Path, *, corpus_language: str | None = None, question_language: str | None = None,
    plain: bool = False, as_json_form: bool = False,
) -> str:  # fmt: skip
    """Figures over a corpus of ready clauses, {id, lang, title, text} a line, or a folder of documents; `plain` adds those of
    vectors alone."""
    asked = read_questions(questions, language=question_language)
    if not asked:
        raise ClausesError(f"{questions} holds no question in {question_language}.")
    if corpus_language and corpus_language != question_language:
        asked = with_spans_of(asked, read_questions(questions, language=corpus_language))
    where = f"{corpus} in {corpus_language}" if corpus_language else str(corpus)
    if not corpus.is_dir():  # before the indexing: that may take long
        refuse_unknown(asked, dict.fromkeys(ids_in(corpus, corpus_language)), where)
    with ExitStack() as stack:
        with progress(f"Indexing {corpus.name}") as advance:
            library = stack.enter_context(library_of_corpus(corpus, corpus_language, load_model, advance))
        if corpus.is_dir():
            refuse_unknown(asked, dict.fromkeys(clause.id for clause in library.snapshot().clauses), where)
        rows = _rows(asked, library, plain)
    return json.dumps({"figures": as_json(rows)}) if as_json_form else table(rows)


def _rows(questions: Sequence[Question], library: Library, plain: bool) -> Mapping[str, Mapping[str, Figure | float]]:
    """Figures by language, and those of vectors alone."""
    if lost := beyond_reach(questions, library.snapshot().clauses):
        stderr.print(lost, soft_wrap=True)
    with progress("Asking") as advance:
        rows = by_language(ask_all(questions, library, advance))
    if plain:
        with progress("Asking vectors alone") as advance:
            rows["plain"] = figures(plain_outcomes(questions, library, advance))
    return rows


def feedback_job(file: Path, library: Library, *, as_json_form: bool) -> str:
    """Figures over a library as it is, with what readers said of its answers; nothing is written."""
    questions = read_questions(file)
    with progress("Asking") as advance:
        rows = by_language(ask_all(questions, library, advance))
    unnamed, wrong = sum(q.unnamed for q in questions), sum(bool(q.wrong) for q in questions)
    if as_json_form:
        counts = {"questions": len(questions), "right clause not named": unnamed, "only wrong clauses known": wrong}
        return json.dumps({"figures": as_json(rows), "feedback": counts})
    left_out = (
        f"- Of {len(questions)} questions, {unnamed + wrong} are left out of R, MRR and quotes, their right clause being "
        f"unknown: {unnamed} that should have been answered, {wrong} answered with a wrong clause."
    )
    return f"{table(rows)}\n\n{left_out}"

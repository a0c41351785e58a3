"""Questions asked of libraries that answer them and of libraries that do not: what the refusal rule is fitted on."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.embed import Embedder
from index.library import Library
from rag.ask import consider
from rag.evaluate.held_out import rule_for
from rag.evaluate.libraries import library_of_lines, lines_in
from rag.evaluate.questions import Question, read_questions
from rag.retrieve import Retrieval

LIBRARY_SIZE = 24
"""Clauses in each of the small libraries."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question as a library saw it."""

    source: str
    question: Question
    retrieval: Retrieval
    answerable: bool
    right: bool
    """Whether a right clause is among the first three."""


def asked_of(library: Library, questions: Sequence[Question], source: str) -> Iterator[Sample]:
    """Ask the questions of a library, those of dev sets by a rule that has not seen their article."""
    searchable, held_out = library.searchable(), rule_for(library.embedder.name)
    for question in questions:
        retrieval = consider(
            question.text, question.history, searchable, library.embedder, rule=held_out(question.id)
        ).retrieval
        right = any(map(question.found_by, retrieval.hits[:3]))
        yield Sample(source, question, retrieval, bool(question.gold), right and bool(question.gold))


def with_and_without(
    corpus: Path, questions: Path, corpus_language: str, question_languages: Sequence[str], embedder: Embedder,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Sample]:  # fmt: skip
    """Deal the clauses of a corpus into libraries of 24 at random; ask each question of the library with its clause, and
    of the next one, which has not."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines_in(corpus, corpus_language)]
    random.Random(24).shuffle(rows)
    groups = [rows[first : first + LIBRARY_SIZE] for first in range(0, len(rows), LIBRARY_SIZE)]
    if len(groups) > 1 and len(groups[-1]) < LIBRARY_SIZE // 2:
        groups.pop()
    place = {row["id"]: n for n, group in enumerate(groups) for row in group}
    asked = [q for language in question_languages for q in read_questions(questions, language=language)]
    same = "same" if [corpus_language] == list(question_languages) else "across"
    for n, group in enumerate(groups):
        has = [q for q in asked if any(place.get(gold) == n for gold in q.gold)]
        before = (n - 1) % len(groups)
        has_not = [
            replace(q, gold=(), spans=())
            for q in asked
            if q.gold and all(place.get(gold, n) != n for gold in q.gold) and place.get(q.gold[0]) == before
        ]
        with library_of_lines(map(json.dumps, group), lambda: embedder) as library:
            yield from asked_of(library, has + has_not, f"{corpus.parent.name} {same}")
        if progress:
            progress(n + 1, len(groups))

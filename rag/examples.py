"""Questions to begin with: each is one that the library really answers."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from index.clause import Clause
from index.language import LANGUAGES
from index.library import Library
from index.snapshot import Snapshot
from prompts import message
from rag.ask import ask

EXAMPLES = ("zh", "en", "fr", "es", "ru", "ar")
"""Languages of the questions about the document that ships, in the order shown."""
SHIPPED = "brussels-2006.zh.txt"
"""The file of that document."""
SHOWN = 6
TRIED = 30
"""Questions that are asked to find them, at most: some 20 ms each."""
_DOCUMENTS = 12
_LONGEST = 80
"""Characters of a heading or sentence that a question is made of."""
_found: dict[str, tuple[Example, ...]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the library answers."""

    question: str
    language: str
    """One of the six, ISO 639-1."""


def examples(library: Library) -> tuple[Example, ...]:
    """Up to six: those about the document that ships, while it is there; else made of headings and sentences of the library.

    They are found once for each state of the library. Raises what `ask` raises.
    """
    snapshot = library.snapshot()
    with _lock:
        if snapshot.fingerprint not in _found:
            tried = itertools.islice(_candidates(snapshot), TRIED)
            answered = (example for example, source in tried if source in _quoted(example, library))
            found = tuple(itertools.islice(answered, SHOWN))
            while len(_found) >= 8:
                del _found[next(iter(_found))]
            _found[snapshot.fingerprint] = found
        return _found[snapshot.fingerprint]


def known_examples(fingerprint: str) -> tuple[Example, ...] | None:
    """Those already found for a state of the library; None where nobody has looked yet."""
    return _found.get(fingerprint)


def _quoted(example: Example, library: Library) -> set[str]:
    """The documents (sha256) that the answer quotes; a small library may answer a question with something else."""
    return {quote.document for quote in ask(example.question, library).quotes}


def _candidates(snapshot: Snapshot) -> Iterator[tuple[Example, str]]:
    """Questions, and the document (sha256) that each is about."""
    for document in snapshot.documents:
        if document.source == SHIPPED:
            yield from (
                (Example(message("page.example", language), language), document.sha256) for language in EXAMPLES
            )
    shelf = {document.sha256: list[Clause]() for document in snapshot.documents[-_DOCUMENTS:]}
    for clause in snapshot.clauses:
        if clause.document in shelf and clause.language in LANGUAGES:
            shelf[clause.document].append(clause)
    said: set[str] = set()
    for row in itertools.zip_longest(*(_questions(clauses) for clauses in shelf.values())):
        for example, digest in zip(row, shelf, strict=True):  # one of each document, then the next of each
            if example is not None and example.question not in said:
                said.add(example.question)
                yield example, digest


def _questions(clauses: list[Clause]) -> Iterator[Example]:
    """Questions about one document: its headings first, then how its clauses begin."""
    for clause in clauses:
        if clause.headings and (subject := _subject(clause.headings[-1])):
            yield _example("about", subject, clause)
    for clause in clauses:
        if clause.sentences and clause.kind in ("paragraph", "item"):
            first = clause.sentences[0]
            if subject := _subject(clause.text[first.start - clause.start : first.end - clause.start]):
                yield _example("where", subject, clause)


def _example(key: str, subject: str, clause: Clause) -> Example:
    language = clause.language or "en"
    return Example(message(f"people.{key}", language, subject=subject), language)


def _subject(printed: str) -> str:
    """A heading or sentence without number and end, short enough for a question; empty where little is left."""
    words = re.sub(r"^[\s(\[]*\w{1,3}[.)\]、．]\s*|[\s.。:：;；,，]+$", "", " ".join(printed.split()))
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:，；：、")
    return words if len(re.findall(r"\w", words)) >= 4 else ""

"""The questions to begin with are answered by the library that is there, with the real model."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.embed import Embedder
from index.library import Library
from prompts import message
from rag.ask import ask
from rag.examples import EXAMPLES, examples, known_examples

MEALS = """A/RES/77/1

School meals

1. School meals cost three coins a day and are paid for by the ministry of schools.

The harvest of wheat

2. The harvest of wheat in the northern provinces was good and most of it was sold abroad.

Ports in winter

3. The port of the island is closed from December to March because of the ice.
"""


def test_while_the_document_that_ships_is_there_they_are_about_it(brussels: Library) -> None:
    found = examples(brussels)
    assert [(e.question, e.language) for e in found] == [(message("page.example", code), code) for code in EXAMPLES]
    assert known_examples(brussels.snapshot().fingerprint) == found


def test_of_other_documents_they_come_from_the_library(
    embedder: Embedder, tmp_path: Path, file: Callable[[str, str], Path]
) -> None:
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        assert examples(library) == ()
        library.add(file("meals.txt", MEALS))
        found = examples(library)
        assert len(found) >= 2 and {example.language for example in found} == {"en"}
        assert not any(ask(example.question, library).refused for example in found)
        assert any("meals" in example.question.lower() for example in found)
        shipped = {message("page.example", code) for code in EXAMPLES}
        assert not shipped & {example.question for example in found}


@pytest.mark.parametrize("text", ["1", "?!", "…", "x" * 400])
def test_a_document_of_little_gives_no_example_and_no_error(
    embedder: Embedder, tmp_path: Path, file: Callable[[str, str], Path], text: str
) -> None:
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        library.add(file("little.jsonl", json.dumps({"id": "1", "text": text}) + "\n"))
        assert all(not ask(example.question, library).refused for example in examples(library))

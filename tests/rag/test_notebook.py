"""Pins come from outside: what is not in the library to the letter is no quotation."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import NotFoundError
from index.library import Library
from rag.notebook import MAX_NOTE, MAX_PINS, NotebookError, Pin, look_up, pin_at, pin_form, read_pins

NOW = datetime.datetime(2031, 12, 14, 9, 30, tzinfo=datetime.UTC)
BREAD = "A/RES/85/9\n\n1. Decides that bread be baked. It is eaten.\n\n2. Notes that 20 banks are not closed.\n"


@pytest.fixture
def bread(small: Library, file: Callable[[str, str], Path]) -> Library:
    small.add(file("r.txt", BREAD))
    return small


def pin_of(library: Library, words: str, **given: Any) -> Pin:
    document = library.snapshot().documents[0]
    start = document.text.index(words)
    return pin_at(f"{document.sha256}:{start}-{start + len(words)}", library.snapshot(), now=NOW, **given)


def test_a_pin_is_a_slice_and_goes_to_json_and_back(bread: Library) -> None:
    pin = pin_of(bread, "Notes that 20 banks are not closed.", question="Which banks?")
    assert pin.text == "Notes that 20 banks are not closed."
    assert json.loads(pin_form(pin))["pinned"] == "2031-12-14T09:30:00+00:00"
    assert read_pins(f"[{pin_form(pin)}]") == (pin,)


def test_a_citation_is_made_anew_in_the_language_asked_for(bread: Library) -> None:
    kept = look_up([pin_of(bread, "It is eaten.")], bread.snapshot(), "fr")[0]
    assert kept.place and kept.place.citation == "A/RES/85/9, par. 1"
    assert kept.place.clause.text.endswith("It is eaten.")


@pytest.mark.parametrize("said", ["Notes that 30 banks are not closed.", "Notes that 20 banks are now closed.", ""])
def test_a_text_that_was_changed_does_not_stand(bread: Library, said: str) -> None:
    row = json.loads(pin_form(pin_of(bread, "Notes that 20 banks are not closed."))) | {"text": said}
    assert look_up(read_pins(json.dumps([row])), bread.snapshot(), "en")[0].place is None


def test_a_pin_of_a_removed_document_does_not_stand(bread: Library) -> None:
    pin = pin_of(bread, "It is eaten.")
    bread.remove(bread.snapshot().documents[0].slug)
    assert look_up([pin], bread.snapshot(), "en")[0].place is None


def test_what_runs_over_a_clause_or_lies_in_none_is_not_pinned(bread: Library) -> None:
    document = bread.snapshot().documents[0]
    two = document.text.index("It is eaten."), len(document.text)
    for span in (f"{document.sha256}:{two[0]}-{two[1]}", f"{document.sha256}:0-4", f"{'0' * 64}:0-4", "x", "5:1-2"):
        with pytest.raises(NotFoundError):
            pin_at(span, bread.snapshot(), now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "1"}, {"start": True}, {"end": 1.0}, {"text": None}, {"document": "A" * 64}, {"document": "a" * 63},
        {"pinned": "yesterday"}, {"pinned": "0001-01-01T00:00:00+14:00"}, {"note": ["x"]}, {"note": "x" * (MAX_NOTE + 1)},
        {"citation": "A/RES/1/1, para. 1"},
    ],
)  # fmt: skip
def test_a_pin_of_another_form_is_refused(bread: Library, change: dict[str, Any]) -> None:
    row = json.loads(pin_form(pin_of(bread, "It is eaten.")))
    read_pins(json.dumps([row]))
    with pytest.raises(NotebookError, match="Pin 2 "):
        read_pins(json.dumps([row, {**row, **change}]))


@pytest.mark.parametrize("kept", ["", "{}", "null", "[" * 100_000, '[{"text": "x"}]', "[1]", "x" * 7_000_000])
def test_what_is_no_notebook_is_refused(kept: str) -> None:
    with pytest.raises(NotebookError):
        read_pins(kept)


def test_a_notebook_has_a_most(bread: Library) -> None:
    line = pin_form(pin_of(bread, "It is eaten."))
    assert len(read_pins(f"[{','.join([line] * MAX_PINS)}]")) == MAX_PINS
    with pytest.raises(NotebookError, match=str(MAX_PINS)):
        read_pins(f"[{','.join([line] * (MAX_PINS + 1))}]")

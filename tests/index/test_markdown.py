"""Markdown: what stands at its head says what the document is; footnotes and comments are no clauses; tables have no pipes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from index.clause import Document
from index.passages import clauses_of
from index.readers.read import read_document

LONG = "The bakers of the town sell bread to all who come, in the morning and at noon."


@pytest.fixture
def read(file: Callable[[str, str], Path]) -> Callable[[str], Document]:
    return lambda text: read_document(file("paper.md", text))


def listed(document: Document) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in document.left_out]


def test_footnotes_are_left_out_and_listed_also_those_that_nothing_refers_to(read: Callable[[str], Document]) -> None:
    found = read(
        f"1. Bread[^1] is sold[^long].\n\n2. {LONG}[^9]\n\n[^1]: Of wheat.\n[^long]: In towns.\n\n    And in villages.\n\n"
        f"[^none]: Of nothing.\n\n3. {LONG}\n"
    )
    assert [clause.text for clause in clauses_of(found)] == ["Bread is sold.", f"{LONG}[^9]", LONG]
    assert listed(found) == [
        ("footnote mark", "1"), ("footnote mark", "long"), ("footnote", "Of wheat."),
        ("footnote", "In towns. And in villages."), ("footnote", "Of nothing."),
    ]  # fmt: skip


def test_rows_of_tables_are_clauses_without_pipes(read: Callable[[str], Document]) -> None:
    found = read(f"{LONG}\n\n| Country | 2010 |\n|:--|--:|\n| Mali | 5.1 |\n| Peru \\| Chile | **6** |\n\n{LONG}\n")
    assert [clause.text for clause in clauses_of(found)] == [
        LONG, "Country\t2010", "Mali\t5.1", "Peru | Chile\t6", LONG,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "date", ["2031-12-14", '"2031-12-14"', "14 December 2031", "2031-12-14T10:00:00Z", "14 décembre 2031"]
)
def test_front_matter_says_what_the_document_is(read: Callable[[str], Document], date: str) -> None:
    found = read(
        f"---\ntitle: 'On bread: all of it'\nDate: {date}\nsymbol: A/85/9\nlang: fr-FR\ntags: [a, b]\n---\n\n{LONG}\n"
    )
    assert (found.title, found.symbol, found.language) == ("On bread: all of it", "A/85/9", "fr")
    assert found.date == datetime.date(2031, 12, 14) and found.text == LONG
    assert [kind for kind, _ in listed(found)] == ["front matter"] and "tags: [a, b]" in listed(found)[0][1]


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("---\ntitle: [\nother: x\n---\n\n", True), ("---\ndate: 12\ntitle: 5\nlang: xx\n---\n", True),
        (f"---\n{LONG}\n---\n\n", False), ("---\n\n", False), ("---\n- Bread\n- Salt\n---\n", False),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_rules_about_text_are_none(
    read: Callable[[str], Document], front: str, left: bool
) -> None:
    found = read(f"{front}{LONG}\n\n{LONG}\n")
    assert bool(found.left_out) == left and found.symbol is None and found.date is None
    assert "title" not in found.text and found.text.count(LONG) == (3 if LONG in front else 2)


def test_comments_are_left_out_and_listed(read: Callable[[str], Document]) -> None:
    found = read(
        f"<!-- of the editor\n\nin two parts -->\n\n{LONG}\n\nBread is <!-- not --> sold in all towns of the land.\n"
    )
    assert [clause.text for clause in clauses_of(found)] == [LONG, "Bread is sold in all towns of the land."]
    assert listed(found) == [("comment", "of the editor in two parts"), ("comment", "not")]


def test_a_bracket_after_a_number_stays_a_bracket(read: Callable[[str], Document]) -> None:
    found = read(f"1) {LONG}\n2) {LONG}\n")
    assert found.text == f"1) {LONG}\n\n2) {LONG}"

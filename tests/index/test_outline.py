"""The outline of a document: its headings, each with its depth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.library import Library
from index.structure.outline import outline

Write = Callable[[str, str], Path]

COVENANT = """A/RES/2200(XXI)
A covenant on bread

PART I
Bread for all

Article 1

1. All peoples have bread, and they share it as they see fit in all of the towns and villages of their country.

Article 2

1. Each State bakes for all who live in its territory, and buys the flour that it needs for this from its neighbours.

Annex
Rules for mills

I. Wheat

1. Mills grind the flour of wheat in the morning, and they rest in the afternoon when the wind has gone down.

A. Stones

2. The stones are turned by the wind or by the water of the river, and they are made anew in every seventh year.
"""


def test_headings_are_listed_in_order_with_their_depth(small: Library, file: Write) -> None:
    small.add(file("covenant.txt", COVENANT))
    document = small.snapshot().documents[0]
    entries = outline(document)
    found = {entry.text: entry.depth for entry in entries}
    assert [entry.text for entry in entries if entry.text.startswith("Article")] == ["Article 1", "Article 2"]
    assert found["Annex Rules for mills"] == 0
    assert found["I. Wheat"] == 1 and found["A. Stones"] == 2
    starts = [entry.start for entry in entries]
    assert starts == sorted(starts)
    for entry in entries:
        assert " ".join(document.text[entry.start : entry.end].split()) == entry.text


def test_an_article_with_its_text_on_the_line_is_listed_by_its_mark(small: Library, file: Write) -> None:
    long = (
        "All peoples have bread, and they share it as they see fit in all of the towns and villages of their country."
    )
    small.add(file("bread.txt", f"On bread\n\nArticle 1. {long}\n\nArticle 2. {long}\n"))
    assert [entry.text for entry in outline(small.snapshot().documents[0])] == ["On bread", "Article 1.", "Article 2."]


def test_of_rows_the_titles_are_listed_once_each(small: Library, file: Write) -> None:
    rows = [
        '{"id": "1", "text": "Banks lend.", "title": "On\\nbanks"}',
        '{"id": "2", "text": "They save.", "title": "On\\nbanks"}',
    ]
    rows += ['{"id": "3", "text": "Schools teach."}', '{"id": "4", "text": "They learn.", "title": "On schools"}']
    small.add(file("rows.jsonl", "\n".join(rows)))
    document = small.snapshot().documents[0]
    entries = outline(document)
    assert [(entry.text, entry.depth) for entry in entries] == [("On banks", 0), ("On schools", 0)]
    assert [document.text[entry.start : entry.end] for entry in entries] == ["Banks lend.", "They learn."]


def test_a_document_of_one_clause_has_no_headings(small: Library, file: Write) -> None:
    small.add(
        file(
            "one.txt", "Just one clause, which says that banks lend money to all who live in the towns of the island.\n"
        )
    )
    assert outline(small.snapshot().documents[0]) == ()

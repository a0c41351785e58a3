"""Letters as people have them: wrapped at other widths, in other languages, with other marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.clause import Document
from index.library import Library, shipped
from index.readers.read import read_document
from index.structure.layout import path_id

Write = Callable[[str, str | bytes], Path]


def shape(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, path_id(b.path), document.text[b.body : b.end]) for b in document.blocks]


@pytest.mark.parametrize(
    "habit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: "\n".join(line.rstrip() + "   " for line in text.split("\n")),
        lambda text: text.replace("投资环境；\n", "投资环境；\n\n\f\n\n"),
        lambda text: text.replace("意味着创造力的损失、\n", "意味着创造力的损失、\n\f"),
        lambda text: "\ufeff" + text,
    ],
    ids=["crlf", "double", "trailing", "form feed and gap", "form feed", "bom"],
)
def test_the_shipped_document_reads_the_same_however_it_is_spaced(habit: Callable[[str], str], file: Write) -> None:
    (path,) = shipped()
    again = read_document(file("again.txt", habit(path.read_text("utf-8"))))
    assert shape(again) == shape(read_document(path))


ENGLISH = """\
United Nations

Letter dated 13 April 2006 from the Chargé d'affaires a.i. of the Permanent
Mission of Belgium to the United Nations addressed to the Secretary-General

  I have the honour to transmit the conclusions of the Conference, under item
54(b) of the agenda, for circulation to all Member States.

(Signed) Alain Cools
Chargé d'affaires a.i.

Annex
Conclusions of the Conference

1. Migration and development

  (a) Participants agreed that the actions in support of the Goals, e.g.
those on education, can address some of the causes of migration, and that
remittances are private funds.

  (b) They recalled that the diaspora plays a role in the development of its
countries of origin.
"""


def test_an_english_letter(file: Write) -> None:
    found = shape(read_document(file("letter.txt", ENGLISH)))
    assert [(kind, path) for kind, path, _ in found] == [
        ("head", "head"), ("title", "letter"), ("paragraph", "letter/p1"), ("signature", "letter/signature"),
        ("title", "annex"), ("heading", "annex/1"), ("item", "annex/1/a"), ("item", "annex/1/b"),
    ]  # fmt: skip
    assert found[2][2].endswith("under item 54(b) of the agenda, for circulation to all Member States.")
    assert "the Goals, e.g. those on education" in found[6][2]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a) Les participants sont convenus que la migration progresse.", "a"),
        ("б) Участники признали, что миграция растёт.", "б"),
        ("(أ) اتفق المشاركون على أن الهجرة تتزايد.", "أ"),
        ("1 - نحن رؤساء الدول نؤكد من جديد التزامنا.", "1"),
        ("（a）与会者一致认为移徙有助于发展。", "a"),
        ("1．与会者一致认为移徙有助于发展。", "1"),
        ("一、与会者一致认为移徙有助于发展。", "一"),
    ],
)
def test_marks_of_other_languages(text: str, path: str, file: Write) -> None:
    ((_, found, body),) = shape(read_document(file("one.txt", text)))
    assert found == path and text.endswith(body) and body != text


def test_short_paragraphs_with_blank_lines_between_stay_apart(file: Write) -> None:
    lines = [
        f"The Conference noted in {year} that migration went on growing in all regions." for year in range(2000, 2006)
    ]
    assert len(shape(read_document(file("apart.txt", "\n\n".join(lines))))) == 6


def test_one_long_line_does_not_unwrap_the_rest(file: Write) -> None:
    long = "A title that nobody wrapped though it runs on and on and on beyond the width of the page below it by far, and more"
    found = shape(read_document(file("long.txt", f"{long}\n\n{ENGLISH[ENGLISH.index('Annex') :]}")))
    assert ("item", "annex/1/b") in [(kind, path) for kind, path, _ in found]


def test_western_letters_are_read_as_such(file: Write) -> None:
    text = "Où la naïveté règne, l'été à Genève mène à la forêt; les élèves français y goûtent. " * 3
    document = read_document(file("latin.txt", text.encode("cp1252")))
    assert document.text == text.strip() and "cp1252" in document.notes[0]


def test_a_few_clauses_in_another_language_are_found(brussels: Library, file: Write, tmp_path: Path) -> None:
    from rag.ask import ask

    lines = "Cheese exports from Gouda grew by 12 per cent in 2020.\n\nFarmers asked for lower energy prices and better roads.\n"
    library = Library(tmp_path / "mixed", lambda: brussels.embedder)
    library.seed()
    library.add(file("cheese.txt", lines))
    for question, clause in [
        ("How did cheese exports from Gouda grow?", "cheese#p1"),
        ("What did farmers ask for?", "cheese#p2"),
        ("Should remittances be treated as public resources?", "brussels-2006#annex/4/o"),
    ]:
        assert ask(question, library).quotes[0].clause == clause
    library.close()


def test_names_that_are_no_utf8_are_taken(small: Library, file: Write) -> None:
    import json

    row = {"id": "a\udce9", "text": "The banks.", "title": "T\udce9", "label": "L\udce9", "lang": "en"}
    small.add(file("rows.jsonl", json.dumps(row)))
    small.add(file("caf\udce9.txt", "1. The banks are open.\n"))
    assert [d.source for d in small.snapshot().documents] == ["rows.jsonl", "caf?.txt"]
    assert small.snapshot().clauses[0].id == "a?"

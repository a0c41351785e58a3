"""Citations by language, form and style."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest
import rispy

from index.clause import Given, Step
from index.library import Library
from rag.ask import ask
from rag.cite import cite_clause, path_label, printed_date
from rag.lookup import lookup
from rag.reference import cited

RESOLUTION = """A/RES/85/9

General Assembly

Eighty-fifth session

85/9. Bread & “mills” for 100% of all_people

The General Assembly,

Recalling that bread is made of flour and of water in every country,

1. Decides that bread be baked;

2. Calls upon all mills:

(a) To grind the flour of wheat and of rye.
"""
DATE = datetime.date(2031, 12, 14)


@pytest.fixture
def resolution(small: Library, file: Callable[[str, str], Path]) -> Library:
    small.add(file("r.txt", RESOLUTION), given=Given(date=DATE))
    return small


@pytest.mark.parametrize(
    ("language", "preambular", "item"),
    [
        ("en", "A/RES/85/9, first preambular para.", "A/RES/85/9, para. 2 (a)"),
        ("fr", "A/RES/85/9, premier alinéa du préambule", "A/RES/85/9, par. 2 a)"),
        ("es", "A/RES/85/9, primer párrafo del preámbulo", "A/RES/85/9, párr. 2 a)"),
        ("ru", "A/RES/85/9, первый пункт преамбулы", "A/RES/85/9, п. 2 a)"),
        ("ar", "A/RES/85/9، الفقرة الأولى من الديباجة", "A/RES/85/9، الفقرة 2 (a)"),
        ("zh", "A/RES/85/9，序言部分第一段", "A/RES/85/9，第2段(a)"),
    ],
)
def test_the_short_form_is_symbol_and_place(resolution: Library, language: str, preambular: str, item: str) -> None:
    snapshot = resolution.snapshot()
    (first,), (second,) = lookup("pp1", snapshot), lookup("2/a", snapshot)
    assert cited([first, second], snapshot, language).split("\n") == [preambular, item]
    assert lookup(preambular, snapshot) == [first]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "General Assembly resolution 85/9 of 14 December 2031, para. 1"),
        ("fr", "résolution 85/9 de l’Assemblée générale du 14 décembre 2031, par. 1"),
        ("es", "resolución 85/9 de la Asamblea General, de 14 de diciembre de 2031, párr. 1"),
        ("ru", "резолюция 85/9 Генеральной Ассамблеи от 14 декабря 2031 года, п. 1"),
        ("ar", "قرار الجمعية العامة 85/9 المؤرخ 14 كانون الأول/ديسمبر 2031، الفقرة 1"),
        ("zh", "大会2031年12月14日第85/9号决议，第1段"),
    ],
)
def test_the_full_form_names_body_number_and_date(resolution: Library, language: str, expected: str) -> None:
    snapshot = resolution.snapshot()
    (clause,) = lookup("A/RES/85/9, para. 1", snapshot)
    assert cite_clause(snapshot.documents[0], clause, language, "full") == expected


def test_a_text_from_a_picture_says_so_in_every_citation(small: Library, file: Callable[[str, str], Path]) -> None:
    from dataclasses import replace

    small.add(file("two.txt", "1. Bread is dear.\n\n2. Schools teach."), given=Given(title="On bread"))
    (document,), clause = small.snapshot().documents, small.snapshot().clauses[0]
    read = replace(document, from_picture=True)
    assert (
        cite_clause(read, replace(clause, page=3), "en", "full")
        == "“On bread”, para. 1, p. 3, read from a picture of the page"
    )
    assert cite_clause(read, clause, "fr").endswith(", lu sur une image de la page")


def test_bibtex_and_ris_are_read_back_as_they_were_meant(resolution: Library) -> None:
    snapshot = resolution.snapshot()
    clauses = lookup("2/a", snapshot)
    bibtex = cited(clauses, snapshot, "en", "bibtex")
    (entry,) = bibtexparser.parse_string(bibtex).entries
    assert (entry.key, entry.fields_dict["year"].value) == ("a-res-85-9-en-2-a", "2031")
    assert entry.fields_dict["note"].value == "para. 2 (a)"
    assert entry.fields_dict["title"].value == r"{Bread \& “mills” for 100\% of all\_people}"
    assert entry.fields_dict["author"].value == "{General Assembly}" and entry.fields_dict["langid"].value == "english"
    (record,) = rispy.loads(cited(clauses, snapshot, "en", "ris"))
    assert record["title"] == "Bread & “mills” for 100% of all_people"
    assert (record["authors"], record["section"], record["year"]) == (["General Assembly"], "para. 2 (a)", "2031")
    (csl,) = json.loads(cited(clauses, snapshot, "en", "csl-json"))
    assert csl["issued"] == {"date-parts": [[2031, 12, 14]]} and csl["number"] == "A/RES/85/9"
    assert csl["event-title"] == "Eighty-fifth session" and "page" not in csl


def test_what_is_not_known_is_left_out(small: Library, file: Callable[[str, str], Path]) -> None:
    small.add(file("two.txt", "1. Bread is dear.\n\n2. Schools teach."))
    snapshot = small.snapshot()
    (csl,) = json.loads(cited(snapshot.clauses[:1], snapshot, "en", "csl-json"))
    assert set(csl) == {"id", "type", "title", "language", "note"}
    assert "year" not in cited(snapshot.clauses[:1], snapshot, "en", "bibtex")
    assert "AU" not in cited(snapshot.clauses[:1], snapshot, "en", "ris")


def test_what_is_said_of_a_document_begins_no_line_of_its_own(small: Library, file: Callable[[str, str], Path]) -> None:
    given = Given(
        symbol="B/1\nTY  - BOOK", title="Mills\u2028}{ of {all", body=" Bakers\nER  - ", session="\n", agenda_item=""
    )
    assert (given.symbol, given.session, given.agenda_item) == ("B/1 TY - BOOK", None, None)
    small.add(file("two.txt", "1. Bread is dear.\n\n2. Schools teach."), given=given)
    small.add(
        file("rows.jsonl", json.dumps({"id": "r1", "text": "Mills turn.", "label": "row\nER  - ", "title": " \n"}))
    )
    snapshot = small.snapshot()
    clauses = [clause for clause in snapshot.clauses if clause.id in ("b-1-ty-book-en#1", "r1")]
    ris = cited(clauses, snapshot, "en", "ris")
    assert [record["type_of_reference"] for record in rispy.loads(ris)] == ["GOVDOC", "GOVDOC"]
    entries = bibtexparser.parse_string(cited(clauses, snapshot, "en", "bibtex")).entries
    assert entries[0].fields_dict["title"].value == r"{Mills \textbraceright{}\textbraceleft{} of \textbraceleft{}all}"
    assert entries[1].fields_dict["title"].value == r"{rows.jsonl}"
    assert {line[2:5] for line in ris.splitlines() if line} == {"  -"} and ris.count("TY  - ") == 2


def test_a_row_is_cited_by_its_own_title_and_language(small: Library, file: Callable[[str, str], Path]) -> None:
    rows = [
        {"id": "r1", "text": "La loi.", "lang": "fr"},
        {"id": "r2", "text": "A law.", "lang": "en", "title": "Act on Goats"},
    ]
    small.add(file("rows.jsonl", "\n".join(map(json.dumps, rows))))
    snapshot = small.snapshot()
    clauses = lookup("r2", snapshot)
    (entry,) = bibtexparser.parse_string(cited(clauses, snapshot, "en", "bibtex")).entries
    assert (entry.fields_dict["title"].value, entry.fields_dict["langid"].value) == ("{Act on Goats}", "english")
    (record,) = rispy.loads(cited(clauses, snapshot, "en", "ris"))
    (csl,) = json.loads(cited(clauses, snapshot, "en", "csl-json"))
    assert (record["title"], record["language"]) == (csl["title"], csl["language"]) == ("Act on Goats", "en")


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_ordinals_are_forty_different_ones(language: str) -> None:
    file = Path(__file__).parents[2] / "prompts" / f"{language}.toml"
    ordinals = tomllib.loads(file.read_text("utf-8"))["cite"]["ordinals"].split("|")
    assert len(ordinals) == len(set(ordinals)) == 40


def test_dates_are_as_documents_print_them() -> None:
    assert printed_date(DATE, "en") == "14 December 2031"
    assert printed_date(DATE, "fr") == "14 décembre 2031"
    assert printed_date(DATE, "zh") == "2031年12月14日"


@pytest.mark.parametrize("digit", ["9", "٩"])
def test_a_number_of_more_digits_than_python_reads_is_cited_as_printed(
    small: Library, file: Callable[[str, str], Path], digit: str
) -> None:
    number = digit * 5000
    small.add(file("long.txt", f"Article {number}\n\n1. States shall pay.\n\n2. Banks lend to the poor.\n"))
    assert ask("Do banks lend to the poor?", small).ranking
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert path_label((Step("preambular", number),), language, in_words=True).count(digit) >= 5000
    assert ask(f"What does article {number} say of banks?", small).ranking

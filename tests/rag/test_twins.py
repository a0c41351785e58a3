"""Clauses that are nearly the same: what is said of where they stand is true, and the document asked for is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Library
from rag.answer import Hit
from rag.ask import ask
from rag.compose import answer_text
from rag.question.query import Query
from rag.quote import quote
from rag.retrieve import Retrieval, retrieve
from rag.within import Within
from tests.texts import CHINESE, ENGLISH

Write = Callable[[str, str], Path]
RIGHT = "1. Every migrant worker who has lived in the country for over six months {shall} have access to the {place} schools."


def found(library: Library, question: str, within: Within | None = None) -> Retrieval:
    searchable = library.searchable()
    chosen = within.positions(searchable.snapshot) if within else None
    return retrieve(Query(question, "en"), searchable, library.embedder, {}, quotable=10, chosen=chosen)


def hits(library: Library, question: str) -> tuple[Hit, ...]:
    return found(library, question).hits


@pytest.fixture
def years(small: Library, file: Write) -> Library:
    """Two resolutions of which the later one says another session."""
    for number, session in (("77/176", "seventy-eighth"), ("79/1", "eightieth")):
        text = ENGLISH.format(number=number) + (
            f"\n3. Requests the schools to report on the borders to the General Assembly in writing at its {session} session.\n"
        )
        small.add(file("en.txt", text))
    return small


def test_where_words_stand_with_a_difference_is_said_so(years: Library) -> None:
    first = next(hit for hit in hits(years, "schools borders report") if hit.clause.id == "a-res-79-1-en#3")
    assert [clause.id for clause in first.also] == ["a-res-77-176-en#3"]
    (said,) = quote((first,), years.snapshot(), "en")
    assert said.also == () and said.alike == ("A/RES/77/176, para. 3",)
    assert "Worded nearly the same in A/RES/77/176, para. 3" in answer_text((said,), "en")


def test_the_older_clause_is_shown_where_the_question_has_its_words(years: Library) -> None:
    first = hits(years, "schools borders report seventy-eighth session")[0]
    assert first.clause.id == "a-res-77-176-en#3" and [clause.id for clause in first.also] == ["a-res-79-1-en#3"]


def test_the_clause_of_the_year_that_is_asked_for_is_shown(years: Library) -> None:
    assert (
        hits(years, "schools borders report in 2022")[0].clause.id == "a-res-77-176-en#3"
    )  # the 77th session began in 2022
    assert hits(years, "schools borders report in 2024")[0].clause.id == "a-res-79-1-en#3"


def test_forms_of_hyphens_and_another_language_are_no_difference(years: Library, file: Write) -> None:
    """The Chinese edition of the newer one is quoted; the older one is there in English only."""
    years.add(file("en.txt", ENGLISH.format(number="75/2").replace("Secretary-General", "Secretary\u2011General")))
    years.add(file("zh.txt", CHINESE.format(number="79/1")))
    found = {hit.clause.id: hit for hit in hits(years, "trafficking borders Secretary-General")}
    assert [clause.id for clause in found["a-res-79-1-en#2"].also] == ["a-res-77-176-en#2", "a-res-75-2-en#2"]
    (said,) = quote((found["a-res-79-1-en#2"],), years.snapshot(), "en")
    assert said.also == ("A/RES/77/176, para. 2", "A/RES/75/2, para. 2")
    chinese = next(c for c in years.snapshot().clauses if c.id == "a-res-79-1-zh#2")
    (said,) = quote((replace(found["a-res-79-1-en#2"], clause=chinese),), years.snapshot(), "zh")
    assert said.also == ("A/RES/77/176，第2段", "A/RES/75/2，第2段") and said.alike == ()


def test_what_different_series_say_of_themselves_is_not_one_matter(small: Library, file: Write) -> None:
    text = "1. Requests the schools to report on borders and on the carrying out of the present resolution at its {} session."
    for number, title, session in (
        ("77/1", "Status of persons from Abkhazia", "seventy-eighth"),
        ("79/1", "Banks", "eightieth"),
    ):
        small.add(file("en.txt", f"A/RES/{number}\n\n{title}\n\n{text.format(session)}\n"))
    assert not any(hit.also for hit in hits(small, "schools borders report"))


@pytest.mark.parametrize(
    ("shall", "place"), [(("shall", "shall not"), ("old", "old")), (("shall", "shall"), ("Kenyan", "Malian"))]
)
def test_what_is_denied_or_said_of_another_place_is_a_result_of_its_own(
    small: Library, file: Write, shall: tuple[str, str], place: tuple[str, str]
) -> None:
    for n, number in enumerate(("77/176", "79/1")):
        text = f"A/RES/{number}\n\nOn schools\n\n{RIGHT.format(shall=shall[n], place=place[n])}\n"
        if place[0] != place[1]:
            text = text.replace("Kenyan", "Kenya").replace("Malian", "Mali")
        small.add(file("en.txt", text))
    results = hits(small, "schools migrant worker")
    assert {hit.clause.id for hit in results} >= {"a-res-77-176-en#1", "a-res-79-1-en#1"}
    assert not any(hit.also for hit in results)


def test_papers_without_a_symbol_are_one_result_only_where_they_have_the_same_letters(
    small: Library, file: Write
) -> None:
    for name, months in (("one", "six"), ("two", "six"), ("three", "nine")):
        small.add(
            file(f"{name}.txt", f"Paper {name}\n\n{RIGHT.format(shall='shall', place='old').replace('six', months)}\n")
        )
    results = hits(small, "schools migrant worker")
    assert [(hit.clause.id, [c.id for c in hit.also]) for hit in results] == [("one#1", ["two#1"]), ("three#1", [])]
    assert "Also in" in ask("schools migrant worker", small).text


def test_words_of_documents_that_are_not_chosen_count_as_not_found(small: Library, file: Write) -> None:
    small.add(file("one.txt", "Paper one\n\n1. The schools are open to all who live in the place.\n"))
    small.add(file("two.txt", "Paper two\n\n1. The banks of Mali take the camels of the herders as a pledge.\n"))
    chosen = Within(names=("one",))
    whole, part = found(small, "schools camels Mali"), found(small, "schools camels Mali", chosen)
    assert "camel" in whole.found and "camel" not in part.found and "school" in part.found
    assert (whole.missing_places, part.missing_places) == (0, 1)

"""Questions that name the clause they want to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from rag.ask import ask
from rag.question.named import asked_of_a_clause, hits_named
from rag.question.query import query_of
from rag.question.spoken import scope_of
from rag.within import Within

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    "question",
    [
        "What does paragraph 1 (a) say?", "para. 1 (a)", "Quote clause 1 (a) please", "What is A/RES/77/1, para. 1 (a)?",
        "Que dit le paragraphe 1 a) ?", "¿Qué dice el párrafo 1 a)?", "Что говорится в пункте 1 (a)?", "ماذا تقول الفقرة 1 (a)؟",
    ],
)  # fmt: skip
def test_a_clause_that_is_named_is_the_answer(two: Library, question: str) -> None:
    answer = ask(question, two)
    assert (answer.refused, answer.confidence) == (False, 0.99)
    assert [quote.clause.split("#")[1] for quote in answer.quotes] == ["1", "1/a"]  # with its chapeau
    assert answer.ranking[0].clause == answer.quotes[-1].clause


@pytest.mark.parametrize(
    "question",
    [
        "What do paragraphs 1 and 2 of A/RES/77/1 say?", "A/RES/77/1, paras. 1-2",
        "Que disent les paragraphes 1 et 2 de la A/RES/77/1 ?",
        "¿Qué dicen los párrafos 1 a 2 de A/RES/77/1?", "Что говорится в пунктах 1 и 2 A/RES/77/1?",
        "ماذا تقول الفقرتان 1 و2 من A/RES/77/1؟", "A/RES/77/1第1和2段说了什么？",
    ],
)  # fmt: skip
def test_two_clauses_that_are_named_are_both_the_answer(two: Library, question: str) -> None:
    answer = ask(question, two)
    assert (answer.refused, answer.confidence) == (False, 0.99)
    assert [ranked.clause.split("#")[1] for ranked in answer.ranking[:2]] == ["1", "2"]
    assert {quote.clause.split("#")[1] for quote in answer.quotes} == {"1", "2"}


@pytest.mark.parametrize(
    "question", ["And paragraph 2?", "Et le paragraphe 2 ?", "¿Y el párrafo 2?", "А пункт 2?", "那第2段呢？"]
)
def test_a_clause_of_the_document_that_was_named_before(two: Library, file: Write, question: str) -> None:
    two.add(
        file(
            "other.txt",
            "A/RES/77/2\nOn borders\n\n1. Calls upon all.\n\n2. Calls upon all banks to mind the borders.\n",
        )
    )
    answer = ask(question, two, ["What does A/RES/77/2 say about borders?"])
    assert [quote.clause for quote in answer.quotes] == ["a-res-77-2-en#2"] and answer.confidence == 0.99


def test_it_is_shown_in_the_askers_language(two: Library) -> None:
    assert ask("para. 1 (a) of A/RES/77/1", two).language == "en"
    assert ask("第1段(a)说了什么？", two).quotes[-1].clause == "a-res-77-1-zh#1/a"
    assert ask("What does paragraph 2 say?", two).quotes[0].clause == "a-res-77-1-en#2"


@pytest.mark.parametrize(
    "question",
    [
        "1",
        "banks",
        "What does paragraph 1 say about banks?",
        "paras. 3-1",
        "paras. 1-40",
        "2030?",
        "¿Y el 1?",
    ],
)
def test_others_name_no_clause(two: Library, question: str) -> None:
    assert hits_named(query_of(question), two.snapshot()) is None


@pytest.mark.parametrize(
    "question",
    ["What does paragraph 77 say?", "What does resolution 79/140 say about banks?", "Que dit A/RES/61/5 des banques ?"],
)
def test_what_names_something_that_is_not_here_is_refused(two: Library, question: str) -> None:
    answer = ask(question, two)
    assert (answer.refused, answer.confidence, answer.nearest) == (True, 0.0, None)


@pytest.mark.parametrize(
    "question", ["What does A/RES/77/1 say about banks?", "Do 2/3 of all banks lend?", "24/7 and/or banks"]
)
def test_a_symbol_that_is_here_and_a_fraction_are_no_hindrance(two: Library, question: str) -> None:
    assert not scope_of(query_of(question), (), two.snapshot()).absent


def test_what_stands_in_many_documents_names_none(small: Library, file: Write) -> None:
    for n, matter in enumerate(("bread", "schools", "borders", "banks"), 1):
        small.add(file(f"{n}.txt", f"A/RES/77/{n}\nOn {matter}\n\n1. Calls upon all to mind the {matter}.\n"))
    assert hits_named(query_of("What does paragraph 1 say?"), small.snapshot()) is None
    hits = hits_named(query_of("What does A/RES/77/3, para. 1 say?"), small.snapshot())
    assert hits is not None and [hit.clause.id for hit in hits] == ["a-res-77-3-en#1"]


@pytest.mark.parametrize(
    ("question", "places", "matter"),
    [
        ("What does paragraph 1 of A/RES/77/1 say about banks?", {"1", "1/a", "1/b"}, "banks"),
        ("paragraph 2 of resolution 77/1 on Older Persons", {"2"}, "Older Persons"),
        ("Que dit le paragraphe 1 a) de la résolution 77/1 sur les banques ?", {"1/a"}, "les banques"),
        ("¿Qué dice el párrafo 2 sobre los bancos?", {"2"}, "bancos"),
        ("Что говорится в пункте 2 резолюции 77/1 о банках?", {"2"}, "банках"),
        ("ماذا تقول الفقرة 2 من القرار 77/1 عن المصارف؟", {"2"}, "المصارف"),
        ("第77/1号决议第2段关于银行怎么说？", {"2"}, "银行"),
    ],
)
def test_a_clause_that_is_named_is_asked_about_a_matter(
    two: Library, question: str, places: set[str], matter: str
) -> None:
    asked = asked_of_a_clause(query_of(question), two.snapshot())
    assert asked is not None and asked[1] == matter
    clauses = [clause.id for clause, yes in zip(two.snapshot().clauses, asked[0].tolist(), strict=True) if yes]
    assert {name.split("#")[1] for name in clauses} == places
    assert {name.split("#")[0] for name in clauses} == {"a-res-77-1-en", "a-res-77-1-zh"}  # both editions


@pytest.mark.parametrize(
    "question",
    ["What do 5 banks say about loans?", "What does paragraph 77 say about banks?", "What does A/RES/77/1 say about banks?",
     "What is said about banks in 2022?", "What does paragraph 1 say?"],
)  # fmt: skip
def test_others_are_asked_of_no_clause(two: Library, question: str) -> None:
    assert asked_of_a_clause(query_of(question), two.snapshot()) is None


def test_only_the_clause_that_is_named_is_quoted(two: Library) -> None:
    answer = ask("What does paragraph 2 of A/RES/77/1 say about banks?", two)
    assert all(ranked.clause.endswith("#2") for ranked in answer.ranking)


def test_a_clause_that_is_named_outside_the_choice_is_not_answered(two: Library, file: Write) -> None:
    question = "What does paragraph 1 (a) of A/RES/77/1 say about banks?"
    chinese = ask(question, two, within=Within(languages=("zh",)))
    assert {ranked.clause for ranked in chinese.ranking} == {"a-res-77-1-zh#1/a"}
    question = "What does paragraph 2 of A/RES/77/1 say about banks?"
    two.add(
        file("other.txt", "A/RES/77/2\nOn borders\n\n1. Calls upon all banks to mind the borders, see A/RES/77/1.\n")
    )
    nothing = ask(question, two, within=Within(names=("A/RES/77/2",)))
    assert nothing.refused and nothing.confidence == 0.0 and nothing.ranking

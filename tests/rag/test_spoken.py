"""Questions that name a document: they are asked of it, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from rag.ask import ask, consider
from rag.question.query import query_of
from rag.question.spoken import asks_nothing_else, documents_named, names_what_is_not_here, without_names
from rag.within import Within
from tests.texts import ENGLISH

Write = Callable[[str, str], Path]


@pytest.fixture
def years(small: Library, file: Write) -> Library:
    """Three resolutions, of which the middle one says another share, and the last one has no paragraph 3."""
    for number, share in (("77/176", 3), ("78/2", 5), ("79/1", 3)):
        text = ENGLISH.format(number=number).replace("3 per cent", f"{share} per cent")
        small.add(
            file(
                "en.txt",
                text + ("" if number == "79/1" else "\n3. Notes resolution 73/195 and the camels of the herders.\n"),
            )
        )
    return small


@pytest.mark.parametrize(
    "question",
    [
        "What does A/RES/78/2 say about banks and schools?", "banks and schools according to resolution 78/2",
        "Que dit la résolution 78/2 des banks et schools ?", "¿Qué dice la resolución 78/2 de banks y schools?",
        "Что говорится в резолюции 78/2 о banks, schools?", "ماذا يقول القرار ٧٨/٢ عن banks schools؟",
        "第78/2号决议对banks schools有什么规定？", "根据A/RES/78/2，banks schools", "a/res/78/2 banks schools",
    ],
)  # fmt: skip
def test_a_question_is_asked_of_the_document_that_it_names(years: Library, question: str) -> None:
    searchable = years.searchable()
    query = query_of(question)
    assert documents_named(query, searchable.snapshot) == {
        d.sha256 for d in searchable.snapshot.documents if d.symbol == "A/RES/78/2"
    }
    hits = consider(question, (), searchable, years.embedder).retrieval.hits
    assert {hit.clause.id.partition("#")[0] for hit in hits} == {"a-res-78-2-en"}


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("What does resolution 78/2 say about banks?", "What does the resolution say about banks?"),
        ("What does the report A/78/2 say?", "What does the report say?"),
        ("第78/2号决议对汇款有什么规定？", "决议对汇款有什么规定？"), ("根据A/RES/78/2，汇款", "根据决议，汇款"),
        ("Согласно резолюции 78/2, банки", "Согласно резолюции, банки"), ("ماذا يقول القرار 78/2؟", "ماذا يقول القرار؟"),
        ("Que dit A/RES/78/2 ?", "Que dit la résolution ?"), ("Do 2/3 of all banks lend?", "Do 2/3 of all banks lend?"),
    ],
)  # fmt: skip
def test_it_is_searched_for_without_the_name(question: str, searched: str) -> None:
    assert without_names(query_of(question)).text == searched


@pytest.mark.parametrize(
    "question",
    [
        "Which resolution recalls A/RES/77/176?", "Which resolutions refer to resolution 77/176?",
        "Quelle résolution rappelle la résolution 77/176 ?", "哪项决议回顾了第77/176号决议？",
        "Какая резолюция ссылается на резолюцию 77/176?",
    ],
)  # fmt: skip
def test_one_that_asks_who_mentions_a_document_is_asked_of_all(years: Library, question: str) -> None:
    assert documents_named(query_of(question), years.snapshot()) == frozenset()


def test_what_is_mentioned_in_a_document_is_asked_of_it(years: Library) -> None:
    assert documents_named(query_of("Which countries are mentioned in A/RES/77/176?"), years.snapshot())


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What does A/RES/73/195 say about banks?", False), ("What does A/RES/73/19 say about banks?", True),
        ("resolution 77/17 on banks", True), ("第99/999号决议说了什么？", True), ("What is A/RES/68/4?", True),
        ("Do 50/50 shares lend?", False), ("As of 30/09, how many banks?", False), ("resolution 78/2 on banks", False),
    ],
)  # fmt: skip
def test_what_is_neither_here_nor_mentioned_is_known(years: Library, question: str, absent: bool) -> None:
    assert names_what_is_not_here(query_of(question), years.snapshot()) is absent


def test_a_document_outside_of_the_choice_is_not_here(years: Library) -> None:
    answer = ask("What does A/RES/79/1 say about banks?", years, within=Within(names=("A/RES/77/176",)))
    assert (answer.refused, answer.confidence) == (True, 0.0)


@pytest.mark.parametrize("question", ["A/RES/77/176", "resolution 77/176?", "第77/176号决议", "القرار 77/176"])
def test_a_name_alone_asks_nothing(years: Library, question: str) -> None:
    assert asks_nothing_else(query_of(question))
    assert ask(question, years).refused and not asks_nothing_else(query_of("resolution 77/176 banks"))

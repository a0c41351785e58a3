"""Questions that ask when, and clauses that have a date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library import Library
from rag.dated import DATED, asks_a_date, asks_when, dated_first, has_date
from tests.rag.test_rank import Write, ask_small


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("When did the Forum meet?", "en"), ("In which year was it adopted?", "en"), ("Quand a-t-il eu lieu ?", "fr"),
        ("En quelle année ?", "fr"), ("¿Cuándo se aprobó?", "es"), ("Когда состоялся Форум?", "ru"), ("В каком году?", "ru"),
        ("متى عُقد المنتدى؟", "ar"), ("في أي عام؟", "ar"), ("论坛何时举行？", "zh"), ("是哪一年通过的？", "zh"),
    ],
)  # fmt: skip
def test_these_ask_when(question: str, language: str) -> None:
    assert asks_when(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [("What is whenever?", "en"), ("Combien ?", "fr"), ("Никогда ли?", "ru"), ("多少人？", "zh")],
)
def test_others_do_not(question: str, language: str) -> None:
    assert not asks_when(question, language)


@pytest.mark.parametrize(
    ("question", "language", "asks"),
    [
        ("When did the Forum meet?", "en", True), ("What happens when skilled people leave?", "en", False),
        ("In which year do things change when people leave?", "en", True), ("Et quand va-t-il l'examiner ?", "fr", True),
        ("Que se passe-t-il quand ils partent ?", "fr", False), ("Когда состоялся Форум?", "ru", True),
        ("Что происходит, когда они уезжают?", "ru", False), ("¿Cuándo se aprobó?", "es", True), ("论坛何时举行？", "zh", True),
    ],
)  # fmt: skip
def test_when_asks_for_a_date_where_it_does_not_join_sentences(question: str, language: str, asks: bool) -> None:
    assert asks_a_date(question, language) == asks


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("meeting in New York from 5 to 8 May 2026", True), ("2026年5月5日至8日在纽约", True), ("في عام ٢٠٢٦", True),
        ("Recalling its resolution 70/1 of 25 September 2015", False), ("忆及其2015年9月25日第70/1号决议", False),
        ("Rappelant sa résolution 70/1 du 25 septembre 2015", False),
        ("Recordando su resolución 70/1, de 25 de septiembre de 2015", False),
        ("ссылаясь на свою резолюцию 70/1 от 25 сентября 2015 года", False), ("paragraph 12 of A/RES/77/176", False),
        ("resolution 70/1 of 25 September 2015, and the summit of 2027", True),
    ],
)  # fmt: skip
def test_what_is_a_date_of_its_own(text: str, dated: bool) -> None:
    assert has_date(text) is dated


def test_a_date_goes_before_a_little_more_of_the_words(small: Library, file: Write) -> None:
    small.add(
        file("two.txt", "1. The banks lend and the banks lend again.\n2. The banks met in May 2026.\n3. Schools.\n")
    )
    hits = ask_small(small, "banks lend").hits
    assert [hit.clause.id for hit in dated_first(hits)] == [hit.clause.id for hit in hits]  # far behind
    near = (hits[0], replace(hits[1], score=hits[0].score - DATED / 2))
    first, second = dated_first(near)
    assert first.clause.id == "two#2" and (first.score, second.score) == (near[0].score, near[1].score)
    assert ask_small(small, "banks").hits[0].clause.id == "two#1"

"""Questions about one of several that are counted, and clauses on others of them."""

from __future__ import annotations

import pytest

from index.library import Library
from rag.ask import ask
from rag.question.ordinals import asked_ordinals, has_ordinal, other_ordinal, same_ordinal
from rag.refuse import shipped_rule
from tests.rag.test_rank import Write

FORUMS = """A/RES/77/9
On forums

1. Welcomes the eleventh summit meeting of the Global Forum on Migration, held in Marrakech, Morocco, from 5 to 7 December 2018;

2. Takes note of the twelfth summit meeting of the Global Forum on Migration, held in Quito in January 2020;

3. Encourages the Global Forum on Migration to mind the lending of banks.
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("en:Where was the thirteenth summit meeting held?", 13), ("en:the 13th summit meeting", 13),
        ("fr:la treizième réunion", 13), ("es:la decimotercera reunión", 13), ("ru:тринадцатой встречи", 13),
        ("ar:مؤتمر القمة الثالث عشر", 13), ("zh:第十三届首脑会议", 13),
        ("ar:القمة الثالثة", 3), ("fr:les pays tiers", 3), ("es:el tercer foro", 3), ("ru:о третьем форуме", 3),
        ("zh:第3次会议", 3),
    ],
)  # fmt: skip
def test_ordinals_in_six_languages(question: str, number: int) -> None:
    language, _, text = question.partition(":")
    assert [asked for asked, _ in asked_ordinals(text, language)] == [number]


@pytest.mark.parametrize(
    "question",
    [
        "en:the first forum",
        "en:What does resolution 73/195 say?",
        "en:thirteen forums",
        "ru:пять форумов",
        "zh:十三国的会议",
        "fr:en 2018",
    ],
)
def test_what_is_none_or_only_the_first(question: str) -> None:
    language, _, text = question.partition(":")
    assert asked_ordinals(text, language) == []


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        (
            "en",
            "Where was the thirteenth summit meeting of the Forum held?",
            "the eleventh summit meeting of the Forum",
        ),
        ("es", "¿Dónde fue la decimotercera reunión del Foro Mundial?", "la undécima reunión del Foro Mundial"),
        ("ru", "Где прошла тринадцатая встреча Глобального форума?", "одиннадцатой встрече Глобального форума"),
        ("ar", "أين عقد مؤتمر القمة الثالث عشر للمنتدى العالمي؟", "مؤتمر القمة الحادي عشر للمنتدى العالمي"),
        ("zh", "第十三届首脑会议在哪里举行？", "全球论坛第十一届首脑会议"),
    ],
)
def test_another_of_the_same(language: str, question: str, text: str) -> None:
    asked = asked_ordinals(question, language)
    assert other_ordinal(asked, text, language) and not same_ordinal(asked, text, language)
    assert not other_ordinal(asked, f"{text}; {question}", language)
    assert same_ordinal(asked, question, language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What rights have third country nationals?", "the second report of the country"),
        ("What does the Third Committee discuss?", "its second session"),
        ("the third forum on migration", "in the forum on migration, 3 of them"),
    ],
)
def test_what_is_counted_otherwise_is_no_other(question: str, text: str) -> None:
    assert not other_ordinal(asked_ordinals(question, "en"), text, "en")


def test_figures_and_words_are_one() -> None:
    asked = asked_ordinals("the twelfth summit", "en")
    assert has_ordinal(asked, "its 12th summit", "en") and not has_ordinal(asked, "A/RES/12/1", "en")


def test_the_one_asked_for_goes_first_and_no_other_answers_for_it(small: Library, file: Write) -> None:
    small.add(file("forums.txt", FORUMS))
    here = ask("Where was the twelfth summit meeting of the Global Forum on Migration held?", small)
    assert not here.refused and here.quotes[0].clause == "a-res-77-9-en#2"
    for other in ("thirteenth", "third"):
        answer = ask(f"Where was the {other} summit meeting of the Global Forum on Migration held?", small)
        assert answer.refused and answer.confidence <= shipped_rule().near
        assert answer.nearest is not None and answer.nearest.clause.startswith("a-res-77-9-en#")

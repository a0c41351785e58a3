"""Which questions lean on the one before, in six languages."""

from __future__ import annotations

import pytest

from rag.followup import leans, search_text

LEANING = [
    "And the Philippines?", "What about remittances?", "What did France do?", "Why?", "Who funds it?",
    "Who funds their programme?", "How many of them?",
    "And in Africa?", "When was that?", "How do they do it?",
    "Et les Philippines ?", "Pourquoi ?", "Qu'en est-il de la France ?", "Qu'a fait la France ?",
    "Qui finance cela ?",
    "¿Y Filipinas?", "¿Por qué?", "¿Qué hizo Francia?", "¿Quién financia eso?", "¿Y en África?",
    "А Филиппины?", "Почему?", "Что сделала Франция?", "Кто это финансирует?", "И в Африке?",
    "وماذا عن الفلبين؟", "لماذا؟", "ماذا فعلت فرنسا؟", "من يمول ذلك؟", "والفلبين؟",
    "那菲律宾呢？", "法国呢？", "法国是怎么做的？", "为什么？", "它由谁资助？", "还有呢？", "那些国家做了什么？",
]  # fmt: skip
STANDING = [
    "What is the Colombo Process?", "How many people attended?", "Who organised the conference?",
    "How does the Philippine Government manage its overseas workers?",
    "Should remittances be treated as public resources?", "What did the European Commission publish in 2005?",
    "What is the population of Mars?", "What does the document say about combating human trafficking?",
    "Qu'est-ce que le processus de Colombo ?", "Qui finance le programme MIDA de l'OIM ?",
    "Qui a organisé la conférence ?",
    "Que signifie la fuite des cerveaux pour les petites économies vulnérables ?",
    "¿Qué es el Proceso de Colombo?", "¿Cuál era el objetivo de la conferencia?",
    "¿Qué instituciones pueden desempeñar un papel clave en las remesas?",
    "¿Cómo gestiona Filipinas a sus trabajadores?",
    "Что такое Коломбский процесс?", "Какие данные о миграции необходимо собирать?", "Как испечь хлеб?",
    "ما هي عملية كولومبو؟", "كم عدد المشاركين في المؤتمر؟", "هل ينبغي اعتبار التحويلات المالية موارد عامة؟",
    "科隆坡进程是什么？", "这次会议是由谁组织召开的？", "汇款能当作公共资源吗？", "有多少人出席了会议？",
    "加拿大的方案有什么特点？",
]  # fmt: skip


@pytest.mark.parametrize("question", LEANING)
def test_these_lean(question: str) -> None:
    assert leans(question)
    assert search_text(question, ["How do governments manage labour migration?"]).startswith("How do governments")


@pytest.mark.parametrize("question", STANDING)
def test_these_stand_alone(question: str) -> None:
    assert not leans(question)
    assert search_text(question, ["How do governments manage labour migration?", "And France?"]) == question


def test_leaning_goes_back_to_the_last_question_that_stands() -> None:
    history = ["How do I bake bread?", "How do governments manage labour migration?", "And France?"]
    assert search_text("And the Philippines?", history) == f"{history[1]} And France? And the Philippines?"
    assert search_text("And the Philippines?", []) == "And the Philippines?"


def test_what_is_carried_is_bounded() -> None:
    assert len(search_text("And the Philippines?", ["word " * 400] * 9)) <= 430

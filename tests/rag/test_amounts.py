"""Questions for an amount, and texts that have one."""

from __future__ import annotations

import pytest

from index.library import Library
from rag.question.amounts import amount_asked, has_amount
from rag.refuse import signs_of
from tests.rag.test_rank import Write, ask_small


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people came?", "number"), ("Combien de personnes ?", "number"), ("¿Cuántas personas?", "number"),
        ("Сколько людей?", "number"), ("كم عدد المشاركين؟", "number"), ("有多少人？", "number"),
        ("What is the annual budget of the IOM?", "money"), ("Quel est le budget de la conférence ?", "money"),
        ("¿Cuánto costó la conferencia?", "number"), ("Сколько стоила конференция?", "number"),
        ("كم كلفة المؤتمر؟", "number"), ("会议花了多少钱？", "money"), ("How much did the conference cost?", "number"),
        ("What share of GDP are remittances?", "share"), ("汇款占百分之几？", "share"),
        ("Quelle est la part des femmes ?", "share"), ("ما نسبة التحويلات؟", "share"),
        ("Какой процент мигрантов?", "share"), ("¿Qué porcentaje?", "share"),
        ("What is the average cost of remittances?", "number"), ("ما هي نسبة النساء؟", "share"), ("Какую долю?", "share"),
        ("Which fees should not be charged?", None), ("What costs may not be shifted to workers?", None),
        ("Quels sont les coûts interdits ?", None), ("ما هي تكاليف التوظيف؟", None), ("ما هي تكلفة التحويلات؟", "number"),
        ("Quelle part prennent les migrants au développement ?", None), ("How much importance is attached to it?", None),
        ("What is said about population and development?", None), ("比例是多少？", "share"),
        ("How often does the Forum meet?", None), ("Combien de temps dure-t-elle ?", None),
        ("Who came?", None), ("谁来了？", None), ("Что это?", None), ("What does it say about budgets?", None),
        ("¿Cuántos euros se prestaron?", "money"), ("Combien d'euros ?", "money"), ("Сколько евро?", "money"),
        ("كم يورو؟", "money"),
        ("哪几个国家？", None), ("有几个国家？", "number"),
        ("В какой организации должен он зарегистрироваться?", None),
    ],
)  # fmt: skip
def test_what_amount_a_question_asks_for(question: str, kind: str | None) -> None:
    assert amount_asked(question) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Recalling its resolution 77/176 of 15 December 2022 and paragraph 12 of A/RES/78/185", ""),
        ("忆及其2022年12月15日第77/176号决议第12段和目标10.7", ""),
        ("Rappelant sa résolution 77/176 du 15 décembre 2022", ""),
        ("وإذ تشير إلى القرار 77/176 المؤرخ 15 كانون الأول/ديسمبر 2022", ""),
        ("the 281 million migrants", "number"), ("三大谱系", "number"), ("трех линий", "number"), ("ثلاث سلالات", "number"),
        ("about 400 participants, 30 per cent of them women", "number share"), ("3％", "number share"),
        ("a contribution of 2 million dollars", "number money"), ("٥٠٠ دولار", "number money"),
        ("half of the migrants", "number share"), ("dollars", ""),
        ("the vast majority of victims", "share"), ("at its sixty-fourth session", ""), ("two thirds of them", "number share"),
        ("الاتفاقيات العشر", "number"), ("النصف تقريبا", "number share"), ("fifteen States", "number"), ("五份报告", "number"),
        ("migrants and their rights", ""),
        ("设立了一个基金和一项计划", ""), ("两个部、十一个国家", "number"), ("二十一个国家", "number"),
    ],
)  # fmt: skip
def test_which_amounts_a_text_has(text: str, kinds: str) -> None:
    assert [kind for kind in ("number", "share", "money") if has_amount(text, kind)] == kinds.split()


def test_an_amount_that_the_best_clause_has_not_is_a_sign(small: Library, file: Write) -> None:
    small.add(file("two.txt", "1. The office in Nairobi opened on 3 May 2019.\n2. The banks lend 400 dollars.\n"))
    sign = "amount asked, none there"
    assert signs_of(ask_small(small, "How much does the office in Nairobi cost?"))[sign] == 1
    assert signs_of(ask_small(small, "How much money do the banks lend?"))[sign] == 0
    assert signs_of(ask_small(small, "When did the office in Nairobi open?"))[sign] == 0

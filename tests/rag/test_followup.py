"""Which questions lean on the one before, in six languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag.evaluate
from rag.evaluate.questions import read_questions
from rag.question.followup import leans, names_nothing, searched
from rag.question.query import query_of
from tests.rag.followups import GOING_ON, STANDING_ALONE

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
    "When was it adopted?", "Is it mandatory?", "Which States?", "À quelle date ?", "¿Cuándo se aprobó?",
    "К какому сроку?", "Что им рекомендуется?", "متى اعتمد؟", "وَالنِّسَاءُ؟", "為什麼？", "他們有多少人？", "這是強制性的嗎？",
    "還有呢？",
    "Laquelle est privilégiée ?", "¿Cuál es la preferida?", "哪一种是首选？", "Which one is preferred?",
    "S'applique-t-il aussi aux réfugiés ?", "Doit-elle faire rapport à l'Assemblée ?",
    "¿Se aplica también a los refugiados?", "是否也适用于难民？", "Является ли он обязательным?",
    "Распространяется ли он на беженцев?", "هل ينطبق أيضا على اللاجئين؟", "بحلول متى؟", "أيها؟", "到什么时候？",
    "Must they register?",
    "Are women covered too?", "What happens if they refuse?", "Qui l'a signé ?", "При каких условиях?", "儿童也是吗？",
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
    "Does the Assembly condemn attacks on those who deliver aid?", "Is it necessary to register at the border?",
    "What is said about women?", "Il faut protéger les enfants : que dit le texte ?", "Кто такие апатриды?",
    "وثائق السفر", "واجبات الدول تجاه المهاجرين", "وقف إطلاق النار", "难民能否返回其原籍国？", "各国应如何保护移民及其家属？",
    "那些收容难民的国家需要什么支持？", "大会请秘书长做什么？", "關於兒童有什麼規定？",
    "مياه الشرب", "مذكرة تفاهم",
    "What is said about this year's funding crisis of UNHCR?", "这些年来汇款成本有变化吗？",
    "Que dit-on de la crise de cette décennie ?", "¿Qué se dice de la crisis de este siglo?",
    "Что сделано в этом году для беженцев?", "Говорится ли о том, что мигранты платят?",
    "Laquelle des résolutions traite des enfants ?", "Faut-il punir les victimes de la traite ?",
    "Reste-t-il des obstacles ?", "وما هو الهدف المحدد لتكاليف التحويلات المالية بحلول عام 2030؟",
    "¿Cuál es la meta de las remesas?", "哪个国家也接收难民？", "也门的移民有哪些权利？",
    "Peut-il y avoir des exceptions pour les enfants ?",
]  # fmt: skip


@pytest.mark.parametrize("question", LEANING)
def test_these_lean(question: str) -> None:
    assert leans(question)
    assert query_of(question, ["How do governments manage labour migration?"]).whole.startswith("How do governments")


@pytest.mark.parametrize("question", STANDING)
def test_these_stand_alone(question: str) -> None:
    assert not leans(question)
    assert query_of(question, ["How do governments manage labour migration?", "And France?"]).whole == question


def test_marks_of_writing_direction_do_not_make_it_lean() -> None:
    asked = "\u200fما هو سجل الأخبار الهندسية؟"
    assert query_of(asked, ["ما هي عملية كولومبو؟"]).whole == asked[1:]


def test_leaning_goes_back_to_the_last_question_that_stands() -> None:
    history = ["How do I bake bread?", "How do governments manage labour migration?", "And France?"]
    assert query_of("And on paper?", history).whole == f"{history[1]} And France? And on paper?"
    assert query_of("And the Philippines?", history).whole == f"{history[1]} And the Philippines?"
    assert query_of("And the Philippines?", []).whole == "And the Philippines?"


@pytest.mark.parametrize(
    ("before", "asked", "searched_with"),
    [
        ("葡萄牙强调了什么？", "那菲律宾呢？", "菲律宾强调了什么？"),
        ("What did Portugal stress?", "And the Philippines?", "What did Philippines stress?"),
        ("¿Qué hace Francia?", "¿Y Canadá?", "¿Qué hace Canadá?"),
        ("Что делает Франция?", "А Канада?", "Что делает Канада?"),
        ("Que propose la France ?", "Est-ce en Belgique ?", "Que propose la France ?"),  # that asks about the place
        ("What did Portugal ask for?", "And from Germany?", "What did Portugal ask for?"),
        ("What did Portugal stress?", "And France and Germany?", "What did Portugal stress?"),
        ("ماذا تقول فرنسا عن الحقوق؟", "وماذا عن كندا؟", "ماذا تقول كندا عن الحقوق؟"),
        ("Que dit le Portugal ?", "Et le Canada ?", "Que dit le Canada ?"),
        ("What does Belgium pay for?", "And in Africa?", "What does Belgium pay for?"),  # a region is no other country
        ("How does France help Mali?", "And Senegal?", "How does France help Mali?"),  # for which of the two?
        ("What did Portugal say?", "And about the rights of women in Canada?", "What did Portugal say?"),
    ],
)
def test_another_country_is_asked_about_instead_of_the_one_before(before: str, asked: str, searched_with: str) -> None:
    assert searched(asked, [before]) == (searched_with, asked)


DEPENDENT = {
    "zh": ("非洲方案的目的是什么？", ("是谁出钱的？", "什么时候发的？")),
    "en": ("What do developing countries lack?", ("Does anything make that worse?", "Who funds this?")),
    "fr": ("Que perd un pays ?", ("Lesquels en souffrent le plus ?", "À quoi serviraient-elles ?")),
    "ru": (
        "Какая стратегия считается образцовой?",
        ("С какими странами она её проводит?", "На чём они должны основываться?"),
    ),
}


@pytest.mark.parametrize(("before", "asked"), [(b, q) for b, asked in DEPENDENT.values() for q in asked])
def test_these_lean_on_the_question_before(before: str, asked: str) -> None:
    assert searched(asked, [before]) == (before, asked)


def test_a_follow_up_that_tells_little_is_in_the_language_of_what_it_leans_on() -> None:
    asked = "Est-ce de l'argent public ?"  # taken alone the detector says Spanish, .39 sure
    assert query_of(asked, ["Que dit le texte des transferts de fonds ?"]).language == "fr"
    assert query_of("¿y los países ricos?", ["What do poor countries get out of partnerships?"]).language == "es"


def test_what_is_carried_is_bounded() -> None:
    assert len(query_of("And the Philippines?", ["word " * 400] * 9).whole) <= 430


@pytest.mark.parametrize("language", GOING_ON)
def test_of_many_that_go_on_at_most_one_in_ten_is_missed(language: str) -> None:
    missed = [question for question in GOING_ON[language] if not leans(question)]
    assert len(missed) <= len(GOING_ON[language]) / 10, missed


@pytest.mark.parametrize("language", STANDING_ALONE)
def test_of_many_that_stand_alone_at_most_one_in_ten_is_mistaken(language: str) -> None:
    mistaken = [question for question in STANDING_ALONE[language] if leans(question)]
    assert len(mistaken) <= len(STANDING_ALONE[language]) / 10, mistaken


@pytest.mark.parametrize("name", ["xquad", "piaf", "squad2", "cmrc2018", "nomiracl", "un_ga"])
def test_of_questions_asked_alone_few_are_called_leaning(name: str) -> None:
    file = Path(__file__).parents[3] / "shared" / "eval" / name / "questions.jsonl"
    if not file.is_file():
        pytest.skip(f"needs {file}")
    asked = [question.text for question in read_questions(file)]
    assert sum(map(leans, asked)) <= 0.04 * len(asked)  # some do lean: they were written under their paragraph


@pytest.mark.parametrize(
    "question", ["Why?", "For example?", "Pourquoi ?", "¿Y?", "Например?", "لماذا؟", "为什么？", "1"]
)
def test_these_name_nothing_to_search_for(question: str) -> None:
    assert names_nothing(question)


@pytest.mark.parametrize(
    "question",
    [
        "In which paragraph?", "Which clause?", "Could you give the exact wording?", "Can I have the full text?",
        "What is the exact quote?",
        "Dans quel paragraphe ?", "Quel est le libellé exact ?", "Pouvez-vous donner le texte exact ?", "¿En qué párrafo?",
        "¿Cuál es la redacción exacta?", "¿Puede citar el texto exacto?", "В каком пункте?", "Какова точная формулировка?",
        "Можете привести точный текст?", "في أي فقرة؟", "ما هو النص بالضبط؟", "هل يمكنك إعطاء النص الحرفي؟", "在哪一段？",
        "第几段？", "哪一条？", "能否给出原文？", "确切的措辞是什么？",
    ],
)  # fmt: skip
def test_who_asks_where_or_how_it_is_worded_asks_of_what_came_before(question: str) -> None:
    assert leans(question) and names_nothing(question)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who pays the fees?", "In which paragraph?"), ("Who pays the fees?", "Could you give the exact wording?"),
        ("Qui paie les frais ?", "Dans quel paragraphe ?"), ("¿Quién paga?", "¿En qué párrafo?"),
        ("Кто платит?", "В каком пункте?"),
        ("من يدفع الرسوم؟", "في أي فقرة؟"), ("谁支付费用？", "在哪一段？"),
    ],
)  # fmt: skip
def test_where_it_is_written_is_answered_as_the_question_before(before: str, question: str) -> None:
    assert searched(question, [before]) == (before,)
    assert searched("第几段？", ["Who pays the fees?"]) == ("Who pays the fees?", "第几段？")
    assert searched("And the next paragraph?", ["Who pays the fees?"]) != ("Who pays the fees?",)


@pytest.mark.parametrize(
    "question",
    [
        "remittances",
        "MIDA?",
        "54(b)",
        "汇款",
        "Et la France ?",
        "What about women?",
        "وثائق؟",
        "paragraph 6",
        "пункт 6",
        "第6段",
        "汇款条款",
        "现阶段",
    ],
)
def test_these_name_something(question: str) -> None:
    assert not names_nothing(question)


def test_what_is_said_about_something_named_stands_alone() -> None:
    """Of all the questions of this form; those that name a thing alone are no sentence in every language."""
    file = Path(rag.evaluate.__file__).with_name("framed.jsonl")
    asked = [q.text for q in read_questions(file) if q.id[-1] in "12356"]
    mistaken = [question for question in asked if leans(question)]
    assert len(mistaken) <= len(asked) / 50, mistaken


@pytest.mark.parametrize("question", ["What does the document say about them?", "What is said?", "那文件怎么说？"])
def test_what_is_said_about_nothing_named_leans(question: str) -> None:
    assert leans(question)


def test_the_texts_that_are_searched_with_come_one_by_one() -> None:
    assert searched("那菲律宾呢？", ["How do governments manage labour migration?"]) == (
        "How do governments manage labour migration?", "那菲律宾呢？",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "question", "asked"),
    [
        ("When was the first Forum held?", "And the second?", "When was the second Forum held?"),
        ("When was the First Forum held?", "And the third one?", "When was the third Forum held?"),
        ("When was the first Forum held?", "When was the second held?", "When was the second Forum held?"),
        ("What does the first paragraph of 77/176 say?", "And the 2nd?", "What does the 2nd paragraph of 77/176 say?"),
        ("Quand s'est tenu le premier Forum ?", "Et le deuxième ?", "Quand s'est tenu le deuxième Forum ?"),
        ("¿Cuándo se celebró el primer Foro?", "¿Y el segundo?", "¿Cuándo se celebró el segundo Foro?"),
        ("Когда состоялся первый Форум?", "А второй?", "Когда состоялся второй Форум?"),
        ("متى عقد المنتدى الأول؟", "والثاني؟", "متى عقد المنتدى الثاني؟"),
        ("第一次论坛何时举行？", "第二次呢？", "第二次论坛何时举行？"),
        ("首届论坛何时举行？", "那第二届呢？", "第二届论坛何时举行？"),
    ],
)  # fmt: skip
def test_another_of_several_is_asked_what_the_first_was(before: str, question: str, asked: str) -> None:
    assert searched(question, [before]) == (asked,)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("When was the first Forum held?", "Where was the second held?"),
        ("When was the first Forum held?", "And the second Dialogue?"),
        ("When was the Forum held?", "And the second?"), ("第一次论坛何时举行？", "第二次在哪里举行？"),
        ("When was the first meeting of the Second Committee held?", "And the third?"),
    ],
)  # fmt: skip
def test_what_asks_something_else_of_it_is_no_such_question(before: str, question: str) -> None:
    assert searched(question, [before])[-1] == question

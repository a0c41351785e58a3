"""Questions that name a document: they are asked of it, and of no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from rag.ask import ask, consider
from rag.question.query import query_of
from rag.question.spoken import Scope, asks_nothing_else, scope_of
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


def scope(question: str, library: Library, *history: str) -> Scope:
    return scope_of(query_of(question, history), history, library.snapshot())


def clauses(found: Scope, library: Library) -> set[str]:
    """The ids of the clauses that a question is asked of; all of them where it names no document."""
    every = [clause.id for clause in library.snapshot().clauses]
    return (
        {name for name, yes in zip(every, found.clauses.tolist(), strict=True) if yes}
        if found.clauses is not None
        else set(every)
    )


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
    assert {name.partition("#")[0] for name in clauses(scope(question, years), years)} == {"a-res-78-2-en"}
    hits = consider(question, (), searchable, years.embedder).retrieval.hits
    assert {hit.clause.id.partition("#")[0] for hit in hits} == {"a-res-78-2-en"}


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("What does resolution 78/2 say about banks?", "What does the resolution say about banks?"),
        ("What does the decision 78/2 say?", "What does the decision say?"),
        ("第78/2号决议对汇款有什么规定？", "决议对汇款有什么规定？"), ("根据A/RES/78/2，汇款", "根据决议，汇款"),
        ("Согласно резолюции 78/2, банки", "Согласно резолюции, банки"), ("ماذا يقول القرار 78/2؟", "ماذا يقول القرار؟"),
        ("Que dit A/RES/78/2 ?", "Que dit la résolution ?"), ("Do 2/3 of all banks lend?", "Do 2/3 of all banks lend?"),
    ],
)  # fmt: skip
def test_it_is_searched_for_without_the_name(years: Library, question: str, searched: str) -> None:
    assert scope(question, years).query.text == searched


@pytest.mark.parametrize(
    "question",
    [
        "Which resolution recalls A/RES/77/176?", "Which resolutions refer to resolution 77/176?",
        "Quelle résolution rappelle la résolution 77/176 ?", "哪项决议回顾了第77/176号决议？",
        "Какая резолюция ссылается на резолюцию 77/176?",
    ],
)  # fmt: skip
def test_one_that_asks_who_mentions_a_document_is_asked_of_all(years: Library, question: str) -> None:
    assert clauses(scope(question, years), years) == set() or scope(question, years).absent


def test_what_is_mentioned_in_a_document_is_asked_of_it(years: Library) -> None:
    found = clauses(scope("Which countries are mentioned in A/RES/77/176?", years), years)
    assert {name.partition("#")[0] for name in found} == {"a-res-77-176-en"}


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What does A/RES/73/195 say about banks?", False), ("What does A/RES/73/19 say about banks?", True),
        ("resolution 77/17 on banks", True), ("第99/999号决议说了什么？", True), ("What is A/RES/68/4?", True),
        ("Do 50/50 shares lend?", False), ("As of 30/09, how many banks?", False), ("resolution 78/2 on banks", False),
    ],
)  # fmt: skip
def test_what_is_neither_here_nor_mentioned_is_known(years: Library, question: str, absent: bool) -> None:
    assert scope(question, years).absent is absent


def test_a_document_outside_of_the_choice_is_not_here(years: Library) -> None:
    answer = ask("What does A/RES/79/1 say about banks?", years, within=Within(names=("A/RES/77/176",)))
    assert (answer.refused, answer.confidence) == (True, 0.0)


@pytest.mark.parametrize("question", ["A/RES/77/176", "resolution 77/176?", "第77/176号决议", "القرار 77/176"])
def test_a_name_alone_asks_nothing(years: Library, question: str) -> None:
    assert asks_nothing_else(query_of(question))
    assert ask(question, years).refused and not asks_nothing_else(query_of("resolution 77/176 banks"))


def documents(question: str, library: Library, *history: str) -> set[str]:
    return {name.partition("#")[0] for name in clauses(scope(question, library, *history), library)}


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("What does General Assembly resolution 78/2 say about banks?", "What does the resolution say about banks?"),
        ("Que dit la résolution 78/2 de l'Assemblée générale des banks ?", "Que dit la résolution des banks ?"),
        ("What does resolution 78/2 of 14 December 2023 say about banks?", "What does the resolution say about banks?"),
        ("What does resolution 78/2 (2023) say about banks?", "What does the resolution say about banks?"),
        ("What does res. 78/2 say about banks?", "What does the resolution say about banks?"),
        ("What does GA res 78/2 say about banks?", "What does the resolution say about banks?"),
        ("What does UNGA Resolution A/RES/78/2 say about banks?", "What does the Resolution say about banks?"),
        ("On banks, what does the Assembly say in 78/2?", "On banks, what does the Assembly say in the resolution?"),
        ("¿Qué dice la resolución 78/2 de la Asamblea General sobre banks?", "¿Qué dice la resolución sobre banks?"),
        ("¿Qué dice la resolución 78/2, de 14 de diciembre de 2023, sobre banks?", "¿Qué dice la resolución, sobre banks?"),
        ("Что говорится в резолюции Генеральной Ассамблеи 78/2 о banks?", "Что говорится в резолюции о banks?"),
        ("Что говорится в резолюции 78/2 от 14 декабря 2023 года о banks?", "Что говорится в резолюции о banks?"),
        ("ماذا يقول قرار الجمعية العامة 78/2 عن banks؟", "ماذا يقول قرار عن banks؟"),
        ("大会第78/2号决议对banks怎么说？", "决议对banks怎么说？"),
        ("2023年12月14日第７８／２号决议对banks怎么说？", "决议对banks怎么说？"),
    ],
)  # fmt: skip
def test_the_whole_name_is_taken_out(years: Library, question: str, searched: str) -> None:
    found = scope(question, years)
    assert found.query.text == searched and documents(question, years) == {"a-res-78-2-en"}


def test_a_resolution_of_another_body_is_another(years: Library) -> None:
    assert scope("What does Human Rights Council resolution 78/2 say about banks?", years).absent


def test_what_is_not_here_is_asked_of_the_clauses_that_mention_it(years: Library) -> None:
    for question in ("What does resolution 73/195 say about camels?", "Which resolutions note resolution 73/195?"):
        assert clauses(scope(question, years), years) == {"a-res-77-176-en#3", "a-res-78-2-en#3"}
    both = scope("Does resolution 78/2 recall resolution 73/195?", years)
    assert clauses(both, years) == {"a-res-78-2-en#3"} and not both.absent
    assert scope("What do resolutions 77/176 and 99/999 say about banks?", years).absent


BEFORE = "What does resolution 78/2 say about banks?"


@pytest.mark.parametrize(
    "question",
    [
        "And about borders?", "What does this resolution say about borders?", "What does it say about borders?",
        "Et que dit cette résolution sur les frontières ?", "Que dit-elle sur les frontières ?", "¿Y qué dice de las fronteras?",
        "¿Qué dice sobre las fronteras?", "Что в ней говорится о границах?", "А о границах?", "وماذا يقول عن الحدود؟",
        "Does it mention borders?", "那边界呢？", "该决议对边界怎么说？", "对边界怎么说？",
        "And what does it ask of the Secretary-General?", "And does it call on States to report to the Assembly?",
        "Et que demande-t-elle au Secrétaire général ?", "¿Y qué pide al Secretario General?",
        "А что она поручает Генеральному секретарю?", "وماذا تطلب من الأمين العام؟", "它请秘书长做什么？", "وعن الحدود؟",
        "Que demande-t-elle au Secrétaire général ?", "Et que demande-t-elle aux organismes ?",
        "Что она поручает Генеральному секретарю?",
        "Упоминает ли она Генерального секретаря?", "Mentionne-t-elle les frontières ?", "¿Menciona las fronteras?",
        "هل يذكر الحدود؟", "它提到边界了吗？",
    ],
)  # fmt: skip
def test_a_follow_up_is_asked_of_the_same_document_and_of_its_own_matter(years: Library, question: str) -> None:
    found = scope(question, years, BEFORE)
    assert documents(question, years, BEFORE) == {"a-res-78-2-en"}
    assert found.query.carried == () and documents(question, years) != {"a-res-78-2-en"}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What does it ask of the Secretary-General?", "What does the resolution ask of the Secretary-General?"),
        ("Et que demande-t-elle au Secrétaire général ?", "Et que demande la résolution au Secrétaire général ?"),
        ("А что она поручает секретарю?", "А что резолюция поручает секретарю?"),
        ("Does it mention borders?", "Does it mention borders?"),  # taken out as a whole
    ],
)
def test_the_document_stands_in_the_place_of_its_pronoun(years: Library, question: str, asked: str) -> None:
    assert scope(question, years, BEFORE).query.text == asked


@pytest.mark.parametrize(
    "question",
    [
        "Le Pacte mondial est-il juridiquement contraignant ?", "Le Haut-Commissaire doit-il faire rapport à l'Assemblée ?",
        "Faut-il punir les victimes de la traite ?", "Convient-il de punir les victimes de la traite ?",
        "Is it allowed to charge recruitment fees to migrant workers?", "Does the Global Compact say that it is binding?",
        "Is it true that many countries declared remittances to be essential services?",
        "Сколько государств являются участниками Конвенции 1954 года, и соблюдают ли они её, когда она нарушается?",
        "ما المؤتمر الذي شاركت فيه الدول؟", "全球契约有约束力吗，它适用于难民吗？",
    ],
)  # fmt: skip
def test_a_pronoun_for_something_in_the_question_or_for_nothing_means_no_document(
    years: Library, question: str
) -> None:
    assert scope(question, years, BEFORE).clauses is None and scope(question, years, BEFORE).query.carried == ()


@pytest.mark.parametrize(
    "question",
    [
        "And in 2030?", "And in Africa?", "And to the 1951 Convention?", "And who funds them in Africa?", "Why?", "By when?",
        "Et en Afrique ?", "Et qui les finance ?", "¿Y en África?", "¿Quién los financia?", "А в Африке?", "وفي أفريقيا؟",
        "谁资助这些？",
    ],
)  # fmt: skip
def test_a_follow_up_without_a_matter_keeps_that_of_the_one_before(years: Library, question: str) -> None:
    found = scope(question, years, BEFORE)
    assert [text for text, _ in found.query.carried] == ["What does the resolution say about banks?"]


@pytest.mark.parametrize(
    "question",
    [
        "And what do the other documents say about borders?", "And in another Assembly resolution?",
        "Et que disent les autres résolutions sur les frontières ?", "¿Y en otros documentos?", "¿Y en las demás resoluciones?",
        "А в других резолюциях?", "А в остальных документах?", "وفي القرارات الأخرى؟", "وفي وثيقة أخرى؟", "其他决议呢？",
        "另一份文件呢？",
    ],
)  # fmt: skip
def test_other_documents_are_not_that_one(years: Library, question: str) -> None:
    assert len(documents(question, years, BEFORE)) == 3


@pytest.mark.parametrize(
    "question",
    [
        "And about other forms of exploitation?", "Et sur les autres formes d'exploitation ?",
        "¿Y sobre otras formas de explotación?",
        "А о других формах эксплуатации?", "وعن أشكال الاستغلال الأخرى؟", "其他形式的剥削呢？",
    ],
)  # fmt: skip
def test_other_things_are_asked_of_the_same_document(years: Library, question: str) -> None:
    assert documents(question, years, BEFORE) == {"a-res-78-2-en"}


@pytest.mark.parametrize(
    "question",
    ["What does resolution 1325 (2000) say about banks?", "What does S/RES/1325 (2000) say about banks?",
     "Security Council resolution 1325 (2000) on banks", "第1325（2000）号决议对banks怎么说？",
     "ماذا يقول القرار ١٣٢٥ (٢٠٠٠) عن banks؟"],
)  # fmt: skip
def test_resolutions_of_the_security_council_have_a_year(years: Library, file: Write, question: str) -> None:
    years.add(
        file("sc.txt", "S/RES/1325 (2000)\nOn banks\n\n1. Calls upon all banks to mind the women of the region.\n")
    )
    assert documents(question, years) == {"s-res-1325-2000-en"}
    assert "1325" not in scope(question, years).query.text and "2000" not in scope(question, years).query.text


def test_an_answer_says_that_only_what_is_named_was_searched(years: Library) -> None:
    assert ask("What does resolution 78/2 say about banks?", years).searched_count == 1
    assert ask("What is said about banks?", years).searched_count == 3

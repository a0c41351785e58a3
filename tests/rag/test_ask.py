"""From a question to an answer, with the real model on the document that ships."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library import Library
from rag.ask import ask
from rag.compose import escape
from rag.question.query import QuestionError
from rag.refuse import shipped_rule
from rag.verify import QuoteError, verified, verify


@pytest.mark.parametrize(
    ("question", "language", "clause", "says"),
    [
        ("汇款能当作公共资源吗？", "zh", "annex/4/o", "不应作为公共资源加以处理"),
        ("Should remittances be treated as public resources?", "en", "annex/4/o", "汇款系私人资金"),
        ("Qu'a publié la Commission européenne en 2005 ?", "fr", "annex/1/a", "欧洲联盟委员会"),
        ("¿Cómo gestiona Filipinas a sus trabajadores en el extranjero?", "es", "annex/4/n", "菲律宾政府对外派工人"),
        ("Какие данные о миграции необходимо собирать?", "ru", "annex/2/h", "更多数据"),
        ("هل ينبغي اعتبار التحويلات المالية موارد عامة؟", "ar", "annex/4/o", "汇款系私人资金"),
    ],
)
def test_the_right_clause_is_quoted_in_six_languages(
    brussels: Library, question: str, language: str, clause: str, says: str
) -> None:
    answer = ask(question, brussels)
    assert (answer.refused, answer.language) == (False, language)
    first = answer.quotes[0]
    assert first.clause == f"brussels-2006#{clause}" and says in first.text
    assert first.number == 1 and first.language == "zh" and first.label in first.citation
    text = brussels.snapshot().documents[0].text
    for quote in answer.quotes:
        assert text[quote.start : quote.end] == quote.text
    assert answer.ranking[0].clause == first.clause and len(answer.ranking) == 10
    assert answer.confidence >= shipped_rule().threshold and escape(first.citation) in answer.text


@pytest.mark.parametrize(
    "question", ["How do I bake bread?", "火星上有多少人口？", "Как испечь хлеб?", "كم عدد سكان المريخ؟"]
)
def test_what_the_documents_do_not_say_is_refused(brussels: Library, question: str) -> None:
    answer = ask(question, brussels)
    assert answer.refused and not answer.quotes and answer.confidence < shipped_rule().threshold
    assert len(answer.ranking) == 10


def test_a_near_thing_is_a_refusal_that_shows_what_stands_nearest(brussels: Library) -> None:
    answer = ask("Which cryptocurrencies are remittances sent with?", brussels)
    assert answer.refused and not answer.quotes and answer.nearest and verify(answer.nearest, brussels.snapshot())
    assert escape(answer.nearest.text) in answer.text and answer.text.startswith("The documents do not say this.")
    assert ask("How do I bake bread?", brussels).nearest is None


def test_the_same_question_gives_the_same_answer(brussels: Library) -> None:
    first, second = (replace(ask("What is the Colombo Process?", brussels), elapsed_ms=0) for _ in range(2))
    assert first == second


def test_a_follow_up_searches_with_the_question_before(brussels: Library) -> None:
    answer = ask("And the Philippines?", brussels, ["How do governments manage labour migration?"])
    assert answer.language == "en" and "菲律宾" in answer.quotes[0].text
    french = ask("And France?", brussels, ["How do migrant communities contribute to their home country?"])
    assert french.language == "en" and "法国" in french.quotes[0].text


@pytest.mark.parametrize("question", ["", "  \n\t ", "\x00\x07", "?!…", "\ud800", "\u200b"])
def test_an_empty_question_is_an_error(brussels: Library, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        ask(question, brussels)


def test_strange_questions_are_answered_or_refused(brussels: Library) -> None:
    long = ask("汇款能当作公共资源吗？" + "x" * 100_000, brussels)
    assert long.question.endswith("x")
    assert ask("科隆坡\x00进程\ud800是\u202e什么？", brussels).quotes[0].clause == "brussels-2006#annex/3/j"


def test_a_library_without_documents_refuses(small: Library) -> None:
    answer = ask("Where are the banks?", small)
    assert answer.refused and answer.confidence == 0 and "holds no documents" in answer.text


def test_a_quote_that_is_no_slice_is_never_shown(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    quote = ask("What is the Colombo Process?", brussels).quotes[0]
    assert verify(quote, snapshot)
    for wrong in (
        replace(quote, text=quote.text.replace("科", "可", 1)),
        replace(quote, start=quote.start + 1),
        replace(quote, end=quote.end + 1),
        replace(quote, start=-5, end=-1),
        replace(quote, document="0" * 64),
    ):
        assert not verify(wrong, snapshot)
        with pytest.raises(QuoteError, match="not in its document to the letter"):
            verified((quote, wrong), snapshot)


def test_a_question_may_lean_on_one_in_another_language(brussels: Library) -> None:
    answer = ask("那菲律宾呢？", brussels, ["How do governments manage labour migration?"])
    assert not answer.refused and "菲律宾" in answer.quotes[0].text


@pytest.mark.parametrize("question", ["Why?", "например?", "1", "为什么？"])
def test_what_names_nothing_is_refused_where_nothing_came_before(brussels: Library, question: str) -> None:
    assert ask(question, brussels).refused


@pytest.mark.parametrize("question", ["BIO", "Hello", "Asia?", "MIDA"])
def test_few_words_that_tell_no_language_are_answered_in_english(brussels: Library, question: str) -> None:
    assert ask(question, brussels).language == "en"

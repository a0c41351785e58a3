"""What is suggested is asked first: it is answered, in the asker's language, by something new and to the point."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from index.library import Library
from index.words.names import names_of, places
from rag import suggest as module
from rag.ask import ask
from rag.refuse import shipped_rule
from rag.section import section_of
from rag.suggest import MARGIN, TRIED, Candidate, candidates, suggest
from rag.within import Within

QUESTIONS = {
    "en": "What is the Colombo Process?",
    "zh": "移徙者的汇款可以当作公共资金吗？",
    "ar": "هل ينبغي اعتبار التحويلات المالية موارد عامة؟",
    "fr": "Qu'a publié la Commission européenne en 2005 ?",
    "es": "¿Cómo gestiona Filipinas a sus trabajadores en el extranjero?",
    "ru": "Какие данные о миграции необходимо собирать?",
}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 60.0)  # a busy machine must not decide what is found


@pytest.mark.parametrize("language", QUESTIONS)
def test_each_suggestion_is_answered_by_something_new(brussels: Library, language: str) -> None:
    answer = ask(QUESTIONS[language], brussels)
    found = suggest(answer, brussels)
    assert 0 < len(found) <= 3 and len(set(found)) == len(found)
    seen = {quote.clause for quote in answer.quotes}
    for question in found:
        again = ask(question, brussels, [answer.question])
        assert not again.refused and again.language == language
        assert again.confidence >= shipped_rule().threshold + MARGIN
        assert again.quotes[0].clause not in seen
        seen.add(again.quotes[0].clause)
    assert suggest(answer, brussels) == found


@pytest.mark.parametrize("question", ["How do I bake bread?", "火星上有多少人口？", "كم عدد سكان المريخ؟"])
def test_after_a_refusal_there_is_something_to_ask(brussels: Library, question: str) -> None:
    answer = ask(question, brussels)
    assert answer.refused
    assert suggest(answer, brussels)


def test_a_place_that_is_suggested_is_named_in_the_clause_quoted(brussels: Library) -> None:
    answer = ask(QUESTIONS["en"], brussels)
    found = [c for c in candidates(answer, brussels.snapshot()) if c.place]
    assert any(c.question == "Africa: what is mentioned?" for c in found)
    kept = [c for c in found if c.question in suggest(answer, brussels)]
    assert kept
    for candidate in kept:
        first = ask(candidate.question, brussels, [answer.question]).quotes[0]
        clause = brussels.snapshot().clause_at(first.document, first.start)
        assert candidate.place in places(clause.text, "zh")


def test_developing_countries_are_not_china(brussels: Library) -> None:
    named = {c.place for c in candidates(ask(QUESTIONS["zh"], brussels), brussels.snapshot())}
    assert "PH" in named and "CN" not in named
    assert names_of("PH", "zh") == ("菲律宾",)


def test_a_candidate_is_met_by_what_it_names(brussels: Library) -> None:
    clause = next(c for c in brussels.snapshot().clauses if c.id.endswith("annex/4/n"))
    assert Candidate("?", place="PH").is_met_by(clause) and not Candidate("?", place="FR").is_met_by(clause)
    assert Candidate("?", heading="4. 移民社区和发展").is_met_by(clause)
    assert not Candidate("?", heading="1. 移徙和发展").is_met_by(clause)
    assert Candidate("?", document=clause.document).is_met_by(clause)
    assert not Candidate("?", document="0" * 64).is_met_by(clause)
    assert Candidate("?").is_met_by(clause) and Candidate("?").is_topic


def test_little_is_tried_and_nothing_while_others_wait(brussels: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(question: str, *args: object, **more: object) -> object:
        asked.append(question)
        return ask("How do I bake bread?", brussels)

    answer = ask(QUESTIONS["en"], brussels)
    monkeypatch.setattr(module, "ask", counting)
    assert suggest(answer, brussels) == () and len(asked) == TRIED
    asked.clear()
    assert suggest(answer, brussels, idle=lambda: False) == () and asked == []
    monkeypatch.setattr(module, "SECONDS", -1.0)
    assert suggest(answer, brussels) == () and asked == []


def test_only_the_chosen_documents_are_suggested_from(small: Library, file: Callable[[str, str], Path]) -> None:
    small.add(file("one.txt", "Report on bread\n\n1. In Morocco bread is cheap.\n2. In Ghana the borders are open.\n"))
    small.add(file("two.txt", "Report on schools\n\n1. In Kenya schools are open.\n2. In Peru schools are shut.\n"))
    answer = ask("Where is bread cheap?", small)
    named = {c.place for c in candidates(answer, small.snapshot()) if c.place}
    assert {"MA", "GH", "KE", "PE"} >= named and "KE" in named
    chosen = {c.place for c in candidates(answer, small.snapshot(), Within(names=("*bread*",))) if c.place}
    assert chosen == {"GH"}


def test_an_empty_library_suggests_nothing(small: Library) -> None:
    assert suggest(ask("Where are the banks?", small), small) == ()


def test_a_section_is_the_clauses_under_the_same_headings(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    here = next(c for c in snapshot.clauses if c.id.endswith("annex/4/n"))
    assert [c.id[-1] for c in section_of(here, snapshot)] == ["l", "m", "o", "p"]
    assert [c.id[-1] for c in section_of(here, snapshot, most=2)] == ["m", "o"]
    assert [c.id[-1] for c in islice(section_of(here, snapshot, most=3), 3)] == ["m", "o", "p"]

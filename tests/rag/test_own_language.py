"""What was found in another language, in the asker's own."""

from __future__ import annotations

from dataclasses import replace

from index.library import Library
from index.words.lexicon import shipped_lexicon as shipped
from rag.answer import Hit
from rag.ask import ask
from rag.own_language import in_own_language
from rag.within import Within
from tests.rag.test_rank import Write
from tests.texts import CHINESE


def hit_of(library: Library, name: str, *also: str) -> Hit:
    by_id = {clause.id: clause for clause in library.snapshot().clauses}
    zeros = tuple(0.0 for _ in by_id[name].sentences)
    twins = tuple(by_id[other] for other in also)
    return replace(Hit(by_id[name], 0.0, 0.0, 0.0, 0.0, zeros, zeros, zeros), also=twins)


def test_a_hit_becomes_its_edition_in_the_askers_language(two: Library) -> None:
    found = hit_of(two, "a-res-77-1-zh#2")
    assert in_own_language(found, two.snapshot(), "en", shipped()).clause.id == "a-res-77-1-en#2"
    assert in_own_language(found, two.snapshot(), "zh", shipped()) is found
    assert in_own_language(found, two.snapshot(), "fr", shipped()) is found  # no such edition


def test_twins_stay_where_they_are_in_that_language_too(two: Library, file: Write) -> None:
    two.add(file("alone.txt", CHINESE.format(number="78/1")))
    found = hit_of(two, "a-res-77-1-zh#2", "a-res-78-1-zh#2")
    assert in_own_language(found, two.snapshot(), "en", shipped()).also == ()


def test_sentences_that_do_not_answer_each_other_are_left(small: Library, file: Write) -> None:
    head = "A/RES/77/1\nOn banks\n\n"
    small.add(file("en.txt", f"{head}1. Calls upon all banks to lend. It calls upon them to lend again in 2031.\n"))
    small.add(file("zh.txt", "A/RES/77/1\n银行\n\n1. 促请所有银行提供贷款，并促请它们在2031年再次提供贷款。\n"))
    found = hit_of(small, "a-res-77-1-zh#1")
    assert in_own_language(found, small.snapshot(), "en", shipped()) is found


def test_what_is_chosen_in_another_language_stays_in_it(two: Library) -> None:
    question = "What does paragraph 2 of A/RES/77/1 say?"
    assert {quote.clause for quote in ask(question, two).quotes} == {"a-res-77-1-en#2"}
    chosen = ask(question, two, within=Within(languages=("zh",)))
    assert {quote.clause for quote in chosen.quotes} == {"a-res-77-1-zh#2"}

"""Values in, HTML out: what the page shows, without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clause import Document
from index.language import LANGUAGES
from index.library import Library
from index.snapshot import Snapshot
from page import arrivals, cards, conversation, escape, reading, welcome
from page.conversation import Turn
from page.welcome import EXAMPLES
from prompts import message
from rag.answer import Answer, Quote
from rag.ask import ask
from rag.examples import Example, examples
from rag.locate import Spot

EVIL = '<script>alert(1)</script><img src=x onerror="alert(1)"> **b** [a](javascript:x) $x$ `c` __i18n__{"key":1}'


class Reader(HTMLParser):
    """Reads HTML as a browser does: the text that is seen, the elements and attributes that act."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.marked = ""
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._marks += tag == "mark"
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._marks -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._marks else ""


def read(source: str) -> Reader:
    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader


def quote_of(document: Document, start: int, end: int, number: int = 1) -> Quote:
    return Quote(
        number=number, text=document.text[start:end], citation=f"{document.title}, para. 1", label="para. 1",
        clause="c", language=document.language, symbol=None, title=document.title, document=document.sha256,
        start=start, end=end, score=1.0,
    )  # fmt: skip


def answer_of(*quotes: Quote, language: str = "en", refused: bool = False) -> Answer:
    return Answer(
        id=None, question="?", language=language, refused=refused, confidence=0.934, text="", quotes=quotes,
        ranking=(), fingerprint="f", model="m", elapsed_ms=1.0,
    )  # fmt: skip


@pytest.fixture
def document(small: Library, file: Callable[[str, str], Path]) -> Document:
    small.add(file("evil.txt", f"{EVIL}\n\nLetter of all\n\n1. One {EVIL}. Two.\n2. Three banks.\n"))
    return small.snapshot().documents[0]


def snapshot_of(*documents: Document) -> Snapshot:
    return Snapshot(fingerprint="f", model="m", documents=documents, clauses=(), changes=0)


@given(st.text())
def test_text_is_read_back_as_it_was_and_nothing_in_it_acts(value: str) -> None:
    shown = escape.text(value)
    assert not set(shown) & set("<>\t\"'`*[]()$_\n\r{}|\\")
    assert html.unescape(shown) == re.sub("[\ud800-\udfff]", "\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))


@given(st.text(alphabet="ab<&\n", min_size=1), st.data())
def test_marks_hold_the_spans_and_lose_nothing(source: str, data: st.DataObject) -> None:
    places = st.integers(0, len(source))
    spans = [(min(a, b), max(a, b)) for a, b in data.draw(st.lists(st.tuples(places, places), max_size=3))]
    reader = read(escape.marked(source, 0, len(source), spans))
    assert reader.text == source
    assert reader.marked == "".join(c for i, c in enumerate(source) if any(s <= i < e for s, e in spans))


def test_a_question_is_text_and_shortened() -> None:
    assert read(cards.asked_html(EVIL)).text == EVIL
    assert read(cards.asked_html(EVIL)).tags == ["div"]
    assert read(cards.asked_html("x" * 100_000)).text == "x" * 600 + "…"


def test_a_card_marks_the_quote_in_its_clause(document: Document) -> None:
    start = document.text.index("Two.")
    first, one, last = cards.answer_steps(answer_of(quote_of(document, start, start + 4)), snapshot_of(document), 7)
    reader = read(last)
    assert read(first).text == message("lead_one", "en")
    assert reader.text.startswith(read(one).text)
    assert reader.marked == "Two."
    assert f"One {EVIL}. Two." in reader.text
    assert "Confidence 93 %" in reader.text
    span = f"span:{document.sha256}:{start}-{start + 4}"
    pin = span.removeprefix("span:")
    assert reader.attributes["value"] == ["7-1", span, span, "un", "bibtex", "ris", pin, span]
    assert set(reader.tags) <= {"div", "p", "span", "blockquote", "mark", "button", "bdi", "select", "option"}
    assert not [name for name in reader.attributes if name.startswith(("on", "href", "src", "style"))]
    assert "\n" not in last  # a blank line would end the HTML in Markdown's eyes


def test_a_quote_whose_document_is_gone_is_shown_alone(document: Document) -> None:
    *_, last = cards.answer_steps(answer_of(quote_of(document, 0, 5)), snapshot_of(), 0)
    assert read(last).marked == document.text[:5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_says_what_was_searched(document: Document, language: str) -> None:
    answer = replace(answer_of(language=language, refused=True), searched=(document.title,), searched_count=1)
    (shown,) = cards.answer_steps(answer, snapshot_of(document), 0)
    reader = read(shown)
    assert message("refusal", language) in reader.text
    assert " ".join(document.title.split()) in reader.text
    assert reader.attributes["lang"] == [language]
    assert reader.attributes["dir"] == ["rtl" if language == "ar" else "ltr"]
    assert "blockquote" not in reader.tags
    (many,) = cards.answer_steps(replace(answer, searched_count=6), snapshot_of(document), 0)
    assert read(many).text.rstrip(".。").endswith(" …") and "…" not in reader.text
    (empty,) = cards.answer_steps(answer_of(language=language, refused=True), snapshot_of(), 0)
    assert message("empty", language) in read(empty).text


def test_a_near_thing_shows_what_stands_nearest_and_opens_it(brussels: Library) -> None:
    answer = ask("Which cryptocurrencies are remittances sent with?", brussels)
    assert answer.nearest
    (shown,) = cards.answer_steps(answer, brussels.snapshot(), 0)
    reader = read(shown)
    assert message("nearest", "en") in reader.text and message("refusal", "en") not in reader.text
    assert reader.marked == answer.nearest.text and "cl-refusal" in shown
    opened = conversation.opened("0-1", (Turn("?", "", answer, True),), brussels, "en")
    assert opened and answer.nearest.text in read(opened).marked


def test_the_document_is_shown_whole_with_its_clause_set_apart(document: Document) -> None:
    start = document.text.index("Two.")
    spans = [(start, start + 4), (document.text.index("Three"), len(document.text))]
    shown = reading.document_html(Spot(document, *spans[0]), spans, snapshot_of(document), "en")
    reader = read(shown)
    body = read(shown[shown.index('<div class="cl-text"') :])
    assert "".join(body.text.split()) == "".join(document.text.split())
    assert reader.marked == "Two." + document.text[document.text.index("Three") :]
    assert len([c for c in reader.attributes["class"] if "cl-here" in c]) == 1
    assert "img" not in reader.tags and "script" not in reader.tags


def test_of_a_very_long_document_the_part_around_the_clause_is_shown(
    small: Library, file: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.add(file("long.txt", "\n".join(f"{n}. Clause {n} says a few words here." for n in range(1, 101))))
    document = small.snapshot().documents[0]
    start = document.text.index("Clause 50 ")
    monkeypatch.setattr(reading, "SHOWN_DOCUMENT", 400)
    span = (start, start + 9)
    shown = reading.document_html(Spot(document, *span), [span], small.snapshot(), "en")
    reader = read(shown[shown.index('<div class="cl-text"') :])
    assert reader.marked == "Clause 50"
    assert "passages are not shown here." in reader.text
    assert "Clause 49 " in reader.text and "Clause 1 " not in reader.text and "Clause 100 " not in reader.text


@pytest.mark.parametrize("place", ["", "x", "0-9", "1-1", "0-1-1", "-1-1", "0-1\n", "99999999999-1"])
def test_a_citation_that_is_none_opens_nothing(brussels: Library, place: str) -> None:
    turns = (Turn("?", "", ask("What is the Colombo Process?", brussels), True), Turn("?", "…"))
    assert conversation.opened(place, turns, brussels, "en") is None


def test_a_citation_of_a_forgotten_conversation_says_so(brussels: Library) -> None:
    shown = conversation.opened("0-1", (), brussels, "en")
    assert shown and message("page.forgotten", "en") in read(shown).text


def test_a_quote_that_no_longer_holds_is_not_shown(brussels: Library) -> None:
    answer = ask("What is the Colombo Process?", brussels)
    altered = replace(answer, quotes=(replace(answer.quotes[0], text=answer.quotes[0].text + "!"),))
    shown = conversation.opened("0-1", (Turn("?", "", altered, True),), brussels, "en")
    assert shown and message("page.gone", "en") in read(shown).text and "cl-here" not in shown


def test_every_example_of_the_document_that_ships_is_answered(brussels: Library) -> None:
    assert [example.question for example in examples(brussels)] == [message("page.example", code) for code in EXAMPLES]


def test_the_welcome_names_documents_and_examples(document: Document) -> None:
    reader = read(
        welcome.welcome_html([replace(document, title=EVIL)] * 8, "fr", [Example(EVIL, "en"), Example("二", "zh")])
    )
    assert reader.attributes["value"] == ["0", "1"] and "img" not in reader.tags
    assert message("page.more", "fr", count=2) in reader.text
    assert EVIL in reader.text
    assert message("empty", "fr") in read(welcome.welcome_html([], "fr", [])).text


def test_stop_keeps_what_was_shown_and_ends_what_was_not() -> None:
    done = Turn("a", "A", answer_of(), True)
    partly, waiting = Turn("b", "B", answer_of()), Turn("c", "C")
    kept = conversation.halted((done, partly, waiting), "en")
    assert kept[:2] == (done, replace(partly, done=True))
    assert kept[2].done and message("page.stopped", "en") == read(kept[2].reply).text


def test_a_conversation_grows_step_by_step_and_ends(brussels: Library) -> None:
    steps = list(conversation.converse("What is the Colombo Process?", (), brussels, "en"))
    assert message("page.searching", "en") in read(steps[0][0].reply).text
    assert [step[0].done for step in steps] == [False] * (len(steps) - 1) + [True]
    assert len(steps) >= 4
    (error,) = list(conversation.converse("\u200b", (), brussels, "en"))[-1]
    assert error.done and error.answer is None and "The question is empty" in read(error.reply).text


def test_what_came_beside_a_document_of_its_name_says_so(small: Library, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(f"Report {EVIL}\n\n1. Bread costs 7 coins.\n")
    small.add(tmp_path / "x.txt")
    (tmp_path / "x.txt").write_text(f"Report {EVIL}\n\n1. Bread costs 6 coins.\n")
    shown = arrivals.summary_html([("x.txt", small.add(tmp_path / "x.txt"))], small.snapshot(), "en")
    assert f"It stands beside Report {EVIL}, which has the same name" in read(shown).text

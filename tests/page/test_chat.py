"""What can be done at an answer, in a real browser: copy, read on, be told how sure it is, ask on, judge, take back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from app import serve
from index.clause import Given
from index.library import Library
from page.welcome import EXAMPLES
from page.words import ASSETS
from prompts import message
from rag import feedback
from rag.ask import ask
from rag.edge import load_model
from rag.evaluate.questions import read_questions
from rag.refuse import sureness
from rag.suggest import suggest
from tests.page import test_page
from tests.page.conftest import free_port
from tests.page.test_page import COLOMBO, Visit, Visitor

visit = test_page.visit  # the fixture, for this file too
WAIT = 30_000
"""Milliseconds: the machine may be busy."""
PHONE = {"width": 360, "height": 720}
WIDE = "() => [...document.querySelectorAll('html, .panel-wrap, .cl-card, .cl-take, .cl-judge, .cl-ask-next')]"
WIDE += ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "feedback.jsonl"


@pytest.fixture
def judged(brussels: Library, kept: Path) -> Iterator[str]:
    """The page on the document that ships, with verdicts kept in a file of the test's own."""
    server = serve(brussels, port=free_port(), block=False, feedback=kept)
    assert server
    yield server.url
    server.close()


def start(visit: Visit, url: str, **settings: Any) -> Visitor:
    visitor = visit(url, **settings)
    visitor.page.set_default_timeout(WAIT)
    return visitor


def told(visitor: Visitor, words: str) -> None:
    """Wait until the live region says something."""
    visitor.page.wait_for_function(
        "words => [...document.querySelectorAll('.cl-live[role=status]')].some(e => e.textContent === words)", arg=words
    )


def copied(visitor: Visitor, selector: str, which: int = 0, language: str = "en") -> str:
    visitor.page.evaluate("() => document.querySelectorAll('.cl-live').forEach(e => { e.textContent = '' })")
    visitor.page.locator(selector).nth(which).click()
    told(visitor, message("chat.copied", language))
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_quotation_is_copied_alone_and_in_three_forms(visit: Visit, judged: str, brussels: Library) -> None:
    visitor = start(visit, judged, permissions=["clipboard-read", "clipboard-write"])
    visitor.ask(COLOMBO)
    quote = ask(COLOMBO, brussels).quotes[0]
    assert copied(visitor, ".cl-copy-words") == quote.text
    assert copied(visitor, ".cl-copy") == f"{quote.text}\n— {quote.citation}"
    visitor.page.select_option(".cl-style", "bibtex")
    (entry,) = bibtexparser.parse_string(copied(visitor, ".cl-copy")).entries
    assert entry["annotation"] == quote.text
    visitor.page.select_option(".cl-style", "ris")
    (record,) = rispy.loads(copied(visitor, ".cl-copy"))
    assert record["notes"][-1] == quote.text
    visitor.ask("汇款能当作公共资源吗？")
    assert set(visitor.page.eval_on_selector_all(".cl-style", "all => all.map(e => e.value)")) == {"ris"}


def test_without_a_clipboard_the_words_are_selected_and_copied(visit: Visit, judged: str, brussels: Library) -> None:
    visitor = start(visit, judged)
    visitor.page.evaluate(
        "() => { Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.addEventListener('copy', () => { window.taken = document.activeElement.value }) }"
    )
    visitor.ask(COLOMBO)
    quote = ask(COLOMBO, brussels).quotes[0]
    visitor.page.click(".cl-copy-words")
    told(visitor, message("chat.copied", "en"))
    assert visitor.page.evaluate("window.taken") == quote.text
    visitor.page.evaluate("() => { document.execCommand = () => false }")
    visitor.page.click(".cl-copy")
    area = visitor.page.locator(".cl-by-hand textarea")
    assert area.input_value() == f"{quote.text}\n— {quote.citation}"
    assert area.evaluate("e => e === document.activeElement && e.selectionEnd === e.value.length")
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_selector(".cl-by-hand", state="detached")
    assert visitor.page.evaluate("document.activeElement.className").startswith("cl-copy ")


def test_a_quotation_that_changed_meanwhile_is_not_copied(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged, permissions=["clipboard-read", "clipboard-write"])
    visitor.ask(COLOMBO)
    visitor.page.evaluate("() => { document.querySelector('.cl-card mark').textContent += '不' }")
    visitor.page.evaluate("navigator.clipboard.writeText('before')")
    visitor.page.click(".cl-copy-words")
    visitor.page.get_by_text(message("page.gone", "en")).wait_for()  # seen, not only heard
    assert visitor.page.evaluate("navigator.clipboard.readText()") == "before"


def test_more_of_the_section_opens_below_and_closes(visit: Visit, judged: str, brussels: Library) -> None:
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    more = visitor.page.locator(".cl-more.cl-small")
    more.press("Enter")
    visitor.page.wait_for_selector(".cl-section li")
    assert more.get_attribute("aria-expanded") == "true"
    assert visitor.page.locator(".cl-section .cl-goto").get_attribute("value") == "clause:brussels-2006#annex/3/k"
    clause = next(c for c in brussels.snapshot().clauses if c.id.endswith("annex/3/k"))
    assert visitor.texts(".cl-section li p") == [clause.text]
    visitor.ask("汇款能当作公共资源吗？")  # what is open stays open
    assert visitor.page.locator(".cl-section li").count() == 1
    more.first.press("Enter")
    visitor.page.wait_for_selector(".cl-section", state="detached")
    assert more.first.get_attribute("aria-expanded") == "false"


def test_how_sure_it_is_stands_in_words_and_the_number_comes_to_the_keyboard(
    visit: Visit, judged: str, brussels: Library
) -> None:
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    sure, tip = visitor.page.locator(".cl-sure"), visitor.page.locator(".cl-tip")
    confidence = ask(COLOMBO, brussels).confidence
    assert sure.text_content() == message(f"chat.{sureness(confidence)}", "en") and not tip.is_visible()
    sure.focus()
    percent = round(confidence * 100)
    assert tip.is_visible() and f"{percent} %" in (tip.text_content() or "")
    assert sure.get_attribute("aria-describedby") == tip.get_attribute("id")
    visitor.page.keyboard.press("Escape")
    assert not tip.is_visible()
    sure.hover()
    assert tip.is_visible()


@pytest.mark.parametrize("language", ["zh", "en", "ar"])
def test_answer_near_thing_and_refusal_look_different_and_say_what_was_searched(
    visit: Visit,
    judged: str,
    language: str,
) -> None:
    visitor = start(visit, judged, locale=language)
    refused = {"en": "How do I bake bread?", "zh": "火星上有多少人口？", "ar": "كم عدد سكان المريخ؟"}[language]
    visitor.ask(message("page.example", language))
    assert visitor.texts(".cl-kind") == []
    visitor.ask("Which cryptocurrencies are remittances sent with?")
    visitor.ask(refused)
    assert visitor.texts(".cl-kind") == [message("chat.kind_near", "en"), message("chat.kind_none", language)]
    assert visitor.page.locator(".cl-searched").count() == 3
    assert visitor.page.locator(".cl-near .cl-card").count() == 1
    assert visitor.texts(".cl-card .cl-tongue")[0] == {"en": "Chinese", "zh": "中文", "ar": "الصينية"}[language]


@pytest.mark.parametrize(("language", "size"), [("en", {"width": 1280, "height": 800}), ("zh", PHONE), ("ar", PHONE)])
def test_a_suggested_question_is_asked_and_answered(
    visit: Visit,
    judged: str,
    brussels: Library,
    language: str,
    size: dict[str, int],
) -> None:
    visitor = start(visit, judged, locale=language, viewport=size)
    visitor.ask(message("page.example", language))
    visitor.page.wait_for_selector(".cl-ask-next .cl-suggestion")
    offered = visitor.texts("#cl-chat .cl-suggestion")
    possible = suggest(ask(message("page.example", language), brussels), brussels)
    assert offered == list(possible)[: len(offered)]
    visitor.page.locator("#cl-chat .cl-suggestion").first.press("Enter")
    visitor.answered(2)
    assert visitor.texts(".cl-asked")[1] == offered[0]
    assert visitor.page.locator(".bot-row:last-child .cl-card mark").count()
    assert not visitor.page.locator("#cl-chat .cl-suggestion").first.is_visible()  # those of the answer before
    assert visitor.page.evaluate(WIDE) == []


def test_after_a_refusal_there_is_something_to_ask(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged)
    visitor.ask("How do I bake bread?")
    visitor.page.wait_for_selector(".cl-refusal .cl-suggestion")


def test_what_can_be_asked_next_comes_back_with_the_conversation(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    visitor.page.wait_for_selector(".cl-ask-next .cl-suggestion")
    visitor.page.reload()
    visitor.answered(1)
    visitor.page.wait_for_selector("#cl-chat .cl-ask-next .cl-suggestion")
    visitor.ask("How do I bake bread?")
    visitor.page.wait_for_selector(".cl-refusal .cl-suggestion")
    visitor.page.press("#cl-undo", "Enter")
    visitor.page.wait_for_selector(".bot-row:last-child .cl-card ~ .cl-ask-next .cl-suggestion")


def test_the_styles_of_one_tab_do_not_reach_into_another(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    visitor.open()
    style = "(e, name) => getComputedStyle(e)[name]"
    assert visitor.page.eval_on_selector(".cl-sure", style, "padding") == "0px"
    assert visitor.page.eval_on_selector(".cl-sure", style, "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert visitor.page.eval_on_selector(".cl-steps .cl-count", style, "marginBottom") == "0px"
    visitor.page.click("#cl-tab-shelf-button")
    visitor.page.wait_for_selector("#cl-shelf-table .cl-count")
    assert visitor.page.eval_on_selector("#cl-shelf-table .cl-count", style, "textAlign") == "start"


def test_quotations_are_set_in_the_type_meant_for_them(visit: Visit, judged: str) -> None:
    """Gradio writes each rule anew and loses a `font` with a variable when another property of the font follows it."""
    for sheet in ASSETS.glob("*.css"):
        for rule in re.findall(r"{([^{}]*)}", sheet.read_text(encoding="utf-8")):
            short = re.search(r"(?:^|[;\s])font:[^;]*var\(", rule)
            assert not short or not re.search(r"font-|line-height", rule[short.end() :]), rule
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    assert visitor.page.eval_on_selector(".cl-quote", "e => getComputedStyle(e).fontSize") == "16.5px"


def test_edit_puts_a_question_back_and_takes_later_turns_away(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged)
    for question in (COLOMBO, "汇款能当作公共资源吗？", "How do I bake bread?"):
        visitor.ask(question)
    visitor.page.locator(".cl-edit").nth(1).press("Enter")
    visitor.page.wait_for_function("() => document.querySelectorAll('.cl-asked').length === 1")
    visitor.page.wait_for_function("() => document.activeElement.matches('#cl-box textarea')")
    assert visitor.page.input_value("#cl-box textarea") == "汇款能当作公共资源吗？"
    visitor.page.keyboard.press("Enter")
    visitor.answered(2)
    assert visitor.texts(".cl-asked") == [COLOMBO, "汇款能当作公共资源吗？"]


def test_undo_takes_the_last_turn_away(visit: Visit, judged: str) -> None:
    visitor = start(visit, judged)
    assert not visitor.page.locator("#cl-undo, #cl-retry, #cl-clear, .cl-edit").count()
    visitor.ask(COLOMBO)
    visitor.ask("How do I bake bread?")
    visitor.page.press("#cl-undo", "Enter")
    visitor.page.wait_for_function("() => document.querySelectorAll('.cl-asked').length === 1")
    assert visitor.texts(".cl-asked") == [COLOMBO]
    visitor.page.press("#cl-undo", "Enter")
    visitor.page.wait_for_selector(".cl-welcome")
    assert not visitor.page.locator("#cl-undo").count()


def test_what_a_reader_says_is_kept_and_can_be_asked_again(visit: Visit, judged: str, kept: Path) -> None:
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    visitor.ask("How do I bake bread?")
    visitor.page.locator(".cl-verdict").nth(0).press("Enter")
    told(visitor, message("chat.thanks", "en"))
    visitor.page.wait_for_selector('.cl-verdict[value="0:right_clause"][aria-pressed="true"]')
    visitor.page.click('.cl-verdict[value="0:wrong_clause"]')
    visitor.page.wait_for_selector('.cl-verdict[value="0:wrong_clause"][aria-pressed="true"]')
    assert visitor.page.locator('.cl-verdict[aria-pressed="true"]').count() == 1
    visitor.page.click('.cl-verdict[value="1:should_have_answered"]')
    visitor.page.wait_for_selector('.cl-verdict[value="1:should_have_answered"][aria-pressed="true"]')
    rows = rows_of(kept)
    assert [row["verdict"] for row in rows] == ["right clause", "wrong clause", "should have answered"]
    assert rows[2]["history"] == [COLOMBO] and rows[0]["question"] == COLOMBO
    assert [(q.wrong, q.unnamed) for q in read_questions(kept)] == [(("brussels-2006#annex/3/j",), False), ((), True)]


def test_a_full_file_is_said_and_nothing_counts_as_kept(
    visit: Visit,
    judged: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feedback, "MAX_BYTES", 10)
    visitor = start(visit, judged)
    visitor.ask(COLOMBO)
    visitor.page.locator(".cl-verdict").first.click()
    visitor.page.wait_for_selector(".toast-body")
    assert "is full" in visitor.texts(".toast-body")[0]
    assert not visitor.page.locator('.cl-verdict[aria-pressed="true"]').count()


def test_nobody_is_asked_where_that_is_not_wanted(visit: Visit, brussels: Library) -> None:
    server = serve(brussels, port=free_port(), block=False, feedback=False)
    assert server
    try:
        visitor = start(visit, server.url)
        visitor.ask(COLOMBO)
        assert not visitor.page.locator(".cl-judge, .cl-verdict").count()
    finally:
        server.close()


@pytest.mark.parametrize("language", ["zh", "en", "ar"])
def test_a_phone_holds_all_buttons(visit: Visit, judged: str, language: str) -> None:
    visitor = start(visit, judged, locale=language, viewport=PHONE)
    visitor.ask(message("page.example", language))
    visitor.page.locator(".cl-more.cl-small").first.click()
    visitor.page.wait_for_selector(".cl-section li, .cl-section > p")
    visitor.page.wait_for_selector(".cl-ask-next")
    assert visitor.page.evaluate(WIDE) == []
    direction = "e => getComputedStyle(e).direction"
    for part in (".cl-take", ".cl-judge", ".cl-ask-next", ".cl-edit"):
        assert visitor.page.eval_on_selector(part, direction) == ("rtl" if language == "ar" else "ltr")
    for button in visitor.page.locator(".cl-answer button:visible, .cl-answer select").all():
        box = button.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_the_edition_stands_beside_where_there_is_room_else_below(visit: Visit, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library", load_model)) as library:
        for language, said in (("en", "School meals cost three coins."), ("fr", "Les repas coûtent trois pièces.")):
            file = tmp_path / f"{language}.txt"
            file.write_text(f"A/RES/77/1\n\n1. {said}", encoding="utf-8")
            library.add(file, given=Given(language=language))
        server = serve(library, port=free_port(), block=False, feedback=False)
        assert server
        for width, beside in ((1280, True), (360, False)):
            visitor = start(visit, server.url, viewport={"width": width, "height": 800})
            visitor.page.click("#cl-within > button")
            visitor.page.click("#cl-languages input")
            visitor.page.locator("#cl-languages").get_by_role("option", name="français").click()
            visitor.ask("What do school meals cost?")
            assert visitor.texts(".cl-tongue") == ["French", "English"]
            left, right = (side.bounding_box() for side in visitor.page.locator(".cl-side").all())
            assert left and right and (abs(left["y"] - right["y"]) < 2) == beside
            assert (left["x"] + left["width"] <= right["x"]) == beside
        server.close()


def test_the_words_are_those_of_the_page_in_six_languages() -> None:
    keys = ("copy_words", "copy_cited", "more", "edit", "undo", "right_clause", "wrong_clause", "should_have_refused")
    for key in keys:
        assert len({message(f"chat.{key}", language) for language in EXAMPLES}) == 6

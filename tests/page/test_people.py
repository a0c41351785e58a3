"""What people need of the page: keyboard, screen readers, both directions, small screens, history that can be cleared."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from index.embed import Embedder
from index.language import LANGUAGES
from index.library import Library
from page.words import AT_ONCE
from prompts import message
from tests.page.conftest import Serve
from tests.page.figures import Person
from tests.page.test_page import COLOMBO, SlowEmbedder, Visit, Visitor, visit

__all__ = ["visit"]
REMITTANCES = "移徙者的汇款可以当作公共资金吗？"
FOCUSED = "() => { const e = document.activeElement; return e.id || e.className || e.tagName }"


def said(page: Any, sentence: str) -> None:
    """Wait until the live region says it."""
    page.wait_for_function("said => document.querySelector('#cl-live')?.textContent === said", arg=sentence)


def tab_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Press Tab until an element has the focus; fail when it never does. What has it must show it."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(
                """() => { for (let e = document.activeElement, up = 0; e && up < 6; e = e.parentElement, up++) {
                const s = getComputedStyle(e);
                if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== 'none') return true }
                return false }"""
            ), f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"{selector} was not reached by {key}, the focus is at {page.evaluate(FOCUSED)}")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360), ("zh", 1280)])
def test_the_keyboard_alone_does_everything(visit: Visit, language: str, width: int) -> None:
    visitor = visit(locale=language, viewport={"width": width, "height": 740})
    page = visitor.page
    page.set_default_timeout(30_000)
    page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")  # ready to type
    page.keyboard.type(COLOMBO)
    page.keyboard.press("Enter")
    visitor.answered(1)
    tab_to(page, ".cl-cite", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cl-document .cl-here")
    page.wait_for_function("() => document.activeElement.matches('.cl-here')")
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-document", state="detached")
    assert page.evaluate(FOCUSED) == "cite-0-1"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.cl-here')")
    tab_to(page, ".cl-close", "Shift+Tab")
    page.keyboard.press("Space")
    page.wait_for_selector(".cl-document", state="detached")
    tab_to(page, "#cl-within > button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cl-within > button[aria-expanded=true]")
    tab_to(page, "#cl-years :is(input, textarea)")
    tab_to(page, "#cl-within > button", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cl-within > button[aria-expanded=false]")
    tabs = page.locator("#cl-tabs > .tab-wrapper [role=tablist] > button[role=tab]")
    for tab in (tabs.last, tabs.first):  # the same one where there is only one
        name = tab.get_attribute("id")
        tab_to(page, f"#{name}", "Shift+Tab" if tabs.count() == 1 else "Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#{name}[aria-selected=true]")
    tab_to(page, "#cl-earlier summary", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cl-earlier[open] .cl-again")
    page.keyboard.press("Escape")
    page.wait_for_selector("#cl-earlier:not([open])")
    tab_to(page, "#cl-language")
    page.keyboard.press("Home" if language == "es" else "ArrowDown")
    page.wait_for_function("before => !document.documentElement.lang.startsWith(before)", arg=language)
    page.wait_for_selector(".cl-asked")  # the conversation is still there, in another language of the page


def test_a_screen_reader_is_told_of_the_answer_and_not_its_html(visit: Visit) -> None:
    for language in ("en", "zh", "ar"):
        visitor = visit(locale=language)
        visitor.ask(COLOMBO)
        cards = visitor.page.locator(".cl-card").count()
        one = message("people.answer_one", language)
        said(visitor.page, one if cards == 1 else message("people.answer_many", language, count=cards))
        visitor.ask("How do I bake bread?")
        said(visitor.page, message("refusal", "en"))
        assert visitor.page.locator('#cl-live[role="status"][aria-live="polite"]').count() == 1
        assert visitor.page.locator('#cl-chat [role="log"]').get_attribute("aria-live") == "off"
        assert not visitor.page.locator("#cl-chat [data-testid][aria-label]").count()


def test_everything_that_acts_has_a_name(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(COLOMBO)
    visitor.open()
    nameless = visitor.page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, textarea, summary')]
        .filter(e => e.checkVisibility() && !(e.ariaLabel || e.textContent.trim() || e.title || e.labels?.length))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


@pytest.mark.parametrize("width", [1280, 360])
def test_arabic_runs_from_right_to_left_throughout(visit: Visit, width: int) -> None:
    visitor = visit(locale="ar", viewport={"width": width, "height": 800})
    visitor.ask(message("page.example", "ar"))
    visitor.page.click("#cl-within > button")
    visitor.page.wait_for_selector("#cl-years")
    direction = "all => [...new Set(all.map(e => getComputedStyle(e).direction))]"
    for selector in (
        ".gradio-container .block", ".cl-name", "#cl-box textarea", "#cl-years :is(input, textarea)",
        "#cl-chat .message-wrap", ".cl-answer", "#cl-tabs [role=tablist]", "#cl-within .label-wrap",
    ):  # fmt: skip
        assert visitor.page.eval_on_selector_all(selector, direction) == ["rtl"], selector
    places = visitor.page.evaluate(
        """() => Object.fromEntries(Object.entries({ name: '.cl-name h1', choice: '#cl-language', ask: '#cl-ask',
        box: '#cl-box', tab: '#cl-tabs [role=tab][aria-selected]', number: '.cl-number', quote: '.cl-quote',
        arrow: '#cl-within .icon', words: '#cl-within .label-wrap span' })
        .map(([name, css]) => [name, document.querySelector(css).getBoundingClientRect().x]))"""
    )
    assert places["name"] > places["choice"]
    assert places["box"] > places["ask"]
    assert places["number"] > places["quote"]
    assert places["arrow"] > places["words"]
    assert places["tab"] > width / 2
    assert visitor.page.eval_on_selector(".cl-quote", "e => [getComputedStyle(e).direction, e.lang]") == ["ltr", "zh"]


@pytest.mark.parametrize("locale", ["zh", "zh-CN", "zh-TW"])
def test_chinese_is_set_as_chinese_is_printed(visit: Visit, locale: str) -> None:
    visitor = visit(locale=locale)
    assert visitor.page.inner_text("#cl-ask").strip() == message("page.ask", "zh")
    assert visitor.page.locator("#cl-language").input_value() == "zh"
    visitor.ask("“科隆坡进程”是什么？")
    style = "e => { const s = getComputedStyle(e); return [s.lineBreak, Number(s.fontWeight) < 600, e.closest('[lang]').lang] }"
    for selector in (".cl-asked", ".cl-quote", ".cl-card mark"):
        assert visitor.page.eval_on_selector(selector, style) == ["strict", True, "zh"], selector
    bold = """() => [...document.querySelectorAll('#cl-chat *, .cl-document *')].filter(e => e.children.length === 0
        && /[“”]/.test(e.textContent) && getComputedStyle(e).fontWeight >= 600).map(e => e.outerHTML)"""
    visitor.open()
    assert visitor.page.evaluate(bold) == []


def test_fonts_are_those_of_the_system(visit: Visit) -> None:
    visitor = visit()
    rules = visitor.page.evaluate(
        """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText)
        .filter(css => /@font-face|@import|url\\((?!["']?(data:|#))/.test(css))"""
    )
    assert rules == []
    assert not [u for u in visitor.requests if re.search(r"\\.(woff2?|ttf|otf)|fonts\\.", u)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_describes_itself_and_names_nobody_else(address: str, language: str) -> None:
    with urlopen(Request(address, headers={"Accept-Language": language})) as response:
        served = response.read().decode()
    head = served[: served.index("window.gradio_config")]
    assert "<title>Clauses</title>" in head and f'<html lang="{language}"' in head
    assert 'name="description"' in head and "og:" not in head and "twitter:" not in head
    assert not re.findall(r"https?://(?!127\\.0\\.0\\.1)[^\"' ]+", head)
    assert len(re.findall("<title>", served)) == 1


@pytest.mark.parametrize("size", [(360, 740), (360, 640), (1280, 800)])
def test_the_first_page_explains_itself_on_one_screen(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(viewport={"width": size[0], "height": size[1]}).page
    assert page.evaluate(
        "() => { const e = document.querySelector('.panel-wrap'); return e.scrollHeight <= e.clientHeight + 24 }"
    )
    assert page.locator(".cl-example:visible").count() >= 3
    assert page.is_visible("#cl-box textarea")


def test_history_is_kept_asked_again_and_cleared(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    assert not page.is_visible("#cl-earlier")
    visitor.ask(COLOMBO)
    visitor.ask("How do I bake bread?")
    shown = [
        visitor.texts(part) for part in (".cl-card", ".cl-searched")
    ]  # what can be asked next depends on time left
    page.reload()
    visitor.answered(2)
    assert visitor.texts(".cl-asked") == [COLOMBO, "How do I bake bread?"]
    expect(page.locator(".cl-card")).to_have_text(shown[0])
    expect(page.locator(".cl-searched")).to_have_text(shown[1])
    assert page.text_content("#cl-changed") == ""
    stored = page.evaluate("() => localStorage.getItem('clauses-conversations')")
    assert [turn["question"] for turn in json.loads(stored)[0]["turns"]] == visitor.texts(".cl-asked")
    assert not any(answer in stored for answer in visitor.texts(".cl-card mark"))  # questions, not answers
    page.click("#cl-clear")
    page.wait_for_selector(".cl-welcome")
    visitor.ask(REMITTANCES)
    page.click("#cl-earlier summary")
    assert visitor.texts(".cl-again") == [REMITTANCES, COLOMBO]
    page.locator(".cl-again").nth(1).click()
    visitor.answered(2)
    assert visitor.texts(".cl-asked")[0] == COLOMBO
    page.click("#cl-earlier summary")
    page.locator(f'.cl-delete[aria-label$="{REMITTANCES}"]').click()
    page.wait_for_function("() => document.querySelectorAll('.cl-again').length === 1")
    page.click("#cl-forget")
    page.wait_for_selector(".cl-welcome")
    page.wait_for_selector("#cl-earlier", state="hidden")
    assert page.evaluate("() => [localStorage.getItem('clauses-conversations'), sessionStorage.length]") == [None, 0]
    page.reload()
    page.wait_for_selector(".cl-welcome")
    assert not page.is_visible("#cl-earlier")


def test_a_full_queue_is_said_in_words(
    visit: Visit, embedder: Embedder, serving: Serve, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.WAITING", 1)
    model = SlowEmbedder(embedder)
    model.go.set()
    with closing(Library(tmp_path / "library", lambda: model)) as library:
        library.seed()
        visitor = visit(serving(library).url, locale="fr")
        visitor.page.wait_for_selector(".cl-example")
        model.go.clear()
        try:
            for _ in range(AT_ONCE + 1):
                Person(int(visitor.page.evaluate("location.port"))).join(COLOMBO)
            visitor.send(COLOMBO)
            visitor.page.get_by_text(message("people.busy", "fr")).wait_for()
        finally:
            model.go.set()


def test_the_choice_of_documents_is_kept_with_the_question(visit: Visit) -> None:
    visitor = visit()
    visitor.page.click("#cl-within > button")
    visitor.page.fill("#cl-years :is(input, textarea)", "1999")
    visitor.ask(COLOMBO)
    shown = visitor.texts(".cl-answer")
    assert shown and not visitor.texts(".cl-card")
    visitor.page.reload()
    visitor.answered(1)
    assert visitor.texts(".cl-answer") == shown and not visitor.texts(".cl-card")


def test_a_library_that_has_changed_is_said(visit: Visit, embedder: Embedder, serving: Serve, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        library.seed()
        visitor = visit(serving(library).url, locale="fr")
        visitor.ask(COLOMBO)
        file = tmp_path / "new.txt"
        file.write_text("A/RES/77/1\n\n1. School meals cost three coins.", encoding="utf-8")
        library.add(file)
        visitor.page.reload()
        visitor.answered(1)
        assert visitor.page.text_content("#cl-changed") == message("people.changed", "fr")


def test_a_conversation_that_the_server_has_forgotten_is_put_together_again(
    visit: Visit, embedder: Embedder, serving: Serve, tmp_path: Path
) -> None:
    """A server was started anew, or a lid was closed for an hour: what was asked must not be lost, nor overwritten."""
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        library.seed()
        server = serving(library)
        visitor = visit(server.url)
        visitor.ask(COLOMBO)
        visitor.ask(REMITTANCES)
        server.page.state_holder.session_data.clear()
        for button in (".cl-cite", ".cl-verdict", "#cl-retry", "#cl-export-md"):
            visitor.page.click(button)
            visitor.page.get_by_text(message("page.forgotten", "en")).last.wait_for()
            visitor.page.wait_for_selector(".toast-body", state="detached")
        visitor.send("How do I bake bread?")
        visitor.answered(3)
        assert visitor.texts(".cl-asked") == [COLOMBO, REMITTANCES, "How do I bake bread?"]
        visitor.page.wait_for_function(  # kept a moment after it is shown
            "() => JSON.parse(localStorage.getItem('clauses-conversations'))[0].turns.length === 3"
        )
        stored = json.loads(visitor.page.evaluate("() => localStorage.getItem('clauses-conversations')"))
        assert [[t["question"] for t in kept["turns"]] for kept in stored] == [visitor.texts(".cl-asked")]
        visitor.open()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_asked_of_a_server_that_is_not_there_is_said(visit: Visit, language: str) -> None:
    visitor = visit(locale=language)
    errors: list[str] = []
    visitor.page.on("pageerror", lambda error: errors.append(str(error)))
    visitor.ask(COLOMBO)
    visitor.page.context.set_offline(True)
    said = message("people.unreachable", language)
    for button in (".cl-copy-words", ".cl-more", ".cl-pin"):
        visitor.page.evaluate("() => { document.querySelector('.cl-notebook-told').textContent = '' }")
        visitor.page.click(button)
        visitor.page.wait_for_function("s => document.querySelector('.cl-notebook-told')?.textContent === s", arg=said)
    assert not visitor.page.locator(".cl-section").count() and errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_head_history_and_messages_whole(visit: Visit, language: str) -> None:
    visitor = visit(locale=language, viewport={"width": 360, "height": 740})
    page = visitor.page
    visitor.ask(COLOMBO)
    assert page.eval_on_selector("#cl-chat", "e => e.clientHeight") > 400  # the answer, not what stands around it
    page.click("#cl-earlier summary")
    out = """() => [...document.querySelectorAll('.cl-name > *, .cl-shelf, .cl-shelf *, #cl-tabs [role=tab]')].filter(e => {
        const b = e.getBoundingClientRect(); return b.width && (b.left < 0 || b.right > 360) }).map(e => e.outerHTML)"""
    assert page.evaluate(out) == []
    page.keyboard.press("Escape")
    page.click("#cl-tab-shelf-button")
    page.wait_for_selector(".cl-drop")
    page.evaluate("document.querySelector('#cl-shelf-said .html-container > div').innerHTML = '<p>Two<br>lines</p>'")
    message_end = page.eval_on_selector("#cl-shelf-said p", "e => e.getBoundingClientRect().bottom")
    assert message_end <= page.eval_on_selector("#cl-shelf-filter", "e => e.getBoundingClientRect().top")


def test_on_a_phone_the_way_back_leads_from_the_document_to_the_page(visit: Visit) -> None:
    visitor = visit(viewport={"width": 360, "height": 740})
    page = visitor.page
    visitor.ask(COLOMBO)
    for back in (page.go_back, lambda: page.click(".cl-close"), lambda: page.keyboard.press("Escape")):
        visitor.open()
        back()
        page.wait_for_selector(".cl-document", state="detached")
        assert visitor.texts(".cl-asked") == [COLOMBO]
        page.wait_for_function("() => document.activeElement.matches('.cl-cite')")
    assert page.evaluate("() => history.state?.clausesPane") is None


@pytest.mark.parametrize(
    "storage",
    [
        "() => { for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " { get() { throw new DOMException('denied', 'SecurityError') } }) }",
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }",
        "() => { localStorage.setItem('clauses-conversations', '{\"not\": [\"ours'); }",
        '() => { localStorage.setItem(\'clauses-conversations\', \'[null, {"id": 3}, {"id": "x", "turns": [7]}]\'); '
        "sessionStorage.setItem('clauses-conversation', 'x') }",
    ],
    ids=["off", "full", "broken", "strange"],
)
def test_without_storage_the_page_works_all_the_same(visit: Visit, browser: Any, address: str, storage: str) -> None:
    context = browser.new_context(locale="en-US")
    try:
        context.add_init_script(f"({storage})()")
        visitor = Visitor(context.new_page())
        errors: list[str] = []
        visitor.page.on("pageerror", lambda error: errors.append(str(error)))
        visitor.page.goto(address)
        visitor.page.wait_for_selector(".cl-welcome")
        visitor.ask(COLOMBO)
        visitor.ask(REMITTANCES)
        assert visitor.texts(".cl-card mark")
        visitor.page.click("#cl-clear")
        visitor.page.wait_for_selector(".cl-welcome")
        assert errors == []
    finally:
        context.close()

"""The notebook in a real browser: pinned, noted, kept, moved, exported, and what was tampered with."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from docx import Document as read_word

from index.clause import Given
from index.embed import Embedder
from index.library import Library
from prompts import message
from rag.notebook import pin_form
from tests.page.conftest import Serve
from tests.page.test_page import COLOMBO, Visit, Visitor, visit  # noqa: F401 - a fixture
from tests.rag.test_notebook import pin_of

ASKED = {
    "en": COLOMBO,
    "zh": "移徙者的汇款可以当作公共资金吗？",
    "ar": "ما هي عملية كولومبو؟",
    "ru": "Что такое Коломбский процесс?",
}
KEPT = "() => JSON.parse(localStorage.getItem('clauses-notebook') ?? '[]')"
LONG = 60_000
"""Milliseconds: other work may go on beside the tests."""


def start(visit: Visit, language: str = "en", width: int = 1280, url: str | None = None) -> Visitor:  # noqa: F811
    settings: dict[str, Any] = {"locale": language, "viewport": {"width": width, "height": 740}}
    visitor = visit(url, **settings) if url else visit(**settings)
    visitor.page.set_default_timeout(LONG)
    return visitor


def pin_all(visitor: Visitor) -> list[dict[str, Any]]:
    """Press all pin buttons; what the browser then keeps."""
    buttons = visitor.page.locator(".cl-pin[aria-pressed=false]")
    while buttons.count():
        before = len(visitor.page.evaluate(KEPT))
        buttons.first.click()
        visitor.page.wait_for_function(f"n => ({KEPT})().length > n", arg=before)
    kept = visitor.page.evaluate(KEPT)
    assert kept
    return list(kept)


def open_notebook(visitor: Visitor) -> None:
    visitor.page.click("#cl-tab-notebook-button")
    visitor.page.wait_for_selector(".cl-notebook")


def told(visitor: Visitor, words: str) -> None:
    visitor.page.wait_for_function(
        "w => document.querySelector('.cl-notebook-told')?.textContent.includes(w)", arg=words
    )
    assert visitor.page.locator(".cl-notebook-told").get_attribute("role") == "status"


def export(visitor: Visitor, button: str) -> tuple[str, bytes]:
    with visitor.page.expect_download(timeout=LONG) as download:
        visitor.page.click(button)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 360), ("ar", 360), ("ru", 360)])
def test_a_pinned_quotation_is_kept_with_its_note(visit: Visit, language: str, width: int) -> None:  # noqa: F811
    visitor = start(visit, language, width)
    page = visitor.page
    visitor.ask(ASKED[language])
    kept = pin_all(visitor)
    told(visitor, message("notebook.pinned", language))
    assert [pin["text"] for pin in kept] == visitor.texts(".cl-card mark")
    assert {pin["question"] for pin in kept} == {ASKED[language]}
    open_notebook(visitor)
    page.wait_for_selector(".cl-kept")
    page.locator(".cl-note-box").first.fill("Не <b>забыть</b> “this” ملاحظة")
    for _ in range(2):
        assert visitor.texts(".cl-kept .cl-quote") == [pin["text"] for pin in kept]
        assert page.locator(".cl-note-box").first.input_value() == "Не <b>забыть</b> “this” ملاحظة"
        count = page.evaluate("getComputedStyle(document.querySelector('#cl-tab-notebook-button'), '::before').content")
        assert count == f'" ({len(kept)})"'
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        where = "e => [getComputedStyle(e).direction, e.lang]"
        assert page.eval_on_selector(".cl-notebook", where) == ["rtl" if language == "ar" else "ltr", language]
        page.reload()
        open_notebook(visitor)
        page.wait_for_selector(".cl-kept")
    assert not visitor.hacked() and not page.locator(".cl-kept b").count()


def test_every_format_is_exported_and_reads_back(visit: Visit) -> None:  # noqa: F811
    visitor = start(visit)
    visitor.ask(COLOMBO)
    (pin,) = pin_all(visitor)
    visitor.page.click("#cl-tab-check-button")  # it saves files too, by a script that is loaded now
    visitor.page.wait_for_selector("#cl-check-go", state="visible")
    open_notebook(visitor)
    visitor.page.locator(".cl-note-box").fill("For para. 4")
    files = {}
    for form in ("docx", "md", "bib", "ris", "json", "txt"):
        name, files[form] = export(visitor, f'.cl-export[value="{form}"]')
        assert name.startswith("clauses-") and name.endswith(f".{form}")
        told(visitor, message("notebook.all_verified", "en", verified=1, gone=0))
    word = read_word(io.BytesIO(files["docx"])).paragraphs
    assert [p.text for p in word if p.style.name == "Quote"] == [pin["text"]]
    assert "Note: For para. 4" in [p.text for p in word]
    assert f"> {pin['text']}" in files["md"].decode()
    title = "2006 年 4 月 13 日比利时常驻联合国代表团临时代办给秘书长的信"
    assert [e["title"] for e in bibtexparser.parse_string(files["bib"].decode()).entries] == [f"{{{title}}}"]
    assert [row["title"] for row in rispy.loads(files["ris"].decode())] == [title]
    assert [row["title"] for row in json.loads(files["json"])] == [title]
    assert "annex, sect. 3, para. (j)" in files["txt"].decode()


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("zh", 1280), ("ar", 1280)])
def test_a_conversation_is_exported(visit: Visit, language: str, width: int) -> None:  # noqa: F811
    visitor = start(visit, language, width)
    assert not visitor.page.locator("#cl-export-docx").is_visible()
    visitor.ask(ASKED[language])
    visitor.ask("Who won the football world cup of 1998?")
    name, content = export(visitor, "#cl-export-docx")
    told(visitor, message("notebook.exported", language))
    assert name.startswith("clauses-conversation-") and name.endswith(".docx")
    word = read_word(io.BytesIO(content)).paragraphs
    assert [p.text for p in word if p.style.name == "Quote"] == visitor.texts(".cl-card mark")
    assert word[0].text == message("notebook.conversation", language)
    assert visitor.texts(".cl-asked") == [p.text for p in word if p.style.name == "Heading 2"]
    for _ in range(2):  # the same file once more is another download
        name, content = export(visitor, "#cl-export-md")
        assert name.endswith(".md") and f"> {visitor.texts('.cl-card mark')[0]}" in content.decode()


def test_the_keyboard_alone_moves_removes_and_clears(visit: Visit) -> None:  # noqa: F811
    visitor = start(visit)
    page = visitor.page
    visitor.ask(COLOMBO)
    visitor.ask(ASKED["zh"])
    one, two = [pin["text"] for pin in pin_all(visitor)][:2]
    page.locator("#cl-tab-notebook-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".cl-kept >> nth=1")
    page.locator(".cl-note-box").first.fill("of the first")
    page.locator(".cl-down").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("w => document.querySelector('.cl-kept .cl-quote')?.textContent === w", arg=two)
    told(visitor, "Moved")
    assert [pin["text"] for pin in page.evaluate(KEPT)][:2] == [two, one]
    page.wait_for_function(
        "() => document.activeElement.closest('.cl-kept') === document.querySelectorAll('.cl-kept')[1]"
    )
    assert [box.input_value() for box in page.locator(".cl-note-box").all()][:2] == ["", "of the first"]
    page.locator(".cl-kept").nth(0).locator(".cl-remove").focus()
    page.keyboard.press("Enter")  # no note: it goes at once
    page.wait_for_function(f"() => !({KEPT})().some(p => p.text === {json.dumps(two)})")
    page.wait_for_function("() => document.activeElement.matches('.cl-kept .cl-remove')")
    page.locator(".cl-note-box").first.fill("mine")
    page.locator(".cl-remove").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".cl-confirm[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-confirm", state="detached")
    assert page.evaluate(KEPT)[0]["note"] == "mine"
    page.locator(".cl-clear-notebook").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".cl-confirm[open]")
    assert page.evaluate("document.activeElement.className") == "cl-no"  # the harmless answer first
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({KEPT})().length === 0")
    page.wait_for_selector(".cl-notebook:not(:has(.cl-kept))")
    assert visitor.texts(".cl-notebook p") == [message("notebook.empty", "en")]
    assert page.locator(".cl-pin[aria-pressed=true]").count() == 0
    named = "b => !b.checkVisibility() || b.textContent.trim() || b.ariaLabel"
    assert page.evaluate(f"() => [...document.querySelectorAll('button')].every({named})")


def test_a_press_on_a_pinned_one_lets_it_go(visit: Visit) -> None:  # noqa: F811
    visitor = start(visit)
    visitor.ask(COLOMBO)
    pin_all(visitor)
    visitor.page.wait_for_selector(".cl-pin[aria-pressed=true]")
    visitor.page.locator(".cl-pin").first.click()
    visitor.page.wait_for_selector(".cl-pin[aria-pressed=false]")
    assert visitor.page.evaluate(KEPT) == []


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_what_was_tampered_with_is_refused(visit: Visit, language: str) -> None:  # noqa: F811
    visitor = start(visit, language)
    page = visitor.page
    visitor.ask(ASKED[language])
    pin = pin_all(visitor)[0]
    evil = "<img src=x onerror=window.hacked=1>"
    put = "pins => localStorage.setItem('clauses-notebook', typeof pins === 'string' ? pins : JSON.stringify(pins))"
    page.evaluate(put, [{**pin, "text": evil, "note": evil, "question": evil}, pin])
    page.reload()
    open_notebook(visitor)
    page.wait_for_selector(".cl-kept >> nth=1")
    assert visitor.texts(".cl-notebook-gone") == [message("notebook.gone", language)]
    assert visitor.texts(".cl-kept .cl-quote") == [pin["text"]]
    _, content = export(visitor, '.cl-export[value="docx"]')
    told(visitor, message("notebook.counted", language, verified=1, gone=1))
    word = read_word(io.BytesIO(content)).paragraphs
    assert [p.text for p in word if p.style.name == "Quote"] == [pin["text"]]
    assert message("notebook.gone", language) in [p.text for p in word]
    for broken in ("{", [{**pin, "citation": "A/RES/1/1"}], [{**pin, "start": "0"}], "7"):
        page.evaluate(put, broken)
        page.reload()
        open_notebook(visitor)
        assert visitor.texts(".cl-notebook p") == [message("notebook.unreadable", language)]
        assert not page.locator(".cl-kept, .cl-export").count()
    page.click(".cl-clear-notebook")
    page.click(".cl-confirm .cl-yes")
    page.wait_for_function(f"() => ({KEPT})().length === 0")
    assert not visitor.hacked()


@pytest.fixture
def leaving(embedder: Embedder, tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        for number, said in (("77/1", "School meals cost three coins."), ("79/1", "School buses cost nine coins.")):
            file = tmp_path / f"{number[:2]}.txt"
            file.write_text(f"A/RES/{number}\n\n1. {said}\n", encoding="utf-8")
            library.add(file, given=Given(language="en"))
        yield library


def test_a_document_that_left_the_library_is_quoted_no_more(
    visit: Visit, leaving: Library, serving: Serve  # noqa: F811
) -> None:  # fmt: skip
    visitor = start(visit, url=serving(leaving).url)
    page = visitor.page
    pins = [pin_of(leaving, said) for said in ("School meals cost three coins.", "School buses cost nine coins.")]
    page.evaluate("pins => localStorage.setItem('clauses-notebook', pins)", f"[{','.join(map(pin_form, pins))}]")
    page.reload()
    open_notebook(visitor)
    page.wait_for_selector(".cl-kept >> nth=1")
    assert visitor.texts(".cl-kept .cl-quote") == [pin.text for pin in pins]
    leaving.remove(next(d.slug for d in leaving.snapshot().documents if d.sha256 == pins[1].document))
    _, content = export(visitor, '.cl-export[value="md"]')
    told(visitor, "Quotations verified: 1; no longer in the library: 1.")
    said = content.decode()
    assert "> School meals cost three coins." in said and "buses" not in said
    assert message("notebook.gone", "en") in said

"""The tab where quotations are checked, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pytest

from index.embed import Embedder
from index.library import Library
from prompts import message
from rag.check.checking import first_sentence
from tests.page.conftest import Serve
from tests.page.test_page import COLOMBO, Visit, Visitor
from tests.page.test_page import visit as visit

SENTENCE = "然而，所有与会者均认识到汇款系私人资金，不应作为公共资源加以处理。"
ALTERED = SENTENCE.replace("不应", "应")
ATTACK = "nothing like <img src=x onerror=window.hacked=1> **this** ${window.hacked=1} was ever said"
PAPER = f"Intro “{SENTENCE}” and “{ALTERED}”, “所有与会者[…]不应作为公共资源加以处理”, “{ATTACK}”, “汇款”."
PLACES = [("zh-CN", "zh", 1280), ("en-US", "en", 360), ("ar", "ar", 360), ("ar", "ar", 1280)]


@pytest.fixture
def checking(visit: Visit) -> Callable[..., Visitor]:
    """A visitor with the tab open."""

    def start(**settings: Any) -> Visitor:
        visitor = visit(**settings)
        visitor.page.set_default_timeout(30_000)
        visitor.page.click("#cl-tab-check-button")
        visitor.page.wait_for_selector(".cl-check-drop")
        return visitor

    return start


def put(visitor: Visitor, text: str) -> None:
    visitor.page.fill("#cl-check-box textarea", text)
    visitor.page.click("#cl-check-go")


def paste(visitor: Visitor, text: str) -> None:
    visitor.page.focus("#cl-check-box textarea")
    visitor.page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })) }""",
        text,
    )
    assert visitor.page.input_value("#cl-check-box textarea") == text
    visitor.page.click("#cl-check-go")


@pytest.mark.parametrize(("locale", "language", "width"), PLACES)
def test_one_quotation_gets_a_verdict_a_place_and_its_differences(
    checking: Callable[..., Visitor], brussels: Library, locale: str, language: str, width: int
) -> None:
    visitor = checking(locale=locale, viewport={"width": width, "height": 700})
    assert visitor.page.inner_text("#cl-check-say") == message("check.say", language)
    put(visitor, SENTENCE)
    visitor.page.wait_for_selector(".cl-checked.cl-verbatim")
    assert visitor.texts(".cl-verdict strong") == [message("check.verbatim", language)]
    document = brussels.snapshot().documents[0]
    start = document.text.index(SENTENCE)
    assert visitor.page.get_attribute(".cl-goto", "value") == f"span:{document.sha256}:{start}-{start + len(SENTENCE)}"
    put(visitor, ALTERED)
    visitor.page.wait_for_selector(".cl-checked.cl-differs")
    assert visitor.texts(".cl-check-reasons li")[0] == message("check.negation", language)
    assert visitor.texts(".cl-checked ins") == [message("check.sr_printed", language) + " 不"]
    decoration = visitor.page.eval_on_selector(".cl-checked ins", "e => getComputedStyle(e).textDecorationLine")
    assert decoration == "underline"
    direction = visitor.page.eval_on_selector(".cl-verdict", "e => getComputedStyle(e).direction")
    assert direction == ("rtl" if language == "ar" else "ltr")
    assert visitor.page.eval_on_selector(".cl-checked blockquote", "e => [e.lang, e.dir]") == ["zh", "ltr"]
    assert not visitor.page.evaluate(
        "() => [document.documentElement, document.querySelector('#cl-tab-check')].some(e => e.scrollWidth > e.clientWidth + 1)"
    )


def test_the_example_is_the_librarys_own_first_sentence(checking: Callable[..., Visitor], brussels: Library) -> None:
    visitor = checking()
    visitor.page.focus("#cl-check-example")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector(".cl-checked.cl-verbatim")
    assert visitor.page.input_value("#cl-check-box textarea") == first_sentence(brussels.snapshot())
    visitor.page.click("#cl-check-clear")
    visitor.page.wait_for_selector(".cl-checked", state="detached")
    assert visitor.page.input_value("#cl-check-box textarea") == ""


def test_a_paper_is_listed_filtered_and_taken_the_other_way(checking: Callable[..., Visitor]) -> None:
    visitor = checking()
    put(visitor, PAPER)
    visitor.page.wait_for_selector(".cl-checks")
    counts = {"count": 5, "verbatim": 1, "with_omissions": 1, "differs": 1, "not_found": 1, "too_short": 1}
    assert visitor.page.inner_text("#cl-check-status") == message("check.summary", "en", **counts)
    assert visitor.page.get_attribute("#cl-check-status", "aria-live") == "polite"
    assert ATTACK in visitor.texts(".cl-checks blockquote") and not visitor.page.locator(".cl-checked img").count()
    assert not visitor.hacked()
    visitor.page.check(".cl-check-only input")
    assert [li.is_visible() for li in visitor.page.locator(".cl-checks > li").all()] == [False, True, True, True, True]
    visitor.page.click(".cl-check-as")
    visitor.page.wait_for_selector("div.cl-checked")
    assert visitor.page.locator(".cl-verdict").count() == 1


@pytest.mark.parametrize("kind", ["docx", "md", "html"])
def test_a_report_is_downloaded(checking: Callable[..., Visitor], tmp_path: Path, kind: str) -> None:
    visitor = checking(locale="fr-FR", accept_downloads=True)
    put(visitor, PAPER)
    visitor.page.wait_for_selector(".cl-checks")
    with visitor.page.expect_download() as download:
        visitor.page.click(f"#cl-check-{kind}")
    download.value.save_as(tmp_path / "report")
    assert download.value.suggested_filename.endswith(f".{kind}")
    data = (tmp_path / "report").read_bytes()
    text = (
        "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs) if kind == "docx" else data.decode()
    )  # fmt: skip
    assert ALTERED in text and message("check.negation", "fr") in text and message("check.report", "fr") in text


@pytest.mark.parametrize(("locale", "language", "width"), PLACES)
def test_what_a_long_paper_came_to_is_in_sight(
    checking: Callable[..., Visitor], locale: str, language: str, width: int
) -> None:
    visitor = checking(locale=locale, viewport={"width": width, "height": 640})
    put(visitor, PAPER * 12)
    visitor.page.wait_for_selector(".cl-checks")
    visitor.page.wait_for_function(
        """() => ["#cl-check-status p", "#cl-check-docx", ".cl-checks > li"].every(one => {
        const box = document.querySelector(one)?.getBoundingClientRect(); return box && box.top >= 0 && box.top < 640 - 40 })"""
    )


def test_files_are_checked_and_bad_ones_refused(checking: Callable[..., Visitor], tmp_path: Path) -> None:
    visitor = checking()
    file = docx.Document()
    file.add_paragraph(SENTENCE, style="Quote")
    file.add_paragraph(f"He said «{ALTERED}».")
    file.save(str(tmp_path / "paper.docx"))
    visitor.page.set_input_files(".cl-check-drop input", tmp_path / "paper.docx")
    visitor.page.wait_for_selector(".cl-checks")
    classes = visitor.page.locator(".cl-checks > li").evaluate_all("all => all.map(e => e.classList[1])")
    assert classes == ["cl-verbatim", "cl-differs"]
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    visitor.page.set_input_files(".cl-check-drop input", tmp_path / "broken.docx")
    visitor.page.wait_for_function("document.querySelector('#cl-check-status')?.textContent.includes('Word file')")
    assert not visitor.page.locator(".cl-checks").count()
    (tmp_path / "<b>big.txt").write_bytes(b"a" * (16 * 2**20 + 1))
    visitor.page.set_input_files(".cl-check-drop input", tmp_path / "<b>big.txt")
    visitor.page.wait_for_function("document.querySelector('#cl-tab-check')?.textContent.includes('more than 16 MB')")
    assert not visitor.page.locator("#cl-tab-check b").count()
    put(visitor, " ")
    visitor.page.wait_for_function("document.querySelector('#cl-check-status')?.textContent.includes('no text')")


def test_a_long_paper_shows_progress_can_be_stopped_and_blocks_nobody(
    checking: Callable[..., Visitor], visit: Visit
) -> None:
    visitor, other = checking(), visit()
    long_paper = "\n\n".join(f"“{ALTERED[n % 9 :]}” {n}" for n in range(1900))
    paste(visitor, long_paper)
    visitor.page.wait_for_selector(".cl-check-progress")
    visitor.page.click("#cl-check-stop")
    visitor.page.wait_for_selector(".cl-checks > li")
    visitor.page.wait_for_function("document.querySelector('#cl-check-status')?.textContent.includes('Stopped after')")
    assert 0 < visitor.page.locator(".cl-checks > li").count() < 1900
    put(visitor, SENTENCE)
    visitor.page.wait_for_selector("div.cl-checked.cl-verbatim")
    visitor.page.fill("#cl-check-box textarea", "")
    paste(visitor, long_paper)
    visitor.page.wait_for_selector(".cl-check-progress")
    other.ask(COLOMBO)
    assert other.texts(".cl-card mark")


def test_a_megabyte_is_checked(checking: Callable[..., Visitor]) -> None:
    visitor = checking()
    paste(visitor, f"“{SENTENCE}” " + "word " * 200_000)
    visitor.page.wait_for_selector(".cl-checks > .cl-verbatim", state="attached")
    assert visitor.page.locator(".cl-checks > li").count() == 1


def test_an_empty_library_offers_no_example(visit: Visit, serving: Serve, embedder: Embedder, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        visitor = visit(serving(library).url)
        visitor.page.click("#cl-tab-check-button")
        visitor.page.wait_for_selector(".cl-check-drop")
        visitor.page.wait_for_selector("#cl-check-example", state="detached")
        put(visitor, SENTENCE)
        visitor.page.wait_for_selector(".cl-checked.cl-not_found")

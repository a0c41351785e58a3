"""The document pane in a real browser: outline, quotations, editions, links, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote

import pytest

from index.embed import Embedder
from index.library import Library
from page import reading
from prompts import message
from tests.page.conftest import Serve
from tests.page.test_page import COLOMBO, Visit, Visitor, visit
from tests.texts import CHINESE, ENGLISH

__all__ = ["visit"]

ARABIC = """A/RES/77/1
بشأن المصارف والمدارس

إن الجمعية العامة،

إذ تشير إلى أن المصارف تقرض المهاجرين أموالا في بلدان عديدة وأنها تتقاضى عن ذلك رسوما مرتفعة في كثير من الأحيان،

1 - تهيب بجميع المصارف أن تخفض الرسوم التي يدفعها المهاجرون عند إرسال تحويلات مالية إلى أسرهم في الوطن:

(أ) بنسبة 3 في المائة قبل عام 2030 في كل ممر وفي كل بلد يرسل المهاجرون أموالا إليه؛

(ب) وبنسبة أكبر في مدارس المناطق التي يعيش فيها أطفال المهاجرين مع آبائهم وأسرهم؛

2 - تطلب إلى الأمين العام أن يقدم تقريرا عن الحدود وعن الاتجار بالأشخاص في دورتها المقبلة في عام 2031.
"""
REPORT = {"en": "Requests the Secretary-General", "zh": "请秘书长", "ar": "تطلب إلى الأمين العام"}
IN_SIGHT = """selector => { const pane = document.querySelector('.cl-text').getBoundingClientRect();
const box = document.querySelector(selector).getBoundingClientRect();
return box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1 }"""
REACHABLE = """() => document.documentElement.scrollWidth <= innerWidth + 1
&& [...document.querySelectorAll('.cl-document button:not([hidden])')].filter(b => b.offsetParent).every(b => {
const box = b.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
return box.left >= 0 && box.right <= innerWidth && b.contains(document.elementFromPoint(x, y)) })"""


@pytest.fixture(scope="session")
def editions(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory, serving: Serve) -> Iterator[str]:
    """Where the page on a resolution in three languages is."""
    folder = tmp_path_factory.mktemp("editions")
    with closing(Library(folder / "library", lambda: embedder)) as library:
        for code, words in (("en", ENGLISH), ("zh", CHINESE), ("ar", ARABIC)):
            file = folder / f"{code}.txt"
            file.write_text(words.format(number="77/1"), encoding="utf-8")
            library.add(file)
        yield serving(library).url


def linked(visit: Visit, url: str, clause: str, locale: str = "en-US", width: int = 1280, **settings: Any) -> Visitor:
    """A visitor who follows a link to a clause."""
    viewport = {"width": width, "height": 640}
    visitor = visit(f"{url}?clause={quote(clause, safe='')}", locale=locale, viewport=viewport, **settings)
    visitor.page.set_default_timeout(30_000)
    visitor.page.wait_for_selector(".cl-document")
    return visitor


def focused(visitor: Visitor, selector: str) -> None:
    """Wait until what has the focus is what a selector finds, and is in sight."""
    visitor.page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)
    visitor.page.wait_for_function(IN_SIGHT, arg=selector)


@pytest.mark.parametrize(
    ("locale", "width"), [("zh-CN", 1280), ("en-US", 1280), ("ar", 1280), ("zh-CN", 360), ("en-US", 360), ("ar", 360)]
)
def test_a_link_opens_its_clause_and_the_editions_keep_it_in_view(
    visit: Visit, editions: str, locale: str, width: int
) -> None:
    visitor = linked(visit, editions, "a-res-77-1-en#2", locale, width)
    page = visitor.page
    for code in ("en", "zh", "ar", "en"):
        if page.locator(".cl-text").get_attribute("lang") != code:
            page.locator(f".cl-tongue[lang={code}]").focus()
            page.keyboard.press("Enter")
            page.wait_for_selector(f".cl-text[lang={code}]")
        focused(visitor, ".cl-here")
        assert visitor.texts(".cl-here .cl-words")[0].startswith(REPORT[code])
        assert page.locator(f".cl-tongue[lang={code}]").get_attribute("aria-pressed") == "true"
        assert page.eval_on_selector(".cl-text", "e => getComputedStyle(e).direction") == (
            "rtl" if code == "ar" else "ltr"
        )
        assert page.evaluate(REACHABLE)
    tools = page.eval_on_selector(".cl-tools", "e => [e.lang, getComputedStyle(e).direction]")
    assert tools == [locale[:2], "rtl" if locale == "ar" else "ltr"]
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-document", state="detached")
    page.wait_for_function("() => document.activeElement.matches('#cl-box textarea')")


def test_the_clause_that_was_scrolled_to_is_the_one_that_is_switched(visit: Visit, editions: str) -> None:
    visitor = linked(visit, editions, "a-res-77-1-en#pp1", width=360)
    visitor.page.set_viewport_size({"width": 360, "height": 330})
    visitor.page.eval_on_selector(".cl-text", "e => e.scrollTo({ top: e.scrollHeight - 330, behavior: 'instant' })")
    visitor.page.wait_for_function(f"!({IN_SIGHT})('.cl-here')")
    first = visitor.page.evaluate(
        """() => { const top = document.querySelector('.cl-text').getBoundingClientRect().top + 12;
        return [...document.querySelectorAll('[data-link]')].find(b => b.getBoundingClientRect().bottom > top).dataset.link }"""
    )
    assert first != "a-res-77-1-en#pp1"
    visitor.page.click(".cl-tongue[lang=zh]")
    visitor.page.wait_for_selector(".cl-text[lang=zh] .cl-here")
    assert visitor.page.get_attribute(".cl-here", "data-link") == first.replace("-en#", "-zh#")


def test_the_outline_is_opened_and_followed_by_keyboard(visit: Visit, address: str) -> None:
    visitor = linked(visit, address, "brussels-2006#annex/3/j")
    page = visitor.page
    assert not page.is_visible(".cl-outline")
    page.focus(".cl-contents")
    page.keyboard.press("Enter")
    page.wait_for_function(  # it follows the scrolling, which may still be under way
        "() => document.querySelector('.cl-outline button[aria-current]')?.textContent.startsWith('3.')"
    )
    last = page.locator(".cl-outline button").last
    last.focus()
    page.keyboard.press("Enter")
    focused(visitor, "h4.cl-here")
    assert visitor.texts(".cl-here") == [last.text_content()]
    last.focus()
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-outline", state="hidden")
    assert page.evaluate("document.activeElement.matches('.cl-contents')")
    assert page.get_attribute(".cl-contents", "aria-expanded") == "false"


def test_the_way_from_quotation_to_quotation(visit: Visit, brussels: Library) -> None:
    visitor = visit()
    visitor.page.set_default_timeout(30_000)
    visitor.ask("移徙者的汇款可以当作公共资金吗？")
    visitor.ask(COLOMBO)
    visitor.page.locator(".bot-row").last.locator(".cl-cite").first.click()
    visitor.page.wait_for_selector(".cl-here")
    document = brussels.snapshot().documents[0]
    words = sorted(set(visitor.texts(".cl-card mark")), key=document.text.index)
    assert len(words) > 1
    at = words.index(visitor.texts(".cl-here mark")[0])
    visitor.page.focus(".cl-next")
    for turn in range(1, len(words) + 1):
        number = (at + turn) % len(words)
        visitor.page.locator(".cl-next").focus()
        visitor.page.keyboard.press("Enter")
        said = message("reading.count", "en", number=number + 1, count=len(words))
        visitor.page.wait_for_function("said => document.querySelector('.cl-count')?.textContent === said", arg=said)
        focused(visitor, ".cl-here mark:focus")
        assert visitor.page.evaluate("document.activeElement.textContent") == words[number]
    visitor.page.click(".cl-previous")
    assert visitor.page.evaluate("document.activeElement.textContent") == words[at - 1]


def test_of_a_long_document_another_part_is_opened_for_a_quotation_or_a_heading(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHOWN_DOCUMENT", 1500)
    visitor = visit()
    visitor.page.set_default_timeout(30_000)
    visitor.ask("移徙者的汇款可以当作公共资金吗？")
    visitor.ask(COLOMBO)
    words = visitor.texts(".cl-card mark")
    visitor.page.locator(".bot-row").last.locator(".cl-cite").first.click()
    visitor.page.wait_for_selector(".cl-here")
    assert words[0] not in "".join(visitor.texts(".cl-text"))
    visitor.page.click(".cl-next")
    visitor.page.wait_for_function(
        "words => document.querySelector('.cl-here mark')?.textContent === words", arg=words[0]
    )
    assert visitor.texts(".cl-count") == [message("reading.count", "en", number=2, count=2)]
    visitor.page.click(".cl-contents")
    first = visitor.page.locator(".cl-outline .cl-goto").first
    said = first.text_content()
    first.click()
    visitor.page.wait_for_selector("h3.cl-here")
    assert visitor.texts(".cl-here") == [said]
    visitor.page.wait_for_selector(".cl-outline")  # it stays open
    visitor.page.focus(".cl-here")
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_function("() => document.activeElement.matches('.cl-cite')")


def test_a_link_that_was_copied_leads_back(visit: Visit, editions: str) -> None:
    visitor = linked(visit, editions, "a-res-77-1-zh#1/b", permissions=["clipboard-read", "clipboard-write"])
    visitor.page.click(".cl-link")
    visitor.page.wait_for_function("() => document.querySelector('.cl-status').textContent")
    assert visitor.texts(".cl-status")[0] == message("reading.link_copied", "en", clause="para. 1 (b)")
    link = visitor.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{editions}?clause=a-res-77-1-zh%231%2Fb"
    visitor.page.goto(link)
    visitor.page.wait_for_selector(".cl-here")
    assert visitor.page.get_attribute(".cl-here", "data-link") == "a-res-77-1-zh#1/b"


@pytest.mark.parametrize("locale", ["zh-CN", "en-US", "ar"])
def test_a_link_to_nothing_is_said(visit: Visit, editions: str, locale: str) -> None:
    evil = '"><img src=x onerror=window.hacked=1>${window.hacked=1}'
    visitor = linked(visit, editions, evil, locale, 360)
    assert visitor.texts(".cl-gone") == [message("reading.unknown", locale[:2], clause=evil)]
    visitor.page.wait_for_function("() => document.activeElement.matches('.cl-gone')")
    assert not visitor.hacked()
    visitor.page.click(".cl-close")
    visitor.page.wait_for_selector(".cl-document", state="detached")


def test_any_button_of_the_page_can_open_a_place(visit: Visit, editions: str) -> None:
    visitor = visit(editions)
    visitor.page.set_default_timeout(30_000)
    visitor.page.evaluate(
        """values => values.forEach(value => { const button = document.createElement('button');
        button.type = 'button'; button.className = 'cl-goto'; button.value = value; button.textContent = value;
        document.querySelector('#cl-left').prepend(button) })""",
        ["clause:a-res-77-1-zh#2", "clause:none"],
    )
    visitor.page.click(".cl-goto[value$='none']")
    visitor.page.wait_for_selector(".cl-gone")
    assert visitor.texts(".cl-gone") == [message("page.gone", "en")]
    visitor.page.click(".cl-goto[value$='zh#2']")
    focused(visitor, ".cl-here")
    assert visitor.texts(".cl-here .cl-words")[0].startswith(REPORT["zh"])
    visitor.page.click(".cl-tongue[lang=en]")  # from within the pane: it is no place to return to
    visitor.page.wait_for_selector(".cl-text[lang=en] .cl-here")
    focused(visitor, ".cl-here")
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_selector(".cl-document", state="detached")
    assert visitor.page.evaluate("document.activeElement.value") == "clause:a-res-77-1-zh#2"

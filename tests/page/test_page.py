"""The page in a real browser, with the real model: what a visitor does and sees."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from numpy.typing import NDArray

from app import PortTakenError, serve
from index.clause import Given
from index.embed import Embedder
from index.errors import ModelUnavailableError
from index.library import Library
from page.welcome import EXAMPLES
from prompts import message
from rag.edge import load_model
from tests.page.conftest import Serve, connections, free_port

COLOMBO = "What is the Colombo Process?"
ATTACK = (
    '**x** <script>window.hacked=1</script> <img src=x onerror="window.hacked=1"> [a](javascript:alert(1)) $x$ $$y$$'
)
ATTACK += " ![](http://127.0.0.1:1/x.png) `code` ${window.hacked=1} {{hacked}}"
EVIL = (
    "School meals <script>window.hacked=1</script> cost two coins a day and are paid for by the "
    '<img src=x onerror="window.hacked=1"> ministry, see [a](javascript:alert(1)), **not** ${window.hacked=1}, {{x}}.'
)


class Visitor:
    """Somebody at the page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.set_default_timeout(15_000)

    def send(self, question: str) -> None:
        self.page.fill("#cl-box textarea", question)
        self.page.press("#cl-box textarea", "Enter")

    def ask(self, question: str) -> None:
        before = self.page.locator(".cl-asked").count()
        self.send(question)
        self.answered(before + 1)

    def answered(self, questions: int) -> None:
        """Wait until so many questions are there, the last one answered in full."""
        searching = [message("page.searching", language) for language in EXAMPLES]
        self.page.wait_for_function(
            """([questions, searching]) => {
            const answers = [...document.querySelectorAll('.cl-answer')], last = answers[answers.length - 1];
            return answers.length === questions && document.querySelectorAll('.cl-asked').length === questions
            && (last.querySelector('.cl-confidence') || last.matches('.cl-refusal, .cl-notice'))
            && !searching.includes(last.textContent) && document.querySelector('#cl-ask') }""",
            arg=[questions, searching],
        )

    def texts(self, selector: str) -> list[str]:
        return [str(t) for t in self.page.locator(selector).all_text_contents()]

    def open(self, which: int = 0) -> None:
        self.page.locator(".cl-cite").nth(which).click()
        self.page.wait_for_selector(".cl-document .cl-here")

    def hacked(self) -> bool:
        self.page.wait_for_timeout(150)  # an event handler would need a moment
        return bool(self.page.evaluate("() => window.hacked !== undefined"))


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    contexts: list[Any] = []

    def start(url: str = address, **settings: Any) -> Visitor:
        settings = {"locale": "en-US", "viewport": {"width": 1280, "height": 800}, **settings}
        contexts.append(browser.new_context(**settings))
        visitor = Visitor(contexts[-1].new_page())
        visitor.page.goto(url)
        visitor.page.wait_for_selector(".cl-welcome")
        return visitor

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("question", ["移徙者的汇款可以当作公共资金吗？", COLOMBO])
def test_an_answer_marks_what_is_in_the_document(visit: Visit, brussels: Library, question: str) -> None:
    visitor = visit()
    visitor.ask(question)
    marks = visitor.texts(".cl-card mark")
    assert marks
    assert all(mark in brussels.snapshot().documents[0].text for mark in marks)
    assert visitor.texts(".cl-number")[0] == "1"


def test_a_citation_opens_the_document_at_its_clause(visit: Visit, brussels: Library) -> None:
    visitor = visit()
    visitor.ask(COLOMBO)
    visitor.open()
    visitor.page.wait_for_function(
        """() => { const pane = document.querySelector('.cl-text')?.getBoundingClientRect();
        const here = document.querySelector('.cl-here')?.getBoundingClientRect();
        return pane && here && here.top >= pane.top && here.bottom <= pane.bottom }"""
    )
    document = brussels.snapshot().documents[0]
    shown = "".join(visitor.texts(".cl-block"))
    assert "".join(shown.split()) == "".join(document.text.split())  # the whole document, nothing twice
    assert visitor.texts(".cl-here mark") == visitor.texts(".cl-card mark")
    assert visitor.page.evaluate("document.activeElement.classList.contains('cl-here')")
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_selector(".cl-document", state="detached")
    assert visitor.page.evaluate("document.activeElement.id") == "cite-0-1"
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector(".cl-here")


def test_a_question_can_lean_on_the_one_before(visit: Visit, brussels: Library) -> None:
    visitor = visit()
    visitor.ask("移徙者的汇款可以当作公共资金吗？")
    visitor.ask("为什么？")
    assert visitor.texts(".cl-asked") == ["移徙者的汇款可以当作公共资金吗？", "为什么？"]
    assert any("汇款" in mark for mark in visitor.texts(".bot-row:last-child mark"))


def test_an_example_is_asked_by_a_click(visit: Visit) -> None:
    visitor = visit()
    visitor.page.wait_for_selector(".cl-example")
    assert visitor.texts(".cl-example") == [message("page.example", code) for code in EXAMPLES]
    visitor.page.click('.cl-example[lang="en"]')
    visitor.answered(1)
    assert visitor.texts(".cl-asked") == [message("page.example", "en")]
    assert visitor.texts(".cl-card mark")


def test_retry_asks_again_and_clear_empties_everything(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(COLOMBO)
    first = visitor.texts(".cl-card")
    visitor.page.evaluate(
        "() => new MutationObserver(() => { window.asking ||= !!document.querySelector('#cl-stop') })"
        ".observe(document.body, { childList: true, subtree: true })"
    )
    visitor.page.click("#cl-retry")
    visitor.page.wait_for_function("() => window.asking")
    visitor.answered(1)
    assert visitor.texts(".cl-asked") == [COLOMBO]
    assert visitor.texts(".cl-card") == first
    visitor.open()
    visitor.page.click("#cl-clear")
    visitor.page.wait_for_selector(".cl-welcome")
    visitor.page.wait_for_selector(".cl-document", state="detached")
    assert not visitor.page.locator("#cl-clear").count()
    visitor.ask("呢？" + COLOMBO)
    assert len(visitor.texts(".cl-asked")) == 1


def test_two_visitors_have_their_own_conversations(visit: Visit) -> None:
    one, two = visit(), visit()
    one.send(COLOMBO)
    two.send("移徙者的汇款可以当作公共资金吗？")
    one.answered(1)
    two.answered(1)
    assert one.texts(".cl-asked") == [COLOMBO]
    assert "科隆坡进程" in "".join(one.texts(".cl-card mark"))
    assert "汇款" in "".join(two.texts(".cl-card mark"))


def test_what_a_visitor_types_is_text(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(ATTACK)
    assert visitor.texts(".cl-asked") == [ATTACK]
    assert not visitor.page.locator(".cl-asked *").count()
    assert not visitor.hacked()
    assert not [url for url in visitor.requests if "x.png" in url]


@pytest.fixture
def hostile(embedder: Embedder, tmp_path: Path) -> Iterator[Library]:
    """A document that would do harm if anything of it were taken for HTML, a template or Markdown."""
    file = tmp_path / "hostile.txt"
    title = "Letter <img src=x onerror=window.hacked=1> on school meals"
    others = "2. The harvest of wheat was good in the north.\n3. The port of the island is closed in winter.\n"
    file.write_text(f"{title}\n\n1. {EVIL}\n{others}", encoding="utf-8")
    with closing(Library(tmp_path / "library", lambda: embedder)) as library:
        library.add(file)
        yield library


def test_what_a_document_holds_is_text(visit: Visit, hostile: Library, serving: Serve) -> None:
    visitor = visit(serving(hostile).url)
    assert not visitor.hacked()
    visitor.ask("Who pays for school meals, and what do school meals cost?")
    assert "".join(visitor.texts(".cl-quote")).startswith(EVIL)
    visitor.open()
    assert visitor.texts(".cl-here .cl-words") == [EVIL]
    assert "<img src=x" in visitor.texts(".cl-top h2")[0]
    assert not visitor.page.locator(".cl-card img, .cl-card script, .cl-document img, .cl-document script").count()
    assert not visitor.page.locator(".cl-card a, .cl-document a").count()
    assert not visitor.hacked()


def test_nothing_leaves_the_machine(visit: Visit) -> None:
    visitor = visit()
    visitor.ask(COLOMBO)
    visitor.open()
    visitor.page.click(".cl-close")
    tabs = "#cl-tabs > .tab-wrapper [role=tablist] > button[role=tab]"
    for tab in visitor.page.eval_on_selector_all(tabs, "all => all.map(tab => tab.id)"):
        visitor.page.evaluate("id => document.getElementById(id).click()", tab)
        visitor.page.wait_for_selector(f"#{tab}[aria-selected=true]", state="attached")
    visitor.page.reload()
    visitor.answered(1)
    hosts = {urlsplit(url).hostname for url in visitor.requests if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert connections == []


def test_arabic_runs_from_right_to_left(visit: Visit) -> None:
    visitor = visit(locale="ar")
    direction = "e => [getComputedStyle(e).direction, e.lang]"
    assert visitor.page.eval_on_selector(".cl-welcome", direction) == ["rtl", "ar"]
    assert visitor.page.inner_text("#cl-ask") == message("page.ask", "ar")
    visitor.ask(message("page.example", "ar"))
    assert visitor.page.eval_on_selector(".cl-answer", direction) == ["rtl", "ar"]
    assert visitor.page.eval_on_selector(".cl-quote", direction) == ["ltr", "zh"]
    assert visitor.page.eval_on_selector(".cl-asked", "e => getComputedStyle(e).direction") == "rtl"


def test_the_language_of_the_page_is_chosen_and_kept(visit: Visit) -> None:
    page = visit().page
    assert page.locator("#cl-ask").text_content().strip() == message("page.ask", "en")
    page.select_option("#cl-language", "ar")
    page.wait_for_selector('html[lang="ar"] .cl-welcome')
    for _ in range(2):
        page.wait_for_function(
            "said => document.querySelector('#cl-ask')?.textContent.trim() === said", arg=message("page.ask", "ar")
        )
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert message("page.welcome", "ar") in page.locator(".cl-welcome").text_content()
        assert page.locator("#cl-language").input_value() == "ar"
        page.reload()


def test_a_phone_shows_all_of_it(visit: Visit) -> None:
    visitor = visit(viewport={"width": 360, "height": 640})
    wide = "() => [document.documentElement, ...document.querySelectorAll('.panel-wrap, .cl-text')]"
    wide += ".some(e => e.scrollWidth > e.clientWidth + 1)"
    assert not visitor.page.evaluate(wide)
    visitor.ask(COLOMBO + " " + "x" * 400)
    visitor.ask("移徙者的汇款可以当作公共资金吗？")
    visitor.open()
    assert not visitor.page.evaluate(wide)
    visitor.page.click(".cl-close")
    visitor.page.wait_for_selector(".cl-document", state="detached")
    assert visitor.page.is_visible(".cl-card")


def test_messages_of_gradio_have_no_english_head(visit: Visit) -> None:
    visitor = visit(locale="ar")
    visitor.page.press("#cl-box textarea", "Enter")
    assert visitor.page.inner_text(".toast-body").split() == ["×", *message("page.empty_question", "ar").split()]


def test_an_empty_message_sends_nothing_and_a_long_one_is_answered(visit: Visit) -> None:
    visitor = visit()
    visitor.page.fill("#cl-box textarea", "  \n ")
    visitor.page.click("#cl-ask")
    visitor.page.wait_for_selector(".toast-body")
    assert visitor.texts(".cl-asked") == []
    visitor.ask(("What is the Colombo Process? " * 4000)[:100_000])
    assert visitor.texts(".cl-asked")[0].endswith("…")
    assert visitor.texts(".cl-answer")
    visitor.ask("?!")
    assert "The question is empty" in visitor.texts(".cl-notice")[0]


@pytest.mark.parametrize("key", ["Enter", "click"])
def test_an_empty_question_leaves_the_conversation_as_it_is(visit: Visit, key: str) -> None:
    visitor = visit()
    visitor.ask(COLOMBO)
    shown, ask = visitor.texts("#cl-chat .cl-card"), visitor.texts("#cl-ask")
    visitor.page.click("#cl-ask") if key == "click" else visitor.page.press("#cl-box textarea", key)
    visitor.page.wait_for_selector(".toast-body")
    visitor.page.wait_for_selector(".toast-body", state="detached")
    assert visitor.texts("#cl-chat .cl-card") == shown
    assert visitor.texts("#cl-ask") == ask != [""]
    visitor.page.click("#cl-undo")
    visitor.page.wait_for_selector(".cl-welcome")


class SlowEmbedder:
    """The real model, made to wait for the test."""

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.name, self.dimension = inner, inner.name, inner.dimension
        self.go = threading.Event()
        self.fault: Exception | None = None

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.go.wait(20)
        if self.fault:
            raise self.fault
        return self.inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Any = None) -> NDArray[np.float32]:
        return self.inner.encode_passages(texts, progress=progress)


@pytest.fixture(scope="session")
def slow(
    embedder: Embedder, tmp_path_factory: pytest.TempPathFactory, serving: Serve
) -> Iterator[tuple[str, SlowEmbedder]]:
    model = SlowEmbedder(embedder)
    with closing(Library(tmp_path_factory.mktemp("slow"), lambda: model)) as library:
        library.seed()
        yield serving(library).url, model


def test_stop_stops(visit: Visit, slow: tuple[str, SlowEmbedder]) -> None:
    url, model = slow
    model.go.clear()
    visitor = visit(url)
    visitor.send(COLOMBO)
    visitor.page.click("#cl-stop")
    visitor.page.wait_for_selector("text=Stopped.")
    visitor.page.wait_for_selector("#cl-ask")
    model.go.set()
    time.sleep(0.5)  # the answer that was under way comes to nothing
    assert visitor.texts(".cl-answer") == ["Stopped."]
    visitor.page.click("#cl-retry")
    visitor.page.wait_for_selector(".cl-confidence")
    assert visitor.texts(".cl-asked") == [COLOMBO]


def test_errors_are_said_in_the_chat(
    visit: Visit, slow: tuple[str, SlowEmbedder], caplog: pytest.LogCaptureFixture
) -> None:
    url, model = slow
    model.go.set()
    visitor = visit(url)
    model.fault = ModelUnavailableError("The model <b>x</b> is *not* here: do this.")
    visitor.ask(COLOMBO)
    model.fault = RuntimeError("secret detail")
    with caplog.at_level(logging.ERROR):
        visitor.ask(COLOMBO)
    model.fault = None
    assert visitor.texts(".cl-answer") == ["The model <b>x</b> is *not* here: do this.", message("page.failed", "en")]
    assert "secret detail" in caplog.text
    visitor.ask(COLOMBO)
    assert visitor.texts(".cl-card mark")


def test_a_taken_port_is_said_and_no_other_is_taken(small: Library) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            PortTakenError, match=f"^Port {port} is taken by another program; name another with --port.$"
        ):
            serve(small, port=port, block=False)


def test_a_question_is_asked_of_some_documents_only(visit: Visit, serving: Serve, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library", load_model)) as library:
        for number, price in (("77/1", "three"), ("79/1", "nine")):
            file = tmp_path / f"{number[:2]}.txt"
            file.write_text(
                f"A/RES/{number}\n\n1. School meals cost {price} coins a day and are paid for by the ministry of schools."
            )
            library.add(file)
        visitor = visit(serving(library).url)
        visitor.page.click("#cl-within > button")
        visitor.page.fill("#cl-years input, #cl-years textarea", "2022")
        visitor.ask("What do school meals cost?")
        assert any("three coins" in mark for mark in visitor.texts(".cl-card mark"))
        assert not any("nine" in mark for mark in visitor.texts(".cl-card mark"))
        visitor.page.fill("#cl-years input, #cl-years textarea", "")
        visitor.page.click("#cl-documents input")
        visitor.page.get_by_role("option", name="A/RES/79/1 · en").click()
        visitor.ask("What do school meals cost?")
        assert any("nine coins" in mark for mark in visitor.texts(".bot-row:last-child mark"))
        visitor.page.fill("#cl-years input, #cl-years textarea", "last year")
        visitor.ask("What do school meals cost?")
        assert "is not a year" in visitor.texts(".cl-notice")[-1]


def test_a_quotation_and_its_edition_are_copied_each_with_its_citation(
    visit: Visit, serving: Serve, tmp_path: Path
) -> None:
    with closing(Library(tmp_path / "library", load_model)) as library:
        for language, said in (
            ("en", "School meals cost three coins."),
            ("fr", "Les repas scolaires coûtent trois pièces."),
        ):
            file = tmp_path / f"{language}.txt"
            file.write_text(f"A/RES/77/1\n\n1. {said}", encoding="utf-8")
            library.add(file, given=Given(language=language))
        visitor = visit(serving(library).url, permissions=["clipboard-read", "clipboard-write"])
        visitor.page.fill("#cl-box textarea", "")
        visitor.page.click("#cl-within > button")
        visitor.page.click("#cl-languages input")
        visitor.page.locator("#cl-languages").get_by_role("option", name="français").click()
        visitor.ask("What do school meals cost?")
        copied: list[str] = []
        for button in visitor.page.locator(".cl-copy").all():
            button.click()
            said = f"() => document.querySelectorAll('.cl-copied').length === {len(copied) + 1}"
            visitor.page.wait_for_function(said)
            copied.append(visitor.page.evaluate("navigator.clipboard.readText()"))
        assert copied == [
            "Les repas scolaires coûtent trois pièces.\n— A/RES/77/1, para. 1",
            "School meals cost three coins.\n— A/RES/77/1, para. 1",
        ]

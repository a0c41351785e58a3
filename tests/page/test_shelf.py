"""The tab of the library in a real browser: documents come in, are listed and go; nobody changes it without leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from docx import Document as WordFile
from fpdf import FPDF
from numpy.typing import NDArray

from index.audit import audit
from index.embed import Embedder
from index.library import Library
from index.store import Store
from page.uploads import MAX_MB, private_folder, received
from prompts import message
from rag.leave import Leave
from tests.page.conftest import Serve, free_port
from tests.page.test_page import Visit, Visitor, visit

__all__ = ["visit"]  # a fixture
Write = Callable[[str, str | bytes], Path]
MEALS = (
    "A/RES/77/1\n\nSchool meals\n\n1. School meals cost three coins a day and are paid for by the ministry of schools."
)
WAIT = 30_000
Headers = dict[str, str]
NONE: Headers = {}


@pytest.fixture
def library(embedder: Embedder, tmp_path: Path) -> Iterator[Library]:
    """An empty library under the real model."""
    with closing(Library(tmp_path / "library", lambda: embedder)) as made:
        yield made


@pytest.fixture
def papers(tmp_path: Path, file: Write) -> list[Path]:
    """A text, a Word file, a PDF of three pages, an archive, and a PDF that is damaged."""
    text = file("meals {draft}!.txt", MEALS)
    word = WordFile()
    word.add_heading("Remittances")
    word.add_paragraph("1. Remittances are private funds, sent home by workers abroad.")
    word.save(str(tmp_path / "report.docx"))
    paper = FPDF()
    for page in range(1, 4):
        paper.add_page()
        paper.set_font("helvetica", size=11)
        paper.cell(0, 6, "A/78/55", new_x="LMARGIN", new_y="NEXT")
        paper.set_y(40)
        paper.multi_cell(
            0, 6, f"{page}. Banks in country {page} charge fees of {page * 7} per cent for sending money home."
        )
        paper.set_y(-20)
        paper.cell(0, 6, str(page))
    paper.output(str(tmp_path / "paper.pdf"))
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("inner/bread.txt", "Bread is sold at the market in the morning.")
        archive.writestr("bad.docx", b"PK\x03\x04 nothing")
    broken = file("broken.pdf", b"%PDF-1.7 nothing at all")
    return [text, tmp_path / "report.docx", tmp_path / "paper.pdf", tmp_path / "pack.zip", broken]


def turn_to_library(visitor: Visitor) -> Any:
    page = visitor.page
    page.set_default_timeout(WAIT)
    page.click("#cl-tab-shelf-button")
    page.wait_for_selector("#cl-shelf-table .cl-books, #cl-shelf-table .cl-none")
    return page


def bring(page: Any, *files: Path) -> None:
    """Choose files and wait until all are through."""
    page.set_input_files("#cl-files", list(files))
    page.wait_for_selector(".cl-came")


def call(url: str, config: dict[str, Any], event: str, target: str, data: Any, headers: Headers = NONE) -> str:
    """Call an event of the page by HTTP alone, as its script does; return what the server streams back."""
    ids = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
    found = [
        d
        for d in config["dependencies"]
        if any(ids.get(t[0]) == target and t[1] == event for t in d["targets"] if t[0])
    ]
    return "".join(post(url, d["id"], len(d["inputs"]), data, headers) for d in found)


def post(url: str, number: int, inputs: int, data: Any, headers: Headers = NONE) -> str:
    body = {"fn_index": number, "data": [None] * inputs, "event_data": data, "session_hash": f"raw{number}"}
    asked = urllib.request.Request(
        f"{url}gradio_api/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            answer.read()
        with urllib.request.urlopen(f"{url}gradio_api/queue/data?session_hash=raw{number}", timeout=20) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.code)


def upload(url: str, name: str, content: bytes) -> str:
    """Upload a file by HTTP alone; return where the server put it, or the number of its refusal."""
    body = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + content
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    asked = urllib.request.Request(f"{url}gradio_api/upload", body + b"\r\n--x--\r\n", kind)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return str(json.loads(answer.read())[0])
    except urllib.error.HTTPError as error:
        return str(error.code)


def config_of(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}config", timeout=20) as answer:
        return dict(json.loads(answer.read()))


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1280), ("en-US", 360), ("ar", 360), ("ar", 1280)])
def test_files_of_all_kinds_come_in_and_can_be_asked(
    visit: Visit, serving: Serve, library: Library, papers: list[Path], locale: str, width: int
) -> None:
    language = locale[:2]
    visitor = visit(serving(library).url, locale=locale, viewport={"width": width, "height": 800})
    page = turn_to_library(visitor)
    assert visitor.texts(".cl-none") == [message("shelf.empty", language)]
    bring(page, *papers)
    counted = [message(f"shelf.{state}", language, count=n) for state, n in (("added", 4), ("refused", 2))]
    assert page.inner_text("#cl-shelf-said").strip() == " · ".join(counted)
    assert page.get_attribute("#cl-shelf-said", "role") == "status"
    refused = visitor.texts(".cl-came .cl-refused")
    assert refused == [
        "bad.docx could not be read as a Word file (BadZipFile); open it in Word and save it anew as .docx.",
        "broken.pdf is damaged and cannot be opened as a PDF; fetch it again.",
    ]
    first = visitor.texts(".cl-came li")[0]
    assert first.startswith("meals {draft}!.txt — ") and "A/RES/77/1" in first
    held = {document.source: document for document in library.snapshot().documents}
    assert set(held) == {"meals {draft}!.txt", "report.docx", "paper.pdf", "bread.txt"}
    assert page.locator(".cl-books tbody tr").count() == 4
    values = page.eval_on_selector_all(".cl-books .cl-goto", "all => all.map(b => b.value)")
    assert values[-1].startswith(f"span:{held['meals {draft}!.txt'].sha256}:")
    assert not [path for path in private_folder().rglob("*") if path.is_file()]
    wide = "() => document.querySelector('#cl-tab-shelf').scrollWidth > document.documentElement.clientWidth + 1"
    assert not page.evaluate(wide)
    direction = page.eval_on_selector(".cl-books", "e => getComputedStyle(e).direction")
    assert direction == ("rtl" if language == "ar" else "ltr")
    page.click("#cl-tab-ask-button")
    assert page.locator(".cl-welcome li").count() == 4  # the chat knows without being loaded again
    visitor.ask("What do school meals cost?")
    assert any("three coins" in mark for mark in visitor.texts(".cl-card mark"))


def test_files_are_dropped_anywhere_on_the_tab_and_one_that_is_too_large_is_named(
    visit: Visit, serving: Serve, library: Library
) -> None:
    visitor = visit(serving(library).url)
    page = turn_to_library(visitor)
    assert page.get_attribute(".cl-drop", "data-limit") == str(MAX_MB * 1_000_000)
    page.eval_on_selector(".cl-drop", "e => { e.dataset.limit = '200' }")
    dropped = page.evaluate_handle(
        """text => { const data = new DataTransfer();
        data.items.add(new File([text], "<img src=x onerror=window.hacked=1>.txt"));
        data.items.add(new File(["x".repeat(300)], "<b>large</b>.txt")); return data }""",
        MEALS,
    )
    page.dispatch_event("#cl-shelf-table", "drop", {"dataTransfer": dropped})
    page.wait_for_function("() => /was not uploaded/.test(document.querySelector('#cl-shelf-said').textContent)")
    assert message("shelf.too_large", "en", name="<b>large</b>.txt") in page.inner_text("#cl-shelf-said")
    page.wait_for_selector(".cl-came")
    assert [d.source for d in library.snapshot().documents] == ["<img src=x onerror=window.hacked=1>.txt"]
    assert "<img src=x" in visitor.texts(".cl-about")[0]
    assert not page.locator("#cl-tab-shelf img, #cl-tab-shelf b b").count() and not visitor.hacked()


def test_the_largest_file_is_named_in_all_languages() -> None:
    for language in ("ar", "en", "es", "fr", "ru", "zh"):
        assert f"{MAX_MB}" in message("shelf.drop_how", language)
        assert f"{MAX_MB}" in message("shelf.too_large", language, name="x")


class GatedEmbedder:
    """The real model, one text a batch; texts with SLOW in them wait at the gate."""

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.name, self.dimension = inner, inner.name, inner.dimension
        self.gate, self.at_gate, self.slow = threading.Event(), threading.Event(), 0
        self.patience = 60.0
        """Seconds that a text waits at most."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Any = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            if progress:
                progress(row, len(texts))
            if "SLOW" in text:
                self.slow += 1
                self.at_gate.set()
                self.gate.wait(self.patience)
            vectors[row] = self.inner.encode_passages([text])[0]
        return vectors


@pytest.fixture
def gated(embedder: Embedder, tmp_path: Path) -> Iterator[tuple[Library, GatedEmbedder]]:
    model = GatedEmbedder(embedder)
    with closing(Library(tmp_path / "library", lambda: model)) as made:
        yield made, model
        model.gate.set()


def test_cancel_stops_and_leaves_the_library_whole_while_others_ask_and_wait(
    visit: Visit, serving: Serve, gated: tuple[Library, GatedEmbedder], file: Write
) -> None:
    library, model = gated
    first, other = file("first.txt", MEALS), file("other.txt", "Bread is sold at the market.")
    slow = file("slow.txt", "\n\n".join(f"{n}. SLOW text number {n} on trade." for n in range(1, 9)))
    url = serving(library).url
    one, two, three = visit(url), visit(url), visit(url)
    page = turn_to_library(one)
    page.focus("#cl-files")
    page.set_input_files("#cl-files", [first, slow])
    page.wait_for_selector(".cl-progress progress[max]")
    assert model.at_gate.wait(30)
    page.wait_for_function("() => document.querySelector('#cl-shelf-said')?.textContent.includes('slow.txt')")
    assert not page.locator("#cl-files").count()
    two.ask("What do school meals cost?")  # while documents come in
    assert any("three coins" in mark for mark in two.texts(".cl-card mark"))
    waiting = turn_to_library(three)
    waiting.set_input_files("#cl-files", other)
    waiting.wait_for_selector(f"#cl-shelf-said >> text={message('shelf.waiting', 'en')}")
    page.wait_for_function("() => document.activeElement.id === 'cl-shelf-stop'")  # for the keyboard
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#cl-shelf-said >> text={message('shelf.stopping', 'en')}")
    model.gate.set()
    page.wait_for_selector(".cl-came")
    assert page.inner_text("#cl-shelf-said").startswith(message("shelf.stopped", "en"))
    assert model.slow == 1  # none of the seven others was begun
    waiting.wait_for_selector(".cl-came")
    assert [d.source for d in library.snapshot().documents] == ["first.txt", "other.txt"]
    with closing(Store.open(library.folder)) as store:
        assert not audit(store, None, lambda done, total: None).faults
    assert page.locator("#cl-files").count() and not page.locator("#cl-shelf-stop").count()


def test_who_leaves_the_page_stops_what_they_were_adding(
    visit: Visit, serving: Serve, gated: tuple[Library, GatedEmbedder], file: Write
) -> None:
    library, model = gated
    model.patience = 1.0  # two minutes for the file: time for the server to notice that the page is closed
    url = serving(library).url
    page = turn_to_library(visit(url))
    page.set_input_files("#cl-files", file("slow.txt", "\n\n".join(f"{n}. SLOW text {n}." for n in range(1, 121))))
    assert model.at_gate.wait(30)
    page.close()
    waiting = turn_to_library(visit(url))
    waiting.set_default_timeout(150_000)
    bring(waiting, file("other.txt", "Bread is sold at the market."))
    assert [d.source for d in library.snapshot().documents] == ["other.txt"]


def test_a_document_is_removed_after_a_question_and_the_chat_knows(
    visit: Visit, serving: Serve, library: Library, file: Write
) -> None:
    library.seed()
    library.add(file("meals.txt", MEALS))
    visitor = visit(serving(library).url)
    visitor.page.click("#cl-within > button")
    visitor.page.click("#cl-documents input")
    visitor.page.get_by_role("option", name="A/RES/77/1 · en").click()
    page = turn_to_library(visitor)
    assert visitor.texts(".cl-ships") == [message("shelf.ships", "en")]
    page.focus("[id^=sure-] >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={message('shelf.sure_ships', 'en')}")
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-sure", state="detached")
    page.wait_for_function("() => document.activeElement.id.startsWith('sure-')")
    page.click("[id^=sure-] >> nth=0")
    page.wait_for_selector(".cl-sure")
    assert message("shelf.sure_ships", "en") not in page.inner_text(".cl-sure")
    page.wait_for_function("() => document.activeElement.classList.contains('cl-sure')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#cl-shelf-said >> text={message('shelf.removed', 'en', title='School meals', count=1)}")
    assert [document.slug for document in library.snapshot().documents] == ["brussels-2006"]
    page.click("#cl-tab-ask-button")
    page.wait_for_function("() => !document.querySelector('#cl-documents')?.textContent.includes('A/RES/77/1')")
    visitor.ask("What is the Colombo Process?")  # of all documents: the one that was chosen is gone
    assert visitor.texts(".cl-card mark")


def test_what_a_file_has_and_its_text_has_not_is_listed(
    visit: Visit, serving: Serve, library: Library, papers: list[Path]
) -> None:
    library.add(papers[2])
    visitor = visit(serving(library).url, locale="zh-CN")
    page = turn_to_library(visitor)
    left = library.snapshot().documents[0].left_out
    assert left
    button = page.locator("[id^=left-]")
    assert button.inner_text() == message("shelf.left_out", "zh", count=len(left))
    button.click()
    page.wait_for_selector(".cl-left-out")
    assert button.get_attribute("aria-expanded") == "true"
    assert len(visitor.texts(".cl-left-out li")) == len(left)
    kinds = {message("shelf." + piece.kind.replace(" ", "_"), "zh") for piece in left}
    assert {heading.split("：")[0] for heading in visitor.texts(".cl-left-out h3")} == kinds
    page.keyboard.press("Escape")
    page.wait_for_selector(".cl-left-out", state="detached")


def test_the_list_is_narrowed_by_text_language_and_year(
    visit: Visit, serving: Serve, library: Library, file: Write
) -> None:
    library.seed()
    library.add(file("meals.txt", MEALS))
    visitor = visit(serving(library).url)
    page = turn_to_library(visitor)

    def shows(*sources: str) -> None:
        page.wait_for_function(
            "wanted => JSON.stringify([...document.querySelectorAll('.cl-about')].map(e => e.textContent.split(' · ').pop()))"
            " === JSON.stringify(wanted)",
            arg=list(sources),
        )

    shows("meals.txt", "brussels-2006.zh.txt")
    page.fill("#cl-shelf-text textarea, #cl-shelf-text input", "res/77")
    shows("meals.txt")
    page.fill("#cl-shelf-text textarea, #cl-shelf-text input", "")
    page.fill("#cl-shelf-year textarea, #cl-shelf-year input", "2000-2010")
    shows("brussels-2006.zh.txt")
    page.fill("#cl-shelf-year textarea, #cl-shelf-year input", "soon")
    page.wait_for_selector("#cl-shelf-table >> text=is not a year")
    page.fill("#cl-shelf-year textarea, #cl-shelf-year input", "")
    page.click("#cl-shelf-language input")
    page.locator("#cl-shelf-language").get_by_role("option", name="English").click()
    shows("meals.txt")
    page.fill("#cl-shelf-text textarea, #cl-shelf-text input", "nowhere")
    page.wait_for_selector(f"text={message('shelf.none', 'en')}")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_title_opens_its_document(visit: Visit, serving: Serve, library: Library, file: Write, width: int) -> None:
    library.add(file("meals.txt", MEALS))
    visitor = visit(serving(library).url, viewport={"width": width, "height": 800})
    page = turn_to_library(visitor)
    page.focus(".cl-books .cl-goto")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cl-document .cl-here")
    assert "School meals" in visitor.texts(".cl-top h2")[0] and "three coins" in visitor.texts(".cl-here")[0]


def test_read_only_is_read_only_also_by_raw_calls(visit: Visit, serving: Serve, library: Library, file: Write) -> None:
    library.add(file("meals.txt", MEALS))
    document = library.snapshot().documents[0]
    url = serving(library, leave=Leave("nobody")).url
    page = turn_to_library(visit(url))
    assert page.locator(".cl-books tbody tr").count() == 1
    assert not page.locator("#cl-tab-shelf input[type=file], [id^=sure-], #cl-shelf-stop").count()
    assert upload(url, "more.txt", b"Bread is sold.") == "413"
    outside = file("outside.txt", "Bread is sold.")
    for number, dependency in enumerate(config_of(url)["dependencies"]):
        for data in ({"value": f"remove:{document.sha256}"}, {"files": [{"path": str(outside), "name": "x.txt"}]}):
            post(url, dependency["id"], len(dependency["inputs"]), data)
        assert dependency["id"] == number
    assert [d.sha256 for d in library.snapshot().documents] == [document.sha256]


def test_a_raw_call_changes_the_library_only_with_leave(serving: Serve, library: Library, file: Write) -> None:
    library.add(file("meals.txt", MEALS))
    document = library.snapshot().documents[0]
    url = serving(library).url
    config = config_of(url)
    remove: tuple[str, str, dict[str, Any]] = "click", "cl-shelf-table", {"value": f"remove:{document.sha256}"}
    for headers in ({"Host": "example.org"}, {"Sec-Fetch-Site": "cross-site"}, {"X-Forwarded-For": "192.0.2.1"}):
        assert message("shelf.no_leave", "en")[:20] in unmarked(call(url, config, *remove, headers))
        sent = {"files": [{"path": upload(url, "more.txt", b"Bread is sold."), "name": "more.txt"}]}
        said = call(url, config, "upload", "cl-shelf-drop", sent, headers)
        assert message("shelf.no_leave", "en")[:20] in unmarked(said)
        assert [d.sha256 for d in library.snapshot().documents] == [document.sha256]
    call(url, config, *remove)
    assert not library.snapshot().documents  # the same call with leave: the others failed for want of it


def test_a_raw_call_adds_no_file_that_was_not_uploaded(serving: Serve, library: Library, file: Write) -> None:
    url = serving(library).url
    config = config_of(url)
    secret = file("secret.txt", "The password is bread.")
    inside = upload(url, "good.txt", b"Bread is sold.")
    rows: list[Any] = [{"path": 7}, "x", {}, None]
    assert message("shelf.lost", "en")[:20] in unmarked(call(url, config, "upload", "cl-shelf-drop", {"files": rows}))
    for path in (str(secret), f"{inside}/../../../{secret.name}"):
        call(url, config, "upload", "cl-shelf-drop", {"files": [{"path": path, "name": "x.txt"}]})
        assert not library.snapshot().documents and secret.exists()
    rows.append({"path": inside, "name": "../../etc/Good one?.txt"})
    call(url, config, "upload", "cl-shelf-drop", {"files": rows})
    assert [d.source for d in library.snapshot().documents] == ["Good one?.txt"]


def test_uploads_of_one_name_lie_apart_and_a_description_lies_beside_its_document(tmp_path: Path) -> None:
    rows = []
    for number, name in enumerate(("a.txt", "a.txt", "a.toml", "other.toml")):
        place = private_folder() / f"upload{number}"
        place.mkdir(exist_ok=True)
        (place / name).write_text(str(number))
        rows.append({"path": str(place / name), "name": f"/home/somebody/{name}"})
    found = received(rows, tmp_path)
    assert [path.name for path in found] == ["a.txt", "a.txt", "other.toml"] and len(set(found)) == 3
    assert (tmp_path / "a.toml").read_text() == "2"


def test_what_was_not_uploaded_is_passed_over(tmp_path: Path, file: Write) -> None:
    secret = file("secret.txt", "The password is bread.")
    (private_folder() / "link").mkdir(exist_ok=True)
    link = private_folder() / "link" / "link.txt"
    link.symlink_to(secret)
    wrong: list[Any] = [str(secret), str(link), str(private_folder()), f"{private_folder()}/x/y.txt", "", "\0", None, 7]
    assert received([{"path": path, "name": "a.txt"} for path in wrong], tmp_path / "none") == []
    assert received("files", tmp_path) == received(None, tmp_path) == [] and secret.exists()
    link.unlink()


def unmarked(streamed: str) -> str:
    """What the server streamed with the characters that the page escapes as they are."""
    for code in (46, 45, 35):
        streamed = streamed.replace(f"&#{code};", chr(code))
    return streamed


def test_with_accounts_nothing_is_read_before_logging_in(
    browser: Any, serving: Serve, library: Library, file: Write
) -> None:
    library.add(file("meals.txt", MEALS))
    url = serving(library, accounts=[("ada", "pass:word"), ("bob", "other")]).url
    for path in ("config", "gradio_api/info", "gradio_api/queue/data?session_hash=x", "gradio_api/upload_progress"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{url}{path}", timeout=20)
    with urllib.request.urlopen(url, timeout=20) as answer:
        assert "meals" not in answer.read().decode()
    assert upload(url, "more.txt", b"Bread is sold.") == "401"
    assert {post(url, number, 4, {"value": f"remove:{'0' * 64}"}) for number in range(30)} == {"401"}
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(url)

    def log_in(password: str) -> None:
        page.fill("input:not([type=password]), textarea", "ada")
        page.fill("input[type=password]", password)
        page.get_by_role("button", name="Login").click()

    log_in("wrong")
    page.wait_for_selector("text=Incorrect")
    assert not page.locator("#cl-tabs").count()
    log_in("pass:word")
    page.wait_for_selector(".cl-welcome")
    page.click("#cl-tab-shelf-button")
    page.wait_for_selector(".cl-books")
    bring(page, file("bread.txt", "Bread is sold at the market."))
    assert len(library.snapshot().documents) == 2
    context.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "nobody can add or remove documents"),
        (["--read-only"], "Nobody can add or remove documents on the page (--read-only)."),
    ],
)
def test_the_command_says_who_may_change_the_library_and_leaves_nothing_behind(
    options: list[str], said: str, library: Library, tmp_path: Path
) -> None:
    port = str(free_port())
    command = [sys.executable, "-c", "from rag.cli import main; main()", "--library", str(library.folder), "serve"]
    library.seed()
    place = tmp_path / "temporary"
    place.mkdir()
    environment = {**{k: v for k, v in os.environ.items() if k != "GRADIO_TEMP_DIR"}, "TMPDIR": str(place)}
    with subprocess.Popen(
        [*command, "--no-browser", "--port", port, *options], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout
        lines = [server.stdout.readline(), server.stdout.readline()]
        made = list(place.glob("clauses-*"))
        server.terminate()
    assert lines[0].startswith("Clauses is at ") and said in lines[1]
    assert len(made) == 1 and not list(place.glob("clauses-*"))

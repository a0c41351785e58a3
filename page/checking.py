"""The tab where quotations are checked: a text or a file in, verdicts and a report out."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from index.errors import ClausesError, FileRefusedError
from index.library import Library
from page.escape import text, tongue
from page.verdicts import progress_html, report_html, said_html
from page.words import QUIET, asset, page_language
from prompts import DEFAULT, message
from rag.check.checked import Checked, Report, made_report, verified_report
from rag.check.checking import check_each, first_sentence, taken
from rag.check.paper import Paper, paper_from
from rag.check.report import FORMATS, Format, report_file, summary

MAX_MB = 16
"""Of a file that is sent to be checked."""
AT_ONCE = 4
"""Papers that are checked at a time; they wait for each other, not the questions for them."""
EVERY = 0.3
"""Seconds between two signs of progress."""
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown;charset=utf-8",
    "html": "text/html;charset=utf-8",
}
_NAMES = {"docx": "Word", "md": "Markdown", "html": "HTML"}
_ACCEPTED = ".docx,.pdf,.html,.htm,.xhtml,.xml,.md,.txt,.text"
_log = logging.getLogger("clauses.page")
Shown = tuple[str, str, Report | None]
"""HTML of the status and of the verdicts, the report."""
_NOTHING: Shown = ("", "", None)


def checking_tab(page: gr.Blocks, library: Library, words: gr.I18n) -> None:
    """Lay the tab out where it is called, and wire it to the `page`."""
    made = gr.State(None)
    say = gr.HTML(elem_id="cl-check-say", apply_default_css=False)
    box = gr.Textbox(label=words("check.box"), lines=5, max_lines=14, elem_id="cl-check-box")
    file = gr.HTML(elem_id="cl-check-file", apply_default_css=False, js_on_load=asset("checking.js"))
    with gr.Row(elem_id="cl-check-entry"):
        go = gr.Button(words("check.check"), elem_id="cl-check-go", variant="primary")
        stop = gr.Button(words("check.stop"), elem_id="cl-check-stop", visible=False)
        example = gr.Button(words("check.example"), elem_id="cl-check-example", size="sm")
        clear = gr.Button(words("check.clear"), elem_id="cl-check-clear", size="sm", visible=False)
    status = gr.HTML(elem_id="cl-check-status", apply_default_css=False)
    with gr.Row(elem_id="cl-check-reports", visible=False) as reports:
        gr.HTML(f"<span>{words('check.download')!s}</span>", apply_default_css=False)
        saves = {kind: gr.Button(_NAMES[kind], size="sm", elem_id=f"cl-check-{kind}") for kind in FORMATS}
    shown = gr.HTML(elem_id="cl-check-shown", apply_default_css=False)
    saved = gr.JSON(visible=False)
    view = [status, shown, made, go, stop, example, clear, reports]

    def row(step: Shown, *, busy: bool) -> list[Any]:
        has = step[2] is not None and bool(step[2].checked)
        seen = not busy, busy, not busy, not busy, has and not busy
        return [*step, *(gr.update(visible=v) for v in seen)]

    stopping: set[str] = (
        set()
    )  # sessions that want no more of it; Gradio's own `cancels` lets a late step overwrite the last one

    def run(pasted: str, request: gr.Request, event: gr.EventData) -> Iterator[list[Any]]:
        sent = dict(event._data or {}) if getattr(event.target, "elem_id", "") == "cl-check-file" else {}
        session, step = str(request.session_hash), _NOTHING
        stopping.discard(session)
        for step in steps(pasted, sent, library, page_language(request), lambda: session in stopping):
            yield row(step, busy=True)
        yield row(step, busy=False)

    def halt(request: gr.Request) -> None:
        stopping.add(str(request.session_hash))

    def try_it(request: gr.Request) -> str:
        return first_sentence(library.snapshot()) or ""

    def greet(request: gr.Request) -> list[Any]:
        language = page_language(request)
        has = first_sentence(library.snapshot()) is not None
        return [said_html(message("check.say", language), language), file_html(language), gr.update(visible=has)]

    page.load(greet, None, [say, file, example], queue=False, **QUIET)
    started = {"concurrency_limit": AT_ONCE, "concurrency_id": "checking", **QUIET}
    found = gr.on([go.click, file.upload, file.select], run, box, view, **started)
    tried = example.click(try_it, None, box, queue=False, **QUIET).then(run, box, view, **started)
    for ended in (found, tried):
        ended.success(None, js="() => window.clausesChecked()", **QUIET)
    stop.click(halt, None, None, queue=False, **QUIET)
    clear.click(lambda: ["", *row(_NOTHING, busy=False)], None, [box, *view], queue=False, **QUIET)

    def saver(kind: Format) -> Callable[[Report | None], Any]:
        return lambda report: report_to_save(report, kind, library)

    for kind, button in saves.items():
        button.click(saver(kind), made, [saved, status], queue=False, **QUIET).success(
            None, saved, None, js="file => { if (file) window.clausesSave(file) }"
        )


def steps(
    pasted: str, sent: dict[str, Any], library: Library, language: str, enough: Callable[[], bool]
) -> Iterator[Shown]:
    """Check what was pasted, or the file that was sent ({"name", "data": base64}; of a pasted text {"value": how to take it}),
    until it is `enough`. Errors are said, not raised.
    """
    try:
        if "data" in sent:
            name = str(sent.get("name"))
            yield said_html(message("check.reading", language, name=name), language), "", None
            yield from checked(_paper(name, str(sent["data"]), language), library, language, False, enough)
        else:
            single = {"as_one": True, "as_paper": False}.get(str(sent.get("value")))
            yield from checked(Paper("", pasted), library, language, single, enough)
    except ClausesError as error:
        yield said_html(str(error), DEFAULT), "", None
    except Exception:
        _log.exception("A text could not be checked")
        yield said_html(message("check.failed", language), language), "", None


def checked(
    paper: Paper, library: Library, language: str, single: bool | None, enough: Callable[[], bool]
) -> Iterator[Shown]:
    """Check the quotations of a paper until it is `enough`: how far it is, a few times a second; at last what was found."""
    snapshot = library.snapshot()
    found, as_one = taken(paper, snapshot, single)
    done: list[Checked] = []
    said = time.monotonic()
    for one in check_each(found, snapshot, language):
        done.append(one)
        if enough():
            break
        if time.monotonic() - said > EVERY and len(done) < len(found):
            said = time.monotonic()
            yield progress_html(len(done), len(found), language), "", None
    report = made_report(paper, done, snapshot, language, single=as_one)
    told = message(f"check.{done[0].verdict}", language) if as_one else summary(report)
    if len(done) < len(found):
        told = message("check.stopped", language, done=len(done))
    yield said_html(told, language, heard=as_one), report_html(report, snapshot, switch=not paper.name), report


def report_to_save(report: Report | None, kind: Format, library: Library) -> tuple[dict[str, str] | None, Any]:
    """The report as a file for the browser to save, its passages verified once more; or what keeps it from being one."""
    if report is None:
        return None, gr.skip()
    try:
        data = report_file(verified_report(report, library.snapshot()), kind)
    except ClausesError as error:
        return None, said_html(str(error), DEFAULT)
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", report.name) or "clauses"
    name = f"{stem}-{report.date:%Y-%m-%d}.{kind}"
    return {"name": name, "type": _TYPES[kind], "data": base64.b64encode(data).decode()}, gr.skip()


def file_html(language: str) -> str:
    """Where a file is chosen or dropped; sent to the server and kept nowhere."""
    large = text(message("check.too_large", language, name="{name}", limit=MAX_MB))
    return (
        f'<label class="cl-check-drop"{tongue(language)} data-large="{large}" data-most="{MAX_MB * 2**20}">'
        f'<span>{text(message("check.file", language))}</span><input type="file" accept="{_ACCEPTED}"></label>'
    )


def _paper(name: str, data: str, language: str) -> Paper:
    if len(data) > MAX_MB * 2**20 * 4 / 3 + 4:
        raise FileRefusedError(message("check.too_large", language, name=name, limit=MAX_MB))
    try:
        return paper_from(base64.b64decode(data, validate=True), name)
    except binascii.Error:
        raise FileRefusedError(f"{name} did not arrive whole; send it again.") from None

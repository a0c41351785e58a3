"""The tab where the library's documents are listed, added and removed."""

from __future__ import annotations

import logging
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from babel import Locale

from index.errors import ClausesError, NotFoundError
from index.language import LANGUAGES
from index.library import Library
from page.arrivals import drop_html, progress_html, progress_said, said_html, summary_html, summary_said
from page.catalogue import Opened, catalogue_html
from page.escape import flat
from page.uploads import received
from page.words import AT_ONCE, QUIET, asset, page_language
from prompts import DEFAULT, message
from rag.intake import Intake, Step
from rag.leave import Leave
from rag.shelf import entries

STATUS = """element.closest("#cl-shelf-said").setAttribute("role", "status")"""
"""Script of the place that screen readers watch."""
_log = logging.getLogger("clauses.page")


class ShelfTab:
    """The tab on one library. Who may change the library is asked at each change anew, by the request itself."""

    def __init__(self, library: Library, words: gr.I18n, leave: Leave) -> None:
        self._library, self._leave = library, leave
        self._intake = Intake(library)
        self._stops: dict[str, threading.Event] = {}
        self.changeable = leave.who != "nobody"
        self._lay_out(words)

    def _lay_out(self, words: gr.I18n) -> None:
        self._opened = gr.State(None)
        if self.changeable:
            self._drop = gr.HTML(elem_id="cl-shelf-drop", apply_default_css=False, js_on_load=asset("drop.js"))
        self._said = gr.HTML(elem_id="cl-shelf-said", apply_default_css=False, js_on_load=STATUS)
        if self.changeable:
            with gr.Row(elem_id="cl-shelf-work"):
                self._came = gr.HTML(elem_id="cl-shelf-came", apply_default_css=False)
                self._stop = gr.Button(words("shelf.cancel"), elem_id="cl-shelf-stop", visible=False)
        with gr.Row(elem_id="cl-shelf-filter"):
            languages: list[Any] = [(Locale(code).get_display_name() or code, code) for code in LANGUAGES]
            languages.insert(0, (words("shelf.any"), ""))
            self._filters: list[Any] = [
                gr.Textbox(label=words("shelf.text"), max_lines=1, elem_id="cl-shelf-text"),
                gr.Dropdown(languages, value="", label=words("shelf.language"), elem_id="cl-shelf-language"),
                gr.Textbox(label=words("shelf.year"), placeholder="2019-2022", max_lines=1, elem_id="cl-shelf-year"),
            ]
        self._table = gr.HTML(elem_id="cl-shelf-table", apply_default_css=False, js_on_load=asset("shelf.js"))

    def wire(self, page: gr.Blocks, tab: gr.Tab, greet: Callable[..., Any], greeted: Sequence[Any]) -> None:
        """Wire the tab. greet: brings the chat's choice of documents up to date, with `greeted` as its inputs and outputs."""
        table, filters = self._table, self._filters
        shown = [self._opened, *filters]
        tab.select(self._show, shown, table, queue=False, **QUIET)
        for field in filters:
            field.change(self._show, shown, table, queue=False, trigger_mode="always_last", **QUIET)
        deeds = table.click(
            self._act, shown, [table, self._said, self._opened], queue=False, trigger_mode="multiple", **QUIET
        )
        if not self.changeable:
            return
        deeds.then(greet, greeted[1:], greeted, queue=False, **QUIET)
        page.load(self._open, None, self._drop, queue=False, **QUIET)
        adding = self._drop.upload(
            self._add, shown, [self._drop, self._said, self._came, self._stop, table],
            concurrency_limit=2 * AT_ONCE, **QUIET,
        )  # fmt: skip
        adding.then(greet, greeted[1:], greeted, queue=False, **QUIET)
        self._stop.click(self._halt, None, [self._said, self._stop], queue=False, **QUIET)
        page.unload(self._leave_page)

    def _open(self, request: gr.Request) -> str:
        return drop_html(page_language(request))

    def _show(self, opened: Opened | None, text: str, language: str, years: str, request: gr.Request) -> str:
        said = page_language(request)
        snapshot = self._library.snapshot()
        try:
            found = entries(snapshot, text or "", language or None, years or "")
        except ClausesError as error:
            return said_html(str(error), DEFAULT)
        changeable = self._may_change(request)
        return catalogue_html(found, len(snapshot.documents), opened, said, changeable=changeable)

    def _act(
        self, opened: Opened | None, text: str, language: str, years: str, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str, Opened | None]:
        """What a button in the table does."""
        said, sentence = page_language(request), ""
        found = re.fullmatch(r"(left|sure|close|remove):([0-9a-f]{64})", str((event._data or {}).get("value")))
        deed, sha256 = (found[1], found[2]) if found else ("", "")
        wanted: Opened | None = None
        if deed in ("left", "sure"):
            wanted = Opened("left" if deed == "left" else "sure", sha256)
            wanted = None if wanted == opened else wanted
        elif deed == "remove":
            sentence = self._remove(sha256, request)
        return self._show(wanted, text, language, years, request), said_html(sentence, said), wanted

    def _remove(self, sha256: str, request: gr.Request) -> str:
        language = page_language(request)
        if not self._may_change(request):
            return message("shelf.no_leave", language)
        snapshot = self._library.snapshot()
        document = snapshot.document_by_hash.get(sha256)
        try:
            if document is None:
                return message("shelf.gone", language)
            self._library.remove(sha256)
        except NotFoundError:
            return message("shelf.gone", language)
        except ClausesError as error:
            return str(error)
        count = sum(clause.document == sha256 for clause in snapshot.clauses)
        return message("shelf.removed", language, title=flat(document.title), count=count)

    def _add(
        self, opened: Opened | None, text: str, language: str, years: str, request: gr.Request, event: gr.EventData
    ) -> Iterator[dict[Any, Any]]:
        """Add what was dropped; the visitor sees how far it is and can stop it, and everybody else goes on asking."""
        said = page_language(request)
        if not self._may_change(request):
            yield {self._said: said_html(message("shelf.no_leave", said), said)}
            return
        place = tempfile.TemporaryDirectory(prefix="clauses-", ignore_cleanup_errors=True)
        files = received((event._data or {}).get("files"), Path(place.name))
        if not files:
            place.cleanup()
            yield {self._said: said_html(message("shelf.lost", said), said)}
            return
        stop, visitor = threading.Event(), str(request.session_hash)
        self._stops[visitor] = stop
        step, fault = Step("waiting"), ""
        try:
            for step in self._intake.add(files, stop, place.cleanup):
                busy = step.state in ("waiting", "adding")
                halting = message("shelf.stopping", said) if stop.is_set() else progress_said(step, said)
                if busy:
                    yield {
                        self._drop: "", self._said: said_html(halting, said), self._came: progress_html(step, said),
                        self._stop: gr.update(visible=not stop.is_set()),
                    }  # fmt: skip
        except ClausesError as error:
            fault = str(error)
        except Exception:
            _log.exception("Documents could not be added")
            fault = message("shelf.failed", said)
        finally:
            if self._stops.get(visitor) is stop:
                del self._stops[visitor]
        parts = (message("shelf.stopped", said) if step.state == "stopped" else "", fault)
        ended = " ".join(filter(None, (*parts, summary_said(step.outcomes, said))))
        yield {
            self._drop: drop_html(said), self._said: said_html(ended, said), self._stop: gr.update(visible=False),
            self._came: summary_html(step.outcomes, self._library.snapshot(), said),
            self._table: self._show(opened, text, language, years, request),
        }  # fmt: skip

    def _halt(self, request: gr.Request) -> tuple[str, Any]:
        language = page_language(request)
        self._leave_page(request)
        return said_html(message("shelf.stopping", language), language), gr.update(visible=False)

    def _leave_page(self, request: gr.Request) -> None:
        """Stop what this visitor is adding: nobody could stop it once they are gone."""
        stop = self._stops.get(str(request.session_hash))
        if stop:
            stop.set()

    def _may_change(self, request: gr.Request) -> bool:
        return self.changeable and self._leave.given(request.headers, request.username)

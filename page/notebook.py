"""The tab where pinned quotations are kept, and the buttons that export a conversation. A notebook lies in the visitor's
browser; the server looks at it when it is asked to, and forgets it."""

from __future__ import annotations

import base64
import datetime
import itertools
import json
import logging
from collections.abc import Callable
from typing import Any

import gradio as gr

from index.errors import ClausesError, NotFoundError
from index.library import Library
from page.conversation import Turn
from page.pins import notebook_html, notebook_words, unreadable_html
from page.words import QUIET, asset, page_language
from prompts import message
from rag.export.export import (
    FORMATS,
    PAPER_FORMATS,
    Export,
    PaperFormat,
    export_conversation,
    export_notebook,
    exported_text,
)  # fmt: skip
from rag.export.papers import Exchange
from rag.notebook import MAX_PINS, NotebookError, look_up, pin_at, pin_form, read_pins

_log = logging.getLogger("clauses.page")
_serials = itertools.count()


def notebook_tab(words: gr.I18n) -> None:
    """Lay the tab out where it is called."""
    with gr.Tab(words("notebook.tab"), id="notebook", elem_id="cl-tab-notebook"):
        gr.HTML(
            elem_id="cl-notebook", html_template="<div></div>", apply_default_css=False,
            js_on_load="window.clausesNotebook(element.firstElementChild);",
        )  # fmt: skip


def notebook_keeper(library: Library) -> None:
    """The script that keeps the notebook and serves the pin buttons of the whole page. It must not be in a tab: what is in one
    is there only after it has been opened."""

    def pin_span(asked: str, request: gr.Request) -> dict[str, Any]:
        return _or_error(lambda: _pinned(asked, library), page_language(request))

    def notebook_shown(kept: str, request: gr.Request) -> dict[str, Any]:
        language = page_language(request)
        try:
            html = notebook_html(look_up(read_pins(kept), library.snapshot(), language), language)
        except NotebookError:
            html = unreadable_html(language)
        return {"html": html, "words": notebook_words(language), "most": MAX_PINS}

    def export_pins(asked: str, request: gr.Request) -> dict[str, Any]:
        language = page_language(request)
        return _or_error(lambda: _exported(asked, library, language), language)

    gr.HTML(
        elem_id="cl-keeper", html_template="<span></span>", apply_default_css=False, js_on_load=asset("notebook.js"),
        server_functions=[pin_span, notebook_shown, export_pins],
    )  # fmt: skip


def conversation_export(turns: gr.State, library: Library, words: gr.I18n) -> None:
    """The buttons that export the conversation in `turns`, where it is called."""
    outlet = gr.HTML(
        elem_id="cl-outlet", html_template="<span></span>", apply_default_css=False,
        js_on_load=asset("outlet.js"),
    )  # fmt: skip

    def exporting(form: PaperFormat) -> Callable[..., str]:
        def export(now: tuple[Turn, ...], request: gr.Request) -> str:
            language = page_language(request)
            exchanges = [Exchange(turn.question, turn.answer) for turn in now if turn.done]
            today = datetime.date.today()
            made = _or_error(
                lambda: _sent(export_conversation(exchanges, form, library.snapshot(), language, today), language),
                language,
            )
            if not exchanges:  # the button is there below answers alone: those of before a restart of the server
                made = {"error": message("page.forgotten", language)}
            return json.dumps({**made, "serial": next(_serials)})  # the same file twice is two downloads

        return export

    for form in PAPER_FORMATS:
        button = gr.Button(words(f"notebook.export_{form}"), elem_id=f"cl-export-{form}", size="sm")
        button.click(exporting(form), turns, outlet, queue=False, **QUIET)


def _pinned(asked: str, library: Library) -> dict[str, str]:
    """The pin of `{"span", "question"}` as JSON."""
    row = json.loads(asked)
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return {"pin": pin_form(pin_at(str(row["span"]), library.snapshot(), question=str(row["question"]), now=now))}


def _exported(asked: str, library: Library, language: str) -> dict[str, str]:
    """The file of `{"form", "pins"}`."""
    row = json.loads(asked)
    form = next(form for form in FORMATS if form == row["form"])
    pins = read_pins(str(row["pins"]))
    return _sent(export_notebook(pins, form, library.snapshot(), language, datetime.date.today()), language)


def _sent(file: Export, language: str) -> dict[str, str]:
    """A file as the browser takes it; nothing of it stays here."""
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "media": file.media, "content": content, "said": exported_text(file, language)}


def _or_error(made: Callable[[], dict[str, Any]], language: str) -> dict[str, Any]:
    """What was asked for, or a sentence that says why not."""
    try:
        return made()
    except NotebookError:
        return {"error": message("notebook.unreadable", language)}
    except NotFoundError:
        return {"error": message("page.gone", language)}
    except ClausesError as error:
        return {"error": str(error)}
    except Exception:
        _log.exception("The notebook could not be served")
        return {"error": message("notebook.failed", language)}

"""The chat page: renders Answers, decides nothing. All text of documents and people is escaped before it is HTML."""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from babel import Locale

from index.bodies import name_in
from index.errors import ClausesError
from index.language import LANGUAGES
from index.library import Library
from page.conversation import Turn, converse, halted, opened, transcript
from page.escape import text
from page.look import theme
from page.welcome import EXAMPLES, welcome_html
from page.words import document_name, page_language, page_words
from prompts import DEFAULT, message

ASSETS = Path(__file__).parent / "page" / "assets"
AT_ONCE, WAITING = 4, 64
"""Questions that are answered at a time, and that may wait for their turn."""
_log = logging.getLogger("clauses.page")


class PortTakenError(ClausesError):
    """A port that another program listens on."""


def build(library: Library) -> gr.Blocks:
    """The page on a library. Nothing of one visitor's conversation is kept where another could see it."""
    words = page_words()
    name = (
        f'<div class="cl-name"><b>{text(message("page.title", DEFAULT))}</b><span>{words("page.tagline")}</span></div>'
    )
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    page: gr.Blocks
    with gr.Blocks(title=message("page.title", DEFAULT), analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        with gr.Row(elem_id="cl-page"):
            with gr.Column(elem_id="cl-left"):
                gr.HTML(name, elem_id="cl-name", apply_default_css=False, js_on_load=None)
                chat = gr.Chatbot(
                    elem_id="cl-chat", show_label=False, container=False, buttons=[], autoscroll=False, layout="panel",
                    latex_delimiters=[], allow_tags=False, feedback_options=None, group_consecutive_messages=False,
                )  # fmt: skip
                with gr.Row(elem_id="cl-entry"):
                    box = gr.Textbox(
                        elem_id="cl-box", placeholder=words("page.placeholder"), label=words("page.placeholder"),
                        show_label=False, container=False, lines=1, max_lines=6, autofocus=True,
                    )  # fmt: skip
                    send = gr.Button(words("page.ask"), elem_id="cl-ask", variant="primary")
                    stop = gr.Button(words("page.stop"), elem_id="cl-stop", visible=False)
                with gr.Accordion(words("page.within"), open=False, elem_id="cl-within"), gr.Row():
                    documents = gr.Dropdown([], multiselect=True, label=words("page.documents"), elem_id="cl-documents")
                    languages = gr.Dropdown(
                        [(Locale(code).get_display_name() or code, code) for code in LANGUAGES], multiselect=True,
                        label=words("page.languages"), elem_id="cl-languages",
                    )  # fmt: skip
                    years = gr.Textbox(
                        label=words("page.years"), placeholder="2019-2022", max_lines=1, elem_id="cl-years"
                    )
                    bodies = gr.Dropdown([], multiselect=True, label=words("page.bodies"), elem_id="cl-bodies")
                    sections = gr.Textbox(label=words("page.sections"), max_lines=1, elem_id="cl-sections")
                with gr.Row(elem_id="cl-more"):
                    retry = gr.Button(words("page.retry"), elem_id="cl-retry", visible=False, size="sm")
                    clear = gr.Button(words("page.clear"), elem_id="cl-clear", visible=False, size="sm")
            pane = gr.HTML(
                elem_id="cl-pane", apply_default_css=False, js_on_load=(ASSETS / "page.js").read_text(encoding="utf-8")
            )
        view = [chat, turns, send, stop, retry, clear]

        def shown(now: tuple[Turn, ...]) -> dict[Any, Any]:
            busy = bool(now) and not now[-1].done
            visible = {send: not busy, stop: busy, retry: bool(now) and not busy, clear: bool(now)}
            return {chat: transcript(now), turns: now, **{b: gr.update(visible=v) for b, v in visible.items()}}

        def respond(
            typed: str, now: tuple[Turn, ...], names: list[str], tongues: list[str], span: str | None, whose: list[str],
            part: str | None,
            request: gr.Request, event: gr.EventData,
        ) -> Iterator[dict[Any, Any]]:  # fmt: skip
            language, question, left = page_language(request), typed, gr.update(value="")
            now = halted(now, language)
            source = getattr(event.target, "elem_id", None)
            if source == "cl-pane":
                code = (event._data or {}).get("value")
                question, left = message("page.example", code) if code in EXAMPLES else "", gr.skip()
            elif source == "cl-retry":
                question, now, left = (now[-1].question if now else ""), now[:-1], gr.skip()
            if not question.strip():
                gr.Info(message("page.empty_question", language), duration=3)
                return
            part = (part or "").strip()
            chosen = names, tongues, (span or "").strip(), whose, [part] if part else []
            for step in converse(question, now, library, language, chosen):
                yield {**shown(step), box: left}
                left = gr.skip()

        def halt(now: tuple[Turn, ...], request: gr.Request) -> dict[Any, Any]:
            return shown(halted(now, page_language(request)))

        def open_document(now: tuple[Turn, ...], request: gr.Request, event: gr.EventData) -> Any:
            place = str((event._data or {}).get("value"))
            found = opened(place, now, library, page_language(request))
            return gr.skip() if found is None else found

        def greet(request: gr.Request) -> Any:
            held, language = library.snapshot().documents, page_language(request)
            whose = sorted({document.body for document in held if document.body})
            named = [(document_name(document), document.slug) for document in held]
            return {
                chat: gr.update(placeholder=welcome_html(held, language)),
                documents: gr.update(choices=named),
                bodies: gr.update(choices=[(name_in(body, language), body) for body in whose]),
            }

        page.load(greet, None, [chat, documents, bodies], queue=False, **quiet)
        asking = gr.on(
            [send.click, box.submit, retry.click, pane.select], respond,
            [box, turns, documents, languages, years, bodies, sections], [*view, box],
            concurrency_limit=AT_ONCE, **quiet,
        )  # fmt: skip
        stop.click(halt, turns, view, cancels=asking, queue=False, **quiet)
        clear.click(lambda: {**shown(()), pane: ""}, None, [*view, pane], cancels=asking, queue=False, **quiet)
        pane.click(open_document, turns, pane, queue=False, trigger_mode="always_last", **quiet)
        chat.change(None, js="() => { window.clausesFollow && window.clausesFollow() }")
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, api_open=False)
    return page


@dataclass(frozen=True, slots=True)
class Server:
    """The page while it is being served."""

    url: str
    page: gr.Blocks

    def close(self) -> None:
        """Stop serving."""
        self.page.close(verbose=False)


def serve(
    library: Library, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False, block: bool = True
) -> Server | None:
    """Serve the page; return when it is interrupted, or at once with a handle where `block` is False.

    Raises PortTakenError for a port that is taken: another one is never taken silently.
    """
    _check_free(host, port)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks itself over HTTP whether it is up: that must not go to a proxy
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost"]))
    page = build(library)
    _, url, _ = page.launch(
        server_name=host, server_port=port, inbrowser=open_browser, prevent_thread_lock=True, quiet=True, share=False,
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, mcp_server=False, pwa=False,
        max_file_size=1, app_kwargs={"openapi_url": None},
        state_session_capacity=1000, show_error=False, i18n=page_words(), theme=theme(),
        css=(ASSETS / "page.css").read_text(encoding="utf-8"), favicon_path=ASSETS / "favicon.svg",
        head='<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
    )  # fmt: skip
    server = Server(url, page)
    threading.Thread(target=_warm, args=(library,), daemon=True).start()
    if not block:
        return server
    print(f"Clauses is at {url} (Ctrl+C stops it)", flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        server.close()
        return None


def main() -> None:
    """`python app.py`: the page on the library and the model that the environment names."""
    from rag.edge import open_library

    serve(open_library())


def _check_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as the server binds; elsewhere this option would allow a port that is taken
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise ClausesError(f"Port {port} may not be used by this user; name one above 1023 with --port.") from None
    except socket.gaierror:
        raise ClausesError(f'"{host}" is no address of this machine; name one with --host.') from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise ClausesError(f'"{host}" is no address of this machine; name one with --host.') from None
        raise PortTakenError(f"Port {port} is taken by another program; name another with --port.") from None


def _warm(library: Library) -> None:
    """Load the model before the first question comes. What goes wrong here is said to the first who asks."""
    try:
        library.searchable()
    except Exception:
        _log.info("The model is not ready", exc_info=True)


if __name__ == "__main__":
    main()

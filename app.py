"""The page: its parts put together and served. It renders and decides nothing."""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
import time
from dataclasses import dataclass

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from starlette.middleware import Middleware

from index.errors import ClausesError
from index.library import Library
from page.asking import asking_tab
from page.early import EarlyScript
from page.head import head_html
from page.look import theme
from page.words import ASSETS, AT_ONCE, asset, page_words, styles
from prompts import DEFAULT, message
from rag.examples import examples

WAITING = 64
"""Questions that may wait for their turn."""
_log = logging.getLogger("clauses.page")


class PortTakenError(ClausesError):
    """A port that another program listens on."""


def build(library: Library) -> gr.Blocks:
    """The page on a library. Nothing of one visitor's conversation is kept where another could see it."""
    words = page_words()
    page: gr.Blocks
    with gr.Blocks(title=message("page.title", DEFAULT), analytics_enabled=False, fill_width=True) as page:
        pane = gr.HTML(elem_id="cl-pane", apply_default_css=False, js_on_load=asset("page.js"), render=False)
        with gr.Row(elem_id="cl-page"):
            with gr.Column(elem_id="cl-left"):
                gr.HTML(
                    head_html(str(words("page.tagline"))), elem_id="cl-name", apply_default_css=False,
                    js_on_load=asset("head.js"),
                )  # fmt: skip
                with gr.Tabs(elem_id="cl-tabs"), gr.Tab(words("page.tab_ask"), id="ask", elem_id="cl-tab-ask"):
                    asking_tab(page, library, words, pane)
            pane.render()  # type: ignore[no-untyped-call]
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
        max_file_size=1, app_kwargs={"openapi_url": None, "middleware": [Middleware(EarlyScript)]},
        state_session_capacity=1000, show_error=False, i18n=page_words(), theme=theme(),
        css=styles(), favicon_path=ASSETS / "favicon.svg",
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
    """Load the model and find the examples before the first question. What goes wrong here is said to the first who asks."""
    try:
        examples(library)
    except Exception:
        _log.info("The model is not ready", exc_info=True)


if __name__ == "__main__":
    main()

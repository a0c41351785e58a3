"""The page: its parts put together and served. It renders and decides nothing."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from starlette.middleware import Middleware

from index.errors import ClausesError
from index.library import Library
from page.asking import asking_tab
from page.checking import checking_tab
from page.early import EarlyScript
from page.head import head_html
from page.look import theme
from page.notebook import notebook_keeper, notebook_tab
from page.shelf import ShelfTab
from page.uploads import KEPT, MAX_MB, private_folder
from page.words import ASSETS, AT_ONCE, asset, page_words, styles
from prompts import DEFAULT, message
from rag.examples import examples
from rag.feedback import FILE
from rag.leave import Account, Leave, leave_for

WAITING = 64
"""Questions that may wait for their turn."""
_log = logging.getLogger("clauses.page")


class PortTakenError(ClausesError):
    """A port that another program listens on."""


def build(library: Library, leave: Leave, feedback: Path | None = None) -> gr.Blocks:
    """The page on a library, which those who have `leave` may change. Nothing of one visitor's conversation is kept where
    another could see it, but what readers say of answers in the file `feedback`."""
    private_folder()
    words = page_words()
    page: gr.Blocks
    with gr.Blocks(
        title=message("page.title", DEFAULT), analytics_enabled=False, fill_width=True, delete_cache=(KEPT, KEPT)
    ) as page:
        pane = gr.HTML(
            elem_id="cl-pane", apply_default_css=False, js_on_load=asset("page.js") + asset("reading.js"), render=False
        )
        with gr.Row(elem_id="cl-page"):
            with gr.Column(elem_id="cl-left"):
                gr.HTML(
                    head_html(str(words("page.tagline"))), elem_id="cl-name", apply_default_css=False,
                    js_on_load=asset("head.js"),
                )  # fmt: skip
                with gr.Tabs(elem_id="cl-tabs", overflow_behavior="wrap"):
                    with gr.Tab(words("page.tab_ask"), id="ask", elem_id="cl-tab-ask"):
                        greet, greeted = asking_tab(page, library, words, pane, feedback)
                    with gr.Tab(words("check.tab"), id="check", elem_id="cl-tab-check"):
                        checking_tab(page, library, words)
                    with gr.Tab(words("shelf.tab"), id="shelf", elem_id="cl-tab-shelf") as tab:
                        ShelfTab(library, words, leave).wire(page, tab, greet, greeted)
                    notebook_tab(words)
                notebook_keeper(library)
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
    library: Library, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False, block: bool = True,
    leave: Leave | None = None, accounts: Sequence[Account] = (), feedback: Path | bool = True,
) -> Server | None:  # fmt: skip
    """Serve the page; return when it is interrupted, or at once with a handle where `block` is False.

    leave: who may change the library; None for what `leave_for` thinks safe. accounts: who may log in; without any,
    everybody who reaches the page may ask. feedback: the file for what readers say of answers; True for one beside the
    library, False to ask nobody.

    Raises PortTakenError for a port that is taken: another one is never taken silently.
    """
    _check_free(host, port)
    leave = leave or leave_for(host, members=bool(accounts))
    if not library.writable:
        leave = Leave(
            "nobody", "The library's folder cannot be written, so nobody can add or remove documents on the page."
        )
    for name in ("NO_PROXY", "no_proxy"):  # Gradio asks itself over HTTP whether it is up: that must not go to a proxy
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1,localhost"]))
    kept = library.folder / FILE if feedback is True else feedback or None
    page = build(library, leave, kept)
    _, url, _ = page.launch(
        server_name=host, server_port=port, inbrowser=open_browser, prevent_thread_lock=True, quiet=True, share=False,
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, mcp_server=False, pwa=False,
        max_file_size=f"{MAX_MB}mb" if leave.who != "nobody" else 1, auth=list(accounts) or None,
        app_kwargs={"openapi_url": None, "middleware": [Middleware(EarlyScript)]},
        state_session_capacity=1000, show_error=False, i18n=page_words(), theme=theme(),
        css=styles(), favicon_path=ASSETS / "favicon.svg",
        head='<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
    )  # fmt: skip
    server = Server(url, page)
    threading.Thread(target=_warm, args=(library,), daemon=True).start()
    if not block:
        return server
    try:
        # Before anybody is told that it runs, and may end it: or what was uploaded would outlive the server.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        print(f"Clauses is at {url} (Ctrl+C stops it)", *filter(None, [leave.said]), sep="\n", flush=True)
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

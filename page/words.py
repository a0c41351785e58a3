"""The page's own words, and the language that somebody reads them in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from index.clause import Document
from index.language import LANGUAGES
from page.escape import flat
from prompts import DEFAULT, messages

ASSETS = Path(__file__).with_name("assets")
AT_ONCE = 4
"""Questions that are answered at a time."""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""How every event of the page is wired: no spinner of Gradio's over it, nothing in a public API."""
CHOSEN = "clauses-language"
"""Cookie and entry of the browser's storage that hold the language chosen on the page."""
TABLES = ("page.", "chat.", "check.", "shelf.", "notebook.")
"""Tables of messages that the page's components take their words from."""


def page_language(request: gr.Request) -> str:
    """The language of the page's own words: the one chosen on the page, else the browser's first, as `gr.I18n` picks it."""
    return language_of(request.cookies, request.headers)


def language_of(cookies: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """The same from a request's cookies and headers."""
    chosen = str(cookies.get(CHOSEN, ""))
    if chosen in LANGUAGES:
        return chosen
    first = str(headers.get("accept-language", ""))[:2].lower()
    return first if first in LANGUAGES else DEFAULT


def page_words() -> gr.I18n:
    """The page's own words in the six languages; the browser picks, as `head.js` lets it."""
    said = {code: {k: v for k, v in messages(code).items() if k.startswith(TABLES)} for code in LANGUAGES}
    return gr.I18n(**said, **{"zh-CN": said["zh"]})  # as Gradio calls it


def document_name(document: Document) -> str:
    """A document in a list to choose from: its symbol and language, or its title."""
    if document.symbol is None:
        return flat(document.title)[:80]
    return f"{document.symbol} · {document.language}" if document.language else document.symbol


def asset(name: str) -> str:
    """A script or style of the page."""
    return (ASSETS / name).read_text(encoding="utf-8")


def styles() -> str:
    """All styles of the page, one file after the other by name."""
    return "\n".join(asset(file.name) for file in sorted(ASSETS.glob("*.css")))

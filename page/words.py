"""The page's own words, and the language that somebody reads them in."""

from __future__ import annotations

import gradio as gr

from index.clause import Document
from index.language import LANGUAGES
from page.escape import flat
from prompts import DEFAULT, messages


def page_language(request: gr.Request) -> str:
    """The language of the page's own words: the browser's first, as `gr.I18n` picks it."""
    first = str(request.headers.get("accept-language", ""))[:2].lower()
    return first if first in LANGUAGES else DEFAULT


def page_words() -> gr.I18n:
    """The page's own words in the six languages; the browser picks."""
    return gr.I18n(**{code: {k: v for k, v in messages(code).items() if k.startswith("page.")} for code in LANGUAGES})


def document_name(document: Document) -> str:
    """A document in a list to choose from: its symbol and language, or its title."""
    if document.symbol is None:
        return flat(document.title)[:80]
    return f"{document.symbol} · {document.language}" if document.language else document.symbol

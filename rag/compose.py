"""An answer as Markdown, in the asker's language; the quotes stay as printed."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from prompts import message
from rag.answer import Quote


def answer_text(quotes: Sequence[Quote], language: str) -> str:
    """Lead-in and numbered quotations with their citations."""
    lead = message("lead_one", language) if len(quotes) == 1 else message("lead_many", language, count=len(quotes))
    return "\n\n".join([lead, *(_quotation(quote) for quote in quotes)])


def refusal_text(titles: Sequence[str], language: str) -> str:
    """The refusal, and what was searched."""
    if not titles:
        return f"{message('refusal', language)} {message('empty', language)}"
    names = message("label.join", language).join(message("cite.title", language, title=escape(t)) for t in titles[:5])
    if len(titles) > 5:
        names += " …"
    return f"{message('refusal', language)} {message('searched', language, documents=names)}"


def escape(text: str) -> str:
    """Text of a document or a person made safe in Markdown and HTML: every active character is written as itself."""
    flat = html.escape(text, quote=True)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:])", lambda m: f"&#{ord(m.group())};", flat)


def _quotation(quote: Quote) -> str:
    lines = escape(quote.text).split("\n")
    body = "\n".join(f"> {line}" for line in lines)
    return f"**[{quote.number}]**\n\n{body}\n>\n> — {escape(quote.citation)}"

"""An answer as Markdown, in the asker's language; the quotes stay as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prompts import message
from rag.answer import Quote


def answer_text(quotes: Sequence[Quote], language: str) -> str:
    """Lead-in and numbered quotations with their citations."""
    return "\n\n".join([lead_in(len(quotes), language), *(_quotation(quote, language) for quote in quotes)])


def lead_in(count: int, language: str) -> str:
    """What is said before so many quotations."""
    return message("lead_one", language) if count == 1 else message("lead_many", language, count=count)


NAMED = 5
"""Documents that a refusal names; of more it says that there are more."""


def searched_text(titles: Sequence[str], count: int, language: str) -> str:
    """What was searched: the first titles, as printed, of so many documents."""
    if not count:
        return message("empty", language)
    names = (message("cite.title", language, title=" ".join(title.split())) for title in titles[:NAMED])
    more = " …" if count > NAMED else ""
    return message("searched", language, documents=message("label.join", language).join(names) + more)


def refusal_text(titles: Sequence[str], language: str, nearest: Quote | None = None) -> str:
    """The refusal, what was searched, and what stands nearest where that is a near thing."""
    searched = escape(searched_text(titles, len(titles), language))
    if nearest:
        return f"{message('nearest', language)}\n\n{_cited(nearest, language)}\n\n{searched}"
    return f"{message('refusal', language)} {searched}"


def escape(text: str) -> str:
    """Text of a document or a person made safe in Markdown and HTML, still readable as it is.

    HTML's characters become entities, Markdown's get a backslash; what Markdown reads only at the start of a line
    ("1.", "-", "#") is kept from being read there.
    """
    html_safe = text.translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"})
    safe = re.sub(r"([\\`*_\[\]~$|])", r"\\\1", html_safe)
    return re.sub(r"^(\s*)(?:(\d+)([.)])|([-+#=]))", r"\1\2\\\3\4", safe, flags=re.MULTILINE)


def _quotation(quote: Quote, language: str) -> str:
    return f"**[{quote.number}]**\n\n{_cited(quote, language)}"


def _cited(quote: Quote, language: str) -> str:
    lines = escape(quote.text).split("\n")
    body = "\n".join(f"> {line}" for line in lines)
    cited = f"{body}\n>\n> — {escape(quote.citation)}"
    if quote.edition:
        other = "\n".join(f"> {line}" for line in escape(quote.edition.text).split("\n"))
        cited += f"\n\n{other}\n>\n> — {escape(quote.edition.citation)}"
    return "\n\n".join([cited, *map(escape, elsewhere(quote, language))])


def elsewhere(quote: Quote, language: str) -> list[str]:
    """Where else the quoted words stand, and where they stand with a difference: a sentence each."""
    places = {"also": quote.also, "alike": quote.alike}
    return [message(key, language, places="; ".join(own)) for key, own in places.items() if own]

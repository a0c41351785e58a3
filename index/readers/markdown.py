"""Markdown by way of HTML: footnotes, front matter and comments are left out and listed, lists keep their printed numbers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.language import LANGUAGES
from index.masthead import date_in
from index.readers.html import LEFT_OUT, html_parts
from index.readers.html_lists import AFTER
from index.readers.parts import LeftOut, Parts
from index.readers.text import decode

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_SECTION_LETTER = re.compile(r"(\n)(?=[A-Z]\.(?:\s*\n| [A-Z]))")
"""Before a line such as "B. This Convention …", which Markdown would join to the line above."""


def parts(data: bytes, name: str) -> Parts:
    """Take a Markdown file apart. Raises FileRefusedError where it shows no text."""
    from mdit_py_plugins.footnote import footnote_plugin

    text, notes = decode(data, name)
    front, said = _front_matter(text)
    text = text[len(front) :]
    loose = re.sub(r"^(#{1,6})(?=[^#\s])", r"\1 ", text, flags=re.MULTILINE)  # "##Title", as many write it
    loose = _SECTION_LETTER.sub(r"\1\n", loose)
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Where they stand: moved to the end, those that nothing refers to would be lost.
    markdown.use(footnote_plugin, inline=False, move_to_end=False)
    markdown.add_render_rule("list_item_open", _item_with_its_number)
    markdown.add_render_rule("footnote_ref", _footnote_mark)
    markdown.add_render_rule("footnote_reference_open", lambda *_: f'<div {LEFT_OUT}="footnote">')
    markdown.add_render_rule("footnote_reference_close", lambda *_: "</div>")
    markdown.add_render_rule("softbreak", lambda *_: "<br>")  # "b) …" below "a) …;" is a line of its own
    markdown.add_render_rule("html_block", _html)
    markdown.add_render_rule("html_inline", _html)
    found = html_parts(markdown.render(loose), name, notes)
    listed = (LeftOut("front matter", " ".join(front.split())), *found.left_out) if front else found.left_out
    return replace(
        found, left_out=listed, title=_text(said, "title"), symbol=_text(said, "symbol"), date=_date(said),
        language=_language(said) or found.language,
    )  # fmt: skip


def _item_with_its_number(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """A list item keeps the number it has in the file, and its stop or bracket; CommonMark would count anew from the first."""
    return f'<li value="{tokens[at].info}" {AFTER}="{tokens[at].markup}">' if tokens[at].info else "<li>"


def _footnote_mark(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    return f'<span {LEFT_OUT}="footnote mark">{tokens[at].meta["label"]}</span>'


def _html(_: object, tokens: Sequence[Token], at: int, *__: object) -> str:
    """HTML in a file as it stands; comments as what is left out, for they are seen by nobody, and are words all the same."""
    said = r'<span %s="comment">%s</span>'
    return re.sub(
        r"<!--(.*?)-->", lambda found: said % (LEFT_OUT, escape(found[1])), tokens[at].content, flags=re.DOTALL
    )


def _front_matter(text: str) -> tuple[str, dict[str, Any]]:
    """The YAML at the head of a file as it stands, and what it says by key in small letters; nothing where there is none: two
    rules with a sentence between them are text."""
    import yaml

    found = _FRONT.match(text)
    if found is None:
        return "", {}
    try:
        said = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        # Not YAML, but nobody writes a clause so either: every line is a key, or goes on from one.
        return (found[0], {}) if re.fullmatch(r"(?:[\w-]+:.*\n|[ \t#-].*\n|\s*\n)+", found[1]) else ("", {})
    return (found[0], {str(key).lower(): value for key, value in said.items()}) if isinstance(said, dict) else ("", {})


def _text(said: dict[str, Any], key: str) -> str | None:
    value = said.get(key)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _date(said: dict[str, Any]) -> datetime.date | None:
    value = said.get("date")
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.date.fromisoformat(value.strip()[:10])
    except ValueError:
        return date_in(value)


def _language(said: dict[str, Any]) -> str | None:
    for key in ("lang", "language", "locale"):
        value = said.get(key)
        code = (
            value.strip().lower()[:2]
            if isinstance(value, str) and re.match(r"\s*[a-zA-Z]{2}(?![a-zA-Z])", value)
            else ""
        )
        if code in LANGUAGES:
            return code
    return None

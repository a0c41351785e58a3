"""Text of documents and people as HTML, with nothing left in it that HTML or Markdown would act on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_ACTIVE = re.compile(r"[&<>\"'=\\`*_{}\[\]()#+\-.!|~$:@\n\t]")
"""Characters that mean something to HTML or Markdown, which makes spaces of a tab."""


def text(value: str) -> str:
    """Text of a document or a person as HTML on one line, with nothing left that HTML or Markdown would act on."""
    sound = re.sub(r"[\ud800-\udfff]", "\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    return _ACTIVE.sub(lambda found: f"&#{ord(found.group())};", sound)


def marked(source: str, start: int, end: int, spans: Sequence[tuple[int, int]], *, places: bool = False) -> str:
    """`source[start:end]` as HTML, the parts of it that lie in `spans` marked; with their offsets where `places` is set."""
    cuts = sorted({start, end, *(cut for span in spans for cut in span if start < cut < end)})
    pieces = []
    for left, right in itertools.pairwise(cuts):
        inside = any(first <= left and right <= last for first, last in spans)
        at = f' data-at="{left}"' if places else ""
        pieces.append(f"<mark{at}>{text(source[left:right])}</mark>" if inside else text(source[left:right]))
    return "".join(pieces)


def tongue(language: str | None) -> str:
    """The attributes `lang` and `dir` of an element in a language; None where it is not known."""
    if language is None or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        return ' dir="auto"'
    right_to_left = language.split("-")[0] in ("ar", "fa", "he", "ur")
    return f' lang="{language}" dir="{"rtl" if right_to_left else "ltr"}"'


def isolated(sentence: str, titles: Sequence[str]) -> str:
    """A sentence as HTML, the titles in it set apart so that Arabic and Latin text do not run into each other."""
    html = text(sentence)
    for title in {text(flat(title)) for title in titles} - {""}:
        html = html.replace(title, f"<bdi>{title}</bdi>", 1)
    return html


def flat(title: str) -> str:
    return " ".join(title.split())

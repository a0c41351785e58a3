"""The tools above a document: its outline, the way from quotation to quotation, its editions, a link."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from index.structure.outline import outline
from page.escape import text, tongue
from prompts import message
from rag.locate import Spot

DEEPEST = 3
"""Depth below which entries of the outline are no further indented."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the tools of one opened document work on."""

    serial: str
    """Id of the document's element."""
    spot: Spot
    quoted: tuple[tuple[int, int], ...]
    """Spans quoted from the document, in order, each start once."""
    shown: tuple[int, int]
    """First and last (exclusive) offset of the text that is shown."""
    languages: tuple[str, ...]
    """That the library has the work in."""
    language: str | None
    """Of what is looked at."""


def tools_html(tools: Tools, language: str) -> str:
    """The row of tools, and below it the outline, which is closed at first."""
    entries = _entries(tools)
    contents = listed = ""
    if len(entries) > 1:
        name, said = f"{tools.serial}-outline", text(message("reading.contents", language))
        state = f'aria-expanded="false" aria-controls="{name}"'
        contents = f'<button type="button" class="cl-tool cl-contents" {state}>{said}</button>'
        own = tongue(tools.spot.document.language)
        listed = (
            f'<nav class="cl-outline" id="{name}" aria-label="{said}" hidden><ul{own}>{"".join(entries)}</ul></nav>'
        )
    row = f"{contents}{_quotations(tools, language)}{_editions(tools, language)}{_link(language)}"
    return f'<div class="cl-tools"{tongue(language)}>{row}</div>{listed}'


def goto(document: str, start: int, end: int) -> str:
    """The value of a button that opens a document at a span."""
    return f"span:{document}:{start}-{end}"


def language_name(code: str) -> str:
    """A language in its own words; its code where it is not known."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (ValueError, UnknownLocaleError):
        return code


def _entries(tools: Tools) -> list[str]:
    """Each heading as a button: one that is shown is scrolled to, for another the document is opened there."""
    first, last = tools.shown
    found = []
    for heading in outline(tools.spot.document):
        inside = first <= heading.start < last
        way = "cl-jump" if inside else "cl-goto"
        value = str(heading.start) if inside else goto(tools.spot.document.sha256, heading.start, heading.end)
        found.append(
            f'<li class="cl-depth-{min(heading.depth, DEEPEST)}">'
            f'<button type="button" class="{way}" value="{value}" dir="auto">{text(heading.text)}</button></li>'
        )
    return found


def _quotations(tools: Tools, language: str) -> str:
    """To the one before and the one after, with a count. Where each lies is in hidden buttons, which open what is not shown."""
    if not tools.quoted:
        return ""
    count, current = len(tools.quoted), -1
    ways = []
    for position, (start, end) in enumerate(tools.quoted):
        if start == tools.spot.start:
            current = position
        said = text(message("reading.count", language, number=position + 1, count=count))
        value = goto(tools.spot.document.sha256, start, end)
        ways.append(
            f'<button type="button" class="cl-goto" hidden value="{value}" data-at="{start}" data-said="{said}"></button>'
        )
    key = "reading.count" if current >= 0 else "reading.quoted"
    said = text(message(key, language, number=current + 1, count=count))
    back, on, all_of = (text(message(f"reading.{key}", language)) for key in ("previous", "next", "quotations"))
    return (
        f'<div class="cl-steps" role="group" aria-label="{all_of}" data-current="{current}" data-from="{tools.spot.start}">'
        f'<button type="button" class="cl-tool cl-previous" aria-label="{back}" title="{back}">↑</button>'
        f'<span class="cl-count" role="status">{said}</span>'
        f'<button type="button" class="cl-tool cl-next" aria-label="{on}" title="{on}">↓</button>{"".join(ways)}</div>'
    )


def _editions(tools: Tools, language: str) -> str:
    """The languages of the work, the one that is read pressed. The script adds the offset of the clause in view."""
    if len(tools.languages) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="cl-tool cl-tongue" aria-pressed="{str(code == tools.language).lower()}" '
        f'value="edition:{text(code)}:{tools.spot.document.sha256}"{tongue(code)}>{text(language_name(code))}</button>'
        for code in tools.languages
    )
    return f'<div class="cl-tongues" role="group" aria-label="{text(message("reading.editions", language))}">{buttons}</div>'


def _link(language: str) -> str:
    """Copies a link to the clause in view, and says which that was."""
    copied = text(message("reading.link_copied", language, clause="{clause}"))
    return (
        f'<button type="button" class="cl-tool cl-link" data-said="{copied}">{text(message("reading.link", language))}</button>'
        '<span class="cl-status" role="status"></span>'
    )

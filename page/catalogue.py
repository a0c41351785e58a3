"""The documents of a library as a table, and below one of them what it left out or whether it is to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from babel import Locale, UnknownLocaleError

from index.bodies import name_in
from index.clause import Document, LeftOut
from page.escape import flat, isolated, text, tongue
from prompts import DEFAULT, message
from rag.cite import printed_date
from rag.shelf import Entry
from rag.twins import year_of

SHOWN = 200
"""Documents that the table shows."""
SHOWN_LEFT_OUT = 400
"""Pieces that the list of what a document left out shows."""
KINDS = ("running head", "page number", "footnote", "footnote mark", "page mark", "picture")
"""Kinds of what is left out that have names of their own."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands open below a document in the table."""

    what: Literal["left", "sure"]
    """What it left out, or the question whether it is to be removed."""
    sha256: str
    """Of the document."""


def catalogue_html(
    entries: Sequence[Entry], total: int, opened: Opened | None, language: str, *, changeable: bool
) -> str:
    """A table of documents. total: how many the library has; changeable: whether they can be removed."""
    if not total or not entries:
        said = text(message("shelf.none" if total else "shelf.empty", language))
        return f'<p class="cl-none"{tongue(language)}>{said}</p>'
    clauses = sum(entry.clauses for entry in entries)
    counted = text(message("shelf.counted", language, count=len(entries), total=total, clauses=clauses))
    heads = "".join(
        f'<th role="columnheader" scope="col">{text(message(f"shelf.{key}", language))}</th>'
        for key in ("document", "language", "date", "clauses", "deeds")
    )
    rows = "".join(_row(entry, opened, language, changeable) for entry in entries[:SHOWN])
    rest = len(entries) - SHOWN
    more = f'<p class="cl-count">{text(message("shelf.more", language, count=rest))}</p>' if rest > 0 else ""
    return (
        f'<div{tongue(language)}><p class="cl-count">{counted}</p><table class="cl-books" role="table" '
        f'aria-label="{text(message("shelf.tab", language))}"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>{more}</div>'
    )


def languages_of(document: Document, language: str) -> str:
    """The languages of a document by their names in another one; empty where none is known."""
    codes = [document.language] if document.language else sorted({r.language for r in document.rows if r.language})
    return ", ".join(_language(code, language) for code in codes)


def _language(code: str, language: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(language) or code
    except (ValueError, UnknownLocaleError):
        return code


def _row(entry: Entry, opened: Opened | None, language: str, changeable: bool) -> str:
    document = entry.document
    own = opened if opened and opened.sha256 == document.sha256 else None
    start, end = (entry.first.start, entry.first.end) if entry.first else (0, 1)
    body = name_in(document.body, language) if document.body else None
    about = " · ".join(f"<bdi>{text(part)}</bdi>" for part in (document.symbol, body, document.source) if part)
    ships = f' <span class="cl-ships">{text(message("shelf.ships", language))}</span>' if entry.ships else ""
    year = year_of(document)
    date = printed_date(document.date, language) if document.date else str(year or "")
    cells = "".join(
        f'<td role="cell"><span class="cl-of">{_pair(f"shelf.{key}", "", language)}</span>{text(value) or "–"}</td>'
        for key, value in (
            ("language", languages_of(document, language)), ("date", date), ("clauses", str(entry.clauses)),
        )
    )  # fmt: skip
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><button type="button" class="cl-goto" '
        f'value="span:{document.sha256}:{start}-{end}"{tongue(document.language)}>{text(flat(document.title))}</button>{ships}'
        f'<p class="cl-about">{about}</p></th>{cells}<td role="cell" class="cl-deeds">'
        f"{_deeds(entry, own, language, changeable)}</td></tr>{_below(entry, own, language, changeable)}"
    )


def _deeds(entry: Entry, own: Opened | None, language: str, changeable: bool) -> str:
    document, deeds = entry.document, ""
    count = len(document.left_out) + len(document.notes)
    if count:
        state = "true" if own and own.what == "left" else "false"
        said = text(message("shelf.left_out", language, count=count))
        deeds += (
            f'<button type="button" class="cl-deed" id="left-{document.sha256}" value="left:{document.sha256}" '
            f'aria-expanded="{state}">{said}</button>'
        )
    if changeable:
        named = text(message("shelf.remove_named", language, title=flat(document.title)))
        deeds += (
            f'<button type="button" class="cl-deed" id="sure-{document.sha256}" value="sure:{document.sha256}" '
            f'aria-label="{named}">{text(message("shelf.remove", language))}</button>'
        )
    return deeds


def _below(entry: Entry, own: Opened | None, language: str, changeable: bool) -> str:
    """The row below a document that something stands open in."""
    if own is None or (own.what == "sure" and not changeable):
        return ""
    inside = _left_out(entry.document, language) if own.what == "left" else _sure(entry, language)
    return f'<tr role="row" class="cl-below"><td role="cell" colspan="5">{inside}</td></tr>'


def _sure(entry: Entry, language: str) -> str:
    document = entry.document
    title = flat(document.title)
    asked = isolated(message("shelf.sure", language, title=title), [title])
    ships = f"<p>{text(message('shelf.sure_ships', language))}</p>" if entry.ships else ""
    return (
        f'<div class="cl-sure" role="group" tabindex="-1" data-focus aria-label="{text(message("shelf.remove", language))}">'
        f'<p>{asked}</p>{ships}<div class="cl-deeds"><button type="button" class="cl-deed cl-remove" '
        f'value="remove:{document.sha256}">{text(message("shelf.remove", language))}</button>'
        f'<button type="button" class="cl-deed" value="close:{document.sha256}">{text(message("shelf.keep", language))}'
        "</button></div></div>"
    )


def _left_out(document: Document, language: str) -> str:
    """What the file has and the text has not, by kind and page; what had to be assumed while reading it."""
    by_kind: dict[str, list[LeftOut]] = {}
    for piece in document.left_out[:SHOWN_LEFT_OUT]:
        by_kind.setdefault(piece.kind if piece.kind in KINDS else "other kind", []).append(piece)
    groups = "".join(
        f"<h3>{_pair('shelf.' + kind.replace(' ', '_'), str(len(pieces)), language)}</h3>"
        f"<ul>{''.join(_piece(piece, document.language, language) for piece in pieces)}</ul>"
        for kind, pieces in sorted(by_kind.items(), key=lambda found: [*KINDS, "other kind"].index(found[0]))
    )
    rest = len(document.left_out) - SHOWN_LEFT_OUT
    if rest > 0:
        groups += f"<p>{text(message('page.more', language, count=rest))}</p>"
    if document.notes:
        notes = "".join(f"<li{tongue(DEFAULT)}>{text(note)}</li>" for note in document.notes)
        groups += f"<h3>{text(message('shelf.notes', language))}</h3><ul>{notes}</ul>"
    title = text(message("shelf.left_title", language))
    return (
        f'<div class="cl-left-out" role="group" tabindex="-1" data-focus aria-label="{title}">'
        f'<h2>{title}</h2>{groups}<div class="cl-deeds">'
        f'<button type="button" class="cl-deed" value="close:{document.sha256}">{text(message("shelf.close", language))}'
        "</button></div></div>"
    )


def _pair(key: str, value: str, language: str) -> str:
    """A word of the page and a value, with the language's own colon."""
    return text(message("shelf.pair", language, name=message(key, language), value=value))


def _piece(piece: LeftOut, tongue_of: str | None, language: str) -> str:
    page = f"<i>{text(message('cite.page', language, page=piece.page))}</i> " if piece.page is not None else ""
    return f"<li>{page}<span{tongue(tongue_of)}>{text(flat(piece.text)) or '–'}</span></li>"

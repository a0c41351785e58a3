"""Tables of contents: lines with dot leaders or rows of titles and pages, which lead to the text and are not it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.readers.parts import LeftOut, Paragraph, Parts, is_short
from index.readers.rows import CELL
from index.structure.marks import mark_of

LEADER = re.compile(r"(?:\.[ \u00a0]?){4,}|(?:…[ \u00a0]?){2,}|·{4,}")
"""Dots that lead from a title to its page."""
_PAGE = re.compile(r"[\s\divxlc٠-٩.,–—-]*")
_PAGE_CELL = re.compile(r"(\d{1,4})(?:\s?[-–—]\s?\d{1,4})?|[ivxlc]{1,7}")
"""A page or, in a column before it, the paragraphs of a chapter."""
_TAIL = 80
"""Characters at the end of a line that are looked at: a line of a million dots must cost no more than others."""
_TITLE = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|índice|contenido|содержание|оглавление|目\s*录|目\s*次|المحتويات|الفهرس",
    re.I,
)
_PAGES_SAID = re.compile(
    r"pages?|p\.|paragraph(?:e?s)?|páginas?|párrafos?|страницы?|стр\.|пункты?"
    r"|页\s*次|页\s*码|页|段\s*次|段|الصفحة|الفقرات|الفقرة",
    re.IGNORECASE,
)
"""What stands above the pages of a table of contents, or above the paragraphs of its chapters."""
_CAPTION = re.compile(r"(?:table|tableau|cuadro|tabla|таблица|figure|الجدول|جدول)\s+\S|表\s*\S", re.I)
_LETTERS_A_PAGE = 300
"""Characters that a page of a document has on average at least, by experience; figures beyond its pages are none."""
_BETWEEN = 3
"""Short lines between two entries ("Annexes", "Page"), at most."""
_ABOVE = 6
"""Short lines between the title "Contents" and the first entry, at most."""
_LEAST = 3
"""Entries that a table of contents without its title has, at least."""


def is_entry(text: str) -> bool:
    """Whether a line is one of a table of contents, as far as a line tells: a table of figures may have dots too."""
    leader = LEADER.search(text[-_TAIL:])
    return leader is not None and _PAGE.fullmatch(text[-_TAIL:], leader.end()) is not None


def _title_of(text: str) -> str | None:
    """The title in an entry, with dots or in a row of cells; None where a line is no entry."""
    if is_entry(text):
        return re.split(LEADER, text, maxsplit=1)[0]
    cells = text.split(CELL)
    while len(cells) > 1 and _PAGE_CELL.fullmatch(cells[-1]):
        cells.pop()
    return CELL.join(cells) if len(cells) < text.count(CELL) + 1 and re.search(r"[^\W\d]", cells[-1]) else None


def without_contents(parts: Parts) -> Parts:
    """The same parts, tables of contents left out and listed."""
    paragraphs = parts.paragraphs
    gone: set[int] = set()
    places: dict[str, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        if paragraph.short:
            places.setdefault(_bare(paragraph.text), []).append(at)
    for entries in _groups(paragraphs):
        if paragraphs[entries[0]].leads or CELL not in paragraphs[entries[0]].text:
            begins = _begin_of_lines(paragraphs, entries, places)
        else:
            begins = _begin_of_rows(paragraphs, entries, places)
        if begins is not None:
            gone |= set(range(begins, entries[-1] + 1))
    if not gone:
        return parts
    listed = tuple(LeftOut("contents", paragraphs[at].text, paragraphs[at].page) for at in sorted(gone))
    kept = tuple(paragraph for at, paragraph in enumerate(paragraphs) if at not in gone)
    return replace(parts, paragraphs=kept, left_out=parts.left_out + listed)


def _begin_of_lines(
    paragraphs: Sequence[Paragraph], entries: Sequence[int], places: dict[str, list[int]]
) -> int | None:
    """Where contents begin whose entries have dots or are said to be some by the format; None where it is another table.

    places: of each short line, where it stands, upwards."""
    above = _title_above(paragraphs, entries[0])
    if above is not None:
        return above
    titles = (_bare(_title_of(paragraphs[at].text) or "") for at in entries)
    met = sum(places.get(title, [-1])[-1] > entries[-1] for title in titles)
    leads = paragraphs[entries[0]].leads or (len(entries) >= _LEAST and 2 * met >= len(entries))
    return entries[0] if leads else None


def _begin_of_rows(paragraphs: Sequence[Paragraph], entries: Sequence[int], places: dict[str, list[int]]) -> int | None:
    """Where contents begin whose entries are rows of cells; None where the rows are a table of figures: another word than
    "Page" stands above those, or there are more than the document has pages, or the rows do not lead to its headings."""
    if len(entries) == 1:
        return None  # one row with a figure is no table of contents, whatever stands above
    first = entries[0]
    above = paragraphs[first - 1].text if first else ""
    paged = _PAGES_SAID.fullmatch(above.rsplit(CELL, 1)[-1]) is not None
    if not paged and (CELL in above or _CAPTION.match(above)):
        return None
    begins = first - paged
    met = _met_in_order(paragraphs, entries, places)
    title = _title_above(paragraphs, begins, places)
    if title is not None:
        return title if met or _are_pages(paragraphs, entries) else None
    if len(entries) < _LEAST or 2 * len(met) < len(entries):
        return None
    return (
        begins if paged or (_are_pages(paragraphs, entries) and _are_most_headings(paragraphs, entries, met)) else None
    )


def _met_in_order(paragraphs: Sequence[Paragraph], entries: Sequence[int], places: dict[str, list[int]]) -> list[int]:
    """Where further on the titles of entries stand, each below the one before."""
    met: list[int] = []
    for at in entries:
        below = met[-1] if met else entries[-1]
        found = places.get(_bare(_title_of(paragraphs[at].text) or ""), [])
        if (place := next((place for place in found if place > below), None)) is not None:
            met.append(place)
    return met


def _are_pages(paragraphs: Sequence[Paragraph], entries: Sequence[int]) -> bool:
    """Whether the figures of rows go up from row to row and may be pages of this document."""
    figures = [int(page[1]) for at in entries if (page := _page_of(paragraphs[at].text)) and page[1]]
    pages = _LEAST + sum(len(paragraph.text) for paragraph in paragraphs) // _LETTERS_A_PAGE
    known = max((paragraph.page or 0 for paragraph in paragraphs), default=0)
    upwards = all(before < after for before, after in pairwise(figures))
    return upwards and max(figures, default=0) <= max(pages, known, 2 * len(entries))


def _are_most_headings(paragraphs: Sequence[Paragraph], entries: Sequence[int], met: Sequence[int]) -> bool:
    """Whether at least half of the short lines that head a text below the entries are listed."""
    pairs = pairwise(paragraphs[entries[-1] + 1 :])
    return 2 * len(met) >= sum(one.short and not below.short and not below.row for one, below in pairs)


def _groups(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    """Positions of entries that stand together."""
    groups: list[list[int]] = []
    for at, paragraph in enumerate(paragraphs):
        if _title_of(paragraph.text) is None and not paragraph.leads:
            continue
        last = groups[-1][-1] if groups else -1
        between = paragraphs[last + 1 : at]
        leads = bool(groups) and paragraphs[last].leads
        follows = groups and leads == paragraph.leads and (leads or _follows(paragraphs[last].text, paragraph.text))
        if follows and len(between) <= _BETWEEN and all(map(_may_stand_between, between)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _title_above(paragraphs: Sequence[Paragraph], first: int, places: dict[str, list[int]] | None = None) -> int | None:
    """Where the title "Contents" stands above the first entry. places: where that is a row, only what the document has again
    below may stand between."""
    for at in range(first - 1, max(first - 2 - _ABOVE, -1), -1):
        text = paragraphs[at].text
        if _TITLE.fullmatch(text.rstrip(":： ")):
            return at
        if not _may_stand_between(paragraphs[at]) or (places is not None and places.get(_bare(text), [at])[-1] <= at):
            break
    return None


def _may_stand_between(paragraph: Paragraph) -> bool:
    return CELL not in paragraph.text and (paragraph.short or is_short(paragraph.text))


def _follows(before: str, text: str) -> bool:
    """Whether two entries may be of one table: both with dots, or both rows, whose pages go up."""
    if not (CELL in before and CELL in text):
        return (CELL in before) == (CELL in text)
    pages = [_page_of(row) for row in (before, text)]
    counted = [int(page[1]) for page in pages if page and page[1]]
    return counted == sorted(counted)


def _page_of(row: str) -> re.Match[str] | None:
    return _PAGE_CELL.fullmatch(row.rsplit(CELL, 1)[-1])


def _bare(text: str) -> str:
    """A title without its number, white space and case."""
    mark = mark_of(text)
    return "".join(text[mark.length if mark else 0 :].casefold().split())

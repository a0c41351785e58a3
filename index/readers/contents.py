"""Tables of contents: lines with dot leaders or rows of titles and pages, which lead to the text and are not it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.marks import mark_of
from index.readers.parts import CELL, LeftOut, Paragraph, Parts, is_short

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
    last = {_bare(paragraph.text): at for at, paragraph in enumerate(paragraphs) if paragraph.short}
    for entries in _groups(paragraphs):
        above = _title_above(paragraphs, entries[0])
        if len(entries) == 1 and CELL in paragraphs[entries[0]].text:
            continue  # one row with a figure is no table of contents, whatever stands above
        if above is not None or _lead_to_the_text(paragraphs, entries, last):
            gone |= set(range(entries[0] if above is None else above, entries[-1] + 1))
    if not gone:
        return parts
    listed = tuple(LeftOut("contents", paragraphs[at].text, paragraphs[at].page) for at in sorted(gone))
    kept = tuple(paragraph for at, paragraph in enumerate(paragraphs) if at not in gone)
    return replace(parts, paragraphs=kept, left_out=parts.left_out + listed)


def _groups(paragraphs: Sequence[Paragraph]) -> list[list[int]]:
    """Positions of entries that stand together."""
    groups: list[list[int]] = []
    for at, paragraph in enumerate(paragraphs):
        if _title_of(paragraph.text) is None:
            continue
        last = groups[-1][-1] if groups else -1
        between = paragraphs[last + 1 : at]
        follows = groups and _follows(paragraphs[last].text, paragraph.text)
        if follows and len(between) <= _BETWEEN and all(map(_may_stand_between, between)):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _title_above(paragraphs: Sequence[Paragraph], first: int) -> int | None:
    for at in range(first - 1, max(first - 2 - _ABOVE, -1), -1):
        if _TITLE.fullmatch(paragraphs[at].text.rstrip(":： ")):
            return at
        if not _may_stand_between(paragraphs[at]):
            break
    return None


def _may_stand_between(paragraph: Paragraph) -> bool:
    return CELL not in paragraph.text and (paragraph.short or is_short(paragraph.text))


def _follows(before: str, text: str) -> bool:
    """Whether two entries may be of one table: both with dots, or both rows, whose pages go up."""
    if not (CELL in before and CELL in text):
        return (CELL in before) == (CELL in text)
    pages = [_PAGE_CELL.fullmatch(row.rsplit(CELL, 1)[-1]) for row in (before, text)]
    counted = [int(page[1]) for page in pages if page and page[1]]
    return counted == sorted(counted)


def _lead_to_the_text(paragraphs: Sequence[Paragraph], entries: Sequence[int], last: dict[str, int]) -> bool:
    """Whether at least half of the entries are headings further on. last: where each short line stands last."""
    titles = (_bare(_title_of(paragraphs[at].text) or "") for at in entries)
    met = sum(last.get(title, -1) > entries[-1] for title in titles)
    return len(entries) >= _LEAST and 2 * met >= len(entries)


def _bare(text: str) -> str:
    """A title without its number, white space and case."""
    mark = mark_of(text)
    return "".join(text[mark.length if mark else 0 :].casefold().split())

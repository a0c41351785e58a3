"""Tables of contents: lines with dot leaders, which lead to the text and are not it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.marks import mark_of
from index.readers.parts import LeftOut, Paragraph, Parts

LEADER = re.compile(r"(?:\.[ \u00a0]?){4,}|(?:…[ \u00a0]?){2,}|·{4,}")
"""Dots that lead from a title to its page."""
_PAGE = re.compile(r"[\s\divxlc٠-٩.,–—-]*")
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


def without_contents(parts: Parts) -> Parts:
    """The same parts, tables of contents left out and listed."""
    paragraphs = parts.paragraphs
    gone: set[int] = set()
    last = {_bare(paragraph.text): at for at, paragraph in enumerate(paragraphs) if paragraph.short}
    for entries in _groups(paragraphs):
        above = _title_above(paragraphs, entries[0])
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
        if not is_entry(paragraph.text):
            continue
        last = groups[-1][-1] if groups else -1
        between = paragraphs[last + 1 : at]
        if groups and len(between) <= _BETWEEN and all(other.short for other in between):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _title_above(paragraphs: Sequence[Paragraph], first: int) -> int | None:
    for at in range(first - 1, max(first - 2 - _ABOVE, -1), -1):
        if _TITLE.fullmatch(paragraphs[at].text.rstrip(":： ")):
            return at
        if not paragraphs[at].short:
            break
    return None


def _lead_to_the_text(paragraphs: Sequence[Paragraph], entries: Sequence[int], last: dict[str, int]) -> bool:
    """Whether at least half of the entries are headings further on. last: where each short line stands last."""
    titles = (_bare(re.split(LEADER, paragraphs[at].text, maxsplit=1)[0]) for at in entries)
    met = sum(last.get(title, -1) > entries[-1] for title in titles)
    return len(entries) >= _LEAST and 2 * met >= len(entries)


def _bare(text: str) -> str:
    """A title without its number, white space and case."""
    mark = mark_of(text)
    return "".join(text[mark.length if mark else 0 :].casefold().split())

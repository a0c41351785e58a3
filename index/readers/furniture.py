"""What the pages of a plain text have besides their text: page numbers, running heads, footnotes under a rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.readers.parts import LeftOut
from index.symbols import symbol_of

NEAR = 4
"""Lines between two page numbers, at least: numbers that stand closer are a table's."""
CENTRED = 10
"""Columns before a page number that nothing else tells."""
HEAD_LINES = 2
"""Lines of a running head, at most."""
_PLAIN_NUMBER = re.compile(r"(\d{1,3})")
_PAGE_NUMBER = re.compile(
    r"[-–—]\s?(\d{1,3})\s?[-–—]|(?:page|página|стр\.|صفحة)\s*(\d{1,3})|(\d{1,3})/\d{1,3}|第\s?(\d{1,3})\s?页", re.I
)
_RULE = re.compile(r"[_─—]{5,}")
_FOOTNOTE = re.compile(r"\d{1,3}(?:[./)]|\s)|[*†‡¹²³⁴⁵⁶⁷⁸⁹]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plain text that is not empty."""

    text: str
    indent: int
    width: int
    gap: int
    """Empty lines before this one."""
    new_page: bool
    """A form feed or page furniture stands before it: then neither gap nor indent says anything."""


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[LeftOut]]:
    """The lines of the text, and what is left out, in the order of the file. A line that is left out in error is lost to every
    quotation, so each needs a second sign: its neighbours, its place or that it repeats."""
    kinds: dict[int, str] = {at: "page number" for at in _page_numbers(lines)}
    turns = sorted({at + 1 for at in kinds} | {at for at, line in enumerate(lines) if line.new_page})
    kinds |= dict.fromkeys(_running_heads(lines, turns, kinds), "running head")
    left_out: dict[int, LeftOut] = {at: LeftOut(kind, lines[at].text) for at, kind in kinds.items()}
    gone = set(kinds)
    for at, line in enumerate(lines[:-1]):
        if at not in gone and _RULE.fullmatch(line.text) and _FOOTNOTE.match(lines[at + 1].text):
            end = _end_of_footnotes(lines, at + 1, gone)
            left_out[at] = LeftOut("page mark", line.text)
            left_out[at + 1] = LeftOut("footnote", " ".join(other.text for other in lines[at + 1 : end]))
            gone |= set(range(at, end))
    kept = [
        replace(line, gap=0, new_page=True) if at - 1 in gone else line
        for at, line in enumerate(lines)
        if at not in gone
    ]
    return kept, [left_out[at] for at in sorted(left_out)]


def _page_numbers(lines: Sequence[Line]) -> list[int]:
    """Where numbers stand alone that go on from page to page, or by a form feed, and look like those of pages."""
    alone: list[tuple[int, int, bool]] = []
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        turned = line.new_page or (below is not None and below.new_page)
        parted = (not at or line.gap or line.new_page) and (below is None or below.gap or below.new_page)
        marked, plain = _PAGE_NUMBER.fullmatch(line.text), _PLAIN_NUMBER.fullmatch(line.text)
        headed = below is not None and symbol_of(below.text) is not None
        if parted and (marked or (plain and (turned or headed or line.indent >= CENTRED))):
            number = next(group for group in (marked or plain or [""]).groups() if group)  # type: ignore[union-attr]
            alone.append((at, int(number), turned))
    found = [at for at, _, turned in alone if turned]
    for (at, number, _), (other, following, _) in pairwise(alone):
        if following == number + 1 and other - at > NEAR:
            found += [at, other]
    return sorted(set(found))


def _running_heads(lines: Sequence[Line], turns: Sequence[int], numbers: dict[int, str]) -> list[int]:
    """Lines at the head of pages that repeat there, or are the symbol that the document begins with."""
    symbols = {symbol for line in lines[:10] if (symbol := symbol_of(line.text))}
    tops = [range(turn, min(turn + HEAD_LINES, len(lines))) for turn in turns]
    often = Counter(alike for top in tops for alike in {_alike(lines[at].text) for at in top if at not in numbers})
    found: list[int] = []
    for top in tops:
        for at in top:
            if at in numbers:
                continue
            if symbol_of(lines[at].text) not in symbols and often[_alike(lines[at].text)] < 2:
                break
            found.append(at)
    return found


def _alike(text: str) -> str:
    """A running head without what changes from page to page."""
    return re.sub(r"\d+", "#", text)


def _end_of_footnotes(lines: Sequence[Line], start: int, gone: set[int]) -> int:
    """Where the footnotes from `start` on end: with the page, or at an empty line, unless the next one follows in the same
    form; a number with a full stop is a paragraph's."""
    number, form = _footnote_number(lines[start].text)
    for at in range(start + 1, len(lines)):
        if at in gone or lines[at].new_page:
            return at
        following, same = _footnote_number(lines[at].text)
        goes_on = number is not None and following == number + 1 and same == form and form != "."
        if lines[at].gap and not goes_on:
            return at
        if goes_on:
            number = following
    return len(lines)


def _footnote_number(text: str) -> tuple[int | None, str]:
    """The number that a line begins with, and the character after it."""
    found = re.match(r"(\d{1,3})(\D)", text)
    return (int(found.group(1)), found.group(2)) if found else (None, "")

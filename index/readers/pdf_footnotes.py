"""Footnotes of a PDF told apart from its text: by the rule above them, drawn or typed, by their size and their marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from index.readers.pdf_layout import Line
from index.readers.pdf_paragraphs import by_column, ended
from index.readers.pdf_rules import Rule

_RULE = re.compile(r"(?:[_\-–—]\s?){5,}")
_STARRED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2}|[¹²³⁴-⁹]+)\s*\S")
_LED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2})\s*\S|(?:\d{1,3}|[a-z]|[¹²³⁴-⁹]+)(?:/|\s)\s*\S")


def without_footnotes(
    lines: Sequence[Line], body: float, rules: Mapping[int, Sequence[Rule]]
) -> tuple[list[Line], list[list[Line]]]:
    """Part the text from the footnotes: what stands in small print, or under a rule, at the foot of a column.

    A note that has not ended runs on in the small print of the next column; so do the notes at the end of a paper.
    rules: drawn ones, by page.
    """
    kept: list[Line] = []
    notes: list[list[Line]] = []
    open_note = endnotes = False
    marks: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        marks[line.page].update(mark.strip("()[] ") for mark in line.marks)
    last = 0
    for column in by_column(lines):
        page = column[0].page
        if column[0].row is not None:  # a table
            kept.extend(column)
            continue
        start, runs_on = _footnote_start(column, body, open_note, endnotes)
        ruled = start < len(column) and bool(_RULE.fullmatch(column[start].text))
        drawn = _below_drawn(column[:start], body, rules.get(page, ()), marks[page], last, open_note)
        if drawn is not None:
            start = drawn
            runs_on = open_note and not _numbered(column[start], marks[page], last)
        kept.extend(column[:start])
        endnotes = (endnotes and start == 0) or (bool(kept) and bool(_ENDNOTES.fullmatch(kept[-1].text)))
        for position, line in enumerate(column[start:]):
            begins = _leads(line, body, ruled) or (position == 0 and not runs_on)
            begins = begins or (drawn is not None and _numbered(line, marks[page], last))
            if begins and not (ruled and position == 1):
                notes.append([])
            if begins and (number := re.match(r"\d{1,3}", line.text)):
                last = int(number.group())
            notes[-1].append(line)
        open_note = start < len(column) and not ended(column[-1].text)
    return kept, notes


_SHORT_RULE, _LONGEST_NOTES = 0.62, 0.6
"""Shares of a column: the width of a rule above footnotes, and the height of its lines that they take up, at most."""
_FARTHEST = 2.6
"""Sizes of the font from one line of notes to the next, at most."""
_DRAWN = re.compile(r"(\*{1,3}|[†‡§]{1,2}|[¹²³⁴-⁹]+|\d{1,3}|[a-z](?=[\s/]))(?![\d.)])[\s/]*[^\s\d]")


def _below_drawn(
    column: Sequence[Line], body: float, rules: Sequence[Rule], marks: set[str], last: int, open_note: bool
) -> int | None:
    """Index of the first line below a drawn rule that stands above footnotes; None where there is none.

    Such a rule is short, begins where the column does, underlines nothing, and has no other rule below it, as charts and
    tables have. What stands below it begins with the mark of a note (or is the rest of a note that has not ended) and runs
    to the foot of the column without a gap, a bold line or a larger one.
    """
    if not column:
        return None
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    for rule in rules:
        position = next((n for n, line in enumerate(column) if line.base < rule.y), None)
        if position is None or any(line.base > rule.y for line in column[position:]):
            continue
        first, below = column[position], column[position:]
        last_base = below[-1].base
        if any(last_base < other.y < rule.y - 1 and other.x0 < right and other.x1 > left for other in rules):
            continue
        if any(line.bold or line.size > 1.02 * body for line in below) or any(
            before.base - line.base > _FARTHEST * line.size for before, line in pairwise(below)
        ):
            continue
        small = all(line.size <= 0.93 * body for line in below)
        placed = left - 12 <= rule.x0 <= left + 0.3 * (right - left) and rule.x1 <= right + 12
        short = rule.x1 - rule.x0 <= _SHORT_RULE * (right - left) and len(below) <= _LONGEST_NOTES * len(column) + 2
        near = rule.y - first.base < 3.5 * first.size
        if placed and near and (short or small) and not _underlines(rule, column[:position]):
            known = _numbered(first, marks, last) or first.led or (small and bool(_DRAWN.match(first.text)))
            if known or (open_note and small):
                return position
    return None


def _underlines(rule: Rule, above: Sequence[Line]) -> bool:
    """Whether a rule stands right below a line of text, within its width."""
    return any(
        line.base - rule.y < 0.35 * line.size and line.x0 - 3 <= rule.x0 and rule.x1 <= line.x1 + 3 for line in above
    )


def _numbered(line: Line, marks: set[str], last: int) -> bool:
    """Whether a line begins with a mark that stands in the text of its page, or with the number after the last note's."""
    found = _DRAWN.match(line.text)
    if found is None:
        return False
    mark = found.group(1)
    return mark in marks or not mark.isalnum() or (last > 0 and mark == str(last + 1))


_ENDNOTES = re.compile(r"(?:End)?[Nn]otes?|Notas?|Примечани[ея]|Сноски|注释?|الحواشي", re.IGNORECASE)


def _footnote_start(column: Sequence[Line], body: float, open_note: bool, endnotes: bool) -> tuple[int, bool]:
    """Index of the first line of a column's footnotes (its length where it has none); whether that goes on with a note."""
    for position in range(len(column) - 2, -1, -1):
        if _RULE.fullmatch(column[position].text) and _leads(column[position + 1], body, ruled=True):
            return position, False
    small = len(column)
    while small and column[small - 1].size <= 0.93 * body:
        small -= 1
    start = small
    while start < len(column) and not _leads(column[start], body):
        start += 1
    # The rest of an open note comes without a mark; small print without a mark elsewhere is a table.
    if small < len(column) and ((open_note and start - small < 8) or (endnotes and small == 0)) and start > small:
        return small, True
    return start, False


def _leads(line: Line, body: float, ruled: bool = False) -> bool:
    """Whether a line begins a footnote: with a raised mark in small print, or below a rule with any mark."""
    if ruled:
        return line.led or bool(_LED.match(line.text))
    return line.size <= 0.93 * body and (line.led or bool(_STARRED.match(line.text)))


_OLD_NOTE = re.compile(r"[\W_]*(\d{1,2}|[a-z])/\s")
_OLD_MARK = re.compile(r"(?:^|\s+)(\d{1,2}|[a-z])/(?=[\s,.;:)\]]|$)")


def without_old_marks(
    lines: Sequence[Line], footnotes: Sequence[Sequence[Line]]
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Lines without marks such as "1/", as papers had them before about 1996, each taken out only where a footnote begins
    with it; and the marks, with their pages."""
    known = {found.group(1) for note in footnotes for line in note[:2] if (found := _OLD_NOTE.match(line.text))}
    if not known:
        return list(lines), []
    kept: list[Line] = []
    marks: list[tuple[int, str]] = []
    for line in lines:
        own = [found for found in _OLD_MARK.finditer(line.text) if found.group(1) in known]
        text = line.text
        for found in reversed(own):
            text = text[: found.start()] + text[found.end() :]
        marks += [(line.page, f"{found.group(1)}/") for found in own]
        if text.strip():
            kept.append(replace(line, text=text.strip()) if own else line)
    return kept, marks

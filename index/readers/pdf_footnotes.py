"""Footnotes of a PDF told apart from its text: by the rule above them, drawn or typed, their size, and the mark they begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.readers.pdf_layout import Line
from index.readers.pdf_paragraphs import by_column, ended

_RULE = re.compile(r"(?:[_\-–—]\s?){5,}")
_STARRED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2}|[¹²³⁴-⁹]+)\s*\S")
_LED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2})\s*\S|(?:\d{1,3}|[a-z]|[¹²³⁴-⁹]+)(?:/|\s)\s*\S")


def without_footnotes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[list[Line]]]:
    """Part the text from the footnotes: what stands in small print, or under a rule, at the foot of a column.

    A note that has not ended runs on in the small print of the next column; so do the notes at the end of a paper.
    """
    kept: list[Line] = []
    notes: list[list[Line]] = []
    open_note = endnotes = False
    for column in by_column(lines):
        start, runs_on = _footnote_start(column, body, open_note, endnotes)
        ruled = start < len(column) and bool(_RULE.fullmatch(column[start].text))
        kept.extend(column[:start])
        endnotes = (endnotes and start == 0) or (bool(kept) and bool(_ENDNOTES.fullmatch(kept[-1].text)))
        for position, line in enumerate(column[start:]):
            begins = _leads(line, body, ruled) or (position == 0 and not runs_on)
            if begins and not (ruled and position == 1):
                notes.append([])
            notes[-1].append(line)
        open_note = start < len(column) and not ended(column[-1].text)
    return kept, notes


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

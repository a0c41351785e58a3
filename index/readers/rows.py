"""Rows of tables: what parts their cells, which cells are read together, and which lines of a text are rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from index.structure.marks import mark_of
from index.structure.phrases import is_signature
from index.symbols import is_masthead

Part = Literal["head", "more", "below"]
"""What a row is in a table whose columns have names: it names them, names them once more in the row after, or stands below."""
CELL = "\t"
"""Stands between the cells of a table's row, as where one is copied from a page; twice where the columns have names and a cell
between is empty."""
_LONG_CELL = 150
"""Characters from which on a cell is a text of its own; where two of a row are, each stands alone."""
_MOST_COLUMNS = 60
"""Columns that a cell goes over at most."""
_SENTENCE = 40
"""Characters from which on a cell that ends with a full stop is a text of its own, by experience."""
_FULL_STOPS = (".", "。", "．", "۔")
ENDS = tuple(".!?。！？…:：;；۔؟,，،؛")
"""What a sentence or a part of one ends with, and a heading does not."""

_FIGURE = r"(?:[($-]?\d(?:[\d.,]*\d)?[)%]{0,2}|[–—−-])"
_FIGURES = re.compile(rf"(?:^|\s){_FIGURE}(?:\s+{_FIGURE}){{2,}}$")
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)|(?<=[:：] )\d{1,3}(?:[ \u00a0\u202f]\d{3})+$"
)
"""A figure whose thousands are set apart ("12 345 600"). After no colon one that begins with three digits may be three cells."""
_FIGURE_CELL = re.compile(r"[–—−-]|[^\w]*\d[\d\s.,()%$€£/–—−-]*", re.ASCII)
_YEARS_ALONE = re.compile(r"(?:19|20)\d\d(?:[/–—−-](?:(?:19|20)?\d\d))?")
_YEARS = re.compile(r"\s*(?:19|20)\d\d(?:[\s–—−-]+(?:19|20)\d\d)+")


def ends_in_figures(text: str) -> bool:
    """Whether a line ends with three figures or more, or dashes in their place, as the row of a table does and no heading.
    A line that begins as a section does ("A. Costs") is one, and years alone are of a title."""
    mark = mark_of(text)
    if mark is not None and mark.kind == "heading":
        return False
    figures = _FIGURES.search(_THOUSANDS.sub("0", text))
    return figures is not None and (figures.start() == 0 or _YEARS.fullmatch(figures.group()) is None)


def is_row(cells: Sequence[str], *, at_head: bool) -> bool:
    """Whether the cells of a table's row are read together, "Mali" and "5.1": two or more have text, at most one of them is
    long, none belongs to the head of a document that is laid out as a table, and no two are paragraphs, as where two languages
    stand side by side, and nobody signs in it."""
    filled = [cell for cell in cells if cell]
    long = sum(len(cell) > _LONG_CELL for cell in filled)
    texts = sum(len(cell) > _SENTENCE and cell.endswith(_FULL_STOPS) for cell in filled)
    marked = sum(map(_is_marked_paragraph, filled))
    apart = (
        max(long, texts, marked) > 1 or any(map(is_signature, filled)) or (at_head and any(map(is_masthead, filled)))
    )
    return len(filled) > 1 and not apart


def names_columns(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns where the format does not say so: it has words and at most years, and
    two rows or more below it, as long as it is, have figures and nothing else in most places of every other column."""
    if len(cells) < 2 or len(below) < 2 or any(len(row) != len(cells) for row in below):
        return False
    if not all(cells[1:]) or not may_name_columns(cells) or any(len(cell) > _SENTENCE for cell in cells):
        return False
    columns = list(zip(*below, strict=True))[1:]
    return all(2 * sum(map(_is_figure, column)) > len(column) for column in columns)


def may_name_columns(cells: Sequence[str]) -> bool:
    """Whether a row that the format sets apart as a head may be one: it has words, and no figures but years."""
    return any(any(map(str.isalpha, cell)) for cell in cells) and not any(map(_is_figure, cells))


def _is_figure(cell: str) -> bool:
    """Whether a cell has a figure or a dash in its place, and no words; a year is a name."""
    return _FIGURE_CELL.fullmatch(cell) is not None and _YEARS_ALONE.fullmatch(cell) is None


def columns_over(given: str | None) -> int:
    """How many columns or rows a cell goes over, as its attribute says; one that says nonsense goes over one."""
    return int(given) if given and given.isdecimal() and 0 < int(given) <= _MOST_COLUMNS else 1


def is_mark_alone(cell: str, beside: str) -> bool:
    """Whether a cell is the number or letter of the paragraph beside it and nothing else: "3.", "(c)"."""
    mark = mark_of(f"{cell}{CELL}{beside}")
    return mark is not None and mark.length == len(cell) + 1 and mark.kind in ("number", "letter", "heading")


def _is_marked_paragraph(cell: str) -> bool:
    """Whether a cell begins with the mark of a paragraph or an article, and is more than that, or than somebody's name."""
    mark = mark_of(cell)
    return mark is not None and mark.length < len(cell) and cell.endswith(ENDS)

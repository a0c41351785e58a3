"""What a reader gives: the paragraphs of a file, what it left out, and what the format itself says of the document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clause import LeftOut as LeftOut
from index.marks import Mark, mark_of
from index.phrases import is_signature
from index.symbols import is_masthead


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text, its wrapped lines joined."""

    text: str
    """Without white space at either end."""
    short: bool
    """Ends before the line did, without a full stop: a heading, a title, a name under a letter."""
    page: int | None = None
    """Page of the file on which it begins, from 1; None where the format has no pages."""
    quoted: bool = False
    """Whether the file sets it apart as a block quotation: by a style, an indent on both sides, `<blockquote>`."""
    mark: Mark | None = None
    """The number that the format itself prints before the paragraph (a list of HTML or Word), which `text` begins with."""
    row: bool = False
    """Whether it is a row of a table, its cells parted by `CELL` where the format tells them, or a short cell alone."""
    heads: bool = False
    """Whether the format itself says that it is a heading (a style of Word, `<h2>`, `###`)."""
    leads: bool = False
    """Whether the format itself says that it is an entry of a table of contents."""

    @property
    def begins_with(self) -> Mark | None:
        """The number that the format prints or, where it prints none, that the text begins with. In a row of cells it is that
        of a paragraph only where it has a cell of its own and the text the other one ("1." and "Notes …")."""
        mark = self.mark or mark_of(self.text)
        if mark is None or CELL not in self.text or not self.row:
            return mark
        return mark if self.text.count(CELL) == 1 and self.text[: mark.length].endswith(CELL) else None


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart. Every visible character of the file is in `paragraphs` or in `left_out`."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    """What had to be assumed while reading, a sentence each."""
    title: str | None = None
    symbol: str | None = None
    language: str | None = None
    """ISO 639-1."""
    date: datetime.date | None = None
    from_picture: bool = False
    """Whether a machine recognised the text in pictures of pages."""


_SHORT = 100
"""Characters that a heading or a title has at most, by experience."""
_ENDS = tuple(".!?。！？…:：;；۔؟,，،؛")


def is_short(text: str) -> bool:
    """Whether a paragraph of a format without lines may be a heading: `Paragraph.short` by length and end alone."""
    return len(text) <= _SHORT and not text.endswith(_ENDS)


_FIGURE = r"(?:[($-]?\d(?:[\d.,]*\d)?[)%]{0,2}|[–—−-])"
_FIGURES = re.compile(rf"(?:^|\s){_FIGURE}(?:\s+{_FIGURE}){{2,}}$")
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)|(?<=[:：] )\d{1,3}(?:[ \u00a0\u202f]\d{3})+$"
)
"""A figure whose thousands are set apart ("12 345 600"). After no colon one that begins with three digits may be three cells."""
_YEARS = re.compile(r"\s*(?:19|20)\d\d(?:[\s–—−-]+(?:19|20)\d\d)+")


def ends_in_figures(text: str) -> bool:
    """Whether a line ends with three figures or more, or dashes in their place, as the row of a table does and no heading.
    A line that begins as a section does ("A. Costs") is one, and years alone are of a title."""
    mark = mark_of(text)
    if mark is not None and mark.kind == "heading":
        return False
    figures = _FIGURES.search(_THOUSANDS.sub("0", text))
    return figures is not None and (figures.start() == 0 or _YEARS.fullmatch(figures.group()) is None)


_CLAUSE_ENDS = re.compile(r"[.;:,。；：，؛،!?؟][”»)\"]?(?:\s(?:and|or|et|ou|y|e|o|u|и|или))?$")


def parted(lines: Sequence[str]) -> list[str]:
    """The paragraphs of an element whose lines are broken by hand: an empty line parts them, and a printed number or letter
    after the end of a clause, and what a head of a document prints on a line of its own."""
    found: list[str] = []
    begins = True
    for line in lines:
        if not line:
            begins = True
            continue
        before = found[-1] if found else ""
        marked = mark_of(line) is not None and _CLAUSE_ENDS.search(before) is not None
        if begins or marked or is_masthead(before) or is_masthead(line):
            found.append(line)
        else:
            found[-1] = f"{before} {line}"
        begins = False
    return found


BULLET = re.compile(r"[•●▪■◦○‣⁃\uf0b7\uf0a7\uf02d]|[–—−-]\s")
"""What an item of a list without numbers begins with."""


def no_headings_in_lists(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The same paragraphs; those of two or more under each other that begin with the same bullet are not short."""
    bullets = [found.group() if (found := BULLET.match(paragraph.text)) else None for paragraph in paragraphs]
    return [
        replace(paragraph, short=False) if bullet and bullet in (above, below) else paragraph
        for paragraph, above, bullet, below in zip(
            paragraphs, [None, *bullets], bullets, [*bullets[1:], None], strict=False
        )
    ]


CELL = "\t"
"""Stands between the cells of a table's row, as where one is copied from a page."""
_LONG_CELL = 150
"""Characters from which on a cell is a text of its own; where two of a row are, each stands alone."""


_SENTENCE = 40
"""Characters from which on a cell that ends with a full stop is a text of its own, by experience."""
_FULL_STOPS = (".", "。", "．", "۔")


def is_at_head(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether what comes after these paragraphs may still belong to the head of the document."""
    return all(paragraph.short for paragraph in paragraphs[:20])


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


def is_mark_alone(cell: str, beside: str) -> bool:
    """Whether a cell is the number or letter of the paragraph beside it and nothing else: "3.", "(c)"."""
    mark = mark_of(f"{cell}{CELL}{beside}")
    return mark is not None and mark.length == len(cell) + 1 and mark.kind in ("number", "letter", "heading")


def _is_marked_paragraph(cell: str) -> bool:
    """Whether a cell begins with the mark of a paragraph or an article, and is more than that, or than somebody's name."""
    mark = mark_of(cell)
    return mark is not None and mark.length < len(cell) and cell.endswith(_ENDS)

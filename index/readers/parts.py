"""What a reader gives: the paragraphs of a file, what it left out, and what the format itself says of the document."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clause import LeftOut as LeftOut
from index.readers.rows import CELL, ENDS, Part
from index.structure.marks import Mark, mark_of
from index.symbols import is_masthead


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text, its wrapped lines joined."""

    text: str
    """Without white space at either end; of a row in named columns a first column that is empty is kept."""
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
    table: Part | None = None
    """Of a row: whether it names the columns of its table, names them once more in the row after that, or stands below them."""
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


def is_short(text: str) -> bool:
    """Whether a paragraph of a format without lines may be a heading: `Paragraph.short` by length and end alone."""
    return len(text) <= _SHORT and not text.endswith(ENDS)


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


def is_at_head(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether what comes after these paragraphs may still belong to the head of the document."""
    return all(paragraph.short for paragraph in paragraphs[:20])

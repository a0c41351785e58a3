"""Rows of Word's tables: their cells read together, or each by itself and no heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from docx.oxml.ns import qn
from lxml import etree

from index.readers.parts import CELL, Paragraph, is_at_head, is_row
from index.symbols import is_masthead, symbol_of
from index.titles import division_rank


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and where in a table it stands."""

    paragraph: Paragraph
    heading: bool
    """Whether its style says that it is a heading."""
    row: etree._Element | None = None
    """Of the innermost table; None outside of tables."""
    cell: etree._Element | None = None

    @property
    def in_cell(self) -> Paragraph:
        """The paragraph, which is no heading because it is short, unless it is the line of an article or a chapter."""
        text, mark = self.paragraph.text, self.paragraph.begins_with
        if self.heading or division_rank(text) is not None or (mark and mark.kind in ("article", "rule", "paragraph")):
            return self.paragraph
        return replace(self.paragraph, short=False, row=self.paragraph.short)


def cell_of(element: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The row and the cell of the innermost table that a paragraph stands in."""
    cell = next(element.iterancestors(qn("w:tc")), None)
    row = None if cell is None else cell.getparent()
    return (None, None) if row is None else (row, cell)


def rows_read(placed: Sequence[Placed]) -> list[Paragraph]:
    """The paragraphs, those of a row one where its cells are read together: each holds one paragraph, no table of its own.
    The others of tables are headings only by their style, or at the head of a document that is laid out as a table."""
    mastheads = {
        one.row.getparent() for one in placed if one.row is not None and symbol_of(one.paragraph.text) is not None
    }
    found: list[Paragraph] = []
    for row, group in groupby(placed, key=lambda one: one.row):
        own = list(group)
        texts = [one.paragraph.text for one in own]
        one_each, at_head = len({one.cell for one in own}) == len(own), is_at_head(found)
        if row is None:
            found += [one.paragraph for one in own]
        elif one_each and is_row(texts, at_head=at_head):
            found.append(replace(own[0].paragraph, text=CELL.join(texts), short=False, row=True))
        elif at_head and (row.getparent() in mastheads or any(map(is_masthead, texts))):
            found += [one.paragraph for one in own]
        else:
            found += [one.in_cell for one in own]
    return found

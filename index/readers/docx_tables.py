"""Rows of Word's tables: their cells read together, or each by itself and no heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from docx.oxml.ns import qn
from lxml import etree

from index.readers.docx_text import is_on
from index.readers.parts import Paragraph, is_at_head
from index.readers.rows import CELL, Part, columns_over, is_mark_alone, is_row, may_name_columns, names_columns
from index.structure.phrases import is_signature
from index.structure.titles import division_rank
from index.symbols import is_masthead, symbol_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and where in a table it stands."""

    paragraph: Paragraph
    row: etree._Element | None = None
    """Of the innermost table; None outside of tables."""
    cell: etree._Element | None = None

    @property
    def in_cell(self) -> Paragraph:
        """The paragraph, which is no heading because it is short, unless it is the line of an article or a chapter."""
        text, mark = self.paragraph.text, self.paragraph.begins_with
        if (
            self.paragraph.heads
            or division_rank(text) is not None
            or (mark and mark.kind in ("article", "rule", "paragraph"))
        ):
            return self.paragraph
        return replace(self.paragraph, short=False, row=self.paragraph.row or self.paragraph.short)


def cell_of(element: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The row and the cell of the innermost table that a paragraph stands in; a cell may be in a content control."""
    cell = next(element.iterancestors(qn("w:tc")), None)
    row = None if cell is None else next(cell.iterancestors(qn("w:tr")), None)
    return (None, None) if row is None else (row, cell)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(qn("w:tbl")), None)


def rows_read(placed: Sequence[Placed]) -> list[Paragraph]:
    """The paragraphs, those of a row one where its cells are read together: each holds one paragraph, no table of its own.
    The others of tables are headings only by their style, at the head of a document that is laid out as a table, where the
    table is laid out for its text, or below a signature in it."""
    rows = [(row, list(group)) for row, group in groupby(placed, key=lambda one: one.row)]
    mastheads = {
        _table_of(one.row) for one in placed if one.row is not None and symbol_of(one.paragraph.text) is not None
    }
    of_text, parts = _tables_of_text(rows), _parts(rows)
    signed: set[etree._Element] = set()
    found: list[Paragraph] = []
    for row, own in rows:
        texts = [one.paragraph.text for one in own]
        at_head, table = is_at_head(found), None if row is None else _table_of(row)
        if table is not None and any(map(is_signature, texts)):
            signed.add(table)
        head_of_paper = at_head and (table in mastheads or any(map(is_masthead, texts)))
        alone = table in of_text and len({one.cell for one in own}) == 1
        if row is None or table in signed:
            found += [one.paragraph for one in own]
        elif _is_read_together(own, at_head=at_head):
            part = parts.get(row)
            text = CELL.join(_in_columns(row, own)).rstrip(CELL) if part else CELL.join(texts)
            found.append(replace(own[0].paragraph, text=text, short=False, row=True, table=part))
        elif head_of_paper:
            found += [one.paragraph for one in own]
        elif alone:  # "(Thousands of dollars)" is no heading
            found += [one.in_cell if one.paragraph.text.startswith(("(", "（")) else one.paragraph for one in own]
        else:
            found += [one.in_cell for one in _with_marks(own)]
    return found


def _parts(rows: Sequence[tuple[etree._Element | None, list[Placed]]]) -> dict[etree._Element, Part]:
    """Of each row of a table whose columns have names: whether it names them, those that Word repeats on each page or, without
    any, the first by its words; or stands below. None of a table in a table, or with one in it."""
    tables: dict[etree._Element, list[tuple[etree._Element, list[Placed]]]] = {}
    for row, own in rows:
        if row is not None and _is_read_together(own, at_head=False):
            tables.setdefault(_table_of(row), []).append((row, own))
    parts: dict[etree._Element, Part] = {}
    for table, members in tables.items():
        if (
            next(table.iterdescendants(qn("w:tbl")), None) is not None
            or next(table.iterancestors(qn("w:tbl")), None) is not None
        ):
            continue
        cells = [_in_columns(row, own) for row, own in members]
        flagged = list(takewhile(lambda member: _is_repeated(member[0]), members))
        named = len(flagged) if may_name_columns(cells[0]) else 0
        if not flagged:
            named = int(names_columns(cells[0], cells[1:]))
        if 0 < named < len(members):
            for n, (row, _) in enumerate(members):
                again = n >= named and cells[n] == cells[0]  # the head once more in the middle
                parts[row] = "head" if n == 0 or again else "more" if n < named else "below"
    return parts


def _in_columns(row: etree._Element, own: Sequence[Placed]) -> list[str]:
    """The cells of a row with those between them that are empty: what stands under which name must not move. One that goes over
    several columns has the empty ones after it."""
    texts = {one.cell: one.paragraph.text for one in own}
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    cells = [""] * (columns_over(before.get(qn("w:val"))) if before is not None else 0)
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is row:
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cells += [
                texts.get(cell, ""),
                *[""] * (columns_over(span.get(qn("w:val")) if span is not None else None) - 1),
            ]
    return cells


def _is_repeated(row: etree._Element) -> bool:
    return is_on(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}"))


def _with_marks(own: Sequence[Placed]) -> list[Placed]:
    """The paragraphs of a row; a number or letter in a cell of its own stands before the first paragraph of the next cell."""
    found: list[Placed] = []
    for one in own:
        above, text = found[-1] if found else None, one.paragraph
        if above and above.cell is not one.cell and is_mark_alone(above.paragraph.text, text.text):
            joined = f"{above.paragraph.text}{CELL}{text.text}"
            found[-1] = replace(one, paragraph=replace(text, text=joined, short=text.heads, row=True))
        else:
            found.append(one)
    return found


def _is_read_together(own: Sequence[Placed], *, at_head: bool) -> bool:
    one_each = len({one.cell for one in own}) == len(own)
    return one_each and is_row([one.paragraph.text for one in own], at_head=at_head)


def _tables_of_text(rows: Sequence[tuple[etree._Element | None, list[Placed]]]) -> set[etree._Element]:
    """Tables that are laid out for their text, in which a row with one cell may be a heading: of one row, or with a full
    paragraph in them; and without a row of words and figures."""
    tables: dict[etree._Element, list[list[Placed]]] = {}
    for row, own in rows:
        if row is not None:
            tables.setdefault(_table_of(row), []).append(own)
    found = set()
    for table, members in tables.items():
        joined = [own for own in members if _is_read_together(own, at_head=False)]
        numbered = all(_begins_with_a_mark(own) for own in joined)
        full = any(not one.paragraph.short for own in members for one in own)
        if numbered and (full or len(members) == 1):
            found.add(table)
    return found


def _begins_with_a_mark(own: Sequence[Placed]) -> bool:
    text = CELL.join(one.paragraph.text for one in own)
    return Paragraph(text, short=False, row=True).begins_with is not None

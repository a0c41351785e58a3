"""Glyphs of a PDF page to printed lines in reading order. Lengths are points (1/72 inch); y grows upwards."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]

from index.readers.pdf_bidi import by_place, is_rtl, reading_order
from index.readers.pdf_brackets import is_mirrored
from index.readers.pdf_columns import MANY, Piece, columns_of, pieces_of
from index.readers.pdf_glyphs import Glyph, glyphs_of, inked, signs_of
from index.readers.pdf_rules import Rule, rules_of
from index.readers.pdf_tables import Table, aligned, tables_of

MASTHEAD = 0.6
"""Share of the first page's height above which its masthead stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of one column, without the marks of footnotes.

    Right-to-left lines are mirrored: x0 is where reading begins.
    """

    text: str
    page: int
    """From 1."""
    x0: float
    x1: float
    base: float
    size: float
    """Of most of its characters."""
    bold: bool
    """Nearly all of it."""
    column: int
    """Counts the columns of a page from 0; a line across the page ends one and begins another."""
    second: float
    """Where the text begins after a wide gap behind the first word (a number and a tab); x0 where there is none."""
    first_word: float
    """Width of the first word."""
    last_bold: bool = False
    marks: tuple[str, ...] = ()
    """Raised small digits and letters, taken out of `text`."""
    led: bool = False
    """Begins with a raised mark, which stays in `text`: so do footnotes."""
    tabular: bool = False
    """Stands in a table: among lines with gaps under each other, or between rules."""
    row: int | None = None
    """The row of a ruled table, from 0, whose cells come one after the other; None outside of one."""


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    hidden: int
    """Characters drawn without ink."""
    characters: int
    bars: int = 0
    """Strokes that lengthen Arabic words, of which the file does not say what they are."""
    unseen: int = 0
    """Brackets of a right-to-left page of which it cannot be seen which way they open."""
    unsure: int = 0
    """Letters of which it cannot be told whether a vowel sign is theirs; UNKNOWN stands behind each."""
    rules: tuple[Rule, ...] = ()


def read_page(page: pdfium.PdfPage, number: int, count: int, textpage: pdfium.PdfTextPage) -> Page:
    """Return the printed lines of a page that has `count` characters, columns one after the other."""
    signs = list(signs_of(textpage, count))
    turn = Counter(sign.face.turn for sign in signs).most_common(1)[0][0] if signs else 0
    width, height = page.get_size()
    if (page.get_rotation() // 90 - turn) % 2:
        width, height = height, width
    if any(unicodedata.bidirectional(sign.char[0]) in ("R", "AL") for sign in signs):
        signs = inked(signs, textpage)
    stream = list(glyphs_of(signs, turn, width, height))
    glyphs = [glyph for glyph in stream if glyph is not None and glyph.char != " "]
    from_right = sum(map(is_rtl, glyphs))
    rtl = from_right > sum(glyph.char.isalpha() for glyph in glyphs) / 2
    placed: list[Piece] = []
    bars = 0
    if from_right:
        upright = turn == 0 and page.get_rotation() == 0
        stream, placed, bars = by_place(stream, rtl, page if upright else None)
    pieces = [*pieces_of(stream), *placed]
    rules = rules_of(page) if turn == 0 and page.get_rotation() == 0 else ()
    lines: list[Line] = []
    column = 0
    for table in [*tables_of(rules, pieces), None]:
        if table and number == 1 and table.edges[0] > MASTHEAD * height:
            continue
        above = pieces if table is None else [piece for piece in pieces if piece.base > table.edges[0]]
        for part in columns_of(above, width, rtl):
            rows = _rows(part, rtl)
            for row, tabular in zip(rows, aligned(rows), strict=True):
                # On a title page the symbol and the date stand far to the side of the title, on its line.
                cells = _cells(row) if number == 1 and row[0].base > MASTHEAD * height else [row]
                lines.extend(replace(_line(cell, number, column, width, rtl), tabular=tabular) for cell in cells)
            column += 1
        if table:
            lines.extend(_table_lines(table, pieces, number, column, width, rtl))
            column += 1
            pieces = [piece for piece in pieces if piece.base <= table.edges[0] and not table.holds(piece)]
    hidden = sum(glyph.hidden for glyph in glyphs)
    placed_glyphs = [glyph for piece in placed for glyph in piece.glyphs]
    unseen = sum(is_mirrored(glyph.char) and not glyph.seen for glyph in placed_glyphs) if rtl else 0
    if unseen and not any(glyph.seen for glyph in placed_glyphs):
        lines = _unmirrored(lines)
    unsure = sum(glyph.unsure for glyph in placed_glyphs)
    if rtl:
        rules = tuple(Rule(width - rule.x1, width - rule.x0, rule.y) for rule in rules)
    return Page(number, width, height, tuple(lines), hidden, len(glyphs), bars, unseen, unsure, rules)


def _table_lines(
    table: Table, pieces: Sequence[Piece], number: int, column: int, width: float, rtl: bool
) -> Iterable[Line]:
    """The lines of a table: row by row, in each cell by cell."""
    for at, row in enumerate(table.rows(pieces)):
        for cell in reversed(row) if rtl else row:
            for line in _rows(cell, rtl):
                yield replace(_line(line, number, column, width, rtl), row=at, tabular=True)


def _rows(pieces: Sequence[Piece], rtl: bool) -> list[list[Piece]]:
    """Pieces that stand on one line, the lines from the head down, each in reading order."""
    if len(pieces) >= MANY:
        return [[piece] for piece in pieces]
    rows: list[tuple[float, float, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.size, -piece.base)):
        base, size = piece.base, piece.size
        near = [
            row
            for row in rows
            if abs(row[0] - base) < (0.3 if size > 0.85 * row[1] else 0.5) * row[1]
            and not any(_overlap(piece, other) for other in row[2])
        ]
        if near:
            min(near, key=lambda row: abs(row[0] - base))[2].append(piece)
        else:
            rows.append((base, size, [piece]))
    rows.sort(key=lambda row: -row[0])
    return [sorted(row[2], key=lambda piece: -piece.x1 if rtl else piece.x0) for row in rows]


def _cells(row: Sequence[Piece]) -> list[list[Piece]]:
    """Cut a line where it has a gap of three ems or more."""
    cells = [[row[0]]]
    for before, piece in pairwise(row):
        far = max(piece.x0 - before.x1, before.x0 - piece.x1) > 3 * min(piece.size, before.size)
        cells.append([piece]) if far else cells[-1].append(piece)
    return cells


def _overlap(one: Piece, other: Piece) -> bool:
    """Whether they share so much of the line that they cannot be two parts of it."""
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0) + 0.5


def _line(row: Sequence[Piece], number: int, column: int, width: float, rtl: bool) -> Line:
    if any(piece.visual for piece in row):
        glyphs = _placed(row, rtl)
        return _line_of(glyphs, number, column, width, rtl)
    glyphs = []
    for piece in row:
        if glyphs:
            last, first = glyphs[-1], piece.glyphs[0]
            gap = max(first.x0 - last.x1, last.x0 - first.x1)
            if gap > 0.12 * last.size and last.char != " ":
                glyphs.append(replace(last, char=" "))
        glyphs.extend(piece.glyphs)
    return _line_of(glyphs, number, column, width, rtl)


def _placed(row: Sequence[Piece], rtl: bool) -> list[Glyph]:
    """The glyphs of a line that were sorted by their place, in the order of reading."""
    glyphs: list[Glyph] = []
    for piece in sorted(row, key=lambda piece: piece.x0):
        glyphs.extend(piece.glyphs)
    return reading_order(sorted(glyphs, key=lambda glyph: (glyph.start, glyph.order)), rtl)


def _line_of(glyphs: Sequence[Glyph], number: int, column: int, width: float, rtl: bool) -> Line:
    """A line of glyphs in the order of reading."""
    inked = [glyph for glyph in glyphs if glyph.char != " "]
    size = Counter(round(glyph.size, 1) for glyph in inked).most_common(1)[0][0]
    base = Counter(round(glyph.base, 1) for glyph in inked if round(glyph.size, 1) == size).most_common(1)[0][0]
    raised = [glyph.size <= 0.8 * size and glyph.base >= base + 0.12 * size for glyph in glyphs]
    text, marks, led = _without_marks(glyphs, raised)
    x0, x1 = min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked)
    first_word, second = _first_word(glyphs, size)
    if rtl:
        x0, x1 = width - x1, width - x0
    bold = sum(glyph.bold for glyph in inked) >= 0.95 * len(inked)
    last_bold = inked[-1].bold
    return Line(text, number, x0, x1, base, size, bold, column, x0 + second, first_word, last_bold, marks, led)


_MIRROR = str.maketrans("()[]{}«»", ")(][}{»«")


def _unmirrored(lines: list[Line]) -> list[Line]:
    """Brackets that cannot be seen, of a right-to-left page, the way they pair: some files give what is printed, some what was
    typed, and nothing else tells."""
    text = "\n".join(line.text for line in lines)
    if _pairs(text.translate(_MIRROR)) <= _pairs(text):
        return lines
    return [replace(line, text=line.text.translate(_MIRROR)) for line in lines]


def _pairs(text: str) -> int:
    """Brackets that are opened before they are closed."""
    return len(re.findall(r"\([^()]*\)|\[[^\[\]]*\]|«[^«»]*»", text))


_ORDINAL = {"st", "nd", "rd", "th", "er", "re", "e", "ème", "o", "os", "a", "as", "ª", "º", "й", "я", "го", "TM", "™"}
_UNITS = {"m", "km", "cm", "mm", "dm", "м", "км", "см", "CO", "s"}


def _without_marks(glyphs: Sequence[Glyph], raised: Sequence[bool]) -> tuple[str, tuple[str, ...], bool]:
    """The text of a line, the marks of footnotes taken out of it, and whether one stands at its beginning."""
    pieces: list[str] = []
    marks: list[str] = []
    led, start = False, 0
    while start < len(glyphs):
        end = start
        while end < len(glyphs) and raised[end] == raised[start]:
            end += 1
        text = "".join(glyph.char for glyph in glyphs[start:end])
        before = "".join(pieces)
        if not raised[start] or not _is_mark(text.strip(), before):
            pieces.append(text)
        elif not before.strip():
            led = True
            pieces.append(text.strip() + " ")
        else:
            marks.append(text.strip())
            pieces.append(text[len(text.rstrip()) :])
        start = end
    return " ".join("".join(pieces).split()), tuple(marks), led


def _is_mark(text: str, before: str) -> bool:
    """Whether raised small characters are the mark of a footnote: not "1st", "km2", "10 to the sixth"."""
    word = before.split(" ")[-1]
    year = len(word) >= 4 and word.isdigit()
    if not text or (text in _ORDINAL and not year and (before[-1:].isdigit() or text not in "ae")):
        return False
    if len(word) == 1 and word.isalpha() and text.isdigit():
        return False  # a power of a variable
    if text in ("2", "3") and word.strip("(0123456789.,") in _UNITS:
        return False
    if text.isdigit() and word.strip("(.,") in ("10",):
        return False
    return all(part.isdigit() or len(part) <= 2 for part in text.replace(",", " ").replace("–", " ").split())


def _first_word(glyphs: Sequence[Glyph], size: float) -> tuple[float, float]:
    """Width of the first word, and the distance from the line's beginning to what stands behind a wide gap after it (or 0)."""
    begun: list[Glyph] = []
    for position, glyph in enumerate(glyphs):
        if glyph.char == " ":
            behind = next((other for other in glyphs[position:] if other.char != " "), None)
            left, right = min(g.x0 for g in begun), max(g.x1 for g in begun)
            if behind is None:
                return right - left, 0.0
            gap = max(behind.x0 - right, left - behind.x1)
            return right - left, (right - left + gap if gap > 0.75 * size else 0.0)
        if begun and unicodedata.east_asian_width(glyph.char[0]) in "WF":
            break
        begun.append(glyph)
    return max(g.x1 for g in begun) - min(g.x0 for g in begun), 0.0

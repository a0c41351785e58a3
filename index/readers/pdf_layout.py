"""Glyphs of a PDF page to printed lines in reading order. Lengths are points (1/72 inch); y grows upwards."""

from __future__ import annotations

import ctypes
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw as raw  # type: ignore[import-untyped, unused-ignore]

BREAK = "￾"
"""What stands in a text for a hyphen at the end of a line, of which pdfium does not say whether it is a soft one."""
_COLUMN_ROWS = 5
"""Lines that must stand side by side before a gap down the page is taken for a gap between columns."""

_MANY = 5_000
"""Pieces of text on a page beyond which it is a drawing: its pieces are taken as they come, so that none takes minutes."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as printed."""

    char: str
    x0: float
    x1: float
    base: float
    """Height of the baseline above the page's foot."""
    size: float
    """Font size as printed, points."""
    bold: bool
    hidden: bool
    """Drawn without ink: the text that recognition laid under a picture."""


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


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    hidden: int
    """Characters drawn without ink."""
    characters: int


@dataclass(slots=True)
class _Face:
    """What all glyphs of a text object share."""

    size: float
    bold: bool
    hidden: bool
    turn: int
    """Quarters by which the page must be turned, clockwise, for its text to stand upright."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Glyphs that follow each other in the file on one baseline, without a gap wider than a word space."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    base: float
    """Of most of its largest glyphs: a piece may begin with a raised mark, or an Arabic vowel sign."""
    size: float
    """Of most of its glyphs."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One character as pdfium gives it, before the page is turned so that its text stands upright."""

    char: str
    """A line feed where pdfium sees a line end, a space where it sees two words parted."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    origin: tuple[float, float]
    face: _Face


def read_page(page: pdfium.PdfPage, number: int, count: int, textpage: pdfium.PdfTextPage) -> Page:
    """Return the printed lines of a page that has `count` characters, columns one after the other."""
    signs = list(_signs(textpage, count))
    turn = Counter(sign.face.turn for sign in signs).most_common(1)[0][0] if signs else 0
    width, height = page.get_size()
    if (page.get_rotation() // 90 - turn) % 2:
        width, height = height, width
    pieces = _pieces(_glyphs(signs, turn, width, height))
    glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
    rtl = sum(map(_is_rtl, glyphs)) > sum(glyph.char.isalpha() for glyph in glyphs) / 2
    lines: list[Line] = []
    for column, part in enumerate(_columns(pieces, width, rtl)):
        for row in _rows(part, rtl):
            # On a title page the symbol and the date stand far to the side of the title, on its line.
            cells = _cells(row) if number == 1 and row[0].base > 0.6 * height else [row]
            lines.extend(_line(cell, number, column, width, rtl) for cell in cells)
    if rtl:
        lines = _unmirrored(lines)
    hidden = sum(glyph.hidden for glyph in glyphs)
    return Page(number, width, height, tuple(lines), hidden, len(glyphs))


def _signs(textpage: pdfium.PdfTextPage, count: int) -> Iterable[_Sign]:
    """The characters of a page in the file's order."""
    faces: dict[int, _Face] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    sign = _Sign("\n", (0.0, 0.0, 0.0, 0.0), (0.0, 0.0), _Face(10.0, False, False, 0))
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        hyphen = raw.FPDFText_IsHyphen(textpage, index) == 1
        if code in (10, 13) or (raw.FPDFText_IsGenerated(textpage, index) == 1 and not hyphen):
            yield replace(sign, char="\n" if code in (10, 13) else " ")
            continue
        handle = raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key and key not in faces:
            faces[key] = _face(textpage, index, handle)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        edges = (box.left, box.bottom, box.right, box.top)
        sign = _Sign(_char(code, hyphen), edges, (x.value, y.value), faces.get(key, sign.face))
        yield sign


def _glyphs(signs: Sequence[_Sign], turn: int, width: float, height: float) -> Iterable[Glyph | None]:
    """Characters on a page turned by `turn` quarters, of the given size when turned; None for a line end."""
    before = Glyph("\n", 0.0, 0.0, 0.0, 10.0, False, False)
    last: _Face | None = None
    for sign in signs:
        face = sign.face
        if sign.char == "\n":
            before = replace(before, char="\n")
            yield None
            continue
        if sign.char == " ":
            before = replace(before, char=" ", x0=before.x1)
            yield before
            continue
        left, right, base, start = _turned(turn, width, height, sign)
        if face.turn != turn and before.char != "\n":
            # Text that runs up or down the page is kept together: its glyphs are laid side by side.
            left, right, base = before.x1, before.x1 + 0.5 * face.size, before.base
        elif last is not face and base == before.base and _parted(before, sign.char, start):
            yield replace(before, char=" ", x0=before.x1)
        before, last = Glyph(sign.char, left, right, base, face.size, face.bold, face.hidden), face
        yield before


def _parted(before: Glyph, char: str, start: float) -> bool:
    """Whether a space stands where the file begins a piece anew: pdfium overlooks narrow ones ("Calls|for")."""
    return before.char.isalpha() and char.isalpha() and start - before.x1 > 0.15 * before.size


def _turned(turn: int, width: float, height: float, sign: _Sign) -> tuple[float, float, float, float]:
    """Left, right, baseline and where writing begins, as one sees them on the turned page."""
    (left, bottom, right, top), (x, y) = sign.box, sign.origin
    if turn == 1:
        return bottom, top, height - x, y
    if turn == 2:
        return width - right, width - left, height - y, width - x
    if turn == 3:
        return width - top, width - bottom, x, width - y
    return left, right, y, x


def _face(textpage: pdfium.PdfTextPage, index: int, handle: raw.FPDF_PAGEOBJECT) -> _Face:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    scale = max((matrix.c**2 + matrix.d**2) ** 0.5, 0.01)
    size = min(max(raw.FPDFText_GetFontSize(textpage, index) * scale, 1.0), 500.0)
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(handle), name, 128)
    bold = raw.FPDFText_GetFontWeight(textpage, index) >= 600 or b"bold" in name.value.lower()
    hidden = raw.FPDFTextObj_GetTextRenderMode(handle) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    turn = (1 if matrix.b > 0 else 3) if abs(matrix.b) > abs(matrix.a) else (2 if matrix.a < 0 else 0)
    return _Face(size, bold, hidden, turn)


def _char(code: int, hyphen: bool) -> str:
    """The character of a code; ligatures and the joined forms of Arabic letters become the letters they stand for."""
    if hyphen or code in (0x2, 0xFFFE):
        return BREAK
    if code == 0xAD:
        return "\xad"
    if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code in (9, 11, 12) else "�"
    char = chr(code)
    if 0xFB00 <= code <= 0xFB06 or 0xFB50 <= code <= 0xFDFB or 0xFE70 <= code <= 0xFEFC:
        letters = unicodedata.normalize("NFKC", char)
        return char if " " in letters else letters
    return " " if char.isspace() else char


def _is_rtl(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.char[0]) in ("R", "AL")


def _pieces(glyphs: Iterable[Glyph | None]) -> list[_Piece]:
    """Cut the stream where the line, the baseline or, by more than a wide word space, the place changes."""
    pieces: list[_Piece] = []
    current: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if current and (glyph is None or _apart(current[-1], glyph)):
            pieces.append(_piece(current))
            current = []
        if glyph is not None and (current or glyph.char != " "):
            current.append(glyph)
    return pieces


def _piece(glyphs: Sequence[Glyph]) -> _Piece:
    """A piece of glyphs, the first of which is no space; spaces at its end are dropped."""
    end = len(glyphs)
    while glyphs[end - 1].char == " ":
        end -= 1
    inked = tuple(glyphs[:end])
    x0, x1 = min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked)
    size = Counter(round(glyph.size, 1) for glyph in inked).most_common(1)[0][0]
    largest = max(round(glyph.size, 1) for glyph in inked)
    bases = Counter(round(glyph.base, 1) for glyph in inked if round(glyph.size, 1) == largest)
    return _Piece(inked, x0, x1, bases.most_common(1)[0][0], size)


def _apart(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    if glyph.char == " ":
        return False
    gap = max(glyph.x0 - before.x1, before.x0 - glyph.x1)
    return abs(glyph.base - before.base) > 0.6 * size or gap > 0.8 * size


def _columns(pieces: Sequence[_Piece], width: float, rtl: bool) -> list[list[_Piece]]:
    """Parts of a page to be read one after the other: what goes across, then one column, then the other."""
    pieces = sorted(pieces, key=lambda piece: -piece.base)
    gap = _gutter(pieces, width) if len(pieces) < _MANY else None
    if gap is None:
        return [pieces]
    found: list[list[_Piece]] = []
    across: list[_Piece] = []
    for crossing, band in _bands(pieces, gap):
        left = [piece for piece in band if piece.x1 <= gap + 2]
        right = [piece for piece in band if piece.x1 > gap + 2]
        across.extend(crossing)
        if len(_heights(left)) < 2 or len(_heights(right)) < 2:
            across.extend(band)
            continue
        found.extend([across, right, left] if rtl else [across, left, right])
        across = []
    return [part for part in [*found, across] if part]


def _bands(pieces: Sequence[_Piece], gap: float) -> list[tuple[list[_Piece], list[_Piece]]]:
    """Cut a page, from its head down, into (pieces that go across the gap, pieces beside it that follow)."""
    bands: list[tuple[list[_Piece], list[_Piece]]] = [([], [])]
    crossing = {
        round(piece.base) + step for piece in pieces if piece.x0 < gap - 2 < gap + 2 < piece.x1 for step in (-1, 0, 1)
    }
    for piece in pieces:
        if round(piece.base) in crossing:
            if bands[-1][1]:
                bands.append(([], []))
            bands[-1][0].append(piece)
        else:
            bands[-1][1].append(piece)
    return bands


def _gutter(pieces: Sequence[_Piece], width: float) -> float | None:
    """The x of the gap between two columns of prose, or None."""
    tried: dict[int, int] = {}
    for x in range(int(width * 0.3), int(width * 0.7), 3):
        tried[x] = max((_side_by_side(band, x) for _, band in _bands(pieces, x)), default=0)
    most = max(tried.values(), default=0)
    if most < _COLUMN_ROWS:
        return None
    return statistics.median(x for x, rows in tried.items() if rows == most)


def _side_by_side(band: Sequence[_Piece], x: float) -> int:
    """Lines of the emptier of the two sides, where both sides look like prose: lines that fill their column."""
    left = [piece for piece in band if piece.x1 <= x + 2]
    right = [piece for piece in band if piece.x0 >= x - 2]
    if len(left) < _COLUMN_ROWS or len(right) < _COLUMN_ROWS:
        return 0
    top = min(max(p.base for p in side) for side in (left, right))
    foot = max(min(p.base for p in side) for side in (left, right))
    rows = []
    for side in (left, right):
        beside = [piece for piece in side if foot - 1 <= piece.base <= top + 1]
        widths = _heights(beside)
        if len(widths) < _COLUMN_ROWS or _breaks(beside) > 0.3 * len(widths):
            return 0  # few lines, or lines of several cells: a table
        filled = sum(w > 0.6 * max(widths.values()) for w in widths.values())
        if filled < 0.5 * len(widths) or max(widths.values()) < 90:
            return 0
        rows.append(len(widths))
    return min(rows)


def _breaks(pieces: Sequence[_Piece]) -> int:
    """Gaps of more than two ems within lines, but for those behind a number."""
    breaks = 0
    for before, piece in pairwise(sorted(pieces, key=lambda piece: (-round(piece.base), piece.x0))):
        text = "".join(glyph.char for glyph in before.glyphs)
        labelled = len(text) <= 4 or (any(char.isdigit() for char in text) and len(text) <= 16)
        same = abs(before.base - piece.base) < 1.5
        breaks += same and not labelled and piece.x0 - before.x1 > 2 * piece.size
    return breaks


def _heights(pieces: Iterable[_Piece]) -> dict[int, float]:
    """Width that is printed at each height, points."""
    widths: Counter[int] = Counter()
    for piece in pieces:
        widths[round(piece.base / 4)] += round(piece.x1 - piece.x0)
    return dict(widths)


def _rows(pieces: Sequence[_Piece], rtl: bool) -> list[list[_Piece]]:
    """Pieces that stand on one line, the lines from the head down, each in reading order."""
    if len(pieces) >= _MANY:
        return [[piece] for piece in pieces]
    rows: list[tuple[float, float, list[_Piece]]] = []
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


def _cells(row: Sequence[_Piece]) -> list[list[_Piece]]:
    """Cut a line where it has a gap of three ems or more."""
    cells = [[row[0]]]
    for before, piece in pairwise(row):
        far = max(piece.x0 - before.x1, before.x0 - piece.x1) > 3 * min(piece.size, before.size)
        cells.append([piece]) if far else cells[-1].append(piece)
    return cells


def _overlap(one: _Piece, other: _Piece) -> bool:
    """Whether they share so much of the line that they cannot be two parts of it."""
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0) + 0.5


def _line(row: Sequence[_Piece], number: int, column: int, width: float, rtl: bool) -> Line:
    glyphs: list[Glyph] = []
    for piece in row:
        if glyphs:
            last, first = glyphs[-1], piece.glyphs[0]
            gap = max(first.x0 - last.x1, last.x0 - first.x1)
            if gap > 0.12 * last.size and last.char != " ":
                glyphs.append(replace(last, char=" "))
        glyphs.extend(piece.glyphs)
    if rtl:
        glyphs = [glyph for word in _words(glyphs) for glyph in _lam_first(_logical(word))]
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


def _words(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    """Glyphs parted into words and spaces, each space by itself."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char == " ":
            yield from ([word] if word else [])
            yield [glyph]
            word = []
        else:
            word.append(glyph)
    yield from ([word] if word else [])


def _logical(word: list[Glyph]) -> list[Glyph]:
    """An Arabic word from its first letter on: pdfium leaves some words as they are drawn, from the left."""
    letters = [glyph for glyph in word if glyph.char.isalpha()]
    if len(letters) < 2 or not all(map(_is_rtl, letters)) or any(glyph.char.isdigit() for glyph in word):
        return word
    if letters[0].x0 + letters[0].x1 >= letters[-1].x0 + letters[-1].x1 - 0.1:
        return word
    # Letters drawn as one (lam and alif) have one place, and stand in their own order already.
    clusters = [[word[0]]]
    for before, glyph in pairwise(word):
        if (before.x0, before.x1) == (glyph.x0, glyph.x1):
            clusters[-1].append(glyph)
        else:
            clusters.append([glyph])
    clusters.sort(key=lambda cluster: -cluster[0].x0 - cluster[0].x1)
    return [glyph for cluster in clusters for glyph in cluster]


def _lam_first(word: list[Glyph]) -> list[Glyph]:
    """Lam before alif where the two are drawn as one sign, which has one place: alif first is never written so."""
    for position, (before, glyph) in enumerate(pairwise(word[:])):
        if before.char in "اأإآ" and glyph.char == "ل" and (before.x0, before.x1) == (glyph.x0, glyph.x1):
            word[position], word[position + 1] = glyph, before
    return word


_MIRROR = str.maketrans("()[]{}«»", ")(][}{»«")


def _unmirrored(lines: list[Line]) -> list[Line]:
    """Brackets of a right-to-left page the way they are typed: in some files they are the way they look."""
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

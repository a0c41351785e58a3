"""Characters of a PDF page as they are printed: what each is, where it stands, how large. Lengths are points (1/72 inch)."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw as raw  # type: ignore[import-untyped, unused-ignore]

BREAK = "￾"
"""What stands in a text for a hyphen at the end of a line, of which pdfium does not say whether it is a soft one."""
UNKNOWN = "\ufffd"
"""What stands for a glyph of which the file does not say which character it is."""


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
    start: float = 0.0
    """Where the pen was set down to draw it."""
    order: int = 0
    """Its place in the text layer of the page, from 0."""
    generated: bool = False
    """A space that pdfium sees where the file has none."""
    ink: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top of what is inked, on a page that stands upright and has right-to-left letters."""
    seen: bool = False
    """A bracket: `char` is its shape as printed, not what the file says."""
    mirrored: int = 0
    """The text object, counted from 1 as the file draws them, of what is drawn from right to left, as in a mirror: so
    Tesseract draws each word of a right-to-left line, numbers too. 0 for all else."""
    unsure: bool = False
    """A vowel sign that may belong to another line."""


@dataclass(slots=True)
class Face:
    """What all glyphs of a text object share."""

    size: float
    bold: bool
    hidden: bool
    turn: int
    """Quarters by which the page must be turned, clockwise, for its text to stand upright."""
    mirrored: int = 0
    """As `Glyph.mirrored`."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One character as pdfium gives it, before the page is turned so that its text stands upright."""

    char: str
    """A line feed where pdfium sees a line end, a space where it sees two words parted."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    origin: tuple[float, float]
    face: Face
    order: int = 0
    """Place in the text layer, from 0."""
    generated: bool = False
    """Not in the file: pdfium saw that a line or a word ends."""
    ink: tuple[float, float, float, float] | None = None
    """Left, bottom, right, top of the ink, where it was asked for."""


def signs_of(textpage: pdfium.PdfTextPage, count: int) -> Iterable[Sign]:
    """The characters of a page in the file's order."""
    faces: dict[int, Face] = {}
    drawn: dict[int, int] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    sign = Sign("\n", (0.0, 0.0, 0.0, 0.0), (0.0, 0.0), Face(10.0, False, False, 0))
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
            yield replace(sign, char="\n" if code in (10, 13) else " ", order=index, generated=True, ink=None)
            continue
        handle = raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key and key not in faces:
            faces[key] = _face(textpage, index, handle)
            if faces[key].mirrored:
                drawn = drawn or _drawn(textpage.page)
                faces[key].mirrored = drawn.get(key, len(drawn) + len(faces))
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        edges = (box.left, box.bottom, box.right, box.top)
        char = _char(code, hyphen)
        sign = Sign(char, edges, (x.value, y.value), faces.get(key, sign.face), index)
        yield sign


def inked(signs: Iterable[Sign], textpage: pdfium.PdfTextPage) -> list[Sign]:
    """The same characters, and what each of them inks."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found: list[Sign] = []
    for sign in signs:
        if not sign.generated:
            raw.FPDFText_GetCharBox(textpage, sign.order, left, right, bottom, top)
            sign = replace(sign, ink=(left.value, bottom.value, right.value, top.value))
        found.append(sign)
    return found


def glyphs_of(signs: Sequence[Sign], turn: int, width: float, height: float) -> Iterable[Glyph | None]:
    """Characters on a page turned by `turn` quarters, of the given size when turned; None for a line end."""
    before = Glyph("\n", 0.0, 0.0, 0.0, 10.0, False, False)
    last: Face | None = None
    for sign in signs:
        face = sign.face
        if sign.char == "\n":
            before = replace(before, char="\n")
            yield None
            continue
        if sign.char == " ":
            left, right, _, start = _turned(turn, width, height, sign)
            generated = sign.generated or right - left < 0.02 * face.size
            before = replace(
                before, char=" ", x0=before.x1, start=start, order=sign.order, generated=generated, ink=None
            )
            yield before
            continue
        left, right, base, start = _turned(turn, width, height, sign)
        if face.turn != turn and before.char != "\n":
            # Text that runs up or down the page is kept together: its glyphs are laid side by side.
            left, right, base = before.x1, before.x1 + 0.5 * face.size, before.base
            start = left
        elif last is not face and base == before.base and _parted(before, sign.char, start):
            yield replace(before, char=" ", x0=before.x1, generated=True)
        ink = sign.ink if turn == face.turn == 0 else None
        before = Glyph(
            sign.char, left, right, base, face.size, face.bold, face.hidden, start, sign.order, sign.generated, ink,
            mirrored=face.mirrored,
        )  # fmt: skip
        last = face
        yield before


def _parted(before: Glyph, char: str, start: float) -> bool:
    """Whether a space stands where the file begins a piece anew: pdfium overlooks narrow ones ("Calls|for")."""
    return before.char.isalpha() and char.isalpha() and start - before.x1 > 0.15 * before.size


def _turned(turn: int, width: float, height: float, sign: Sign) -> tuple[float, float, float, float]:
    """Left, right, baseline and where writing begins, as one sees them on the turned page."""
    (left, bottom, right, top), (x, y) = sign.box, sign.origin
    if turn == 1:
        return bottom, top, height - x, y
    if turn == 2:
        return width - right, width - left, height - y, width - x
    if turn == 3:
        return width - top, width - bottom, x, width - y
    return left, right, y, x


def _drawn(page: pdfium.PdfPage) -> dict[int, int]:
    """The objects of a page, by their address, counted from 1 as the file draws them: pdfium sorts those of a line by place."""
    handles = (raw.FPDFPage_GetObject(page, number) for number in range(raw.FPDFPage_CountObjects(page)))
    return {ctypes.cast(handle, ctypes.c_void_p).value or 0: number for number, handle in enumerate(handles, 1)}


def _face(textpage: pdfium.PdfTextPage, index: int, handle: raw.FPDF_PAGEOBJECT) -> Face:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    scale = max((matrix.c**2 + matrix.d**2) ** 0.5, 0.01)
    size = min(max(raw.FPDFText_GetFontSize(textpage, index) * scale, 1.0), 500.0)
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(handle), name, 128)
    bold = raw.FPDFText_GetFontWeight(textpage, index) >= 600 or b"bold" in name.value.lower()
    hidden = raw.FPDFTextObj_GetTextRenderMode(handle) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    # Tesseract draws right-to-left words as in a mirror, a < 0 < d: they stand upright all the same.
    turn = (1 if matrix.b > 0 else 3) if abs(matrix.b) > abs(matrix.a) else (2 if matrix.a < 0 and matrix.d < 0 else 0)
    return Face(size, bold, hidden, turn, int(matrix.a < 0 < matrix.d))


def _char(code: int, hyphen: bool) -> str:
    """The character of a code; ligatures and the joined forms of Arabic letters become the letters they stand for."""
    if hyphen or code in (0x2, 0xFFFE):
        return BREAK
    if code == 0xAD:
        return "\xad"
    if code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code in (9, 11, 12) else UNKNOWN
    char = chr(code)
    if 0xFB00 <= code <= 0xFB06 or 0xFB50 <= code <= 0xFDFB or 0xFE70 <= code <= 0xFEFC:
        letters = unicodedata.normalize("NFKC", char)
        return char if " " in letters else letters
    return " " if char.isspace() else char

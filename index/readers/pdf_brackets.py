"""Brackets and quotation marks of right-to-left lines: which way they open on paper. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray

from index.readers.pdf_glyphs import Glyph

OPENING, CLOSING = "([{«‹", ")]}»›"
MIRROR = dict(zip(OPENING + CLOSING, CLOSING + OPENING, strict=True))
_MARKS = "“”‘’"
TURNED = MIRROR | dict(zip(_MARKS, "”“’‘", strict=True))
"""Brackets and quotation marks as pdfium gives them in what it takes for right-to-left text."""
LOOKED_AT = frozenset(MIRROR) | frozenset(_MARKS)
DOTS = 4.0
"""Dots a point at which brackets are looked at: one of 8 points is some 35 dots high."""
FINE = 20.0
"""The same for quotation marks, which are small."""
MAX_DOTS = 30_000_000
"""Of a drawn page; a larger one is drawn coarser."""
BOW = 0.03
"""Share of its height by which the middle of a bracket stands aside of its ends, at least; "(" has some 0.1."""
SUNK = 0.03
"""Share of its height by which the weight of a curved quotation mark lies off its middle, at least."""


def is_mirrored(char: str) -> bool:
    return char in MIRROR


def shapes_of(page: pdfium.PdfPage, brackets: Sequence[Glyph]) -> dict[int, str]:
    """Which way brackets open on paper, by their order in the file; those that cannot be seen are not in it.

    The layer's own character proves nothing: pdfium turns round what it takes for right-to-left, some files give what is
    seen and some what was typed.
    """
    shapes: dict[int, str] = {}
    drawn: NDArray[np.uint8] | None = None
    width, height = page.get_size()
    for glyph in brackets:
        if glyph.ink is None or glyph.hidden:
            continue
        left, bottom, right, top = glyph.ink
        if glyph.char in _MARKS:
            around = max(left, 0.0), max(bottom, 0.0), max(width - right, 0.0), max(height - top, 0.0)
            if right <= left or top <= bottom or sum(around[::2]) >= width or sum(around[1::2]) >= height:
                continue
            sunk = _sunk(_gray(page, FINE, around))
            if abs(sunk) >= SUNK:
                pair = "“”" if glyph.char in "“”" else "‘’"
                shapes[glyph.order] = pair[sunk < 0]
            continue
        if drawn is None:
            drawn = _gray(page, min(DOTS, (MAX_DOTS / max(width * height, 1.0)) ** 0.5))
        scale = drawn.shape[0] / height
        box = drawn[
            max(round((height - top) * scale), 0) : max(round((height - bottom) * scale), 0),
            max(int(left * scale), 0) : max(int(right * scale) + 1, 0),
        ]
        bow = _lean(box) if glyph.char in "[]" else _bow(box)
        if abs(bow) >= BOW:
            brace = sorted((glyph.char, MIRROR[glyph.char]), key=lambda char: char in CLOSING)
            shapes[glyph.order] = brace[bow > 0]
    return shapes | _like_others(brackets, shapes)


def _like_others(brackets: Sequence[Glyph], shapes: dict[int, str]) -> dict[int, str]:
    """The quotation marks whose shape does not tell (some fonts draw both alike): turned round like those that tell, and
    where none does turned round as pdfium does in right-to-left text."""
    marks = [glyph for glyph in brackets if glyph.char in _MARKS and not glyph.hidden]
    turned = [shapes[glyph.order] != glyph.char for glyph in marks if glyph.order in shapes]
    if turned.count(False) > turned.count(True):
        return {}
    return {glyph.order: TURNED[glyph.char] for glyph in marks if glyph.order not in shapes}


def _gray(
    page: pdfium.PdfPage, scale: float, without: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
) -> NDArray[np.uint8]:
    """A page as (rows, columns) from black (0) to white (255), so many points cut off at left, bottom, right and top."""
    picture: NDArray[np.uint8] = page.render(scale=scale, crop=without, grayscale=True).to_numpy()
    return picture[:, :, 0] if picture.ndim == 3 else picture


def _sunk(box: NDArray[np.uint8]) -> float:
    """How far below the middle the weight of a quotation mark lies, in shares of its height: “ is heavy below, ” above."""
    return _off_middle((255.0 - box.astype(float)).sum(axis=1), 6)


def _bow(box: NDArray[np.uint8]) -> float:
    """How far right of its ends the middle of a bracket stands, in shares of its height; 0 where nothing is to be seen."""
    if box.shape[0] < 6 or box.shape[1] < 2:
        return 0.0
    paper = float(np.median(box[[0, -1]])) if box.std() else 255.0
    ink = np.abs(box.astype(float) - (255.0 if paper > 127 else 0.0))
    third = box.shape[0] // 3
    ends, middle = np.concatenate([ink[:third], ink[-third:]]).sum(axis=0), ink[third:-third].sum(axis=0)
    if not ends.sum() or not middle.sum():
        return 0.0
    at = np.arange(box.shape[1])
    return (float(middle @ at / middle.sum()) - float(ends @ at / ends.sum())) / int(box.shape[0])


def _lean(box: NDArray[np.uint8]) -> float:
    """How far right of the middle the ink of a square bracket lies, in shares of its width; 0 where nothing is to be seen."""
    return _off_middle((255.0 - box.astype(float)).sum(axis=0), 4)


def _off_middle(ink: NDArray[np.float64], least: int) -> float:
    """How far behind the middle the weight of a row of ink lies, in shares of the inked length; 0 of fewer than `least`."""
    inked = np.flatnonzero(ink > 0.1 * ink.max()) if ink.size else np.array([])
    if len(inked) < least:
        return 0.0
    ink = ink[inked[0] : inked[-1] + 1]
    return float(ink @ np.arange(len(ink)) / ink.sum()) / (len(ink) - 1) - 0.5

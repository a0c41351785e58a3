"""Columns of a PDF page: pieces of lines, and the parts of a page that are read one after the other. Lengths are points."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.pdf_glyphs import Glyph

_COLUMN_ROWS = 5
"""Lines that must stand side by side before a gap down the page is taken for a gap between columns."""
MANY = 5_000
"""Pieces of text on a page beyond which it is a drawing: its pieces are taken as they come, so that none takes minutes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs that follow each other in the file on one baseline, without a gap wider than a word space."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    base: float
    """Of most of its largest glyphs: a piece may begin with a raised mark, or an Arabic vowel sign."""
    size: float
    """Of most of its glyphs."""
    visual: bool = False
    """Its glyphs are in the order of their places, from left to right, and not in that of the file."""


def pieces_of(glyphs: Iterable[Glyph | None]) -> list[Piece]:
    """Cut the stream where the line, the baseline or, by more than a wide word space, the place changes."""
    pieces: list[Piece] = []
    current: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if current and (glyph is None or _apart(current[-1], glyph)):
            pieces.append(piece_of(current))
            current = []
        if glyph is not None and (current or glyph.char != " "):
            current.append(glyph)
    return pieces


def piece_of(glyphs: Sequence[Glyph]) -> Piece:
    """A piece of glyphs, the first of which is no space; spaces at its end are dropped."""
    end = len(glyphs)
    while glyphs[end - 1].char == " ":
        end -= 1
    inked = tuple(glyphs[:end])
    x0, x1 = min(glyph.x0 for glyph in inked), max(glyph.x1 for glyph in inked)
    size = Counter(round(glyph.size, 1) for glyph in inked).most_common(1)[0][0]
    largest = max(round(glyph.size, 1) for glyph in inked)
    bases = Counter(round(glyph.base, 1) for glyph in inked if round(glyph.size, 1) == largest)
    return Piece(inked, x0, x1, bases.most_common(1)[0][0], size)


def _apart(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    if glyph.char == " ":
        return False
    gap = max(glyph.x0 - before.x1, before.x0 - glyph.x1)
    return abs(glyph.base - before.base) > 0.6 * size or gap > 0.8 * size


def columns_of(pieces: Sequence[Piece], width: float, rtl: bool) -> list[list[Piece]]:
    """Parts of a page to be read one after the other: what goes across, then one column, then the other."""
    pieces = sorted(pieces, key=lambda piece: -piece.base)
    gap = _gutter(pieces, width) if len(pieces) < MANY else None
    if gap is None:
        return [pieces]
    found: list[list[Piece]] = []
    across: list[Piece] = []
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


def _bands(pieces: Sequence[Piece], gap: float) -> list[tuple[list[Piece], list[Piece]]]:
    """Cut a page, from its head down, into (pieces that go across the gap, pieces beside it that follow)."""
    bands: list[tuple[list[Piece], list[Piece]]] = [([], [])]
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


def _gutter(pieces: Sequence[Piece], width: float) -> float | None:
    """The x of the gap between two columns of prose, or None."""
    tried: dict[int, int] = {}
    for x in range(int(width * 0.3), int(width * 0.7), 3):
        tried[x] = max((_side_by_side(band, x) for _, band in _bands(pieces, x)), default=0)
    most = max(tried.values(), default=0)
    if most < _COLUMN_ROWS:
        return None
    return statistics.median(x for x, rows in tried.items() if rows == most)


def _side_by_side(band: Sequence[Piece], x: float) -> int:
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
        widths = _reaches(beside)
        if len(widths) < _COLUMN_ROWS or _aligned_breaks(beside) > 0.4 * len(widths):
            return 0  # few lines, or lines of several cells: a table
        filled = sum(w > 0.6 * max(widths.values()) for w in widths.values())
        if filled < 0.5 * len(widths) or max(widths.values()) < 90:
            return 0
        rows.append(len(widths))
    return min(rows)


def _aligned_breaks(pieces: Sequence[Piece]) -> int:
    """The most lines that have a gap of more than two ems, but for those behind a number that begins one, at the same place.

    The gaps of a table stand under each other, those of a justified column here and there.
    """
    edges: list[tuple[float, int]] = []
    first = True
    for before, piece in pairwise(sorted(pieces, key=lambda piece: (-round(piece.base), piece.x0))):
        text = "".join(glyph.char for glyph in before.glyphs)
        labelled = len(text) <= 4 or (any(char.isdigit() for char in text) and len(text) <= 16)
        same = abs(before.base - piece.base) < 1.5
        labelled, first = labelled and first, not same
        if same and not labelled and piece.x0 - before.x1 > 2 * piece.size:
            edges += [(before.x1, 1), (piece.x0, -1)]
    open_gaps = most = 0
    for _, step in sorted(edges):
        open_gaps += step
        most = max(most, open_gaps)
    return most


def _reaches(pieces: Iterable[Piece]) -> dict[int, float]:
    """From where to where each line reaches, points."""
    ends: dict[int, tuple[float, float]] = {}
    for piece in pieces:
        left, right = ends.get(round(piece.base / 4), (piece.x0, piece.x1))
        ends[round(piece.base / 4)] = (min(left, piece.x0), max(right, piece.x1))
    return {height: right - left for height, (left, right) in ends.items()}


def _heights(pieces: Iterable[Piece]) -> dict[int, float]:
    """Width that is printed at each height, points."""
    widths: Counter[int] = Counter()
    for piece in pieces:
        widths[round(piece.base / 4)] += round(piece.x1 - piece.x0)
    return dict(widths)

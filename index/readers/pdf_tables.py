"""Tables of a PDF page: where rules are drawn around rows, and where words stand under each other. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.pdf_columns import Piece
from index.readers.pdf_rules import Rule

ALIKE = 4.0
"""Points by which the ends of a table's rules differ, at most."""
TALLEST = 150.0
"""Points from one rule of a table to the next, at most."""
WIDEST = 0.5
"""Share of the text's width that a table takes up at least; a smaller one may stand beside a column."""
ROWS = 3
"""Lines under each other with a gap at one place, from which on they are rows of a table."""
GOES_ON = 3
"""Lines in which the cells of such a row go on, at most."""


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a page with a rule above and below each of its rows."""

    x0: float
    x1: float
    edges: tuple[float, ...]
    """Heights of its rules from the head down, at least four."""

    def holds(self, piece: Piece) -> bool:
        """Whether a piece stands in it."""
        inside = self.edges[-1] < piece.base < self.edges[0]
        return inside and self.x0 - 2 <= (piece.x0 + piece.x1) / 2 <= self.x1 + 2

    def rows(self, pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
        """Rows from the head down, each of cells from the left, each of the pieces in it; empty ones left out."""
        rows: list[list[list[Piece]]] = []
        for top, foot in pairwise(self.edges):
            within = [piece for piece in pieces if foot < piece.base < top and self.holds(piece)]
            if within:
                rows.append(_cells(within))
        return rows


def tables_of(rules: Sequence[Rule], pieces: Sequence[Piece]) -> list[Table]:
    """The ruled tables of a page from its head down: most rows have two cells or more, and the others a line or two."""
    if not pieces:
        return []
    wide = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    groups: list[list[Rule]] = []
    for rule in _joined(rules):
        if rule.x1 - rule.x0 < WIDEST * wide:
            continue
        alike = [
            group
            for group in groups
            if abs(group[-1].x0 - rule.x0) < ALIKE
            and abs(group[-1].x1 - rule.x1) < ALIKE
            and group[-1].y - rule.y < TALLEST
        ]
        if alike:
            alike[-1].append(rule)
        else:
            groups.append([rule])
    tables = [Table(group[0].x0, group[0].x1, tuple(rule.y for rule in group)) for group in groups if len(group) >= 4]
    return [table for table in tables if _is_table(table.rows(pieces))]


def _is_table(rows: Sequence[Sequence[Sequence[Piece]]]) -> bool:
    parted = [row for row in rows if len(row) > 1]
    heights = [len({round(piece.base) for cell in row for piece in cell}) for row in rows if len(row) == 1]
    return len(parted) >= max(2, 0.7 * len(rows)) and max(heights, default=0) <= 2


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules from the head down, those that meet at one height as one: each cell may have been drawn by itself."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (-round(rule.y), rule.x0)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.y - rule.y) < 1.5 and rule.x0 <= last.x1 + 3:
            joined[-1] = Rule(min(last.x0, rule.x0), max(last.x1, rule.x1), last.y)
        else:
            joined.append(rule)
    return joined


def _cells(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Cut a row where white space runs down all of its lines."""
    cells: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if cells and piece.x0 - reach < 0.4 * piece.size:
            cells[-1].append(piece)
        else:
            cells.append([piece])
        reach = max(reach, piece.x1) if len(cells[-1]) > 1 else piece.x1
    return cells


def aligned(rows: Sequence[Sequence[Piece]]) -> list[bool]:
    """Which of the lines that follow each other down a page have a gap of two ems under that of another line, or above it, as
    three lines at least have it. A gap behind the number that begins a line does not count. A few lines without a gap may
    stand between two such lines close below the first, where they leave its gap white: the cell goes on in them."""
    found = [False] * len(rows)
    run: list[int] = []
    white: list[tuple[float, float]] = []
    for at, row in enumerate(rows):
        gaps = _gaps(row)
        if not gaps:
            near = run and at - run[-1] <= GOES_ON and rows[at - 1][0].base - row[0].base < 2 * row[0].size
            white = _beside(row, white) if near else []
            continue
        below = any(a0 < b1 and b0 < a1 for a0, a1 in white for b0, b1 in gaps)
        run, white = [*run, at] if below else [at], gaps
        if len(run) >= ROWS:
            found[run[0] : at + 1] = [True] * (at + 1 - run[0])
    return found


def _beside(row: Sequence[Piece], gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What a line leaves white of the gaps above it."""
    x0, x1 = min(piece.x0 for piece in row), max(piece.x1 for piece in row)
    parts = [part for g0, g1 in gaps for part in ((g0, min(g1, x0)), (max(g0, x1), g1))]
    return [(left, right) for left, right in parts if right - left > row[0].size]


def _gaps(row: Sequence[Piece]) -> list[tuple[float, float]]:
    from_left = sorted(row, key=lambda piece: piece.x0)
    return [
        (before.x1, piece.x0)
        for at, (before, piece) in enumerate(pairwise(from_left))
        if piece.x0 - before.x1 > 2 * piece.size and not (at == 0 and len(before.glyphs) <= 6)
    ]

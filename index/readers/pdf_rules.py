"""Rules drawn on a PDF page: the lines above footnotes and around the cells of tables. Lengths are points; y grows upwards."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
import pypdfium2.raw as raw  # type: ignore[import-untyped, unused-ignore]

MAX_PATHS, MAX_SEGMENTS = 5_000, 200
"""Of a page and of a path; more are a drawing, whose lines are no rules."""
THIN = 2.5
"""Points: a filled box is a rule up to this height."""
LEAST = 20.0
"""Points: shorter lines are strokes of a drawing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line on a page; on right-to-left pages mirrored like the lines of text, x0 where reading begins."""

    x0: float
    x1: float
    y: float


def rules_of(page: pdfium.PdfPage) -> tuple[Rule, ...]:
    """The horizontal rules of an upright page from its head down, each once; none of a page that is a drawing."""
    found: set[tuple[float, float, float]] = set()
    for count, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count >= MAX_PATHS:
            return ()
        for x0, x1, y in _horizontals(path):
            if x1 - x0 >= LEAST:
                found.add((round(x0, 1), round(x1, 1), round(y, 1)))
    return tuple(Rule(*rule) for rule in sorted(found, key=lambda rule: (-rule[2], rule[0])))


def _horizontals(path: pdfium.PdfObject) -> Iterable[tuple[float, float, float]]:
    """From where to where, and how high, the horizontal lines of a path run."""
    left, bottom, right, top = path.get_bounds()
    if top - bottom <= THIN:
        yield left, right, (bottom + top) / 2
        return
    count = raw.FPDFPath_CountSegments(path)
    if not 2 <= count <= MAX_SEGMENTS:
        return
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before = first = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        ends = [(before, here)] if kind == raw.FPDF_SEGMENT_LINETO else []
        if raw.FPDFPathSegment_GetClose(segment):
            ends.append((here, first))
        for one, other in ends:
            if abs(one[1] - other[1]) < 0.5:
                yield min(one[0], other[0]), max(one[0], other[0]), (one[1] + other[1]) / 2
        before = here

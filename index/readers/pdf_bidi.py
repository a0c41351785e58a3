"""Lines with Arabic or Hebrew in them: from the order in which they are printed to the order in which they are read.

A PDF draws glyphs at places; the order of its text layer may be that of drawing, of typing or neither. So the layer's order
is not looked at: the glyphs of a line are sorted by their place, and the Unicode Bidirectional Algorithm (UAX #9) is turned
round. What is given back is the text that is displayed as the page is printed. Lengths are points.
"""

from __future__ import annotations

import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]

from index.readers.pdf_brackets import CLOSING, LOOKED_AT, MIRROR, OPENING, TURNED, shapes_of
from index.readers.pdf_columns import Piece, piece_of
from index.readers.pdf_glyphs import UNKNOWN, Glyph
from index.readers.pdf_vowels import insert_drawn, insert_sign, is_sign, place_of, with_signs

_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALEF = frozenset("اأإآٱ")
_LAST = frozenset("ىة")
"""Letters that stand at the end of words only."""
SPACE = 0.15
"""Ems between two glyphs from which on they are two words, where no space is printed between them."""
ROOM = 0.05
"""The same where a space is printed between them."""
OFF_LINE = 0.6
"""Ems from a baseline within which raised marks belong to its line."""
WIDE = 0.8
"""Ems between two glyphs from which on they are two pieces of a line."""
JOINT = 0.03
"""Ems between the places of two letters that are drawn as one (lam and alif), at most."""
TWICE = 0.2
"""Ems between a letter and the sign on it, at most."""
BAR, BAR_RISE = 0.15, 0.1
"""Ems: how high the ink of a stroke that lengthens a word (kashida) is, and how high above the baseline, at most."""


def is_rtl(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.char[0]) in ("R", "AL")


# Pieces by their place


def by_place(
    stream: Sequence[Glyph | None], rtl: bool, page: pdfium.PdfPage | None
) -> tuple[list[Glyph | None], list[Piece], int]:
    """Take the lines that hold right-to-left letters (all of them on a page that is `rtl`) out of the file's order.

    Returns what is left of the stream, the pieces of these lines, the glyphs of each from left to right, and how many
    strokes that lengthen a word were dropped. page: drawn to see which way brackets open; None where its text is turned.
    """
    rows = _rows(glyph for glyph in stream if glyph is not None and not glyph.generated)
    taken = [row for row in rows if rtl or any(map(is_rtl, row))]
    gone = {glyph.order for row in taken for glyph in row}
    left: list[Glyph | None] = [
        glyph for glyph in stream if glyph is None or (glyph.order not in gone and not (rtl and glyph.generated))
    ]
    shapes = shapes_of(page, [glyph for row in taken for glyph in row if glyph.char in LOOKED_AT]) if page else {}
    pieces: list[Piece] = []
    bars = 0
    for row in taken:
        row = [glyph for glyph in row if glyph.char not in _CONTROLS]
        seen = [replace(g, char=shapes[g.order], seen=g.char in MIRROR) if g.order in shapes else g for g in row]
        inked, dropped = _without_bars(sorted(seen, key=lambda glyph: (glyph.start, glyph.order)))
        bars += dropped
        pieces.extend(_cut(_once(inked)))
    return left, pieces, bars


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by the baseline on which they stand, vowel signs with the letters that they belong to."""
    by_base: dict[float, list[Glyph]] = {}
    marks: list[Glyph] = []
    for glyph in glyphs:
        if is_sign(glyph) and not glyph.mirrored:
            marks.append(glyph)
        else:
            by_base.setdefault(round(glyph.base, 1), []).append(glyph)
    rows: list[tuple[float, float, list[Glyph]]] = []
    for base, row in sorted(by_base.items(), key=lambda item: -len(item[1])):
        size = statistics.median(glyph.size for glyph in row)
        near = [other for other in rows if abs(other[0] - base) < OFF_LINE * max(other[1], size)]
        if near:
            min(near, key=lambda other: abs(other[0] - base))[2].extend(row)
        else:
            rows.append((base, size, row))
    return with_signs([row for _, _, row in rows], marks)


def _cut(row: Sequence[Glyph]) -> Iterable[Piece]:
    """Pieces of a row, cut where it has a wide gap; from left to right."""
    current: list[Glyph] = []
    reach = 0.0
    for glyph in row:
        if glyph.char == " ":
            if current:
                current.append(glyph)
            continue
        if current and glyph.x0 - reach > WIDE * glyph.size:
            yield replace(piece_of(current), visual=True)
            current = []
        reach = max(reach, glyph.x1) if current else glyph.x1
        current.append(glyph)
    if current:
        yield replace(piece_of(current), visual=True)


def _without_bars(row: Sequence[Glyph]) -> tuple[list[Glyph], int]:
    """A row without the strokes that lengthen Arabic words, for which some writers give no character; how many they were.

    Such a stroke is flat and stands against an Arabic letter or another stroke. Its place goes to the letter before it.
    """
    kept: list[Glyph] = []
    bars = 0
    base = _usual_base(row)
    for position, glyph in enumerate(row):
        if _is_bar(glyph, base):
            beside = [*kept[-1:], *row[position + 1 : position + 2]]
            if len(beside) == 2 and all(_is_bar(other, base) or is_joined(other) for other in beside):
                last = max((n for n, other in enumerate(kept) if not is_sign(other)), default=len(kept) - 1)
                kept[last] = replace(kept[last], x1=max(kept[last].x1, glyph.x1))
                bars += 1
                continue
        kept.append(glyph)
    return kept, bars


def _usual_base(row: Sequence[Glyph]) -> float:
    return Counter(round(glyph.base, 1) for glyph in row).most_common(1)[0][0] if row else 0.0


def _is_bar(glyph: Glyph, base: float) -> bool:
    """Whether it is a flat stroke upon the baseline. What character the file gives it proves nothing: LibreOffice gives none,
    a hyphen or a digit. A hyphen stands higher, a full stop is no wider than high."""
    if glyph.ink is None or glyph.char == "ـ":
        return False
    left, bottom, right, top = glyph.ink
    high = top - bottom
    flat = 0 < high < BAR * glyph.size and right - left > 2 * high
    return flat and abs(bottom - base) < BAR_RISE * glyph.size and unicodedata.bidirectional(glyph.char[0]) != "NSM"


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """A row without letters that are there twice: LibreOffice gives a letter and the sign on it the text of both."""
    usual = _usual_base(row)
    off = [
        glyph for glyph in row if abs(glyph.base - usual) > 0.1 * glyph.size and is_joined(glyph) and not glyph.mirrored
    ]
    if not off:
        return list(row)
    twice = {
        glyph.order
        for glyph in off
        for other in row
        if abs(other.base - usual) <= 0.1 * other.size
        and other.char == glyph.char
        and abs(other.start - glyph.start) < TWICE * glyph.size
    }
    return [glyph for glyph in row if glyph.order not in twice]


def is_joined(glyph: Glyph) -> bool:
    """Whether it is written joined to its neighbours: an Arabic letter or a sign on one."""
    return unicodedata.bidirectional(glyph.char[0]) in ("AL", "NSM")


# From the printed order to the order of reading


@dataclass(slots=True)
class _Cluster:
    """Glyphs of one place: a letter with its vowel signs, or letters drawn as one."""

    glyphs: list[Glyph]
    kind: str
    """Bidirectional class of its first character, as UAX #9 names them."""


def reading_order(row: Sequence[Glyph], rtl: bool) -> list[Glyph]:
    """The glyphs of a line, given from left to right, in the order in which they are read; words parted by spaces.

    rtl: whether the page is right-to-left. A line without such letters is, unless something at its left end shows that it
    is not, from left to right on any page. A sign that is `unsure` becomes UNKNOWN.
    """
    if sum(glyph.mirrored > 0 for glyph in row) > len(row) / 2:
        return _from_mirror(row)
    clusters = _clusters(row)
    kinds = [cluster.kind for cluster in clusters]
    right = kinds.count("R") + kinds.count("AL")
    latin = kinds.count("L")
    pushed = clusters[0].glyphs[0].char in ".,;:"  # what ends a sentence stands at the left end
    from_right = right > 0 or latin == 0 or pushed if rtl else right > latin
    ordered = _from_right(clusters) if from_right else _from_left(clusters)
    found = [glyph for cluster in ordered for glyph in cluster.glyphs]
    return [replace(glyph, char=UNKNOWN) if glyph.unsure else glyph for glyph in found]


def _from_mirror(row: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a `mirrored` line in order of reading: words as in the file, each from its right end, though their boxes
    overlap; brackets and quotation marks as they are in the file, for pdfium turns them round."""
    words: dict[int, list[Glyph]] = {}
    for glyph in row:
        if glyph.char != " ":
            words.setdefault(glyph.mirrored, []).append(replace(glyph, char=TURNED.get(glyph.char, glyph.char)))
    found: list[Glyph] = []
    for _, word in sorted(words.items()):
        word.sort(key=lambda glyph: (-glyph.start, glyph.order))
        if found:
            found.append(replace(word[0], char=" ", x0=word[0].x1))
        found.extend(word)
    return found


def _clusters(row: Sequence[Glyph]) -> list[_Cluster]:
    """Glyphs by place, from left to right, with a space between any two that stand apart."""
    clusters: list[_Cluster] = []
    marks: list[Glyph] = []
    space: Glyph | None = None
    for glyph in row:
        kind = unicodedata.bidirectional(glyph.char[0]) or "L"
        before = clusters[-1] if clusters else None
        if kind == "NSM":
            marks.append(glyph)
            continue
        if glyph.char == " ":
            space = glyph
            continue
        if (
            before
            and before.kind == kind in ("R", "AL")
            and abs(before.glyphs[0].start - glyph.start) < JOINT * glyph.size
        ):
            before.glyphs.append(glyph)
            continue
        if before:
            reach = max(other.x1 for other in before.glyphs)
            # Spaces at the end of a justified line are drawn back over its letters: one stands only where there is room.
            if min(glyph.x0, glyph.start) - reach > (SPACE if space is None else ROOM) * glyph.size:
                clusters.append(_Cluster([replace(space or glyph, char=" ", x0=reach, x1=glyph.x0, seen=False)], "WS"))
        space = None
        clusters.append(_Cluster([glyph], kind))
    for cluster in clusters:
        if len(cluster.glyphs) > 1:
            cluster.glyphs.sort(key=lambda glyph: glyph.order)
    _lam_first(clusters)
    drawn = {place_of(glyph): cluster for cluster in clusters for glyph in cluster.glyphs}
    for mark in marks:
        if place_of(mark) in drawn:
            insert_drawn(drawn[place_of(mark)].glyphs, mark)
            continue
        letters = [cluster for cluster in clusters if cluster.kind in ("R", "AL")] or clusters
        if not letters:
            clusters.append(_Cluster([mark], "AL"))
            continue
        centre = (mark.x0 + mark.x1) / 2
        base = min(letters, key=lambda c: max(c.glyphs[0].x0 - centre, centre - c.glyphs[0].x1, 0.0))
        insert_sign(base.glyphs, mark)
    return clusters


def _lam_first(clusters: Sequence[_Cluster]) -> None:
    """Letters drawn as one: lam stands before alif always, and two letters only end words; where a line has them the other way
    round, all its letters drawn as one are."""
    joint = [cluster for cluster in clusters if len(cluster.glyphs) > 1]
    told = {id(c): way for c in joint if (way := _way(c.glyphs[0].char, c.glyphs[-1].char))}
    for cluster in joint:
        if told.get(id(cluster), -1 if -1 in told.values() else 1) < 0:
            cluster.glyphs.reverse()


def _way(first: str, last: str) -> int:
    """1 where letters drawn as one are in order of reading for certain, -1 where that is turned round, 0 where nothing tells."""
    if (first == "ل" and last in _ALEF) or last in _LAST:
        return 1
    return -1 if (last == "ل" and first in _ALEF) or first in _LAST else 0


def _from_right(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """A right-to-left line, given from left to right: numbers and words of other scripts keep their order."""
    runs: list[list[_Cluster]] = []
    position = 0
    while position < len(clusters):
        end = _latin_end(clusters, position) or _number_end(clusters, position)
        runs.append(list(clusters[position:end]) if end else [_turned(clusters[position])])
        position = end or position + 1
    return [cluster for run in reversed(runs) for cluster in run]


def _from_left(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """A left-to-right line with right-to-left words in it."""
    ordered: list[_Cluster] = []
    position = 0
    while position < len(clusters):
        if clusters[position].kind not in ("R", "AL"):
            ordered.append(clusters[position])
            position += 1
            continue
        end = position + 1
        for other in range(position + 1, len(clusters)):
            if clusters[other].kind == "L":
                break
            if clusters[other].kind in ("R", "AL"):
                end = other + 1
        run = list(clusters[position:end])
        if ordered and _open(run, CLOSING, OPENING) and ordered[-1].glyphs[0].char in OPENING:
            run.insert(0, ordered.pop())
        ordered.extend(_from_right(run))
        position = end
    return ordered


def _turned(cluster: _Cluster) -> _Cluster:
    """A bracket of a right-to-left text is typed as what it looks like from the other side."""
    glyph = cluster.glyphs[0]
    return _Cluster([replace(glyph, char=MIRROR[glyph.char])], cluster.kind) if glyph.seen else cluster


def _latin_end(clusters: Sequence[_Cluster], start: int) -> int | None:
    """Where the left-to-right run that begins at `start` ends; None where none begins.

    It begins with a letter, with a number before a letter (which no right-to-left text is displayed as) or with a bracket
    that closes in it, and ends with a letter, a number or the bracket that closes in it. "2015 A/70/1" behind Arabic is
    displayed like "A/70/1 2015": the print does not tell them apart, and is read as the second.
    """
    first = start
    if clusters[first].glyphs[0].char in OPENING and clusters[first].glyphs[0].seen:
        first += 1
    if first >= len(clusters):
        return None
    if number := _number_end(clusters, first):
        behind = number
        while behind < len(clusters) and clusters[behind].kind in ("WS", "ES", "ET", "CS", "ON"):
            behind += 1
        if behind == len(clusters) or clusters[behind].kind != "L":
            return None
    elif clusters[first].kind != "L":
        return None
    end = first
    position = first
    while position < len(clusters) and clusters[position].kind not in ("R", "AL", "AN"):
        kind = clusters[position].kind
        if kind in ("L", "EN") or (kind == "ET" and position == end and clusters[position - 1].kind == "EN"):
            end = position + 1
        position += 1
    run = clusters[first:end]
    if end < len(clusters) and _open(run, OPENING, CLOSING) and clusters[end].glyphs[0].char in CLOSING:
        end += 1
    if first > start and not _open(clusters[first:end], CLOSING, OPENING):
        return None  # the bracket before it belongs to the text around
    return end


def _open(run: Iterable[_Cluster], one: str, other: str) -> bool:
    """Whether a run has more brackets of `one` than of `other`."""
    counts = Counter(cluster.glyphs[0].char for cluster in run)
    return sum(counts[char] for char in one) > sum(counts[char] for char in other)


def _number_end(clusters: Sequence[_Cluster], start: int) -> int | None:
    """Where the number that begins at `start` ends, None where none begins: digits of one kind and size, and single
    separators (those of class CS) between them."""
    kind, size = clusters[start].kind, clusters[start].glyphs[0].size
    if kind not in ("EN", "AN"):
        return None

    def goes_on(position: int) -> bool:
        cluster = clusters[position] if position < len(clusters) else None
        return cluster is not None and cluster.kind == kind and 0.8 < cluster.glyphs[0].size / size < 1.25

    end = start + 1
    while goes_on(end) or (end < len(clusters) and clusters[end].kind == "CS" and goes_on(end + 1)):
        end += 1
    return end

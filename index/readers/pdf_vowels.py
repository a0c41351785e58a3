"""Vowel signs: on which line of a page each stands, told by its ink and that of the letters above and below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from index.readers.pdf_glyphs import Glyph

REACH = 0.6
"""Ems between the ink of a sign and that of its letter, upwards, at most; signs dip into tall letters by at most as much."""
SURE = 0.15
"""Ems by which the letter of one line must be nearer to a sign than that of any other."""
ASIDE = 0.15
"""Ems between the ink of a sign and that of its letter, sidewards, at most."""
HALVES = 0.4, 0.6
"""Shares of the width of letters drawn as one (lam and alif) between which a sign may be of either; signs of the left letter
stand at 0.07, those of the right one at 0.63 to 0.85."""
SHADDA = "\u0651"
FLAT = 0.15
"""Ems: how high a stroke is that lengthens a word, at most; signs stand on such strokes too."""


def is_sign(glyph: Glyph) -> bool:
    """Whether it stands upon or below a letter: a vowel sign."""
    return unicodedata.bidirectional(glyph.char[0]) == "NSM"


def place_of(glyph: Glyph) -> tuple[float, float]:
    """Where the pen was set down to draw it. A sign and a letter of one place belong together."""
    return round(glyph.start, 2), round(glyph.base, 2)


def insert_drawn(letters: list[Glyph], sign: Glyph) -> None:
    """Put a sign behind its letter among letters of one place, where a letter has the place of the sign.

    Characters that also have the height of its ink are one glyph, to which the file gives them all (LibreOffice: "lam, fatha,
    alif" to those letters, or a letter to its sign). Their boxes are slices of that glyph, side by side in order of reading or
    in its reverse.
    """
    height = _ink(sign)[1::2]
    own = [g for g in letters if place_of(g) == place_of(sign) and not is_sign(g) and _ink(g)[1::2] == height]
    if not own or (len(own) > 1 and len({glyph.x0 for glyph in own}) < len(own)):
        insert_sign(letters, sign)
        return
    behind = own[0].x0 < own[-1].x0 if len(own) > 1 else True
    before = [glyph for glyph in own if (glyph.x0 < sign.x0) == behind]
    at = letters.index(before[-1] if before and len(own) > 1 else own[0]) + 1
    while at < len(letters) and is_sign(letters[at]):
        at += 1
    letters.insert(at, sign)


def insert_sign(letters: list[Glyph], sign: Glyph) -> None:
    """Put a sign behind its letter among letters of one place, in order of reading from the right; `unsure` where letters
    drawn as one do not tell whose it is."""
    drawn = [glyph for glyph in letters if not is_sign(glyph)]
    if len(drawn) < 2 or sign.unsure:
        letters.append(sign)
        return
    left, right = min(_ink(glyph)[0] for glyph in drawn), max(_ink(glyph)[2] for glyph in drawn)
    its = _ink(sign)
    share = ((its[0] + its[2]) / 2 - left) / max(right - left, 0.01)
    if len(drawn) > 2 or HALVES[0] <= share <= HALVES[1]:
        letters.append(replace(sign, unsure=True))
    elif share < HALVES[0]:
        letters.append(sign)
    else:
        letters.insert(letters.index(drawn[1]), sign)


def with_signs(rows: Sequence[Sequence[Glyph]], signs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Put signs to the rows of their letters.

    Where the place does not tell, a sign is put, marked `unsure`, to every row that it could belong to, and where there is
    none to a row of its own.
    """
    found = [list(row) for row in rows]
    held: set[tuple[int, str]] = set()
    """Letters (by `order`) and the signs that they have."""
    open_signs: list[tuple[Glyph, dict[int, tuple[float, int]]]] = []
    drawn = {place_of(letter): number for number, row in enumerate(rows) for letter in row}
    for sign in signs:
        if (number := drawn.get(place_of(sign))) is not None:
            found[number].append(sign)
            continue
        letters = _letters(sign, rows, signs)
        best = _only(letters)
        if best is None:
            open_signs.append((sign, letters))
            continue
        found[best].append(sign)
        held.add((letters[best][1], sign.char))
    for sign, letters in open_signs:
        free = {row: place for row, place in letters.items() if (place[1], sign.char) not in held}
        best = _only(free)
        if best is not None:
            found[best].append(sign)
            held.add((free[best][1], sign.char))
        elif free:
            for row in free:
                found[row].append(replace(sign, unsure=True))
        else:
            found.append([replace(sign, unsure=True)])
    return found


def _only(letters: dict[int, tuple[float, int]]) -> int | None:
    """The row whose letter is nearest, None where that is no row or more than one."""
    near = sorted(letters, key=lambda row: letters[row])
    if not near or (len(near) > 1 and letters[near[1]][0] - letters[near[0]][0] < SURE):
        return None
    return near[0]


def _letters(sign: Glyph, rows: Sequence[Sequence[Glyph]], signs: Sequence[Glyph]) -> dict[int, tuple[float, int]]:
    """The nearest letter of each row that a sign can stand on: (ems between them, the letter's `order`) by row."""
    above, below = _sides(sign, signs)
    near: dict[int, tuple[float, int]] = {}
    semitic = "\u0590" <= sign.char <= "\u08ff"
    for number, row in enumerate(rows):
        if semitic and not any(unicodedata.bidirectional(letter.char[0]) in ("R", "AL") for letter in row):
            continue
        for letter in row:
            if abs(letter.base - sign.base) > 3 * sign.size or not _carries(letter, sign, semitic):
                continue
            far = min(_far(sign, letter, up) for up, asked in ((True, above), (False, below)) if asked)
            if far <= REACH:
                near[number] = min(near.get(number, (far, letter.order)), (far, letter.order))
    return near


def _sides(sign: Glyph, signs: Sequence[Glyph]) -> tuple[bool, bool]:
    """Whether a sign stands above its letter, whether below; both where that is not known: with a shadda every sign is
    above."""
    kind = unicodedata.combining(sign.char[0])
    if kind not in (29, 32, 220):  # kasratan, kasra, what is below by its name
        return True, not (27 <= kind <= 35 or kind == 230)
    left, bottom, right, top = _ink(sign)
    for other in signs:
        if other.char == SHADDA and abs(other.base - sign.base) < sign.size:
            its = _ink(other)
            if its == (left, bottom, right, top):
                return True, False  # one glyph
            if its[1] - 0.2 * sign.size <= top and bottom <= its[1] and left < its[2] and right > its[0]:
                return True, True
    return False, True


def _carries(letter: Glyph, sign: Glyph, semitic: bool) -> bool:
    """Whether it is right above or below a sign, and something that a sign stands on."""
    left, bottom, right, top = _ink(letter)
    its = _ink(sign)
    if its[0] > right + ASIDE * sign.size or its[2] < left - ASIDE * sign.size:
        return False
    return not semitic or unicodedata.bidirectional(letter.char[0]) in ("R", "AL") or top - bottom < FLAT * letter.size


def _far(sign: Glyph, letter: Glyph, up: bool) -> float:
    """Ems between the ink of a letter and a sign above (`up`) or below it; infinite where it stands on the other side."""
    (_, bottom, _, top), its = _ink(letter), _ink(sign)
    middle = (its[1] + its[3]) / 2
    if (middle < letter.base) == up:
        return float("inf")
    return abs(its[1] - top if up else bottom - its[3]) / sign.size


def _ink(glyph: Glyph) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the ink; of the usual letter or sign where it is not known."""
    if glyph.ink is not None:
        return glyph.ink
    high = (0.6, 0.8) if is_sign(glyph) else (0.0, 0.5)
    return glyph.x0, glyph.base + high[0] * glyph.size, glyph.x1, glyph.base + high[1] * glyph.size

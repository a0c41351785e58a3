"""The numbers that a format prints before paragraphs by itself: in which form, and which mark each is."""

from __future__ import annotations

import re
import unicodedata

from index.structure.marks import Mark, mark_of

_HAN = "零一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"


def roman(number: int) -> str:
    """ "xiv" for 14; of 1 to 3999, any other number in figures."""
    if not 0 < number < 4000:
        return str(number)
    made = ""
    for value, letters in _ROMAN:
        made, number = made + letters * (number // value), number % value
    return made


def letters(number: int) -> str:
    """ "c" for 3, "aa" for 27, "ab" for 28, as lists of HTML go on; below 1 in figures."""
    made = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        made = chr(ord("a") + last) + made
    return made or str(number)


def repeated_letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """ "c" for 3, "aa" for 27, "bb" for 28, as lists of Word go on; below 1 in figures."""
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1) if 0 < number <= 30 * len(alphabet) else str(number)


def russian_letters(number: int) -> str:
    """ "в" for 3, as Word counts."""
    return repeated_letters(number, _RUSSIAN)


def han(number: int) -> str:
    """ "二十一" for 21; of 1 to 99, any other number in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


def mark_for(label: str, *, below: bool = False) -> Mark | None:
    """The mark of a printed label ("ii.", "(c)", "1.2", "Article 5") with a space after it; None where it counts nothing, as a
    bullet. below: it stands under another numbered paragraph, so that its figures count items."""
    known = mark_of(f"{label} Word")
    core = re.sub(r"^\W+|\W+$", "", label)
    kind = known.kind if known and known.length == len(label) + 1 else None
    number = known.number if known and kind else core
    if kind is None:
        if re.fullmatch(r"\d+(?:\.\w+)*", core):
            kind = "number"
        elif re.fullmatch(r"[a-zа-яё]{1,8}", core):
            kind = "letter"
        elif re.fullmatch(r"[A-ZА-Я]{1,2}|[IVXLCDM]{1,8}", core):
            kind = "heading"
        else:
            return None
    kind = "letter" if below and kind in ("number", "heading") else kind
    form = unicodedata.normalize("NFKC", label.replace(number, "").strip()) if kind == "letter" else ""
    return Mark(kind, number, len(label) + 1, form)

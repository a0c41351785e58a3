"""What printed numbers count, however they are written: figures, letters, Roman, Chinese and Arabic numbers."""

from __future__ import annotations

import re

HAN = "一二三四五六七八九十"
ARABIC_ORDINALS = (
    "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر", "حادي عشر", "ثاني عشر", "ثالث عشر",
    "رابع عشر", "خامس عشر", "سادس عشر",
)  # fmt: skip
ARABIC_ADVERBS = ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
ARABIC_LETTERS = ("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون")
MOST_DIGITS = 18
"""Digits of a number that counts something; Python does not read one of 4,301."""
_ROMAN = re.compile(r"(?=[ivxl])(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)


def ordinal(number: str) -> int | None:
    """What a printed number counts: 2 for "2", "٢", "II", "二", "ثانيا", "الثاني", "B", "باء"; None where it is none of these."""
    bare = number.rstrip("\u064b")
    if bare.isdecimal():
        return int(bare) if len(bare) <= MOST_DIGITS else None
    if bare.lower() == "premier":  # the first article of a treaty, in French
        return 1
    if _HAN_COUNT.fullmatch(bare):
        tens, ten, ones = bare.rpartition("十")
        return (10 * (HAN.index(tens) + 1 if tens else 1) if ten else 0) + (HAN.index(ones) + 1 if ones else 0)
    for words in (ARABIC_ADVERBS, ARABIC_ORDINALS, ARABIC_LETTERS):
        if bare.removeprefix("ال") in words or bare in words:
            return (words.index(bare) if bare in words else words.index(bare.removeprefix("ال"))) + 1
    if bare.isupper() and is_roman(bare):
        values = [{"I": 1, "V": 5, "X": 10}[c] for c in bare]
        return sum(-v if any(later > v for later in values[n + 1 :]) else v for n, v in enumerate(values))
    for first, last in (("A", "Z"), ("А", "Я")):
        if len(bare) == 1 and first <= bare <= last:
            return ord(bare) - ord(first) + 1
    return None


_HAN_COUNT = re.compile(rf"[{HAN[:-1]}]?十?[{HAN[:-1]}]?(?<=.)")


def rank(number: str) -> int:
    """How deep a section stands by the way it is counted: 0 for "II", "二" and "ثانيا", 1 for "B" and "باء", 2 for "2"."""
    if number.isdecimal():
        return 2
    bare = number.rstrip("\u064b")
    if bare in ARABIC_LETTERS or (len(bare) == 1 and bare.isupper() and not is_roman(bare)):
        return 1
    return 0


def is_roman(number: str) -> bool:
    """Whether a letter may be a small Roman number: "i", "iv", "xii"."""
    return _ROMAN.fullmatch(number) is not None

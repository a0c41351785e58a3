"""How letters and numbers go on: which comes after which, and what stands under what."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from index.clause import Step

FIRST = ("a", "i", "а", "أ", "ا", "一", "子")
"""What a list of items begins with, where it has letters."""
_ORDERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "一二三四五六七八九十",
    "子丑寅卯辰巳午未申酉戌亥",
)
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [f"{tens}{ones}" for tens in ("", "x", "xx", "xxx") for ones in _ONES][1:]


def nested(
    open_items: tuple[Step, ...], number: str, form: str = "", forms: Sequence[str] = (), *, directly: bool = False
) -> tuple[Step, ...]:
    """Where an item stands: beside one of the open ones if it comes after it, first one of its form, else under the last.

    form: how its mark is printed, without the number: "()" for "(a)", "." for "a."; forms: of the open items. directly: whether
    it stands right below an item: the first of another form is under that one then ("(i) …:", "a. …").
    """
    known = forms if len(forms) >= len(open_items) else ()
    depths = range(len(open_items), 0, -1)
    alike = [depth for depth in depths if known and known[depth - 1] == form]
    for depth in alike:
        if follows(open_items[depth - 1].number, number):
            return (*open_items[: depth - 1], Step("item", number))
    if directly and known and not alike and _western(number) in (*FIRST, "1"):
        return (*open_items, Step("item", number))
    for depth in depths:
        if follows(open_items[depth - 1].number, number):
            return (*open_items[: depth - 1], Step("item", number))
    last = open_items[-1].number if open_items else ""
    opens = FIRST if last.isdecimal() else (*FIRST, "1") if last.isupper() else ("i", "1", "一")
    if open_items and _western(number) in opens:
        return (*open_items, Step("item", number))
    return (Step("item", number),)


def follows(before: str, number: str) -> bool:
    """Whether `number` is the next after `before` in one of the ways to count; one may be skipped."""
    before, number = (unicodedata.normalize("NFKC", n) for n in (before, number))
    if before.isdecimal() and number.isdecimal():
        return 0 < int(number) - int(before) <= 2
    if before in _ROMANS and number in _ROMANS:
        return 0 < _ROMANS.index(number) - _ROMANS.index(before) <= 1
    for order in _ORDERS:
        if before in order and number in order and len(before) == len(number) == 1:
            return 0 < order.index(number) - order.index(before) <= 2
    return len(before) == 1 and len(number) == 2 and number[0] == number[1] and before == "z"


def _western(number: str) -> str:
    """A number with the digits 0 to 9: an item is printed ‘١’ in Arabic."""
    return str(int(number)) if number.isdecimal() else number


def follows_letter(before: str, number: str) -> bool:
    """The same of capital letters that count sections."""
    return (
        len(before) == len(number) == 1
        and before.isupper()
        and number.isupper()
        and follows(before.lower(), number.lower())
    )

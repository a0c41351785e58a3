"""The numbers that a browser prints before the items of an ordered list, which the file does not spell out."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from index.readers.numbers import han, letters, roman

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02d}",
    "lower-alpha": letters,
    "lower-latin": letters,
    "upper-alpha": lambda number: letters(number).upper(),
    "upper-latin": lambda number: letters(number).upper(),
    "lower-roman": roman,
    "upper-roman": lambda number: roman(number).upper(),
    "arabic-indic": lambda number: str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "cjk-ideographic": han,
    "cjk-decimal": lambda number: str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    "simp-chinese-informal": han,
    "trad-chinese-informal": han,
}
_LARGEST = 100_000
"""A number beyond it, or below the same below zero, counts nothing that people cite; its list is counted from 1."""
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
AFTER = "data-clauses-after"
"""Attribute of an item of Markdown: what stands after its number."""


def labels_of(ordered: LexborNode) -> dict[int, str]:
    """By `mem_id` of each item of an `<ol>`: its number with the stop after it ("iv."). Items without a printed number are
    missing: those of style "none", and those of a style that is not known here, since a wrong number is worse than none."""
    items = [child for child in ordered.iter() if child.tag == "li"]
    backwards = "reversed" in ordered.attributes
    number = _whole(ordered.attributes.get("start"))
    if number is None:
        number = len(items) if backwards else 1
    found: dict[int, str] = {}
    for item in items:
        given = _whole(item.attributes.get("value"))
        number = number if given is None else given
        style = _style(item) or _style(ordered) or "decimal"
        if style in _STYLES:
            after = item.attributes.get(AFTER) or ("、" if "cjk" in style or "chinese" in style else ".")
            found[item.mem_id] = _STYLES[style](number) + after
        number += -1 if backwards else 1
    return found


def _style(node: LexborNode) -> str | None:
    """How a list or an item of it is counted, by its own style or its type."""
    said = _STYLE.search(node.attributes.get("style") or "")
    if said:
        words = said[1].lower().replace("!important", "").split()
        known = next((word for word in words if word in _STYLES), None)
        return known or next((word for word in words if word not in ("inside", "outside", "inherit", "initial")), None)
    given = (node.attributes.get("type") or "").strip()
    return _TYPES.get(given)


def _whole(value: str | None) -> int | None:
    """A whole number as HTML reads it, from the start of an attribute."""
    found = re.match(r"\s*([+-]?\d{1,7})", value or "", re.ASCII)
    return int(found[1]) if found and abs(int(found[1])) <= _LARGEST else None

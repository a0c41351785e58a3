"""Copies of a quotation with one thing changed, as a careless or a wilful hand changes it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NAMES = (
    "比利时",
    "法国",
    "荷兰",
    "葡萄牙",
    "摩洛哥",
    "菲律宾",
    "加拿大",
    "世界银行",
    "马里",
    "突尼斯",
    "非洲",
    "欧洲",
)
_MARKS = "，。、；：（）“”《》"


def altered(text: str, chance: random.Random) -> str | None:
    """One alteration of `text`, or None where the kind that was drawn finds nothing to change."""
    kind = chance.choice([_digit, _negation, _name, _mark, _swap])
    changed = kind(text, chance)
    return changed if changed != text else None


def _digit(text: str, chance: random.Random) -> str | None:
    return _replace_one(r"\d", text, chance, lambda old: chance.choice([d for d in "0123456789" if d != old]))


def _negation(text: str, chance: random.Random) -> str | None:
    if chance.random() < 0.5 and re.search("不|没有|应", text):
        return _replace_one("不|没有|应", text, chance, lambda _: "")
    at = chance.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:at] + chance.choice(["不", "没有", "应"]) + text[at:]


def _name(text: str, chance: random.Random) -> str | None:
    return _replace_one("|".join(_NAMES), text, chance, lambda old: chance.choice([n for n in _NAMES if n != old]))


def _mark(text: str, chance: random.Random) -> str | None:
    return _replace_one(f"[{_MARKS}]", text, chance, lambda old: chance.choice(["", *(m for m in _MARKS if m != old)]))


def _swap(text: str, chance: random.Random) -> str | None:
    if len(text) < 3:
        return None
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _replace_one(pattern: str, text: str, chance: random.Random, new: Callable[[str], str]) -> str | None:
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = chance.choice(places)
    return text[: place.start()] + new(place.group()) + text[place.end() :]

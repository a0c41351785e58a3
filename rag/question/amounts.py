"""Whether a question asks for an amount, and whether a text has one of that kind: of money, a share, or a number of anything.
Dates, symbols and numbers of paragraphs are no amounts: nearly every clause of a resolution has those."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Literal

from index.words.tokens import plain_digits

FILE = "amounts.toml"
Amount = Literal["money", "share", "number"]
_KINDS: tuple[Amount, ...] = ("money", "share", "number")
"""The first that a question asks for is meant: "What is the budget?" asks for a number, too."""


def amount_asked(question: str) -> Amount | None:
    """What kind of amount a question asks for, in any of the six languages; None where it asks for none."""
    return next((kind for kind in _KINDS if _pattern(kind, "asked").search(question)), None)


def has_amount(text: str, kind: Amount) -> bool:
    """Whether a text has an amount of a kind, in figures or in words ("the majority" is a share), in any of the six languages."""
    bare = _pattern("names", "there").sub(" ", plain_digits(text))
    needed = ("number", "money") if kind == "money" else (kind,)
    return all(_pattern(name, "there").search(bare) for name in needed)


@lru_cache(maxsize=16)
def _pattern(kind: str, what: str) -> re.Pattern[str]:
    lists = tomllib.loads((resources.files("rag.question") / FILE).read_text(encoding="utf-8"))
    return re.compile("|".join(lists[kind][what]), re.IGNORECASE)

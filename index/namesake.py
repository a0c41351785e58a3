"""A document of the same name that is in the library already: is it an earlier state of a file, or another document?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.clause import Document

ALIKE = 0.3
"""Share of the clauses of the smaller one that two states of a document with a symbol have in common, at least."""
NEARLY_THE_SAME = 0.9
"""Share of the characters that two states of a document without a symbol have in common, at least."""
MOST = 200_000
"""Characters of changed clauses that are compared one by one; where more have changed, none count as alike."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """A stored document whose name is the one that a new document wants, or that name with a number."""

    slug: str
    symbol: str | None
    title: str
    date: str | None
    """As 2006-04-13."""
    language: str | None
    texts: tuple[str, ...]
    """Of its clauses, in order."""


def is_old_self(old: Namesake, document: Document, texts: Sequence[str]) -> bool:
    """Whether `old` is an earlier state of a document whose clauses have `texts`.

    Symbol, title and language must be the same, and so must the date where both are known. With a symbol ALIKE is enough;
    without one the two must be nearly the same and all figures of the old one must have stayed: next year's renewal of a
    resolution differs in little else.
    """
    date = document.date.isoformat() if document.date else None
    if not old.texts or not texts or (old.date and date and old.date != date):
        return False
    if (old.symbol, old.language) != (document.symbol, document.language):
        return False
    if _title(old.title, old.texts[0]) != _title(document.title, texts[0]):
        return False
    if document.symbol:
        known, new = set(old.texts), set(texts)
        return len(known & new) >= ALIKE * min(len(known), len(new))
    return likeness(old.texts, texts) >= NEARLY_THE_SAME and _stay(_figures(old.texts), _figures(texts))


def likeness(left: Sequence[str], right: Sequence[str]) -> float:
    """Share of the characters of two lists of texts that they have in common, 0 to 1: of equal texts all, of the others what
    the edit distance leaves."""
    common = Counter(left) & Counter(right)
    total = sum(map(len, left)) + sum(map(len, right))
    same = 2 * sum(len(text) * count for text, count in common.items())
    rest = ["\n".join(_without(texts, common)) for texts in (left, right)]
    length = sum(map(len, rest))
    changed = fuzz.ratio(*rest) / 100 if 0 < length <= MOST else 0.0
    return (same + changed * length) / total if total else 1.0


def _without(texts: Sequence[str], common: Counter[str]) -> list[str]:
    left = Counter(common)
    found = []
    for text in texts:
        if left[text]:
            left[text] -= 1
        else:
            found.append(text)
    return found


def _figures(texts: Sequence[str]) -> list[str]:
    return [figure for text in texts for figure in re.findall(r"\d+", text)]


def _stay(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether all of `old` is in `new`, in the same order."""
    following = iter(new)
    return all(figure in following for figure in old)


def _title(title: str, first: str) -> str:
    """A title to compare; that of a document which prints none is its first clause, and is none."""
    bare = " ".join(title.casefold().split())
    return "" if bare.endswith(" ".join(first.casefold().split())) else bare

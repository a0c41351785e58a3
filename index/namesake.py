"""A document of the same name that is in the library already: is it an earlier state of a file, or another document?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.clause import Document, Given

ALIKE = 0.3
"""Share of the clauses of the smaller one that two states of a document with a symbol have in common, at least."""
NEARLY_THE_SAME = 0.9
"""Share of the characters that two states of a document without a symbol have in common, at least."""
MOST = 200_000
"""Characters of changed clauses that are compared one by one; where more have changed, none count as alike."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """What tells a document from another of its name."""

    slug: str
    symbol: str | None
    title: str
    date: str | None
    """As 2006-04-13."""
    language: str | None
    texts: tuple[str, ...]
    """Of its clauses, in order."""
    source: str
    """Name of its file."""
    given: Given
    """What was said of it."""


def namesake_of(document: Document, texts: Sequence[str]) -> Namesake:
    """A document whose clauses have `texts`."""
    date = document.date.isoformat() if document.date else None
    return Namesake(
        document.slug, document.symbol, document.title, date, document.language, tuple(texts), document.source,
        document.given,
    )  # fmt: skip


def is_numbered(name: str, slug: str) -> bool:
    """Whether a slug is another one, or it with a number: "paper-2" is of "paper"."""
    return name == slug or name.removeprefix(f"{slug}-").isdecimal()


def is_like(old: Namesake, new: Namesake) -> bool:
    """Whether two documents say much the same: ALIKE of the clauses, or nearly all characters."""
    known, own = set(old.texts), set(new.texts)
    many = len(known & own) >= ALIKE * min(len(known), len(own))
    return bool(known and own) and (many or likeness(old.texts, new.texts) >= NEARLY_THE_SAME)


def is_old_self(old: Namesake, new: Namesake) -> bool:
    """Whether `old` is an earlier state of `new`.

    Symbol and language must be the same, and so must the date where both are known. With a symbol and the same title ALIKE
    is enough. With another title, or without a symbol, the two must be nearly the same and all figures of the old one must
    have stayed: next year's renewal of a resolution differs in little else. Without a symbol the title must be the same too.
    What was said of the old one says nothing of a new file: people have many of one name.
    """
    if not old.texts or not new.texts or (old.date and new.date and old.date != new.date):
        return False
    if (old.symbol, old.language) != (new.symbol, new.language):
        return False
    same_title = _title(old) == _title(new)
    if new.symbol and same_title:
        known, own = set(old.texts), set(new.texts)
        return len(known & own) >= ALIKE * min(len(known), len(own))
    if not new.symbol and not same_title:
        return False
    return likeness(old.texts, new.texts) >= NEARLY_THE_SAME and _stay(_figures(old.texts), _figures(new.texts))


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


def _title(one: Namesake) -> str:
    """A title to compare; that of a document which prints none is its first clause, and is none."""
    bare = " ".join(one.title.casefold().split())
    return "" if bare.endswith(" ".join(one.texts[0].casefold().split())) else bare

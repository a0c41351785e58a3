"""Clauses that say the same in other words: the newest comes first, unless the question asks for the older one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.library import Library
from rag.answer import Hit
from rag.newest import newest_first

Write = Callable[[str, str], Path]

OLDER = "Redouble efforts to bring the cost of remittances, 6.3 per cent in 2021, to less than 3 per cent by 2030."
NEWER = (
    "We commit ourselves to reduce what remittances cost the senders to less than 3 per cent by 2030, in all corridors."
)


@pytest.fixture
def two_years(small: Library, file: Write) -> Library:
    small.add(file("older.txt", f"A/RES/77/176\nOn remittances\n\n1. {OLDER}\n"))
    small.add(file("newer.txt", f"A/RES/80/258\nOn migration\n\n1. {NEWER}\n"))
    return small


def ranked(
    library: Library, *, older: float, newer: float, cosine: float = 1.0, words: set[str] | None = None
) -> list[tuple[str, float]]:
    """Documents in order, with their scores, of the two clauses at an angle of that cosine."""
    snapshot = library.snapshot()
    by_symbol = {snapshot.document_by_hash[c.document].symbol: c for c in snapshot.clauses if c.id.endswith("#1")}
    first, second = by_symbol["A/RES/77/176"], by_symbol["A/RES/80/258"]
    hits = [
        Hit(clause, score, 0.0, 0.0, 0.0, (0.0,), (0.0,), (0.0,)) for clause, score in ((first, older), (second, newer))
    ]
    hits.sort(key=lambda hit: -hit.score)
    vectors = {
        first.id: np.array([1, 0], np.float32),
        second.id: np.array([cosine, (1 - cosine**2) ** 0.5], np.float32),
    }
    found = newest_first(hits, vectors, {"en": words or set()}, snapshot)
    return [(str(snapshot.document_by_hash[hit.clause.document].symbol), hit.score) for hit in found]


def test_the_newer_one_goes_before_and_takes_over_the_score(two_years: Library) -> None:
    assert ranked(two_years, older=10, newer=8) == [("A/RES/80/258", 10), ("A/RES/77/176", 10)]


def test_one_that_is_first_already_stays_so(two_years: Library) -> None:
    assert ranked(two_years, older=8, newer=10) == [("A/RES/80/258", 10), ("A/RES/77/176", 8)]


@pytest.mark.parametrize(
    "otherwise",
    [{"newer": 7.9}, {"cosine": 0.92}, {"words": {"2021"}}, {"older": -1.0, "newer": -1.1}],
    ids=["it scores far less", "it says something else", "a word asked for is not in it", "nothing fits"],
)
def test_else_the_better_one_stays_first(two_years: Library, otherwise: dict[str, float]) -> None:
    values = {"older": 10.0, "newer": 9.0} | otherwise
    assert ranked(two_years, **values)[0][0] == "A/RES/77/176"  # type: ignore[arg-type]


def test_words_that_both_have_change_nothing(two_years: Library) -> None:
    assert ranked(two_years, older=10, newer=9, words={"remitt", "2030"})[0][0] == "A/RES/80/258"

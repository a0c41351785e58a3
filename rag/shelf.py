"""The documents of a library as a list to choose from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.bodies import names_of
from index.clause import Clause, Document
from index.library import shipped
from index.snapshot import Snapshot
from rag.within import within_from


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a library with what is counted of it."""

    document: Document
    clauses: int
    first: Clause | None
    """Where it begins; None where it has no clause."""
    ships: bool
    """Whether it came with the program."""


def entries(snapshot: Snapshot, text: str = "", language: str | None = None, years: str = "") -> list[Entry]:
    """The documents of a choice, the last added first; what is empty chooses nothing out.

    text: all of its words stand in the title, symbol, name, file name or body, in any case. language: ISO 639-1, of the
    document or a row. years: as `within_from` has them; raises ClausesError for another form.
    """
    within = within_from(years=years.strip() or None)
    words = text.casefold().split()
    counts: dict[str, int] = {}
    first: dict[str, Clause] = {}
    for clause in snapshot.clauses:
        counts[clause.document] = counts.get(clause.document, 0) + 1
        first.setdefault(clause.document, clause)
    return [
        Entry(d, counts.get(d.sha256, 0), first.get(d.sha256), d.sha256 in shipped_hashes())
        for d in reversed(snapshot.documents)
        if (within is None or within.admits(d))
        and (not language or language == d.language or any(row.language == language for row in d.rows))
        and (not words or all(any(word in name for name in _names(d)) for word in words))
    ]


def _names(document: Document) -> Iterator[str]:
    known = (document.title, document.symbol, document.slug, document.source)
    for name in (*known, *(names_of(document.body) if document.body else ())):
        if name:
            yield " ".join(name.casefold().split())


@lru_cache(maxsize=1)
def shipped_hashes() -> frozenset[str]:
    """sha256 of the files that come with the program."""
    return frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in shipped())

"""Which documents a question is asked of: by symbol or title, language and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from index.clause import Document
from index.errors import ClausesError
from index.language import LANGUAGES
from index.snapshot import Snapshot
from rag.merge import year_of


@dataclass(frozen=True, slots=True)
class Within:
    """A choice of documents; what is empty or None chooses nothing out."""

    names: tuple[str, ...] = ()
    """Symbols, titles or slugs, * stands for anything: "A/RES/77/*". Case does not count."""
    languages: tuple[str, ...] = ()
    """ISO 639-1."""
    first_year: int | None = None
    last_year: int | None = None
    """Inclusive. A document whose year is not known is in no span of years."""

    def admits(self, document: Document) -> bool:
        """Whether a document is among those chosen (its language is looked at clause by clause)."""
        own = [name.casefold() for name in (document.symbol, document.title, document.slug) if name]
        if self.names and not any(fnmatchcase(name, wanted.casefold()) for wanted in self.names for name in own):
            return False
        if self.first_year is None and self.last_year is None:
            return True
        year = year_of(document)
        return year is not None and (self.first_year or 0) <= year <= (self.last_year or 9999)

    def positions(self, snapshot: Snapshot) -> NDArray[np.bool_]:
        """Shape (clauses,): which clauses of the library are chosen. Raises ClausesError where none is."""
        admitted = {document.sha256: self.admits(document) for document in snapshot.documents}
        chosen = np.array(
            [
                admitted[clause.document] and (not self.languages or clause.language in self.languages)
                for clause in snapshot.clauses
            ],
            dtype=bool,
        )
        if len(chosen) and not chosen.any():
            raise ClausesError("The library has no document of that choice; `clauses list` shows those it has.")
        return chosen


def within_from(names: list[str] | None, languages: list[str] | None, years: str | None) -> Within | None:
    """The choice that options of the command line make; years as "2022", "2022-", "-2019" or "2015-2019".

    Raises ClausesError for a language that is not one of the six and for years of another form.
    """
    if not (names or languages or years):
        return None
    unknown = [language for language in languages or () if language not in LANGUAGES]
    if unknown:
        raise ClausesError(f"{', '.join(unknown)} is not one of the six languages: {', '.join(LANGUAGES)}.")
    first = last = None
    if years:
        found = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", years.strip())
        if not found or not (found.group(1) or found.group(3)):
            raise ClausesError(f'"{years}" is not a year or a span of years; write 2022, 2022-, -2019 or 2015-2019.')
        first = int(found.group(1)) if found.group(1) else None
        last = int(found.group(3)) if found.group(3) else (None if found.group(2) else first)
    return Within(tuple(names or ()), tuple(languages or ()), first, last)

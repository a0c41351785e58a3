"""Which clauses a question is asked of: by symbol or title, language, year, body and section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bodies import names_of
from index.clause import Clause, Document
from index.errors import ClausesError
from index.language import LANGUAGES
from index.snapshot import Snapshot
from rag.parts import in_parts
from rag.twins import year_of
from rag.written.citation import names_document
from rag.written.documents import body_called


@dataclass(frozen=True, slots=True)
class Within:
    """A choice of documents; what is empty or None chooses nothing out."""

    names: tuple[str, ...] = ()
    """Symbols, titles or slugs, * stands for anything: "A/RES/77/*"; or as citations name a document: "resolution 77/176". Case
    does not count."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, in any case."""
    first_year: int | None = None
    last_year: int | None = None
    """Inclusive. A document whose year is not known is in no span of years."""
    bodies: tuple[str, ...] = ()
    """Names of bodies in any of the six languages, * stands for anything; or short ones ("HRC")."""
    sections: tuple[str, ...] = ()
    """Parts by heading, number or label ("II. Trends", "Trends", "II", "sect. II", "annex"), as `in_parts` has them; * stands for
    anything, what stands below counts."""

    def admits(self, document: Document) -> bool:
        """Whether a document is among those chosen (its language is looked at clause by clause)."""
        return self._by_name(document) and self._by_body(document) and self._by_year(document)

    def positions(self, snapshot: Snapshot) -> NDArray[np.bool_]:
        """Shape (clauses,): which clauses of the library are chosen. Raises ClausesError where none is; it says what chose
        nothing and what there is."""
        left = np.ones(len(snapshot.clauses), dtype=bool)
        documents = snapshot.document_by_hash
        for says, by, there in (
            (f"no document is called {_quoted(self.names)}", self._by_name, lambda d: d.symbol or d.title),
            (f"no document of them is of {_quoted(self.bodies)}", self._by_body, lambda d: d.body),
            (f"no document of them is of {self.years}", self._by_year, lambda d: str(year_of(d) or "")),
        ):
            admitted = {sha256: by(document) for sha256, document in documents.items()}
            chosen = [admitted[clause.document] for clause in snapshot.clauses]
            left = _narrowed(left, chosen, says, (there(documents[c.document]) for c in _left(snapshot, left)))
        if self.languages:
            wanted = {language.strip().casefold() for language in self.languages}
            chosen = [clause.language in wanted for clause in snapshot.clauses]
            says = f"no clause of them is in {_quoted(self.languages)}"
            left = _narrowed(left, chosen, says, (c.language for c in _left(snapshot, left)))
        if self.sections:
            says = f"no part of them is called {_quoted(self.sections)}"
            headings = (heading for c in _left(snapshot, left) for heading in c.headings)
            left = _narrowed(left, in_parts(self.sections, snapshot), says, headings)
        return left

    @property
    def years(self) -> str:
        """As `within_from` reads them; empty for any."""
        first, last = self.first_year, self.last_year
        return str(first) if first == last and first else f"{first or ''}-{last or ''}" if first or last else ""

    def _by_name(self, document: Document) -> bool:
        if not self.names or _matches((document.symbol, document.title, document.slug), self.names):
            return True
        return any(names_document(name, document) for name in self.names)

    def _by_body(self, document: Document) -> bool:
        if not self.bodies:
            return True
        named = document.body is not None and document.body in map(body_called, self.bodies)
        return named or _matches(names_of(document.body) if document.body else (), self.bodies)

    def _by_year(self, document: Document) -> bool:
        if self.first_year is None and self.last_year is None:
            return True
        year = year_of(document)
        return year is not None and (self.first_year or 0) <= year <= (self.last_year or 9999)


_FEW = 5
"""Names of what there is that a refusal gives."""
_LONG = 60
"""Characters of such a name that are shown."""


def _narrowed(
    left: NDArray[np.bool_], chosen: Sequence[bool], says: str, there: Iterable[str | None]
) -> NDArray[np.bool_]:
    """Those left that an option chooses. Raises ClausesError where that is none: what the option `says`, and what is `there`."""
    both: NDArray[np.bool_] = left & np.array(chosen, dtype=bool)
    if len(left) and not both.any():
        names = list(dict.fromkeys(" ".join(name.split()) for name in there if name))
        few = ", ".join(name if len(name) <= _LONG else f"{name[:_LONG]}…" for name in names[:_FEW])
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        has = f"there is {few}{more}" if few else "there is nothing to choose by"
        raise ClausesError(
            f"The library has no clause of that choice: {says}; {has}. `clauses list` shows its documents."
        )
    return both


def _left(snapshot: Snapshot, left: NDArray[np.bool_]) -> Iterator[Clause]:
    return (clause for clause, yes in zip(snapshot.clauses, left.tolist(), strict=True) if yes)


def _quoted(names: Sequence[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def _matches(names: Iterable[str | None], wanted: Sequence[str]) -> bool:
    own = [_comparable(name) for name in names if name]
    patterns = [".*".join(map(re.escape, _comparable(pattern).split("*"))) for pattern in wanted]
    return any(re.fullmatch(pattern, name) for pattern in patterns for name in own)


def _comparable(name: str) -> str:
    """Without case and on one line, and "S/RES/2240(2015)" as "S/RES/2240 (2015)"."""
    return " ".join(name.casefold().split()).replace(" (", "(")


FORM = {"in": list, "language": list, "year": str, "body": list, "section": list}
"""Keys of a choice in JSON, and what each holds: texts, or for the year one."""


def within_from_json(row: object, other: Within | None = None) -> Within | None:
    """The choice of a line, {"in": ["A/RES/77/*"], "language": ["fr"], "year": "2022-", "body": […], "section": […]}.

    other: the choice where the line has no key of its own. Raises ClausesError for another form.
    """
    if row is None:
        return other
    if isinstance(row, dict):
        row = {**within_to_json(other), **row}
    good = isinstance(row, dict) and all(
        key in FORM and isinstance(value, FORM[key]) and all(isinstance(each, str) for each in value)
        for key, value in row.items()
    )
    if not (good and isinstance(row, dict)):
        raise ClausesError(
            '"within" must be of the form {"in": ["…"], "language": ["fr"], "year": "2022-", "body": ["…"], "section": ["…"]}.'
        )
    return within_from(row.get("in"), row.get("language"), row.get("year") or None, row.get("body"), row.get("section"))


def within_to_json(within: Within | None) -> dict[str, Any]:
    """The form that `within_from_json` reads; empty for no choice."""
    if within is None:
        return {}
    whole = {
        "in": list(within.names), "language": list(within.languages), "year": within.years,
        "body": list(within.bodies), "section": list(within.sections),
    }  # fmt: skip
    return {key: value for key, value in whole.items() if value}


def within_from(
    names: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    years: str | None = None,
    bodies: Sequence[str] | None = None,
    sections: Sequence[str] | None = None,
) -> Within | None:
    """The choice that options of the command line make; years as "2022", "2022-", "-2019" or "2015-2019".

    Raises ClausesError for a language that is not one of the six and for years of another form.
    """
    if not (names or languages or years is not None or bodies or sections):
        return None
    tongues = [language.strip().casefold() for language in languages or ()]
    unknown = [language for language in tongues if language not in LANGUAGES]
    if unknown:
        raise ClausesError(
            f"{', '.join(unknown) or 'An empty word'} is not one of the six languages: {', '.join(LANGUAGES)}."
        )
    first = last = None
    if years is not None:
        found = re.fullmatch(r"(\d{4})?(?:(-)(\d{4})?)?", years.strip())
        first = int(found[1]) if found and found[1] else None
        last = int(found[3]) if found and found[3] else None
        if (first, last) == (None, None) or 0 in (first, last) or (first and last and first > last):
            raise ClausesError(f'"{years}" is not a year or a span of years; write 2022, 2022-, -2019 or 2015-2019.')
        last = first if found and not found[2] and last is None else last
    return Within(tuple(names or ()), tuple(tongues), first, last, tuple(bodies or ()), tuple(sections or ()))

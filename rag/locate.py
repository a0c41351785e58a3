"""Where in the library a name leads: of a clause, of a span, of a place in another edition."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from index.clause import Clause, Document
from index.editions import NEAR
from index.errors import NotFoundError
from index.snapshot import Snapshot
from index.words.lexicon import shipped_lexicon

Match = Literal["named", "sure", "unsure", "near"]
SURE = 0.5
"""Trust (`index.editions.trust`) from which the counterpart of a clause is given without a word of doubt."""

_SPAN = re.compile(r"span:([0-9a-f]{64}):([0-9]{1,9})-([0-9]{1,9})")
_EDITION = re.compile(r"edition:([A-Za-z-]{2,16}):([0-9a-f]{64}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Spot:
    """A span of a document of the library that somebody turns to."""

    document: Document
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""
    match: Match = "named"
    """"named": the very place that was asked for. In another edition "sure" or "unsure" of the same clause, or "near": that
    clause has no counterpart there, and this stands about where it would."""


def locate(name: str, snapshot: Snapshot) -> Spot:
    """The place that `clause:ID`, `span:SHA256:START-END` or `edition:LANGUAGE:SHA256:OFFSET` names, the last the place in
    another edition of what stands at an offset of this one. Raises NotFoundError."""
    if name.startswith("clause:"):
        found = snapshot.clauses_by_id.get(name.removeprefix("clause:"))
        if found:
            return _spot(found[0], snapshot)
    span = _SPAN.fullmatch(name)
    document = snapshot.document_by_hash.get(span[1]) if span else None
    if span and document and int(span[2]) < int(span[3]) <= len(document.text):
        return Spot(document, int(span[2]), int(span[3]))
    edition = _EDITION.fullmatch(name)
    document = snapshot.document_by_hash.get(edition[2]) if edition else None
    if edition and document:
        return _in_edition(document, int(edition[3]), edition[1], snapshot)
    raise NotFoundError(f'The library has no place "{name[:80]}"; `clauses list` names its documents.')


def follow(link: str, snapshot: Snapshot) -> Spot:
    """The place that the name of a link (`link_name`) leads to. Raises NotFoundError."""
    return locate(f"clause:{link}" if link in snapshot.clauses_by_id else link, snapshot)


def link_name(clause: Clause, snapshot: Snapshot) -> str:
    """What a link to a clause names it by: its id, or its span where several clauses have that id."""
    if len(snapshot.clauses_by_id[clause.id]) == 1:
        return clause.id
    return f"span:{clause.document}:{clause.start}-{clause.end}"


def clause_of(document: str, offset: int, snapshot: Snapshot) -> Clause | None:
    """The clause that an offset lies in, else the next one, else the last; None in a document without any."""
    clauses = snapshot.clauses_of(document)
    position = _position(clauses, offset)
    return clauses[position] if clauses else None


def _in_edition(document: Document, offset: int, language: str, snapshot: Snapshot) -> Spot:
    """The counterpart of the clause at an offset; where it has none, that of the nearest clause that has one."""
    here, there = snapshot.clauses_of(document.sha256), snapshot.editions.clauses_in(document, language)
    if not here or not there:
        raise NotFoundError(f'The library has no edition of "{document.slug}" in the language "{language}".')
    at = _position(here, offset)
    if here[at].language == language:
        return _spot(here[at], snapshot)
    lexicon = shipped_lexicon()
    around = range(max(0, at - NEAR), min(len(here), at + NEAR + 1))
    for position in sorted(around, key=lambda n: abs(n - at)):
        found = snapshot.editions.counterpart(here[position], language, lexicon)
        if found is not None:
            sure: Match = "sure" if found.trust >= SURE else "unsure"
            return _spot(found.clause, snapshot, sure if position == at else "near")
    return _spot(there[at * len(there) // len(here)], snapshot, "near")


def _position(clauses: tuple[Clause, ...], offset: int) -> int:
    position = bisect_right(clauses, offset, key=lambda clause: clause.start) - 1
    beyond = position < 0 or offset >= clauses[position].end
    return min(position + beyond, len(clauses) - 1)


def _spot(clause: Clause, snapshot: Snapshot, match: Match = "named") -> Spot:
    return Spot(snapshot.document_by_hash[clause.document], clause.start, clause.end, match)

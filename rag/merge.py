"""Editions of one clause, and near-identical clauses of other years, as one result."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.clause import Clause
from index.snapshot import Snapshot
from index.words.tokens import tokens
from rag.answer import Hit
from rag.twins import are_twins, year_of

OWN_LANGUAGE = 3.0
"""What a clause may score below its edition in another language and still be the one that is shown to its readers."""


@dataclass(slots=True, eq=False)
class _Group:
    """Hits that are one result."""

    members: list[Hit] = field(default_factory=list)
    by_language: dict[str | None, list[Hit]] = field(default_factory=dict)
    """The same: texts in two languages are no twins."""
    keys: set[object] = field(default_factory=set)

    def take(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            self.members.append(hit)
            self.by_language.setdefault(hit.clause.language, []).append(hit)


def merged(
    hits: Sequence[Hit],
    snapshot: Snapshot,
    language: str,
    k: int,
    words: Mapping[str | None, Container[str]] | None = None,
) -> tuple[Hit, ...]:
    """One hit for each of the first `k` groups of hits that say the same, in the order of each group's best.

    The clause shown is of the newest work, but of an older one that is of the year that is asked for or has more of the
    question's words ("94 States"), in the asker's language where that edition scores nearly as high; clauses of the other
    works are its `also`, newest first.
    words: by language, the tokens of the question.
    """
    groups: list[_Group] = []
    for hit in hits:
        key = snapshot.editions.key(hit.clause)
        own = hit.clause.language
        fitting = [
            g
            for g in groups
            if key in g.keys or (own in g.by_language and _has_twin(g.by_language[own], hit, snapshot))
        ]
        if not fitting:
            if len(groups) == k:
                continue
            fitting = [_Group()]
            groups += fitting
        group, *others = fitting
        for other in others:  # its edition stands in one group, its twin of another year in the other
            group.take(other.members)
            group.keys |= other.keys
            groups.remove(other)
        group.take([hit])
        if key is not None:
            group.keys.add(key)
    members = (sorted(group.members, key=lambda hit: -hit.score) for group in groups)
    return tuple(_shown(own, snapshot, language, words or {}) for own in members)


def _has_twin(others: Sequence[Hit], hit: Hit, snapshot: Snapshot) -> bool:
    """Whether one of some hits in the same language says the same as a hit."""
    documents = snapshot.document_by_hash
    return any(
        are_twins(hit.clause, other.clause, documents[hit.clause.document], documents[other.clause.document])
        for other in others
    )


def _shown(members: list[Hit], snapshot: Snapshot, language: str, words: Mapping[str | None, Container[str]]) -> Hit:
    best = members[0]
    if len(members) == 1:
        return best
    works: dict[object, list[Hit]] = {}
    for hit in members:
        document = snapshot.document_by_hash[hit.clause.document]
        works.setdefault(document.symbol or document.sha256, []).append(hit)
    ordered = list(works.values())
    if len(ordered) > 1:
        ordered.sort(
            key=lambda own: (*_asked_for(own, best, snapshot, words), age(own[0].clause, snapshot)), reverse=True
        )
    shown, *others = (_edition_for(own, language) for own in ordered)
    return replace(shown, score=best.score, also=tuple(hit.clause for hit in others))


def _asked_for(
    own: list[Hit], best: Hit, snapshot: Snapshot, words: Mapping[str | None, Container[str]]
) -> tuple[bool, int]:
    """Whether a work is of a year that the question names, and how many of the question's words its clause has, in the language
    of the best hit where it is in that."""
    year = str(year_of(snapshot.document_by_hash[own[0].clause.document]))
    clause = next((hit.clause for hit in own if hit.clause.language == best.clause.language), own[0].clause)
    telling = words.get(clause.language, ())
    return year in telling, sum(token in telling for token in set(tokens(clause.text, clause.language)))


def _edition_for(editions: list[Hit], language: str) -> Hit:
    best = editions[0]
    own = (hit for hit in editions if hit.clause.language == language and hit.score >= best.score - OWN_LANGUAGE)
    return next(own, best)


def age(clause: Clause, snapshot: Snapshot) -> tuple[int, ...]:
    """Sorts clauses by how new their document is: by its year, then by the numbers in its symbol ("A/RES/77/176")."""
    document = snapshot.document_by_hash[clause.document]
    return (year_of(document) or 0, *(int(n) for n in re.findall(r"\d+", document.symbol or "")))

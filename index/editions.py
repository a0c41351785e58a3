"""The same clause in another language: documents with one symbol are one work, their clauses meet by label and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.clause import Clause, Document, Step, StepKind
from index.language import LANGUAGES
from index.structure.ordinals import ordinal
from index.structure.outline import is_rows
from index.words.lexicon import Lexicon
from index.words.tokens import tokens

Place = tuple[tuple[StepKind, str], ...]
"""A label path that is the same in every language: letters counted, numbers in 0 to 9."""

NEAR = 3
"""Clauses before and after the one at the same place that are looked at: a language may join or part paragraphs."""
BY_PLACE = 0.25
"""What standing at the same place is worth, where the trust of two texts is 0 to 1."""
LEAST = 0.3
"""Trust below which two clauses are not taken for the same (measured: docs/log.md)."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A clause's edition in another language."""

    clause: Clause
    trust: float
    """0 to 1: share of the words with a known translation that the other text has, and of the numbers."""


@dataclass(frozen=True, eq=False)
class Editions:
    """The works of a library that it has in several languages."""

    documents: Sequence[Document]
    clauses: Sequence[Clause]

    @cached_property
    def _work(self) -> dict[str, str]:
        """By document: its work's symbol, where there is one."""
        return {document.sha256: document.symbol for document in self.documents if document.symbol}

    @cached_property
    def _places(self) -> list[Place]:
        return places(self.clauses)

    @cached_property
    def _position(self) -> dict[tuple[str, int], int]:
        return {(clause.document, clause.start): n for n, clause in enumerate(self.clauses)}

    @cached_property
    def _by_work(self) -> dict[tuple[str, str | None], list[int]]:
        """Positions of the clauses of each work in each language, in order; of its first document there."""
        found: dict[tuple[str, str | None], list[int]] = {}
        first: dict[tuple[str, str | None], str] = {}
        for position, clause in enumerate(self.clauses):
            work = self._key(clause)[0]
            if work is not None and first.setdefault((work, clause.language), clause.document) == clause.document:
                found.setdefault((work, clause.language), []).append(position)
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, str | None, str], Clause]:
        """The first clause of each row of a `.jsonl` corpus, by document, language and id."""
        found: dict[tuple[str, str | None, str], Clause] = {}
        for clause in self.clauses:
            if clause.path[0].kind == "row":
                found.setdefault((clause.document, clause.language, clause.id), clause)
        return found

    def _key(self, clause: Clause) -> tuple[str | None, Place]:
        if clause.path[0].kind == "row":
            return clause.document, (("row", clause.id),)
        return self._work.get(clause.document), self._places[self._position[clause.document, clause.start]]

    def key(self, clause: Clause) -> tuple[str, Place] | None:
        """What the editions of a clause have in common; None where nothing says what its work is."""
        work, place = self._key(clause)
        return (work, place) if work is not None else None

    def languages(self, document: Document) -> tuple[str, ...]:
        """Languages that the library has a document's work in, as the UN lists them, others behind; of a `.jsonl` corpus
        those of its rows."""
        work = self._work_of(document)
        found = {language for other, language in self._by_work if other == work and language}
        return (*(code for code in LANGUAGES if code in found), *sorted(found - set(LANGUAGES)))

    def clauses_in(self, document: Document, language: str) -> tuple[Clause, ...]:
        """The clauses of a document's work in a language, in order."""
        return tuple(self.clauses[n] for n in self._by_work.get((self._work_of(document) or "", language), ()))

    def _work_of(self, document: Document) -> str | None:
        return document.sha256 if is_rows(document) else self._work.get(document.sha256)

    def counterpart(self, clause: Clause, language: str, lexicon: Lexicon) -> Counterpart | None:
        """The edition of a clause in a language: at the same place, or near it where the text says so."""
        work, place = self._key(clause)
        others = self._by_work.get((work, language), []) if work is not None else []
        if not others or clause.language is None:
            return None
        if clause.path[0].kind == "row":
            other = self._rows.get((clause.document, language, clause.id))
            return Counterpart(other, trust(clause, other, lexicon)) if other else None
        at = next((k for k, n in enumerate(others) if self._places[n] == place), None)
        around = range(len(others)) if at is None else range(max(0, at - NEAR), min(len(others), at + NEAR + 1))
        kind = clause.path[-1].kind
        near = [(k, self.clauses[others[k]]) for k in around if self.clauses[others[k]].path[-1].kind == kind]
        scored = [(trust(clause, other, lexicon) + BY_PLACE * (k == at), -k, other) for k, other in near]
        if not scored:
            return None
        best, k, other = max(scored, key=lambda entry: entry[:2])
        sure = best - BY_PLACE * (-k == at)
        return Counterpart(other, round(sure, 3)) if best >= LEAST + BY_PLACE * (at is None) else None


def places(clauses: Sequence[Clause]) -> list[Place]:
    """The place of each clause: items are counted under what they stand under, since letters differ by language."""
    found: list[Place] = []
    counts: Counter[tuple[str, Place, StepKind]] = Counter()
    by_path: dict[tuple[str, object], Place] = {}
    for clause in clauses:
        place: Place = ()
        for depth, step in enumerate(clause.path, 1):
            known = by_path.get((clause.document, clause.path[:depth]))
            if known is None or (depth == len(clause.path) and step.kind not in _PARTS):
                number = _plain(step)
                if step.kind == "item":
                    counts[clause.document, place, step.kind] += 1
                    number = str(counts[clause.document, place, step.kind])
                kind = "article" if step.kind == "rule" else step.kind  # which some languages call them
                known = (*place, (kind, number))
                by_path[clause.document, clause.path[:depth]] = known
            place = known
        found.append(place)
    return found


_PARTS: frozenset[StepKind] = frozenset({"annex", "appendix", "schedule"})


def _plain(step: Step) -> str:
    """A number that is the same in every language: "2" for annexes II, 二 and الثاني."""
    number = step.number
    count = None if step.kind == "item" else ordinal(number)
    plain = str(count) if count is not None else number.lower()
    return f"{plain}~{step.again}" if step.again > 1 else plain


def trust(clause: Clause, other: Clause, lexicon: Lexicon) -> float:
    """How surely two clauses in two languages say the same, 0 to 1: the share of each one's words with a known translation
    that the other has, the mean of both directions; numbers, which need no translation, count as words three times."""
    left, right = set(tokens(clause.text, clause.language)), set(tokens(other.text, other.language))
    there = _found(left, right, clause.language, other.language, lexicon)
    back = _found(right, left, other.language, clause.language, lexicon)
    return (there + back) / 2


def _found(left: set[str], right: set[str], language: str | None, other: str | None, lexicon: Lexicon) -> float:
    found = total = 0.0
    for token in left:
        if re.fullmatch(r"\d[\d.,]*", token):
            total += 3
            found += 3 * (token in right)
            continue
        known = lexicon.translations(token, language or "", other or "")
        if known:
            total += 1
            found += bool(known.keys() & right)
    return found / total if total else 0.5

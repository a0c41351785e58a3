"""The words of a question as the clauses in one language have them: themselves, or in translation."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from index.searchable import Words
from index.words.asking import matter
from index.words.bm25 import WordIndex
from index.words.lexicon import Lexicon
from rag.question.asked import Asked

SAYS_MUCH = 0.5
"""Weight, of matter times translation, from which on a word of the question is one that a clause should have."""
LEAST_SAID = 0.1
"""What the words of a question say of its matter together, at least: shares are of that."""
_SAME_WORDS = {"移民": "移徙", "移徙": "移民"}
"""Chinese words for one thing, now and before: the United Nations wrote the second for "migration" until about 2016."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's tokens as the clauses in one language have them."""

    language: str | None
    same: bool
    """Whether that is the question's own language."""
    stand_ins: dict[str, dict[str, float]]
    """By token of the question: the library's tokens that it stands for, with weights 0 to 1."""
    surest: dict[str, float]
    """By token of the question: the weight of its surest translation, whether the library has that or not; 1 for itself."""
    weights: dict[str, float]
    """All of these tokens, each weighted by what the question's token says of its matter."""
    asked: Asked
    parts: dict[str, tuple[str, ...]]
    """By word of the question: those of its tokens that tell whether it is there; of a word in another language those that the
    lexicon translates, unless it translates none."""

    @classmethod
    def of(cls, asked: Asked, source: str, target: str | None, lexicon: Lexicon, there: Words) -> Wording:
        """What a question in `source` asks for as clauses in `target` have it."""
        translated = {token: translations_of(token, own, target, lexicon) for token, own in asked.tokens.items()}
        stand_ins = {
            token: _stand_ins(token, own, target, translated[token], there) for token, own in asked.tokens.items()
        }
        surest = {
            token: 1.0 if own == target else max(translated[token].values(), default=1.0)
            for token, own in asked.tokens.items()
        }
        says = {token: matter(token, own) for token, own in asked.tokens.items()}
        parts = {
            word: tuple(t for t in own if stand_ins[t] or asked.tokens[t] == target or translated[t]) or own
            for word, own in asked.words.items()
        }
        weights: dict[str, float] = {}
        for token, others in stand_ins.items():
            for other, weight in others.items():
                weights[other] = weights.get(other, 0.0) + weight * says[token]
        return cls(target, source == target, stand_ins, surest, weights, asked, parts)

    @property
    def found(self) -> frozenset[str]:
        """The question's tokens that the clauses have, themselves or in translation."""
        return frozenset(token for token, others in self.stand_ins.items() if others)

    def degrees(self, there: Container[str] | None = None) -> dict[str, float]:
        """How sure each of the question's tokens that is found is so, above 0 to 1; `there`: only what is in it counts."""
        sure = {
            token: max((weight for other, weight in others.items() if there is None or other in there), default=0.0)
            for token, others in self.stand_ins.items()
        }
        return {token: min(1.0, weight / self.surest[token]) for token, weight in sure.items() if weight}

    def words_in(self, there: Container[str] | None = None) -> dict[str, float]:
        """How sure each of the question's words that is found is so, above 0 to 1, likewise."""
        degrees = self.degrees(there)
        found = {
            word: degrees.get(own[0], 0.0)
            if len(own) == 1
            else float(self._as_word(word, [degrees.get(token, 0.0) for token in own]))
            for word, own in self.parts.items()
        }
        return {word: degree for word, degree in found.items() if degree}

    def words_in_any(self, index: WordIndex, chosen: NDArray[np.bool_] | None = None) -> dict[str, float]:
        """The same where the surest of the clauses in the language counts; of several tokens one clause must have all.

        chosen: shape (clauses,), which of them count; all unless given.
        """
        found = self.words_in(None if chosen is None else index.in_any(self.weights, chosen))
        for word in [word for word in found if len(self.parts[word]) > 1]:
            degree = self._word_by_clause(word, index)
            found[word] = float((degree if chosen is None else degree[chosen]).max(initial=0.0))
        return {word: degree for word, degree in found.items() if degree}

    def covered_by_clause(self, index: WordIndex) -> NDArray[np.float32]:
        """Shape (clauses,): the share of what the question's words say that each clause of the language has, 0 to 1; a word
        counts as far as the translation that is there is as sure as its surest."""
        covered, says = np.zeros(index.impacts.shape[1], np.float32), self.asked.says
        for word, own in self.parts.items():
            if any(self.stand_ins[token] for token in own):  # many words have no translation
                covered += np.float32(says[word]) * self._word_by_clause(word, index)
        return np.asarray(covered / max(sum(says.values()), LEAST_SAID), np.float32)

    def _word_by_clause(self, word: str, index: WordIndex) -> NDArray[np.float32]:
        """Shape (clauses,): how sure a word of the question is in each clause, 0 to 1."""
        degrees = [self._degree_by_clause(token, index) for token in self.parts[word]]
        return degrees[0] if len(degrees) == 1 else self._as_word(word, degrees)

    def _as_word(self, word: str, degrees: ArrayLike) -> NDArray[np.float32]:
        """How far a word is found of which the parts are found so far; where not all its tokens tell, none of those that do is
        taken to lie across others."""
        if self.parts[word] == self.asked.words[word]:
            return as_word(degrees)
        return np.asarray(np.min(degrees, axis=0), np.float32)

    def _degree_by_clause(self, token: str, index: WordIndex) -> NDArray[np.float32]:
        """Shape (clauses,): how sure a token of the question is in each clause, 0 to 1."""
        degree = np.zeros(index.impacts.shape[1], np.float32)
        for other, weight in sorted(self.stand_ins[token].items(), key=lambda pair: pair[1]):
            degree[index.passages_with(other)] = min(1.0, weight / self.surest[token])
        return degree

    @property
    def telling(self) -> frozenset[str]:
        """The library's tokens that a clause for this question should have."""
        return frozenset(
            token
            for token, weight in self.weights.items()
            if weight >= SAYS_MUCH and _SAME_WORDS.get(token) not in self.weights  # else either of the two will do
        )

    @property
    def covered(self) -> float:
        """Share of the question's words of which something is found, 0 to 1."""
        found = sum(any(self.stand_ins[token] for token in own) for own in self.parts.values())
        return found / max(len(self.parts), 1)


def surest(degrees: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The greatest of several degrees, by token."""
    found: dict[str, float] = {}
    for one in degrees:
        for token, degree in one.items():
            found[token] = max(degree, found.get(token, 0.0))
    return found


def as_word(degrees: ArrayLike) -> NDArray[np.float32]:
    """How far a word is found of which the tokens are found so far, in order: as the least of them. Between two others a
    pair of Chinese characters lies across the word's parts (候变 in 气候变化), and is found as far as those two are.

    degrees: shape (tokens, ...), 0 to 1.
    """
    own = np.array(degrees, np.float32)
    own[1:-1] = np.maximum(own[1:-1], (own[:-2] + own[2:]) / 2)
    return np.asarray(own.min(axis=0), np.float32)


def _stand_ins(
    token: str, source: str, target: str | None, translated: Mapping[str, float], words: Words
) -> dict[str, float]:
    """The tokens of the library that a token of the question stands for, with weights 0 to 1.

    translated: its translations, whether the library has them or not.
    """
    there = words.index.vocabulary
    if source == target or token[0].isdigit() or "/" in token:
        return {own: 1.0 for own in _or_same(token, target) if own in there}
    found: dict[str, float] = {}
    for other, weight in translated.items():
        for own in _or_same(other, target):
            if own in there:
                found[own] = max(weight, found.get(own, 0.0))
    # A Latin name or acronym stands as it is in a text of another script ("BIO", "MIDA").
    if token not in translated and token.isascii() and token in there:
        found[token] = 1.0
    return found


def translations_of(token: str, source: str, target: str | None, lexicon: Lexicon) -> dict[str, float]:
    """Tokens of `target` that stand for a token of `source`, or for the other one that says the same, with weights 0 to 1."""
    found: dict[str, float] = {}
    for own in _or_same(token, source):
        for other, weight in lexicon.translations(own, source, target or "").items():
            found[other] = max(weight, found.get(other, 0.0))
    return found


def _or_same(token: str, language: str | None) -> Iterator[str]:
    """A token and, in Chinese, the other one that says the same."""
    yield token
    if language == "zh" and token in _SAME_WORDS:
        yield _SAME_WORDS[token]

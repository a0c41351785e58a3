"""The words of a question as the clauses in one language have them: themselves, or in translation."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from index.searchable import Words
from index.words.asking import matter
from index.words.lexicon import Lexicon

SAYS_MUCH = 0.5
"""Weight, of matter times translation, from which on a word of the question is one that a clause should have."""


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

    @classmethod
    def of(cls, asked: Mapping[str, str], source: str, target: str | None, lexicon: Lexicon, words: Words) -> Wording:
        """The words `asked`, each with its language, of a question in `source` as clauses in `target` have them."""
        stand_ins = {token: dict(_stand_ins(token, own, target, lexicon, words)) for token, own in asked.items()}
        surest = {
            token: 1.0 if own == target else max(lexicon.translations(token, own, target or "").values(), default=1.0)
            for token, own in asked.items()
        }
        weights: dict[str, float] = {}
        for token, others in stand_ins.items():
            for other, weight in others.items():
                weights[other] = weights.get(other, 0.0) + weight * matter(token, asked[token])
        return cls(target, source == target, stand_ins, surest, weights)

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

    @property
    def telling(self) -> frozenset[str]:
        """The library's tokens that a clause for this question should have."""
        return frozenset(token for token, weight in self.weights.items() if weight >= SAYS_MUCH)

    @property
    def covered(self) -> float:
        """Share of the question's tokens that are found, 0 to 1."""
        return len(self.found) / max(len(self.stand_ins), 1)


def surest(degrees: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The greatest of several degrees, by token."""
    found: dict[str, float] = {}
    for one in degrees:
        for token, degree in one.items():
            found[token] = max(degree, found.get(token, 0.0))
    return found


def _stand_ins(
    token: str, source: str, target: str | None, lexicon: Lexicon, words: Words
) -> Iterator[tuple[str, float]]:
    """The tokens of the library that a token of the question stands for, with weights 0 to 1."""
    if source == target or token[0].isdigit() or "/" in token:
        if token in words.index.vocabulary:
            yield token, 1.0
        return
    translated = lexicon.translations(token, source, target or "")
    for other, weight in translated.items():
        if other in words.index.vocabulary:
            yield other, weight
    # A Latin name or acronym stands as it is in a text of another script ("BIO", "MIDA").
    if token not in translated and token.isascii() and token in words.index.vocabulary:
        yield token, 1.0

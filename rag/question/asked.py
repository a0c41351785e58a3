"""What a question asks for in words: its tokens, which are searched, and its words, by which it is judged whether they are
found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from index.words.asking import matter
from index.words.tokens import tokens, words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for in words."""

    tokens: Mapping[str, str]
    """Its distinct tokens in order, each with its language; one that stands in two texts is in the later one's."""
    words: Mapping[str, tuple[str, ...]]
    """Its words, each with its tokens; in Chinese not every token is a word's."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> Asked:
        """Of the texts that are searched with, each with its language."""
        found: dict[str, str] = {}
        cut: dict[str, tuple[str, ...]] = {}
        for text, language in texts:
            found |= dict.fromkeys(tokens(text, language), language)
            cut |= words(text, language)
        return cls(found, cut)

    @property
    def says(self) -> dict[str, float]:
        """What each word says of the question's matter, 0 to 1."""
        return {word: max(matter(token, self.tokens[token]) for token in own) for word, own in self.words.items()}

    def by_word(self, degrees: Mapping[str, float]) -> dict[str, float]:
        """How far each word is found, above 0 to 1, by how far the tokens are."""
        found = {word: float(as_word([degrees.get(token, 0.0) for token in own])) for word, own in self.words.items()}
        return {word: degree for word, degree in found.items() if degree}


def as_word(degrees: ArrayLike) -> NDArray[np.float32]:
    """How far a word is found of which the tokens are found so far, in order: as the least of them. Between two others a
    pair of Chinese characters lies across the word's parts (候变 in 气候变化), and is found as far as those two are."""
    own = np.array(degrees, np.float32)
    own[1:-1] = np.maximum(own[1:-1], (own[:-2] + own[2:]) / 2)
    return np.asarray(own.min(axis=0), np.float32)

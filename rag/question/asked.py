"""What a question asks for in words: its tokens, which are searched, and its words, by which it is judged whether they are
found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.words.asking import matter
from index.words.tokens import tokens, words

LEAST_TO_JUDGE = 0.9
"""What one of a question's words must say of its matter at least; where none does (钱怎么寄, of which 怎么 alone is a word of
more than one character) the tokens stand for words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for in words."""

    tokens: Mapping[str, str]
    """Its distinct tokens in order, each with its language; one that stands in two texts is in the later one's."""
    words: Mapping[str, tuple[str, ...]]
    """Its words, each with its tokens; in Chinese not every token is a word's."""
    says: Mapping[str, float]
    """What each word says of the question's matter, 0 to 1: as much as the token that says most."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> Asked:
        """Of the texts that are searched with, each with its language."""
        found: dict[str, str] = {}
        cut: dict[str, tuple[str, ...]] = {}
        for text, language in texts:
            found |= dict.fromkeys(tokens(text, language), language)
            cut |= words(text, language)
        says = {word: max(matter(token, found[token]) for token in own) for word, own in cut.items()}
        if max(says.values(), default=0.0) >= LEAST_TO_JUDGE:
            return cls(found, cut, says)
        alone = {token: matter(token, language) for token, language in found.items()}
        return cls(found, {token: (token,) for token in found}, alone)

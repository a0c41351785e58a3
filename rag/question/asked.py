"""What a question asks for in words: its tokens, which are searched, and its words, by which it is judged whether they are
found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.words.asking import matter
from index.words.tokens import plain_script, tokens, words

_WHETHER = re.compile(r"([\u3400-\u9fff]{1,2})[不没]\1|(?<=[是能可会])否")
"""Chinese for "whether": 能不能 asks whether one can, and denies nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for in words."""

    tokens: Mapping[str, str]
    """Its distinct tokens in order, each with its language; one that stands in two texts is in the later one's."""
    words: Mapping[str, tuple[str, ...]]
    """Its words, each with its tokens; in Chinese not every token is a word's. Where it has none, its tokens."""
    says: Mapping[str, float]
    """What each word says of the question's matter, 0 to 1: as much as the token that says most."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> Asked:
        """Of the texts that are searched with, each with its language."""
        found: dict[str, str] = {}
        cut: dict[str, tuple[str, ...]] = {}
        for text, language in texts:
            plain = _WHETHER.sub(r"\1", plain_script(text))
            found |= dict.fromkeys(tokens(plain, language), language)
            cut |= words(plain, language)
        cut = cut or {token: (token,) for token in found}
        return cls(found, cut, {word: max(matter(token, found[token]) for token in own) for word, own in cut.items()})

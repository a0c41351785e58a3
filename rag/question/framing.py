"""Questions of the form "What does the document say about …": what they ask about, without the turns that only ask."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from index.words.asking import matter
from index.words.tokens import plain_script, tokens

FILE = "framing.toml"
_SAYS_LITTLE = 0.3
"""Matter of a token below which it is a word of asking."""


def bare(question: str, language: str) -> str:
    """A question without such turns, as `plain_script` writes it; as it is where it has none, or where what would be left
    says nothing of a matter ("¿De qué?")."""
    turns, little = _patterns(language)
    left, found = _without(turns, plain_script(question))
    if found:
        left, _ = _without(little, left)
    says = any(matter(token, language) >= _SAYS_LITTLE for token in tokens(left, language))
    return " ".join(left.split()) if found and says else question


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    """A text without what a pattern finds, and how often that was; a curved apostrophe is read as a straight one."""
    kept, at, found = "", 0, 0
    for match in pattern.finditer(text.replace("’", "'")):
        kept, at, found = f"{kept}{text[at : match.start()]} ", match.end(), found + 1
    return kept + text[at:], found


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = tomllib.loads((resources.files("rag.question") / FILE).read_text(encoding="utf-8")).get(language, {})
    written = ["|".join(lists.get(name, ())) or "(?!)" for name in ("turns", "little")]
    edges = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    turns, little = (re.compile(f"{edges[0]}(?:{words}){edges[1]}", re.IGNORECASE) for words in written)
    return turns, little

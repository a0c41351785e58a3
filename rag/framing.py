"""Questions of the form "What does the document say about …": what they ask about, without the turns that only ask."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

FILE = "framing.toml"


def bare(question: str, language: str) -> str:
    """A question without such turns; as it is where it has none, or where nothing would be left."""
    turns, little = _patterns(language)
    left, found = _without(turns, question)
    if found:
        left, _ = _without(little, left)
    return " ".join(left.split()) if found and re.search(r"\w", left) else question


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    """A text without what a pattern finds, and how often that was; a curved apostrophe is read as a straight one."""
    kept, at, found = "", 0, 0
    for match in pattern.finditer(text.replace("’", "'")):
        kept, at, found = f"{kept}{text[at : match.start()]} ", match.end(), found + 1
    return kept + text[at:], found


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = tomllib.loads((resources.files("rag") / FILE).read_text(encoding="utf-8")).get(language, {})
    written = ["|".join(lists.get(name, ())) or "(?!)" for name in ("turns", "little")]
    edges = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    turns, little = (re.compile(f"{edges[0]}(?:{words}){edges[1]}", re.IGNORECASE) for words in written)
    return turns, little

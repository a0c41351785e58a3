"""The ordinal numbers of a question, in six languages: what is said of the eleventh summit is not said of the thirteenth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources

from index.structure.ordinals import ordinal
from index.words.asking import matter
from index.words.tokens import plain_digits, tokens

FILE = "ordinals.toml"
Asked = Sequence[tuple[int, frozenset[str]]]
"""What `asked_ordinals` finds in a question, once for all texts that it is held against."""
_BESIDE = 40
"""Characters before and after an ordinal in which what it counts is looked for, by experience; in Chinese a third of that."""
_MUCH = 0.6
"""Matter of a token from which on it may be what is counted."""
_HAN = r"第\s*(?P<han>[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?=[届次个轮批期])"
_FIGURES = (
    r"(?<![\w/.,])(?P<figures>\d{1,2})(?:st|nd|rd|th|e|ème|er|re|nd|nde|[.]?[ºª°]|-?[йя]|-?(?:го|му|ом|ой))(?!\w)"
)


def asked_ordinals(question: str, language: str | None) -> Asked:
    """The ordinals from 2 on that a question has, each with the tokens beside it that say what is counted."""
    return [(number, what) for number, what in _counted(question, language) if number > 1 and what]


def other_ordinal(asked: Asked, text: str, language: str | None) -> bool:
    """Whether a question asks for one of several that are counted ("the thirteenth summit meeting"), and a text in its language
    speaks of another of them ("the eleventh summit meeting") and nowhere of that one."""
    there, numbers = list(_counted(text, language)), _numbers(text, language)
    return any(
        number not in numbers and any(_alike(what, other) for count, other in there if count != number)
        for number, what in asked
    )


def same_ordinal(asked: Asked, text: str, language: str | None) -> bool:
    """Whether a text in the question's language speaks of the one that is asked for: the same ordinal of the same thing."""
    there = list(_counted(text, language))
    return any(count == number and _alike(what, other) for number, what in asked for count, other in there)


def has_ordinal(asked: Asked, text: str, language: str | None) -> bool:
    """Whether a text has all ordinals from 2 on that a question in its language has, in words or figures."""
    return {number for number, _ in asked} <= _numbers(text, language)


def _numbers(text: str, language: str | None) -> set[int]:
    figures = re.findall(r"(?<![\d/])\d{1,2}(?![\d/])", plain_digits(text))
    return {number for number, _ in _counted(text, language)} | {int(one) for one in figures}


def _alike(what: frozenset[str], other: frozenset[str]) -> bool:
    """Whether what is counted is the same, by the tokens beside: two at least, and a third of those of the question."""
    return len(what & other) >= max(min(2, len(what)), len(what) / 3)


def _counted(text: str, language: str | None) -> Iterator[tuple[int, frozenset[str]]]:
    """Each ordinal in a text, with the telling tokens that stand beside it."""
    plain = plain_digits(text)
    width = _BESIDE // 3 if language == "zh" else _BESIDE
    for match in _pattern(language).finditer(plain):
        beside = f"{plain[max(match.start() - width, 0) : match.start()]} . {plain[match.end() : match.end() + width]}"
        telling = {t for t in tokens(beside, language) if matter(t, language or "") >= _MUCH and not t[0].isdigit()}
        number = ordinal(match["han"] or match["figures"] or "") or _number(match)
        if number:
            yield number, frozenset(telling)


def _number(match: re.Match[str]) -> int:
    return next((int(name.removeprefix("n")) for name, said in match.groupdict().items() if said and name[0] == "n"), 0)


@lru_cache(maxsize=8)
def _pattern(language: str | None) -> re.Pattern[str]:
    """All ordinals of a language; the longer words are tried first, so that "ثالث عشر" is not "ثالث"."""
    words = tomllib.loads((resources.files("rag.question") / FILE).read_text(encoding="utf-8")).get(language or "", [])
    edges = (r"(?<!\w)(?:[وفبلك]?(?:ال|لل)?)", r"(?!\w)") if language == "ar" else (r"(?<!\w)", r"(?!\w)")
    each = [f"(?P<n{number}>{one})" for number, one in reversed(list(enumerate(words, 1)))]
    return re.compile(
        "|".join([f"{edges[0]}(?:{'|'.join(each or ['(?!)'])}){edges[1]}", _HAN, _FIGURES]), re.IGNORECASE
    )

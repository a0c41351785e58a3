"""A question that asks when: clauses with a date of their own go before others that score little more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.words.tokens import plain_digits
from rag.answer import Hit

DATED = 1.0
"""Score that a date is worth (standard deviations): of 1,063 questions of XQuAD, CMRC and PIAF that ask when, in clauses nearly
all of which have one, from .5 to 2 four at most are lost and two won; of three on resolutions two right clauses rise."""
_ASKING = {
    "en": r"\b(?:what|which) (?:year|month|day|date)s?\b", "fr": r"\bquelles? (?:années?|dates?)\b|\bquel (?:mois|jour)\b",
    "es": r"\bcuándo\b|\bqué (?:año|mes|día|fecha)s?\b",
    "ru": r"\bв как(?:ом (?:году|месяце)|ой день)\b|\bкакого числа\b",
    "ar": r"\bمتى\b|\bأي (?:عام|سنة|شهر|يوم|تاريخ)\b", "zh": r"何时|何年|什么时候|哪一?[年月天日]|几月|几号|什么日期",
}  # fmt: skip
"""Words that do nothing but ask when."""
_JOINING = {"en": r"\bwhen\b", "fr": r"\bquand\b", "ru": r"\bкогда\b"}
"""Words that ask when and join sentences too ("what happens when skilled people leave?") …"""
_OPENING = {
    "en": r"^(?:and |but |so |then )?(?:since )?when (?:did|was|were|is|are|will|does|do|has|have|had|would|should)\b",
    "fr": r"^(?:et |mais |alors )?(?:depuis |jusqu'à )?quand\b", "ru": r"^(?:а |и |но )?когда\b",
}  # fmt: skip
"""… and where they open a question, and so ask."""
_CITED = re.compile(
    r"第\s*\d+/\d+\s*号|\d{4}\s*年\s*\d+\s*月\s*\d+\s*日(?:第|的第)\s*\d+/\d+\s*号|"
    r"\d+/\d+(?:\s?[A-Z])?\s*,?\s*(?:(?:adopted|dated|adoptée|aprobada)\s*)?(?:of|du|de|от|المؤرخة?)\s*\d{1,2}(?:er)?\s(?:de\s)?\S+(?:\s\S+)?\s\d{4}"
)
"""The date of another resolution, which is that one's name: "resolution 70/1 of 25 September 2015"."""
_DATE = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\d{4}\s*年|\d+\s*月\s*\d+\s*日")


def asks_when(question: str, language: str) -> bool:
    """Whether a question in one of the six languages may ask for a date or a year."""
    return _has(_ASKING, question, language) or _has(_JOINING, question, language)


def asks_a_date(question: str, language: str) -> bool:
    """Whether it does so for certain: it opens with "when", or has a word for it that only asks."""
    return _has(_ASKING, question, language) or _has(_OPENING, question.strip(), language)


def _has(words: Mapping[str, str], question: str, language: str) -> bool:
    return re.search(words.get(language, "(?!)"), question, re.IGNORECASE) is not None


def has_date(text: str) -> bool:
    """Whether a text has a year or a date that is not that of a resolution which it cites."""
    return _DATE.search(_CITED.sub(" ", plain_digits(text))) is not None


def dated_first(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in the order of their scores with what a date is worth; the scores stay where they were in the ranking."""
    order = sorted(hits, key=lambda hit: -hit.score - DATED * has_date(hit.clause.text))
    return tuple(replace(hit, score=place.score) for hit, place in zip(order, hits, strict=True))

"""Whether to answer: a calibrated probability from many signs, and the threshold. The only place for both."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from index.words.names import places
from rag.dated import has_date
from rag.question.amounts import has_amount
from rag.question.wording import LEAST_SAID
from rag.retrieve import Retrieval

FILE = "refusal.json"
VERY_LIKELY = 0.9
LIKELY = 0.7
"""Probabilities from which on an answer is called that; below, down to the threshold, it is called uncertain. The
probability is calibrated (docs/reliability.svg): of ten answers called very likely nine or ten are right, of ten called
likely seven to nine."""
MOST_WORDS = 5.0
"""Standard deviations of the best clause's words that count: as many as one clause of 24 can be above their mean. In a
library of a thousand a single rare word is thirty above it, and says no more."""
MOST_LEAD = 12.0
"""Lead over the second and fifth clause that counts, likewise."""
Sureness = Literal["very_likely", "likely", "uncertain", "unlikely"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A fitted rule: logistic regression over the signs."""

    threshold: float
    """Probability from which on an answer is given."""
    near: float
    """Probability from which on a refusal shows the nearest clause."""
    intercept: float
    weights: dict[str, float]
    """By name of the sign."""


@lru_cache(maxsize=1)
def shipped_rule() -> Rule:
    """The rule that ships; its file says what it was fitted on."""
    data: dict[str, Any] = json.loads((resources.files("rag") / FILE).read_text(encoding="utf-8"))
    return Rule(data["threshold"], data["near"], data["intercept"], data["weights"])


def confidence(retrieval: Retrieval, rule: Rule | None = None) -> float:
    """Probability, 0 to 1, that the library answers the question."""
    if not retrieval.hits:
        return 0.0
    rule = rule or shipped_rule()
    signs = signs_of(retrieval)
    total = rule.intercept + sum(rule.weights.get(name, 0.0) * value for name, value in signs.items())
    probability = 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
    return min(probability, rule.near) if retrieval.another else probability


def sureness(probability: float) -> Sureness:
    """What is said of a probability in words; "unlikely" is said of refusals only."""
    if probability >= VERY_LIKELY:
        return "very_likely"
    if probability >= LIKELY:
        return "likely"
    return "uncertain" if probability >= shipped_rule().threshold else "unlikely"


def signs_of(retrieval: Retrieval) -> dict[str, float]:
    """What the rule goes by, by name. There must be a hit."""
    hits, best = retrieval.hits, retrieval.hits[0]
    scores = [hit.score for hit in hits]
    second, fifth = (scores[min(place, len(scores) - 1)] for place in (1, 4))
    says = retrieval.asked
    total = max(sum(says.values()), LEAST_SAID)
    lacks = {word: 1 - retrieval.found.get(word, 0.0) for word in says}
    absent = {word: 1 - retrieval.in_best.get(word, 0.0) for word in says if word in retrieval.known}
    numbers = set(re.findall(r"\d+", retrieval.question)) - set(re.findall(r"\d+", best.clause.searched))
    numbers -= retrieval.years
    named = places(retrieval.question, retrieval.language)
    sought = retrieval.sought
    same = float(best.clause.language == retrieval.language)
    signs = {
        "clause z": best.clause_z,
        "sentence z": best.sentence_z,
        "words": min(best.words, MOST_WORDS),
        "clause cosine": best.clause_cosine,
        "sentence cosine": max(best.sentence_cosines),
        "match": best.match,
        "lead over second": min(scores[0] - second, MOST_LEAD),
        "lead over fifth": min(scores[0] - fifth, MOST_LEAD),
        "coverage": sum(says[word] * degree for word, degree in retrieval.found.items()) / total,
        "coverage of the best": sum(says[word] * degree for word, degree in retrieval.in_best.items()) / total,
        "missing matter": sum(says[word] * lack for word, lack in lacks.items()),
        "absent from the best": sum(says[word] * lack for word, lack in absent.items()) / total,
        "absent from the library": sum(says[word] * lacks[word] for word in absent) / total,
        "amount asked, none there": float(
            sought.amount is not None and not has_amount(best.clause.searched, sought.amount)
        ),
        "date asked, none there": float(sought.date and not has_date(best.clause.searched)),
        "missing places": float(retrieval.missing_places > 0),
        "places not in the best": float(bool(named - places(best.clause.searched, best.clause.language))),
        "numbers not in the best": float(bool(numbers)),
        "same language": same,
    }
    return signs | {f"{name}, same language": value * same for name, value in signs.items() if name in _BY_LANGUAGE}


_BY_LANGUAGE = (
    "match", "clause z", "sentence z", "words", "clause cosine", "sentence cosine", "coverage", "coverage of the best",
    "missing matter", "absent from the best", "absent from the library",
)  # fmt: skip
"""Signs that have another scale where question and clause are in one language."""

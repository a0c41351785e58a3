"""How the scores of a clause are added up: weights learned on dev data (`clauses fit`), and where they are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Weights of the five scores of a clause. Those of the two vectors add up to 2 in every Part, so that clauses within
    and across languages can be compared."""

    clause: float
    """Of the z-score of its cosine."""
    sentence: float
    """Of the z-score of its best sentence's cosine."""
    words: float
    """Within a language: of the z-score of BM25. Across: of the share of the best clause's BM25, 0 to 1."""
    covered: float
    """Of the share of the question's words that the clause has."""
    match: float
    """Of how well its best sentence goes with the question, as question and answer (rag/choose.py)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """All that ranking weighs by."""

    within: Part
    """For clauses in the question's language."""
    across: Part
    """For clauses in another."""

    def of(self, same_language: bool) -> Part:
        """The weights for clauses in the question's language, or in another."""
        return self.within if same_language else self.across


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that ship; their file says what they were learned from."""
    data: dict[str, Any] = json.loads((resources.files("rag") / FILE).read_text(encoding="utf-8"))
    return Weights(Part(**data["within"]), Part(**data["across"]))

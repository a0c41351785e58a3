"""Which sentences of a clause answer a question: how likely each does, learned on dev data, and the run worth quoting."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelDamagedError
from index.passages import sentence_texts
from rag.answer import Hit
from rag.dated import has_date
from rag.question.amounts import has_amount
from rag.sought import Sought

FILE, MATCH_FILE = "sentences.json", "sentences.npz"
MAX_SENTENCES = 3
_EQUAL = 9
"""Places of probabilities that are compared: sums of the same shares differ in their last bits."""
SIGNS = (
    "z", "words", "length", "first", "last", "z of the one before", "z of the next", "apart", "best z", "most words",
    "date asked, has one", "amount asked, has one",
)  # fmt: skip
"""Of a sentence: z-score of its cosine, share of the clause's matched words, logarithm of its characters, whether it is the
clause's first or last, what its neighbours' cosines say, its share of the words that tell the sentences apart, whether it is the
first with the highest z, or with the most words, and whether it has a date, or an amount of the kind, that is asked for."""


@dataclass(frozen=True, eq=False, slots=True)
class Match:
    """How well a question's vector and a sentence's go together as question and answer, for the vectors of one model: two texts
    may lie near each other because one repeats the other."""

    matrix: NDArray[np.float32]
    """Shape (dimension, dimension): question x sentence."""
    own: NDArray[np.float32]
    """Shape (dimension,): what a sentence says for itself, whatever is asked."""

    def answering(self, question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Shape (dimension,), for a question's vector of that shape: its product with a sentence's is that sentence's score."""
        return np.asarray(question @ self.matrix + self.own, np.float32)

    def scores(self, question: NDArray[np.float32], sentences: NDArray[np.float32]) -> NDArray[np.float32]:
        """Shape (n,), for a question's vector, shape (dimension,), and those of sentences, shape (n, dimension)."""
        return np.asarray(sentences @ self.answering(question), np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class Chooser:
    """The learned rule (`clauses fit sentences`)."""

    weights: NDArray[np.float32]
    """Shape (signs,), in the order of SIGNS."""
    cost: float
    """Probability that one more sentence must add to be worth its length."""
    match: Match | None
    """None for a model that it was not learned for."""

    def scores(
        self, signs: NDArray[np.float32], question: NDArray[np.float32], sentences: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log odds of the sentences of a clause against each other, shape (n,), from their signs, shape (n, signs), and the
        vectors of the question, shape (dimension,), and of the sentences, shape (n, dimension)."""
        match = self.match.scores(question, sentences) if self.match is not None else 0.0
        return np.asarray(signs @ self.weights + match, np.float32)


def likeness() -> Chooser:
    """The rule where nothing is learned: z of a sentence's cosine and five times its share of the words, to be compared with each
    other only (the cost is nothing)."""
    return Chooser(np.array([1, 5, *[0] * (len(SIGNS) - 2)], np.float32), 0.0, None)


@lru_cache(maxsize=4)
def chooser(model: str) -> Chooser:
    """The rule that ships for a model by its name; for another model than the one it was learned for, the one without
    vectors. Raises ModelDamagedError where the two files do not belong together."""
    place = _place()
    data: dict[str, Any] = json.loads((place / FILE).read_text(encoding="utf-8"))
    if data["model"] != model:
        return _chooser(data["any_model"], None)
    raw = (place / MATCH_FILE).read_bytes()
    if hashlib.sha256(raw).hexdigest() != data["match_sha256"]:
        raise ModelDamagedError(
            f"{place / MATCH_FILE} is not the file that {FILE} beside it was written with: install Clauses anew, or make both "
            "with `clauses fit sentences`."
        )
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        return _chooser(data, Match(arrays["matrix"].astype(np.float32), arrays["own"].astype(np.float32)))


def _place() -> Traversable:
    return resources.files("rag")


def _chooser(data: dict[str, Any], match: Match | None) -> Chooser:
    return Chooser(np.array([data["weights"][name] for name in SIGNS], np.float32), data["cost"], match)


def signs_of(hit: Hit, sought: Sought) -> NDArray[np.float32]:
    """Shape (sentences, signs), of a hit that has what its sentences have of the question's words."""
    z, texts = hit.sentence_zs, sentence_texts(hit.clause)
    shares = np.round(hit.sentence_shares, _EQUAL).tolist()
    best, most = z.index(max(z)), shares.index(max(shares)) if max(shares) > 0 else None
    rows = [
        (
            z[n],
            hit.sentence_shares[n],
            math.log(len(text) or 1),
            n == 0,
            n == len(z) - 1,
            z[n - 1] if n else 0.0,
            z[n + 1] if n + 1 < len(z) else 0.0,
            hit.sentence_apart[n],
            n == best,
            n == most,
            sought.date and has_date(text),
            sought.amount is not None and has_amount(text, sought.amount),
        )
        for n, text in enumerate(texts)
    ]
    return np.array(rows, np.float32)


def best_run(scores: Sequence[float], cost: float) -> tuple[int, int]:
    """First and last of the sentences to quote: the run of one to three that most likely has the answer, less `cost` a
    sentence; of equal ones the shorter, then the earlier. There must be a score."""
    odds = np.exp(np.asarray(scores, np.float64) - max(scores))
    till = np.append(0.0, np.cumsum(odds / odds.sum()))
    best = (-math.inf, 0, 0)
    for length in range(1, min(MAX_SENTENCES, len(scores)) + 1):
        gains = (till[length:] - till[:-length] - cost * length).round(_EQUAL)
        first = int(np.argmax(gains))
        if gains[first] > best[0]:
            best = (float(gains[first]), first, first + length - 1)
    return best[1], best[2]

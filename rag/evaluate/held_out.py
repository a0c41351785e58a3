"""Rules of the folds of `clauses fit sentences`: each question that it learned from is measured by the one that has not seen its
article. What learned a set by heart cannot say how well it does on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.choose import Chooser, Match

FILE = "held_out.npz"
RuleFor = Callable[[str], Chooser | None]
"""By the id of a question: the rule that has not seen its article; None where none has, and the one that ships will do."""


@lru_cache(maxsize=4)
def rule_for(model: str) -> RuleFor:
    """The rules that ship for a model; none for another model than the one they were learned for."""
    with np.load(Path(__file__).with_name(FILE), allow_pickle=False) as data:
        name, cost, ids = json.loads(data["about"].tobytes())
        matrices, own, weights = (data[key].astype(np.float32) for key in ("matrices", "own", "weights"))
    if name != model:
        return lambda question: None
    parts = zip(weights, matrices, own, strict=True)
    rules = [Chooser(signs, cost, Match(matrix, alone)) for signs, matrix, alone in parts]
    fold_of = {one: rule for rule, some in zip(rules, ids, strict=True) for one in some}
    return fold_of.get


def folds_file(
    folds: Sequence[tuple[Iterable[str], Match]], weights: NDArray[np.float32], cost: float, model: str
) -> bytes:
    """The file of some folds, each with the ids of the questions that its match was not learned on; `weights` has shape (folds,
    signs)."""
    about = json.dumps([model, cost, [sorted(set(ids)) for ids, _ in folds]])
    matches = [match for _, match in folds]
    out = BytesIO()
    np.savez_compressed(
        out,
        about=np.frombuffer(about.encode(), np.uint8),
        matrices=np.array([match.matrix for match in matches], np.float16),
        own=np.array([match.own for match in matches], np.float16),
        weights=weights,
    )
    return out.getvalue()

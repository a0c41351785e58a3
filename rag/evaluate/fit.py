"""Fit the refusal rule on dev data, and say how well it does on questions it was not fitted on."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from index.embed import Embedder
from index.words.tokens import tokens
from rag.evaluate.libraries import library_of_corpus, shipped_library
from rag.evaluate.measures import auroc
from rag.evaluate.questions import Question, own_questions, read_questions
from rag.evaluate.samples import Sample, asked_of, with_and_without
from rag.refuse import signs_of

OWN_WEIGHTS = {
    "brussels": 60.0, "near misses": 10.0, "framed": 1.0, "asked": 8.0, "asked, unseen": 0.0,
    "un_ga": 40.0, "asked of resolutions": 8.0, "other matters": 5.0, "other matters, not fitted": 0.0,
}  # fmt: skip
"""Of a question about the document that ships, or about or to resolutions, where one about XQuAD's paragraphs has 1: there
are 88, 219, 792, 500, 200, 43, 200, 360, 420 and 8,660. In each source those with an answer and those without weigh the same."""
OTHER_MATTERS = {"other matters": ("nomiracl",), "other matters, not fitted": ("xquad", "piaf", "cmrc2018")}
"""Sets whose questions are asked of the resolutions, which answer none of them: how a library of a thousand clauses a
language refuses."""
_EACH = 60
"""Questions of each set and language that are asked so."""
NEAR_SHARE = 0.35
"""Of the threshold: from there on a refusal shows the nearest clause."""
STRENGTH = 1.0
"""Inverse of the L2 regularisation, on standardised signs."""
MOST_WEIGHTS = {"amount asked, none there": 3.0}
"""Log odds that a sign can turn at most: what patterns read wrongly once (an amount in words that none knows) shall not refuse
alone what all the other signs answer."""
FOLDS = 6
SHUFFLES = 6
"""Times that the folds are dealt anew: with 71 questions one that falls otherwise is more than a point."""
_PAIRS = (
    ("zh", ("zh",)), ("en", ("en",)), ("es", ("es",)), ("ru", ("ru",)), ("ar", ("ar",)),
    ("zh", ("en", "es", "ru", "ar")), ("en", ("zh",)),
)  # fmt: skip
"""Languages of clauses and of questions."""
_QUESTION_SETS = ("xquad", "cmrc2018", "piaf", "squad2", "nomiracl")
_COMMON = 0.005
"""Share of the questions of a language from which on a token is one of asking, not of the matter asked about."""
_RARE = 200
"""A token in one of so many questions says everything of the matter: weight 1."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted rule and its figures on held-out questions."""

    rule: dict[str, Any]
    """As it is kept in rag/refusal.json."""
    held_out: dict[str, str]
    """By source: AUROC, answered of answerable, refused of unanswerable."""
    confidences: NDArray[np.float64]
    """Shape (samples,): probability of each sample by the rule of the folds without it, folds as dealt first."""
    right: NDArray[np.bool_]
    """Shape (samples,): whether a right clause was among the first three."""
    sources: NDArray[np.str_]
    """Shape (samples,)."""

    def curves(self) -> dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]]:
        """Confidences and whether right, by source, for `reliability.draw`."""
        return {
            source: (self.confidences[self.sources == source], self.right[self.sources == source])
            for source in sorted(set(self.sources.tolist()))
        }


def asking_file(folder: Path) -> str:
    """The words of asking as index/lexicon/asking.json has them, counted in the dev questions of a folder."""
    made_from = "dev questions of XQuAD, CMRC 2018, PIAF, SQuAD 2.0 and NoMIRACL: share of a language's questions with the token"
    return dumped(
        {"made_by": "clauses fit refusal (rag/evaluate/fit.py)", "made_from": made_from, "words": _asking(folder)}
    )


def _asking(folder: Path) -> dict[str, dict[str, float]]:
    """By language: tokens common in questions with the weight of what they say of its matter, 0 (in all) to 1 (in few)."""
    totals: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    for name in _QUESTION_SETS:
        for question in read_questions(folder / name / "questions.jsonl"):
            totals[question.language] += 1
            counts.setdefault(question.language, Counter()).update(set(tokens(question.text, question.language)))
    return {
        language: {
            token: round(min(1.0, -math.log(count / totals[language]) / math.log(_RARE)), 3)
            for token, count in sorted(counts[language].items())
            if count > _COMMON * totals[language]
        }
        for language in sorted(counts)
    }


def collect(folder: Path, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> list[Sample]:
    """Ask the dev questions of libraries that answer them and of libraries that do not."""
    with shipped_library(lambda: embedder) as library:
        samples = list(asked_of(library, read_questions(folder / "brussels" / "questions.jsonl"), "brussels"))
        for name in ("near misses", "framed", "asked", "asked, unseen"):
            samples += asked_of(library, own_questions(name), name)
    with library_of_corpus(folder / "un_ga" / "txt", None, lambda: embedder) as library:
        samples += asked_of(library, read_questions(folder / "un_ga" / "questions.jsonl"), "un_ga")
        samples += asked_of(library, own_questions("asked of resolutions"), "asked of resolutions")
        for source, names in OTHER_MATTERS.items():
            samples += asked_of(library, [q for name in names for q in _unanswered(folder / name)], source)
    for done, (clauses, asked) in enumerate(_PAIRS, 1):
        corpus, questions = folder / "xquad" / "paragraphs.jsonl", folder / "xquad" / "questions.jsonl"
        samples += with_and_without(corpus, questions, clauses, asked, embedder)
        if progress:
            progress(done, len(_PAIRS))
    return samples


def _unanswered(folder: Path) -> list[Question]:
    """Some questions of a set in each language, as many everywhere, as questions that nothing answers."""
    by_language: dict[str, list[Question]] = {}
    for question in read_questions(folder / "questions.jsonl"):
        by_language.setdefault(question.language, []).append(replace(question, gold=(), spans=()))
    return [
        question
        for language in sorted(by_language)
        for question in random.Random(_EACH).sample(by_language[language], min(_EACH, len(by_language[language])))
    ]


def fit(samples: Sequence[Sample], *, threshold: float) -> Fit:
    """Fit the rule to the samples: whether the library answers. Held-out figures are by what is asked, in six folds, means of
    six ways to deal them."""
    rows = [signs_of(sample.retrieval) for sample in samples]
    signs = np.array([list(row.values()) for row in rows])
    answerable = np.array([sample.answerable for sample in samples])
    sources = np.array([sample.source for sample in samples])
    weights = _weights(sources, answerable)
    most = np.array([MOST_WEIGHTS.get(name, np.inf) for name in rows[0]])
    groups = [sample.question.id.rsplit(".", 1)[0] for sample in samples]
    held_out = np.zeros((SHUFFLES, len(samples)))
    for shuffle in range(SHUFFLES):
        for train, test in GroupKFold(FOLDS, shuffle=True, random_state=shuffle).split(signs, answerable, groups):
            model = _fitted(signs[train], answerable[train], weights[train], most)
            held_out[shuffle, test] = model.predict_proba(signs[test])[:, 1]
    model = _fitted(signs, answerable, weights, most)
    scale, coefficients = model[0], model[1].coef_[0] / model[0].scale_
    figures = _figures(held_out, answerable, sources, threshold)
    rule = {
        "made_by": "clauses fit refusal (rag/evaluate/fit.py)",
        "made_from": _made_from(sources),
        "held_out": figures,
        "threshold": threshold,
        "near": round(threshold * NEAR_SHARE, 3),
        "intercept": round(float(model[1].intercept_[0] - (coefficients * scale.mean_).sum()), 4),
        "weights": {name: round(float(value), 4) for name, value in zip(rows[0], coefficients, strict=True)},
    }
    right = np.array([sample.right for sample in samples])
    return Fit(rule, figures, held_out[0], right, sources)


def _weights(sources: NDArray[np.str_], answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Shape (samples,): of each source as much for its questions with an answer as for those without, if it has both."""
    weights = np.array([OWN_WEIGHTS.get(source, 1.0) for source in sources.tolist()])
    for source in set(sources.tolist()):
        yes, no = (sources == source) & answerable, (sources == source) & ~answerable
        if yes.any() and no.any():
            half = (yes.sum() + no.sum()) / 2
            weights[yes] *= half / yes.sum()
            weights[no] *= half / no.sum()
    return weights


def _made_from(sources: NDArray[np.str_]) -> str:
    counts = Counter(sources.tolist())
    parts = [f"{count:,} of {source} (weight {OWN_WEIGHTS.get(source, 1.0):g})" for source, count in counts.items()]
    return (
        f"askings: {', '.join(parts)}; those of XQuAD are of libraries of 24 paragraphs with and without the right one"
    )


def dumped(rule: dict[str, Any]) -> str:
    """The rule as its file has it; the same rule gives the same text."""
    return json.dumps(rule, ensure_ascii=False, indent=1) + "\n"


def _fitted(
    signs: NDArray[np.float64], answerable: NDArray[np.bool_], weights: NDArray[np.float64], most: NDArray[np.float64]
) -> Any:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    model.fit(signs, answerable, logisticregression__sample_weight=weights)
    scale, rule = model[0], model[1]
    held = np.clip(rule.coef_[0], -most * scale.scale_, most * scale.scale_)
    rule.intercept_ -= (
        (rule.coef_[0] - held) * scale.mean_ / scale.scale_
    ).sum()  # nothing changes where the sign is 0
    rule.coef_[0] = held
    return model


def _figures(
    held_out: NDArray[np.float64], answerable: NDArray[np.bool_], sources: NDArray[np.str_], threshold: float
) -> dict[str, str]:
    """By source; `held_out` has shape (shuffles, samples)."""
    found: dict[str, str] = {}
    for source in sorted(set(sources.tolist())):
        yes, no = held_out[:, (sources == source) & answerable], held_out[:, (sources == source) & ~answerable]
        refused = f"refused of unanswerable {(no < threshold).mean():.3f}"
        if not yes.size:
            found[source] = refused
            continue
        area = np.mean([auroc(y.tolist(), n.tolist()).value for y, n in zip(yes, no, strict=True)])
        found[source] = f"AUROC {area:.3f}, answered of answerable {(yes >= threshold).mean():.3f}, {refused}"
    return found

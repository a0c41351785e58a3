"""Learn the weights of ranking on dev data, and say how well they do on questions they were not learned on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from index.embed import Embedder
from index.library import Library
from rag.answer import Hit
from rag.centres import centres
from rag.evaluate.held_out import rule_for
from rag.evaluate.libraries import library_of_corpus, shipped_library
from rag.evaluate.questions import Question, own_questions, read_questions
from rag.question.query import query_of
from rag.retrieve import retrieve

CANDIDATES = 30
"""Clauses a question whose scores are learned from."""
STRENGTH = 1e-3
"""Of the L2 regularisation."""
FOLDS = 5
LEAST_WEIGHT = 1e-3
LEAST_SHARE = 0.1
"""Of a source's questions that must be within (or across) languages for it to count there, as much as any other source;
fewer are questions whose language was mistaken."""
SETS = (
    ("xquad", "zh", ("zh",)), ("xquad", "en", ("en",)), ("xquad", "es", ("es",)), ("xquad", "ru", ("ru",)),
    ("xquad", "ar", ("ar",)), ("cmrc2018", "zh", ("zh",)), ("piaf", "fr", ("fr",)),
    ("xquad", "zh", ("en", "es", "ru", "ar")), ("xquad", "en", ("zh",)),
)  # fmt: skip
"""Set, language of the clauses, languages of the questions."""
OWN_SETS = ("near misses", "framed", "asked")
"""Questions about the document that ships, written for this, beside brussels: those of them that have an answer."""
PARTS = ("clause", "sentence", "words", "covered", "match")


@dataclass(frozen=True, eq=False, slots=True)
class Ranked:
    """A question with the clauses found for it."""

    source: str
    question: Question
    same: bool
    """Whether the clauses are in the question's language."""
    hits: tuple[Hit, ...]
    right: NDArray[np.bool_]
    """Shape (hits,)."""

    @property
    def parts(self) -> NDArray[np.float64]:
        """Shape (hits, 5): z of the clause, z of its best sentence, words, share of the question's words, match."""
        return np.array([[hit.clause_z, hit.sentence_z, hit.words, hit.covered, hit.match] for hit in self.hits])


def collect(folder: Path, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> list[Ranked]:
    """Ask the answerable dev questions of a folder, each of all clauses of its set."""
    with shipped_library(lambda: embedder) as library:
        found = list(_ranked("brussels", read_questions(folder / "brussels" / "questions.jsonl"), library))
        for name in OWN_SETS:
            found += _ranked(name, own_questions(name), library)
    for done, (name, clauses, asked) in enumerate(SETS, 1):
        questions = [q for lang in asked for q in read_questions(folder / name / "questions.jsonl", language=lang)]
        with library_of_corpus(folder / name / "paragraphs.jsonl", clauses, lambda: embedder) as library:
            found += _ranked(f"{name} {'/'.join(asked)}-{clauses}", questions, library)
        if progress:
            progress(done, len(SETS))
    return found


def _ranked(source: str, questions: Sequence[Question], library: Library) -> Iterator[Ranked]:
    searchable, embedder = library.searchable(), library.embedder
    held_out = rule_for(embedder.name)
    for question in questions:
        if not question.gold:
            continue
        query = query_of(question.text, question.history)
        rule = held_out(question.id)  # what was learned by heart would be given too much weight
        found = retrieve(query, searchable, embedder, centres(embedder.name), k=CANDIDATES, rule=rule)
        right = np.array([question.found_by(hit) for hit in found.hits])
        yield Ranked(source, question, found.hits[0].clause.language == query.language, found.hits, right)


def learn(found: Sequence[Ranked]) -> dict[str, Any]:
    """The weights, as rag/weights.json has them, with held-out figures."""
    learned: dict[str, Any] = {"made_by": "clauses fit fusion (rag/evaluate/fusion.py)"}
    counts = Counter(f.source for f in found)
    learned["made_from"] = "questions of " + ", ".join(f"{source} {count}" for source, count in counts.items())
    held_out: dict[str, str] = {}
    for name, same in (("within", True), ("across", False)):
        some = _chosen(found, same)
        part = _part([f for f in some if f.right.any()])
        learned[name] = dict(zip(PARTS, map(float, part.round(3)), strict=True))
        held_out |= _held_out(some, name)
    return learned | {"held_out": held_out}


def _chosen(found: Sequence[Ranked], same: bool) -> list[Ranked]:
    counts, all_counts = Counter(f.source for f in found if f.same == same), Counter(f.source for f in found)
    return [f for f in found if f.same == same and counts[f.source] >= LEAST_SHARE * all_counts[f.source]]


def _part(found: Sequence[Ranked]) -> NDArray[np.float64]:
    """Shape (parts,): conditional logit, the probability that the first of the ranked clauses is a right one; scaled so that
    those of the two vectors add up to 2."""
    parts = np.concatenate([f.parts for f in found])
    right = np.concatenate([f.right for f in found])
    first = np.cumsum([0, *(len(f.hits) for f in found)])[:-1]
    lengths = np.array([len(f.hits) for f in found])
    counts = Counter(f.source for f in found)
    importance = np.array([1 / counts[f.source] for f in found])
    importance /= importance.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = parts @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, first), lengths)
        shares = np.exp(scores)
        shares /= np.repeat(np.add.reduceat(shares, first), lengths)
        good = np.add.reduceat(shares * right, first)
        among_right = shares * right / np.repeat(good, lengths)
        gradient = np.add.reduceat((shares - among_right)[:, None] * parts, first)
        value = float(-(importance * np.log(good)).sum() + STRENGTH * (weights**2).sum())
        return value, importance @ gradient + 2 * STRENGTH * weights

    weights = minimize(
        loss, np.ones(len(PARTS)), jac=True, method="L-BFGS-B", bounds=[(LEAST_WEIGHT, None)] * len(PARTS)
    ).x
    return np.asarray(weights * 2 / (weights[0] + weights[1]))


def _held_out(found: Sequence[Ranked], name: str) -> dict[str, str]:
    """R@1 by source of weights learned on the other questions, next to equal weights of the two vectors alone."""
    groups = [f.question.id.rsplit(".", 1)[0] for f in found]
    first: dict[str, list[tuple[float, float]]] = {}
    for train, test in GroupKFold(FOLDS).split(found, groups=groups):
        weights = _part([found[i] for i in train if found[i].right.any()])
        for i in test.tolist():
            at, vectors = (int(np.argmax(found[i].parts @ w)) for w in (weights, np.array([1.0, 1.0, 0.0, 0.0, 0.0])))
            own = first.setdefault(found[i].source, [])
            own.append((float(found[i].right[at]), float(found[i].right[vectors])))
    return {
        f"R@1 {name}, {source}": "{:.3f}, vectors alone {:.3f}".format(*np.mean(rows, axis=0).tolist())
        for source, rows in first.items()
    }

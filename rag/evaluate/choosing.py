"""Learn which sentence of a clause answers a question, and say how well it does on articles it was not learned on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from index.embed import Embedder
from index.library import Library
from index.passages import sentence_texts
from rag.centres import centres
from rag.choose import MAX_SENTENCES, SIGNS, Chooser, Match, best_run, likeness, signs_of
from rag.evaluate.held_out import folds_file
from rag.evaluate.libraries import library_of_corpus, shipped_library
from rag.evaluate.questions import Question, read_questions, with_spans_of
from rag.lines import lines_of
from rag.question.query import query_of
from rag.retrieve import retrieve
from rag.sought import sought

Array = NDArray[np.float32]
FOUND = 10
"""Clauses a question among which the right one is looked for."""
FOLDS = 4
SPREAD = 10.0
"""What vectors are multiplied by where they are learned from: the deviations of a number of a unit vector are near a tenth."""
MATRIX_STRENGTH, OWN_STRENGTH, WEIGHT_STRENGTH = 2e-4, 1e-4, 1e-5
"""Of the L2 regularisation: of the match's two parts, and of the signs' weights, which are held to those of `likeness`."""
ITERATIONS = 150
TEMPERATURES = tuple(float(t) for t in np.arange(1.0, 4.01, 0.25))
COSTS = tuple(float(c) for c in np.arange(0.01, 0.2, 0.005).round(3))
MOST_SENTENCES = 1.85
"""Quoted sentences a quote that the cost may lead to, on average over the sets: 2 are asked for at most."""
SETS = (
    ("cmrc2018", "zh", ("zh",)), ("piaf", "fr", ("fr",)), ("squad2", "en", ("en",)),
    *(("xquad", clauses, ("ar", "en", "es", "ru", "zh")) for clauses in ("ar", "en", "es", "ru", "zh")),
)  # fmt: skip
"""Set, language of the clauses, languages of the questions."""


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """A question with the sentences of its clause."""

    source: str
    id: str
    """Of the question; in parallel sets the same in all languages."""
    group: str
    """The article that the paragraph is of, the same in all languages and sets: XQuAD and SQuAD 2.0 share articles and
    questions. Of the document that ships, the clause."""
    question: Array
    """Shape (dimension,)."""
    sentences: Array
    """Shape (n, dimension)."""
    signs: Array
    """Shape (n, signs)."""
    right: NDArray[np.bool_]
    """Shape (MAX_SENTENCES, n): whether the run of 1, 2, 3 sentences that begins here has a right span; none begins so late
    that it would end after the last."""

    @property
    def tells(self) -> bool:
        """Whether there is something to learn: some sentences have a right span, and some have not."""
        return bool(self.right[0].any() and not self.right[0].all())


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the rule's two files."""

    rule: dict[str, Any]
    """As rag/sentences.json has it, with its figures on held-out articles, on which temperature and cost were chosen."""
    match: bytes
    """As rag/sentences.npz has it."""
    folds: bytes
    """As rag/evaluate/held_out.npz has it: the rules of the folds, each with the questions it was not learned on."""


def collect(folder: Path, embedder: Embedder, progress: Callable[[int, int], None] | None = None) -> list[Choice]:
    """Ask the answerable dev questions of a folder, each of all clauses of its set."""
    with shipped_library(lambda: embedder) as library:
        found = list(_choices("brussels", read_questions(folder / "brussels" / "questions.jsonl"), library, {}))
    for done, (name, clauses, asked) in enumerate(SETS, 1):
        file, corpus = folder / name / "questions.jsonl", folder / name / "paragraphs.jsonl"
        articles = {
            line.name("id"): line.values.get("title") or line.name("id") for line in lines_of(corpus, "paragraph")
        }
        with library_of_corpus(corpus, clauses, lambda: embedder) as library:
            for lang in asked:
                questions = with_spans_of(read_questions(file, language=lang), read_questions(file, language=clauses))
                found += _choices(f"{name} {lang}-{clauses}", questions, library, articles)
        if progress:
            progress(done, len(SETS))
    return found


def _choices(
    source: str, questions: Sequence[Question], library: Library, articles: Mapping[str, str]
) -> Iterator[Choice]:
    """articles: title of the article that a paragraph is of, by its id."""
    searchable, embedder = library.searchable(), library.embedder
    for question in questions:
        if not question.gold or not question.spans:
            continue
        query = query_of(question.text, question.history)
        hits = retrieve(
            query, searchable, embedder, centres(embedder.name), k=FOUND, quotable=FOUND, rule=likeness()
        ).hits
        hit = next((hit for hit in hits if question.found_by(hit)), None)
        if hit is None:
            continue
        yield Choice(
            source,
            question.id,
            hit.clause.id if question.by_span else articles[question.gold[0]],
            embedder.encode_queries([query.embedded])[0],
            searchable.sentence_vectors(hit.clause),
            signs_of(hit, sought(query)),
            _right(question, sentence_texts(hit.clause)),
        )


def _right(question: Question, sentences: Sequence[str]) -> NDArray[np.bool_]:
    right = np.zeros((MAX_SENTENCES, len(sentences)), np.bool_)
    for length in range(1, MAX_SENTENCES + 1):
        for first in range(len(sentences) - length + 1):
            right[length - 1, first] = question.has_span("".join(sentences[first : first + length]))
    return right


def learn(found: Sequence[Choice], model: str, progress: Callable[[int, int], None] | None = None) -> Learned:
    """The rule for the vectors of a model and that for any other, with held-out figures by source.

    progress: told how many of how many fits are done, the one that ships and one a fold.
    """
    told = progress or (lambda done, of: None)
    fitted = _fitted([choice for choice in found if choice.tells])
    told(1, FOLDS + 1)
    folds = _folds(found, lambda fold: told(fold + 1, FOLDS + 1))
    own, temperature = _tempered(found, _held_out(found, folds), fitted.weights)
    match = _bytes(_cooled(fitted, temperature))
    plain = likeness()
    other, _ = _tempered(found, [_scores(plain, choice) for choice in found], plain.weights)
    counts = Counter(choice.source for choice in found)
    rule = {
        "made_by": "clauses fit sentences (rag/evaluate/choosing.py)",
        "made_from": "questions of " + ", ".join(f"{source} {count}" for source, count in counts.items()),
        "model": model,
        "match_sha256": hashlib.sha256(match).hexdigest(),
        **own,
        "any_model": other,
    }
    tested = [([found[i].id for i in test], _cooled(one, temperature)) for test, one in folds]
    weights = np.array([one.weights / temperature for _, one in folds])
    return Learned(rule, match, folds_file(tested, weights, own["cost"], model))


def _cooled(fitted: Chooser, temperature: float) -> Match:
    assert fitted.match is not None  # it is what is learned
    return Match(fitted.match.matrix / temperature, fitted.match.own / temperature)


def _bytes(match: Match) -> bytes:
    out = BytesIO()
    np.savez_compressed(out, matrix=match.matrix.astype(np.float16), own=match.own.astype(np.float16))
    return out.getvalue()


def _tempered(found: Sequence[Choice], scores: Sequence[Array], weights: Array) -> tuple[dict[str, Any], float]:
    """The weights of a rule made log odds, the cost of a sentence and the figures, by the scores that it gave to articles it
    was not learned on; and what the scores are divided by."""
    temperature = min(TEMPERATURES, key=lambda t: _surprise(found, scores, t))
    probable = [own / temperature for own in scores]
    cost = next(c for c in COSTS if c == COSTS[-1] or _mean_length(found, probable, c) <= MOST_SENTENCES)
    figures = _figures(found, probable, cost)
    rule = {
        "weights": dict(zip(SIGNS, (round(weight, 4) for weight in (weights / temperature).tolist()), strict=True)),
        "cost": cost,
        "held_out": {source: f"right span {share:.3f} at {n:.2f} sentences" for source, (share, n) in figures.items()},
    }
    return rule, temperature


def _folds(found: Sequence[Choice], fitted: Callable[[int], None]) -> list[tuple[list[int], Chooser]]:
    """The places of the choices that are left out, and the rule learned on those of other articles, for each fold. fitted: told
    which fold is done, from 1 on."""
    folds: list[tuple[list[int], Chooser]] = []
    for train, test in GroupKFold(FOLDS).split(found, groups=[choice.group for choice in found]):
        folds.append((test.tolist(), _fitted([found[i] for i in train if found[i].tells])))
        fitted(len(folds))
    return folds


def _held_out(found: Sequence[Choice], folds: Sequence[tuple[Sequence[int], Chooser]]) -> list[Array]:
    """Scores of each choice's sentences by the rule learned on other articles."""
    scores: list[Array] = [np.zeros(0, np.float32)] * len(found)
    for test, rule in folds:
        for i in test:
            scores[i] = _scores(rule, found[i])
    return scores


def _scores(rule: Chooser, choice: Choice) -> Array:
    return rule.scores(choice.signs, choice.question, choice.sentences)


def _fitted(found: Sequence[Choice]) -> Chooser:
    """Conditional logit: the probability that the first of a clause's sentences is a right one; all but convex (it is where one
    sentence is right, as in nine of ten). Each set counts by the root of how many questions it has."""
    counts = Counter(choice.source.split()[0] for choice in found)
    importance = np.array([counts[choice.source.split()[0]] ** -0.5 for choice in found])
    importance /= importance.sum()
    lengths = np.array([len(choice.signs) for choice in found])
    first = np.cumsum([0, *lengths])[:-1]
    signs = np.concatenate([choice.signs for choice in found])
    right = np.concatenate([choice.right[0] for choice in found])
    questions = np.array([choice.question for choice in found])
    mean = questions.mean(axis=0)
    asked = (questions - mean) * np.float32(SPREAD)
    sentences = np.concatenate([choice.sentences for choice in found]) * np.float32(SPREAD)
    dimension = asked.shape[1]
    parts = np.cumsum([len(SIGNS), dimension, dimension * dimension])
    strength = np.repeat([WEIGHT_STRENGTH, OWN_STRENGTH, MATRIX_STRENGTH], np.diff(parts, prepend=0))
    start = np.append(likeness().weights, np.zeros(parts[2] - parts[0]))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, own, matrix = _split(values, parts)
        wanted = np.repeat(asked @ matrix + own, lengths, axis=0)
        scores = (signs @ weights + np.einsum("ij,ij->i", wanted, sentences)).astype(np.float64)
        scores -= np.repeat(np.maximum.reduceat(scores, first), lengths)
        shares = np.exp(scores)
        shares /= np.repeat(np.add.reduceat(shares, first), lengths)
        good = np.maximum(np.add.reduceat(shares * right, first), np.finfo(np.float64).tiny)
        too_much = shares - shares * right / np.repeat(good, lengths)
        pull = (too_much * np.repeat(importance, lengths)).astype(np.float32)
        pulled = np.add.reduceat(sentences * pull[:, None], first, axis=0)
        gradient = np.concatenate([signs.T @ pull, pulled.sum(axis=0), (asked.T @ pulled).ravel()])
        away = values - start
        return float(-(importance * np.log(good)).sum() + strength @ away**2), gradient + 2 * strength * away

    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x
    weights, own, matrix = _split(best, parts)
    matrix = matrix * np.float32(SPREAD * SPREAD)
    return Chooser(weights, 0.0, Match(matrix, own * np.float32(SPREAD) - mean @ matrix))


def _split(values: NDArray[np.float64], parts: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    """The weights of the signs, and the match's own part and its matrix."""
    weights, own, matrix = np.split(values.astype(np.float32), parts[:2])
    return weights, own, matrix.reshape(len(own), len(own))


def _surprise(found: Sequence[Choice], scores: Sequence[Array], temperature: float) -> float:
    """Mean of -log of the probability that was given to the right sentences."""
    told: list[float] = []
    for choice, own in zip(found, scores, strict=True):
        if choice.tells:
            odds = np.exp((own - own.max()) / temperature)
            told.append(-float(np.log(max(odds[choice.right[0]].sum() / odds.sum(), np.finfo(np.float32).tiny))))
    return float(np.mean(told))


def _figures(found: Sequence[Choice], scores: Sequence[Array], cost: float) -> dict[str, tuple[float, float]]:
    """By source: share of the quotes with a right span, and sentences a quote."""
    rows: dict[str, list[tuple[float, float]]] = {}
    for choice, own in zip(found, scores, strict=True):
        first, last = best_run(own.tolist(), cost)
        rows.setdefault(choice.source, []).append((float(choice.right[last - first, first]), last - first + 1.0))
    return {source: (float(np.mean(own, axis=0)[0]), float(np.mean(own, axis=0)[1])) for source, own in rows.items()}


def _mean_length(found: Sequence[Choice], scores: Sequence[Array], cost: float) -> float:
    """Sentences a quote: mean of the sets' means, whatever languages they are asked in."""
    by_set: dict[str, list[float]] = {}
    for source, (_, length) in _figures(found, scores, cost).items():
        by_set.setdefault(source.split()[0], []).append(length)
    return float(np.mean([np.mean(lengths) for lengths in by_set.values()]))

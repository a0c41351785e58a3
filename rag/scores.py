"""How well each clause in one language fits a question: by its vector, its best sentence's, its words, and
how well that sentence goes with the question as an answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.passages import sentence_texts
from index.searchable import Moments, Searchable, Vectors, unit
from index.words.tokens import tokens
from rag.answer import Hit
from rag.choose import Match
from rag.question.wording import Wording, surest
from rag.weights import Weights

BEST_WORDS = 50
"""Clauses of each language with the best words that are scored too."""
ENOUGH_CLAUSES = 20
"""Clauses in the question's language below which BM25's deviation says nothing; the share of the best is taken then."""
FEW_SPREAD = 5.0
"""Stands for the z-score of the best of so few, where all of the question's words are found; in proportion where only
some are."""
ENOUGH_COVERED = 0.5
"""Share of the question's words with a token that has a translation in the library, from which on a clause's words count in
full. The lexicon knows the UN's words: of a question on other matters it translates the common ones, which mislead
(docs/log.md)."""
LONG_QUESTION = 12
"""Tokens found in translation from which on words across languages count more, by the root of how many: that many agree
in a wrong clause is less and less likely (docs/log.md: whole paragraphs asked)."""
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """The candidates of one language."""

    wording: Wording
    positions: NDArray[np.int64]
    first_sentence: NDArray[np.int64]
    """Shape (candidates + 1,): the sentences of candidate i are first_sentence[i] to first_sentence[i + 1]."""
    clause_cosines: NDArray[np.float32]
    sentence_cosines: NDArray[np.float32]
    """Of all candidates' sentences, one after the other."""
    sentence_z: NDArray[np.float32]
    clause_z: NDArray[np.float32]
    words: NDArray[np.float32]
    covered: NDArray[np.float32]
    match: NDArray[np.float32]
    """Of the sentence that goes best with the question; 0 where the rule has no match."""
    fused: NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Probe:
    """A vector of a question, shape (dimension,), with how those of the whole library lie to it."""

    vector: NDArray[np.float32]
    clauses: Moments
    sentences: Moments

    @classmethod
    def of(cls, vector: NDArray[np.float32], vectors: Vectors, *, centred: bool) -> Probe:
        """centred: to be held against vectors less their mean."""
        clauses, sentences = (cloud.moments(vector, centred=centred) for cloud in vectors.whole_clouds)
        return cls(vector, clauses, sentences)


@dataclass(frozen=True, eq=False, slots=True)
class Probes:
    """A question's vector in the forms that clauses are held against, each made once for all languages."""

    plain: Probe
    less_centre: Probe | None
    """Less the mean of questions in its language, made unit length again, for clauses in others; None without such a mean."""
    answering: NDArray[np.float32] | None
    """Shape (dimension,): `Match.answering`; None where the rule has no match."""

    @classmethod
    def of(
        cls, query: NDArray[np.float32], centre: NDArray[np.float32] | None, vectors: Vectors, match: Match | None
    ) -> Probes:
        """centre: that mean, shape (dimension,)."""
        return cls(
            Probe.of(query, vectors, centred=False),
            None if centre is None else Probe.of(unit(query - centre), vectors, centred=True),
            None if match is None else match.answering(query),
        )


def score(
    asked: Probes,
    positions: NDArray[np.int64],
    near: NDArray[np.int64],
    wording: Wording,
    searchable: Searchable,
    weights: Weights,
    allowed: NDArray[np.bool_] | None,
) -> Scores:
    """Score the candidates in one language; `positions` are those of all its clauses, `near` those of the nearest."""
    vectors, language = searchable.vectors, wording.language
    index = searchable.words[language].index
    bm25 = index.scores(wording.weights)
    candidates = np.zeros(len(positions), bool)
    if bm25.any():
        candidates[_greatest(bm25, BEST_WORDS)] = True
    if allowed is not None:
        candidates &= allowed[positions]
    candidates[np.searchsorted(positions, near)] = True
    there = np.flatnonzero(candidates)
    chosen = positions[there]
    if not len(chosen):
        return Scores(wording, chosen, np.zeros(1, np.int64), *[bm25[:0]] * 8)
    clauses, sentences = vectors.clause_clouds[language], vectors.sentence_clouds[language]
    centre_off = asked.less_centre if not wording.same and clauses.can_be_centred else None
    probe, centred = centre_off or asked.plain, centre_off is not None
    matrix = vectors.index.matrix
    clause_cosines = clauses.cosines(matrix[vectors.clause_rows[chosen]], probe.vector, centred=centred)
    flat, first = vectors.sentences_of(chosen)
    rows = matrix[flat]
    sentence_cosines = sentences.cosines(rows, probe.vector, centred=centred)
    sentence_z = sentences.z(sentence_cosines, probe.vector, centred=centred, whole=probe.sentences)
    clause_z = clauses.z(clause_cosines, probe.vector, centred=centred, whole=probe.clauses)
    words = _word_scores(bm25, wording)[there]
    covered = wording.covered_by_clause(index)[there]
    matched = np.zeros(len(chosen), np.float32)
    if asked.answering is not None:
        matched = np.maximum.reduceat(rows @ asked.answering, first[:-1])
    part = weights.of(wording.same)
    fused = part.clause * clause_z + part.sentence * np.maximum.reduceat(sentence_z, first[:-1]) + part.words * words
    fused += part.covered * covered + part.match * matched
    return Scores(
        wording, chosen, first, clause_cosines, sentence_cosines, sentence_z, clause_z, words, covered, matched, fused,
    )  # fmt: skip


def _word_scores(bm25: NDArray[np.float32], wording: Wording) -> NDArray[np.float32]:
    """BM25 of all clauses in a language, on a scale that can be added to z-scores: z within the question's language, 0 to
    1 across languages (more for a long question), where one lucky word must not win alone."""
    if wording.same and len(bm25) >= ENOUGH_CLAUSES:
        return np.asarray((bm25 - bm25.mean()) / max(float(bm25.std()), _LEAST_SPREAD), np.float32)
    share = bm25 / max(float(bm25.max()), _LEAST_SPREAD)
    if wording.same:
        return np.asarray(FEW_SPREAD * wording.covered * share, np.float32)
    long = max(1.0, math.sqrt(len(wording.found) / LONG_QUESTION))
    return np.asarray(long * min(1.0, wording.covered / ENOUGH_COVERED) * share, np.float32)


def _greatest(values: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Where the `k` greatest stand, greatest first, of equal ones the first: of many values only those are sorted."""
    if len(values) > k:
        least = np.partition(values, -k)[-k]
        at = np.flatnonzero(values >= least)
        return at[np.argsort(-values[at], kind="stable")[:k]]
    return np.argsort(-values, kind="stable")


def hit(scores: Scores, n: int, searchable: Searchable) -> Hit:
    """The hit of candidate n, without its sentences' shares of words: most hits are merged away before they are needed."""
    clause = searchable.snapshot.clauses[scores.positions[n]]
    own = slice(scores.first_sentence[n], scores.first_sentence[n + 1])
    return Hit(
        clause=clause,
        score=float(scores.fused[n]),
        clause_z=float(scores.clause_z[n]),
        words=float(scores.words[n]),
        covered=float(scores.covered[n]),
        match=float(scores.match[n]),
        clause_cosine=float(scores.clause_cosines[n]),
        sentence_cosines=tuple(scores.sentence_cosines[own].tolist()),
        sentence_zs=tuple(scores.sentence_z[own].tolist()),
        sentence_shares=(),
    )


def with_words(hit: Hit, wording: Wording, searchable: Searchable) -> Hit:
    """The hit with what each of its clause's sentences has of the question's words: `sentence_shares` and `sentence_apart`."""
    clause, index = hit.clause, searchable.words[wording.language].index
    there = [set(tokens(text, clause.language)) for text in sentence_texts(clause)]
    asked = {token: weight * float(index.idf[index.vocabulary[token]]) for token, weight in wording.weights.items()}
    # In the order of the question, or the last bits of a sum were those of the order of a set.
    in_clause, *in_sentences = (
        sum(value for token, value in asked.items() if token in own) for own in (set[str]().union(*there), *there)
    )
    shares = (own / max(in_clause, _LEAST_SPREAD) for own in in_sentences)
    degrees = [wording.words_in(own) for own in there]
    return replace(hit, sentence_shares=tuple(shares), sentence_apart=_apart(degrees, wording.asked.says))


def _apart(degrees: Sequence[Mapping[str, float]], says: Mapping[str, float]) -> tuple[float, ...]:
    """By how sure each of the question's words is in each sentence: the sentences' shares of what tells them apart, each word
    counted by how few of them have it and by what it says of the question's matter."""
    having = Counter(word for own in degrees for word in own)
    rarity = {word: says[word] * math.log(1 + len(degrees) / count) for word, count in having.items()}
    most = surest(degrees)
    whole = sum(most[word] * weight for word, weight in rarity.items()) or 1.0
    return tuple(sum(degree * rarity[word] for word, degree in own.items()) / whole for own in degrees)

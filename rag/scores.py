"""How well each clause fits a question, language by language: by its vector, its best sentence's, its words, and how well that
sentence goes with the question as an answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.passages import sentence_texts
from index.searchable import Cloud, Searchable
from index.words.tokens import tokens
from rag.answer import Hit
from rag.probes import Probe, Probes
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


def scored(
    asked: Probes,
    near: NDArray[np.int64],
    wordings: Mapping[str | None, Wording],
    searchable: Searchable,
    weights: Weights,
    allowed: NDArray[np.bool_] | None,
) -> list[Scores]:
    """Score the candidates, language by language: those `near`, and those with the best words.

    near: positions of clauses that may be found.
    allowed: shape (clauses,), which may be; all where None.
    """
    vectors = searchable.vectors
    found = [
        _candidates(wordings[language], vectors.positions[language], own, searchable, allowed)
        for language, own in vectors.by_language(near).items()
    ]
    positions = np.concatenate([own.positions for own in found])
    sentences, first = vectors.sentences_of(positions)
    rows = np.concatenate([vectors.clause_rows[positions], vectors.sentence_rows[sentences]])
    products = asked.products(vectors.index.matrix, rows)
    clauses = _Products(products[:, : len(positions)], vectors.centred_lengths[0][positions])
    of_sentences = _Products(products[:, len(positions) :], vectors.centred_lengths[1][sentences])
    ends = np.cumsum([0, *(len(own.positions) for own in found)])
    return [
        _fused(
            own,
            asked,
            clauses.part(a, b),
            of_sentences.part(first[a], first[b]),
            first[a : b + 1] - first[a],
            searchable,
            weights,
        )
        for own, a, b in zip(found, ends[:-1], ends[1:], strict=True)
    ]


@dataclass(frozen=True, eq=False, slots=True)
class _Candidates:
    """The clauses in one language that are scored."""

    wording: Wording
    positions: NDArray[np.int64]
    there: NDArray[np.int64]
    """Where they stand among all clauses in the language."""
    bm25: NDArray[np.float32]
    """Of all of these."""


def _candidates(
    wording: Wording,
    positions: NDArray[np.int64],
    near: NDArray[np.int64],
    searchable: Searchable,
    allowed: NDArray[np.bool_] | None,
) -> _Candidates:
    bm25 = searchable.words[wording.language].index.scores(wording.weights)
    chosen = np.zeros(len(positions), bool)
    if bm25.any():
        chosen[greatest(bm25, BEST_WORDS)] = True
    if allowed is not None:
        chosen &= allowed[positions]
    chosen[np.searchsorted(positions, near)] = True
    there = np.flatnonzero(chosen)
    return _Candidates(wording, positions[there], there, bm25)


@dataclass(frozen=True, eq=False, slots=True)
class _Products:
    """Of vectors with a question."""

    products: NDArray[np.float32]
    """Shape (3, n): `Probes.products`."""
    lengths: NDArray[np.float32]
    """Shape (n,): of the vectors less the mean of their language."""

    def part(self, begin: int, end: int) -> _Products:
        """Those of the vectors from one place to another."""
        return _Products(self.products[:, begin:end], self.lengths[begin:end])

    def cosines(self, probe: Probe, cloud: Cloud) -> NDArray[np.float32]:
        """Shape (n,), of the vectors, all of a cloud, with one of the question's."""
        plain, less_centre, _ = self.products
        return cloud.centred_cosines(less_centre, probe.vector, self.lengths) if probe.centred else plain


def _fused(
    found: _Candidates,
    asked: Probes,
    clauses: _Products,
    sentences: _Products,
    first: NDArray[np.int64],
    searchable: Searchable,
    weights: Weights,
) -> Scores:
    """first: shape (candidates + 1,), where each one's sentences begin."""
    wording, there = found.wording, found.there
    if not len(there):
        return Scores(wording, there, first, *[found.bm25[:0]] * 8)
    clause_cloud = searchable.vectors.clause_clouds[wording.language]
    sentence_cloud = searchable.vectors.sentence_clouds[wording.language]
    probe = asked.for_clauses_in(wording.language)
    of_clauses, of_sentences = probe.by_language[wording.language]
    clause_cosines = clauses.cosines(probe, clause_cloud)
    sentence_cosines = sentences.cosines(probe, sentence_cloud)
    clause_z = clause_cloud.z(clause_cosines, of_clauses, probe.whole[0], centred=probe.centred)
    sentence_z = sentence_cloud.z(sentence_cosines, of_sentences, probe.whole[1], centred=probe.centred)
    words = _word_scores(found.bm25, wording)[there]
    covered = wording.covered_by_clause(searchable.words[wording.language].index)[there]
    matched = np.maximum.reduceat(sentences.products[2], first[:-1])
    part = weights.of(wording.same)
    fused = part.clause * clause_z + part.sentence * np.maximum.reduceat(sentence_z, first[:-1]) + part.words * words
    fused += part.covered * covered + part.match * matched
    return Scores(
        wording, found.positions, first, clause_cosines, sentence_cosines, sentence_z, clause_z, words, covered, matched, fused,
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


def greatest(values: NDArray[np.float32], k: int) -> NDArray[np.int64]:
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

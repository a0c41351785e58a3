"""What a question is searched in: a snapshot with its vectors and words, arranged by language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.clause import Clause
from index.snapshot import Snapshot
from index.vectors import VectorIndex
from index.words.bm25 import WordIndex
from index.words.lexicon import Lexicon

_LEAST_SPREAD = 1e-6
_PRIOR = 10
"""Texts that the whole library counts for where a language's own mean and deviation are taken."""
_NOTHING_LEFT = 1e-4
"""Length of a vector less the mean up to which that is rounding: all texts of the language are one text."""
_LEAST_TO_CENTRE = 5
"""Texts of a language below which its mean says more of the texts than of the language: they are not centred."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """The vectors of a snapshot. Rows are rows of `index.matrix`; positions are positions in `Snapshot.clauses`."""

    index: VectorIndex
    clause_rows: NDArray[np.int64]
    """Shape (clauses,): the row of each clause's vector."""
    sentence_rows: NDArray[np.int64]
    """Shape (sentences,): the row of each sentence's vector, in the order of clauses."""
    first_sentence: NDArray[np.int64]
    """Shape (clauses + 1,): the sentences of clause i are first_sentence[i] to first_sentence[i + 1]."""
    positions: dict[str | None, NDArray[np.int64]]
    """Positions of the clauses in each language, ascending."""

    @classmethod
    def arrange(
        cls,
        index: VectorIndex,
        clause_ids: Sequence[int],
        sentence_ids: Sequence[Sequence[int]],
        languages: Sequence[str | None],
    ) -> Vectors:
        """Arrange the vectors by the ids that the store gives for clauses and their sentences."""
        flat = np.fromiter((i for ids in sentence_ids for i in ids), dtype=np.int64)
        counts = np.fromiter((len(ids) for ids in sentence_ids), dtype=np.int64, count=len(sentence_ids))
        return cls(
            index=index,
            clause_rows=np.searchsorted(index.ids, np.asarray(clause_ids, dtype=np.int64)),
            sentence_rows=np.searchsorted(index.ids, flat),
            first_sentence=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
            positions=_positions(languages),
        )

    def sentences_of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places in `sentence_rows` of all sentences of some clauses, one after the other, and where each clause's begin among
        them: shape (n + 1,)."""
        counts = self.first_sentence[positions + 1] - self.first_sentence[positions]
        first = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        return np.arange(first[-1]) + np.repeat(self.first_sentence[positions] - first[:-1], counts), first

    def clauses_of_rows(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions, ascending, of the clauses that have one of these rows, themselves or in a sentence."""
        wanted = np.zeros(len(self.index.matrix), dtype=bool)
        wanted[rows] = True
        found = wanted[self.clause_rows]
        found[np.searchsorted(self.first_sentence, np.flatnonzero(wanted[self.sentence_rows]), side="right") - 1] = True
        return np.flatnonzero(found)

    def by_language(self, positions: NDArray[np.int64]) -> dict[str | None, NDArray[np.int64]]:
        """Those positions that are of each language, ascending."""
        wanted = np.zeros(len(self.clause_rows), dtype=bool)
        wanted[positions] = True
        return {language: at[wanted[at]] for language, at in self.positions.items()}

    @cached_property
    def clause_clouds(self) -> dict[str | None, Cloud]:
        """The vectors of the clauses in each language."""
        return {lang: Cloud.of(self.index.matrix[self.clause_rows[at]]) for lang, at in self.positions.items()}

    @cached_property
    def whole_clouds(self) -> tuple[Cloud, Cloud]:
        """The vectors of all clauses, and of all sentences."""
        return Cloud.of(self.index.matrix[self.clause_rows]), Cloud.of(self.index.matrix[self.sentence_rows])

    @cached_property
    def sentence_clouds(self) -> dict[str | None, Cloud]:
        """The vectors of the sentences in each language."""
        return {
            lang: Cloud.of(self.index.matrix[self.sentence_rows[self.sentences_of(at)[0]]])
            for lang, at in self.positions.items()
        }

    @cached_property
    def centred_lengths(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Lengths of the vectors of clauses, shape (clauses,), and of sentences, in the order of `sentence_rows`, less the mean
        of those in their language."""
        clauses = np.empty(len(self.clause_rows), np.float32)
        sentences = np.empty(len(self.sentence_rows), np.float32)
        for language, at in self.positions.items():
            own, _ = self.sentences_of(at)
            clauses[at] = self.clause_clouds[language].lengths_of(self.index.matrix[self.clause_rows[at]])
            sentences[own] = self.sentence_clouds[language].lengths_of(self.index.matrix[self.sentence_rows[own]])
        return clauses, sentences


Moments = tuple[float, float]
"""Mean and mean square of cosines."""


@dataclass(frozen=True, eq=False)
class Cloud:
    """How the vectors of one language lie: with it the mean and deviation of all cosines with a question cost one small
    product, however many vectors there are."""

    count: int
    mean: NDArray[np.float32]
    """Shape (dimension,)."""
    second: NDArray[np.float32]
    """Shape (dimension, dimension): mean outer product."""
    centred_second: NDArray[np.float32]
    """The same of the vectors less their mean, made unit length."""
    centred_mean: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Cloud:
        """The cloud of vectors, shape (n, dimension), unit length, n at least 1."""
        count = len(vectors)
        mean = vectors.mean(axis=0)
        centred = unit(vectors - mean, least=_NOTHING_LEFT)
        scale = np.float32(1 / count)
        return cls(
            count, mean, vectors.T @ vectors * scale, centred.T @ centred * scale, centred.mean(axis=0),
        )  # fmt: skip

    @property
    def can_be_centred(self) -> bool:
        """Whether there are enough vectors for their mean to be that of the language."""
        return self.count >= _LEAST_TO_CENTRE

    def lengths_of(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Lengths of vectors, shape (n, dimension), less the cloud's mean: shape (n,)."""
        return np.asarray(np.linalg.norm(vectors - self.mean, axis=1), np.float32)

    def centred_cosines(
        self, products: NDArray[np.float32], query: NDArray[np.float32], lengths: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Cosines with `query` of vectors of the cloud less their mean, shape (n,), from their products with it before that and
        their lengths after it; 0 where nothing is left of them."""
        along = products - self.mean @ query
        return np.divide(along, lengths, out=np.zeros_like(along), where=lengths > _NOTHING_LEFT)

    def z(self, cosines: NDArray[np.float32], own: Moments, whole: Moments, *, centred: bool) -> NDArray[np.float32]:
        """Standard deviations by which cosines with a question lie above the mean of the cloud's.

        A language of a few texts has no mean and deviation to speak of: those of the `whole` library count for _PRIOR
        texts beside its `own` (for centred vectors, whose mean is about zero, the library's deviation and a mean of zero).
        """
        share = self.count / (self.count + _PRIOR)
        mean = share * own[0] + (1 - share) * (0.0 if centred else whole[0])
        second = share * own[1] + (1 - share) * whole[1]
        return np.asarray((cosines - mean) / np.sqrt(max(second - mean * mean, _LEAST_SPREAD)), np.float32)

    def moments(self, query: NDArray[np.float32], *, centred: bool) -> Moments:
        """Mean and mean square of the cosines of all its vectors with `query`."""
        mean, second = (self.centred_mean, self.centred_second) if centred else (self.mean, self.second)
        return float(mean @ query), float(query @ second @ query)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of the clauses in one language."""

    positions: NDArray[np.int64]
    """Positions in `Snapshot.clauses`, ascending; passages of `index` in this order."""
    index: WordIndex


@dataclass(frozen=True, eq=False)
class Searchable:
    """A snapshot with all that a question needs."""

    snapshot: Snapshot
    vectors: Vectors
    words: dict[str | None, Words]
    """By language."""
    lexicon: Lexicon
    """Translations of words: those that ship, and those learned from the library's own editions."""

    def sentence_vectors(self, clause: Clause) -> NDArray[np.float32]:
        """The vectors of a clause's sentences, shape (n, dimension), in order."""
        own, _ = self.vectors.sentences_of(np.array([self.snapshot.position_of(clause)]))
        return self.vectors.index.matrix[self.vectors.sentence_rows[own]]


def words_by_language(tokens: Sequence[Sequence[str]], languages: Sequence[str | None]) -> dict[str | None, Words]:
    """Index the tokens of all clauses, one index a language."""
    return {
        language: Words(positions, WordIndex.build([tokens[p] for p in positions]))
        for language, positions in _positions(languages).items()
    }


def unit(vectors: NDArray[np.float32], *, least: float = 0.0) -> NDArray[np.float32]:
    """Rows made unit length; one of length `least` or less is zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > least), np.float32)


def _positions(languages: Sequence[str | None]) -> dict[str | None, NDArray[np.int64]]:
    found: dict[str | None, list[int]] = {}
    for position, language in enumerate(languages):
        found.setdefault(language, []).append(position)
    return {language: np.array(at, np.int64) for language, at in found.items()}

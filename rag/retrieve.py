"""Question to ranked clauses: the clause's vector, its best sentence's, and words, within and across languages."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.clause import Clause
from index.embed import Embedder
from index.passages import sentence_texts
from index.searchable import Cloud, Searchable, Words, unit
from index.words.asking import matter
from index.words.lexicon import Lexicon
from index.words.names import names_of, places
from index.words.tokens import tokens
from rag.answer import Hit
from rag.merge import merged
from rag.newest import newest_first
from rag.query import Query
from rag.weights import Weights, shipped_weights

NEAREST = 400
"""Nearest texts looked at in FAISS, clauses and sentences; every clause that has one of them is scored exactly."""
BEST_WORDS = 50
"""Clauses of each language with the best words that are scored too."""
ENOUGH_CLAUSES = 20
"""Clauses in the question's language below which BM25's deviation says nothing; the share of the best is taken then."""
FEW_SPREAD = 5.0
"""Stands for the z-score of the best of so few, where all of the question's words are found; in proportion where only
some are."""
ENOUGH_COVERED = 0.5
"""Share of the question's tokens with a translation in the library from which the words of a clause count in full. The
lexicon knows the UN's words: of a question on other matters it translates the common ones, which mislead (docs/log.md)."""
LONG_QUESTION = 12
"""Tokens found in translation from which on words across languages count more, by the root of how many: that many agree
in a wrong clause is less and less likely (docs/log.md: whole paragraphs asked)."""
SAYS_MUCH = 0.5
"""Weight, of matter times translation, from which on a word of the question is one that a clause should have."""
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The best clauses for a question, and what the refusal rule goes by."""

    question: str
    """What was searched with."""
    language: str
    """Of the question, ISO 639-1."""
    hits: tuple[Hit, ...]
    """Best first."""
    asked: Mapping[str, str]
    """The distinct tokens of the question's matter, in order, each with its language; one that stands in two texts is in the
    later one's."""
    found: Mapping[str, float]
    """Those that the library's clauses have, themselves (1) or in translation: as sure as that one is against the surest."""
    in_best: Mapping[str, float]
    """Those that the best clause has, likewise."""
    known: frozenset[str]
    """Those that could be found in clauses of the best one's language: it is the question's, or the lexicon translates
    them. Of the others nothing is known where they are not found."""
    missing_places: int
    """Places that the question names and no clause does."""


@dataclass(frozen=True, slots=True)
class _Translated:
    """A question's tokens as the clauses in one language have them."""

    language: str | None
    same: bool
    """Whether that is the question's own language."""
    stand_ins: dict[str, dict[str, float]]
    """By token of the question: the library's tokens that it stands for, with weights 0 to 1."""
    surest: dict[str, float]
    """By token of the question: the weight of its surest translation, whether the library has that or not; 1 for itself."""
    weights: dict[str, float]
    """All of these tokens, each weighted by what the question's token says of its matter."""

    @classmethod
    def of(
        cls, asked: Mapping[str, str], source: str, target: str | None, lexicon: Lexicon, words: Words
    ) -> _Translated:
        stand_ins = {token: dict(_stand_ins(token, own, target, lexicon, words)) for token, own in asked.items()}
        surest = {
            token: 1.0 if own == target else max(lexicon.translations(token, own, target or "").values(), default=1.0)
            for token, own in asked.items()
        }
        weights: dict[str, float] = {}
        for token, others in stand_ins.items():
            for other, weight in others.items():
                weights[other] = weights.get(other, 0.0) + weight * matter(token, asked[token])
        return cls(target, source == target, stand_ins, surest, weights)

    @property
    def found(self) -> frozenset[str]:
        """The question's tokens that the clauses have, themselves or in translation."""
        return frozenset(token for token, others in self.stand_ins.items() if others)

    def degrees(self, there: Container[str] | None = None) -> dict[str, float]:
        """How sure each of the question's tokens that is found is so, above 0 to 1; `there`: only what is in it counts."""
        sure = {
            token: max((weight for other, weight in others.items() if there is None or other in there), default=0.0)
            for token, others in self.stand_ins.items()
        }
        return {token: min(1.0, weight / self.surest[token]) for token, weight in sure.items() if weight}

    @property
    def covered(self) -> float:
        """Share of the question's tokens that are found, 0 to 1."""
        return len(self.found) / max(len(self.stand_ins), 1)


@dataclass(frozen=True, eq=False, slots=True)
class _Scores:
    """The candidates of one language."""

    translated: _Translated
    positions: NDArray[np.int64]
    first_sentence: NDArray[np.int64]
    """Shape (candidates + 1,): the sentences of candidate i are first_sentence[i] to first_sentence[i + 1]."""
    clause_cosines: NDArray[np.float32]
    sentence_cosines: NDArray[np.float32]
    """Of all candidates' sentences, one after the other."""
    sentence_z: NDArray[np.float32]
    clause_z: NDArray[np.float32]
    words: NDArray[np.float32]
    fused: NDArray[np.float32]


def retrieve(
    query: Query,
    searchable: Searchable,
    embedder: Embedder,
    centres: Mapping[str, NDArray[np.float32]],
    *,
    k: int = 10,
    weights: Weights | None = None,
    chosen: NDArray[np.bool_] | None = None,
    quotable: int = 3,
) -> Retrieval:
    """Return the `k` best clauses for a question, editions of one clause as one. Ties go to the clause that comes first in
    the library.

    Score: a weighted sum of z of the clause's cosine, z of its best sentence's, each by the mean and deviation over the
    clauses of that language, and the words': z of BM25 where the clause is in the question's language, else its share of
    the best BM25 over translated tokens; words of asking weigh less. Across languages vectors are centred first: less
    the mean of their language, unit length again.
    centres: mean vector of questions by language; without one for the question's language nothing is centred.
    weights: those that ship unless given.
    chosen: shape (clauses,), which of the library's clauses may be found; all unless given.
    quotable: first hits of which sentences may be quoted; the others' shares of words are not worked out.
    """
    question, language = query.whole, query.language
    if not searchable.snapshot.clauses:
        return Retrieval(question, language, (), {}, {}, {}, frozenset(), 0)
    weights = weights or shipped_weights()
    vector = embedder.encode_queries([" ".join(text for text, _ in query.matter)])[0]
    asked = {token: own for text, own in query.matter for token in tokens(text, own)}
    near = _candidates(vector, searchable, chosen)
    translated = {
        target: _Translated.of(asked, language, target, searchable.lexicon, words)
        for target, words in searchable.words.items()
    }
    groups = [
        _score(
            vector, centres.get(language), positions, near.get(target, positions[:0]), translated[target], searchable,
            weights, chosen,
        )
        for target, positions in searchable.vectors.positions.items()
    ]  # fmt: skip
    ranked = sorted(
        (-float(g.fused[n]), int(g.positions[n]), order, n)
        for order, g in enumerate(groups)
        for n in np.argsort(-g.fused, kind="stable")[:k]
    )
    found = [_hit(groups[order], n, searchable) for _, _, order, n in ranked]
    matrix, rows = searchable.vectors.index.matrix, searchable.vectors.clause_rows
    vectors = {
        hit.clause.id: matrix[rows[groups[order].positions[n]]]
        for hit, (_, _, order, n) in zip(found, ranked, strict=True)
    }
    words = {
        target: {token for token, weight in t.weights.items() if weight >= SAYS_MUCH}
        for target, t in translated.items()
    }
    first = newest_first(merged(found, searchable.snapshot, language, k), vectors, words, searchable.snapshot)
    hits = tuple(
        replace(hit, sentence_shares=_shares(hit.clause, translated[hit.clause.language], searchable))
        if place < quotable
        else hit
        for place, hit in enumerate(first)
    )
    best = hits[0].clause
    stand_ins = translated[best.language].stand_ins
    named = places(question, language)
    lexicon, target = searchable.lexicon, best.language
    known = {
        token
        for token, own in asked.items()
        if own == target or stand_ins[token] or lexicon.translations(token, own, target or "")
    }
    return Retrieval(
        question=question,
        language=language,
        hits=hits,
        asked=asked,
        found=_surest(t.degrees() for t in translated.values()),
        in_best=translated[best.language].degrees(set(tokens(best.text, best.language))),
        known=frozenset(known),
        missing_places=sum(
            not any(_names(code, words, lang) for lang, words in searchable.words.items()) for code in named
        ),
    )


def _surest(degrees: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The greatest of several degrees, by token."""
    found: dict[str, float] = {}
    for one in degrees:
        for token, degree in one.items():
            found[token] = max(degree, found.get(token, 0.0))
    return found


def _stand_ins(
    token: str, source: str, target: str | None, lexicon: Lexicon, words: Words
) -> Iterator[tuple[str, float]]:
    """The tokens of the library that a token of the question stands for, with weights 0 to 1."""
    if source == target or token[0].isdigit() or "/" in token:
        if token in words.index.vocabulary:
            yield token, 1.0
        return
    translated = lexicon.translations(token, source, target or "")
    for other, weight in translated.items():
        if other in words.index.vocabulary:
            yield other, weight
    # A Latin name or acronym stands as it is in a text of another script ("BIO", "MIDA").
    if token not in translated and token.isascii() and token in words.index.vocabulary:
        yield token, 1.0


def _names(code: str, words: Words, language: str | None) -> bool:
    """Whether the clauses in a language name a place: all tokens of one of its names are among theirs."""
    known = words.index.vocabulary.keys()
    return any(known >= set(tokens(name, language)) for name in names_of(code, language))


def _candidates(
    query: NDArray[np.float32], searchable: Searchable, chosen: NDArray[np.bool_] | None
) -> dict[str | None, NDArray[np.int64]]:
    """Positions, ascending, of the clauses with the nearest texts, by language; of a choice of clauses, all of them."""
    vectors = searchable.vectors
    if chosen is None:
        ids, _ = vectors.index.search(query, NEAREST)
        found = vectors.clauses_of_rows(np.searchsorted(vectors.index.ids, ids))
    else:
        found = np.flatnonzero(chosen)
    if len(vectors.positions) == 1:
        return dict.fromkeys(vectors.positions, found)
    languages = [searchable.snapshot.clauses[position].language for position in found.tolist()]
    return {lang: found[[n for n, own in enumerate(languages) if own == lang]] for lang in dict.fromkeys(languages)}


def _score(
    query: NDArray[np.float32],
    centre: NDArray[np.float32] | None,
    positions: NDArray[np.int64],
    near: NDArray[np.int64],
    translated: _Translated,
    searchable: Searchable,
    weights: Weights,
    allowed: NDArray[np.bool_] | None,
) -> _Scores:
    """Score the candidates in one language; `positions` are those of all its clauses, `near` those of the nearest."""
    vectors, language = searchable.vectors, translated.language
    bm25 = searchable.words[language].index.scores(translated.weights)
    worded = positions[np.argsort(-bm25, kind="stable")[:BEST_WORDS]] if bm25.any() else positions[:0]
    chosen = np.union1d(near, worded if allowed is None else worded[allowed[worded]])
    if not len(chosen):
        return _Scores(translated, chosen, np.zeros(1, np.int64), *[bm25[:0]] * 6)
    clauses, sentences = vectors.clause_clouds[language], vectors.sentence_clouds[language]
    centred = not translated.same and centre is not None and clauses.can_be_centred
    asked = unit(query - centre) if centre is not None and centred else query
    matrix = vectors.index.matrix
    clause_cosines = _cosines(matrix[vectors.clause_rows[chosen]], asked, clauses, centred)
    flat, first = vectors.sentences_of(chosen)
    sentence_cosines = _cosines(matrix[flat], asked, sentences, centred)
    sentence_z = sentences.z(sentence_cosines, asked, centred=centred, whole=vectors.whole_clouds[1])
    clause_z = clauses.z(clause_cosines, asked, centred=centred, whole=vectors.whole_clouds[0])
    words = _word_scores(bm25, translated)[np.searchsorted(positions, chosen)]
    part = weights.of(translated.same)
    fused = part.clause * clause_z + part.sentence * np.maximum.reduceat(sentence_z, first[:-1]) + part.words * words
    return _Scores(
        translated, chosen, first, clause_cosines, sentence_cosines, sentence_z, clause_z, words, fused,
    )  # fmt: skip


def _word_scores(bm25: NDArray[np.float32], translated: _Translated) -> NDArray[np.float32]:
    """BM25 of all clauses in a language, on a scale that can be added to z-scores: z within the question's language, 0 to
    1 across languages (more for a long question), where one lucky word must not win alone."""
    if translated.same and len(bm25) >= ENOUGH_CLAUSES:
        return np.asarray((bm25 - bm25.mean()) / max(float(bm25.std()), _LEAST_SPREAD), np.float32)
    share = bm25 / max(float(bm25.max()), _LEAST_SPREAD)
    if translated.same:
        return np.asarray(FEW_SPREAD * translated.covered * share, np.float32)
    long = max(1.0, math.sqrt(len(translated.found) / LONG_QUESTION))
    return np.asarray(long * min(1.0, translated.covered / ENOUGH_COVERED) * share, np.float32)


def _cosines(rows: NDArray[np.float32], query: NDArray[np.float32], cloud: Cloud, centred: bool) -> NDArray[np.float32]:
    return np.asarray((unit(rows - cloud.mean) if centred else rows) @ query, np.float32)


def _hit(scores: _Scores, n: int, searchable: Searchable) -> Hit:
    """The hit of candidate n, without its sentences' shares of words: most hits are merged away before they are needed."""
    clause = searchable.snapshot.clauses[scores.positions[n]]
    own = slice(scores.first_sentence[n], scores.first_sentence[n + 1])
    return Hit(
        clause=clause,
        score=float(scores.fused[n]),
        clause_z=float(scores.clause_z[n]),
        words=float(scores.words[n]),
        clause_cosine=float(scores.clause_cosines[n]),
        sentence_cosines=tuple(scores.sentence_cosines[own].tolist()),
        sentence_zs=tuple(scores.sentence_z[own].tolist()),
        sentence_shares=(),
    )


def _shares(clause: Clause, translated: _Translated, searchable: Searchable) -> tuple[float, ...]:
    """Share of the clause's matched words, by weight and rarity, that each of its sentences has, 0 to 1."""
    index = searchable.words[translated.language].index
    asked = {token: weight * float(index.idf[index.vocabulary[token]]) for token, weight in translated.weights.items()}
    whole = max(sum(asked[t] for t in asked.keys() & set(tokens(clause.text, clause.language))), _LEAST_SPREAD)
    return tuple(
        sum(asked[token] for token in asked.keys() & set(tokens(text, clause.language))) / whole
        for text in sentence_texts(clause)
    )

"""Question to ranked clauses: the clause's vector, its best sentence's, and words, within and across languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.passages import sentence_texts
from index.searchable import Cloud, Searchable, Words, unit
from index.words.asking import matter
from index.words.lexicon import Lexicon
from index.words.names import names_of, places
from index.words.tokens import tokens
from rag.answer import Hit

NEAREST = 400
"""Nearest texts looked at in FAISS, clauses and sentences; every clause that has one of them is scored exactly."""
BEST_WORDS = 50
"""Clauses of each language with the best words that are scored too."""
WORD_WEIGHT = 1.0
"""Of the words' z-score within a language, where that of the clause and that of its best sentence have 1 each."""
TRANSLATED_WEIGHT = 3.0
"""Across languages: what the clause with the best translated words gains, in standard deviations; others in proportion."""
ENOUGH_CLAUSES = 20
"""Clauses in the question's language below which BM25's deviation says nothing; the share of the best is taken then."""
FEW_WEIGHT = 5.0
"""What the best of so few gains, where all of the question's words are found; in proportion where only some are."""
ENOUGH_COVERED = 0.5
"""Share of the question's tokens with a translation in the library from which that gain is whole. The lexicon knows the
UN's words: of a question on other matters it translates the common ones only, and they mislead (docs/log.md)."""
SENTENCE_WORD_WEIGHT = 3.0
"""Of the share of the clause's matched words that a sentence has, 0 to 1, where its z-score has 1."""
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
    asked: tuple[str, ...]
    """The question's distinct tokens, in order."""
    found: frozenset[str]
    """Those that the library's clauses have, themselves or in translation."""
    in_best: frozenset[str]
    """Those that the best clause has."""
    missing_places: int
    """Places that the question names and no clause does."""


@dataclass(frozen=True, eq=False, slots=True)
class _Scores:
    """The candidates of one language."""

    language: str | None
    weights: dict[str, float]
    """The tokens of that language that the question stands for."""
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
    question: str,
    language: str,
    searchable: Searchable,
    embedder: Embedder,
    lexicon: Lexicon,
    centres: Mapping[str, NDArray[np.float32]],
    *,
    k: int = 10,
) -> Retrieval:
    """Return the `k` best clauses. Ties go to the clause that comes first in the library.

    Score: z of the clause's cosine, plus z of its best sentence's, each by the mean and deviation over the clauses of
    that language, plus the words': z of BM25 where the clause is in the question's language, else its share of the best
    BM25 over translated tokens; words of asking weigh less. Across languages vectors are centred first: less the mean of
    their language, unit length again.
    centres: mean vector of questions by language; without one for the question's language nothing is centred.
    """
    if not searchable.snapshot.clauses:
        return Retrieval(question, language, (), (), frozenset(), frozenset(), 0)
    query = embedder.encode_queries([question])[0]
    asked = list(dict.fromkeys(tokens(question, language)))
    near = _candidates(query, searchable)
    named = places(question, language)
    found: set[str] = set()
    stand_ins_in: dict[str | None, dict[str, dict[str, float]]] = {}
    groups: list[_Scores] = []
    for target, positions in searchable.vectors.positions.items():
        words = searchable.words[target]
        weights = {token: dict(_stand_ins(token, language, target, lexicon, words)) for token in asked}
        stand_ins_in[target] = weights
        here = {token for token, stand_ins in weights.items() if stand_ins}
        found |= here
        flat: dict[str, float] = {}
        for token, stand_ins in weights.items():
            for other, weight in stand_ins.items():
                flat[other] = flat.get(other, 0.0) + weight * matter(token, language)
        centre = None if target == language else centres.get(language)
        covered = len(here) / max(len(asked), 1)
        if target == language:
            gain = None if len(positions) >= ENOUGH_CLAUSES else FEW_WEIGHT * covered
        else:
            gain = TRANSLATED_WEIGHT * min(1.0, covered / ENOUGH_COVERED)
        groups.append(_score(query, centre, target, positions, near.get(target, positions[:0]), flat, gain, searchable))
    ranked = sorted(
        (-float(g.fused[n]), int(g.positions[n]), order, n)
        for order, g in enumerate(groups)
        for n in np.argsort(-g.fused, kind="stable")[:k]
    )
    hits = tuple(_hit(groups[order], n, searchable) for _, _, order, n in ranked[:k])
    best = hits[0].clause
    in_best = set(tokens(best.text, best.language))
    has = {token for token in asked if in_best & stand_ins_in[best.language].get(token, {}).keys()}
    missing = sum(not any(_names(code, words, lang) for lang, words in searchable.words.items()) for code in named)
    return Retrieval(
        question, language, hits, tuple(asked), frozenset(found), frozenset(has), missing,
    )  # fmt: skip


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


def _candidates(query: NDArray[np.float32], searchable: Searchable) -> dict[str | None, NDArray[np.int64]]:
    """Positions, ascending, of the clauses with the nearest texts, by language."""
    vectors = searchable.vectors
    ids, _ = vectors.index.search(query, NEAREST)
    found = vectors.clauses_of_rows(np.searchsorted(vectors.index.ids, ids))
    if len(vectors.positions) == 1:
        return dict.fromkeys(vectors.positions, found)
    languages = [searchable.snapshot.clauses[position].language for position in found.tolist()]
    return {lang: found[[n for n, own in enumerate(languages) if own == lang]] for lang in dict.fromkeys(languages)}


def _score(
    query: NDArray[np.float32],
    centre: NDArray[np.float32] | None,
    language: str | None,
    positions: NDArray[np.int64],
    near: NDArray[np.int64],
    weights: dict[str, float],
    gain: float | None,
    searchable: Searchable,
) -> _Scores:
    """Score the candidates in one language. gain: of the clause with the best words, in standard
    deviations; None where their own z-score is taken."""
    vectors = searchable.vectors
    bm25 = searchable.words[language].index.scores(weights)
    worded = positions[np.argsort(-bm25, kind="stable")[:BEST_WORDS]] if bm25.any() else positions[:0]
    chosen = np.union1d(near, worded)
    if not len(chosen):
        return _Scores(language, weights, chosen, np.zeros(1, np.int64), *[bm25[:0]] * 6)
    clauses, sentences = vectors.clause_clouds[language], vectors.sentence_clouds[language]
    centred = centre is not None and clauses.can_be_centred
    asked = unit(query - centre) if centre is not None and centred else query
    matrix = vectors.index.matrix
    clause_cosines = _cosines(matrix[vectors.clause_rows[chosen]], asked, clauses, centred)
    flat, first = vectors.sentences_of(chosen)
    sentence_cosines = _cosines(matrix[flat], asked, sentences, centred)
    sentence_z = sentences.z(sentence_cosines, asked, centred=centred, whole=vectors.whole_clouds[1])
    best = np.maximum.reduceat(sentence_z, first[:-1])
    own = bm25[np.searchsorted(positions, chosen)]
    if gain is None:
        words = WORD_WEIGHT * (own - bm25.mean()) / max(float(bm25.std()), _LEAST_SPREAD)
    else:
        words = gain * own / max(float(bm25.max()), _LEAST_SPREAD)
    clause_z = clauses.z(clause_cosines, asked, centred=centred, whole=vectors.whole_clouds[0])
    fused = clause_z + best + words
    return _Scores(
        language, weights, chosen, first, clause_cosines, sentence_cosines, sentence_z, clause_z, words, fused,
    )  # fmt: skip


def _cosines(rows: NDArray[np.float32], query: NDArray[np.float32], cloud: Cloud, centred: bool) -> NDArray[np.float32]:
    return np.asarray((unit(rows - cloud.mean) if centred else rows) @ query, np.float32)


def _hit(scores: _Scores, n: int, searchable: Searchable) -> Hit:
    clause = searchable.snapshot.clauses[scores.positions[n]]
    own = slice(scores.first_sentence[n], scores.first_sentence[n + 1])
    index = searchable.words[scores.language].index
    asked = {token: weight * float(index.idf[index.vocabulary[token]]) for token, weight in scores.weights.items()}
    whole = max(sum(asked[t] for t in asked.keys() & set(tokens(clause.text, clause.language))), _LEAST_SPREAD)
    shares = [
        sum(asked[token] for token in asked.keys() & set(tokens(text, clause.language))) / whole
        for text in sentence_texts(clause)
    ]
    return Hit(
        clause=clause,
        score=float(scores.fused[n]),
        clause_z=float(scores.clause_z[n]),
        sentence_z=float(scores.sentence_z[own].max()),
        words=float(scores.words[n]),
        clause_cosine=float(scores.clause_cosines[n]),
        sentence_cosines=tuple(scores.sentence_cosines[own].tolist()),
        sentence_scores=tuple((scores.sentence_z[own] + SENTENCE_WORD_WEIGHT * np.array(shares)).tolist()),
    )

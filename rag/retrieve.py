"""Question to ranked clauses: the clause's vector, its best sentence's, its words and how well it answers, within and across
languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.searchable import Searchable, Words
from index.words.names import names_of, places
from index.words.tokens import tokens
from rag.answer import Hit
from rag.choose import Chooser, chooser, signs_of
from rag.counted import POOL, those_asked_for
from rag.dated import asks_when, dated_first
from rag.merge import merged
from rag.newest import newest_first
from rag.own_language import in_own_language
from rag.probes import Probes
from rag.question.asked import Asked
from rag.question.ordinals import asked_ordinals
from rag.question.query import Query
from rag.question.wording import Wording, surest, translations_of
from rag.scores import Scores, hit, scored, with_words
from rag.sought import NOTHING, Sought, sought
from rag.twins import year_of
from rag.weights import Weights, shipped_weights

NEAREST = 400
"""Nearest texts looked at in FAISS, clauses and sentences; every clause that has one of them is scored exactly."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The best clauses for a question, and what the refusal rule goes by."""

    question: str
    """What was searched with."""
    language: str
    """Of the question, ISO 639-1."""
    hits: tuple[Hit, ...]
    """Best first."""
    asked: Mapping[str, float]
    """The distinct words of the question's matter, in order, with what each says of it, 0 to 1."""
    found: Mapping[str, float]
    """Those that one of the clauses has that may be found, themselves (1) or in translation: as sure as that is against the
    surest."""
    in_best: Mapping[str, float]
    """Those that the best clause has, likewise; a year that its document is of it has too."""
    known: frozenset[str]
    """Those that could be found, or a part of them, in clauses of the best one's language: they are, or the lexicon knows them,
    the question's own words as words of the United Nations, others as what it translates. Of the rest, names and words of every
    day that such documents put otherwise, nothing is known where they are not found."""
    years: frozenset[str]
    """Of the documents that the best clause stands in: its own, and those of its twins."""
    another: bool
    """Whether one of several that are counted is asked for, the thirteenth, and the clauses speak of others only."""
    missing_places: int
    """Places that the question names and no clause does that may be found."""
    sought: Sought = NOTHING
    """What kind of answer the question asks for."""


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
    rule: Chooser | None = None,
) -> Retrieval:
    """Return the `k` best clauses for a question, editions of one clause as one. Ties go to the clause that comes first in
    the library.

    Score: a weighted sum of z of the clause's cosine, z of its best sentence's, each by the mean and deviation over the
    clauses of that language, the words' (z of BM25 where the clause is in the question's language, else its share of
    the best BM25 over translated tokens), the share of the question's words that the clause has, and how well its best sentence
    matches as an answer; words of asking weigh less. Across languages vectors are centred first: less
    the mean of their language, unit length again. Those that may be quoted are, and are judged by, their editions in the
    question's language where there is one.
    centres: mean vector of questions by language; without one for the question's language nothing is centred.
    weights: those that ship unless given.
    chosen: shape (clauses,), which of the library's clauses may be found; all unless given.
    quotable: first hits of which sentences may be quoted; the others' shares of words and scores are not worked out.
    rule: what clauses are matched and sentences chosen by; the one that ships for the model unless given.
    """
    if not searchable.snapshot.clauses:
        return Retrieval(query.whole, query.language, (), {}, {}, {}, frozenset(), frozenset(), False, 0)
    vector = embedder.encode_queries([query.embedded])[0]
    asked = Asked.of(query.matter)
    wordings = {
        target: Wording.of(asked, query.language, target, searchable.lexicon, words)
        for target, words in searchable.words.items()
    }
    rule = rule or chooser(embedder.name)
    probes = Probes.of(vector, query.language, centres.get(query.language), searchable.vectors, rule.match)
    near = _near(vector, searchable) if chosen is None else np.flatnonzero(chosen)
    groups = scored(probes, near, wordings, searchable, weights or shipped_weights(), chosen)
    wanted = sought(query)
    counted = asked_ordinals(query.whole, query.language)
    found = _ordered(groups, wordings, searchable, query.language, max(k, POOL) if counted else k)
    ranked = dated_first(found) if asks_when(query.text, query.language) else found
    theirs = next((g for g in groups if g.wording.same), None)
    own = [
        _in_the_askers(hit, theirs, searchable, query.language, chosen) if counted or place < quotable else hit
        for place, hit in enumerate(ranked)
    ]
    ordered, another = those_asked_for(own, counted, query.language, k)
    hits = (
        *(
            _with_sentences(hit, wanted, vector, wordings[hit.clause.language], searchable, rule)
            for hit in ordered[:quotable]
        ),
        *ordered[quotable:],
    )
    return _retrieval(query, wanted, hits, asked, wordings, searchable, chosen, another=another)


def _ordered(
    groups: Sequence[Scores],
    wordings: Mapping[str | None, Wording],
    searchable: Searchable,
    language: str,
    k: int,
) -> tuple[Hit, ...]:
    """The best clauses of all languages, editions and twins as one, newest first where they say the same. The row that names
    the columns of a table is read with the rows below it, not found alone."""
    ranked = sorted(
        (-float(g.fused[n]), int(g.positions[n]), order, n)
        for order, g in enumerate(groups)
        for n in _found_alone(g, searchable, k)
    )
    found = [hit(groups[order], n, searchable) for _, _, order, n in ranked]
    matrix, rows = searchable.vectors.index.matrix, searchable.vectors.clause_rows
    vectors = {h.clause.id: matrix[rows[position]] for h, (_, position, _, _) in zip(found, ranked, strict=True)}
    years = {
        token for wording in wordings.values() for token in wording.stand_ins if re.fullmatch(r"(?:19|20)\d\d", token)
    }
    telling = {target: wording.telling | years for target, wording in wordings.items()}
    one_each = merged(found, searchable.snapshot, language, k, telling)
    return newest_first(one_each, vectors, telling, searchable.snapshot)


def _found_alone(scores: Scores, searchable: Searchable, k: int) -> list[int]:
    """The `k` best candidates of one language, by their place among them."""
    heads = searchable.snapshot.column_heads
    ordered = np.argsort(-scores.fused, kind="stable")
    alone = (n for n in ordered.tolist() if int(scores.positions[n]) not in heads)
    return list(islice(alone, k)) or ordered[:k].tolist()


def _in_the_askers(
    found: Hit, theirs: Scores | None, searchable: Searchable, language: str, chosen: NDArray[np.bool_] | None
) -> Hit:
    """A hit as its edition in the asker's language, with that one's own signs where it was scored too.

    theirs: the candidates in that language.
    """
    own = in_own_language(found, searchable.snapshot, language, searchable.lexicon)
    if own is found or theirs is None:
        return found
    position = searchable.snapshot.position_of(own.clause)
    if chosen is not None and not chosen[position]:
        return found
    n = int(np.searchsorted(theirs.positions, position))
    if n == len(theirs.positions) or theirs.positions[n] != position:
        return own
    return replace(hit(theirs, n, searchable), score=own.score, also=own.also)


def _with_sentences(
    hit: Hit, wanted: Sought, vector: NDArray[np.float32], wording: Wording, searchable: Searchable, rule: Chooser
) -> Hit:
    """A hit with what its sentences are chosen by. vector: of the question."""
    found = with_words(hit, wording, searchable)
    scores = rule.scores(signs_of(found, wanted), vector, searchable.sentence_vectors(hit.clause))
    return replace(found, sentence_scores=tuple(scores.tolist()))


def _retrieval(
    query: Query,
    wanted: Sought,
    hits: tuple[Hit, ...],
    asked: Asked,
    wordings: Mapping[str | None, Wording],
    searchable: Searchable,
    chosen: NDArray[np.bool_] | None,
    *,
    another: bool,
) -> Retrieval:
    """The hits with what of the question's words and places they have. There must be a hit."""
    best = hits[0].clause
    documents = (searchable.snapshot.document_by_hash[clause.document] for clause in (best, *hits[0].also))
    years = frozenset(str(year) for document in documents if (year := year_of(document)))
    wording, lexicon, target = wordings[best.language], searchable.lexicon, best.language
    may = {} if chosen is None else {lang: chosen[at] for lang, at in searchable.vectors.positions.items()}
    there = (own.words_in_any(searchable.words[lang].index, may.get(lang)) for lang, own in wordings.items())
    of_year = dict.fromkeys(years & asked.words.keys(), 1.0)
    known = {
        token
        for token, own in asked.tokens.items()
        if wording.stand_ins[token]
        or (lexicon.knows(token, own) if own == target else translations_of(token, own, target, lexicon))
    }
    return Retrieval(
        question=query.whole,
        language=query.language,
        hits=hits,
        asked=asked.says,
        found=surest((*there, of_year)),
        in_best=wording.words_in(set(tokens(best.searched, best.language))) | of_year,
        known=frozenset(word for word, own in asked.words.items() if not known.isdisjoint(own)),
        years=years,
        another=another,
        missing_places=sum(
            not any(_names(code, words, lang, may.get(lang)) for lang, words in searchable.words.items())
            for code in places(query.whole, query.language)
        ),
        sought=wanted,
    )


def _names(code: str, words: Words, language: str | None, chosen: NDArray[np.bool_] | None) -> bool:
    """Whether the clauses in a language name a place: all tokens of one of its names are among theirs.

    chosen: shape (clauses in the language,), which of them count; all unless given.
    """
    names = [set(tokens(name, language)) for name in names_of(code, language)]
    if chosen is None:
        return any(words.index.vocabulary.keys() >= name for name in names)
    return any(words.index.in_any(name, chosen) == name for name in names)


def _near(query: NDArray[np.float32], searchable: Searchable) -> NDArray[np.int64]:
    """Positions, ascending, of the clauses with the nearest texts."""
    vectors = searchable.vectors
    ids, _ = vectors.index.search(query, NEAREST)
    return vectors.clauses_of_rows(np.searchsorted(vectors.index.ids, ids))

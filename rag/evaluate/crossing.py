"""Does a paragraph in one language find itself in another? For corpora whose ids are the same in every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from index.embed import Embedder
from index.library import Library
from rag.centres import centres
from rag.evaluate.libraries import library_of_corpus
from rag.lines import lines_of
from rag.question.query import Query, clean_question
from rag.retrieve import retrieve

TWIN = 90.0
"""Per cent of two paragraphs that is equal (rapidfuzz ratio) from which on they count as the same, in the language asked
in or in the clauses': resolutions of other years repeat each other, and are not always translated in the same words."""

Ranks = dict[tuple[str, str], list[int | None]]
"""By languages of question and clauses: place of the paragraph or a twin, from 1; None beyond ten."""


def crossing(
    corpus: Path, embedder: Embedder, progress: Callable[[int, int], None] | None = None
) -> tuple[Ranks, Ranks]:
    """Ask every paragraph of every language of the library in every other. Second value: by one vector alone."""
    rows = [line.values for line in lines_of(corpus, "paragraph")]
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.get("aligned", True):
            texts.setdefault(row["lang"], {})[row["id"]] = row["text"]
    fused: Ranks = {}
    plain: Ranks = {}
    done, all_pairs = 0, len(texts) * (len(texts) - 1)
    for target, own in texts.items():
        twins_here = _twins(own)
        with library_of_corpus(corpus, target, lambda: embedder) as library:
            for source in texts:
                if source == target:
                    continue
                asked = {name: text for name, text in texts[source].items() if name in own}
                twins_there = _twins(texts[source])
                right = {name: twins_here[name] | twins_there[name] for name in asked}
                fused[source, target], plain[source, target] = _ask(asked, right, source, library, embedder)
                done += 1
                if progress:
                    progress(done, all_pairs)
    return fused, plain


def _twins(texts: dict[str, str]) -> dict[str, set[str]]:
    """By id: the ids of the paragraphs that are equal or nearly so, itself included."""
    ids, all_texts = list(texts), list(texts.values())
    equal = process.cdist(all_texts, all_texts, scorer=ratio, score_cutoff=TWIN) > 0
    return {name: {ids[m] for m in np.flatnonzero(equal[n])} for n, name in enumerate(ids)}


def _ask(
    asked: dict[str, str], right: dict[str, set[str]], language: str, library: Library, embedder: Embedder
) -> tuple[list[int | None], list[int | None]]:
    searchable = library.searchable()
    vectors = searchable.vectors
    matrix: NDArray[np.float32] = vectors.index.matrix[vectors.clause_rows]
    names = [clause.id for clause in searchable.snapshot.clauses]
    fused: list[int | None] = []
    plain: list[int | None] = []
    for name, text in asked.items():
        question = clean_question(text)
        found = retrieve(Query(question, language), searchable, embedder, centres(embedder.name))
        fused.append(_rank([hit.clause.id for hit in found.hits], right[name]))
        nearest = np.argsort(-(matrix @ embedder.encode_queries([question])[0]), kind="stable")[:10]
        plain.append(_rank([names[n] for n in nearest], right[name]))
    return fused, plain


def _rank(found: list[str], right: set[str]) -> int | None:
    return next((place for place, name in enumerate(found, 1) if name in right), None)

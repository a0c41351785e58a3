"""What vectors are held against, and what comes of it: sums by hand, and equal texts equal to the bit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from index.library import Library
from index.searchable import Cloud, Vectors, unit
from index.vectors import VectorIndex
from rag.choose import Match
from rag.probes import Probes
from rag.question.query import Query
from rag.retrieve import retrieve
from rag.scores import BEST_WORDS, greatest

DIMENSION = 384


def random_vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    return unit(np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32))


def arranged(vectors: NDArray[np.float32], languages: list[str | None]) -> Vectors:
    """A clause for each vector, of one sentence with the same vector."""
    ids = np.arange(len(vectors))
    return Vectors.arrange(VectorIndex.build(ids, vectors), ids.tolist(), [[i] for i in ids.tolist()], languages)


def test_products_are_with_the_question_without_the_centre_and_with_what_answers() -> None:
    vectors, (question, centre, own) = random_vectors(9), random_vectors(3, seed=1)
    match = Match(np.eye(DIMENSION, dtype=np.float32) * 2, own)
    asked = Probes.of(question, "zh", centre, arranged(vectors, ["en"] * 9), match)
    expected = np.stack([question, unit(question - centre), 2 * question + own], axis=1)
    assert asked.products(vectors, np.arange(9)) == pytest.approx((vectors @ expected).T, abs=1e-6)
    alone = Probes.of(question, "zh", None, arranged(vectors, ["en"] * 9), None)
    assert not alone.products(vectors, np.arange(9))[1:].any()


def test_moments_of_all_languages_are_those_of_each() -> None:
    vectors, (question, centre) = random_vectors(23), random_vectors(2, seed=1)
    library = arranged(vectors, [*["en"] * 9, *["zh"] * 11, *["fr"] * 3])
    asked = Probes.of(question, "en", centre, library, None)
    assert asked.less_centre is not None
    # Three French ones are too few.
    assert {lang for lang in library.positions if asked.for_clauses_in(lang).centred} == {"zh"}
    for lang in ("en", "zh", "fr"):
        probe, at = asked.for_clauses_in(lang), library.positions[lang]
        own = vectors[at] - vectors[at].mean(axis=0) if probe.centred else vectors[at]
        cosines = unit(own) @ probe.vector
        for found in probe.by_language[lang]:
            assert found == pytest.approx((cosines.mean(), (cosines**2).mean()), abs=1e-6)


@pytest.mark.parametrize("count", [2, 3, 5, 17, 63, 100, 333, 1001])
def test_a_text_that_stands_twice_has_equal_products_to_the_bit(count: int) -> None:
    vectors, (question, centre, own) = random_vectors(9), random_vectors(3, seed=1)
    match = Match(np.eye(DIMENSION, dtype=np.float32), own)
    asked = Probes.of(question, "en", centre, arranged(vectors, ["zh"] * 9), match)
    rows = np.random.default_rng(count).integers(0, 9, count)
    products = asked.products(vectors, rows)
    assert products.all() and products == pytest.approx(asked.products(vectors, np.arange(9))[:, rows], abs=1e-6)
    assert all(len(np.unique(products[:, rows == row], axis=1).T) == 1 for row in set(rows.tolist()))


def test_centred_cosines_are_those_of_the_vectors_less_their_mean() -> None:
    vectors, question = random_vectors(40) + random_vectors(1, seed=2) * 2, random_vectors(1, seed=3)[0]
    vectors = unit(vectors)
    cloud = Cloud.of(vectors)
    cosines = cloud.centred_cosines(vectors @ question, question, cloud.lengths_of(vectors))
    assert cosines == pytest.approx(unit(vectors - vectors.mean(axis=0)) @ question, abs=1e-5)


@pytest.mark.parametrize("count", [5, 7, 11, 13])
def test_of_a_language_that_repeats_one_text_nothing_stands_out(count: int) -> None:
    vectors, (question, centre) = np.tile(random_vectors(1), (count, 1)), random_vectors(2, seed=1)
    library = arranged(vectors, ["en"] * count)
    probe = Probes.of(question, "zh", centre, library, None).for_clauses_in("en")
    cloud, lengths = library.clause_clouds["en"], library.centred_lengths[0]
    cosines = cloud.centred_cosines(vectors @ probe.vector, probe.vector, lengths)
    assert probe.centred and not cosines.any()
    assert not cloud.z(cosines, probe.by_language["en"][0], probe.whole[0], centred=True).any()


class Random:
    """A model that knows nothing: a text's vector is drawn by its letters."""

    name, dimension = "random", DIMENSION

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.concatenate([random_vectors(1, seed=crc32(text.encode())) for text in texts])

    def encode_passages(self, texts: Sequence[str], *, progress: object = None) -> NDArray[np.float32]:
        return self.encode_queries(texts)


def test_hits_have_the_cosines_of_their_language(tmp_path: Path) -> None:
    rows = [
        {"id": f"{lang}{n}", "lang": lang, "text": f"{word} {n}. And {word} {n + 1} too. {word * n}?"}
        for n in range(7)  # the languages in turn, as no library's candidates stand
        for lang, word in (("en", "Bank"), ("fr", "Banque"), ("es", "Banco"))
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    centre = random_vectors(1, seed=5)[0]
    with closing(Library(tmp_path / "library", Random)) as library:
        library.add(corpus)
        searchable = library.searchable()
        question = library.embedder.encode_queries(["Who lends?"])[0]
        found = retrieve(Query("Who lends?", "en"), searchable, library.embedder, {"en": centre}, k=30)
        clauses = searchable.vectors.index.matrix[searchable.vectors.clause_rows]
        of: dict[str | None, list[int]] = {}
        for position, clause in enumerate(searchable.snapshot.clauses):
            of.setdefault(clause.language, []).append(position)
        assert {hit.clause.language for hit in found.hits} == {"en", "fr", "es"}
        for hit in found.hits:
            own = searchable.sentence_vectors(hit.clause), clauses[[searchable.snapshot.position_of(hit.clause)]]
            asked, there = question, of[hit.clause.language]
            if hit.clause.language != "en":
                all_sentences = np.concatenate(
                    [searchable.sentence_vectors(searchable.snapshot.clauses[position]) for position in there]
                )
                own = unit(own[0] - all_sentences.mean(axis=0)), unit(own[1] - clauses[there].mean(axis=0))
                asked = unit(question - centre)
            assert hit.sentence_cosines == pytest.approx((own[0] @ asked).tolist(), abs=1e-5)
            assert hit.clause_cosine == pytest.approx((own[1] @ asked).item(), abs=1e-5)


def test_lengths_are_less_the_mean_of_the_own_language() -> None:
    vectors = random_vectors(6)
    clauses, sentences = arranged(vectors, ["en", "zh", "en", None, "zh", "en"]).centred_lengths
    for of_language in ([0, 2, 5], [1, 4], [3]):
        own = vectors[of_language]
        expected = np.linalg.norm(own - own.mean(axis=0), axis=1)
        assert clauses[of_language] == pytest.approx(expected, abs=1e-6)
        assert sentences[of_language] == pytest.approx(expected, abs=1e-6)


def test_the_greatest_of_many_are_those_of_a_stable_sort() -> None:
    values = np.random.default_rng(0).integers(0, 40, 700).astype(np.float32)  # many are equal
    for some in (values, values[:BEST_WORDS], values[:3], np.zeros(200, np.float32)):
        assert greatest(some, BEST_WORDS).tolist() == np.argsort(-some, kind="stable")[:BEST_WORDS].tolist()

"""What the vectors of clauses are held against for one question: its own, that less the mean of questions, and what answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.searchable import Moments, Vectors, unit
from rag.choose import Match


@dataclass(frozen=True, eq=False, slots=True)
class Probe:
    """A vector of a question, with how those of a library lie to it."""

    vector: NDArray[np.float32]
    """Shape (dimension,)."""
    centred: bool
    """Whether it is held against vectors less the mean of their language."""
    whole: tuple[Moments, Moments]
    """Of all clauses, and of all sentences."""
    by_language: Mapping[str | None, tuple[Moments, Moments]]
    """Of those in each language that it is for."""

    @classmethod
    def of(
        cls, vector: NDArray[np.float32], vectors: Vectors, languages: Collection[str | None], *, centred: bool
    ) -> Probe:
        """languages: it is for."""
        whole = [cloud.moments(vector, centred=centred) for cloud in vectors.whole_clouds]
        clouds = {lang: (vectors.clause_clouds[lang], vectors.sentence_clouds[lang]) for lang in languages}
        own = {
            lang: (clauses.moments(vector, centred=centred), sentences.moments(vector, centred=centred))
            for lang, (clauses, sentences) in clouds.items()
        }
        return cls(vector, centred, (whole[0], whole[1]), own)


@dataclass(frozen=True, eq=False, slots=True)
class Probes:
    """What the vectors of clauses in all languages are held against for one question."""

    plain: Probe
    """For clauses in its language, and in those of too few to have a mean."""
    less_centre: Probe | None
    """Less the mean of questions in its language, made unit length again, for clauses in others; None where there are none, or
    no such mean."""
    answering: NDArray[np.float32] | None
    """Shape (dimension,): `Match.answering`; None where the rule has no match."""

    @classmethod
    def of(
        cls,
        query: NDArray[np.float32],
        language: str,
        centre: NDArray[np.float32] | None,
        vectors: Vectors,
        match: Match | None,
    ) -> Probes:
        """centre: that mean, shape (dimension,)."""
        others, less_centre = set[str | None](), None
        if centre is not None:
            clouds = vectors.clause_clouds
            others = {lang for lang, cloud in clouds.items() if lang != language and cloud.can_be_centred}
            less_centre = Probe.of(unit(query - centre), vectors, others, centred=True) if others else None
        plain = Probe.of(query, vectors, vectors.positions.keys() - others, centred=False)
        return cls(plain, less_centre, None if match is None else match.answering(query))

    def for_clauses_in(self, language: str | None) -> Probe:
        """The one that clauses in a language are held against."""
        if self.less_centre is not None and language in self.less_centre.by_language:
            return self.less_centre
        return self.plain

    def products(self, vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Shape (3, n): those of some rows of vectors, shape (m, dimension), with the question's own, less the centre, and with
        what answers; zeros where there is none. A row that is given twice has one product: two could differ in their last bits,
        and equal texts would no longer keep the order of the library (docs/log.md)."""
        distinct, at = np.unique(rows, return_inverse=True)
        found = np.zeros((3, len(distinct)), np.float32)
        chosen = vectors[distinct]
        forms = self.plain.vector, self.less_centre.vector if self.less_centre else None, self.answering
        for products, form in zip(found, forms, strict=True):
            if form is not None:  # by einsum: BLAS would wake a thread that others wait for (docs/log.md)
                np.einsum("ij,j->i", chosen, form, out=products)
        return found[:, at]

"""Is everything in a library as it was stored? Every text, entry, label, span, token, vector and translation is looked at."""

from __future__ import annotations

import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.clause import Clause, Document
from index.embed import Embedder
from index.errors import LibraryError
from index.library import Progress
from index.passages import sentence_texts
from index.store import Store
from index.stored import text_hash
from index.wellformed import clause_faults, document_faults
from index.words.lexicon import Lexicon
from index.words.tokens import tokens

UNIT = 1e-3
"""The square of a vector's length is 1 to within this, at most; float32 gives 1e-6."""
SAME_VECTOR = 0.999
"""Cosine of a stored vector and the one that the model makes now, at least; passages in one batch differ by 1e-7."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and what is wrong with it."""

    documents: int
    clauses: int
    sentences: int
    vectors: int
    faults: tuple[str, ...]
    """A sentence each; none in a sound library."""


def audit(store: Store, embedder: Embedder | None = None, progress: Progress | None = None) -> Audit:
    """Look at all of a library. embedder: also make every vector anew and compare, which takes as long as adding did."""
    faults: list[str] = []
    wrong = store.check(thorough=True)
    if wrong:
        return Audit(0, 0, 0, 0, (f"The file is damaged: {wrong}.",))
    with store.reading():
        faults += store.broken_seals()
        if wrong_types := store.wrong_types():
            return Audit(0, 0, 0, 0, (*faults, *wrong_types))
        try:
            documents = store.documents(sealed=False)
            unfit = [fault for document in documents for fault in document_faults(document)]
            if len({d.slug for d in documents}) < len(documents) or len({d.sha256 for d in documents}) < len(documents):
                unfit.append("Two documents are of one name or one file.")
            if unfit:  # their clauses cannot be made sense of
                return Audit(len(documents), 0, 0, 0, (*faults, *unfit))
            clauses, of_clauses, of_sentences = store.clauses(documents)
        except LibraryError as error:
            return Audit(0, 0, 0, 0, (*faults, str(error)))
        except (ValueError, TypeError, LookupError, RecursionError) as error:  # what was changed cannot even be read
            return Audit(0, 0, 0, 0, (*faults, f"Its documents cannot be read ({type(error).__name__}: {error})."))
        stored_tokens = store.tokens()
        rows = list(store.vector_rows())
        faults += _lexicon_faults(store)
    by_hash = {document.sha256: document for document in documents}
    by_document: dict[str, list[Clause]] = {document.sha256: [] for document in documents}
    for clause in clauses:
        by_document[clause.document].append(clause)
    for document in documents:
        faults += _block_faults(document)
        faults += clause_faults(document, by_document[document.sha256])
    hashes = {number: digest for number, digest, _, _ in rows}
    texts: dict[str, str] = {}
    for clause, vector, own, words in zip(clauses, of_clauses, of_sentences, stored_tokens, strict=True):
        faults += _span_faults(clause, by_hash[clause.document])
        if words != tokens(clause.searched, clause.language):
            faults.append(f"{clause.id}: the words it is searched by are not those of its text.")
        for number, text in zip((vector, *own), (clause.searched, *sentence_texts(clause)), strict=True):
            texts[text_hash(text)] = text
            if hashes.get(number) != text_hash(text):
                faults.append(f"{clause.id}: a vector of it is that of another text.")
    faults += _vector_faults(rows)
    if embedder is not None and not faults:
        faults += _model_faults(rows, texts, embedder, progress)
    return Audit(len(documents), len(clauses), sum(map(len, of_sentences)), len(rows), tuple(faults))


def _block_faults(document: Document) -> Iterator[str]:
    """Blocks stand in order and hold every visible character of the text."""
    at = 0
    for block in document.blocks:
        if not at <= block.start <= block.body <= block.end <= len(document.text):
            yield f"{document.slug}: its blocks overlap or leave the text at {block.start}."
            return
        if document.text[at : block.start].strip():
            yield f"{document.slug}: text between {at} and {block.start} is in no block."
        at = block.end
    if document.text[at:].strip():
        yield f"{document.slug}: text after {at} is in no block."


def _span_faults(clause: Clause, document: Document) -> Iterator[str]:
    at = clause.start
    for sentence in clause.sentences:
        if not at <= sentence.start < sentence.end <= clause.end or document.text[at : sentence.start].strip():
            yield f"{clause.id}: its sentences do not cover it."
            return
        at = sentence.end
    if document.text[at : clause.end].strip():
        yield f"{clause.id}: its sentences do not cover it."


def _lexicon_faults(store: Store) -> Iterator[str]:
    try:
        if lexicon := store.get("lexicon"):
            Lexicon.from_bytes(b64decode(lexicon))
    except ValueError as error:
        yield f"What it has learned of translations cannot be read ({error})."


def _vector_faults(rows: list[tuple[int, str, bytes, int]]) -> Iterator[str]:
    lengths = sorted({len(data) for _, _, data, _ in rows})
    if len(lengths) > 1:
        yield f"Vectors have different lengths: {', '.join(str(length // 4) for length in lengths)}."
    for number, _, data, crc in rows:
        if zlib.crc32(data) != crc:
            yield f"Vector {number} was changed since it was stored."
        elif len(data) % 4:
            yield f"Vector {number} is no vector: {len(data)} bytes."
        else:
            vector = np.frombuffer(data, "<f4").astype(np.float64)
            if not np.isfinite(vector).all():
                yield f"Vector {number} holds what is no number."
            elif abs(float(vector @ vector) - 1) > UNIT and (
                vector.any() or not len(vector)
            ):  # a zero vector stays zero
                yield f"Vector {number} is not of unit length."


def _model_faults(
    rows: list[tuple[int, str, bytes, int]], texts: dict[str, str], embedder: Embedder, progress: Progress | None
) -> Iterator[str]:
    wanted = [(number, texts[digest], data) for number, digest, data, _ in rows if digest in texts]
    fresh = embedder.encode_passages([text for _, text, _ in wanted], progress=progress)
    for (number, text, data), vector in zip(wanted, fresh, strict=True):
        stored = np.frombuffer(data, "<f4")
        if len(stored) != len(vector) or float(stored @ vector) < SAME_VECTOR * float(vector @ vector):
            yield f"Vector {number} is not what {embedder.name} makes of its text: {text[:60]!r}."

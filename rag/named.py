"""A question that names the clause it wants to read: "What does paragraph 12 (c) say?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.clause import Clause, Document
from index.snapshot import Snapshot
from rag.answer import Hit
from rag.merge import merged
from rag.query import Query
from rag.written import clauses_written

SURE = 0.99
"""Probability that a clause which is asked for by its place is the answer."""
MOST = 3
"""Clauses that one name may mean, editions and twins as one; a number that stands in more documents names none of them."""
_ASKING = {
    "en": r"what(?:'s| is| does| do| did)?|which|says?|said|states?|read(?:s)?|provides?|contains?|show|me|give|quote|cite|text"
    r"|please|exactly|can|could|you",
    "fr": r"que|quel(?:le)?|qu'est-ce que|est|dit|prévoit|contient|montre[rz]?|cite[rz]?|donne[rz]?|moi|texte"
    r"|exactement|s'il vous plaît",
    "es": r"el|los|las|qué|cuál|es|dice|establece|contiene|muestr[ae]me|cit[ae]|d[ae]me|texto|exactamente|por favor",
    "ru": r"что|какой|каков|говорится|говорит|сказано|написано|гласит|покажи(?:те)?|процитируй(?:те)?|приведи(?:те)?|текст",
    "ar": r"ماذا|ما|هو|هي|يقول|تقول|ورد|جاء|نص|تنص|اقتبس|اعرض|أعطني",
    "zh": r"(?:说|讲|写|规定|提到)?了?(?:什么|哪些)(?:内容)?|怎么说|是什么|的?(?:内容|原文|全文)|请|引用|显示|是",
}
"""Words by which one asks to read a clause, with nothing of its matter."""
_SYMBOL = re.compile(r"(?<![\w/])(?:[A-Za-z]{1,4}(?:/[A-Za-z0-9.-]+)*/[A-Za-z.]*\d+|\d{2,3}/\d{2,3})(?![\d/])")
_CLAUSE = r"\b(?:clauses?|items?)\b|\bpoints?\b"


def hits_named(query: Query, snapshot: Snapshot, chosen: NDArray[np.bool_] | None = None) -> tuple[Hit, ...] | None:
    """The clauses that a question names and asks no more of, in the asker's language where they are in it; () where it names
    one that is not here; None for any other question, and where too many are meant.

    chosen: shape (clauses,), which may be found; all unless given.
    """
    found = _named(query, snapshot)
    if found is None:
        return None
    if chosen is not None:
        allowed = {clause.id for clause, yes in zip(snapshot.clauses, chosen.tolist(), strict=True) if yes}
        found = [clause for clause in found if clause.id in allowed]
    hits = merged(list(_hits(found)), snapshot, query.language, MOST + 1)
    return hits if len(hits) <= MOST else None


def names_what_is_not_here(query: Query, snapshot: Snapshot) -> bool:
    """Whether a question names a document by its symbol or number ("79/140") that is not here and that no text mentions."""
    return any(
        not any(_is_symbol(name, document) for document in snapshot.documents)
        and not any(name in document.text.lower() for document in snapshot.documents)
        for name in _symbols(query)
    )


def documents_named(query: Query, snapshot: Snapshot) -> frozenset[str]:
    """Hashes of the documents that a question names by symbol or number ("A/RES/75/163", "75/163")."""
    named = _symbols(query)
    return frozenset(
        document.sha256 for document in snapshot.documents if any(_is_symbol(name, document) for name in named)
    )


def without_symbols(text: str) -> str:
    """A text without the symbols and numbers of documents."""
    return _SYMBOL.sub(" ", text)


def _symbols(query: Query) -> frozenset[str]:
    return frozenset(found.group().lower() for text, _ in query.matter for found in _SYMBOL.finditer(text))


def _is_symbol(name: str, document: Document) -> bool:
    symbol = (document.symbol or "").lower().partition(" ")[0]
    return symbol == name or symbol.endswith(f"/{name}")


def _named(query: Query, snapshot: Snapshot) -> Sequence[Clause] | None:
    if query.carried:
        return None
    words = _ASKING.get(query.language, "(?!)")
    edges = ("", "") if query.language == "zh" else (r"(?<!\w)", r"(?!\w)")
    plain = query.text.lower().replace("’", "'").strip(" ?？!！。.¿¡؟")
    rest = re.sub(f"{edges[0]}(?:{words}){edges[1]}", " ", plain)
    rest = " ".join(re.sub(_CLAUSE, "para", rest).split())
    if not re.search(r"[^\W\d_]{2,}|\(\w{1,4}\)|[\u3400-\u9fff]", rest):
        return None  # a number alone names nothing
    return clauses_written(rest, snapshot)


def _hits(clauses: Sequence[Clause]) -> Iterator[Hit]:
    for clause in clauses:
        zeros = tuple(0.0 for _ in clause.sentences)
        yield Hit(clause, 0.0, 0.0, 0.0, 0.0, zeros, zeros, zeros)

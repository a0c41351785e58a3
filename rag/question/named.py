"""A question that names the clause it wants to read: "What does paragraph 12 (c) say?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.clause import Clause
from index.snapshot import Snapshot
from rag.answer import Hit
from rag.merge import merged
from rag.question.query import Query
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

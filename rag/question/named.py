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
from rag.written.citation import clauses_written

SURE = 0.99
"""Probability that a clause which is asked for by its place is the answer."""
SHORT_IN = ("en", "fr", "es")
"""Languages of a question too short to tell which of them it is in."""
MOST = 3
"""Clauses that one name may mean, editions and twins as one; a number that stands in more documents names none of them."""
_ASKING = {
    "en": r"what(?:'s| is| does| do| did)?|which|says?|said|states?|read(?:s)?|provides?|contains?|show|me|give|quote|cite|text"
    r"|please|exactly|can|could|you|^and|then",
    "fr": r"^et|alors|que|quel(?:le)?|qu'est-ce que|est|di(?:t|sent)|prévoi(?:t|ent)"
    r"|contien(?:t|nent)|montre[rz]?|cite[rz]?|donne[rz]?|moi|texte"
    r"|exactement|s'il vous plaît",
    "es": r"^y|el|los|las|qué|cuál|es|dicen?|establecen?|contienen?|muestr[ae]me|cit[ae]|d[ae]me|texto|exactamente|por favor",
    "ru": r"^(?:а|и)|что|о ч[её]м|какой|каков|говор(?:ится|[ия]т)"
    r"|сказано|написано|гласит|покажи(?:те)?|процитируй(?:те)?|приведи(?:те)?"
    r"|текст",
    "ar": r"^و|ماذا|ما|هو|هي|يقول|تقول|ورد|جاء|نص|تنص|اقتبس|اعرض|أعطني",
    "zh": r"^那|呢$|(?:说|讲|写|规定|提到)?了?(?:什么|哪些)(?:内容)?|怎么说|是什么|的?(?:内容|原文|全文)|请|引用|显示|是",
}
"""Words by which one asks to read a clause, with nothing of its matter."""
_MATTER = {
    "en": r"\b(?:on|about|regarding|concerning|with regard to)\b",
    "fr": r"\b(?:sur|concernant|relati(?:f|ve)s? à|au sujet des?|à propos des?)\b",
    "es": r"\b(?:sobre|acerca de|relativ[oa]s? a|en relación con)\b", "ru": r"\b(?:об?о?|относительно|касающ\w+|по вопросу)\b",
    "ar": r"\b(?:بشأن|حول|عن|المتعلق\w*)\b", "zh": r"关于|有关|对(?!于)",
}  # fmt: skip
"""What leads on from the place of a clause to the matter that it is asked about."""
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


def asked_of_a_clause(query: Query, snapshot: Snapshot) -> tuple[NDArray[np.bool_], str] | None:
    """Of a question that names a clause and a matter ("What does paragraph 12 of A/RES/77/176 say about remittances?"): which
    clauses it is asked of, shape (clauses,), those named and what stands under them; and the matter. None of any other."""
    lead = re.search(rf"(?<=\d)(?P<more>\D*?)(?:{_MATTER.get(query.language, '(?!)')})", query.text, re.IGNORECASE)
    if lead is None or query.carried:
        return None
    place, matter = (
        _without_asking(text, query.language) for text in (query.text[: lead.end("more")], query.text[lead.end() :])
    )
    named = clauses_written(place.lower(), snapshot) if matter else None
    if not named or len(merged(list(_hits(named)), snapshot, query.language, MOST + 1)) > MOST:
        return None
    places = {(clause.document, clause.path) for clause in named}
    depths = {len(clause.path) for clause in named}
    asked = [any((c.document, c.path[:depth]) in places for depth in depths) for c in snapshot.clauses]
    return np.array(asked), matter


def _named(query: Query, snapshot: Snapshot) -> Sequence[Clause] | None:
    if query.carried:
        return None
    rest = _without_asking(query.text.lower(), query.language)
    if not re.search(r"[^\W\d_]{2,}|\(\w{1,4}\)|[\u3400-\u9fff]", rest):
        return None  # a number alone names nothing
    return clauses_written(rest, snapshot)


def _without_asking(text: str, language: str) -> str:
    """A text without the words that only ask to read; what a clause is called is a paragraph."""
    words = _ASKING.get(language, "(?!)")
    edges = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    plain = text.replace("’", "'").strip(" ?？!！。.¿¡؟")
    rest = re.sub(f"{edges[0]}(?:{words}){edges[1]}", " ", plain, flags=re.IGNORECASE)
    return " ".join(re.sub(_CLAUSE, "para", rest, flags=re.IGNORECASE).split())


def _hits(clauses: Sequence[Clause]) -> Iterator[Hit]:
    for clause in clauses:
        zeros = tuple(0.0 for _ in clause.sentences)
        yield Hit(clause, 0.0, 0.0, 0.0, 0.0, zeros, zeros, zeros)

"""Documents that a question names by symbol or number: "What does A/RES/75/163 say about older persons?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.clause import Document
from index.snapshot import Snapshot
from index.words.tokens import plain_digits
from rag.question.query import Query

_SYMBOL = (
    r"(?P<symbol>(?<![A-Za-z0-9/])(?:[A-Za-z]{1,4}(?:/[A-Za-z0-9.-]+)*/[A-Za-z.]*\d+|\d{2,3}/\d{1,3})(?![\dA-Za-z/]))"
)
_NOUN = {
    "en": r"resolutions?|decisions?|reports?|documents?|res\.", "fr": r"résolutions?|décisions?|rapports?|documents?",
    "es": r"resolución|resoluciones|decisión|informe|documento", "ru": r"резолюци\w+|решени\w+|доклад\w*|документ\w*|рез\.",
    "ar": r"(?:ال|لل|بال)?(?:قرار|مقرر|وثيقة|تقرير)", "zh": r"号?(?:决议|决定|文件|报告)|号",
}  # fmt: skip
"""What a document is called before its number; in Chinese after it."""
_STANDS_FOR = {
    "en": "the resolution", "fr": "la résolution", "es": "la resolución", "ru": "резолюция", "ar": "القرار", "zh": "决议",
}  # fmt: skip
_MENTION = {
    "en": r"(?:recall|mention|cit|reaffirm|amend|supersed|replac)(?:s|es|e|ed|ing)?|refer(?:s|red|ring)?\s+to",
    "fr": r"rappel\w*|mentionn\w*|cit(?:e|ent|é)|réaffirm\w*|modifi\w*|(?:référence|renvoie)\s+à",
    "es": r"recuerd\w*|mencion\w*|cita\w*|reafirm\w*|modific\w*|(?:referencia|remite)\s+a",
    "ru": r"напомина\w*|упомина\w*|подтвержда\w*|ссыла\w*\s+на", "zh": r"(?:回顾|提到|引用|提及|重申|修正)了?",
    "ar": r"(?:ت|ي)?(?:شير|ستذكر|ذكر|ؤكد)(?:\s+(?:إلى|مجددا))?",
}  # fmt: skip
"""Words after which a document is what is looked for in others, not where one looks."""
_BETWEEN = r"(?:(?:the|its|general|assembly|la|les|le|las|el|los|sa|ses|su|sus|на|第)\s*)*"


def documents_named(query: Query, snapshot: Snapshot) -> frozenset[str]:
    """Hashes of the documents of the library in which a question wants an answer: those that it names, or else those that an
    earlier one names that it leans on. None where it asks who mentions them."""
    for text, own in ((query.text, query.language), *reversed(query.carried)):
        names = _names_in(text, own)
        called = {name["symbol"].lower() for name in names}
        named = [document.sha256 for document in snapshot.documents if any(_is_of(document, name) for name in called)]
        if named:
            return frozenset() if any(_is_mentioned(name, own) for name in names) else frozenset(named)
    return frozenset()


def names_what_is_not_here(query: Query, snapshot: Snapshot, chosen: NDArray[np.bool_] | None = None) -> bool:
    """Whether a question names a document by its symbol, or calls one by its number, that is not here and that no text
    mentions. chosen: shape (clauses,), which clauses are here; all unless given."""
    documents: Sequence[Document] = snapshot.documents
    if chosen is not None:
        here = {clause.document for clause, yes in zip(snapshot.clauses, chosen.tolist(), strict=True) if yes}
        documents = [document for document in documents if document.sha256 in here]
    named = {
        name["symbol"].lower()
        for text, own in (*query.carried, (query.text, query.language))
        for name in _names_in(text, own)
        if not name["symbol"][0].isdigit() or name["noun"]
    }
    elsewhere = [name for name in named if not any(_is_of(document, name) for document in documents)]
    return any(not any(_has(document, name) for document in documents) for name in elsewhere)


def without_names(query: Query) -> Query:
    """A question in which documents are not named but spoken of ("the resolution"): what is searched in those it names."""
    carried = tuple((_spoken(text, own), own) for text, own in query.carried)
    return replace(query, text=_spoken(query.text, query.language), carried=carried)


def asks_nothing_else(query: Query) -> bool:
    """Whether nothing is left of a question without the documents that it names."""
    said = _spoken(query.text, query.language)
    return said != query.text and said.strip(" .?!。？！¿¡؟").lower() in ("", _STANDS_FOR.get(query.language))


def _spoken(text: str, language: str) -> str:
    stands_for = _STANDS_FOR.get(language, "")

    def put(found: re.Match[str]) -> str:
        noun = found["noun"]
        if noun is None or noun == "号":
            return stands_for
        the = "the " if language == "en" and not re.search(r"\bthe\s+$", text[: found.start()], re.IGNORECASE) else ""
        return the + noun.removeprefix("号")

    return _pattern(language).sub(put, plain_digits(text))


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    noun = f"(?P<noun>{_NOUN.get(language, '(?!)')})"
    if language == "zh":
        return re.compile(rf"第?\s*{_SYMBOL}\s*(?:{noun})?")
    return re.compile(rf"(?:(?<!\w){noun}\s*(?:(?:no|n°|№)\.?\s*)?)?{_SYMBOL}", re.IGNORECASE)


def _names_in(text: str, language: str) -> list[re.Match[str]]:
    return list(_pattern(language).finditer(plain_digits(text)))


def _is_mentioned(name: re.Match[str], language: str) -> bool:
    """Whether the words before a document's name ask who mentions it."""
    mention = rf"(?:{_MENTION.get(language, '(?!)')})\s*{_BETWEEN}$"
    return re.search(mention, name.string[: name.start()], re.IGNORECASE) is not None


def _is_of(document: Document, name: str) -> bool:
    symbol = (document.symbol or "").lower().partition(" ")[0]
    return symbol == name or (name[0].isdigit() and symbol.endswith(f"/{name}"))


def _has(document: Document, name: str) -> bool:
    """Whether a text has a symbol, or the number that is the end of a resolution's."""
    forms = "|".join(map(re.escape, {name, name.rpartition("/res/")[2]}))
    return re.search(rf"(?<![\w/])(?:{forms})(?![\w/])", document.text.lower()) is not None

"""Whether clauses of two documents are one text: the same letters, or those of another year's resolution."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.fuzz import ratio

from index.clause import Clause, Document
from index.symbols import session_year
from index.words.names import places

SAME = 90.0
"""Per cent of two clauses that is equal (rapidfuzz ratio) from which on they are near-identical."""
SAME_TITLE = 80.0
"""Per cent of two titles that is equal in resolutions of one series; its end may change with the year."""
SHORT = {"zh": 30}
"""Characters below which equal clauses say too little to be called the same text of another year: in Chinese, or else."""
_SHORT = 80
_NOT = {
    "en": re.compile(r"\b(?:not|no|nor|never|none|neither|without|except|unless|cannot)\b|n['’]t\b"),
    "fr": re.compile(r"\b(?:ne|pas|non|ni|jamais|sans|aucune?|sauf|hormis|excepté)\b|\bn['’]"),
    "es": re.compile(r"\b(?:no|ni|nunca|jamás|sin|ningun[oa]s?|ningún|salvo|excepto|tampoco)\b"),
    "ru": re.compile(r"\b(?:не|нет|ни|без|кроме|никогда|никак\w+|нельзя|исключением)\b"),
    "ar": re.compile(r"\b(?:و?لا(?!\s+سيما)|لم|ولم|لن|ولن|ليس|ليست|غير|دون|بدون|إلا|باستثناء|عدا)\b"),
    "zh": re.compile(r"[不没勿莫毋禁]|无(?![国家论形线偿])|未(?![来成指])|并非|除外|除非|除了"),
}
"""Words that turn the sense of a sentence."""


def says_enough(clause: Clause) -> bool:
    """Whether a clause is long enough for one that equals it to be the same text of another year."""
    return len(clause.text) >= SHORT.get(clause.language or "", _SHORT)


def same_letters(text: str, other: str) -> bool:
    """Whether two texts are equal, white space and the forms of hyphens and apostrophes aside."""
    begins = [squeezed(one[:_BEGIN]) for one in (text, other)]  # most differ there already
    shorter = min(map(len, begins))
    return begins[0][:shorter] == begins[1][:shorter] and squeezed(text) == squeezed(other)


def squeezed(text: str) -> str:
    """A text without white space, hyphens and apostrophes in one form of each."""
    return "".join(text.translate(_FORMS).split())


_BEGIN = 40
_FORMS = str.maketrans("\u2010\u2011\u2019", "--'")


def are_twins(one: Clause, other: Clause, in_one: Document, in_other: Document) -> bool:
    """Whether two clauses in one language, of different documents, are one text. Those with the same letters are. Of two
    documents of different years that have symbols and nearly the same title (a body says each year nearly what it said the
    year before) so are those that differ in a tenth of their letters at most, name the same places and deny the same."""
    if (
        one.language != other.language
        or one.document == other.document
        or not says_enough(one)
        or one.columns != other.columns
    ):
        return False
    if same_letters(one.text, other.text):
        return True
    years = year_of(in_one), year_of(in_other)
    return bool(
        in_one.symbol
        and in_other.symbol
        and years[0] != years[1]
        and ratio(in_one.title.lower(), in_other.title.lower(), score_cutoff=SAME_TITLE) > 0
        and ratio(one.text, other.text, score_cutoff=SAME) > 0
        and _denials(one) == _denials(other)
        and places(one.text, one.language) == places(other.text, other.language)
    )


def _denials(clause: Clause) -> Counter[str]:
    pattern = _NOT.get(clause.language or "")
    return Counter(pattern.findall(clause.text.lower())) if pattern else Counter()


def year_of(document: Document) -> int | None:
    """The year of a document: of its date; else of the session that a symbol of the General Assembly names; None where
    neither is known."""
    if document.date:
        return document.date.year
    return session_year(document.symbol or "", r"(?:RES/|C\.\d/)?")

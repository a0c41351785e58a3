"""Documents that a question names, by symbol or number, or means ("What does this resolution say …"): it is asked of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.bodies import BODIES
from index.clause import Document
from index.snapshot import Snapshot
from index.words.tokens import plain_digits
from rag.question.followup import asks_by_itself, stands_for_earlier
from rag.question.framing import bare
from rag.question.query import Query, query_of
from rag.written.documents import BODY_SHORT, body_names, named_bodies

_SYMBOL = (
    r"(?P<symbol>(?<![A-Za-z0-9/])(?:[A-Za-z]{1,5}(?:/[A-Za-z0-9.-]+)+/[A-Za-z.]*\d+|\d{2,3}/\d{1,3}|\d{3,4}(?=\s?[(（](?:19|20)\d\d[)）]))"
    r"(?![\dA-Za-z/]))"
)
_NOUN = {
    "en": r"resolutions?|decisions?|reports?|documents?|res\.?", "fr": r"résolutions?|décisions?|rapports?|documents?|rés\.?",
    "es": r"resolución|resoluciones|decisión|informe|documento|res\.?",
    "ru": r"резолюци\w+|решени\w+|доклад\w*|документ\w*|рез\.?",
    "ar": r"(?:ال|لل|بال)?(?:قرار|مقرر|وثيقة|تقرير)", "zh": r"号?(?:决议|决定|文件|报告)|号",
}  # fmt: skip
"""What a document is called before its number; in Chinese after it."""
_STANDS_FOR = {
    "en": "the resolution", "fr": "la résolution", "es": "la resolución", "ru": "резолюция", "ar": "القرار", "zh": "决议",
}  # fmt: skip
_DATE = (
    r"(?:\s*,?\s*(?:of|dated|adopted\s+on|du|de|del|от|المؤرخة?|بتاريخ)\s+\d{1,2}(?:er)?\s+(?:de\s+)?[^\W\d_]+(?:[\s/][^\W\d_]+)?"
    r"\s+(?:de\s+)?\d{4}(?:\s+года)?)?(?:\s*[(（](?:19|20)\d\d[)）])?"
)
"""What may stand after a number: "of 14 December 2022", "(2022)"."""
_OF_BODY = r"(?:\s+(?:of\s+(?:the\s+)?|de\s+la\s+|de\s+l['’]|del\s+|du\s+)?(?:{bodies}))?"
_MENTION = {
    "en": r"(?:recall|mention|cit|reaffirm|amend|supersed|replac)(?:s|es|e|ed|ing)?|refer(?:s|red|ring)?\s+to",
    "fr": r"rappel\w*|mentionn\w*|cit(?:e|ent|é)|réaffirm\w*|modifi\w*|(?:référence|renvoie)\s+à",
    "es": r"recuerd\w*|mencion\w*|cita\w*|reafirm\w*|modific\w*|(?:referencia|remite)\s+a",
    "ru": r"напомина\w*|упомина\w*|подтвержда\w*|ссыла\w*\s+на", "zh": r"(?:回顾|提到|引用|提及|重申|修正)了?",
    "ar": r"(?:ت|ي)?(?:شير|ستذكر|ذكر|ؤكد)(?:\s+(?:إلى|مجددا))?",
}  # fmt: skip
"""Words after which a document is what is looked for in others, not where one looks."""
_AND = re.compile(r"\s*(?:,|and|or|et|ou|y|o|и|или|و|أو|和|与|或|、|及)\s*", re.IGNORECASE)
_BETWEEN = r"(?:(?:the|its|la|les|le|las|el|los|sa|ses|su|sus|на|第)\s*)*"
_MEANT = {
    "en": r"\b(?:th(?:is|at) (?:resolution|decision|document|text|report)|the same (?:resolution|document|report)|therein)\b",
    "fr": r"\b(?:cette (?:résolution|décision)|ce (?:document|texte|rapport)|la même résolution)\b",
    "es": r"\b(?:est[ae]|es[ae]|dich[oa]|la misma|el mismo) (?:resolución|decisión|documento|texto|informe)\b"
    r"|^\W*(?:y )?qué (?:dice|establece|prevé) (?:de|sobre|acerca)\b"
    r"|^\W*(?:también )?(?:menciona|aborda|habla (?:de|sobre)|se refiere a)\b",
    "ru": r"\bэт(?:а|ой|от|ом) (?:резолюци\w+|решени\w+|документ\w*|доклад\w*)\b",
    "ar": r"(?:هذا القرار|هذه الوثيقة|هذا التقرير)|^\W*و?ماذا (?:يقول|تقول|ورد) (?:فيه |فيها )?عن\b"
    r"|^\W*و?هل (?:يذكر|تذكر|يتناول|تتناول|يتحدث|تتحدث) (?:ال|عن)",
    "zh": r"[该这本](?:项|份|个)?(?:决议|决定|文件|报告)|^对.+(?:怎么说|有什么规定|说了什么)",
}  # fmt: skip
"""How a question speaks of the document that the one before it named."""
_PRONOUN = {
    "en": r"\bit\b", "fr": r"\b\w+-(?:t-)?(?:elle|il)\b", "ru": r"\b(?:(?:\w+ ли )?он[ао]?|н[её]м|ней)\b",
    "ar": r"\b(?:فيه|فيها)\b", "zh": "它|其中",
}  # fmt: skip
"""What stands for that document, with its verb where that comes first, if the question has named nothing else before it."""
_ALONE = {
    "en": r"\bit\b", "fr": r"-(?:t-)?(?:elle|il)\b", "ru": r"\bон[ао]?\b", "zh": "它",
}  # fmt: skip
"""The pronoun alone, where the noun can stand in its place."""
_OTHERS = (
    r"\b(?:an)?other (?:[\w-]+ ){0,2}(?:resolution|decision|report|document|text|declaration)s?\b"
    r"|\bautres? (?:résolution|décision|rapport|document|texte|déclaration)s?\b"
    r"|\b(?:otr[oa]s?|demás) (?:resoluci|decisi|informe|documento|texto|declaraci)\w*"
    r"|\b(?:друг|ин|остальн)(?:ой|ом|ая|ое|ую|ого|ые|ых|ими?|ие|их|ыми?) (?:резолюци|решени|доклад|документ|текст|деклараци)\w*"
    r"|(?:قرار|مقرر|وثيق|وثائق|تقرير|تقارير|نص|إعلان)\w*(?: \w+)? (?:ال)?(?:أخرى|آخر)"
    r"|(?:其[他它]|别的?|另外?)的?(?:[一两几]?[项份个])?(?:\w{0,4})(?:决议|决定|文件|报告|宣言)"
)
"""Documents that were not named."""
_ABOUT = (
    r"\b(?:about|on|regarding|concerning|sur|concernant|sobre|acerca de|об?о?|относительно)\b"
    r"|\b[وف]?(?:عن|بشأن|حول|بخصوص)\b|关于|有关|对|^那?.+呢"
    r"|\b(?:mentions?|address(?:es)?|covers?|mentionne|évoque|menciona|aborda|упомина\w+)\b|\b(?:ي|ت)(?:ذكر|تناول)\b|提到|提及"
)
"""What leads on to a matter."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which clauses a question is asked of, by the documents that it names, and what is searched there."""

    query: Query
    """In which documents are spoken of ("the resolution")."""
    clauses: NDArray[np.bool_] | None = None
    """Shape (clauses,): those of the documents it names, or of others that mention what it asks for; None for all."""
    absent: bool = False
    """Whether it names a document that is not here and that no clause mentions."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A document's name in a question."""

    number: str
    """Small letters: "a/res/77/176" or "77/176"."""
    surely: bool
    """Whether it can be nothing else: a symbol, or a number that is called that of a resolution."""
    bodies: frozenset[str]
    """English names of the bodies whose document it is said to be; of most none is said."""
    mentioned: bool
    """Whether the question asks who mentions it."""

    def is_of(self, document: Document) -> bool:
        symbol = re.sub(r"\s*\(.*", "", (document.symbol or "").lower())
        if self.bodies and not any(re.match(BODIES[body][1], document.symbol or "") for body in self.bodies):
            return False
        return symbol == self.number or (self.number[0].isdigit() and symbol.endswith(f"/{self.number}"))


def scope_of(
    query: Query, history: Sequence[str], snapshot: Snapshot, chosen: NDArray[np.bool_] | None = None
) -> Scope:
    """What a question is asked of: of the documents that it names, or that the one before it named and it means; where it asks
    who mentions one, or what one says that is not here, of the clauses that mention it.

    chosen: shape (clauses,), which clauses are here; all unless given.
    """
    names, asked = _names_meant(query, history)
    if not names:
        return Scope(query)
    here = np.ones(len(snapshot.clauses), dtype=bool) if chosen is None else chosen
    present = {clause.document for clause, yes in zip(snapshot.clauses, here.tolist(), strict=True) if yes}
    of = {name: {d.sha256 for d in snapshot.documents if d.sha256 in present and name.is_of(d)} for name in names}
    asked_of = {sha256 for name, found in of.items() if not name.mentioned for sha256 in found}
    absent = [name for name in names if name.surely and not of[name] and not name.mentioned]
    mention = {name: _mentioning(name, snapshot) & here for name in {*absent, *(n for n in names if n.mentioned)}}
    clauses = here.copy()
    if asked_of:
        clauses &= np.array([clause.document in asked_of for clause in snapshot.clauses])
    for name, mentioning in mention.items():
        if name.mentioned or not asked_of:
            clauses &= mentioning
    if not asked_of and not mention:
        return Scope(query)
    nowhere = not clauses.any() or any(not mention[name].any() for name in absent)
    return Scope(_without_names(asked) if asked_of else asked, clauses if clauses.any() else None, nowhere)


def asks_nothing_else(query: Query) -> bool:
    """Whether nothing is left of a question without the documents that it names."""
    said = _spoken(query.text, query.language)
    return said != query.text and said.strip(" .?!。？！¿¡؟").lower() in ("", _STANDS_FOR.get(query.language))


def _names_meant(query: Query, history: Sequence[str]) -> tuple[list[_Name], Query]:
    """The documents that a question names, or else an earlier one that it leans on or means; and what is searched in them: of
    one that has a matter of its own ("And about women?") that alone."""
    if names := _names_in(query.text, query.language):
        return names, query
    if re.search(_OTHERS, query.text, re.IGNORECASE):
        return [], query
    before = list(reversed(query.carried))
    if not before and history and _means_one(query):
        earlier = query_of(history[-1], history[:-1])
        before = [(earlier.text, earlier.language), *reversed(earlier.carried)]
    names = next((found for text, language in before if (found := _names_in(text, language))), [])
    return names, replace(query, text=_with_noun(query), carried=()) if names and _has_matter(query) else query


def _with_noun(query: Query) -> str:
    """A question with the document spoken of in place of the pronoun that stands for it: "What does the resolution ask …"."""
    noun = _STANDS_FOR.get(query.language, "")
    if bare(query.text, query.language) != query.text:
        return query.text  # "Does it mention …" is taken out of it as a whole
    if not stands_for_earlier(_PRONOUN.get(query.language, "(?!)"), query.text, query.language):
        return query.text
    said = re.sub(_ALONE.get(query.language, "(?!)"), f" {noun} ", query.text, count=1, flags=re.IGNORECASE)
    return " ".join(said.split())


def _has_matter(query: Query) -> bool:
    """Whether a question has a matter of its own, so that what it is asked of is all that it takes from the one before."""
    pronoun = _PRONOUN.get(query.language, "(?!)")
    return (
        re.search(_ABOUT, query.text, re.IGNORECASE) is not None
        or bare(query.text, query.language) != query.text
        or asks_by_itself(query.text, query.language, pronoun)
    )


def _means_one(query: Query) -> bool:
    """Whether a question that does not lean speaks of a document named before it all the same."""
    meant = re.search(_MEANT.get(query.language, "(?!)"), query.text, re.IGNORECASE)
    return meant is not None or stands_for_earlier(_PRONOUN.get(query.language, "(?!)"), query.text, query.language)


def _without_names(query: Query) -> Query:
    carried = tuple((_spoken(text, own), own) for text, own in query.carried)
    return replace(query, text=_spoken(query.text, query.language), carried=carried)


def _spoken(text: str, language: str) -> str:
    """A text in which documents are not named but spoken of ("the resolution")."""
    stands_for = _STANDS_FOR.get(language, "")

    def put(found: re.Match[str]) -> str:
        noun = found["noun"]
        after_the = re.search(r"\bthe\s+$", text[: found.start()], re.IGNORECASE) is not None
        if noun is None or noun == "号" or noun.lower().strip(".") in ("res", "rés", "рез"):
            return "resolution" if after_the else stands_for
        return ("the " if language == "en" and not after_the else "") + noun.removeprefix("号")

    return _pattern(language).sub(put, _plain(text))


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    noun = f"(?P<noun>{_NOUN.get(language, '(?!)')})"
    bodies = "|".join([*map(re.escape, body_names()), *BODY_SHORT.values()])
    if language == "zh":
        date = r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日的?)?"
        return re.compile(
            rf"(?:(?:联合国)?(?:{bodies}))?{date}第?\s*{_SYMBOL}\s*(?:[(（](?:19|20)\d\d[)）]\s*)?(?:{noun})?",
            re.IGNORECASE,
        )
    body = rf"(?:(?:UN|United\s+Nations)\s+)?(?:(?<!\w)(?:{bodies})(?:['’]s)?\s+)?"
    called = rf"(?:(?<!\w){noun}\s*(?:(?:{bodies})\s+)?(?:(?:no|n°|№)\.?\s*)?)?"
    return re.compile(f"{body}{called}{_SYMBOL}{_DATE}{_OF_BODY.format(bodies=bodies)}", re.IGNORECASE)


def _plain(text: str) -> str:
    return plain_digits(text.replace("／", "/"))


def _names_in(text: str, language: str) -> list[_Name]:
    found: list[_Name] = []
    end, called = 0, False
    for match in _pattern(language).finditer(_plain(text)):
        number = match["symbol"].lower()
        mention = rf"(?:{_MENTION.get(language, '(?!)')})\s*{_BETWEEN}$"
        mentioned = re.search(mention, match.string[: match.start()], re.IGNORECASE) is not None
        called = match["noun"] is not None or (called and _AND.fullmatch(match.string[end : match.start()]) is not None)
        surely, end = not number[0].isdigit() or called or mentioned, match.end()
        found.append(_Name(number, surely, named_bodies(match.group()), mentioned))
    return found


def _mentioning(name: _Name, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Shape (clauses,): which have a symbol, or the number that is the end of a resolution's."""
    forms = "|".join(map(re.escape, {name.number, name.number.rpartition("/res/")[2]}))
    pattern = re.compile(rf"(?<![\w/])(?:{forms})(?![\w/])", re.IGNORECASE)
    return np.array([pattern.search(clause.text) is not None for clause in snapshot.clauses])

"""A document of the same name that is in the library already: is it an earlier state of a file, or another document?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.clause import Document, Given
from index.structure.ordinals import is_roman

ALIKE = 0.3
"""Share of the clauses of the smaller one that two states of a document with a symbol have in common, at least."""
NEARLY_THE_SAME = 0.9
"""Share of the characters that two states of a document without a symbol have in common, at least."""
MOST = 200_000
"""Characters of changed clauses that are compared one by one; where more have changed, none count as alike."""
_NUMBER = re.compile(
    # English
    r"one|two|four|six|ten(?:th)?|first|second|(?:three|thir|fourt|fort(?:y|ie)|five|fif|sixt|seven|eigh|nine|nint|eleven"
    r"|twel|twen|hundred|thousand|million|billion)\w*"
    # French
    r"|six|seize|sept|huit|neuf|dix|cent|cents|mille|mai|mars|juin|août|premiers?|premières?|(?:deux|trois|quatr|cinq|sixi|septi"
    r"|huiti|neuvi|dixi|onz|douz|treiz|quatorz|quinz|seizi|vingt|trent|quarant|cinquant|soixant|centi|janvi|févri|avril|juill"
    r"|septemb|octob|novemb|décemb)\w*"
    # Spanish
    r"|dos|tres|seis|siete|ocho|diez|once|doce|cien|mil|mayo|marzo|junio|julio|quint[oa]|sext[oa]|(?:primer|segund|tercer"
    r"|cuatr|cuart|cinco|séptim|octav|noven|décim|nueve|trece|catorce|quince|dieci|veint|treint|cuarent|cincuent|sesent"
    r"|setent|ochent|cient|undécim|duodécim|\w+gésim|enero|febrer|abril|agosto|septiemb|octubre|noviemb|diciemb)\w*"
    # Russian
    r"|дв[ае]|двух|двум|двумя|три|тр[её]х|тр[её]м|семь|семи|сто|ста|мая|мае|май|март[ае]?|пят(?:ая|ого|ое|ой|ом|ую)|(?:один"
    r"|одн[аио]|четыр|четв[её]рт|пят[ьиы]|шест[ьиоы]|седьм|семидес|восем|восьм|девя[тн]|десят|\w+надцат|двадцат|тридцат|сорок"
    r"|сотн|сот[ыоа]|тысяч|миллион|перв|втор|трет[ьи]|январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
)
"""Numbers and months in letters, of the languages that write them without a capital; some words more do no harm."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """What tells a document from another of its name."""

    slug: str
    symbol: str | None
    title: str
    date: str | None
    """As 2006-04-13."""
    language: str | None
    texts: tuple[str, ...]
    """Of its clauses, in order."""
    whole: tuple[str, ...]
    """Of its blocks, titles and headings too, in order, without their printed numbers."""
    source: str
    """Name of its file."""
    given: Given
    """What was said of it."""


def namesake_of(document: Document, texts: Sequence[str]) -> Namesake:
    """A document whose clauses have `texts`."""
    date = document.date.isoformat() if document.date else None
    whole = tuple(document.text[block.body : block.end] for block in document.blocks)
    return Namesake(
        document.slug, document.symbol, document.title, date, document.language, tuple(texts), whole, document.source,
        document.given,
    )  # fmt: skip


def is_numbered(name: str, slug: str) -> bool:
    """Whether a slug is another one, or it with a number: "paper-2" is of "paper"."""
    return name == slug or name.removeprefix(f"{slug}-").isdecimal()


def is_like(old: Namesake, new: Namesake) -> bool:
    """Whether two documents say much the same: ALIKE of the clauses, or nearly all characters."""
    known, own = set(old.texts), set(new.texts)
    many = len(known & own) >= ALIKE * min(len(known), len(own))
    return bool(known and own) and (many or likeness(old.texts, new.texts) >= NEARLY_THE_SAME)


def is_old_self(old: Namesake, new: Namesake) -> bool:
    """Whether `old` is an earlier state of `new`.

    Symbol and language must be the same, and so must the date where both are known. With a symbol and the same title ALIKE
    is enough. With another title, or without a symbol, the two must be nearly the same, with the same names and numbers:
    next year's renewal of a resolution, or a statement on another attack, differs in little else. Without a symbol the title
    must be the same too.
    What was said of the old one says nothing of a new file: people have many of one name.
    """
    if not old.texts or not new.texts or (old.date and new.date and old.date != new.date):
        return False
    if (old.symbol, old.language) != (new.symbol, new.language):
        return False
    same_title = _title(old) == _title(new)
    if new.symbol and same_title:
        known, own = set(old.texts), set(new.texts)
        return len(known & own) >= ALIKE * min(len(known), len(own))
    if not new.symbol and not same_title:
        return False
    return likeness(old.texts, new.texts) >= NEARLY_THE_SAME and _names_stay(old.whole, new.whole)


def likeness(left: Sequence[str], right: Sequence[str]) -> float:
    """Share of the characters of two lists of texts that they have in common, 0 to 1: of equal texts all, of the others what
    the edit distance leaves."""
    common = Counter(left) & Counter(right)
    total = sum(map(len, left)) + sum(map(len, right))
    same = 2 * sum(len(text) * count for text, count in common.items())
    rest = ["\n".join(_without(texts, common)) for texts in (left, right)]
    length = sum(map(len, rest))
    changed = fuzz.ratio(*rest) / 100 if 0 < length <= MOST else 0.0
    return (same + changed * length) / total if total else 1.0


def _without(texts: Sequence[str], common: Counter[str]) -> list[str]:
    left = Counter(common)
    found = []
    for text in texts:
        if left[text]:
            left[text] -= 1
        else:
            found.append(text)
    return found


def _names_stay(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two states have the same names and numbers in the same order. Where the new one has all of the old and more,
    the more may begin with a capital."""
    following = iter(new)
    if all(text in following for text in old):
        more = _without(new, Counter(old))
        return not any(_names(text[:1].lower() + text[1:]) for text in more)
    return _names("\n".join(old)) == _names("\n".join(new))


def _names(text: str) -> list[str]:
    """What may name or number something: words with a capital, digits, numbers and months in letters. In a script without
    capitals every letter may."""
    found: list[str] = []
    for word in re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFKC", text)):
        small = word.lower()
        if small == word.upper() and not word.isdecimal():
            found += word
        elif small != word or word.isdecimal() or is_roman(word) or _NUMBER.fullmatch(word):
            found.append(small)
    return found


def _title(one: Namesake) -> str:
    """A title to compare; that of a document which prints none is its first clause, and is none."""
    bare = " ".join(one.title.casefold().split())
    return "" if bare.endswith(" ".join(one.texts[0].casefold().split())) else bare

"""Names of documents in a citation: symbols, numbers of resolutions, titles, bodies, dates, in any of the six languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from index.bodies import BODIES
from index.clause import Document
from index.language import LANGUAGES
from index.masthead import without_dates
from index.words.tokens import plain_digits
from prompts import message

NAMED = re.compile(
    r"(?P<symbol>(?<![\w/])[a-z]{1,8}(?:/[a-z0-9.-]*[a-z0-9])+(?:\s?\((?:\d{4}|[ivxlc]+)\))?)"
    r"|(?<![0-9a-z/])(?P<number>(?:es-|s-)?\d{1,3}/\d{1,3}(?:\s?[a-z](?![\w)]))?)(?![\d/])"
    r"|(?<![0-9a-z/])(?P<council>\d{1,4}\s?\((?:\d{4}|[ivxlc]+)\))"
)
_ROMAN_YEAR = re.compile(r"\([ivxlc]+\)")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\\.?"
_AMERICAN = re.compile(rf"\b{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}(?!\d)|(?<!\d)\d{{1,2}}\s+{_MONTH}\s+\d{{4}}(?!\d)")
"""Dates as law reviews in the United States have them."""
BODY_SHORT = {
    "General Assembly": r"\b(?:(?:un)?ga|ag|га)\b|联大", "Security Council": r"\b(?:(?:un)?sc|cs|сб)\b|安理会",
    "Human Rights Council": r"\b(?:(?:un)?hrc|cdh|спч)\b", "Economic and Social Council": r"\b(?:ecosoc|экосос)\b|经社理事会",
}  # fmt: skip
"""Bodies as people shorten them, in the six languages."""


def without_names(text: str, documents: Sequence[Document]) -> tuple[str, Sequence[Document]]:
    """A citation without the names, titles, bodies and dates of documents in it, and the documents that all the names in it
    mean: all of a library where there is none."""
    bodies = named_bodies(text)
    numbers = [
        found for found in NAMED.finditer(text) if not (found["council"] and _ROMAN_YEAR.search(found["council"]))
    ]
    if not numbers:  # "2758 (xxvi)" is a resolution only where it is here: "2 (i)" is an item of a paragraph
        numbers = [found for found in NAMED.finditer(text) if _meant(found, documents, bodies)][:1]
    for found in numbers:
        documents = _meant(found, documents, bodies)
    for found in reversed(numbers):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    titles = {plain(document.title) for document in documents} if numbers else set()
    for known in (*sorted(titles, key=len, reverse=True), *body_names()):
        text = text.replace(known, " ")
    for short in BODY_SHORT.values():
        text = re.sub(short, " ", text)
    text = _AMERICAN.sub(" ", plain(without_dates(text)))
    return re.sub(r"\(\s*\)|\b[ld]'(?=\w)", " ", text), documents


def _meant(found: re.Match[str], documents: Sequence[Document], bodies: Collection[str]) -> list[Document]:
    """The documents of a symbol, or of the number of a resolution, of one of `bodies` if any are named."""
    wanted = squeezed(found.group())
    if found["symbol"]:
        return [d for d in documents if squeezed(plain(d.symbol or "")) == wanted]
    numbered = [
        d for d in documents if d.symbol and squeezed(plain(d.symbol)).rpartition("/res/")[2] == wanted
    ]  # fmt: skip
    return [d for d in numbered if not bodies or d.body in bodies]


def body_called(name: str) -> str | None:
    """The English name of the body that a name or short form of one means and nothing else: "HRC", "the General Assembly",
    "安理会", also by how its symbols begin ("CMW", "A/HRC")."""
    bare = re.sub(
        r"^(?:(?:the|la|el|le)\s+|l')|\b(?:u\.?n\.?|united nations|оон)(?!\w)|联合国", " ", plain(name)
    ).replace(".", "")
    text = " ".join(bare.split())
    for body, (others, symbols) in BODIES.items():
        if text in map(plain, (body, *others)) or re.fullmatch(BODY_SHORT.get(body, "(?!)"), text):
            return body
        if text and re.fullmatch(symbols, f"{name.strip().upper().rstrip('/')}/"):
            return body
    return None


@lru_cache(maxsize=1)
def body_names() -> tuple[str, ...]:
    """As citations have them, the longest first."""
    return tuple(sorted({name for body in BODIES for name in _names_of(body)}, key=len, reverse=True))


def named_bodies(text: str) -> frozenset[str]:
    """The English names of the bodies that a text names or shortens, in any of the six languages."""
    said = plain(text)
    return frozenset(body for body in BODIES if _names_body(said, body))


def _names_body(text: str, body: str) -> bool:
    shortened = body in BODY_SHORT and re.search(BODY_SHORT[body], text) is not None
    return shortened or any(name in text for name in _names_of(body))


@lru_cache(maxsize=len(BODIES))
def _names_of(body: str) -> tuple[str, ...]:
    """As `plain` has them, in all languages and in the cases that titles are in."""
    key = f"body.{body.lower().replace(' ', '_')}"
    try:
        cases = [message(key, language) for language in LANGUAGES]
    except KeyError:
        cases = []
    return tuple(plain(name) for name in (body, *BODIES[body][0], *cases))


def plain(text: str) -> str:
    """A text in small letters, with ordinary figures and brackets, without marks of direction, vowel signs and apostrophes of
    print."""
    whole = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    kept = (c for c in whole if unicodedata.category(c) != "Cf" and not "\u064b" <= c <= "\u0652" and c != "\u0640")
    return " ".join(plain_digits("".join(kept)).split())


def squeezed(text: str) -> str:
    return "".join(text.split())

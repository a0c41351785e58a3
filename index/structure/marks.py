"""What a paragraph of a UN document begins with: printed numbers, letters, articles, in six languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from index.structure.ordinals import ARABIC_ADVERBS, ARABIC_LETTERS, ARABIC_ORDINALS, HAN

MarkKind = Literal["number", "letter", "heading", "article", "rule", "paragraph"]
_HAN_NUMBER = "[一二三四五六七八九十百〇零]{1,6}"
_BEGINS = '(?=[A-ZÀ-ÞЀ-Я؀-ۿ㐀-鿿“«"])'
"""What a paragraph begins with, not the rest of a figure ("3.4 million")."""
_ARABIC_SECTION = rf"(?:{'|'.join((*ARABIC_ADVERBS, *ARABIC_ORDINALS[10:], *ARABIC_LETTERS))})ً?"
_LATIN_SECTION = "[IVXLC]{1,5}|[A-ZА-Я]"
_NUMBER = re.compile(
    rf"(\d{{1,3}}\.(?:[a-zа-я]|\d{{1,3}}))\.?\s+{_BEGINS}"  # 25.1, and 10.a of the Sustainable Development Goals
    r"|(\d{1,3}\s?(?:bis|ter|quater))\s?[.．]\s+"  # 5 bis.
    r"|(\d{1,3})\s?[.．、](?!\d)\s*"  # 12.
    r"|(\d{1,3})\s?[-–—]\s+(?=\(?[؀-ۿ])"  # 12 -
    rf"|([{HAN}]{{1,3}})、\s*"  # 一、
)
_HEADING = re.compile(
    rf"({_LATIN_SECTION})[.．](?:\s+|$)|([{HAN}]{{1,3}})[.．]\s*|({_ARABIC_SECTION})\s?[-–—:]\s*(?=\S)"
)
_SECTION_ALONE = re.compile(rf"(?:{_LATIN_SECTION}|[{HAN}]{{1,3}}|{_ARABIC_SECTION})")
_LETTER = re.compile(
    r"([a-z]|[ivx]{2,7})[.．]\s+"
    r"|[(（]([a-z]{1,4}|[ivx]{5,7}|\d{1,2}|[а-яё]|[ء-يﺀ-ﻼ]{1,2}|[子丑寅卯辰巳午未申酉戌亥]|[一二三四五六七八九十]{1,2})[)）]\s*"
    r"|([a-z]{1,4}|[ivx]{5,7}|[а-яё]|\d{1,2})\)\s+"
    r"|([㈠-㈩])\s*"
    r"|[‘’'](\d{1,2})[‘’']\s*"
)
_ARTICLE = re.compile(
    r"(?:article|artículo|статья|المادة|art\.|(?P<rule>rule|règle|regla|правило|القاعدة))\s+"
    r"(\d+(?:\s?(?:bis|ter|مكرر(?:ا|اً)?))?|premier|[IVXLC]+)\b\s*[.:–—-]*\s*|(?:第|规则)("
    + _HAN_NUMBER
    + r"|\d+)条[：:]?\s*"
    r"|(?P<paragraph>paragraph|paragraphe|párrafo|пункт|الفقرة)\s+(\d{1,3})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The printed number or letter that a paragraph begins with."""

    kind: MarkKind
    number: str
    """As printed, without brackets and stops: "12", "25.1", "c", "iv", "三十三"."""
    length: int
    """Characters of the mark and the white space after it."""
    form: str = ""
    """What is printed around the letter or number of an item: "()" for "(a)", "." for "a."; empty for other marks."""


def mark_of(text: str) -> Mark | None:
    """The mark at the start of a paragraph, if it has one. "heading" is "A." or "IV.", which may also head a section;
    "rule" is an article of rules of procedure, "paragraph" a line that says "Paragraph 4" and nothing else."""
    article = _ARTICLE.match(text)
    if article:
        kind: MarkKind = "rule" if article["rule"] else "paragraph" if article["paragraph"] else "article"
        words = article.group("rule", "paragraph")
        number = next(group for group in article.groups() if group and group not in words)
        return Mark(kind, number, article.end())
    letter = _LETTER.match(text)
    if letter:
        item = _group(letter)
        if "㈠" <= item <= "㈩":
            item = unicodedata.normalize("NFKC", item).strip("()")
        form = unicodedata.normalize("NFKC", letter.group().replace(_group(letter), "").strip())
        return Mark("letter", item, letter.end(), form)
    heading = _HEADING.match(text)
    if heading:
        return Mark("heading", _group(heading), heading.end())
    counted = _NUMBER.match(text)
    return Mark("number", _group(counted), counted.end()) if counted else None


def is_section_alone(text: str) -> bool:
    """Whether a line is the number or letter of a section and nothing else: "II", "B"."""
    return _SECTION_ALONE.fullmatch(text) is not None


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)

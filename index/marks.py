"""What a paragraph of a UN document begins with: printed numbers, articles, annexes, speakers, in six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["number", "letter", "heading", "article"]

_HAN_NUMBER = "[一二三四五六七八九十百〇零]{1,6}"
_NUMBER = re.compile(
    r"(\d{1,3})\s?[.．、](?!\d)\s*"  # 12.
    r"|(\d{1,3}\.\d{1,3})\.?\s+(?=[A-ZÀ-ÞЀ-Я؀-ۿ㐀-鿿“«\"])"  # 25.1, not "3.4 million"
    r"|(\d{1,3})\s?[-–—]\s+(?=[؀-ۿ])"  # 12 -
    r"|([一二三四五六七八九十]{1,3})、\s*"  # 一、
)
_HEADING = re.compile(r"([IVXLC]{1,5}|[A-Z])[.．]\s+")
_LETTER = re.compile(
    r"([a-z])[.．]\s+"
    r"|[(（]([a-z]{1,4}|\d{1,2}|[а-яё]|[ء-يﺀ-ﻼ]{1,2}|[子丑寅卯辰巳午未申酉戌亥]|[一二三四五六七八九十]{1,2})[)）]\s*"
    r"|([a-z]{1,4}|[а-яё])\)\s+"
)
_ARTICLE = re.compile(
    rf"(?:article|artículo|статья|المادة|art\.)\s+(\d+(?:\s?(?:bis|ter))?|premier|[IVXLC]+)\b\s*[.:–—-]*\s*|第({_HAN_NUMBER}|\d+)条[：:]?\s*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[ivxl])(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ANNEX = re.compile(
    r"^(?:annex|annexe|anexo|приложение|المرفق|附件|appendix)(?:\s+[IVX\d]+)?\b.{0,100}$|.{0,80}附件$", re.IGNORECASE
)
_LETTER_TITLE = re.compile(
    r"(?:的信|的普通照会)$|^(?:identical letters|letter|lettre|lettres|carta|письмо|رسالة)\b", re.IGNORECASE
)
_OBJECTIVE = re.compile(
    r"(?:objective|objectif|objetivo|цель|الهدف|目标|具体目标)\s?\d{1,2}(?:\.[\da-z])?\s?[:：.–—-]\s*\S", re.IGNORECASE
)
_SIGNED = re.compile(r"[(（](?:签名|签字|signed|signé|firmado|подпись|توقيع)[^)）]{0,12}[)）]", re.IGNORECASE)
_NOTE = re.compile(r"^(?:\*{1,3}|[†‡§])\s*\S")
_SPEAKER = re.compile(
    r"(?:the (?:general assembly|security council|economic and social council|human rights council)"
    r"|l[’']assemblée générale|le conseil (?:de sécurité|économique et social|des droits de l[’']homme)"
    r"|la asamblea general|el consejo (?:de seguridad|económico y social|de derechos humanos)"
    r"|генеральная ассамблея|совет безопасности|экономический и социальный совет|совет по правам человека"
    r"|(?:إن )?(?:الجمعية العامة|مجلس الأمن|المجلس الاقتصادي والاجتماعي|مجلس حقوق الإنسان)"
    r"|大会|联合国大会|安全理事会|经济及社会理事会|人权理事会)\s*[,，،]?",
    re.IGNORECASE,
)
_PREAMBULAR_END = (",", "，", "،")
_MASTHEAD_NAME = r"(?:united nations|nations unies|naciones unidas|организация объединенных наций|联合国|الأمم المتحدة)"
_KNOWN_SERIES = "A|S|E|T|ST|DP|TD|ISBA|CCPR|CRC|CEDAW|CMW|CERD|CAT|CRPD|FCCC|UNEP|HRI|CEB|JIU|SPLOS"
_PART_OF_SYMBOL = r"(?:[A-Z0-9][A-Z0-9.()-]*|Sub\.\d+)"
_SYMBOL = re.compile(
    rf"(?:(?i:{_MASTHEAD_NAME})\s+)?"
    # Of a series that is not known here more must speak for it: two strokes and a figure ("IOM/C/110/INF/1").
    rf"((?:(?:{_KNOWN_SERIES})/|(?=[^\s\d]*\d)[A-Z]{{2,8}}/{_PART_OF_SYMBOL}/)(?:{_PART_OF_SYMBOL}/)*{_PART_OF_SYMBOL}"
    r"(?:\s?\((?:(?:Sect|Part|Vol|Suppl?)\.?\s?\w+|\d{4}|(?:E?S-)?[IVXLC]+)\))?"
    r"(?:/(?:Add|Rev|Corr|Amend)\.\d+)*(?:/Part\s\w+)?(?:[–-](?:A|S|E)/\S+)?)\s?\*{0,3}"
)
_COUNCIL_RESOLUTION = re.compile(
    r"(?:resolution|résolution|resolución|резолюция|القرار)\s*(\d{1,4})\s?\((\d{4})\)|第\s?(\d{1,4})\s?[(（](\d{4})[)）]号决议",
    re.IGNORECASE,
)
_BODY_NAME = (
    r"(?:general assembly|security council|economic and social council|human rights council|assemblée générale|asamblea general"
    r"|генеральная ассамблея|совет по правам человека|大会|安全理事会|人权理事会|الجمعية العامة|مجلس حقوق الإنسان)"
)
_MASTHEAD = re.compile(
    rf"{_MASTHEAD_NAME}|(?:{_BODY_NAME}\s*)?(?:distr\.?\b.*)?|official records|supplement no\. ?\d+"
    r"|(?:original|page|agenda item|items?|point|tema|пункт|议程项目|البند)\b.*|\d{1,2} \w+ \d{4}|\d{4}年\d+月\d+日"
    r"|.*\bsession(?:\s.*)?|.*\bperíodo de sesiones|.*\bсессия|第.*届会议|الدورة .*|english|french|.*\bonly",
    re.IGNORECASE,
)
_NUMBERED_TITLE = re.compile(r"\d{1,3}/\d{1,3}\.?\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The printed number or letter that a paragraph begins with."""

    kind: MarkKind
    number: str
    """As printed, without brackets and stops: "12", "25.1", "c", "iv", "三十三"."""
    length: int
    """Characters of the mark and the white space after it."""


def mark_of(text: str) -> Mark | None:
    """The mark at the start of a paragraph, if it has one. "heading" is "A." or "IV.", which may also head a section."""
    article = _ARTICLE.match(text)
    if article:
        return Mark("article", _group(article), article.end())
    letter = _LETTER.match(text)
    if letter:
        return Mark("letter", _group(letter), letter.end())
    heading = _HEADING.match(text)
    if heading:
        return Mark("heading", heading.group(1), heading.end())
    number = _NUMBER.match(text)
    return Mark("number", _group(number), number.end()) if number else None


def is_roman(number: str) -> bool:
    """Whether a letter may be a small Roman number: "i", "iv", "xii"."""
    return _ROMAN.fullmatch(number) is not None


def is_annex(text: str) -> bool:
    """Whether a line is the title of an annex."""
    return _ANNEX.match(text) is not None


def annex_number(text: str) -> str:
    """The number of an annex as printed, empty where it has none."""
    found = re.match(
        r"(?:annexe?|anexo|приложение|المرفق|附件|appendix)\s*([IVX]+|\d+|[一二三四五六七八九十]+)\b",
        text,
        re.IGNORECASE,
    )
    return found.group(1) if found else ""


def is_letter_title(text: str) -> bool:
    """Whether a paragraph is the title of a letter or a note verbale. Such a title has no full stop."""
    ends = text.endswith((".", "。", "؟", "?", "!", ";", "；", ":", "："))
    return len(text) <= 300 and not ends and _LETTER_TITLE.search(text) is not None


def is_objective(text: str) -> bool:
    """Whether a paragraph is the title of an objective ("Objective 5: Enhance …"), however long it is."""
    return (
        len(text) <= 300
        and not text.endswith((".", "。", ";", "；", ",", "，", "،", "؛"))
        and bool(_OBJECTIVE.match(text))
    )


def is_signature(text: str) -> bool:
    """Whether a line says that somebody signed."""
    return _SIGNED.search(text) is not None


def is_note(text: str) -> bool:
    """Whether a paragraph is a note under the text ("* …")."""
    return _NOTE.match(text) is not None


def is_speaker(text: str) -> bool:
    """Whether a line names the body that speaks in a resolution: its preamble follows."""
    return _SPEAKER.fullmatch(text) is not None


def is_preambular(text: str) -> bool:
    """Whether a paragraph of a resolution's preamble ends as they do, with a comma."""
    return text.endswith(_PREAMBULAR_END)


def symbol_of(text: str) -> str | None:
    """The document symbol that a line is, if it is nothing else ("A/RES/70/1"; an asterisk of a reissue is no part).

    A year in brackets has a space before it, as most languages print it: "S/RES/2240 (2015)".
    """
    found = _SYMBOL.fullmatch(text.translate(_DIRECTIONS).strip())
    return (
        re.sub(r"(?<=\d)\(", " (", found.group(1))
        if found and _YEAR.search(found.group(1))
        else found and found.group(1)
    )


_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks of direction that stand about Latin letters in Arabic text."""
_YEAR = re.compile(r"\d\s?\(\d{4}\)$")


def council_resolution(text: str) -> str | None:
    """The symbol of the resolution of the Security Council that a line is the title of: "第2240(2015)号决议"."""
    found = _COUNCIL_RESOLUTION.fullmatch(text.strip(" ,，،"))
    if not found:
        return None
    number, year = [group for group in found.groups() if group]
    return f"S/RES/{number} ({year})"


def is_masthead(text: str) -> bool:
    """Whether a line belongs to the head that every document of a body prints: its name, dates, session, agenda item."""
    return symbol_of(text) is not None or _MASTHEAD.fullmatch(text.strip()) is not None


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def resolution_title(text: str) -> str | None:
    """The title in a line such as "77/176. International migration and development"."""
    found = _NUMBERED_TITLE.fullmatch(text.strip())
    return found.group(1) if found and not text.endswith((".", ";", ",")) else None

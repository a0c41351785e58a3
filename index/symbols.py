"""The symbol of a document, and the other lines that the heads of all documents of a body print."""

from __future__ import annotations

import re

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
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks of direction that stand about Latin letters in Arabic text."""
_YEAR = re.compile(r"\d\s?\(\d{4}\)$")
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
_NUMBERED_TITLE = re.compile(r"\d{1,4}/\d{1,3}\.?\s+(\S.*)")


def session_year(symbol: str, series: str) -> int | None:
    """The year in which the session of the General Assembly begins that a symbol names, the first in 1946; None where none.

    series: a regular expression for what stands between "A/" and the number of the session. Before the thirty-first the
    symbols had no such number ("A/RES/2758(XXVI)").
    """
    found = re.match(rf"A/{series}(\d{{1,3}})/", symbol)
    return 1945 + int(found[1]) if found and int(found[1]) > 30 else None


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


def resolution_title(text: str) -> str | None:
    """The title in a line such as "77/176. International migration and development"."""
    found = _NUMBERED_TITLE.fullmatch(text.strip())
    return found.group(1) if found and not text.endswith((".", ";", ",")) else None

"""What the head of a UN document prints of it: symbol, title, date, body, session, agenda item, in six languages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from babel.dates import get_month_names

from index.bodies import body_named, body_of_symbol
from index.language import LANGUAGES
from index.readers.rows import ENDS
from index.structure.marks import mark_of
from index.structure.titles import is_annex
from index.symbols import council_resolution, is_masthead, resolution_title, session_year, symbol_of

LINES = 60
"""Lines at the head of a document that are looked at; what stands further on speaks of other documents."""
_SESSION = re.compile(
    r"[\w-]*(?:first|second|third|th|st|nd|rd)(?: (?:special|emergency|resumed|regular|annual|substantive))* session"
    r"|(?:[\w-]*(?:ième|première)|[\w-]+-et-unième)(?: [\w-]+){0,2} session"
    r"|[\w-]+(?: [\w-]+){0,3} período(?: \w+)? de sesiones|[\w-]+(?: [\w-]+){0,3} сессия"
    r"|第[一二三四五六七八九十百\d]+届(?:会议|特别会议|紧急特别会议)|الدورة [ء-ي ]{3,40}",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:agenda )?items? \d.*|(?:point|points) \d.*de l[’']ordre du jour.*|temas? \d.*|пункты? \d.*повестки дня.*"
    r"|(?:临时)?议程(?:草案)?项目\s*\d.*|البند \d.*|البندان \d.*",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"(?:resolution|decision) adopted by|(?:résolution|décision) adoptée par|(?:resolución|decisión) (?:aprobada|adoptada) por"
    r"|(?:резолюция|решение), принят(?:ая|ое)|(?:قرار|مقرر) اتخذ|大会决议|理事会决议|大会.{0,12}通过的?决议"
    r"|^(?:adopted|adoptée?s?|(?:aprobad|adoptad)[ao]s?|принят[а-я]{0,2}|(?:الذي )?اتخذه|اعتمدت?)\b|会议通过$|号决议通过",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?:\d+(?:st|nd|rd|th) (?:plenary )?meeting|\d+ ?(?:e|re|ère|ème)\.? séance(?: plénière)?"
    r"|\d+ ?\.?[ªa]\.? sesión(?: plenaria)?|\d+-е (?:пленарное )?заседание"
    r"|第 ?[一二三四五六七八九十百千〇零\d]+ ?次(?:全体)?会议|الجلسة (?:العامة )?\d+)[ ,،，]*",
    re.IGNORECASE,
)
"""The meeting that adopted a resolution, as its end prints it; the date stands behind it or on the next line."""
_AUTHORED = re.compile(
    r"(?:note|report|letter) (?:by|of|from) the|(?:rapport|note) (?:du|de la|de l[’'])|(?:informe|nota) (?:del|de la|presentado)"
    r"|(?:доклад|записка|резюме|письмо) (?!(?:об?|обо|по|про|за|на) )\w"
    r"|(?:تقرير|مذكرة) |.{2,20}的(?:报告|说明)$|note verbale|secretary-general’s bulletin",
    re.IGNORECASE,
)
_TREATY_BODY = re.compile(r"(?:CRC|CMW|CCPR|CEDAW|CAT|CERD|CRPD|CED|HRI|E/C\.12)/")
"""Symbols of documents that print the name of the treaty in their head, and the committee's below it."""
_TREATY = re.compile(
    r"(?:international )?(?:convention|covenant)\b|convention\b|pacte\b|convención\b|pacto\b"
    r"|(?:международн\w+ )?(?:конвенция|пакт)\b"
    r"|(?:ال)?(?:اتفاقية|عهد)\b|.*公约$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(
    r"(?:sub-?)?committee\b|(?:sous-)?comité\b|(?:sub)?comité\b|комитет\b|(?:ال)?لجنة\b|.*委员会$", re.IGNORECASE
)
_LONGEST_COMMENT = 400
"""Characters of the title of a joint general comment, which names two committees."""
_OFFICE = re.compile(r"secretariat|secrétariat|secretaría|секретариат|秘书处|الأمانة العامة", re.IGNORECASE)
ARABIC_MONTHS = (
    ("كانون الثاني", "يناير"), ("شباط", "فبراير"), ("آذار", "مارس"), ("نيسان", "أبريل"), ("أيار", "مايو"),
    ("حزيران", "يونيه"), ("تموز", "يوليه"), ("آب", "أغسطس"), ("أيلول", "سبتمبر"), ("تشرين الأول", "أكتوبر"),
    ("تشرين الثاني", "نوفمبر"), ("كانون الأول", "ديسمبر"),
)  # fmt: skip
"""Months as the UN prints them in Arabic, both names with a stroke between."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head of a document says of it, as printed; None where it does not."""

    symbol: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    """Of adoption; else of the document."""
    body: str | None = None
    """English name (index/bodies.py)."""
    session: str | None = None
    """For example "Seventy-fourth session"."""
    agenda_item: str | None = None
    """For example "Agenda item 70 (b)"."""


def masthead_of(lines: Sequence[str], margins: Sequence[str] = (), whole: Sequence[str] = ()) -> Masthead:
    """Read the head of a document.

    lines: the first ones of its first page, in order. margins: its running heads, which name the symbol where the page
    does not. whole: all its lines; of a resolution they may name the meeting that adopted it.
    """
    head = [line.strip().rstrip("*").strip() for line in lines[:LINES]]
    symbol = next((s for line in head if (s := symbol_of(line))), None)
    symbol = symbol or next((s for line in margins if (s := symbol_of(line.strip()))), None)
    if symbol is None and any(body_named(line) == "Security Council" for line in head):
        symbol = next((s for line in head if (s := council_resolution(line))), None)
    opening = head[: next((n for n, line in enumerate(head) if _numbered(line)), len(head))]
    sessions = [n for n, line in enumerate(opening) if _SESSION.fullmatch(line)]
    items = [n for n, line in enumerate(opening) if _AGENDA.fullmatch(line)]
    several = len({line for line in whole if resolution_title(line)}) > 1
    bodies = [body for line in opening if (body := body_named(line))]
    return Masthead(
        symbol=symbol,
        title=_of_treaty_body(head)
        if _TREATY_BODY.match(symbol or "")
        else _title(head, _last_of(head, sessions, items), several),
        date=_date(opening, _years(symbol), whole if re.search("/(?:RES|DEC)/", symbol or "") else None),
        body=(body_of_symbol(symbol) if symbol else None) or (bodies[-1] if bodies else None),
        session=opening[sessions[0]] if sessions else None,
        agenda_item=opening[items[0]] if items else None,
    )


def _numbered(line: str) -> bool:
    mark = mark_of(line)
    return mark is not None and mark.kind == "number" and not resolution_title(line)


def _last_of(head: Sequence[str], sessions: Sequence[int], items: Sequence[int]) -> int | None:
    """The line that ends the masthead, above the title: the session or agenda item; the date below "Secretariat"."""
    office = next((n for n, line in enumerate(head) if _OFFICE.fullmatch(line)), None)
    dates = [n for n, line in enumerate(head) if office is not None and n > office and _bare_date(line)]
    return max((*sessions[:1], *items[:1], *dates[:1]), default=None)


def names_committee(line: str) -> bool:
    """Whether a line at the head of a document is the name of a committee and nothing else."""
    return len(line) <= 200 and _COMMITTEE.match(line) is not None and not line.endswith(ENDS)


def may_be_long_title(line: str) -> bool:
    """Whether what a document begins with is its title, though it is as long as a paragraph: it is no sentence."""
    return len(line) <= 300 and not line.endswith(ENDS) and "\n" not in line and not re.search(r"[.。;；]\s", line)


def names_treaty(line: str, symbol: str | None) -> bool:
    """Whether a line at the head of a committee's document is the name of the treaty, which is not the document's title."""
    return _TREATY_BODY.match(symbol or "") is not None and _TREATY.match(line) is not None


def _of_treaty_body(head: Sequence[str]) -> str | None:
    """The title of a committee's paper: the first line below its name that may be one."""
    named = [n for n, line in enumerate(head) if names_committee(line)]
    below = head[named[0] + 1 :] if named else ()
    titles = (line for line in below if not (_COMMITTEE.match(line) or _TREATY.match(line) or _SESSION.fullmatch(line)))
    return next((line for line in titles if _may_be_title(line, most=_LONGEST_COMMENT)), None)


def _title(head: Sequence[str], last_of_masthead: int | None, several: bool) -> str | None:
    """A resolution's printed title, where the paper has one; else what stands above "Report of …" and the like; else None."""
    for line in () if several else head:
        if title := resolution_title(line):
            return re.sub(r"^[-–—]\s*", "", title)
    start = 0 if last_of_masthead is None else last_of_masthead + 1
    for first in (start, 0):
        for n in range(first, len(head)):
            if _AUTHORED.match(head[n]) and len(head[n]) <= 300:
                above = head[n - 1] if n > first else ""
                return above if _may_be_title(above) else head[n] if _may_be_title(head[n]) else None
    return next(filter(_may_be_title, head[start:]), None) if last_of_masthead is not None else None


def _may_be_title(line: str, *, most: int = 300) -> bool:
    if not 3 < len(line) <= most or line.endswith((".", ",", "،", "，", "。", ":", "：", ")", "]")) or is_annex(line):
        return False
    return not (is_masthead(line) or body_named(line) or _ADOPTED.match(line) or _is_date(line) or mark_of(line))


def _is_date(line: str) -> bool:
    """Whether a line is a date or a span of dates ("2–13 December 2024"), and little else."""
    return len(line) < 50 and date_in(line) is not None


def _years(symbol: str | None) -> range:
    """The years in which a document of this symbol can be from: those of its session of the General Assembly, or the one in
    brackets; any where the symbol does not tell."""
    if session := session_year(symbol or "", "(?:RES|DEC)/"):
        return range(session, session + 2)
    year = re.search(r"\(((?:19|20)\d\d)\)$", symbol or "")
    return range(int(year[1]), int(year[1]) + 1) if year else range(1800, 2200)


def _date(head: Sequence[str], years: range, whole: Sequence[str] | None) -> datetime.date | None:
    """The date of adoption; else the first line of the masthead that is a date and nothing else. A date of another year than
    the symbol's is that of a document that is recalled.

    whole: all lines of a resolution, None for any other document. What a resolution prints below "Distr." is no date of it.
    """
    for n, line in enumerate(head):
        if _ADOPTED.search(line) and (adopted := date_in(" ".join(head[n : n + 2]))) and adopted.year in years:
            return adopted
    for line, following in pairwise((*(whole or ()), "")):
        if meeting := _MEETING.match(line.strip()):
            date = _bare_date(line.strip()[meeting.end() :] or following)
            if date and date.year in years:
                return date
    for line in head:
        if whole is not None and line.lower().startswith("distr"):
            return None
        if (date := _bare_date(line)) and date.year in years:
            return date
    return None


def _bare_date(line: str) -> datetime.date | None:
    """The date that a line is, if it is nothing else."""
    bare = line.strip(" .。").removesuffix("года").removesuffix("г").strip("[] ")
    return date_in(bare) if _date_pattern().fullmatch(bare) else None


def date_in(text: str) -> datetime.date | None:
    """The first date of a text that exists."""
    for found in _date_pattern().finditer(text):
        year, month, day = found.group("zh_year"), found.group("zh_month"), found.group("zh_day")
        if year is None:
            year, month, day = found.group("year"), str(_months()[found.group("month").casefold()]), found.group("day")
        try:
            return datetime.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def without_dates(text: str) -> str:
    """A text with a space in the place of each date, in any of the six languages."""
    return _date_pattern().sub(" ", text)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            names = get_month_names("wide", context=context, locale=language)
            found.update({str(name).casefold(): number for number, name in names.items()})
    for number, (levantine, egyptian) in enumerate(ARABIC_MONTHS, 1):
        found |= {levantine: number, egyptian: number, f"{levantine}/{egyptian}": number}
    return found


@lru_cache(maxsize=1)
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|º|°)?\s+(?:de\s+)?(?P<month>{months})(?:\s+de)?\s+(?P<year>\d{{4}})(?!\d)"
        r"|(?P<zh_year>\d{4})\s?年\s?(?P<zh_month>\d{1,2})\s?月\s?(?P<zh_day>\d{1,2})\s?日",
        re.IGNORECASE,
    )

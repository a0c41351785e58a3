"""What a paragraph of a UN document begins with: printed numbers, articles, annexes, speakers, in six languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["number", "letter", "heading", "article", "rule", "paragraph"]
AnnexKind = Literal["annex", "appendix", "schedule"]

_HAN = "一二三四五六七八九十"
_HAN_NUMBER = "[一二三四五六七八九十百〇零]{1,6}"
_BEGINS = '(?=[A-ZÀ-ÞЀ-Я؀-ۿ㐀-鿿“«"])'
"""What a paragraph begins with, not the rest of a figure ("3.4 million")."""
_ARABIC_ORDINALS = (
    "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر", "حادي عشر", "ثاني عشر", "ثالث عشر",
    "رابع عشر", "خامس عشر", "سادس عشر",
)  # fmt: skip
_ARABIC_ADVERBS = ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
_ARABIC_LETTERS = ("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون")
_ARABIC_SECTION = rf"(?:{'|'.join((*_ARABIC_ADVERBS, *_ARABIC_ORDINALS[10:], *_ARABIC_LETTERS))})ً?"
_LATIN_SECTION = "[IVXLC]{1,5}|[A-ZА-Я]"
_NUMBER = re.compile(
    rf"(\d{{1,3}}\.(?:[a-zа-я]|\d{{1,3}}))\.?\s+{_BEGINS}"  # 25.1, and 10.a of the Sustainable Development Goals
    r"|(\d{1,3}\s?(?:bis|ter|quater))\s?[.．]\s+"  # 5 bis.
    r"|(\d{1,3})\s?[.．、](?!\d)\s*"  # 12.
    r"|(\d{1,3})\s?[-–—]\s+(?=[؀-ۿ])"  # 12 -
    rf"|([{_HAN}]{{1,3}})、\s*"  # 一、
)
_HEADING = re.compile(
    rf"({_LATIN_SECTION})[.．](?:\s+|$)|([{_HAN}]{{1,3}})[.．]\s*|({_ARABIC_SECTION})\s?[-–—:]\s*(?=\S)"
)
_SECTION_ALONE = re.compile(rf"(?:{_LATIN_SECTION}|[{_HAN}]{{1,3}}|{_ARABIC_SECTION})")
_LETTER = re.compile(
    r"([a-z])[.．]\s+"
    r"|[(（]([a-z]{1,4}|\d{1,2}|[а-яё]|[ء-يﺀ-ﻼ]{1,2}|[子丑寅卯辰巳午未申酉戌亥]|[一二三四五六七八九十]{1,2})[)）]\s*"
    r"|([a-z]{1,4}|[а-яё]|\d{1,2})\)\s+"
    r"|([㈠-㈩])\s*"
    r"|[‘’'](\d{1,2})[‘’']\s*"
)
_ARTICLE = re.compile(
    r"(?:article|artículo|статья|المادة|art\.|(?P<rule>rule|règle|regla|правило|القاعدة))\s+"
    r"(\d+(?:\s?(?:bis|ter))?|premier|[IVXLC]+)\b\s*[.:–—-]*\s*|(?:第|规则)(" + _HAN_NUMBER + r"|\d+)条[：:]?\s*"
    r"|(?P<paragraph>paragraph|paragraphe|párrafo|пункт|الفقرة)\s+(\d{1,3})$",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    r"(?:(?P<part>part|partie|parte|часть|الجزء)|(?P<title>title|titre|título|الباب)|(?P<chapter>chapter|chapitre|capítulo|глава|الفصل))"
    r"\s+(?:[IVXLC]+|\d{1,2}|الأول|[ء-ي]{3,10}|premi[eè]re?|primer[oa]?)\b.{0,80}"
    r"|(?P<ordinal_part>(?:première|deuxième|troisième|\w+ième) partie|(?:primera|segunda|tercera|cuarta|quinta) parte)\b.{0,80}"
    r"|第[一二三四五六七八九十\d]{1,3}(?:(?P<zh_part>部分|编)|(?P<zh_chapter>章)|(?P<zh_section>节)).{0,40}",
    re.IGNORECASE,
)
_DIVISION_RANK = {
    "part": 0,
    "ordinal_part": 0,
    "zh_part": 0,
    "title": 1,
    "chapter": 2,
    "zh_chapter": 2,
    "zh_section": 3,
}
_ROMAN = re.compile(r"(?=[ivxl])(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ANNEX_WORDS: dict[AnnexKind, str] = {
    "appendix": "appendix|appendice|apéndice|добавление|التذييل|تذييل|附录|附文",
    "schedule": "schedule",
    "annex": "annexe|annex|anexo|приложение|المرفق|مرفق|附件",
}
_ANNEX_NUMBER = (
    rf"(?:\s*(?P<han>[{_HAN}]{{1,3}})(?=$|\s|[：:.．—–-])"
    rf"|\s+(?P<arabic>{'|'.join('ال' + word for word in reversed(_ARABIC_ORDINALS))})(?=$|\s|[:.–-])"
    r"|\s*(?P<latin>(?-i:[IVX]{1,5}|(?<=\s)[A-H])|\d{1,2})(?=$|\s|[：:.．—–-]))?"
)
_ANNEX = {
    kind: re.compile(rf"(?:{words}){_ANNEX_NUMBER}(?:$|(?=[\s：:.．—–*-]).{{0,100}}$)", re.IGNORECASE)
    for kind, words in _ANNEX_WORDS.items()
}
_ANNEX_OF_A_LETTER = re.compile(
    rf"(?:(?:annexe?|anexo|приложение|مرفق){_ANNEX_NUMBER}\s+(?:to the (?:identical )?(?:letter|note|communication)"
    r"|(?:à la|aux|à) (?:lettre|note|communication)|(?:de|a) (?:la|las) (?:carta|nota|comunicación)"
    r"|к (?:идентичным )?(?:письм|вербальной нот|нот)|(?:بال|ال)?(?:رسال|مذكر))"
    r"|.{4,200}(?:的信|普通照会)的?附件" + _ANNEX_NUMBER.replace("?P<", "?P<end_") + "$)",
    re.IGNORECASE,
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
        return Mark("letter", item, letter.end())
    heading = _HEADING.match(text)
    if heading:
        return Mark("heading", _group(heading), heading.end())
    counted = _NUMBER.match(text)
    return Mark("number", _group(counted), counted.end()) if counted else None


def is_section_alone(text: str) -> bool:
    """Whether a line is the number or letter of a section and nothing else: "II", "B"."""
    return _SECTION_ALONE.fullmatch(text) is not None


def ordinal(number: str) -> int | None:
    """What a printed number counts: 2 for "2", "٢", "II", "二", "ثانيا", "الثاني", "B", "باء"; None where it is none of these."""
    bare = number.rstrip("\u064b")
    if bare.isdecimal():
        return int(bare)
    if bare.lower() == "premier":  # the first article of a treaty, in French
        return 1
    if _HAN_COUNT.fullmatch(bare):
        tens, ten, ones = bare.rpartition("十")
        return (10 * (_HAN.index(tens) + 1 if tens else 1) if ten else 0) + (_HAN.index(ones) + 1 if ones else 0)
    for words in (_ARABIC_ADVERBS, _ARABIC_ORDINALS, _ARABIC_LETTERS):
        if bare.removeprefix("ال") in words or bare in words:
            return (words.index(bare) if bare in words else words.index(bare.removeprefix("ال"))) + 1
    if bare.isupper() and is_roman(bare):
        values = [{"I": 1, "V": 5, "X": 10}[c] for c in bare]
        return sum(-v if any(later > v for later in values[n + 1 :]) else v for n, v in enumerate(values))
    for first, last in (("A", "Z"), ("А", "Я")):
        if len(bare) == 1 and first <= bare <= last:
            return ord(bare) - ord(first) + 1
    return None


_HAN_COUNT = re.compile(rf"[{_HAN[:-1]}]?十?[{_HAN[:-1]}]?(?<=.)")


def rank(number: str) -> int:
    """How deep a section stands by the way it is counted: 0 for "II", "二" and "ثانيا", 1 for "B" and "باء", 2 for "2"."""
    if number.isdecimal():
        return 2
    bare = number.rstrip("\u064b")
    if bare in _ARABIC_LETTERS or (len(bare) == 1 and bare.isupper() and not is_roman(bare)):
        return 1
    return 0


def division_rank(text: str) -> int | None:
    """How deep a line that is the title of a part (0), a title (1), a chapter (2) or a section (3) stands; None for others."""
    found = _DIVISION.fullmatch(text)
    return next((_DIVISION_RANK[name] for name, value in found.groupdict().items() if value), None) if found else None


def is_roman(number: str) -> bool:
    """Whether a letter may be a small Roman number: "i", "iv", "xii"."""
    return _ROMAN.fullmatch(number) is not None


def is_annex(text: str) -> bool:
    """Whether a line is the title of an annex, an appendix or a schedule."""
    return any(pattern.match(text) for pattern in _ANNEX.values()) or is_annex_of_a_letter(text)


def is_annex_of_a_letter(text: str) -> bool:
    """Whether a paragraph says that the annex to a letter begins, however long ("Annex to the letter dated … addressed to …")."""
    return len(text) <= 300 and not text.endswith(_SENTENCE_ENDS) and _ANNEX_OF_A_LETTER.match(text) is not None


def annex_kind(text: str) -> AnnexKind:
    """Which of the three a title is of."""
    return next((kind for kind, pattern in _ANNEX.items() if pattern.match(text)), "annex")


def annex_number(text: str) -> str:
    """The number of an annex as printed ("II", "2", "二", "الثاني"), empty where it has none."""
    for pattern in (*_ANNEX.values(), _ANNEX_OF_A_LETTER):
        found = pattern.match(text)
        if found:
            return next((value for value in found.groupdict().values() if value), "")
    return ""


_SENTENCE_ENDS = (".", "。", "؟", "?", "!", ";", "；", "؛", ":", "：")


def is_letter_title(text: str) -> bool:
    """Whether a paragraph is the title of a letter or a note verbale. Such a title has no full stop."""
    return len(text) <= 300 and not text.endswith(_SENTENCE_ENDS) and _LETTER_TITLE.search(text) is not None


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

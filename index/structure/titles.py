"""Lines that are the title of a part of a document: annexes, letters, chapters, objectives, in six languages."""

from __future__ import annotations

import re
from typing import Literal

from index.structure.ordinals import ARABIC_ORDINALS, HAN

AnnexKind = Literal["annex", "appendix", "schedule"]
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
_ANNEX_WORDS: dict[AnnexKind, str] = {
    "appendix": "appendix|appendice|apéndice|добавление|التذييل|تذييل|附录|附文",
    "schedule": "schedule",
    "annex": "annexe|annex|anexo|приложение|المرفق|مرفق|附件",
}
_ANNEX_NUMBER = (
    rf"(?:\s*(?P<han>[{HAN}]{{1,3}})(?=$|\s|[：:.．—–-])"
    rf"|\s+(?P<arabic>{'|'.join('ال' + word for word in reversed(ARABIC_ORDINALS))})(?=$|\s|[:.–-])"
    r"|\s*(?P<latin>(?-i:[IVX]{1,5}|(?<=\s)[A-H])|\d{1,2})(?=$|\s|[：:.．—–-]))?"
)
_ANNEX = {
    kind: re.compile(rf"(?:{words}){_ANNEX_NUMBER}(?:$|(?=[\s：:.．—–*-]).{{0,100}}$)", re.IGNORECASE)
    for kind, words in _ANNEX_WORDS.items()
}
_ANNEX_ALONE = [
    re.compile(rf"(?:{words}){_ANNEX_NUMBER.removesuffix('?')}\s*[:：.]?$", re.IGNORECASE)
    for words in _ANNEX_WORDS.values()
]
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
_DRAFT = re.compile(
    r"(?:draft (?:resolution|decision)|projet de (?:résolution|décision)|proyecto de (?:resolución|decisión)"
    r"|проект (?:резолюции|решения)|مشروع (?:القرار|المقرر|قرار|مقرر)|(?:决议|决定)草案)"
    rf"\s*(?P<number>[IVXLC]{{1,5}}|\d{{1,2}}|[A-H]|[{HAN}]{{1,3}}"
    rf"|{'|'.join('ال' + word for word in reversed(ARABIC_ORDINALS))})?",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (".", "。", "؟", "?", "!", ";", "；", "؛", ":", "：")


def division_rank(text: str) -> int | None:
    """How deep a line that is the title of a part (0), a title (1), a chapter (2) or a section (3) stands; None for others."""
    found = _DIVISION.fullmatch(text)
    return next((_DIVISION_RANK[name] for name, value in found.groupdict().items() if value), None) if found else None


def is_annex(text: str) -> bool:
    """Whether a line is the title of an annex, an appendix or a schedule."""
    return any(pattern.match(text) for pattern in _ANNEX.values()) or is_annex_of_a_letter(text)


def is_annex_alone(text: str) -> bool:
    """Whether a line is the word and the number of an annex and nothing else: "Annex II"."""
    return any(pattern.match(text) for pattern in _ANNEX_ALONE)


def is_annex_of_a_letter(text: str) -> bool:
    """Whether a paragraph says that the annex to a letter begins, however long ("Annex to the letter dated … addressed to …")."""
    return len(text) <= 300 and not text.endswith(_SENTENCE_ENDS) and _ANNEX_OF_A_LETTER.match(text) is not None


def draft_number(text: str) -> str | None:
    """The number of the draft resolution that a line heads, as printed, empty where it has none; None for other lines."""
    found = _DRAFT.fullmatch(text)
    return (found["number"] or "") if found else None


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

"""Labels and citations, made by code from a clause's own fields."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Literal

from babel.dates import format_date

from index.clause import Clause, Document, Step
from index.masthead import ARABIC_MONTHS
from index.structure.ordinals import ordinal
from prompts import message

Form = Literal["short", "full"]
"""Short: "A/RES/77/176, para. 12 (c)". Full: "General Assembly resolution 77/176 of 14 December 2022, para. 12 (c), p. 4"."""

_RESOLUTION = (
    ("general_assembly", r"A/RES/(.+)"), ("security_council", r"S/RES/(.+)"),
    ("economic_and_social_council", r"E/RES/(.+)"), ("human_rights_council", r"A/HRC/RES/(.+)"),
)  # fmt: skip


def label(clause: Clause, language: str | None) -> str:
    """The label of a clause in a language, for example "annex, sect. 4, para. (o)"."""
    return clause.label or path_label(clause.path, language)


def path_label(path: Sequence[Step], language: str | None, *, in_words: bool = False) -> str:
    """A label path in a language. A number in square brackets is a count: the source prints none, or prints
    the same label more than once ("para. 1 [2]").

    in_words: preambular paragraphs as citations have them, "tenth preambular para."; up to the fortieth.
    """
    parts: list[str] = []
    for position, step in enumerate(path):
        below_paragraph = position > 0 and path[position - 1].kind in ("paragraph", "item", "preambular")
        if step.kind == "item" and below_paragraph:
            parts[-1] += message("label.subitem", language, number=step.number)
        elif step.kind in ("draft", "annex", "appendix", "schedule") and step.number:
            parts.append(message(f"label.{step.kind}_numbered", language, number=step.number))
        elif step.kind == "preambular" and in_words and (word := _ordinal(step.number, language)):
            parts.append(message("cite.preambular", language, ordinal=word))
        else:
            parts.append(message(f"label.{step.kind}", language, number=step.number))
        if step.again > 1:
            parts[-1] += message("label.again", language, number=step.again)
    return message("label.join", language).join(parts)


def place(clause: Clause, language: str | None) -> str:
    """The label of a clause as its citation has it."""
    return clause.label or path_label(clause.path, language, in_words=True)


def citation(document: Document, where: str, language: str | None, *, title: str | None = None) -> str:
    """Cite a place in a document: its symbol, or its title where no symbol is known, then the label."""
    name = document.symbol or message("cite.title", language, title=" ".join((title or document.title).split()))
    return _joined((name, where), language)


def title_of(document: Document, clause: Clause) -> str:
    """The title that a clause is cited by, on one line: a row of a `.jsonl` corpus may have its own."""
    own = clause.headings[0] if clause.path[0].kind == "row" and clause.headings else document.title
    return " ".join(own.split())


def cite_clause(document: Document, clause: Clause, language: str | None, form: Form = "short") -> str:
    """Cite a clause as the United Nations does. A row of a `.jsonl` corpus is cited by its own title where it has one; a
    text that was read from a picture says so."""
    title = title_of(document, clause)
    where = place(clause, language)
    picture = message("cite.from_picture", language) if document.from_picture else ""
    if form == "short":
        return _joined((citation(document, where, language, title=title), picture), language)
    page = message("cite.page", language, page=clause.page) if clause.page is not None else ""
    return _joined((_name(document, language, title), where, page, picture), language)


def _name(document: Document, language: str | None, title: str) -> str:
    """A document by its full name: a resolution by body, number and date, any other by title, date and symbol."""
    date = printed_date(document.date, language) if document.date else ""
    for body, symbol in _RESOLUTION:
        found = re.fullmatch(symbol, document.symbol or "")
        if found:
            number = re.sub(r"(?<=\S)\(", " (", found.group(1))  # 2758(XXVI), as the symbol has it
            key = "cite.resolution_dated" if date else "cite.resolution"
            return message(key, language, number=number, body=message(f"body.{body}", language), date=date)
    name = _joined((message("cite.title", language, title=title), date), language)
    return message("cite.with_symbol", language, name=name, symbol=document.symbol) if document.symbol else name


def printed_date(date: datetime.date, language: str | None) -> str:
    """A date as documents in a language print it: "14 December 2022"; in Arabic with both names of the month."""
    if language == "ar":
        return f"{date.day} {'/'.join(ARABIC_MONTHS[date.month - 1])} {date.year}"
    written = format_date(date, "d MMMM y" if language == "en" else "long", locale=language or "en")
    return re.sub(r"\s*г\.$", " года", written)


def _ordinal(number: str, language: str | None) -> str | None:
    words, count = message("cite.ordinals", language).split("|"), ordinal(number) or 0
    return words[count - 1] if number.isdecimal() and 0 < count <= len(words) else None


def _joined(parts: Sequence[str], language: str | None) -> str:
    return message("cite.join", language).join(part for part in parts if part)

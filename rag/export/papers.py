"""Notebooks and conversations as papers; every quotation verified while it is written."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.snapshot import Snapshot
from prompts import message
from rag.answer import Answer, Quote
from rag.cite import printed_date
from rag.compose import elsewhere, lead_in, searched_text
from rag.export.paper import Line, Paper
from rag.notebook import Kept
from rag.verify import verify


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer; None where none was given."""

    question: str
    answer: Answer | None


def notebook_paper(pins: Sequence[Kept], snapshot: Snapshot, language: str, today: datetime.date) -> Paper:
    """Each quotation with its citation, the question it answered and its note. `language` is that of the paper's own words."""
    gone = sum(1 for kept in pins if kept.place is None)
    lines = _head("notebook.tab", snapshot, language, today, len(pins) - gone, gone)
    question = None
    for kept in pins:
        if kept.pin.question and kept.pin.question != question:
            lines.append(Line("question", kept.pin.question, None))
        question = kept.pin.question
        if kept.place is None:
            lines.append(Line("gone", message("notebook.gone", language), language))
        else:
            lines += [
                Line("quotation", kept.pin.text, kept.place.clause.language),
                _cited(kept.place.citation, kept.place.document.title, language),
            ]
        if kept.pin.note.strip():
            note = message("notebook.note_line", language, note=" ".join(kept.pin.note.split()))
            lines.append(Line("note", note, language))
    return Paper(tuple(lines), language, len(pins) - gone, gone)


def conversation_paper(exchanges: Sequence[Exchange], snapshot: Snapshot, language: str, today: datetime.date) -> Paper:
    """Questions with what was answered: quotations, refusals as such, the nearest clause as such. `language` is that of the
    heading; each answer speaks its own."""
    body: list[Line] = []
    for exchange in exchanges:
        body.append(Line("question", exchange.question, None))
        if exchange.answer is None:
            body.append(Line("said", message("notebook.unanswered", language), language))
        else:
            body += _answer_lines(exchange.answer, snapshot)
    gone = sum(1 for line in body if line.kind == "gone")
    shown = sum(len(e.answer.quotes) + bool(e.answer.nearest) for e in exchanges if e.answer)
    head = _head("notebook.conversation", snapshot, language, today, shown - gone, gone)
    return Paper((*head, *body), language, shown - gone, gone)


def _answer_lines(answer: Answer, snapshot: Snapshot) -> list[Line]:
    language, lines = answer.language, []
    if answer.refused:
        lines.append(Line("said", message("nearest" if answer.nearest else "refusal", language), language))
        lines += _quoted(answer.nearest, snapshot, language) if answer.nearest else []
        lines.append(Line("said", searched_text(answer.searched, answer.searched_count, language), language))
    else:
        lines.append(Line("said", lead_in(len(answer.quotes), language), language))
        for quote in answer.quotes:
            lines += _quoted(quote, snapshot, language)
        percent = min(99, round(answer.confidence * 100))  # never "certain"
        lines.append(Line("fact", message("notebook.confidence", language, percent=percent), language))
    lines.append(Line("fact", _library(answer.fingerprint, answer.model, language), language))
    return lines


def _quoted(quote: Quote, snapshot: Snapshot, language: str) -> list[Line]:
    """A quotation, the official text beside it and where else it stands; one sentence instead where it does not verify."""
    if not verify(quote, snapshot):
        return [Line("gone", message("notebook.gone", language), language)]
    lines = [Line("quotation", quote.text, quote.language), _cited(quote.citation, quote.title, language)]
    if edition := quote.edition:
        lines += [Line("quotation", edition.text, edition.language), Line("citation", edition.citation, language)]
    return lines + [Line("citation", more, language) for more in elsewhere(quote, language)]


def _cited(citation: str, title: str, language: str) -> Line:
    """A citation. In an Arabic one a title that runs from left to right is marked so, or its numbers would change places."""
    title = " ".join(title.split())
    if language == "ar" and not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in title):
        citation = citation.replace(title, f"\u202a{title}\u202c", 1)
    return Line("citation", citation, language)


def _head(key: str, snapshot: Snapshot, language: str, today: datetime.date, verified: int, gone: int) -> list[Line]:
    facts = (
        message("notebook.exported_on", language, date=printed_date(today, language)),
        _library(snapshot.fingerprint, snapshot.model, language),
        counted(verified, gone, language),
    )
    return [Line("title", message(key, language), language), *(Line("fact", fact, language) for fact in facts)]


def counted(verified: int, gone: int, language: str) -> str:
    """How many quotations were verified, and how many are no longer in the library."""
    return message("notebook.counted" if gone else "notebook.all_verified", language, verified=verified, gone=gone)


def _library(fingerprint: str, model: str, language: str) -> str:
    return message("notebook.library", language, fingerprint=fingerprint, model=model)

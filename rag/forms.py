"""The JSON forms: what the command line and the page give to other programs. Stable; see README."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from index.clause import Clause, Document
from rag.answer import Answer
from rag.check.check import Check, Match
from rag.cite import label


def dump(value: dict[str, Any]) -> str:
    """One line of JSON; readable text where it can be printed as UTF-8, escapes where it cannot (lone surrogates)."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    # Some readers take these two for line ends; in JSON strings an escape means the same.
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def answer_form(answer: Answer) -> dict[str, Any]:
    """An answer, in the order of its fields."""
    return asdict(answer)


def clause_form(clause: Clause, language: str) -> dict[str, Any]:
    """A clause with its place; `text == document.text[start:end]`."""
    return {
        "clause": clause.id, "label": label(clause, language), "headings": list(clause.headings),
        "document": clause.document, "start": clause.start, "end": clause.end, "text": clause.text,
        "language": clause.language, "sentences": [[s.start, s.end] for s in clause.sentences],
    }  # fmt: skip


def document_form(document: Document, clauses: int) -> dict[str, Any]:
    """A document without its text."""
    return {
        "slug": document.slug, "title": document.title, "symbol": document.symbol,
        "date": document.date.isoformat() if document.date else None, "body": document.body,
        "session": document.session, "agenda_item": document.agenda_item, "language": document.language,
        "from_picture": document.from_picture,
        "clauses": clauses, "source": document.source, "document": document.sha256, "notes": list(document.notes),
    }  # fmt: skip


def check_form(check: Check) -> dict[str, Any]:
    """What the library says of a quotation."""
    nearest = check.nearest
    return {
        "id": check.id,
        "verbatim": check.verbatim,
        "matches": [_match_form(match) for match in check.matches],
        "nearest": nearest
        and {
            **_match_form(nearest.match),
            "text": nearest.text,
            "similarity": nearest.similarity,
            "differences": [asdict(difference) for difference in nearest.differences],
        },
    }


def _match_form(match: Match) -> dict[str, Any]:
    return asdict(match)

"""A notebook: quotations that somebody pinned, each looked at against the library again."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.clause import Clause, Document
from index.errors import ClausesError, NotFoundError
from index.snapshot import Snapshot
from rag.cite import cite_clause
from rag.forms import dump

MAX_PINS = 500
MAX_TEXT = 20_000
"""Characters of a quotation, and of the question it answered."""
MAX_NOTE = 10_000
"""Characters of a note."""
MAX_LENGTH = 6_000_000
"""Characters of a whole notebook as JSON; a browser keeps less for one site."""


class NotebookError(ClausesError):
    """A notebook that is not of the form that `pin_form` writes, or is too large."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A quotation that somebody keeps. It comes from outside: nothing in it is believed until `look_up` has found it."""

    text: str
    """`document.text[start:end]` when it was pinned."""
    document: str
    """sha256 of the document's file, hex."""
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""
    question: str
    """That it answered; empty where there was none."""
    pinned: datetime.datetime
    """When, UTC."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pinned quotation stands in the library, to the letter."""

    document: Document
    clause: Clause
    citation: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A pin and what the library says of it now."""

    pin: Pin
    place: Place | None
    """None where the library no longer holds just this text at just this place: it is then no quotation."""


def pin_at(span: str, snapshot: Snapshot, *, question: str = "", now: datetime.datetime) -> Pin:
    """The pin of a span "SHA256:START-END" of a document. Raises NotFoundError where no clause holds it."""
    found = re.fullmatch(r"([0-9a-f]{64}):(\d{1,12})-(\d{1,12})", span)
    place = _clause_of(found[1], int(found[2]), int(found[3]), snapshot) if found else None
    if found is None or place is None:
        raise NotFoundError("This quotation is not in the library; ask again and pin it from the new answer.")
    document, start, end = place[0], int(found[2]), int(found[3])
    return Pin(document.text[start:end], document.sha256, start, end, question[:MAX_TEXT], now)


def pin_form(pin: Pin) -> str:
    """A pin as one line of JSON; names as in the JSON form of a quote."""
    return dump({**asdict(pin), "pinned": pin.pinned.isoformat()})


def read_pins(kept: str) -> tuple[Pin, ...]:
    """The pins of a notebook: a JSON list of what `pin_form` writes. Raises NotebookError for anything else."""
    if len(kept) > MAX_LENGTH:
        raise NotebookError(f"The notebook has {len(kept):,} characters; the most that is read is {MAX_LENGTH:,}.")
    try:
        rows = json.loads(kept)
    except (ValueError, RecursionError):
        raise NotebookError("The notebook is not JSON; clear it and pin again.") from None
    if not isinstance(rows, list) or len(rows) > MAX_PINS:
        raise NotebookError(f"A notebook is a list of at most {MAX_PINS} pins; clear it and pin again.")
    return tuple(_pin(number, row) for number, row in enumerate(rows, 1))


def look_up(pins: Sequence[Pin], snapshot: Snapshot, language: str) -> tuple[Kept, ...]:
    """Each pin with its place in the library now. Citations are made anew, in `language`, from the clauses' own fields."""
    found = []
    for pin in pins:
        place = _clause_of(pin.document, pin.start, pin.end, snapshot)
        stands = place is not None and place[0].text[pin.start : pin.end] == pin.text
        found.append(Kept(pin, Place(*place, cite_clause(*place, language)) if place and stands else None))
    return tuple(found)


def _clause_of(sha256: str, start: int, end: int, snapshot: Snapshot) -> tuple[Document, Clause] | None:
    """The document and the clause that hold a span; a quotation lies in one clause."""
    document = snapshot.document_by_hash.get(sha256)
    if document is None or not 0 <= start < end <= len(document.text):
        return None
    try:
        clause = snapshot.clause_at(sha256, start)
    except KeyError:  # a document without clauses
        return None
    return (document, clause) if clause.start <= start and end <= clause.end else None


_TYPES = {"text": str, "document": str, "start": int, "end": int, "question": str, "pinned": str, "note": str}
_MOST = {"text": MAX_TEXT, "question": MAX_TEXT, "note": MAX_NOTE, "pinned": 40}


def _pin(number: int, row: Any) -> Pin:
    refused = NotebookError(f"Pin {number} of the notebook is not as it was written; clear the notebook and pin again.")
    if not isinstance(row, dict) or row.keys() != _TYPES.keys():
        raise refused
    if any(type(row[name]) is not kind for name, kind in _TYPES.items()):  # True is an int, too
        raise refused
    if any(len(row[name]) > most for name, most in _MOST.items()) or not re.fullmatch("[0-9a-f]{64}", row["document"]):
        raise refused
    try:
        pinned = datetime.datetime.fromisoformat(row["pinned"]).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        raise refused from None
    return Pin(**{**row, "pinned": pinned})

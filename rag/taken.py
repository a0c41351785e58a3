"""A quotation to take away: its words alone or with their citation, read from the document at that moment."""

from __future__ import annotations

from typing import Literal, get_args

from index.clause import Clause
from index.snapshot import Snapshot
from rag.reference import cited
from rag.verify import QuoteError

Manner = Literal["words", "un", "bibtex", "ris"]
MANNERS: tuple[Manner, ...] = get_args(Manner)


def taken(place: tuple[str, int, int], snapshot: Snapshot, manner: Manner, language: str, shown: str) -> str:
    """What is copied of the quotation at a place: (sha256 of the document, start, end), offsets in characters.

    "words" is the quotation and nothing else, "un" adds its citation on a line of its own, "bibtex" and "ris" are entries
    that hold it. `language` is that of the citation. Raises QuoteError where the document is gone or has, white space aside,
    other words than were `shown`.
    """
    clause, words = at(place, snapshot)
    if words.split() != shown.split():
        raise QuoteError("The document has other words here than were shown; ask again.")
    if manner == "words":
        return words
    if manner == "un":
        return f"{words}\n— {cited([clause], snapshot, language)}"
    return cited([clause], snapshot, language, manner, quoted=words)


def at(place: tuple[str, int, int], snapshot: Snapshot) -> tuple[Clause, str]:
    """The clause and the words at a place. Raises QuoteError where there is no such one."""
    document, start, end = place
    held = snapshot.document_by_hash.get(document)
    if held is None or not 0 <= start < end <= len(held.text):
        raise QuoteError("This place is no longer in the library; ask again.")
    return snapshot.clause_at(document, start), held.text[start:end]

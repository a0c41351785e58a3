"""The seal of a document: a digest of all that its citations are made of, so that nobody changes a title or a label unseen."""

from __future__ import annotations

import hashlib
import sqlite3

_SEALED = (
    "SELECT id, slug, sha256, title, symbol, date, language, source, notes, text_sha256,{added} left_out, body,"
    " session, agenda_item, from_picture FROM documents d WHERE {only} ORDER BY id",
    "SELECT b.document, b.ordinal, b.kind, b.path, b.headings, b.start, b.body, b.end, b.page FROM blocks b"
    " JOIN documents d ON d.id = b.document WHERE {only} ORDER BY b.document, b.ordinal",
    "SELECT c.document, c.ordinal, c.name, c.kind, c.path, c.headings, c.start, c.end, c.language, c.label, c.page"
    " FROM clauses c JOIN documents d ON d.id = c.document WHERE {only} ORDER BY c.document, c.ordinal, c.id",
    "SELECT c.document, c.ordinal, s.ordinal, s.start, s.end FROM sentences s JOIN clauses c ON c.id = s.clause"
    " JOIN documents d ON d.id = c.document WHERE {only} ORDER BY c.document, c.ordinal, c.id, s.ordinal",
)
"""Rows whose first column is the document's id. The text is in the seal by its hash; words and vectors have checks of
their own."""


def seals(db: sqlite3.Connection, sha256: str | None = None, *, added: bool = True) -> dict[int, str]:
    """The seal, 64 hex digits, that each document's rows have now, by its id; sha256: only of that file's document; added:
    with the time at which it was added, which no citation says.

    It shows what was changed by hand or by a fault, not what somebody changed who knows how to seal anew: it has no key.
    """
    only, values = ("1", ()) if sha256 is None else ("d.sha256 = ?", (sha256,))
    digests: dict[int, hashlib._Hash] = {}
    for statement in _SEALED:
        for row in db.execute(statement.format(only=only, added=" added," if added else ""), values):
            digest = digests.get(row[0])
            if digest is None:
                digest = digests[row[0]] = hashlib.sha256()
            digest.update(repr(row[1:]).encode("ascii", "backslashreplace"))
    return {document: digest.hexdigest() for document, digest in digests.items()}


def seal(db: sqlite3.Connection, sha256: str | None = None) -> None:
    """Seal all documents as they are now, or only that of a file. Inside a transaction."""
    made = [(digest, document) for document, digest in seals(db, sha256).items()]
    db.executemany("UPDATE documents SET seal = ? WHERE id = ?", made)

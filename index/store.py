"""The one file that is true: documents, blocks, clauses, sentences and vectors in SQLite."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.clause import Block, Clause, Document, Given, LeftOut, Sentence
from index.errors import LibraryError
from index.namesake import Namesake, is_numbered
from index.passages import Columns
from index.schema import FILE, SCHEMA_VERSION, broken, column_types, connect, prepare
from index.seal import seal, seals
from index.stored import dump, dump_path, load_path, restored, storable, text_hash
from index.vectors import STAMP
from index.words.tokens import tokens


class Store:
    """An open library file. One connection: use one Store a thread."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, *, read_only: str | None) -> None:
        self.folder = folder
        self.read_only = read_only
        """Why nothing can be changed here, or None."""
        self._db = connection

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the library in `folder`, made if missing. In a folder that cannot be written it opens for reading.

        Raises LibraryError for a file that is broken, of another program or of a later version; it is left as it is.
        """
        file = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"The library folder {folder} cannot be made: {error.strerror}.") from error
        read_only = None
        writable = os.access(folder, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
        if not writable:
            read_only = "its folder cannot be written"
        if not writable and not file.exists():
            raise LibraryError(f"There is no library in {folder}, and the folder cannot be written.")
        try:
            if file.exists() and not file.stat().st_size and (folder / STAMP).exists():
                raise sqlite3.DatabaseError("the file is empty, the index beside it is not")
            try:
                connection = connect(file, writable)
                prepare(connection, writable)
            except sqlite3.OperationalError as error:
                # On a full disk not even the log beside the file can be made; reading needs none.
                if not writable or not file.exists() or not file.stat().st_size:
                    raise
                writable, read_only = False, str(error)
                connection = connect(file, writable)
                prepare(connection, writable)
        except sqlite3.DatabaseError as error:
            raise broken(file, error) from error
        return cls(folder, connection, read_only=read_only)

    @property
    def writable(self) -> bool:
        """Whether documents can come and go."""
        return self.read_only is None

    def must_be_writable(self) -> None:
        """Raise LibraryError where nothing can be changed."""
        if self.read_only:
            raise LibraryError(
                f"The library in {self.folder} is read-only here ({self.read_only}): asking works, changing does not."
            )

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def get(self, key: str) -> str | None:
        """A value of the `meta` table."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: str) -> None:
        """Set a value of the `meta` table; inside `writing`."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it happens or nothing. Raises LibraryError when the disk is full or read-only."""
        self.must_be_writable()
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise LibraryError(
                    f"The library in {self.folder} could not be written ({error}); it is as it was before."
                ) from error
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError):
                raise broken(self.folder / FILE, error) from error
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One view of the library that no writer changes while it lasts."""
        try:
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            raise broken(self.folder / FILE, error) from error

    def change_count(self) -> int:
        """A number that moves whenever a document comes or goes, in this process or another."""
        return int(self.get("changes") or 0)

    def fingerprint(self) -> str:
        """A digest, 16 hex digits, of what answers are made of: texts, labels and entries of the documents, whenever and in
        whatever order they were added, the name of the model and the lexicon."""
        digest = hashlib.sha256(f"{SCHEMA_VERSION}\n{self.get('model')}\n".encode())
        for content in sorted(seals(self._db, added=False).values()):
            digest.update(f"{content}\n".encode())
        digest.update((self.get("lexicon") or "").encode())
        return digest.hexdigest()[:16]

    def known_vectors(self, hashes: Sequence[str]) -> set[str]:
        """Which of these texts (by `text_hash`) have a vector already."""
        known: set[str] = set()
        for first in range(0, len(hashes), 500):
            some = hashes[first : first + 500]
            marks = ",".join("?" * len(some))
            known |= {
                h for (h,) in self._db.execute(f"SELECT text_sha256 FROM vectors WHERE text_sha256 IN ({marks})", some)
            }
        return known

    def add_vectors(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Store vectors by text hash; those that are there stay. Inside `writing`."""
        self._db.executemany(
            "INSERT OR IGNORE INTO vectors (text_sha256, vector, crc) VALUES (:text, :vector, crc32(:vector))",
            ({"text": text, "vector": vector.astype("<f4").tobytes()} for text, vector in vectors.items()),
        )

    def add_document(self, document: Document, clauses: Sequence[Clause], *, replacing: Sequence[str] = ()) -> None:
        """Store a document with its clauses. The vectors of all their texts must be stored before. Inside `writing`.

        replacing: slugs of documents that go in the same step.
        """
        for slug in replacing:
            self._forget_given(slug)
            self._db.execute("DELETE FROM documents WHERE slug = ?", (slug,))
        if said := {key: str(value) for key, value in asdict(document.given).items() if value is not None}:
            self.put(f"given {document.sha256}", dump(said))
        row = self._db.execute(
            "INSERT INTO documents (slug, sha256, title, symbol, date, language, source, notes, text, text_sha256,"
            " added, left_out, body, session, agenda_item, from_picture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.slug, document.sha256, document.title, document.symbol,
                document.date.isoformat() if document.date else None, document.language, document.source,
                dump(document.notes), storable(document.text), text_hash(document.text),
                datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                dump([asdict(piece) for piece in document.left_out]), document.body, document.session,
                document.agenda_item, document.from_picture,
            ),
        ).lastrowid  # fmt: skip
        self._db.executemany(
            "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (row, n, b.kind, dump_path(b.path), dump(b.headings), b.start, b.body, b.end, b.page)
                for n, b in enumerate(document.blocks)
            ),
        )
        vector = "(SELECT id FROM vectors WHERE text_sha256 = ?)"
        for n, c in enumerate(clauses):
            words = " ".join(tokens(c.searched, c.language))
            clause = self._db.execute(
                "INSERT INTO clauses (document, ordinal, name, kind, path, headings, start, end, language, label,"
                f" tokens, page, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {vector})",
                (row, n, c.id, c.kind, dump_path(c.path), dump(c.headings), c.start, c.end, c.language, c.label,
                 words, c.page, text_hash(c.searched)),
            ).lastrowid  # fmt: skip
            self._db.executemany(
                f"INSERT INTO sentences VALUES (?, ?, ?, ?, {vector})",
                (
                    (clause, k, s.start, s.end, text_hash(document.text[s.start : s.end]))
                    for k, s in enumerate(c.sentences)
                ),
            )
        seal(self._db, document.sha256)
        if replacing:
            self._remove_unused_vectors()
        self.changed()

    def replace_vectors(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """Put other vectors in the place of those of the same texts. Inside `writing`."""
        self._db.executemany(
            "UPDATE vectors SET vector = :vector, crc = crc32(:vector) WHERE text_sha256 = :text",
            ({"text": text, "vector": vector.astype("<f4").tobytes()} for text, vector in vectors.items()),
        )
        self.changed()

    def remove_document(self, slug: str) -> bool:
        """Remove a document and the vectors that nothing else needs; False where it is not there. Inside `writing`."""
        self._forget_given(slug)
        gone = self._db.execute("DELETE FROM documents WHERE slug = ?", (slug,)).rowcount
        if gone:
            self._remove_unused_vectors()
            self.changed()
        return bool(gone)

    def _remove_unused_vectors(self) -> None:
        self._db.execute(
            "DELETE FROM vectors WHERE id NOT IN (SELECT vector FROM clauses)"
            " AND id NOT IN (SELECT vector FROM sentences)"
        )

    def slug_of(self, sha256: str) -> str | None:
        """The slug of the document with this file hash, if it is in the library."""
        row = self._db.execute("SELECT slug FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return row[0] if row else None

    def namesakes(self, document: Document) -> list[Namesake]:
        """The documents with this one's slug, or with it and a number ("paper-2"), or of its symbol, or of a file of the same
        name and language whose symbol is no other; in the order they came."""
        slug, found = document.slug, []
        for number, name, sha256, symbol, title, date, language, source in self._db.execute(
            "SELECT id, slug, sha256, symbol, title, date, language, source FROM documents"
            " WHERE slug = ? OR (slug >= ? AND slug < ?) OR symbol = ? OR source = ? ORDER BY id",
            (slug, f"{slug}-", f"{slug}.", document.symbol, document.source),  # "." is the character after "-"
        ):
            same = symbol is not None and symbol == document.symbol
            unsaid = symbol is None or document.symbol is None
            by_file = source == document.source and language == document.language and unsaid
            if is_numbered(name, slug) or same or by_file:
                texts, whole = self._clause_and_block_texts(number)
                given = self._given(sha256)
                found.append(Namesake(name, symbol, title, date, language, texts, whole, source, given))
        return found

    def _clause_and_block_texts(self, document: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        (stored,) = self._db.execute("SELECT text FROM documents WHERE id = ?", (document,)).fetchone()
        text = restored(stored)
        clauses = self._db.execute("SELECT start, end FROM clauses WHERE document = ? ORDER BY ordinal", (document,))
        blocks = self._db.execute("SELECT body, end FROM blocks WHERE document = ? ORDER BY ordinal", (document,))
        return tuple(text[start:end] for start, end in clauses), tuple(text[body:end] for body, end in blocks)

    def _given(self, sha256: str) -> Given:
        """What was said of the document with this file hash; of most nothing was."""
        said = json.loads(self.get(f"given {sha256}") or "{}")
        if "date" in said:
            said["date"] = datetime.date.fromisoformat(said["date"])
        return Given(**said)

    def _forget_given(self, slug: str) -> None:
        self._db.execute(
            "DELETE FROM meta WHERE key IN (SELECT 'given ' || sha256 FROM documents WHERE slug = ?)", (slug,)
        )

    def slugs(self) -> set[str]:
        """The slugs of all documents."""
        return {slug for (slug,) in self._db.execute("SELECT slug FROM documents")}

    def broken_seals(self, sha256: str | None = None) -> list[str]:
        """A sentence for each document whose entry, blocks, clauses or sentences are not as they were when it was added."""
        now, only = seals(self._db, sha256), ("", ()) if sha256 is None else (" WHERE sha256 = ?", (sha256,))
        return [
            f"What citations of {slug} are made of (its title, symbol, date, the labels of its clauses) was changed in"
            f" {self.folder / FILE} since it was added."
            for row, slug, sealed in self._db.execute(
                f"SELECT id, slug, seal FROM documents{only[0]} ORDER BY id", only[1]
            )
            if now[row] != sealed
        ]

    def documents(self, sha256: str | None = None, *, sealed: bool = True) -> list[Document]:
        """All documents with their blocks, in the order they came; or only the one of a file.

        Raises LibraryError where a text was changed since it was added or, if sealed, anything that a citation is made of.
        """
        if sealed and (broken := self.broken_seals(sha256)):
            raise LibraryError(
                f"{broken[0]} Nothing is quoted from it: move the library away and add its documents again."
            )
        only = ("", ()) if sha256 is None else (" WHERE d.sha256 = ?", (sha256,))
        blocks: dict[int, list[Block]] = {}
        for document, kind, path, headings, start, body, end, page in self._db.execute(
            "SELECT b.document, b.kind, b.path, b.headings, b.start, b.body, b.end, b.page FROM blocks b"
            f" JOIN documents d ON d.id = b.document{only[0]} ORDER BY b.document, b.ordinal",
            only[1],
        ):
            block = Block(kind, load_path(path), tuple(json.loads(headings)), start, body, end, page)
            blocks.setdefault(document, []).append(block)
        found: list[Document] = []
        for (
            row, slug, sha256, title, symbol, date, language, source, notes, stored, digest, left, body, session, item,
            picture,
        ) in self._db.execute(
            "SELECT id, slug, sha256, title, symbol, date, language, source, notes, text, text_sha256,"
            f" left_out, body, session, agenda_item, from_picture FROM documents d{only[0]} ORDER BY id",
            only[1],
        ):  # fmt: skip
            text = restored(stored)
            if text_hash(text) != digest:  # quotes are slices of this text: nobody may have touched it
                raise LibraryError(
                    f"The text of {slug} was changed in {self.folder / FILE} since it was added; nothing is quoted from it:"
                    " move the library away and add its documents again."
                )
            found.append(
                Document(
                    slug=slug, text=text, blocks=tuple(blocks.get(row, ())), sha256=sha256, title=title,
                    language=language, source=source, symbol=symbol,
                    date=datetime.date.fromisoformat(date[:10]) if date else None, notes=tuple(json.loads(notes)),
                    left_out=tuple(LeftOut(**piece) for piece in json.loads(left)), body=body, session=session,
                    agenda_item=item, from_picture=bool(picture), given=self._given(sha256),
                )
            )  # fmt: skip
        return found

    def clauses(self, documents: Sequence[Document]) -> tuple[list[Clause], list[int], list[list[int]]]:
        """All clauses in the order of `documents`, the vector id of each, and those of each one's sentences."""
        by_hash = {d.sha256: d for d in documents}
        sentences: dict[int, list[tuple[Sentence, int]]] = {}
        for clause, start, end, vector in self._db.execute(
            "SELECT clause, start, end, vector FROM sentences ORDER BY clause, ordinal"
        ):
            sentences.setdefault(clause, []).append((Sentence(start, end), vector))
        columns: dict[str, Columns] = {}
        found: list[Clause] = []
        vectors: list[int] = []
        sentence_vectors: list[list[int]] = []
        for row, sha256, name, kind, path, headings, start, end, language, label, vector, page in self._db.execute(
            "SELECT c.id, d.sha256, c.name, c.kind, c.path, c.headings, c.start, c.end, c.language, c.label, c.vector,"
            " c.page"
            " FROM clauses c JOIN documents d ON d.id = c.document ORDER BY d.id, c.ordinal"
        ):
            own, steps, text = sentences.get(row, []), load_path(path), by_hash[sha256].text[start:end]
            above = columns.setdefault(sha256, Columns()).above(steps, kind, text)
            found.append(
                Clause(
                    id=name, document=sha256, kind=kind, path=steps, headings=tuple(json.loads(headings)),
                    start=start, end=end, text=text,
                    sentences=tuple(s for s, _ in own), language=language, label=label,
                    page=page, columns=above,
                )
            )  # fmt: skip
            vectors.append(vector)
            sentence_vectors.append([v for _, v in own])
        return found, vectors, sentence_vectors

    def tokens(self) -> list[list[str]]:
        """The tokens of each clause, in the order of `clauses`."""
        rows = self._db.execute(
            "SELECT c.tokens FROM clauses c JOIN documents d ON d.id = c.document ORDER BY d.id, c.ordinal"
        )
        return [words.split(" ") if words else [] for (words,) in rows]

    def vectors(self, dimension: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Ids, shape (n,), ascending, and vectors, shape (n, dimension), unit length, of all distinct texts."""
        rows = self._db.execute("SELECT id, vector FROM vectors ORDER BY id").fetchall()
        ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        data = b"".join(row[1] for row in rows)
        if len(data) != len(rows) * dimension * 4:
            raise LibraryError(f"{self.folder / FILE} holds vectors of another length than {dimension}; rebuild it.")
        return ids, np.frombuffer(data, dtype="<f4").reshape(len(rows), dimension).astype(np.float32)

    def vector_rows(self) -> Iterator[tuple[int, str, bytes, int]]:
        """Id, text hash, bytes as stored and their CRC-32 when they were stored, of every vector."""
        yield from self._db.execute("SELECT id, text_sha256, vector, crc FROM vectors ORDER BY id")

    def copy_to(self, file: Path) -> None:
        """Write the whole library into one new file, of one state whatever is added meanwhile."""
        self._db.execute("VACUUM INTO ?", (str(file),))

    def check(self, *, thorough: bool = False) -> str | None:
        """What SQLite itself finds wrong with the file, or None. thorough: its indexes are compared with the rows too."""
        try:
            others = "SELECT group_concat(name, ', ') FROM sqlite_master WHERE type IN ('trigger', 'view')"
            if found := self._db.execute(others).fetchone()[0]:
                return f"it holds what a library has not: {found}"
            look = "PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)"
            found = str(self._db.execute(look).fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)
        return None if found == "ok" else found

    def wrong_types(self) -> list[str]:
        """A sentence for each column that holds a value of another type than it is for, which SQLite lets pass."""
        found: list[str] = []
        for table, columns in column_types().items():
            checks = [
                f"max(typeof({column}) NOT IN ({', '.join(map(repr, types))}))" for column, types in columns.items()
            ]
            row = self._db.execute(f"SELECT {', '.join(checks)} FROM {table}").fetchone()
            found += [
                f"{table}.{column} holds what is not {' or '.join(types)}."
                for (column, types), is_wrong in zip(columns.items(), row, strict=True)
                if is_wrong
            ]
        return found

    def changed(self) -> None:
        """Move `change_count`; inside `writing`."""
        self.put("changes", str(self.change_count() + 1))

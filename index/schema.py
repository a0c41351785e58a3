"""The format of a library's file: its tables, what brings an older file to it, and how one is opened."""

from __future__ import annotations

import re
import sqlite3
import zlib
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from index.errors import LibraryError
from index.seal import seal
from index.stored import restored
from index.words.tokens import tokens

FILE = "library.sqlite3"
APPLICATION_ID = 0x436C6175  # "Clau"
SCHEMA_VERSION = 6
_UPGRADES = {
    1: (
        "ALTER TABLE documents ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE blocks ADD COLUMN page INTEGER",
        "ALTER TABLE clauses ADD COLUMN page INTEGER",
    ),
    2: (
        "ALTER TABLE documents ADD COLUMN body TEXT",
        "ALTER TABLE documents ADD COLUMN session TEXT",
        "ALTER TABLE documents ADD COLUMN agenda_item TEXT",
        "ALTER TABLE documents ADD COLUMN from_picture INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE vectors ADD COLUMN crc INTEGER NOT NULL DEFAULT 0",
        "UPDATE vectors SET crc = crc32(vector)",
    ),
    3: (
        "UPDATE clauses SET tokens = tokens_of(language, start, end, (SELECT text FROM documents WHERE id = document))",
    ),
    4: ("ALTER TABLE documents ADD COLUMN seal TEXT NOT NULL DEFAULT ''",),
    5: (),  # rows of tables may stand under others; those that are here stay as they are
}
"""What brings a library of an earlier version to the next one."""
_SEALED_FROM = 5
"""The version that seals documents: those of a library of an earlier one are sealed as they are, once. What is sealed stays so,
or a change by hand would be sealed with it."""
_SAME_TABLES = 5
"""The earliest version whose tables are those of this one: it can be read where nothing can be written."""
BUSY_SECONDS = 60.0
"""How long a writer waits for another. Vectors are made before the transaction, so each holds it for moments only."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    symbol TEXT, date TEXT, language TEXT, source TEXT NOT NULL, notes TEXT NOT NULL, text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL, added TEXT NOT NULL, left_out TEXT NOT NULL DEFAULT '[]', body TEXT, session TEXT,
    agenda_item TEXT, from_picture INTEGER NOT NULL DEFAULT 0, seal TEXT NOT NULL DEFAULT '');
CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
    path TEXT NOT NULL, headings TEXT NOT NULL, start INTEGER NOT NULL, body INTEGER NOT NULL, end INTEGER NOT NULL,
    page INTEGER, PRIMARY KEY (document, ordinal)) WITHOUT ROWID;
CREATE TABLE vectors (id INTEGER PRIMARY KEY AUTOINCREMENT, text_sha256 TEXT NOT NULL UNIQUE, vector BLOB NOT NULL,
    crc INTEGER NOT NULL);
CREATE TABLE clauses (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, headings TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, language TEXT, label TEXT, tokens TEXT NOT NULL,
    vector INTEGER NOT NULL REFERENCES vectors, page INTEGER);
CREATE INDEX clauses_by_document ON clauses (document, ordinal);
CREATE INDEX clauses_by_vector ON clauses (vector);
CREATE TABLE sentences (
    clause INTEGER NOT NULL REFERENCES clauses ON DELETE CASCADE, ordinal INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, vector INTEGER NOT NULL REFERENCES vectors, PRIMARY KEY (clause, ordinal)) WITHOUT ROWID;
CREATE INDEX sentences_by_vector ON sentences (vector);
"""


def broken(file: Path, error: sqlite3.DatabaseError) -> LibraryError:
    """What to raise for an error of SQLite: a sentence that tells a full disk or a lock from a broken file."""
    if isinstance(error, sqlite3.OperationalError) and not re.search("malformed|decode", str(error)):
        return LibraryError(
            f"{file} cannot be used just now ({error}), though nothing says that it is broken: see that the disk has room, "
            "that the folder can be written, and that no other program holds the file."
        )
    return LibraryError(
        f"{file} is broken or is not a library ({error}); it was left as it is: "
        "move it away or name another folder with --library."
    )


def connect(file: Path, writable: bool) -> sqlite3.Connection:
    """A connection in autocommit mode; one that cannot write leaves nothing beside the file."""
    if writable:
        return sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    # WAL needs to write beside the file even for reading. Where nothing can be written and no writer has left a log,
    # nothing changes either, and SQLite may be told so.
    log = file.with_name(file.name + "-wal")
    immutable = "" if log.exists() and log.stat().st_size else "&immutable=1"
    uri = f"{file.resolve().as_uri()}?mode=ro{immutable}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def prepare(db: sqlite3.Connection, writable: bool) -> None:
    """Make the tables in a new file, bring an older one to this version.

    Raises sqlite3.DatabaseError for a file of another program, or newer than this one.
    """
    db.execute("PRAGMA foreign_keys = ON")
    db.create_function("crc32", 1, zlib.crc32, deterministic=True)
    db.create_function("tokens_of", 4, _tokens_of, deterministic=True)
    application, version = _identity(db)
    if writable:
        if application == 0 and version == 0 and not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            if _identity(db) == (0, 0):  # another process may have been first
                for statement in _SCHEMA.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            db.execute("COMMIT")
        db.execute("PRAGMA synchronous = FULL")
    application, version = _identity(db)
    if writable and application == APPLICATION_ID and version in _UPGRADES:
        db.execute("BEGIN IMMEDIATE")
        while (version := _identity(db)[1]) in _UPGRADES:  # another process may have been first
            for statement in _UPGRADES[version]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version + 1}")
            if version + 1 == _SEALED_FROM:
                seal(db)
        db.execute("COMMIT")
    if application != APPLICATION_ID:
        raise sqlite3.DatabaseError("an SQLite file of another program")
    if not (SCHEMA_VERSION if writable else _SAME_TABLES) <= version <= SCHEMA_VERSION:
        raise sqlite3.DatabaseError(
            f"made by version {version} of the library format, this program reads {SCHEMA_VERSION}"
        )


@lru_cache(maxsize=1)
def column_types() -> dict[str, dict[str, tuple[str, ...]]]:
    """By table and column: the types (as `typeof` names them) that its values may have."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(_SCHEMA)
        tables = re.findall(r"CREATE TABLE (\w+)", _SCHEMA)
        return {
            table: {
                column: (
                    declared.lower(),
                    *(() if not_null or key else ("null",)),
                    *(("blob",) if (table, column) == ("documents", "text") else ()),  # see `storable`
                )
                for _, column, declared, not_null, _, key in db.execute(f"PRAGMA table_info({table})")
            }
            for table in tables
        }


def _tokens_of(language: str | None, start: int, end: int, text: str | bytes) -> str:
    return " ".join(tokens(restored(text)[start:end], language))


def _identity(db: sqlite3.Connection) -> tuple[int, int]:
    return db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0]

"""A library is looked over, handed on as one file, and taken in again."""

from __future__ import annotations

import datetime
import io
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.audit import audit
from index.clause import Given
from index.errors import FileRefusedError, LibraryError
from index.library import Library
from index.schema import FILE
from index.seal import seal
from index.store import Store
from index.transfer import export_library, import_library
from index.words.learn import learn
from tests.fakes import CountingEmbedder

Write = Callable[[str, str], Path]
TWO = "1. Bread is dear in the towns. It was not.\n\n2. Schools teach children to read."


@pytest.fixture
def two(small: Library, file: Write) -> Library:
    small.add(file("two.txt", TWO))
    return small


def faults(folder: Path, embedder: CountingEmbedder | None = None) -> tuple[str, ...]:
    with closing(Store.open(folder)) as store:
        return audit(store, embedder).faults


def test_a_sound_library_has_no_fault(two: Library) -> None:
    with closing(Store.open(two.folder)) as store:
        found = audit(store, CountingEmbedder())
    assert (found.documents, found.clauses, found.sentences, found.faults) == (1, 2, 3, ())


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE documents SET text = replace(text, 'dear', 'free')", "was changed"),
        ("UPDATE vectors SET vector = zeroblob(length(vector)) WHERE id = 1", "Vector 1 was changed"),
        ("UPDATE clauses SET end = end - 2 WHERE ordinal = 1", "no block"),
        ("UPDATE clauses SET tokens = 'bread' WHERE ordinal = 1", "the words it is searched by"),
        ("UPDATE clauses SET vector = 1 WHERE ordinal = 1", "that of another text"),
        ("DELETE FROM sentences WHERE ordinal = 1", "do not cover"),
        ("UPDATE blocks SET start = start + 4, body = body + 4", "in no block"),
        *(
            (f"UPDATE {table} SET {column} = {value}", "What citations of two")
            for table, column, value in [
                ("documents", "symbol", "'A/RES/1/1'"),
                ("documents", "title", "title || '.'"),
                ("documents", "date", "'2031-01-01'"),
                ("documents", "source", "'other.txt'"),
                ("documents", "body", "'General Assembly'"),
                ("documents", "from_picture", "1"),
                ("documents", "notes", "'[\"so\"]'"),
                ("clauses", "label", "'para. 9'"),
                ("clauses", "name", "name || 'x'"),
                ("clauses", "kind", "'note'"),
                ("clauses", "headings", "'[\"Other\"]'"),
                ("clauses", "page", "7"),
                ("clauses", "language", "'fr'"),
                ("clauses", "path", "replace(path, '\"paragraph\"', '\"item\"')"),
                ("clauses", "path", "'no path'"),
                ("blocks", "path", "replace(path, '\"2\"', '\"3\"')"),
            ]
        ),
        ("CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM documents; END", "what a library has not: t"),
    ],
)
def test_each_change_behind_the_librarys_back_is_found(two: Library, tmp_path: Path, statement: str, says: str) -> None:
    two.close()
    with closing(sqlite3.connect(two.folder / FILE)) as db:
        db.execute(statement)
        db.commit()
    assert any(says in fault for fault in faults(two.folder)), faults(two.folder)
    with (
        closing(Library(tmp_path / "other", CountingEmbedder)) as other,
        pytest.raises(FileRefusedError, match="damaged"),
    ):
        list(import_library(two.folder / FILE, other))


@pytest.mark.parametrize("statement", ["documents SET symbol = 'A/1'", "clauses SET path = replace(path, '1', '3')"])
def test_nothing_is_cited_from_what_was_changed_behind_the_librarys_back(two: Library, statement: str) -> None:
    two.close()
    with closing(sqlite3.connect(two.folder / FILE)) as db:
        db.execute(f"UPDATE {statement}")
        db.commit()
    with (
        closing(Library(two.folder, CountingEmbedder)) as changed,
        pytest.raises(LibraryError, match="citations of two"),
    ):
        changed.snapshot()


PATHS = "path = replace(path, '[\"paragraph\", \"1\"]', '{}')"
NESTED = "replace(hex(zeroblob(20000)), '00', '[') || replace(hex(zeroblob(20000)), '00', ']')"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        *(
            ([f"UPDATE {table} SET {PATHS.format(path)}" for table in ("blocks", "clauses")], says)
            for path, says in [
                ('["evil", "1"]', "no label"),
                ('["paragraph", 7]', "no label"),
                ('["paragraph", "\\ud800"]', "no label"),
                ('["paragraph", "1", "zz"]', "no label"),
                ('["paragraph", "1", 0]', "no label"),
                ('["paragraph", "1", true]', "no label"),
                ('["paragraph", ["1"]]', "no label"),
                ('["paragraph", "1", 1, 1]', "cannot be read"),
                ('["table_row", "1"]', "cannot be read"),
                ('["row", "two#1"], ["item", "a"]', "is not what"),
            ]
        ),
        *(
            ([f"UPDATE {table} SET {change}" for table in ("blocks", "clauses")], says)
            for change, says in [
                ("path = '[]'", "no label"),
                (f"path = {NESTED}", "cannot be read"),
                ("kind = 'evil'", "no kind of block"),
                ("headings = '[1, null]'", "headings"),
                ("page = '<b>'", "page"),
                ("page = -1", "page"),
                ("start = 'x'", "start"),
                ("start = 0.5", "start"),
            ]
        ),
        (["UPDATE clauses SET path = '[]'"], "cannot be read"),
        (["UPDATE blocks SET body = 'x'"], "blocks.body"),
        (["UPDATE sentences SET end = 'x'"], "sentences.end"),
        (["UPDATE clauses SET tokens = x'ff'"], "clauses.tokens"),
        (["UPDATE clauses SET name = 'two#1'"], "two clauses"),
        (["UPDATE clauses SET name = 'rows#1' WHERE name = 'two#1'"], "is not what"),
        (["UPDATE clauses SET name = 'other' WHERE name = 'r1'"], "is not what"),
        (["UPDATE clauses SET label = 'para. 9' WHERE name = 'two#1'"], "label of its own"),
        (["UPDATE clauses SET headings = '[\"Other\"]' WHERE name = 'two#1'"], "no block"),
        (["UPDATE clauses SET page = 3 WHERE name = 'two#1'"], "no block"),
        (["UPDATE clauses SET kind = 'note' WHERE name = 'two#1'"], "no block"),
        (["UPDATE clauses SET ordinal = 7 WHERE name = 'two#1'"], "no block"),
        (["DELETE FROM sentences", "DELETE FROM clauses"], "2 blocks"),
        (["UPDATE blocks SET kind = 'heading' WHERE ordinal = 1"], "blocks"),
        (["UPDATE documents SET slug = '../two \x1b[5m' WHERE id = 1"], "no name of a document"),
        (["UPDATE documents SET sha256 = 'x\" onclick=\"' WHERE id = 1"], "no hash"),
        (["UPDATE documents SET notes = '[1]'"], "notes"),
        (['UPDATE documents SET left_out = \'[{"kind": 1, "text": ""}]\''], "left out"),
        (["UPDATE documents SET left_out = '[{\"x\": 1}]'"], "cannot be read"),
        (["UPDATE documents SET title = x'00'"], "title"),
        (["UPDATE documents SET date = '2022-99-99'"], "cannot be read"),
        (["UPDATE documents SET from_picture = 'no'"], "from_picture"),
        (["INSERT INTO meta SELECT 'given ' || sha256, '{\"title\": \"Other\"}' FROM documents"], "was said of it"),
        (["INSERT INTO meta SELECT 'given ' || sha256, '{\"slug\": \"a b\"}' FROM documents"], "was said of it"),
        (
            [
                "CREATE TABLE made AS SELECT * FROM documents",
                "DROP TABLE documents",
                "ALTER TABLE made RENAME TO documents",
                "UPDATE documents SET slug = 'two'",
            ],
            "one name",
        ),
        (["INSERT INTO meta SELECT 'given ' || sha256, '{\"evil\": 1}' FROM documents"], "cannot be read"),
    ],
)
def test_a_library_that_is_not_well_formed_is_found_and_refused_whole(
    two: Library, file: Write, tmp_path: Path, statements: list[str], says: str
) -> None:
    two.add(file("rows.jsonl", '{"id": "r1", "text": "Mills grind.", "label": "row one"}'))
    exported = tmp_path / "all.clauses"
    export_library(two.folder, exported)
    for place in (exported, two.folder / FILE):
        with closing(sqlite3.connect(place)) as db:
            for statement in statements:
                db.execute(statement)
            seal(db)  # whoever made it knows how
            db.commit()
    assert any(says in fault for fault in faults(two.folder)), faults(two.folder)
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        with pytest.raises(FileRefusedError, match=r"damaged library.*nothing of it was added"):
            list(import_library(exported, other))
        assert not other.snapshot().documents


def change_vectors(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change all vectors of a library behind its back, with their check sums."""
    with closing(sqlite3.connect(file)) as db:
        for number, vector in db.execute("SELECT id, vector FROM vectors").fetchall():
            other = change(vector)
            db.execute("UPDATE vectors SET vector = ?, crc = ? WHERE id = ?", (other, zlib.crc32(other), number))
        db.commit()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda vector: vector[:8], "is not what counting makes"),
        (lambda vector: b"", "unit length"),
        (lambda vector: vector[:9], "no vector"),
        (lambda vector: vector * 2, "unit length"),
        (lambda vector: b"\0\0\xc0\x7f" + vector[4:], "no number"),
        (lambda vector: b"\0\0\x80?", "is not what counting makes"),
        (lambda vector: vector + bytes(4), "is not what counting makes"),
    ],
)
def test_vectors_that_the_model_cannot_have_made_are_found_and_refused(
    two: Library, tmp_path: Path, change: Callable[[bytes], bytes], says: str
) -> None:
    two.close()
    change_vectors(two.folder / FILE, change)
    assert any(says in fault for fault in faults(two.folder, CountingEmbedder()))
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        with pytest.raises(FileRefusedError, match=r"damaged library.*nothing of it was added"):
            list(import_library(two.folder / FILE, other))
        assert not other.snapshot().documents


def test_vectors_of_another_model_are_made_anew(two: Library, tmp_path: Path) -> None:
    two.close()
    change_vectors(two.folder / FILE, lambda vector: vector + bytes(4))
    with closing(sqlite3.connect(two.folder / FILE)) as db:
        db.execute("UPDATE meta SET value = 'longer' WHERE key = 'model'")
        db.commit()
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        assert [added.state for added in import_library(two.folder / FILE, other)] == ["added"]
        assert faults(other.folder, CountingEmbedder()) == ()


def test_vectors_of_another_making_are_found_where_the_model_is_asked(two: Library) -> None:
    with closing(sqlite3.connect(two.folder / FILE)) as db:
        db.create_function("crc32", 1, zlib.crc32)
        turned = np.roll(np.frombuffer(db.execute("SELECT vector FROM vectors WHERE id = 1").fetchone()[0], "<f4"), 1)
        db.execute("UPDATE vectors SET vector = :v, crc = crc32(:v) WHERE id = 1", {"v": turned.tobytes()})
        db.commit()
    assert faults(two.folder) == ()
    assert any("is not what" in fault for fault in faults(two.folder, CountingEmbedder()))


def test_a_library_is_handed_on_with_its_vectors(two: Library, file: Write, tmp_path: Path) -> None:
    two.add(file("rows.jsonl", '{"id": "r1", "text": "Mills grind.", "label": "row one"}'))
    exported = tmp_path / "all.clauses"
    assert export_library(two.folder, exported) == exported.stat().st_size
    made: list[CountingEmbedder] = []

    def load() -> CountingEmbedder:
        made.append(CountingEmbedder())
        return made[-1]

    with closing(Library(tmp_path / "other", load)) as other:
        assert [added.state for added in import_library(exported, other)] == ["added", "added"]
        ours, theirs = two.snapshot(), other.snapshot()
        assert ours.documents == theirs.documents and ours.clauses == theirs.clauses
        assert made[0].embedded == [] and faults(other.folder, CountingEmbedder()) == ()
        assert [added.state for added in import_library(exported, other)] == ["unchanged", "unchanged"]


def test_a_name_that_is_taken_is_not_overwritten(two: Library, file: Write, tmp_path: Path) -> None:
    exported = tmp_path / "all.clauses"
    export_library(two.folder, exported)
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        other.add(file("two.txt", "1. Of something else altogether.\n\n2. And of another thing."))
        (added,) = import_library(exported, other)
        assert (added.state, added.slug) == ("added", "two-2")
        assert {c.id for c in other.snapshot().clauses} == {"two#1", "two#2", "two-2#1", "two-2#2"}
        assert faults(other.folder) == ()


def test_what_is_here_stays_as_it_is_whatever_an_import_has_of_it(two: Library, file: Write, tmp_path: Path) -> None:
    exported = tmp_path / "all.clauses"
    two.add(file("bread.txt", TWO + "\n\n3. Mills turn."), given=Given(symbol="X/1"))
    export_library(two.folder, exported)
    two.add(file("two.txt", TWO.replace("dear", "cheap")))
    two.add(file("bread.txt", TWO + "\n\n3. Mills stand."), given=Given(symbol="X/1", title="On mills"))
    assert len(two.snapshot().documents) == 2
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        other.add(file("two.txt", TWO), given=Given(title="Careful", date=datetime.date(2020, 1, 2)))
        assert [added.state for added in import_library(exported, other)] == ["kept", "added"]
        assert {document.title for document in other.snapshot().documents} >= {"Careful"}
        for library in (two, other):
            before = library.snapshot()
            came = [(added.state, added.slug) for added in import_library(exported, library)]
            assert came[0] == ("kept", "two") and came[1][1] == "x-1-en"
            assert library.snapshot() is before


def test_a_lexicon_comes_along_where_none_was_learned(two: Library, tmp_path: Path) -> None:
    exported = tmp_path / "all.clauses"
    two.keep_lexicon(learn([{"en": "bread", "fr": "pain"}]).to_bytes())
    export_library(two.folder, exported)
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        list(import_library(exported, other))
        assert other.has_lexicon and other.snapshot().fingerprint == two.snapshot().fingerprint
        two.keep_lexicon(learn([{"en": "mill", "fr": "moulin"}]).to_bytes())
        export_library(two.folder, exported)
        before = other.snapshot().fingerprint
        list(import_library(exported, other))
        assert other.snapshot().fingerprint == before
    two.keep_lexicon(b"no lexicon")
    export_library(two.folder, exported)
    with closing(Library(tmp_path / "third", CountingEmbedder)) as third, pytest.raises(FileRefusedError):
        list(import_library(exported, third))


@pytest.mark.parametrize(
    "change",
    [
        {"left-en-fr": np.array([7], np.uint16)},
        {"right-en-fr": np.array([-1], np.int64)},
        {"right-en-fr": np.array([0, 0], np.uint16)},
        {"right-en-fr": np.array(0, np.uint16)},
        {"weight-en-fr": np.array([np.nan])},
        {"left-en-de": np.array([0], np.uint16)},
        {"left-en": np.array([0], np.uint16)},
        {"words-en": np.array([255], np.uint8)},
    ],
    ids=str,
)
def test_a_lexicon_that_cannot_be_used_is_found_and_refused(
    two: Library, tmp_path: Path, change: dict[str, np.ndarray]
) -> None:
    with np.load(io.BytesIO(learn([{"en": "bread", "fr": "pain"}]).to_bytes())) as arrays:
        made = dict(arrays) | change
    assert "left-en-fr" in made
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **made)
    two.keep_lexicon(buffer.getvalue())
    assert any("translations" in fault for fault in faults(two.folder))
    exported = tmp_path / "all.clauses"
    export_library(two.folder, exported)
    with closing(Library(tmp_path / "other", CountingEmbedder)) as other:
        with pytest.raises(FileRefusedError, match=r"damaged library.*translations.*nothing of it was added"):
            list(import_library(exported, other))
        assert not other.snapshot().documents


def test_what_is_no_library_is_refused_and_what_cannot_be_written_is_said(
    two: Library, file: Write, tmp_path: Path
) -> None:
    before = two.snapshot().documents
    for path in (file("no.clauses", "not a library"), tmp_path / "missing.clauses", file("empty.clauses", "")):
        with pytest.raises(FileRefusedError, match=path.name):
            list(import_library(path, two))
    assert two.snapshot().documents == before
    with pytest.raises(LibraryError, match="cannot be written"):
        export_library(two.folder, tmp_path / "no" / "folder" / "x.clauses")

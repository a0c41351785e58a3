"""Adding, removing, seeding; what must never be lost."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import schema, store, vectors
from index.audit import audit
from index.clause import NOTHING, Given
from index.errors import FileRefusedError, LibraryError, NotFoundError, WrongModelError
from index.library import Library
from index.seal import seal
from index.store import Store
from index.words.tokens import tokens
from rag.cite import path_label
from tests.fakes import CountingEmbedder, OtherEmbedder

Write = Callable[[str, str | bytes], Path]
TWO = "1. Banks lend money: banks and bread.\n2. The schools are open and bread is sold.\n"


def test_a_document_goes_in_with_its_clauses_and_vectors(small: Library, file: Write) -> None:
    added = small.add(file("two.txt", TWO))
    assert (added.state, added.slug, added.clauses) == ("added", "two", 2)
    searchable = small.searchable()
    assert [clause.id for clause in searchable.snapshot.clauses] == ["two#1", "two#2"]
    found, cosines = searchable.vectors.index.search(CountingEmbedder().encode_queries(["schools bread"])[0], 9)
    assert len(found) == 2 and cosines[0] == pytest.approx(1.0)  # "schools … bread": the same counts


def test_equal_texts_are_embedded_once(tmp_path: Path, file: Write) -> None:
    counting = CountingEmbedder()
    with closing(Library(tmp_path / "l", lambda: counting)) as library:
        library.add(file("one.txt", "1. The banks are open.\n2. The banks are open.\n3. The schools are open.\n"))
        library.add(file("two.txt", "1. The banks are open.\n2. Borders are not.\n"))
    # One sentence each: a clause and its sentence are one text, and the banks come three times.
    assert sorted(counting.embedded) == ["Borders are not.", "The banks are open.", "The schools are open."]


def test_the_same_file_again_changes_nothing(small: Library, file: Write) -> None:
    path = file("two.txt", TWO)
    small.add(path)
    before = small.snapshot()
    again = small.add(path)
    assert (again.state, again.slug) == ("unchanged", "two")
    assert small.snapshot() is before


def test_two_files_of_one_name_get_two_slugs(small: Library, file: Write) -> None:
    small.add(file("two.txt", TWO))
    assert small.add(file("two.txt", "1. Borders.\n2. Nobody waits.\n")).slug == "two-2"


def test_removing_takes_the_document_and_its_vectors_only(small: Library, file: Write) -> None:
    small.add(file("one.txt", "1. The banks are open.\n"))
    small.add(file("two.txt", "1. The banks are open.\n2. Borders are not.\n"))
    assert small.remove("two") == "two"
    searchable = small.searchable()
    assert [c.id for c in searchable.snapshot.clauses] == ["one#1"] and len(searchable.vectors.index.ids) == 1
    with pytest.raises(NotFoundError, match='no document "two"'):
        small.remove("two")


def test_the_shipped_document_comes_once_and_stays_removed(small: Library) -> None:
    small.seed()
    assert len(small.snapshot().documents) == 1
    small.remove("brussels-2006")
    small.seed()
    assert not small.snapshot().documents


def test_the_fingerprint_is_of_the_content(tmp_path: Path, file: Write) -> None:
    paths = [file("one.txt", "1. Bread.\n"), file("two.txt", TWO)]
    prints = []
    for name, order in (("a", paths), ("b", paths[::-1])):
        with closing(Library(tmp_path / name, CountingEmbedder)) as library:
            for path in order:
                library.add(path)
            prints.append(library.snapshot().fingerprint)
            library.remove("two")
            prints.append(library.snapshot().fingerprint)
    assert prints[0] == prints[2] != prints[1] == prints[3]


SAID = (
    NOTHING, Given(symbol="A/77/1"), Given(symbol="S/2022/9"), Given(title="Other"), Given(date=datetime.date(2020, 1, 2)),
    Given(date=datetime.date(2021, 1, 2)), Given(session="Seventy-fourth session"), Given(agenda_item="Item 3"),
    Given(body="Security Council"), Given(language="fr"),
)  # fmt: skip


def test_the_fingerprint_is_of_all_that_a_citation_says(tmp_path: Path, file: Write) -> None:
    path, prints = file("two.txt", TWO), dict[Given, str]()
    for number, given in enumerate(SAID):
        with closing(Library(tmp_path / str(number), CountingEmbedder)) as library:
            library.add(path, given=given)
            prints[given] = library.snapshot().fingerprint
    assert len(set(prints.values())) == len(SAID)
    with closing(Library(tmp_path / "again", CountingEmbedder)) as library:
        library.add(path, given=SAID[1])
        assert library.snapshot().fingerprint == prints[SAID[1]]
        library.add(path, given=SAID[2])
        assert library.snapshot().fingerprint == prints[SAID[2]]
    with closing(sqlite3.connect(tmp_path / "again" / schema.FILE)) as db:
        db.execute("UPDATE documents SET added = '2001-01-01T00:00:00+00:00'")
        seal(db)
        db.commit()
    with closing(store.Store.open(tmp_path / "again")) as later:
        assert later.fingerprint() == prints[SAID[2]]


@pytest.mark.parametrize(
    "change",
    ["clauses SET name = name || 'x'", "clauses SET label = 'x'", "clauses SET page = 3", "clauses SET headings = '[\"x\"]'",
     "clauses SET language = 'fr'", "blocks SET kind = 'item'", "documents SET source = 'x'", "documents SET from_picture = 1",
     "documents SET text_sha256 = 'x'", "sentences SET end = end - 1", "documents SET slug = 'x'"],
)  # fmt: skip
def test_the_fingerprint_is_of_each_label_page_and_span(small: Library, file: Write, change: str) -> None:
    small.add(file("two.txt", TWO))
    with closing(store.Store.open(small.folder)) as kept:
        before = kept.fingerprint()
        kept._db.execute(f"UPDATE {change}")
        assert kept.fingerprint() != before


def test_another_model_is_refused_by_name_until_rebuilt(small: Library, file: Write) -> None:
    small.add(file("two.txt", TWO))
    other = OtherEmbedder()
    with closing(Library(small.folder, lambda: other)) as library:
        with pytest.raises(WrongModelError, match=r'"counting".*"other".*rebuild'):
            library.searchable()
        with pytest.raises(WrongModelError):
            library.add(file("three.txt", "1. Bread.\n"))
        assert len(library.snapshot().clauses) == 2  # reading needs no model
        assert library.rebuild() == 2  # two clauses of one sentence each
        assert library.searchable().snapshot.model == "other"


def test_jsonl_rows_keep_their_ids(small: Library, file: Write) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "r1", "text": "The banks\u2028lend.", "lang": "en", "title": "Money", "label": "art. 1"},
        {"id": "r1", "text": "银行贷款。", "lang": "zh", "title": "Money"},
        {"id": 7, "text": "Lone \ud800 surrogate."},
    ]
    small.add(file("rows.jsonl", "\n".join(json.dumps(row) for row in rows) + "\n"))
    clauses = small.snapshot().clauses
    assert [(c.id, c.language, c.label) for c in clauses] == [
        ("r1", "en", "art. 1"),
        ("r1", "zh", None),
        ("7", "en", None),
    ]
    document = small.snapshot().documents[0]
    for clause, row in zip(clauses, rows, strict=True):
        assert clause.text == row["text"] == document.text[clause.start : clause.end]


def test_a_changed_corpus_with_a_lone_surrogate_replaces_its_old_self(small: Library, file: Write) -> None:
    rows = [json.dumps({"id": n, "text": f"Lone \ud800 surrogate in row {n}, of bread."}) for n in range(9)]
    small.add(file("rows.jsonl", "\n".join(rows)))
    again = small.add(file("rows.jsonl", "\n".join(rows).replace("row 8, of bread", "row 8, of bread and banks")))
    assert (again.state, again.slug) == ("updated", "rows")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"id": 1, "text": "a"}\nnot json\n', "line 2 is not JSON"),
        ('{"id": 1, "text": "a"}\n{"id": 1, "text": "b"}\n', 'line 2 has the id "1" of line 1'),
        ('{"text": "a"}\n', 'line 1 has no "id"'),
        ('["a"]\n', "line 1 is not of the form"),
        ('{"id": 1, "text": "a", "lang": 3}\n', '"lang" is not a string'),
        ("\n\n", "is empty"),
    ],
)
def test_a_wrong_line_of_jsonl_is_named(small: Library, file: Write, content: str, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        small.add(file("rows.jsonl", content))
    assert not small.snapshot().documents


def test_files_that_are_none(small: Library, tmp_path: Path, file: Write) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as handle:
        handle.truncate(200 * 2**20)
    for path, says in [
        (tmp_path / "no.txt", "does not exist"),
        (tmp_path, "is a folder"),
        (file("empty.txt", b""), "is empty"),
        (file("binary.txt", b"\x7fELF\0\0\0"), "binary"),
        (file("img.png", b"\x89PNG\r\n\x1a\n"), "binary"),
        (file("heading.txt", "Annex\n"), "has no clause: nothing in it can be cited or found"),
        (file("paper.pdf", b"%PDF-1.7"), "is damaged and cannot be opened as a PDF"),
        (big, "has 200 MB, the limit is 64 MB"),
        (Path("a\0b.txt"), "does not exist"),
    ]:
        with pytest.raises(FileRefusedError, match=says):
            small.add(path)
    assert not small.snapshot().documents


def test_what_stands_beside_a_file_is_read_and_checked(small: Library, file: Write) -> None:
    file("two.toml", 'title = "On bread"\nsymbol = "A/1/2"\ndate = 2006-04-13\nlanguage = "en"\n')
    small.add(file("two.txt", TWO))
    document = small.document("A/1/2")
    assert (document.title, str(document.date), document.slug) == ("On bread", "2006-04-13", "a-1-2-en")
    file("two.toml", 'title = "On bread"\nsymbol = "A/1/2"\ndate = 2006-04-13\nbody = "Bakers"\nsession = "First"\n')
    assert small.add(file("two.txt", TWO)).state == "updated"
    assert small.add(file("two.txt", TWO)).state == "unchanged"
    (document,) = small.snapshot().documents
    assert (document.body, document.session, document.slug) == ("Bakers", "First", "a-1-2-en")
    assert small.add(file("two.txt", TWO), given=Given(body="Millers")).state == "updated"
    (document,) = small.snapshot().documents
    assert (document.body, document.session, document.title) == ("Millers", "First", "On bread")
    file("bad.toml", "titel = 3\n")
    with pytest.raises(FileRefusedError, match="titel"):
        small.add(file("bad.txt", TWO + "3. Bread.\n"))


@pytest.mark.parametrize("damage", ["truncated", "foreign", "gone", "stamp"])
def test_a_damaged_faiss_file_is_rebuilt(small: Library, file: Write, damage: str) -> None:
    small.add(file("two.txt", TWO))
    small.searchable()
    saved = small.folder / vectors.FILE
    whole = saved.read_bytes()
    if damage == "truncated":
        saved.write_bytes(whole[: len(whole) // 2])
    elif damage == "foreign":
        saved.write_bytes(b"IxMp" + os.urandom(500))
    elif damage == "gone":
        saved.unlink()
    else:
        (small.folder / vectors.STAMP).write_text("[]")
    with closing(Library(small.folder, CountingEmbedder)) as library:
        assert len(library.searchable().vectors.index.ids) == 2
    assert saved.read_bytes() == whole


@pytest.mark.parametrize("content", [b"not a database at all, but text" * 40, "foreign", "truncated", "later"])
def test_a_broken_store_is_named_and_left_alone(
    small: Library, file: Write, tmp_path: Path, content: bytes | str
) -> None:
    small.add(file("two.txt", TWO))
    small.searchable()
    small.close()
    broken = small.folder / schema.FILE
    if content == "foreign":
        broken.unlink()
        with closing(sqlite3.connect(broken)) as db:
            db.execute("CREATE TABLE notes (text)")
    elif content == "later":
        with closing(sqlite3.connect(broken)) as db:
            db.execute("PRAGMA user_version = 99")
    else:
        broken.write_bytes(content if isinstance(content, bytes) else b"")
    before = broken.read_bytes()
    with (
        pytest.raises(LibraryError, match=r"library\.sqlite3 is broken or is not a library"),
        closing(Library(small.folder, CountingEmbedder)) as library,
    ):
        library.seed()
    assert broken.read_bytes() == before
    small._store = store.Store.open(tmp_path / "elsewhere")  # the fixture closes it


def test_damage_inside_the_store_is_named(small: Library, file: Write, tmp_path: Path) -> None:
    small.add(file("many.txt", "".join(f"{n}. The banks number {n} are open today.\n" for n in range(1, 400))))
    small.close()
    path = small.folder / schema.FILE
    data = bytearray(path.read_bytes())
    for offset in range(2 * 4096, len(data), 4096):
        data[offset : offset + 200] = b"\xff" * 200
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="broken"), closing(Library(small.folder, CountingEmbedder)) as library:
        library.snapshot()
    small._store = store.Store.open(tmp_path / "elsewhere")


def test_a_changed_text_in_the_store_is_found(small: Library, file: Write) -> None:
    small.add(file("two.txt", TWO))
    with closing(sqlite3.connect(small.folder / schema.FILE)) as db:
        db.execute("UPDATE documents SET text = replace(text, 'open', 'shut')")
        db.commit()
    with (
        closing(Library(small.folder, CountingEmbedder)) as library,
        pytest.raises(LibraryError, match="two was changed"),
    ):
        library.snapshot()


def test_a_full_disk_leaves_the_library_as_it_was(small: Library, file: Write) -> None:
    small.add(file("one.txt", "1. Bread.\n"))
    crowded = store.Store.open(small.folder)
    pages = crowded._db.execute("PRAGMA page_count").fetchone()[0]
    crowded._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(LibraryError, match=r"full.*as it was before"), crowded.writing():
        for n in range(10_000):
            crowded.put(f"key {n}", "x" * 1000)
    crowded.close()
    assert [d.slug for d in small.snapshot().documents] == ["one"]
    small.add(file("two.txt", TWO))


ADD = """
import sys
from pathlib import Path
from index.library import Library
from index.audit import audit
from index.seal import seal
from index.store import Store
from tests.fakes import CountingEmbedder
library = Library(Path(sys.argv[1]), CountingEmbedder)
def progress(done, total):
    print("embedding", flush=True)
    if sys.argv[3] == "wait":
        sys.stdin.read()
for path in sys.argv[2].split(","):
    library.add(Path(path), progress)
print("done", flush=True)
"""


def _adding(folder: Path, paths: list[Path], *, wait: bool) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD, str(folder), ",".join(map(str, paths)), "wait" if wait else "go"]
    root = Path(__file__).parent.parent.parent
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_killed_add_leaves_the_library_as_it_was(small: Library, file: Write) -> None:
    small.add(file("one.txt", "1. Bread.\n"))
    before = small.snapshot()
    process = _adding(small.folder, [file("two.txt", TWO)], wait=True)
    assert process.stdout is not None and process.stdout.readline() == "embedding\n"
    process.kill()
    process.communicate()
    assert small.snapshot() is before
    assert small.add(file("two.txt", TWO)).state == "added"


def test_two_processes_add_at_once(small: Library, file: Write) -> None:
    paths = [file(f"{n}.txt", f"1. The banks of number {n} are open.\n2. Bread.\n") for n in range(12)]
    processes = [_adding(small.folder, some, wait=False) for some in (paths[:8], paths[:3:-1])]
    for process in processes:
        assert process.communicate(timeout=60)[0].endswith("done\n") and process.returncode == 0
    snapshot = small.snapshot()
    assert len(snapshot.documents) == 12 and len(snapshot.clauses) == 24
    assert len(small.searchable().vectors.index.ids) == 13  # twelve banks, one bread


def test_asking_goes_on_while_another_thread_adds(small: Library, file: Write) -> None:
    small.add(file("one.txt", "1. Bread.\n"))
    paths = [file(f"{n}.txt", f"1. The banks of number {n}.\n") for n in range(20)]
    adder = threading.Thread(target=lambda: [small.add(path) for path in paths])
    adder.start()
    seen = set()
    while adder.is_alive():
        searchable = small.searchable()
        count = len(searchable.snapshot.clauses)
        assert len(searchable.vectors.clause_rows) == count == len(searchable.snapshot.documents)
        seen.add(count)
    adder.join()
    assert len(small.searchable().snapshot.clauses) == 21 and seen


READ = """
import os, sys
from pathlib import Path
import faiss, scipy.sparse
from index.errors import LibraryError
from index.library import Library
from index.audit import audit
from index.seal import seal
from index.store import Store
from index.words.lexicon import shipped_lexicon
from tests.fakes import CountingEmbedder
shipped_lexicon()
os.setuid(65534) if os.getuid() == 0 else None  # root may write everywhere
library = Library(Path(sys.argv[1]), CountingEmbedder)
library.seed()
print(len(library.searchable().snapshot.clauses), library.writable)
try:
    library.remove("two")
except LibraryError as error:
    print(error)
"""


def test_a_read_only_library_answers_and_refuses_changes(small: Library, file: Write, tmp_path: Path) -> None:
    small.add(file("two.txt", TWO))
    small.close()
    for path in [tmp_path, *tmp_path.parents]:
        if path.stat().st_uid == os.getuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)  # nobody must get as far as the folder
    for path in small.folder.iterdir():
        path.chmod(0o444)
    small.folder.chmod(0o555)
    try:
        root = Path(__file__).parent.parent.parent
        done = subprocess.run(
            [sys.executable, "-c", READ, str(small.folder)], cwd=root, capture_output=True, text=True, check=False
        )
        assert done.stdout.startswith("2 False\n"), done.stderr
        assert "read-only here (its folder cannot be written): asking works, changing does not" in done.stdout
    finally:
        small.folder.chmod(0o755)
        for path in small.folder.iterdir():
            path.chmod(0o644)
        small._store = store.Store.open(small.folder)


def test_a_changed_document_replaces_its_old_self_and_ids_stay(small: Library, file: Write) -> None:
    three = "1. Bread is sold by bakers.\n\n2. The banks lend money to all.\n\n3. The schools teach.\n"
    assert small.add(file("paper.txt", three)).state == "added"
    before = {clause.id: clause.text for clause in small.snapshot().clauses}
    assert small.add(file("paper.txt", three.replace("to all", "to some"))).state == "updated"
    after = {clause.id: clause.text for clause in small.snapshot().clauses}
    assert before.keys() == after.keys() and after["paper#2"] == "The banks lend money to some."
    assert [document.slug for document in small.snapshot().documents] == ["paper"]
    assert len(small.searchable().snapshot.clauses) == 3


RENEWED = "1. Decides to renew the authorization for bakers.\n\n2. Recalls the bread of all.\n\n3. The banks lend.\n\n"


def test_next_years_renewal_in_a_file_of_the_same_name_stands_beside(small: Library, file: Write) -> None:
    def paper(head: str, year: int) -> str:
        return f"{head}\n\n{RENEWED}4. Decides that this holds until 30 September {year}.\n"

    small.add(file("res.txt", paper("On the bread of bakers", 2031)))
    assert small.add(file("res.txt", paper("On the bread of bakers", 2032))).slug == "res-2"
    assert small.add(file("res.txt", paper("On the bread of all bakers", 2032))).slug == "res-3"
    again = small.add(file("res.txt", paper("On the bread of bakers", 2032) + "\n5. Remains seized.\n"))
    assert (again.state, again.slug) == ("updated", "res-2")  # its old self, though that has a number in its name
    assert [document.slug for document in small.snapshot().documents] == ["res", "res-3", "res-2"]


def test_a_file_replaces_the_document_that_is_named_whatever_it_is_called(small: Library, file: Write) -> None:
    first, other = (
        "On bread\n\n1. Bread is sold.\n\n2. Mills turn.\n",
        "On bread\n\n1. Bread is sold.\n\n2. Banks lend to all.\n",
    )
    small.add(file("st.txt", first))
    assert small.add(file("st.txt", other)).slug == "st-2"  # not certain: beside it
    kept = {clause.id: clause.text for clause in small.snapshot().clauses_of(small.document("st").sha256)}
    again = small.add(file("newer.txt", other), replacing="st")  # the same bytes as st-2, under another name
    assert (again.state, again.slug) == ("updated", "st")
    assert [(document.slug, document.source) for document in small.snapshot().documents] == [("st", "newer.txt")]
    now = {clause.id: clause.text for clause in small.snapshot().clauses}
    assert now["st#1"] == kept["st#1"] and now["st#2"] == "Banks lend to all."
    assert small.add(file("newer.txt", other), replacing="st").state == "unchanged"
    with pytest.raises(NotFoundError, match="There is no document mills to replace"):
        small.add(file("mills.txt", first), replacing="mills")
    assert len(small.snapshot().documents) == 1
    with closing(Store.open(small.folder)) as store:
        assert audit(store).faults == ()


FORMS = {
    "en": "International migration\n\n1. Recalls its resolutions {} on migration and on the rights of all migrants.\n\n"
    "2. Decides to include the item in the agenda of its {} session, together with the report that it asked for.\n",
    "fr": "Migrations internationales\n\n1. Rappelle ses résolutions {} sur les migrations et sur les droits de tous.\n\n"
    "2. Décide d’inscrire la question à l’ordre du jour de sa {} session, avec le rapport qui lui est demandé.\n",
    "ru": "Международная миграция\n\n1. Ссылается на свои резолюции {} о миграции и о правах всех мигрантов.\n\n"
    "2. Постановляет включить этот вопрос в повестку дня своей {} сессии вместе с докладом, который запрошен.\n",
    "zh": "国际移民与发展\n\n1. 回顾其关于国际移民与发展的第{}号决议，并重申所有移民的人权和基本自由应受到保护和尊重。\n\n"
    "2. 决定将该项目列入大会第{}届会议临时议程，并请秘书长就本决议的执行情况提交一份报告，供大会审议。\n",
    "ar": "الهجرة الدولية\n\n1. تشير إلى قراراتها {} بشأن الهجرة الدولية والتنمية وحقوق جميع المهاجرين.\n\n"
    "2. تقرر أن تدرج هذه المسألة في جدول الأعمال المؤقت لدورتها {} مع التقرير الذي طلبته من الأمين العام.\n",
}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", ("69/229", "seventy-fifth"), ("69/229 and 71/237", "seventy-fifth")),
        ("en", ("69/229", "seventy-fifth"), ("69/229", "seventy-seventh")),
        ("en", ("of May on Niger", "next"), ("of May on Mali", "next")),
        ("fr", ("de 1990", "soixante-quinzième"), ("de 1990", "soixante-dix-septième")),
        ("fr", ("du 5 mai", "prochaine"), ("du 5 mars", "prochaine")),
        ("ru", ("69/229", "семьдесят пятой"), ("69/229", "семьдесят седьмой")),
        ("zh", ("69/229", "七十五"), ("69/229", "七十七")), ("ar", ("69/229", "السبعين"), ("69/229", "الثمانين")),
    ],
)  # fmt: skip
def test_a_renewal_that_adds_a_figure_or_counts_in_letters_stands_beside(
    small: Library, file: Write, language: str, old: tuple[str, str], new: tuple[str, str]
) -> None:
    form = FORMS[language]
    small.add(file("res.txt", form.format(*old)))
    added = small.add(file("res.txt", form.format(*new)))
    assert (added.state, added.slug, added.namesake) == ("added", "res-2", "res")
    again = small.add(file("res.txt", form.format(*new).replace("\n\n2. ", "\n\n\n2.  ")))
    assert (again.state, again.slug) == ("updated", "res-2")  # white space tells nothing apart


def test_a_form_text_whose_headings_name_something_else_stands_beside(small: Library, file: Write) -> None:
    form = "Report on bread\n\nI. Bakers of {}\n\n1. Bread is sold by bakers.\n\n2. The banks lend money to all.\n"
    small.add(file("report.txt", form.format("Kabul")))
    assert small.add(file("report.txt", form.format("Lagos"))).namesake == "report"


def test_a_symbols_document_is_replaced_only_where_title_and_date_stay(small: Library, file: Write) -> None:
    given = Given(symbol="S/RES/9652 (2031)", title="Resolution 9652", date=datetime.date(2031, 9, 29))
    small.add(file("res.txt", RENEWED), given=given)
    assert small.add(file("res.txt", RENEWED + "4. Bread.\n"), given=given).state == "updated"
    for changed in (replace(given, title="Resolution 9698"), replace(given, date=datetime.date(2032, 9, 29))):
        added = small.add(file("res.txt", RENEWED + f"4. Bread of {changed.date}, {changed.title}.\n"), given=changed)
        assert added.state == "added"
    assert len(small.snapshot().documents) == 3


LETTER = "Letter on mills\n\n1. The mills of the town of 2005 turn by day.\n\n2. The bakers bake bread and sell it.\n"


def test_what_was_said_of_a_document_stays_until_something_else_is_said(small: Library, file: Write) -> None:
    said = Given(symbol="A/C.2/60/2", date=datetime.date(2005, 10, 1), body="Bakers")

    def again(text: str, given: Given = NOTHING) -> str:
        added = small.add(file("letter.txt", text), given=given)
        assert added.slug == "a-c.2-60-2-en" and len(small.snapshot().documents) == 1
        return added.state

    assert again(LETTER, said) == "added"
    assert again(LETTER) == "unchanged"
    assert again(LETTER.replace("by day", "by night"), said) == "updated"
    assert again(LETTER.replace("by day", "by night")) == "unchanged"  # the same bytes
    (document,) = small.snapshot().documents
    assert (document.symbol, document.date, document.body) == (said.symbol, said.date, "Bakers")
    assert again(LETTER.replace("by day", "by night"), Given(body="Millers")) == "updated"
    (document,) = small.snapshot().documents
    assert (document.symbol, document.date, document.body) == (said.symbol, said.date, "Millers")
    small.remove(document.slug)
    assert small.add(file("letter.txt", LETTER)).slug == "letter"  # what is gone is forgotten


def test_a_corrected_symbol_or_slug_gives_the_name_and_the_ids_that_belong_to_it(small: Library, file: Write) -> None:
    path = file("rules.txt", TWO)
    small.add(path, given=Given(symbol="A/RES/10/1"))
    corrected = small.add(path, given=Given(symbol="S/RES/9652 (2031)"))
    assert (corrected.state, corrected.slug, corrected.before) == ("updated", "s-res-9652-2031-en", "a-res-10-1-en")
    real = small.add(file("other.txt", "1. Nobody waits.\n"), given=Given(symbol="A/RES/10/1"))
    assert (real.slug, real.namesake) == ("a-res-10-1-en", None)
    clash = small.add(path, given=Given(symbol="A/RES/10/1", language="en"))
    assert (clash.state, clash.slug, clash.namesake) == ("updated", "a-res-10-1-en-2", "a-res-10-1-en")
    beside = file("rules.toml", 'slug = "bread"\n')
    assert small.add(path).slug == "bread"
    beside.unlink()
    longer = small.add(file("rules.txt", TWO + "3. Nobody waits.\n"), given=Given(slug="rules", symbol="A/RES/10/1"))
    assert (longer.state, longer.slug, longer.before) == ("updated", "rules", "bread")
    assert [c.id for c in small.snapshot().clauses] == ["a-res-10-1-en#1", "rules#1", "rules#2", "rules#3"]
    same = small.add(path, given=Given(body="Bakers"))
    assert (same.state, same.slug, same.before) == ("updated", "rules", None)  # its name stays


def test_what_was_said_is_lent_to_no_other_document(small: Library, file: Write) -> None:
    small.add(file("letter.txt", LETTER), given=Given(symbol="A/C.2/60/2"))
    night = small.add(file("letter.txt", LETTER.replace("by day", "by night")))
    assert (night.state, night.slug, night.namesake) == ("added", "letter", "a-c.2-60-2-en")
    small.remove("letter")
    for name, text in (
        ("letter.txt", LETTER.replace("2005", "2006")), ("other.txt", LETTER.replace("by day", "by night")),
        ("letter.txt", "Letter on mills\n\n1. Nobody bakes.\n\n2. The bakers bake bread and sell it.\n"),
    ):  # fmt: skip
        assert small.add(file(name, text)).state == "added"
    assert [document.symbol for document in small.snapshot().documents] == ["A/C.2/60/2", None, None, None]


ATTACK = """Press statement on the attack in {0}

The members condemned in the strongest terms the attack in {0}, which resulted in the death of many civilians.

The members expressed their deepest sympathy to the families of the victims and wished those injured a full recovery.

The members underlined the need to hold the perpetrators of this act accountable and to bring them to justice.
"""


@pytest.mark.parametrize(
    ("said", "later"),
    [
        (Given(symbol="SC/14001", date=datetime.date(2022, 1, 5)), NOTHING),
        (Given(symbol="SC/14001"), Given(title="Attack in Lagos")), (Given(title="Attack in Kabul"), NOTHING),
    ],
)  # fmt: skip
def test_a_form_text_with_another_name_in_a_file_of_the_same_name_stands_beside_and_says_so(
    small: Library, file: Write, said: Given, later: Given
) -> None:
    first = small.add(file("statement.txt", ATTACK.format("Kabul")), given=said)
    second = small.add(file("statement.txt", ATTACK.format("Lagos")), given=later)
    assert (second.state, second.namesake) == ("added", first.slug)
    kabul, lagos = small.snapshot().documents
    assert (kabul.symbol, kabul.date, lagos.symbol, lagos.date) == (said.symbol, said.date, None, None)
    assert "Kabul" in kabul.text and "Lagos" in lagos.text


def test_a_longer_state_that_has_a_symbol_now_says_that_it_stands_beside(small: Library, file: Write) -> None:
    small.add(file("letter.txt", LETTER))
    longer = small.add(file("letter.txt", LETTER + "\n3. Nobody waits.\n"), given=Given(symbol="A/C.2/60/2"))
    assert (longer.state, longer.slug, longer.namesake) == ("added", "a-c.2-60-2-en", "letter")
    other = small.add(file("letter.txt", "Schools\n\n1. The schools teach.\n"), given=Given(symbol="A/C.2/60/3"))
    assert other.namesake is None  # nothing in it is the same


def test_labels_that_were_told_apart_stay_so_in_the_library(small: Library, file: Write) -> None:
    small.add(file("paper.txt", "1. Bread is sold.\n\n1. Mills turn.\n"))
    with closing(Library(small.folder, CountingEmbedder)) as again:
        clauses = again.snapshot().clauses
    assert [(clause.id, path_label(clause.path, "en")) for clause in clauses] == [
        ("paper#1", "para. 1"), ("paper#1~2", "para. 1 [2]"),
    ]  # fmt: skip


def test_a_resolution_of_the_security_council_is_found_however_its_symbol_is_spaced(
    small: Library, file: Write
) -> None:
    small.add(file("a.txt", "S/RES/9652(2031)\n\n1. Bread is sold.\n"))
    for name in ("S/RES/9652 (2031)", "S/RES/9652(2031)", "s-res-9652-2031-en"):
        assert small.document(name).symbol == "S/RES/9652 (2031)"


def test_a_document_beside_one_of_its_name_says_which(small: Library, file: Write) -> None:
    prices = "Report on bread\n\n1. The price of bread was 7 coins.\n\n2. The banks lend money to all.\n"
    assert small.add(file("report.txt", prices)).namesake is None
    corrected = small.add(file("report.txt", prices.replace("7", "6")))
    assert (corrected.slug, corrected.namesake) == ("report-2", "report")
    assert small.add(file("report.txt", prices.replace("all", "most"))).namesake is None  # replaces the first
    given = Given(symbol="X/1")
    small.add(file("x.txt", RENEWED), given=given)
    again = small.add(
        file("x.txt", RENEWED.replace("authorization", "authorisation")), given=replace(given, title="New")
    )
    assert (again.state, again.slug, again.namesake) == ("updated", "x-1-en", None)
    other = small.add(file("y.txt", "1. Schools teach.\n"), given=given)
    assert (other.state, other.namesake) == ("added", "x-1-en")
    assert small.add(file("y.txt", "1. Les écoles enseignent.\n"), given=replace(given, language="fr")).namesake is None


def test_another_document_of_the_same_name_loses_nothing(small: Library, file: Write) -> None:
    small.add(file("paper.txt", "1. Bread is sold by bakers.\n\n2. The banks lend money.\n"))
    added = small.add(file("paper.txt", "1. The schools teach.\n\n2. The borders are open.\n"))
    assert (added.state, added.slug) == ("added", "paper-2")
    assert len(small.snapshot().documents) == 2


def test_a_library_of_the_first_format_is_brought_up_to_date(small: Library, file: Write) -> None:
    small.add(file("two.txt", TWO))
    small.close()
    db = sqlite3.connect(small.folder / "library.sqlite3")
    for table, columns in (
        ("documents", ("left_out", "body", "session", "agenda_item", "from_picture", "seal")), ("blocks", ("page",)),
        ("clauses", ("page",)), ("vectors", ("crc",)),
    ):  # fmt: skip
        for column in columns:
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    db.execute("UPDATE clauses SET tokens = 'of another time'")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    again = Library(small.folder, CountingEmbedder)
    with closing(store.Store.open(small.folder)) as kept:
        assert kept.tokens() == [tokens(clause.text, clause.language) for clause in again.snapshot().clauses]
        assert kept.broken_seals() == []
    (document,) = again.snapshot().documents
    assert document.left_out == () and document.body is None and not document.from_picture
    assert {clause.page for clause in again.snapshot().clauses} == {None}
    assert again.add(file("three.txt", "Schools teach.")).state == "added"
    again.close()


def test_what_was_changed_by_hand_is_not_sealed_with_a_new_format(small: Library, file: Write) -> None:
    small.add(file("two.txt", TWO))
    small.close()
    kept = small.folder / schema.FILE
    with closing(sqlite3.connect(kept)) as db:
        db.execute("UPDATE documents SET title = 'Another'")
        db.execute("PRAGMA user_version = 5")
        db.commit()
    with closing(schema.connect(kept, False)) as reading:
        schema.prepare(reading, False)  # the same tables: where nothing can be written it is read as it is
    with closing(store.Store.open(small.folder)) as opened:
        assert len(opened.broken_seals()) == 1
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        db.execute("PRAGMA user_version = 4")
        db.commit()
    with closing(schema.connect(kept, False)) as reading, pytest.raises(sqlite3.DatabaseError, match="version 4"):
        schema.prepare(reading, False)
    small._store = store.Store.open(small.folder.parent / "elsewhere")  # the fixture closes it


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_no_name_is_no_documents(small: Library, file: Write, name: str) -> None:
    small.add(file("two.txt", TWO))  # without a symbol, which is empty too
    for look in (small.document, small.only, small.remove):
        with pytest.raises(NotFoundError, match="name of a document is missing"):
            look(name)
    assert [document.slug for document in small.snapshot().documents] == ["two"]


def test_of_a_symbol_in_two_languages_no_document_is_removed_by_chance(small: Library, file: Write) -> None:
    for language, text in (("en", "A/RES/77/1\n\n1. Bread is sold."), ("fr", "A/RES/77/1\n\n1. Le pain est vendu.")):
        small.add(file(f"{language}.txt", text), given=Given(language=language))
    with pytest.raises(NotFoundError, match="a-res-77-1-en, a-res-77-1-fr"):
        small.only("A/RES/77/1")
    assert small.only("a-res-77-1-fr").language == "fr"

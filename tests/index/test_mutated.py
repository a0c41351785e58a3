"""Files damaged at random and made to do harm: none ends the program, reads or writes a file outside, or hurts the library.

MUTATED=10000 tries as many (forty unless said); MUTATED_FOLDER names a folder of real files to damage beside the made ones.
"""

from __future__ import annotations

import os
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from index.audit import audit
from index.errors import ClausesError, FileRefusedError
from index.library import Library
from index.readers.isolated import SECONDS
from index.store import Store
from rag.adding import add_all
from tests.fakes import CountingEmbedder
from tests.index.test_pdf import FIRST, Paper
from tests.index.test_readers import XML, word_file

COUNT = int(os.environ.get("MUTATED", "40"))
HEAD = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
SECRET = "The secret of the mill is kept in this file."
Mutation = Callable[[bytearray, random.Random], None]


def page() -> bytes:
    paper = Paper()
    paper.add_page()
    paper.block(100, FIRST)
    return bytes(paper.output())


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 10, 200])):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


def repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + 5000] * chance.choice([2, 50])


def blank(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + 1000] = bytes(len(data[at : at + 1000]))


def insert(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.randbytes(300)


def number(data: bytearray, chance: random.Random) -> None:
    """A number in the file (a length, an offset, a count) becomes another one."""
    places = [n for n, byte in enumerate(data) if 48 <= byte <= 57]
    if places:
        data[chance.choice(places)] = chance.choice(b"0123456789-")


MUTATIONS: tuple[Mutation, ...] = (flip, cut, repeat, blank, insert, number)


def sources() -> dict[str, bytes]:
    made = {
        "paper.pdf": page(), "paper.docx": word_file(), "paper.xml": XML.encode(),
        "paper.html": b"<html><body><ol><li>Bread is dear.<li>Schools teach.</ol><p>1. Mills grind.</p></body></html>",
        "paper.md": b"# Bread\n\n1. Bread is dear.\n2. Schools teach.\n", 
        "paper.txt": b"Bread\n\n1. Bread is dear.\n\n2. Schools teach.",
        "paper.jsonl": b'{"id": "a", "text": "Bread is dear.", "lang": "en"}\n{"id": "b", "text": "Schools teach."}\n',
    }  # fmt: skip
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    folder = os.environ.get("MUTATED_FOLDER")
    real = [file for file in Path(folder).rglob("*") if file.is_file()] if folder else []
    kinds = (".pdf", ".docx", ".xml", ".md", ".txt")
    return made | {"papers.zip": packed.getvalue()} | {f.name: f.read_bytes() for f in real if f.suffix in kinds}


def archive_of(*names: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, f"1. {name.strip(chr(0))!r} was packed.\n\n2. Schools teach.")
    return packed.getvalue().replace(b"NUL", b"\0UL")


def made_to_harm(secret: Path) -> Iterator[tuple[str, bytes]]:
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><akomaNtoso><p>&e;</p></akomaNtoso>'
    yield "entity.xml", b'<?xml version="1.0"?>' + entity.encode()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "laughs.xml", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l11;</x>'.encode()
    late = " " * 5000 + f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    yield "late.xml", f'<?xml version="1.0"?>{late}<akomaNtoso><p>&e;</p></akomaNtoso>'.encode()
    yield "deep.xml", b"<akomaNtoso>" + b"<p>" * 100_000
    yield "deep.html", b"<html><body>" + b"<div>" * 100_000 + b"Bread is dear."
    yield "deep.md", b"> " * 50_000 + b"Bread is dear."
    yield "deep.jsonl", b'{"id": ' + b"[" * 100_000
    yield "include.html", f'<html><body><iframe src="{secret.as_uri()}"></iframe><p>Bread is dear.'.encode()
    yield "link.md", f"![x]({secret.as_uri()})\n\nBread is dear.".encode()
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(5):
            archive.writestr(f"{n}.txt", b"0" * 40_000_000)
    yield "bomb.zip", bomb.getvalue()
    yield (
        "paths.zip",
        archive_of("../../outside.txt", "/tmp/outside.txt", "..\\..\\outside.txt", "NULoutside.txt", "C:\\outside.txt"),
    )
    yield (
        "pages.pdf",
        HEAD
        + b"2 0 obj<</Type/Pages/Count 10000/Kids["
        + b"3 0 R " * 10_000
        + (b"]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Root 1 0 R>>"),
    )
    yield (
        "none.pdf",
        HEAD + b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj trailer<</Root 1 0 R>>",
    )
    yield (
        "loop.pdf",
        HEAD + b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>",
    )


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[Library, Path]]:
    """A library with one document, in a folder of its own; what else is in the test's folder may not change."""
    (tmp_path / "secret.txt").write_text(SECRET)
    with closing(Library(tmp_path / "library", CountingEmbedder)) as library:
        first = tmp_path / "first.txt"
        first.write_text("1. Bread is dear.\n\n2. Schools teach.")
        library.add(first)
        (tmp_path / "in").mkdir()
        yield library, tmp_path


@contextmanager
def silent(what: str) -> Iterator[Callable[[int, int], None]]:
    yield lambda done, total: None


def outside(place: Path) -> set[tuple[str, int]]:
    kept = [
        file
        for file in place.rglob("*")
        if file.is_file() and not {"library", "in"} & set(file.relative_to(place).parts)
    ]
    here = [Path("/tmp/outside.txt"), Path.cwd() / "outside.txt", Path.cwd().parent / "outside.txt"]
    return {(str(file), file.stat().st_mtime_ns) for file in [*kept, *(file for file in here if file.exists())]}


def look_after(library: Library, place: Path, before: set[tuple[str, int]]) -> None:
    assert outside(place) == before
    snapshot = library.snapshot()
    assert snapshot.documents[0].source == "first.txt"
    assert not any(SECRET in document.text for document in snapshot.documents)
    with closing(Store.open(library.folder)) as store:
        assert audit(store).faults == ()


def add(library: Library, file: Path) -> str:
    """Add a file; what came of it. Anything but a refusal in a sentence is raised."""
    said = ""
    for _, outcome in add_all([file], library, silent):
        if isinstance(outcome, FileRefusedError):
            assert str(outcome) and "\n" not in str(outcome), outcome
            said = "refused"
        else:
            said = outcome.state
    return said


def test_files_damaged_at_random_are_read_or_refused(guarded: tuple[Library, Path]) -> None:
    library, place = guarded
    chance, before = random.Random(int(os.environ.get("MUTATED_SEED", "1"))), outside(place)
    known, outcomes, slowest = list(sources().items()), Counter[tuple[str, str]](), 0.0
    for _ in range(COUNT):
        name, whole = chance.choice(known)
        data = bytearray(whole)
        for mutation in chance.sample(MUTATIONS, chance.choice([1, 1, 2])):
            if len(data) > 1:
                mutation(data, chance)
        file = place / "in" / name
        file.write_bytes(data)
        began = time.monotonic()
        try:
            outcomes[file.suffix, add(library, file)] += 1
        except ClausesError:
            raise
        except Exception as error:
            (place / "culprit").write_bytes(data)
            raise AssertionError(f"{type(error).__name__}: {error}; the file is {place / 'culprit'}") from error
        slowest = max(slowest, time.monotonic() - began)
        if len(library.snapshot().documents) > 30:  # a library that grows is slow to look after
            for document in library.snapshot().documents[1:]:
                library.remove(document.slug)
    assert slowest < SECONDS
    assert outcomes.total() == COUNT and any(state == "refused" for _, state in outcomes)
    look_after(library, place, before)
    print(f"{COUNT} files, slowest {slowest:.1f} s: {dict(outcomes)}")


def test_files_made_to_harm_are_refused_or_harmless(guarded: tuple[Library, Path]) -> None:
    library, place = guarded
    before = outside(place)
    outcomes = {}
    for name, data in made_to_harm(place / "secret.txt"):
        file = place / "in" / name
        file.write_bytes(data)
        began = time.monotonic()
        outcomes[name] = add(library, file)
        assert time.monotonic() - began < 60, name
    look_after(library, place, before)
    refused = {name for name, state in outcomes.items() if state == "refused"}
    assert refused >= {
        "entity.xml",
        "laughs.xml",
        "late.xml",
        "deep.xml",
        "deep.html",
        "deep.jsonl",
        "pages.pdf",
        "none.pdf",
    }

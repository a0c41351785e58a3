"""Folders and archives, added file by file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import FileRefusedError
from index.library import Added, Library
from rag.adding import add_all, summary


@contextmanager
def quiet(_: str) -> Iterator[Callable[[int, int], None]]:
    yield lambda done, total: None


def test_no_file_replaces_one_that_came_with_it(small: Library, tmp_path: Path) -> None:
    for year, word in (("2031", "some"), ("2032", "all")):
        (tmp_path / "papers" / year).mkdir(parents=True)
        text = (
            f"1. The bakers of the town sell bread to {word}.\n\n2. The banks lend money to the bakers of the town.\n"
        )
        (tmp_path / "papers" / year / "res.txt").write_text(text)
    assert summary([outcome for _, outcome in add_all([tmp_path / "papers"], small, quiet)]) == "2 added"
    assert [document.slug for document in small.snapshot().documents] == ["res", "res-2"]
    assert summary([outcome for _, outcome in add_all([tmp_path / "papers"], small, quiet)]) == "2 already here"
    (tmp_path / "papers" / "2032" / "res.txt").write_text(text.replace("to all", "to many"))
    assert (
        summary([outcome for _, outcome in add_all([tmp_path / "papers"], small, quiet)]) == "1 updated, 1 already here"
    )


def test_folders_and_archives_are_added_file_by_file(small: Library, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Bread is sold.")
    (folder / "deep" / "b.md").write_text("Banks lend.")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "picture.png").write_bytes(b"no document")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("../../evil.txt", "Schools teach.")
        archive.writestr("again/a.txt", "Bread is sold.")
        archive.writestr("../../evil.toml", 'symbol = "A/99/1"')

    came = list(add_all([folder], small, quiet))
    states = [(name, o.state if isinstance(o, Added) else "refused") for name, o in came]
    assert states == [
        ("a.txt", "added"), ("bad.pdf", "refused"), ("deep/b.md", "added"), ("evil.txt", "added"), ("a.txt", "unchanged"),
        ("old.doc", "refused"),
    ]  # fmt: skip
    assert summary([outcome for _, outcome in came]) == "3 added, 1 already here, 2 refused"
    assert not (tmp_path / "evil.txt").exists() and not (tmp_path.parent / "evil.txt").exists()
    assert {document.slug for document in small.snapshot().documents} == {"a", "b", "a-99-1-en"}
    none = list(add_all([tmp_path / "none.zip", tmp_path / "no"], small, quiet))
    assert [type(outcome) for _, outcome in none] == [FileRefusedError] * 2

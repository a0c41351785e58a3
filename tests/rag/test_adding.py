"""Folders and archives, added file by file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import FileRefusedError
from index.library import Added, Library
from index.readers.bundle import PassedOver
from rag.adding import NAMED, add_all, outcome_form, passed_said, sentence, summary


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
    states = [(name, "refused" if isinstance(o, FileRefusedError) else o.state) for name, o in came]
    assert states == [
        ("a.txt", "added"), ("bad.pdf", "refused"), ("deep/b.md", "added"), ("evil.txt", "added"),
        ("again/a.txt", "unchanged"), ("old.doc", "refused"), ("picture.png", "passed over"),
    ]  # fmt: skip
    assert summary([outcome for _, outcome in came]) == "3 added, 1 already here, 2 refused, 1 passed over"
    assert not (tmp_path / "evil.txt").exists() and not (tmp_path.parent / "evil.txt").exists()
    assert {document.slug for document in small.snapshot().documents} == {"a", "b", "a-99-1-en"}
    none = list(add_all([tmp_path / "none.zip", tmp_path / "no"], small, quiet))
    assert [type(outcome) for _, outcome in none] == [FileRefusedError] * 2


def test_what_is_passed_over_is_named_with_the_reason(small: Library, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    for name in (
        "a.txt", "a.toml", "lost.toml", "deep/b.PNG", ".notes.txt", ".git/x/config.txt", ".git/y.txt", "LICENSE", "deep/.toml",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Bread is sold." if name == "a.txt" else "")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for name in ("c.txt", "../d.xlsx", "__MACOSX/._c.txt", "e.zip", "Makefile", "c.toml", "x\\f.toml"):
            archive.writestr(name, "Schools teach." if name == "c.txt" else "")
    outcomes = [outcome for _, outcome in add_all([folder], small, quiet)]
    passed = [(outcome.name, outcome.why) for outcome in outcomes if isinstance(outcome, PassedOver)]
    assert passed == [
        ("Makefile", "nothing says what kind of file it is"),
        ("__MACOSX/", "hidden folders are not read"),
        ("d.xlsx", "files of the kind .xlsx are not read"),
        ("e.zip", "archives in archives are not read"),
        ("x/f.toml", "the file that it describes is not here"),
        (".git/", "hidden folders are not read"),
        (".notes.txt", "hidden files are not read"),
        ("LICENSE", "README, LICENSE and the like are no documents"),
        ("deep/.toml", "hidden files are not read"),
        ("deep/b.PNG", "files of the kind .png are not read"),
        ("gone.txt", "it is not an ordinary file"),
        ("lost.toml", "the file that it describes is not here"),
    ]
    assert summary(outcomes) == "2 added, 12 passed over"
    lines = passed_said(outcomes)
    assert len(lines) == NAMED + 1 and lines[0] == "Makefile: passed over, nothing says what kind of file it is"
    assert lines[-1] == "and 2 more passed over; --json names all"
    assert {"name": "d.xlsx", "state": "passed over", "why": "files of the kind .xlsx are not read"} in [
        outcome_form(outcome.name, outcome) for outcome in outcomes if isinstance(outcome, PassedOver)
    ]


def test_refusals_name_the_path_in_the_folder_or_archive(small: Library, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "en.doc").write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("x/en.doc", b"\xd0\xcf\x11\xe0 an old Word file")
        archive.writestr("x/y.txt", "Bread is sold.")
        archive.writestr("x/y.toml", "titel = 3")
    said = [str(outcome) for _, outcome in add_all([folder], small, quiet)]
    assert [one.split(" ")[0] for one in said] == ["a/en.doc", "b/en.doc", "x/en.doc", "y.toml"]


def test_a_damaged_member_is_named_and_the_others_are_read(small: Library, tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Bread is sold.")
        archive.writestr("b/b.txt", "Banks lend money.")
        archive.writestr("c.txt", "Schools teach.")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Banks lend", b"Banks send"))
    came = [
        (name, "" if isinstance(outcome, Added) else str(outcome)) for name, outcome in add_all([path], small, quiet)
    ]
    assert [name for name, _ in came] == ["a.txt", "b/b.txt", "c.txt"]
    assert came[1][1].startswith("b/b.txt is damaged in papers.zip (Bad CRC-32") and not came[0][1] and not came[2][1]
    path.write_bytes(whole[: len(whole) // 2])
    ((_, refused),) = add_all([path], small, quiet)
    assert isinstance(refused, FileRefusedError) and str(refused).startswith("papers.zip is a damaged .zip, or none")


def test_a_description_is_found_and_read_as_windows_writes_it(small: Library, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("Bread is sold.")
    (tmp_path / "papers" / "a.TOML").write_bytes(b'\xef\xbb\xbftitle = "On bread"\r\nsymbol = " "\r\n')
    with zipfile.ZipFile(tmp_path / "papers" / "b.zip", "w") as archive:
        archive.writestr("b.txt", "Banks lend money.")
        archive.writestr("b.TOML", 'title = "On banks"')
        archive.writestr("c.txt", "Schools teach.")
        archive.writestr("c.toml", 'title = "Écoles"'.encode("utf-16"))
    *_, (_, refused) = add_all([tmp_path / "papers"], small, quiet)
    assert [(document.title, document.symbol) for document in small.snapshot().documents] == [
        ("On bread", None), ("On banks", None),
    ]  # fmt: skip
    assert str(refused) == "c.toml, which describes c.txt, is not UTF-8: save it as UTF-8."


def test_a_file_beside_one_of_its_name_is_told_so() -> None:
    added = Added("added", "report-2", "Bread", 4, (), "report")
    assert sentence("report.txt", added) == (
        "report.txt: added as report-2, 4 clauses, beside report of the same name or symbol: add it with --replace report"
        " if it replaces that"
    )


def test_one_file_alone_replaces_a_document_by_name(small: Library, tmp_path: Path) -> None:
    file = tmp_path / "bread.txt"
    file.write_text("On bread\n\n1. Bread is sold.\n", encoding="utf-8")
    ((_, first),) = add_all([file], small, quiet)
    other = tmp_path / "mills.txt"
    other.write_text("On mills\n\n1. Mills turn.\n", encoding="utf-8")
    ((_, second),) = add_all([other], small, quiet, replacing="bread")
    assert isinstance(first, Added) and isinstance(second, Added)
    assert (second.state, second.slug, [d.title for d in small.snapshot().documents]) == (
        "updated",
        "bread",
        ["On mills"],
    )


def test_a_document_that_has_another_name_now_is_told_so() -> None:
    assert sentence("rules.txt", Added("updated", "rules", "Bread", 4, (), before="bread")) == (
        "rules.txt: updated as rules, until now bread, 4 clauses"
    )


def test_what_an_import_left_as_it_is_is_said() -> None:
    kept = Added("kept", "two", "Bread", 0, ())
    assert sentence("Bread", kept).startswith("Bread: already here as two, in another state")
    assert summary([kept, Added("added", "one", "One", 1, ())]) == "1 added, 1 kept as they are"


def test_a_folder_without_documents_says_what_is_in_it(small: Library, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "x.png").write_bytes(b"")
    refused, passed = [outcome for _, outcome in add_all([tmp_path / "papers"], small, quiet)]
    assert isinstance(refused, FileRefusedError) and isinstance(passed, PassedOver) and passed.name == "x.png"

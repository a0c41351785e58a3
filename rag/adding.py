"""Add files, folders and archives one document after the other, and count what came of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from index.clause import NOTHING, Given
from index.errors import FileRefusedError
from index.library import Added, Library
from index.readers.bundle import PassedOver, files_in, is_archive, passed_over, unpacked

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]
Outcome = Added | FileRefusedError | PassedOver
"""What came of one file: how it went in, or why it did not."""
NAMED = 10
"""Files passed over that a terminal names."""


def add_all(
    paths: Sequence[Path],
    library: Library,
    progress: Progress,
    given: Given = NOTHING,
    *,
    ocr: bool = False,
    beside: set[str] | None = None,
    replacing: str | None = None,
) -> Iterator[tuple[str, Outcome]]:
    """Add each path, yielding the name of each file and what came of it. A refused file stops nothing; what a folder or an
    archive holds beside documents is passed over and named after them.

    No file replaces another of the same call: files that come together are not states of one document. progress: opens a
    progress bar for the file of a name. given: what is said of every file. ocr: as for `Library.add`. beside: slugs of the
    documents that came so far, which grows. replacing: slug of the document whose place a single file takes. Raises
    LibraryError where the library cannot be written.
    """
    beside = set[str]() if beside is None else beside
    for path in paths:
        try:
            for name, file in _files(path):
                if isinstance(file, FileRefusedError):
                    yield name, file
                elif is_archive(file):
                    yield from add_all([file], library, progress, given, ocr=ocr, beside=beside)
                else:
                    outcome = _add(file, library, progress, given, ocr, beside, replacing)
                    if isinstance(outcome, Added):
                        beside.add(outcome.slug)
                    yield name, outcome if file == path else _called(outcome, file, name)
        except FileRefusedError as error:
            yield path.name, error
        for passed in passed_over(path):
            yield passed.name, passed


def _files(path: Path) -> Iterator[tuple[str, Path | FileRefusedError]]:
    """A file by its name, or each document of a folder or an archive by its path in there, or why it cannot be read."""
    folder = files_in(path)
    if folder is not None:
        yield from ((str(file.relative_to(path)), file) for file in folder)
    elif is_archive(path):
        yield from unpacked(path)
    else:
        yield path.name, path


def _add(
    file: Path,
    library: Library,
    progress: Progress,
    given: Given,
    ocr: bool,
    beside: Collection[str],
    replacing: str | None,
) -> Outcome:
    try:
        with progress(file.name) as advance:
            return library.add(file, advance, given, ocr=ocr, beside=beside, replacing=replacing)
    except FileRefusedError as error:
        return error


def _called(outcome: Outcome, file: Path, name: str) -> Outcome:
    """A refusal that begins with the name of a file, with its path in the folder or archive that it came from instead."""
    if not isinstance(outcome, FileRefusedError):
        return outcome
    said = str(without_folder(outcome, file.parent))
    return FileRefusedError(name + said.removeprefix(file.name) if said.startswith(file.name) else said)


def without_folder(outcome: Outcome, folder: Path) -> Outcome:
    """A refusal that names a file by its name alone, and not by a temporary `folder` that says nothing to anybody."""
    if not isinstance(outcome, FileRefusedError):
        return outcome
    return FileRefusedError(str(outcome).replace(f"{folder}/", "").replace(f"{folder}\\", ""))


def sentence(name: str, outcome: Added) -> str:
    """One line about a file that went in."""
    if outcome.state == "unchanged":
        return f"{name}: already here as {outcome.slug}"
    if outcome.state == "kept":
        return f"{name}: already here as {outcome.slug}, in another state or described otherwise, which stays as it is"
    other = outcome.namesake
    beside = (
        f", beside {other} of the same name or symbol: add it with --replace {other} if it replaces that"
        if other
        else ""
    )
    before = f", until now {outcome.before}" if outcome.before else ""
    return f"{name}: {outcome.state} as {outcome.slug}{before}, {outcome.clauses} clauses{beside}"


def passed_said(outcomes: Sequence[Outcome]) -> list[str]:
    """A line about each of the first files that were passed over, and one that counts the rest."""
    passed = [outcome for outcome in outcomes if isinstance(outcome, PassedOver)]
    lines = [f"{one.name}: passed over, {one.why}" for one in passed[:NAMED]]
    return lines + [f"and {len(passed) - NAMED} more passed over; --json names all"] * (len(passed) > NAMED)


def outcome_form(name: str, outcome: Outcome) -> dict[str, object]:
    """What came of a file, for other programs: "state" is added, updated, unchanged, kept, refused or passed over."""
    if isinstance(outcome, Added):
        return {"name": name, **asdict(outcome)}
    if isinstance(outcome, FileRefusedError):
        return {"name": name, "state": "refused", "why": str(outcome)}
    return {"name": name, "state": outcome.state, "why": outcome.why}


def summary(outcomes: Sequence[Outcome]) -> str:
    """All files in one line: "14 added, 2 already here, 1 refused"."""
    words = {"added": "added", "updated": "updated", "unchanged": "already here", "refused": "refused"}
    words |= {"kept": "kept as they are", "passed over": "passed over"}
    counts = Counter("refused" if isinstance(o, FileRefusedError) else o.state for o in outcomes)
    return ", ".join(f"{counts[state]} {said}" for state, said in words.items() if counts[state])

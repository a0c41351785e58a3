"""Folders and .zip files of documents: which files are in them, read one after the other."""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from index.errors import FileRefusedError
from index.readers.read import MAX_BYTES, OLD_SUFFIXES, SUFFIXES

MAX_FILES = 20_000
MAX_DESCRIPTION = 100_000
"""Bytes of a NAME.toml that are read."""
MAX_UNPACKED = 4 * 2**30
"""Bytes of all files of an archive together."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a folder or archive that is not read, or a hidden folder in it."""

    name: str
    """Its path in the folder or archive; a folder's ends with a stroke."""
    why: str
    """For example "files of the kind .png are not read"."""
    state: Literal["passed over"] = "passed over"


def files_in(path: Path) -> list[Path] | None:
    """The documents in a folder and those below it, in order of name; None for what is no folder. Files that `passed_over`
    names and .toml files (which describe others) are not among them. Raises FileRefusedError for a folder without documents."""
    if not path.is_dir():
        return None
    names = _names_in(path)
    kinds = SUFFIXES | OLD_SUFFIXES | {".zip"}
    found = [path / name for name in names if not _is_description(name) and _why_not(name, names, kinds) is None]
    found = sorted(file for file in found if file.is_file())
    if not found:
        raise FileRefusedError(
            f"{path} holds no document of a kind that is read ({', '.join(sorted(SUFFIXES - {''}))})."
        )
    if len(found) > MAX_FILES:
        raise FileRefusedError(f"{path} holds {len(found):,} files, the limit is {MAX_FILES:,}; add it in parts.")
    return found


def passed_over(path: Path) -> list[PassedOver]:
    """What of a folder or a .zip is not read and why, in order of name; a hidden folder is named once, its files are not.
    Nothing for any other file and for an archive that cannot be opened."""
    if path.is_dir():
        names, kinds = _names_in(path), SUFFIXES | OLD_SUFFIXES | {".zip"}
        broken = {name for name in names if not (path / name).is_file()}
    elif is_archive(path):
        try:
            with zipfile.ZipFile(path) as archive:
                names = {_stored_name(m.filename) for m in archive.infolist() if m.filename and not m.is_dir()}
        except _BROKEN:
            return []
        kinds, broken = _PACKED_KINDS, set()
    else:
        return []
    found: dict[str, PassedOver] = {}
    for name in sorted(names):
        hidden = _hidden_folder(name)
        why = _why_not(name, names, kinds) or ("it is not an ordinary file" if name in broken else None)
        if hidden:
            found.setdefault(hidden, PassedOver(f"{hidden}/", why or "hidden folders are not read"))
        elif why:
            found[name] = PassedOver(name, why)
    return list(found.values())


def _names_in(folder: Path) -> set[str]:
    """Paths of what a folder holds, without the folders in it."""
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}


def _stored_name(name: str) -> str:
    """A member's path with nothing that leads out of its archive."""
    parts = name.replace("\\", "/").replace("\0", "").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "document"


def _hidden_folder(name: str) -> str | None:
    """The outermost hidden folder that a file lies in."""
    folders = name.split("/")[:-1]
    hidden = next((n for n, folder in enumerate(folders) if folder.startswith(".") or folder == "__MACOSX"), None)
    return None if hidden is None else "/".join(folders[: hidden + 1])


def _is_description(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() == ".toml"


def _why_not(name: str, names: set[str], kinds: frozenset[str]) -> str | None:
    """Why a file of a folder or archive that holds `names` is not read; None where it is, or describes one that is."""
    last, suffix = name.rpartition("/")[2], PurePosixPath(name).suffix.lower()
    if _hidden_folder(name):
        return "hidden folders are not read"
    if last.startswith("."):
        return "hidden files are not read"
    if _is_description(name):
        described = any(name[: -len(suffix)] + kind in names for kind in (*kinds, *(kind.upper() for kind in kinds)))
        return None if described else "the file that it describes is not here"
    if suffix not in kinds:
        if suffix == ".zip":
            return "archives in archives are not read"
        return f"files of the kind {suffix} are not read" if suffix else "nothing says what kind of file it is"
    if not suffix and last.isupper():
        return "README, LICENSE and the like are no documents"
    return None


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip of files; Word files are archives too, and documents."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    return zipfile.is_zipfile(path)


def unpacked(path: Path) -> Iterator[tuple[str, Path | FileRefusedError]]:
    """The path of each document of a .zip in there, and a file of its own, which is gone when the next one is asked for; or why
    this one cannot be unpacked.

    Nothing is written outside a temporary folder: of a member's name only its last part is used. Raises FileRefusedError
    for a damaged or locked archive and for one that unpacks to more than any collection needs.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if m.filename and not m.is_dir() and _is_document(m.filename)]
            if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_UNPACKED:
                raise FileRefusedError(
                    f"{path.name} unpacks to more than {MAX_UNPACKED // 2**30} GB or {MAX_FILES:,} files."
                )
            if not members:
                raise FileRefusedError(f"{path.name} holds no document of a kind that is read.")
            described = {
                m.filename[: -len(".toml")]: m for m in archive.infolist() if m.filename.lower().endswith(".toml")
            }
            for member in members:
                name = _stored_name(member.filename)
                with tempfile.TemporaryDirectory() as place:
                    file = Path(place) / _last_part(member.filename)
                    try:
                        _unpack(
                            archive, member, file, MAX_BYTES + 1
                        )  # one too many: then the reader refuses it by size
                        said = described.get(member.filename.rpartition(".")[0])
                        if said is not None:
                            _unpack(archive, said, file.with_suffix(".toml"), MAX_DESCRIPTION)
                    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                        yield (
                            name,
                            FileRefusedError(f"{name} is damaged in {path.name} ({error}); get the archive again."),
                        )
                        continue
                    yield name, file
    except _BROKEN as error:
        raise FileRefusedError(f"{path.name} could not be unpacked ({error}); unpack it and add the folder.") from error


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: Path, most: int) -> None:
    with archive.open(member) as packed:
        file.write_bytes(packed.read(most))


_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
    IndexError,
)  # fmt: skip
"""What `zipfile` raises of a broken or locked archive."""


_PACKED_KINDS = (SUFFIXES | OLD_SUFFIXES) - {""}


def _is_document(name: str) -> bool:
    stored = _stored_name(name)
    return not _is_description(stored) and _why_not(stored, set(), _PACKED_KINDS) is None


def _last_part(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    return last[-200:] or "document"

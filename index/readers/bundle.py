"""Folders and .zip files of documents: which files are in them, read one after the other."""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.errors import FileRefusedError
from index.readers.read import MAX_BYTES, OLD_SUFFIXES, SUFFIXES

MAX_FILES = 20_000
MAX_DESCRIPTION = 100_000
"""Bytes of a NAME.toml that are read."""
MAX_UNPACKED = 4 * 2**30
"""Bytes of all files of an archive together."""


def files_in(path: Path) -> list[Path] | None:
    """The documents in a folder and those below it, in order of name; None for what is no folder. Hidden files, files of
    other kinds and .toml files (which describe others) are passed over."""
    if not path.is_dir():
        return None
    found = sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and file.suffix.lower() in SUFFIXES | OLD_SUFFIXES | {".zip"}
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and (file.suffix or not file.name.isupper())  # LICENSE, README, Makefile's like
    )
    if not found:
        raise FileRefusedError(
            f"{path} holds no document of a kind that is read ({', '.join(sorted(SUFFIXES - {''}))})."
        )
    if len(found) > MAX_FILES:
        raise FileRefusedError(f"{path} holds {len(found):,} files, the limit is {MAX_FILES:,}; add it in parts.")
    return found


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip of files; Word files are archives too, and documents."""
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    return zipfile.is_zipfile(path)


def unpacked(path: Path) -> Iterator[Path]:
    """Each document of a .zip as a file of its own, which is gone when the next one is asked for.

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
            described = {m.filename[: -len(".toml")]: m for m in archive.infolist() if m.filename.endswith(".toml")}
            for member in members:
                with tempfile.TemporaryDirectory() as place:
                    file = Path(place) / _last_part(member.filename)
                    with archive.open(member) as packed:
                        file.write_bytes(packed.read(MAX_BYTES + 1))  # one too many: then the reader refuses it by size
                    said = described.get(member.filename.rpartition(".")[0])
                    if said is not None:
                        with archive.open(said) as packed:
                            file.with_suffix(".toml").write_bytes(packed.read(MAX_DESCRIPTION))
                    yield file
    except _BROKEN as error:
        raise FileRefusedError(f"{path.name} could not be unpacked ({error}); unpack it and add the folder.") from error


_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
    IndexError,
)  # fmt: skip
"""What `zipfile` raises of a broken or locked archive."""


def _is_document(name: str) -> bool:
    last = _last_part(name)
    return (
        Path(last).suffix.lower() in (SUFFIXES | OLD_SUFFIXES) - {""}
        and not last.startswith(".")
        and "__MACOSX" not in name
    )


def _last_part(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    return last[-200:] or "document"

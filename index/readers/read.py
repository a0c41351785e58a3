"""A file to a Document: which reader, which limits, what is known beside the text."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from index.clause import Block, Document
from index.errors import FileRefusedError
from index.language import detect
from index.readers import jsonl, text
from index.structure import structure

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused by name: a text of this size is some thirty million characters, no document people cite."""
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ""})


@dataclass(frozen=True, slots=True)
class _Beside:
    """What `NAME.toml` beside a file says of it. Unknown stays None."""

    slug: str | None = None
    title: str | None = None
    symbol: str | None = None
    language: str | None = None
    date: datetime.date | None = None


def read_document(path: Path) -> Document:
    """Read one file. Raises FileRefusedError, in a sentence, for what is not a document."""
    data = _bytes(path)
    decoded, notes = text.decode(data, sound(path.name))
    beside = _beside(path)
    sha256 = hashlib.sha256(data).hexdigest()
    slug, name = beside.slug or slug_from(path.stem), sound(path.name)
    if path.suffix.lower() == ".jsonl":
        body, blocks, rows = jsonl.rows(decoded, path.name)
        languages = {row.language for row in rows}
        language = beside.language or (languages.pop() if len(languages) == 1 else None)
        return Document(
            slug, body, blocks, sha256, beside.title or name, language, name,
            symbol=beside.symbol, date=beside.date, notes=notes, rows=rows,
        )  # fmt: skip
    body, blocks = structure(text.paragraphs(decoded))
    return Document(
        slug, body, blocks, sha256, beside.title or _title(body, blocks) or sound(path.stem),
        beside.language or detect(body), name, symbol=beside.symbol, date=beside.date, notes=notes,
    )  # fmt: skip


def slug_from(name: str) -> str:
    """A short name for ids and links from a file's name: letters and digits of any script, lower case, hyphens."""
    plain = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode().lower()
    return re.sub(r"[^\w.]+", "-", plain).strip("-._")[:80] or "document"


def sound(name: str) -> str:
    """A name without lone surrogates, which stand for bytes that are no UTF-8 and can be neither stored nor printed."""
    return name.encode("utf-8", "replace").decode()


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileRefusedError(f"{path} is a folder; name the files in it.")
        if not path.is_file():
            what = "is not an ordinary file" if path.exists() else "does not exist"
            raise FileRefusedError(f"{path} {what}.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise FileRefusedError(f"{path} has {size / 2**20:.0f} MB, the limit is {limit} MB; bring it in parts.")
        if path.suffix.lower() not in TEXT_SUFFIXES | {".jsonl"}:
            raise FileRefusedError(f"{path} is a {path.suffix} file; bring it as plain text (.txt) or as .jsonl.")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise FileRefusedError(f"{str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def _beside(path: Path) -> _Beside:
    file = path.with_suffix(".toml")
    if not file.is_file():
        return _Beside()
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        unknown = set(found) - set(_Beside.__slots__)
        wrong = [key for key in found if not isinstance(found[key], datetime.date if key == "date" else str)]
    except (OSError, ValueError) as error:
        raise FileRefusedError(f"{file}, which describes {path.name}, cannot be read: {error}.") from error
    if unknown or wrong:
        raise FileRefusedError(
            f"{file} has keys that are unknown or of the wrong type ({', '.join(sorted(unknown | set(wrong)))}); "
            f"known are {', '.join(_Beside.__slots__)} (date as 2006-04-13, the others as text)."
        )
    if "slug" in found:
        found["slug"] = slug_from(found["slug"])
    return _Beside(**found)


def _title(body: str, blocks: tuple[Block, ...]) -> str | None:
    """The first title that the text prints, else its first line if that is short."""
    for block in blocks:
        if block.kind == "title":
            return body[block.start : block.end].split("\n")[0]
    first = body[: blocks[0].end].split("\n")[0] if blocks else ""
    return first if 0 < len(first) <= 120 else None

"""A file to a Document: which reader, which limits, what is known beside the text."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.clause import Block, Document
from index.errors import FileRefusedError
from index.language import detect
from index.marks import is_masthead, resolution_title, symbol_of
from index.readers import jsonl, text
from index.readers.isolated import isolated_parts
from index.readers.parts import Paragraph, Parts
from index.structure import structure

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused by name: a text of this size is some thirty million characters, no document people cite."""
SUFFIXES = frozenset({".txt", ".text", ".md", "", ".jsonl", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".xml"})
"""Of files that are read when a folder is added. A file named by itself is read by what it holds, whatever its name."""
TITLE_BLOCKS = 12
"""Blocks at the head of a document among which its title is looked for."""
MASTHEAD = 60
"""Paragraphs at the head of a document among which its symbol is looked for; a symbol further on is a cited one."""


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
    beside = _beside(path)
    sha256 = hashlib.sha256(data).hexdigest()
    name = sound(path.name)
    if path.suffix.lower() == ".jsonl":
        decoded, notes = text.decode(data, name)
        body, blocks, rows = jsonl.rows(decoded, path.name)
        languages = {row.language for row in rows}
        language = beside.language or (languages.pop() if len(languages) == 1 else None)
        return Document(
            beside.slug or slug_from(path.stem), body, blocks, sha256, beside.title or name, language, name,
            symbol=beside.symbol, date=beside.date, notes=notes, rows=rows,
        )  # fmt: skip
    found = _parts(data, name, path.suffix.lower())
    body, blocks = structure(found.paragraphs)
    symbol = beside.symbol or found.symbol or _symbol(found.paragraphs)
    language = beside.language or found.language or detect(body)
    slug = beside.slug or (slug_from(f"{symbol}-{language or ''}") if symbol else slug_from(path.stem))
    title = beside.title or found.title or _title(body, blocks) or sound(path.stem)
    return Document(
        slug, body, blocks, sha256, title, language, name, symbol=symbol, date=beside.date or found.date,
        notes=found.notes, left_out=found.left_out,
    )  # fmt: skip


def _parts(data: bytes, name: str, suffix: str) -> Parts:
    """Take a file apart by what it is; its name proves nothing."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start.lower()
    if b"%PDF-" in data[:1024]:
        return isolated_parts("pdf", data, name)
    if start.startswith(b"PK\x03\x04"):
        return isolated_parts("docx", data, name)
    if start.startswith(b"\xd0\xcf\x11\xe0") or start.startswith(b"\xffWPC") or start.startswith(b"{\\rtf"):
        raise FileRefusedError(
            f"{name} is an old Word, WordPerfect or RTF file; open it in Word or LibreOffice and save it as .docx, then add that."
        )
    if lower.startswith((b"<!doctype html", b"<html")) or (suffix in (".html", ".htm", ".xhtml") and b"<" in start):
        return isolated_parts("html", data, name)
    if lower.startswith((b"<?xml", b"<akomantoso")):
        return isolated_parts("html" if b"<html" in lower else "xml", data, name)
    if suffix == ".md":
        return isolated_parts("markdown", data, name)
    decoded, notes = text.decode(data, name)
    return Parts(tuple(text.paragraphs(decoded)), notes=notes)


def _symbol(paragraphs: Sequence[Paragraph]) -> str | None:
    """The first symbol that stands on a line of its own at the head of a document; on its first page where it has pages."""
    head = [p for p in paragraphs if p.page in (None, 1)][:MASTHEAD] or paragraphs[:MASTHEAD]
    for paragraph in head:
        symbol = symbol_of(paragraph.text)
        if symbol:
            return symbol
    return None


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
    """The first title that the text prints, else the first short line of its head that every such document has not."""
    for block in blocks[:MASTHEAD]:
        for line in body[block.start : block.end].split("\n"):
            if title := resolution_title(line):
                return title
    for block in blocks:
        if block.kind == "title":
            for line in body[block.start : block.end].split("\n"):
                if not is_masthead(line):
                    return line
    for block in blocks[:TITLE_BLOCKS]:
        first = body[block.start : block.end].split("\n")[0]
        if block.kind in ("head", "heading") or block is blocks[0]:
            for line in body[block.start : block.end].split("\n"):
                if 0 < len(line) <= 200 and not is_masthead(line):
                    return line
        elif len(first) > 200:
            break
    return None

"""A file to a Document: which reader, which limits, what is known beside the text."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from index.bodies import body_of_symbol
from index.clause import CITED_KINDS, NOTHING, Block, Document, Given
from index.errors import FileRefusedError
from index.language import LANGUAGES, detect
from index.masthead import LINES, Masthead, masthead_of, may_be_long_title, names_committee, names_treaty
from index.readers import jsonl, text
from index.readers.contents import without_contents
from index.readers.isolated import isolated_parts
from index.readers.parts import Paragraph, Parts
from index.readers.rows import CELL
from index.structure.phrases import is_speaker
from index.structure.structure import structure
from index.structure.titles import is_annex
from index.symbols import is_masthead

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused by name: a text of this size is some thirty million characters, no document people cite."""
SUFFIXES = frozenset({".txt", ".text", ".md", "", ".jsonl", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".xml"})
"""Of files that are read when a folder is added. A file named by itself is read by what it holds, whatever its name."""
OLD_SUFFIXES = frozenset({".doc", ".wpd", ".rtf"})
"""Of files that a folder's adding names too, to say how they can be converted."""
OCR_SECONDS = 4 * 3600
"""Time that reading a file of pictures may take: some five seconds a page."""
HEAD = 8192
"""Bytes of a file in which its first element is looked for."""
TITLE_BLOCKS = 12
"""Blocks at the head of a document among which its title is looked for."""


def read_document(path: Path, given: Given = NOTHING, *, ocr: bool = False) -> Document:
    """Read one file; with `ocr` also pages that are pictures (Tesseract, where it is installed).

    What is given goes before `NAME.toml`, that before what the format says, that before the text. Raises FileRefusedError,
    in a sentence, for what is not a document.
    """
    data = file_bytes(path)
    given = given.over(_beside(path))
    sha256 = hashlib.sha256(data).hexdigest()
    name, slug = sound(path.name), slug_from(path.stem)
    if path.suffix.lower() == ".jsonl":
        decoded, notes = text.decode(data, name)
        body, blocks, rows = jsonl.rows(decoded, path.name)
        languages = {row.language for row in rows}
        language = languages.pop() if len(languages) == 1 else None
        return described(Document(slug, body, blocks, sha256, name, language, name, notes=notes, rows=rows), given)
    found = without_contents(_parts(data, name, path.suffix.lower(), ocr, given.language))
    head = _masthead(found)
    body, blocks = structure(_titles_short(found.paragraphs, head.title or found.title))
    if not any(block.kind in CITED_KINDS and block.body < block.end for block in blocks):
        raise FileRefusedError(f"{name} has no clause: nothing in it can be cited or found.")
    symbol = found.symbol or head.symbol
    read = Document(
        slug, body, blocks, sha256, head.title or found.title or _title(body, blocks, symbol) or sound(path.stem),
        found.language or detect(body), name, symbol=symbol, date=found.date or head.date,
        body=(body_of_symbol(symbol) if symbol else None) or head.body, session=head.session, agenda_item=head.agenda_item,
        notes=found.notes, left_out=found.left_out, from_picture=found.from_picture,
    )  # fmt: skip
    return described(read, given)


def described(document: Document, said: Given) -> Document:
    """A document with what is said of it, where nothing else was said before."""
    said = document.given.over(said)
    symbol, language = said.symbol or document.symbol, said.language or document.language
    by_symbol = slug_from(f"{symbol}-{language or ''}") if symbol and not document.rows else None
    return replace(
        document, slug=said.slug or by_symbol or document.slug, title=said.title or document.title, language=language,
        symbol=symbol, date=said.date or document.date,
        body=said.body or (body_of_symbol(said.symbol) if said.symbol else None) or document.body,
        session=said.session or document.session, agenda_item=said.agenda_item or document.agenda_item, given=said,
    )  # fmt: skip


def _titles_short(paragraphs: Sequence[Paragraph], title: str | None) -> list[Paragraph]:
    """The same paragraphs; a title at the head is no paragraph of the text however long it is, nor is a committee's name, nor
    what the text begins with where it is no sentence."""
    return [
        replace(paragraph, short=True)
        if n < LINES
        and not (paragraph.short or paragraph.row or paragraph.begins_with)
        and (
            paragraph.text == title or names_committee(paragraph.text) or (n == 0 and may_be_long_title(paragraph.text))
        )
        else paragraph
        for n, paragraph in enumerate(paragraphs)
    ]


def _masthead(found: Parts) -> Masthead:
    """What the first page says; the running heads are looked at where it has no symbol."""
    first_page = [p for p in found.paragraphs if p.page in (None, 1)] or found.paragraphs
    printed = [
        p.text for p in first_page[:LINES] if p.short or p.begins_with or CELL not in p.text
    ]  # no rows of a table
    lines = [line for text in printed for line in re.split(r"\n|\t|\s{3,}", text)]  # two columns of a masthead
    margins = [piece.text for piece in found.left_out if piece.kind == "running head"]
    return masthead_of(lines, margins, [line for p in found.paragraphs for line in p.text.split("\n")])


def _parts(data: bytes, name: str, suffix: str, ocr: bool = False, language: str | None = None) -> Parts:
    """Take a file apart by what it is; its name proves nothing."""
    format = _format(data, name, suffix)
    if format is None:
        decoded, notes = text.decode(data, name)
        return replace(text.parts(decoded), notes=notes)
    if ocr and format == "pdf":
        return isolated_parts("pdf", data, name, seconds=OCR_SECONDS, ocr=True, language=language)
    return isolated_parts(format, data, name)


def parts_or_text(data: bytes, name: str) -> Parts | str:
    """A file taken apart, or the text of a plain one with its lines as they stand. Raises FileRefusedError."""
    if len(data) > MAX_BYTES:
        raise FileRefusedError(f"{name} has {len(data) / 2**20:.0f} MB, the limit is {MAX_BYTES // 2**20} MB.")
    format = _format(data, name, Path(name).suffix.lower())
    return text.decode(data, name)[0] if format is None else isolated_parts(format, data, name)


def _format(data: bytes, name: str, suffix: str) -> str | None:
    """The format of a file as its reader is named; None for plain text. Raises FileRefusedError for old Word files
    and for archives."""
    if suffix == ".zip":
        raise FileRefusedError(f"{name} is a damaged .zip, or none: get it again, or bring the files that are in it.")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = start.lower()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith(b"\xd0\xcf\x11\xe0") or start.startswith(b"\xffWPC") or start.startswith(b"{\\rtf"):
        raise FileRefusedError(
            f"{name} is an old Word, WordPerfect or RTF file; open it in Word or LibreOffice and save it as .docx, then add that."
        )
    if lower.startswith((b"<!doctype html", b"<html")) or (suffix in (".html", ".htm", ".xhtml") and b"<" in start):
        return "html"
    if lower.startswith((b"<?xml", b"<akomantoso")) or _is_akoma_ntoso(data):
        return "html" if b"<html" in lower else "xml"
    return "markdown" if suffix == ".md" else None


def _is_akoma_ntoso(data: bytes) -> bool:
    """Whether a file's first element is Akoma Ntoso's, behind comments, with a prefix, in UTF-16."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = data[:HEAD].decode("utf-16" if wide else "utf-8-sig", "ignore")
    element = re.match(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<(?:[\w.-]+:)?(\w+)", head, re.DOTALL)
    return element is not None and element[1].lower() == "akomantoso"


def slug_from(name: str) -> str:
    """A short name for ids and links from a file's name: letters and digits of any script, lower case, hyphens."""
    plain = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode().lower()
    return re.sub(r"[^\w.]+", "-", plain).strip("-._")[:80] or "document"


def sound(name: str) -> str:
    """A name without lone surrogates, which stand for bytes that are no UTF-8 and can be neither stored nor printed."""
    return name.encode("utf-8", "replace").decode()


def file_bytes(path: Path) -> bytes:
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


def _beside(path: Path) -> Given:
    beside = (path.with_suffix(suffix) for suffix in (".toml", ".TOML", ".Toml"))
    file = next((file for file in beside if file.is_file()), None)
    if file is None:
        return NOTHING
    known = [field.name for field in fields(Given)]
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        unknown = set(found) - set(known)
        wrong = [key for key in found if type(found[key]) is not (datetime.date if key == "date" else str)]
        if "language" in found and found["language"] not in LANGUAGES:
            wrong.append("language")
    except UnicodeDecodeError as error:
        raise FileRefusedError(f"{file}, which describes {path.name}, is not UTF-8: save it as UTF-8.") from error
    except (OSError, ValueError) as error:
        raise FileRefusedError(f"{file}, which describes {path.name}, cannot be read: {error}.") from error
    if unknown or wrong:
        raise FileRefusedError(
            f"{file} has keys that are unknown or of the wrong type ({', '.join(sorted(unknown | set(wrong)))}); "
            f"known are {', '.join(known)} (date as 2006-04-13, language one of {', '.join(LANGUAGES)}, the others as text)."
        )
    given = Given(**found)
    return replace(given, slug=given.slug and slug_from(given.slug))


def _title(body: str, blocks: tuple[Block, ...], symbol: str | None) -> str | None:
    """The first title that the text prints, else the first short line of its head that every such document has not."""
    for block in blocks:
        own = block is blocks[0] or block.path[0].kind not in ("annex", "appendix", "schedule")
        own = own and block.path[0].kind not in ("resolution", "draft")  # a title of one of several
        if block.kind == "title" and own:
            for line in body[block.start : block.end].split("\n"):
                if not (is_masthead(line) or is_annex(line) or is_speaker(line) or names_treaty(line, symbol)):
                    return line
    for block in blocks[:TITLE_BLOCKS]:
        first = body[block.start : block.end].split("\n")[0]
        if block.kind in ("head", "heading") or (
            block is blocks[0] and block.path[0].kind not in ("resolution", "draft")
        ):
            for line in body[block.start : block.end].split("\n"):
                if 0 < len(line) <= 200 and not (is_masthead(line) or is_speaker(line) or names_treaty(line, symbol)):
                    return line
        elif len(first) > 200:
            break
    return None

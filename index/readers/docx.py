"""Word files (.docx): the paragraphs of the body in order, with the numbers that Word prints, tables row by row;
notes, heads and feet are listed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from index.errors import FileRefusedError
from index.readers.docx_numbers import Numbering
from index.readers.docx_symbols import UNKNOWN
from index.readers.docx_tables import Placed, cell_of, rows_read
from index.readers.docx_text import FALLBACK, NO_STYLES, Styles, text_of, unseen
from index.readers.parts import LeftOut, Paragraph, Parts, is_short, parted
from index.readers.rows import CELL

MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes that the parts of a file may have when unpacked; a Word file of a thousand pages has a tenth of that."""

_CONTENTS = re.compile(r"toc \d")
"""Styles of the entries of a table of contents that Word makes."""
_PAGE = re.compile(r"\s+(?=(?:\d{1,4}|[ivxlc]{1,7})$)")
"""What stands before the page of such an entry."""


def parts(data: bytes, name: str) -> Parts:
    """Take a Word file apart. Raises FileRefusedError for a damaged or locked one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise FileRefusedError(f"{name} unpacks to {unpacked / 2**20:.0f} MB, which no Word document needs.")
            notes = list(_notes(archive))
        document = docx.Document(io.BytesIO(data))
    except FileRefusedError:
        raise
    except Exception as error:  # whatever a broken file makes three libraries raise
        raise FileRefusedError(
            f"{name} could not be read as a Word file ({type(error).__name__}); open it in Word and save it anew as .docx."
        ) from error
    styles = Styles.of(document.styles.element)
    left_out = [*_margins(document), *notes, *unseen(document.element.body, styles)]
    names = {style.style_id: (style.name or "").lower() for style in document.styles}
    found, unknown = _numbered(document, names, styles)
    if not found:
        raise FileRefusedError(f"{name} holds no text: its pages may be pictures; bring a version made from text.")
    said = (
        f"{name} has {unknown} paragraphs that Word numbers in a form that is not known here; those numbers are not in the text.",
    ) * (unknown > 0)  # fmt: skip
    if signs := sum(paragraph.text.count(UNKNOWN) for paragraph in found):
        said += (f"{name} has signs of fonts that are not known here ({signs}); they are shown as {UNKNOWN}.",)
    return Parts(tuple(found), tuple(left_out), said)


def _numbered(document: WordDocument, names: dict[str, str], styles: Styles) -> tuple[list[Paragraph], int]:
    """The paragraphs of the body with the numbers that Word prints before them, and how many of those are not known."""
    numbering, unknown = Numbering(document), 0
    found: list[Placed] = []
    for element, text in _paragraphs(document.element.body, styles):
        heading = _is_heading(element)
        first, *others = parted(text.split("\n")) or [""]
        printed = numbering.of(element, heading=heading or is_short(first))
        place = cell_of(element)
        if not first and printed and printed.label and place[0] is not None:
            first, printed = printed.label, None  # the number of a row in a cell of its own
        if not first:
            continue  # counted all the same, as Word does
        style = _style(element, names)
        listed = (printed is not None and printed.bullet) or style.startswith("list bullet")
        listed = listed or style == "caption"  # heads nothing, as in a web page
        quoted, mark = _is_quoted(element, style), printed.mark if printed else None
        leads = _CONTENTS.fullmatch(style) is not None or _is_in_contents(element)
        if leads:
            first = _PAGE.sub(CELL, first)
        texts = [f"{printed.label} {first}" if printed and printed.label else first, *others]
        unknown += printed is not None and not printed.known
        for at, (line, whole) in enumerate(zip((first, *others), texts, strict=True)):
            short = heading or (is_short(line) and not listed)
            paragraph = Paragraph(
                whole, short, quoted=quoted, mark=mark if at == 0 else None, heads=heading, leads=leads
            )
            found.append(Placed(paragraph, *place))
    return rows_read(found), unknown


def _paragraphs(body: etree._Element, styles: Styles = NO_STYLES) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph, in the order of the file, also those without text, and its lines where they are
    broken by hand; those of tables and text boxes where they stand."""
    for element in body.iter(qn("w:p")):
        if any(ancestor.tag == FALLBACK for ancestor in element.iterancestors()):
            continue  # the same text box once more, for old versions of Word
        lines = text_of(element, styles).split("\n")
        yield element, "\n".join(" ".join(line.split()) for line in lines).strip()


def _is_heading(element: etree._Element) -> bool:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = (style.get(qn("w:val")) or "").lower() if style is not None else ""
    return name.startswith(("heading", "title")) or name.strip("_ ").startswith(("h1", "hch", "h_"))


def _is_in_contents(element: etree._Element) -> bool:
    """Whether a paragraph stands in the content control in which Word keeps a table of contents, whatever its style."""
    path = f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}"
    galleries = (control.find(path) for control in element.iterancestors(qn("w:sdt")))
    return any(gallery is not None and gallery.get(qn("w:val")) == "Table of Contents" for gallery in galleries)


def _style(element: etree._Element, names: dict[str, str]) -> str:
    """The name of a paragraph's style, small."""
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    given = style.get(qn("w:val")) or "" if style is not None else ""
    return names.get(given, given.lower())


def _is_quoted(element: etree._Element, style: str) -> bool:
    """Whether a paragraph is set apart as a quotation: by its style's name, or by indents on both sides."""
    indent = element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    sides = (("left", "start"), ("right", "end"))
    both = indent is not None and all(any(_twips(indent.get(qn(f"w:{s}"))) > 0 for s in side) for side in sides)
    return both or any(word in style for word in ("quot", "block text", "extract", "citation", "引用", "引文"))


def _twips(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdecimal() else 0


def _notes(archive: zipfile.ZipFile) -> Iterator[LeftOut]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in archive.namelist():
            for note in etree.fromstring(archive.read(part), parser):
                text = " ".join(text_of(note).split())
                if text:
                    yield LeftOut("footnote", text)


def _margins(document: WordDocument) -> Iterator[LeftOut]:
    """Heads and feet of all sections, each distinct text once."""
    seen: set[str] = set()
    for section in document.sections:
        for margin in (
            section.first_page_header, section.first_page_footer, section.header, section.footer,
            section.even_page_header, section.even_page_footer,
        ):  # fmt: skip
            for _, lines in _paragraphs(margin._element):
                text = " ".join(lines.split("\n"))
                if text and text not in seen:
                    seen.add(text)
                    yield LeftOut("running head", text)

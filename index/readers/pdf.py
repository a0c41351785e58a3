"""PDF: bytes in, paragraphs out; what is no text of the document (heads, feet, footnotes) told apart and listed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]

from index.errors import FileRefusedError
from index.readers.parts import LeftOut, Paragraph, Parts
from index.readers.pdf_footnotes import without_footnotes, without_old_marks
from index.readers.pdf_glyphs import BREAK
from index.readers.pdf_join import Joiner
from index.readers.pdf_layout import Line, Page, read_page
from index.readers.pdf_ocr import INSTALL, paragraphs_of, read_pictures
from index.readers.pdf_paragraphs import body_size, grouped, is_row, is_short

MAX_PAGES = 3_000
MAX_PAGE_CHARACTERS = 200_000
MAX_CHARACTERS = 30_000_000
MAX_BROKEN_ARABIC = 0.05
"""Share of one-letter words among Arabic words: 0.004 to 0.007 in sound text, 0.15 to 0.27 where Word lost letters."""

MAX_UNSURE = 0.02
"""Letters that may or may not have a vowel sign, as a share of the Arabic words: chosen, not measured; sound text has none."""


def parts(data: bytes, name: str, *, ocr: bool = False, language: str | None = None) -> Parts:
    """Read a PDF. `name` is for messages only.

    ocr: read pages without text, or whose text has lost letters, from their pictures; `language` is that of the text, if
    it is known. Raises FileRefusedError for what is no sound PDF: damaged, encrypted, far too long, or, without `ocr`, a scan.
    """
    document = _opened(data, name)
    try:
        return _read(document, name, ocr, language)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument, name: str, ocr: bool, language: str | None) -> Parts:
    pages = _read_all(document, len(document), name)
    why = _unreadable(pages, name)
    said: tuple[str, ...] = ()
    if why and ocr:
        pages, sure = read_pictures(document, name, language)
        said = (sure,)
        why = "" if any(page.lines for page in pages) else f"{name} shows no text that Tesseract can read."
    if why:
        raise FileRefusedError(why)
    everything = [line for page in pages for line in page.lines]
    _refuse_error_page(everything, name)
    lines, left_out = _without_furniture(pages)
    lines, footnotes = without_footnotes(lines, body_size(everything), {page.number: page.rules for page in pages})
    lines, old_marks = without_old_marks(lines, footnotes)
    left_out += [LeftOut("footnote mark", mark, page) for page, mark in old_marks]
    joiner = Joiner(everything)
    left_out += [LeftOut("footnote", joiner.join([line.text for line in note]), note[0].page) for note in footnotes]
    left_out += [LeftOut("footnote mark", mark, line.page) for line in everything for mark in line.marks]
    left_out.sort(key=lambda piece: piece.page or 0)
    found = [
        Paragraph(text, is_short(group, text), group[0].page, row=is_row(group, text))
        for group in (paragraphs_of(lines) if said else grouped(lines))
        for text in [joiner.join([line.text for line in group])]
    ]
    notes = said + joiner.notes()
    recognised = sum(page.hidden for page in pages) > sum(page.characters for page in pages) / 2
    if recognised:
        notes += ("The pages are pictures and their text was recognised by a machine; some of it may be misread.",)
    if bars := sum(page.bars for page in pages):
        notes += (f"{bars} strokes that only lengthen Arabic words, for which the file has no letters, were left out.",)
    unsure = sum(page.unsure for page in pages)
    if unsure:
        notes += (
            f"At {unsure} letters of Arabic lines that stand close together it cannot be told whether a vowel sign is "
            "theirs; \ufffd stands behind each.",
        )
    if unknown := sum(line.text.count("�") for line in everything) - unsure:
        notes += (f"The file does not say which characters {unknown} of its signs are; they are shown as \ufffd.",)
    return Parts(tuple(found), tuple(left_out), notes, from_picture=bool(said) or recognised)


# Opening

_NO_PAGES = "{name} has no pages: there is nothing to read in it."


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise FileRefusedError(f"{name} is not a PDF: it does not begin like one; bring the file as it was published.")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # pdfium does not say "password" or "no pages" reliably: it may repeat the error of the file before.
        if b"/Encrypt" in data:
            raise FileRefusedError(f"{name} needs a password; bring a copy without one.") from error
        if re.search(rb"/Count\s+0\b", data) and not re.search(rb"/Type\s*/Page\b", data):
            raise FileRefusedError(_NO_PAGES.format(name=name)) from error
        raise FileRefusedError(f"{name} is damaged and cannot be opened as a PDF; fetch it again.") from error
    count = len(document)
    if 0 < count <= MAX_PAGES:
        return document
    document.close()
    raise FileRefusedError(
        f"{name} has {count:,} pages, the limit is {MAX_PAGES:,}; bring it in parts."
        if count
        else _NO_PAGES.format(name=name)
    )


def _read_all(document: pdfium.PdfDocument, count: int, name: str) -> list[Page]:
    pages: list[Page] = []
    total = 0
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            textpage = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise FileRefusedError(f"{name} is damaged: its page {number} cannot be read; fetch it again.") from error
        characters = textpage.count_chars()
        total += max(characters, 0)
        if characters > MAX_PAGE_CHARACTERS or total > MAX_CHARACTERS:
            raise FileRefusedError(
                f"{name} has more characters up to page {number} than a document has; bring it as plain text, in parts."
            )
        pages.append(read_page(page, number, characters, textpage))
        textpage.close()
        page.close()
    return pages


_ARABIC_WORD = re.compile(r"[ء-يٱ-ۓ\u064b-\u065f]+")


def _unreadable(pages: Sequence[Page], name: str) -> str:
    """Why the text layer cannot be quoted; empty where it can. Some versions of Word lose Arabic letters in it."""
    if not any(page.characters for page in pages):
        return (
            f"{name} is a scan: its pages are pictures without text; bring the Word or HTML version, or a PDF made from text, "
            f"or read it with `clauses add --ocr`, which needs Tesseract ({INSTALL})."
        )
    text = "\n".join(line.text for page in pages for line in page.lines)
    words = _ARABIC_WORD.findall(text)
    if len(words) >= 20 and sum(map(len, words)) > sum(char.isalpha() for char in text) / 2:
        single = len(_LONE_LETTER.findall(text)) / len(words)
        if single > MAX_BROKEN_ARABIC:
            return f"{name} has lost letters of its Arabic text ({single:.0%} of the words have one letter); {_INSTEAD}"
    if (page := next((page.number for page in pages if page.unseen and _crossed(page)), None)) is not None:
        return f"{name} has its Arabic text out of order (on page {page} brackets close before they open); {_INSTEAD}"
    unsure = sum(page.unsure for page in pages)
    if unsure > max(MAX_UNSURE * len(words), 3):
        return (
            f"{name} has lines of Arabic so close that {unsure} letters may have the vowel signs of others; {_INSTEAD}"
        )
    if words and len(_BACKWARDS.findall(text)) > max(len(_FORWARDS.findall(text)), 1):
        return f"{name} has its Arabic text out of order (years run backwards); {_INSTEAD}"
    return ""


_LONE_LETTER = re.compile(r"(?<![ء-يٱ-ۓ\u064b-\u065f(])(?!و)[ء-يٱ-ۓ](?![ء-يٱ-ۓ\u064b-\u065f)\-])")
"""A word of one letter that is neither "and" nor the letter of an item or a session ("(أ)", "د-3")."""
_INSTEAD = "bring the Word (.docx) or XML version, or read its pages as pictures with `clauses add --ocr`."
_FORWARDS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BACKWARDS = re.compile(r"(?<!\d)(?!19|20)\d\d(?:91|02)(?!\d)")
_ITEM = re.compile(r"(?:^|(?<=\n))\s*\w{1,3}[)\]]")


def _crossed(page: Page) -> bool:
    """Whether a bracket of a page closes before one opens; those behind the number of an item are not looked at."""
    depth: Counter[str] = Counter()
    for char in _ITEM.sub("", "\n".join(line.text for line in page.lines)):
        if char in "([":
            depth[char] += 1
        elif char in ")]":
            depth[{")": "(", "]": "["}[char]] -= 1
            if min(depth.values()) < 0:
                return True
    return False


def _refuse_error_page(lines: Sequence[Line], name: str) -> None:
    text = "\n".join(line.text for line in lines)
    if len(text) < 1_000 and "does not exist in the Official Document System" in text:
        raise FileRefusedError(
            f"{name} is the error page of the Official Document System, not a document; fetch the document again."
        )


# Heads and feet

_SYMBOL = r"[A-ZА-Я]{1,6}(?:/[\w.()\-–*]+)+(?:\s?\([\w. ]+\))?"
_PAGE_NUMBER = re.compile(
    r"[-–—]?\s?(?:\d{1,4}|[ivxlc]{1,6})\s?[-–—]?|\d{1,4}\s?/\s?\d{1,4}"
    r"|(?:[Pp]age|[Pp]ágina|[Pp]ág\.|[Сс]тр(?:аница|\.)|الصفحة|صفحة)\s\d{1,4}(?:\s\D{2,5}\s\d{1,4})?|第\s?\d{1,4}\s?页"
)
_JOB = r"(?:(?:GE|HE|NY|V|N|K|R)\.?\s?)?\d{2}-\d{5}(?:\s?\([A-Z]\))?(?:\s+\d{6})*|\*\d{5,9}\*"
_FURNITURE = re.compile(rf"(?:(?:{_PAGE_NUMBER.pattern})\s+)?(?:(?:{_SYMBOL}|{_JOB})\s*)+(?:{_PAGE_NUMBER.pattern})?")
_FOOT = re.compile(rf"(?:\d{{1,4}}\s)?(?:{_JOB})(?:\s+(?:{_JOB}|\d{{1,4}}|\d+/\d+))*|Please recycle\W*")
_PAGE_MARK = re.compile(r"/\s?(?:\.\s?\.\s?\.|…)|(?:\.\.\.|…)\s?/")
_ZONE = 0.14
"""Share of a page's height, at its head and at its foot, where running heads and feet are looked for."""


def _without_furniture(pages: Sequence[Page]) -> tuple[list[Line], list[LeftOut]]:
    """Take running heads and feet, page numbers and page marks off the pages, from the edge inwards."""
    repeated = _repeated(pages)
    lines: list[Line] = []
    left_out: list[LeftOut] = []
    for page in pages:
        off: set[Line] = set()
        by_height = sorted(page.lines, key=lambda line: -line.base)
        for head, from_edge in ((True, by_height), (False, by_height[::-1])):
            outer: Line | None = None
            for line in from_edge:
                inside = (1 - line.base / page.height if head else line.base / page.height) > _ZONE
                # White space parts heads and feet from the text, and so from the heads of tables, which repeat too.
                apart = outer is not None and abs(outer.base - line.base) > 2.2 * max(outer.size, line.size)
                kind = None if inside or apart else _furniture(line, page, head, repeated)
                if kind is None:
                    break
                outer = line
                if line not in off:
                    off.add(line)
                    left_out.append(LeftOut(kind, line.text.replace(BREAK, "-"), page.number))
        lines.extend(line for line in page.lines if line not in off)
    return lines, left_out


def _key(line: Line) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text)


def _repeated(pages: Sequence[Page]) -> dict[str, list[tuple[int, float]]]:
    """Where (page, height) each text stands at the head or the foot of pages, its numbers not looked at."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if not _ZONE < line.base / page.height < 1 - _ZONE and len(line.text) <= 150:
                places[_key(line)].append((page.number, line.base))
    return places


def _furniture(line: Line, page: Page, head: bool, repeated: dict[str, list[tuple[int, float]]]) -> str | None:
    """The kind of a line at the edge of a page, None where it belongs to the text."""
    text = line.text
    if line.led or (page.number == 1 and head and re.fullmatch(_SYMBOL, text)):
        return None  # a footnote; the symbol on the title page
    if _PAGE_MARK.fullmatch(text):
        return "page mark"
    first = page.number == 1 and head
    if _PAGE_NUMBER.fullmatch(text) and not (first and not text.strip("-–— ").isdigit()):
        return "page number"
    elsewhere = {number for number, base in repeated[_key(line)] if abs(base - line.base) <= 4} - {page.number}
    if elsewhere and not (first and line.size > 12):
        return "running head"
    if not first and _FURNITURE.fullmatch(text):
        return "running head"
    if not head and (_FOOT.fullmatch(text) or all(unicodedata.category(c) in ("Co", "Zs") for c in text)):
        return "running head"
    return None

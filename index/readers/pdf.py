"""PDF: bytes in, paragraphs out; what is no text of the document (heads, feet, footnotes) told apart and listed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]

from index.errors import FileRefusedError
from index.readers.parts import LeftOut, Paragraph, Parts
from index.readers.pdf_glyphs import BREAK
from index.readers.pdf_join import Joiner
from index.readers.pdf_layout import Line, Page, read_page
from index.readers.pdf_ocr import INSTALL, paragraphs_of, read_pictures
from index.readers.text import MARK

MAX_PAGES = 3_000
MAX_PAGE_CHARACTERS = 200_000
MAX_CHARACTERS = 30_000_000
MAX_BROKEN_ARABIC = 0.05
"""Share of one-letter words among Arabic words: 0.004 to 0.007 in sound text, 0.15 to 0.27 where Word lost letters."""


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
    lines, footnotes = _without_footnotes(lines, _body_size(everything))
    lines, old_marks = _without_old_marks(lines, footnotes)
    left_out += [LeftOut("footnote mark", mark, page) for page, mark in old_marks]
    joiner = Joiner(everything)
    left_out += [LeftOut("footnote", joiner.join([line.text for line in note]), note[0].page) for note in footnotes]
    left_out += [LeftOut("footnote mark", mark, line.page) for line in everything for mark in line.marks]
    left_out.sort(key=lambda piece: piece.page or 0)
    found = [
        Paragraph(text, _is_short(group, text), group[0].page)
        for group in (paragraphs_of(lines) if said else _paragraphs(lines))
        for text in [joiner.join([line.text for line in group])]
    ]
    notes = said + joiner.notes()
    recognised = sum(page.hidden for page in pages) > sum(page.characters for page in pages) / 2
    if recognised:
        notes += ("The pages are pictures and their text was recognised by a machine; some of it may be misread.",)
    if bars := sum(page.bars for page in pages):
        notes += (f"{bars} strokes that only lengthen Arabic words, for which the file has no letters, were left out.",)
    if unknown := sum(line.text.count("�") for line in everything):
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


# Footnotes

_RULE = re.compile(r"(?:[_\-–—]\s?){5,}")
_STARRED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2}|[¹²³⁴-⁹]+)\s*\S")
_LED = re.compile(r"(?:\*{1,3}|[†‡§]{1,2})\s*\S|(?:\d{1,3}|[a-z]|[¹²³⁴-⁹]+)(?:/|\s)\s*\S")


def _body_size(lines: Iterable[Line]) -> float:
    """The font size in which most of the text is set, points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _without_footnotes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[list[Line]]]:
    """Part the text from the footnotes: what stands in small print, or under a rule, at the foot of a column.

    A note that has not ended runs on in the small print of the next column; so do the notes at the end of a paper.
    """
    kept: list[Line] = []
    notes: list[list[Line]] = []
    open_note = endnotes = False
    for column in _by_column(lines):
        start, runs_on = _footnote_start(column, body, open_note, endnotes)
        ruled = start < len(column) and bool(_RULE.fullmatch(column[start].text))
        kept.extend(column[:start])
        endnotes = (endnotes and start == 0) or (bool(kept) and bool(_ENDNOTES.fullmatch(kept[-1].text)))
        for position, line in enumerate(column[start:]):
            begins = _leads(line, body, ruled) or (position == 0 and not runs_on)
            if begins and not (ruled and position == 1):
                notes.append([])
            notes[-1].append(line)
        open_note = start < len(column) and not _ended(column[-1].text)
    return kept, notes


_ENDNOTES = re.compile(r"(?:End)?[Nn]otes?|Notas?|Примечани[ея]|Сноски|注释?|الحواشي", re.IGNORECASE)


def _by_column(lines: Sequence[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in lines:
        if not columns or (columns[-1][0].page, columns[-1][0].column) != (line.page, line.column):
            columns.append([])
        columns[-1].append(line)
    return columns


def _footnote_start(column: Sequence[Line], body: float, open_note: bool, endnotes: bool) -> tuple[int, bool]:
    """Index of the first line of a column's footnotes (its length where it has none); whether that goes on with a note."""
    for position in range(len(column) - 2, -1, -1):
        if _RULE.fullmatch(column[position].text) and _leads(column[position + 1], body, ruled=True):
            return position, False
    small = len(column)
    while small and column[small - 1].size <= 0.93 * body:
        small -= 1
    start = small
    while start < len(column) and not _leads(column[start], body):
        start += 1
    # The rest of an open note comes without a mark; small print without a mark elsewhere is a table.
    if small < len(column) and ((open_note and start - small < 8) or (endnotes and small == 0)) and start > small:
        return small, True
    return start, False


def _leads(line: Line, body: float, ruled: bool = False) -> bool:
    """Whether a line begins a footnote: with a raised mark in small print, or below a rule with any mark."""
    if ruled:
        return line.led or bool(_LED.match(line.text))
    return line.size <= 0.93 * body and (line.led or bool(_STARRED.match(line.text)))


_OLD_NOTE = re.compile(r"[\W_]*(\d{1,2}|[a-z])/\s")
_OLD_MARK = re.compile(r"(?:^|\s+)(\d{1,2}|[a-z])/(?=[\s,.;:)\]]|$)")


def _without_old_marks(
    lines: Sequence[Line], footnotes: Sequence[Sequence[Line]]
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Lines without marks such as "1/", as papers had them before about 1996, each taken out only where a footnote begins
    with it; and the marks, with their pages."""
    known = {found.group(1) for note in footnotes for line in note[:2] if (found := _OLD_NOTE.match(line.text))}
    if not known:
        return list(lines), []
    kept: list[Line] = []
    marks: list[tuple[int, str]] = []
    for line in lines:
        own = [found for found in _OLD_MARK.finditer(line.text) if found.group(1) in known]
        text = line.text
        for found in reversed(own):
            text = text[: found.start()] + text[found.end() :]
        marks += [(line.page, f"{found.group(1)}/") for found in own]
        if text.strip():
            kept.append(replace(line, text=text.strip()) if own else line)
    return kept, marks


# Paragraphs


@dataclass(slots=True)
class _Flow:
    """Where the reading of a text stands: what the next line is compared with."""

    pitch: dict[int, float]
    """Usual distance of baselines by font size, points."""
    edges: dict[Line, tuple[float, float]]
    """From where to where the lines around a line reach, points."""
    lefts: dict[tuple[int, int], float]
    """Where the leftmost line of a column (page, column) begins, points."""
    widths: dict[tuple[int, int], float]
    """Width of a column, points."""
    body: float
    counts: dict[str, int] = field(default_factory=dict)
    """The last number or letter seen of each way of numbering ("#.", "(#)")."""


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of a text, in reading order, to paragraphs."""
    if not lines:
        return []
    flow = _flow(lines)
    groups: list[list[Line]] = [[lines[0]]]
    _count(lines[0], flow)
    for before, line in pairwise(lines):
        if _begins(line, before, groups[-1], flow):
            groups.append([line])
            _count(line, flow)
        else:
            groups[-1].append(line)
    return groups


def _flow(lines: Sequence[Line]) -> _Flow:
    columns = _by_column(lines)
    distances: dict[int, Counter[float]] = defaultdict(Counter)
    for column in columns:
        for before, line in pairwise(column):
            if before.size == line.size and 0.8 * line.size < before.base - line.base < 3 * line.size:
                distances[round(line.size)][round(2 * (before.base - line.base)) / 2] += 1
    pitch: dict[int, float] = {}
    for size, counts in distances.items():
        if counts.total() >= 5:
            pitch[size] = min(step for step, count in counts.items() if count >= 0.15 * max(counts.values()))
    lefts: dict[tuple[int, int], float] = {}
    widths: dict[tuple[int, int], float] = {}
    for column in columns:
        place = (column[0].page, column[0].column)
        lefts[place] = min(line.x0 for line in column)
        widths[place] = max(line.x1 for line in column) - lefts[place]
    flow = _Flow(pitch, {}, lefts, widths, _body_size(lines))
    for column in columns:
        flow.edges.update(_edges(column, flow))
    return flow


def _edges(column: Sequence[Line], flow: _Flow) -> dict[Line, tuple[float, float]]:
    """From where to where the lines reach that stand close together in one size; a line alone is measured by its column."""
    blocks: list[list[Line]] = []
    for line in column:
        if not blocks or line.size != blocks[-1][-1].size or _is_far(line, blocks[-1][-1], flow):
            blocks.append([])
        blocks[-1].append(line)
    widest = max(line.x1 for line in column)
    edges: dict[Line, tuple[float, float]] = {}
    for block in blocks:
        reach = max(line.x1 for line in block) if len(block) > 1 else widest
        edges.update(dict.fromkeys(block, (min(line.x0 for line in block), reach)))
    return edges


def _is_far(line: Line, before: Line, flow: _Flow) -> bool:
    """Whether there is more than the usual space between two lines of one column."""
    usual = flow.pitch.get(round(line.size), 1.25 * line.size)
    return before.base - line.base > 1.2 * usual + 0.3 or before.base < line.base


def _begins(line: Line, before: Line, group: Sequence[Line], flow: _Flow) -> bool:
    """Whether a line begins a paragraph, `group` being the lines of the one before it."""
    together = (line.page, line.column) == (before.page, before.column)
    if before.text.endswith(BREAK) and line.text[0].islower():
        return False
    if not 0.9 < line.size / before.size < 1.1:
        return True
    if line.bold != before.bold and (line.bold or before.last_bold):
        return True
    if together and _is_far(line, before, flow):
        return True
    if together and before.text.endswith(BREAK):
        return False
    starts, indent = _numbered(line, before, group, flow), _indent(line, group, flow)
    if starts or not _is_full(before, line, flow):
        # At a page's end only a sentence that clearly goes on is carried over a line that is not full.
        return starts or not (not together and line.text[0].islower() and not _ended(before.text))
    if together and (line.bold or line.size > 1.1 * flow.body):
        return False  # headings have hanging lines and centred ones
    if indent > 0.6 * line.size:
        hanging = len(group) == 1 and group[0].second > group[0].x0 and abs(line.x0 - group[0].second) < 0.6 * line.size
        return not hanging and (_ended(before.text) or len(group) > 1 or not line.text[0].islower())
    if indent < -0.6 * line.size and len(group) > 1:
        return True
    if not together and _ended(before.text):
        # Only the number tells that a paragraph goes on after a full stop at the end of a page.
        return not (_label(group[0].text) or (len(group) > 1 and abs(group[0].x0 - group[1].x0) > 0.6 * line.size))
    return False


def _indent(line: Line, group: Sequence[Line], flow: _Flow) -> float:
    """How much farther in a line begins than the lines of a paragraph after its first, points."""
    usual = group[1] if len(group) > 1 else group[0]
    if (line.page, line.column) == (usual.page, usual.column):
        return line.x0 - usual.x0
    # Left and right pages have margins of their own, columns too: take whichever of the two measures says less.
    relative = (line.x0 - flow.lefts[line.page, line.column]) - (usual.x0 - flow.lefts[usual.page, usual.column])
    return min(line.x0 - usual.x0, relative, key=abs)


def _is_full(before: Line, line: Line, flow: _Flow) -> bool:
    """Whether the first word of a line would not have fitted behind the line before it."""
    if re.search(r"\.{4,}\s*\d*$|(?:\s\.){4,}\s*\d*$", before.text):
        return False  # a line of a table of contents
    (left, edge), width = flow.edges[before], flow.widths[before.page, before.column]
    if edge - left < 0.6 * width and before.x1 - before.x0 < 0.6 * width:
        return line.text[0].islower()  # short lines under each other: an address, a title block, a narrow heading
    wide = unicodedata.east_asian_width(line.text[0]) in "WF"
    needed = line.first_word + (line.size if wide else 0.25 * line.size)
    slack = edge - 0.4 * line.size - before.x1 - needed
    if slack < 0:
        return True
    # Words that may not be parted go to the next line together ("973 (X)"): a sentence may go on all the same.
    near = 0.15 if line.text[0].isdigit() else 0.05
    return not _ended(before.text) and (line.text[0].islower() or slack < near * width)


_SECTION = re.compile(r"(\d{1,3}\.\d{1,3})\.?\s+(?=\D)")
_BULLET = re.compile(r"[•●▪■◦○‣⁃\uf0b7\uf0a7\uf02d]|[–—-]\s")
_LABEL = re.compile(r"[(（]?([^\s()（）.．、]{1,5})[)）.．、]?")


def _label(text: str) -> str | None:
    """The printed number or letter with which a text may begin, without its brackets; a bullet is its own."""
    if section := _SECTION.match(text):
        return section.group(1)
    if bullet := _BULLET.match(text):
        return bullet.group().strip()
    if not MARK.match(text) or re.match(r"\d{1,3}[.,]\d", text):
        return None
    found = _LABEL.match(text)
    return found.group(1) if found else None


def _numbered(line: Line, before: Line, group: Sequence[Line], flow: _Flow) -> bool:
    """Whether a line begins with a number that is a paragraph's: by its place, the gap behind it and the numbers before."""
    label = _label(line.text)
    if label is None:
        return False
    gapped = line.second > line.x0
    if _BULLET.match(line.text):
        return gapped or _ended(before.text) or abs(_indent(line, group, flow)) > 0.5 * line.size
    if len(group) > 1 and abs(_indent(line, group, flow)) > 0.5 * line.size:
        return True
    follows = _follows(label, line.text, flow)
    if _ended(before.text) or re.search(r"(?:[,;]|\b(?:and|or|y|o|et|ou|и|или))$", before.text):
        return gapped or follows
    return gapped and follows


def _shape(text: str) -> str:
    return re.sub(r"[^\s()（）.．、]+", "#", text[:8].split(" ")[0], count=1)[:3]


def _value(label: str) -> int:
    last = label.split(".")[-1]
    return int(last) if last.isdecimal() else sum(ord(char) for char in last)


def _follows(label: str, text: str, flow: _Flow) -> bool:
    """Whether a number is the one after the last of its kind, or opens a new count."""
    last = flow.counts.get(_shape(text))
    return label in ("1", "a", "i", "I", "A", "а", "一") or (last is not None and 0 < _value(label) - last <= 1)


def _count(line: Line, flow: _Flow) -> None:
    label = _label(line.text)
    if label is not None and not _BULLET.match(line.text):
        flow.counts[_shape(line.text)] = _value(label)


_TERMINAL = tuple(".!?。！？…:：;；۔؟")
_CLOSING = "\"'”’»）)]】》」』"
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|cf|Nos?|paras?|arts?|vol|pp?|Mr|Ms|Mrs|Dr|núm|párr|п|ст|см|г)\.$")


def _ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_TERMINAL) and not _ABBREVIATED.search(text)


def _is_short(group: Sequence[Line], text: str) -> bool:
    """Whether a paragraph looks like a heading: at most 100 columns wide, no stop at its end."""
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return columns <= 100 and not _ended(text)

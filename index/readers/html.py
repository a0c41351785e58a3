"""Web pages: block elements are paragraphs; scripts, menus and footnote marks are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.errors import FileRefusedError
from index.readers.html_lists import labels_of
from index.readers.html_unseen import unseen_in
from index.readers.numbers import mark_for
from index.readers.parts import LeftOut, Paragraph, Parts, is_at_head, is_short, parted
from index.readers.raised import raised
from index.readers.rows import CELL, Part, columns_over, is_mark_alone, is_row, may_name_columns, names_columns
from index.readers.text import decode
from index.structure.phrases import is_signature
from index.symbols import is_masthead

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "title",
    ]
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "button"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAK = "\x00"
"""Stands for a line break; no HTML has it."""
_NEXT_CELL = "\x01"
"""Stands between the cells of a row that are read together; control characters are no text (RFC 1866)."""
_MARK_OF_A_NOTE = re.compile(r"[\[(]?[\d*†‡]{1,4}(?:\s*[,;]\s*[\d*†‡]{1,4})*[\])/]?")
_LONGEST_MARK = 12
"""Characters of a number or letter in a cell of its own, at most."""
LEFT_OUT = "data-clauses-left-out"
"""Attribute of what Markdown leaves out: the kind of it."""
MAX_DEPTH = 400
"""Nested elements; deeper ones come from no page that people wrote."""
_CLOSED_TAG = re.compile(
    r"<(/?)(?:div|span|section|article|main|blockquote|[uod]l|table|font|[bi]|em|strong|center|details|fieldset)\b",
    re.IGNORECASE,
)
"""Elements that end only where they are closed."""


@dataclass(slots=True)
class _Reading:
    skip: Callable[[LexborNode], str | None]
    """The kind of what an element is left out as, None where it is text."""
    paragraphs: list[Paragraph] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    label: str = ""
    """The number of a list item whose text has not begun."""
    may_head: bool = False
    """Whether that item may be a heading: a list stands in it, and it has a letter or a Roman number."""
    items: list[bool] = field(default_factory=list)
    """Of each numbered item that is open, outermost first: whether it has text of its own that is no heading."""
    listed: int = 0
    """Items of lists, numbered or not, cells and captions that are open: what stands in one is no heading, however short."""
    quoting: int = 0
    """Block quotations that are open."""
    tables: set[int] = field(default_factory=set)
    """Tables of which it is known which rows name the columns."""
    parts: dict[int, Part] = field(default_factory=dict)
    """Of those: rows that name the columns and rows below them, by id."""
    gaps: dict[int, int] = field(default_factory=dict)
    """Of those: empty columns before a cell, by id."""
    in_row: bool = False
    """Whether a row is open whose cells are read together."""
    table: Part | None = None
    """Of that row: whether it names the columns of its table or stands below the one that does."""
    beside: str = ""
    """The number or letter in a cell of its own, of the paragraph with which the next cell begins."""

    def end(self, heading: bool = False) -> None:
        """End what is being read: a paragraph, or several where line breaks part it."""
        line = "".join(self.line).replace("\u00ad", "")
        self.line.clear()
        if self.in_row:
            before, *cells = (" ".join(cell.split()) for cell in line.replace(_BREAK, " ").split(_NEXT_CELL))
            cells = [before, *cells] if before or not cells else cells
            if row := CELL.join(cells if self.table else filter(None, cells)).rstrip(CELL):  # columns stay apart
                self._add(row, heading=False)
            return
        lines = line.split(_BREAK)
        for text in parted([" ".join(line.split()) for line in lines]):
            self._add(text, heading)

    def _add(self, text: str, heading: bool) -> None:
        at_head = is_at_head(self.paragraphs) and is_masthead(text)  # of a page in tables
        short, mark = heading or (is_short(text) and not self.in_row and (not self.listed or at_head)), None
        row = self.in_row or bool(self.beside)
        if self.beside:
            text, self.beside, short = f"{self.beside}{CELL}{text}", "", heading
        if self.label:
            short = heading or (is_short(text) and self.may_head)
            mark = mark_for(self.label, below=any(self.items[:-1]))
            text, self.label = f"{self.label} {text}", ""
        if self.items and not short:
            self.items[-1] = True
        self.paragraphs.append(
            Paragraph(text, short, quoted=self.quoting > 0, mark=mark, row=row, table=self.table, heads=heading)
        )


def _check_depth(html: str, name: str) -> None:
    """Refuse what nests far too deep before it is parsed: the parser's time grows with the square of the depth."""
    depth = 0
    for tag in _CLOSED_TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH * 10:  # some are in comments and scripts, or never closed
            raise _too_deep(name)


def _too_deep(name: str) -> FileRefusedError:
    return FileRefusedError(f"{name} nests elements more than {MAX_DEPTH} deep, which no page that people wrote does.")


def parts(data: bytes, name: str) -> Parts:
    """Take a web page apart. Raises FileRefusedError where it shows no text."""
    text, notes = decode(data, name)
    return html_parts(text, name, notes)


def html_parts(html: str, name: str, notes: tuple[str, ...]) -> Parts:
    """Take HTML apart. Raises FileRefusedError where it shows no text."""
    _check_depth(html, name)
    tree = LexborHTMLParser(html)
    reading = _Reading(unseen_in(tree))
    if tree.body is not None:
        _walk(tree.body, reading, name, 0)
    reading.end()
    if not reading.paragraphs:
        raise FileRefusedError(
            f"{name} shows no text; if a script makes its text, save what the browser shows instead."
        )
    language = (tree.root.attributes.get("lang") if tree.root is not None else None) or ""
    known = language[:2].lower() if language[:2].lower() in ("ar", "zh", "en", "fr", "ru", "es") else None
    return Parts(tuple(reading.paragraphs), tuple(reading.left_out), notes, language=known)


def _walk(node: LexborNode, reading: _Reading, name: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _too_deep(name)
    labels = labels_of(node) if node.tag == "ol" else {}
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            reading.line.append(child.text_content or "")
        elif tag in _UNSEEN or tag.startswith("-") or tag == "!doctype":
            continue
        elif kind := child.attributes.get(LEFT_OUT) or reading.skip(child):
            _leave_out(reading, kind, child)
        elif tag == "del":
            _leave_out(reading, "deleted text", child)
        elif tag == "sup":
            _read_raised(child, reading)
        elif tag == "br":
            reading.line.append(_BREAK)
        elif tag in ("img", "picture"):
            reading.left_out.append(LeftOut("picture", child.attributes.get("alt") or ""))
        elif reading.in_row and tag in _BLOCKS:
            reading.line.append(_NEXT_CELL * (1 + reading.gaps.get(child.mem_id, 0)) if tag in ("td", "th") else _BREAK)
            _walk(child, reading, name, depth + 1)
        elif tag == "tr" and _is_row(child, at_head=is_at_head(reading.paragraphs)):
            reading.end()
            reading.in_row, reading.table = True, _part_of_table(child, reading)
            _walk(child, reading, name, depth + 1)
            reading.end()
            reading.in_row, reading.table = False, None
        elif tag in ("td", "th") and (mark := _mark_beside(child)):
            reading.end()
            reading.beside = mark
        elif tag in _BLOCKS:
            reading.end()
            label = labels.get(child.mem_id)
            if label:
                reading.label, reading.may_head = label, not label[0].isdecimal() and child.css_first("ol") is not None
                reading.items.append(False)
            reading.quoting += tag == "blockquote"
            listed = tag in ("li", "caption", "figcaption") or (tag in ("td", "th") and _is_cell(child))
            reading.listed += listed
            _walk(child, reading, name, depth + 1)
            reading.end(tag in _HEADINGS)
            if tag == "tr" and reading.beside:  # what stands beside it is left out
                reading.line.append(reading.beside)
                reading.beside = ""
                reading.end()
            reading.quoting -= tag == "blockquote"
            reading.listed -= listed
            if label:
                reading.label = ""  # an item without text of its own gives its number to nothing else
                reading.items.pop()
        else:
            _walk(child, reading, name, depth + 1)


def _is_row(node: LexborNode, *, at_head: bool) -> bool:
    """Whether the cells of a row are read together: each holds one line or paragraph, no table of its own."""
    cells = _cells_in(node)
    plain = all(
        len(cell.css("p, div, li")) <= 1 and cell.css_first("table, h1, h2, h3, h4, h5, h6") is None for cell in cells
    )
    return plain and is_row([_text_of(cell) for cell in cells], at_head=at_head)


def _part_of_table(row: LexborNode, reading: _Reading) -> Part | None:
    """Whether a row names the columns of its table or stands below the one that does."""
    table = _table_of(row)
    if table is not None and table.mem_id not in reading.tables:
        reading.tables.add(table.mem_id)
        parts, gaps = _parts_of(table)
        reading.parts |= parts
        reading.gaps |= gaps
    return reading.parts.get(row.mem_id)


def _table_of(node: LexborNode) -> LexborNode | None:
    while node.parent is not None and node.parent.tag != "table":
        node = node.parent
    return node.parent


def _parts_of(table: LexborNode) -> tuple[dict[int, Part], dict[int, int]]:
    """By id of the rows of a table: whether they name the columns, rows of `<th>` or, without any, the first by its words, or
    stand below those; by id of its cells the empty columns before each. Nothing of a table in a table, or with one in it."""
    own = table.css("tr")
    if any(inner.mem_id != table.mem_id for inner in table.css("table")) or _table_of(table) is not None:
        return {}, {}
    rows = [row for row in own if _is_row(row, at_head=False)]
    gaps = _gaps_in(own)
    texts = [[text for cell in _cells_in(row) for text in (*[""] * gaps[cell.mem_id], _text_of(cell))] for row in rows]
    heads = [_is_of_heads(row) and may_name_columns(cells) for row, cells in zip(rows, texts, strict=True)]
    if not any(heads) and rows:
        heads[0] = names_columns(texts[0], texts[1:])
    if not any(heads) or all(heads):
        return {}, {}
    parts: dict[int, Part] = {}
    for n in range(heads.index(True), len(rows)):
        parts[rows[n].mem_id] = "below" if not heads[n] else "more" if n and heads[n - 1] else "head"
    return parts, gaps


def _cells_in(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _text_of(node: LexborNode) -> str:
    return " ".join((node.text() or "").split())


def _gaps_in(rows: Sequence[LexborNode]) -> dict[int, int]:
    """By id of the cells of a table: the columns before each that have none, as one above or to the left goes over them."""
    gaps: dict[int, int] = {}
    covered: dict[int, int] = {}  # rows that a cell above still goes over, by column
    for row in rows:
        column, gap, now = 0, 0, dict[int, int]()
        for cell in _cells_in(row):
            while covered.get(column):
                column, gap = column + 1, gap + 1
            gaps[cell.mem_id] = gap
            wide, high = (columns_over(cell.attributes.get(name)) for name in ("colspan", "rowspan"))
            now |= dict.fromkeys(range(column, column + wide), high - 1)
            column, gap = column + wide, wide - 1
        covered = {at: left - 1 for at, left in covered.items() if left > 1} | {
            at: left for at, left in now.items() if left
        }
    return gaps


def _is_of_heads(row: LexborNode) -> bool:
    filled = {cell.tag for cell in _cells_in(row) if _text_of(cell)}
    return filled == {"th"} or (row.parent is not None and row.parent.tag == "thead")


def _mark_beside(node: LexborNode) -> str:
    """The number or letter that is all a cell has, where the cell beside it begins with its text; else empty."""
    mark = _text_of(node)
    if len(mark) > _LONGEST_MARK or not mark:
        return ""
    beside = node.next
    while beside is not None and (beside.tag not in ("td", "th") or not (beside.text() or "").strip()):
        beside = beside.next
    text = _text_of(beside) if beside is not None else ""
    return mark if text and is_mark_alone(mark, text) else ""


def _is_cell(node: LexborNode) -> bool:
    """Whether an element is a cell of a table of figures or words, not a place on a page that is laid out as a table."""
    row = node.parent
    filled = [cell for cell in _cells_in(row) if _text_of(cell)] if row is not None else []
    if any(is_signature(c.text() or "") for c in filled):
        return False
    return len(filled) > 1 and node.css_first("p, div, table, ul, ol, h1, h2, h3, h4, h5, h6") is None


def _read_raised(node: LexborNode, reading: _Reading) -> None:
    """Raised characters: the marks of footnotes are left out; an exponent ("10⁶", "km²") stays, raised; "1st" stays."""
    text = (node.text() or "").strip()
    before = re.search(r"\S*$", "".join(reading.line)[-20:])
    measured = before is not None and re.search(r"(?:\d|^[(]?[kcmd]?m|^CO)$", before.group()) is not None
    linked = node.css_first("a") is not None or (node.parent is not None and node.parent.tag == "a")
    listed = re.search(r"[,;/]", text) is not None
    if _MARK_OF_A_NOTE.fullmatch(text) and (linked or listed or not measured):
        _leave_out(reading, "footnote mark", node)
    else:
        reading.line.append(raised(text, "".join(reading.line)[-2:]))


def _leave_out(reading: _Reading, kind: str, node: LexborNode) -> None:
    text = " ".join((node.text(separator=" ") or "").split())
    if text:
        reading.left_out.append(LeftOut(kind, text))

"""Hard-wrapped plain text: bytes in, paragraphs out, with nothing lost but white space."""

from __future__ import annotations

import re
import statistics
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import charset_normalizer

from index.errors import FileRefusedError
from index.readers.contents import is_entry
from index.readers.furniture import Line, without_furniture
from index.readers.parts import BULLET, Paragraph, Parts
from index.readers.text_tables import rows_marked
from index.structure.counting import FIRST, follows
from index.structure.marks import Mark, mark_of
from index.structure.phrases import is_preambular, is_speaker
from index.structure.preamble import opens_preambular
from index.structure.titles import division_rank, is_annex

FULL_SLACK = 6
"""Columns a full line may fall short of the wrap width: three wide characters, what line-start rules push down."""
WRAP_MAX = 140
"""Columns; lines longer than this are not lines of a wrapped page, each is a paragraph of its own."""
NARROWEST = 34
"""Columns of a wrapped page, at least; short lines below one another are headings and items."""
NARROWEST_WIDE = 48
"""The same for Chinese, whose characters take two."""
SPARSE = 0.6
"""Share of lines, at least, that have a blank line above where lines may not be wrapped at all, each one a paragraph."""
MOST_GAPS = 0.05
"""Share of lines, at most, that more than the usual blank lines stand before where blank lines part no paragraphs."""
LONG = 0.6
"""Share of the width that a line broken before it was full has, at least."""
BROKEN = 50
"""Columns that such a line has, at least, in a text that is not wrapped: shorter ones below one another are items."""
LEAST_INDENTED = 4
"""Lines that begin a paragraph, at least, that show whether an indent does."""
INDENTED = 0.6
"""Share of them, at least, that have it; headings may have none."""
MAX_LINE = 2_000_000
"""Characters; a book of a thousand pages on one line has as many."""
_WESTERN = (
    "cp125",
    "iso8859",
    "latin",
    "mac_",
    "hp_roman",
    "cp437",
    "cp85",
    "cp86",
    "cp77",
    "cp50",
    "cp103",
    "cp114",
    "cp102",
)
_NOT_WESTERN = (
    "cp1251",
    "cp1253",
    "cp1255",
    "cp1256",
    "iso8859_5",
    "iso8859_6",
    "iso8859_7",
    "iso8859_8",
    "mac_cyrillic",
)
_TERMINAL = tuple(".!?。！？…:：;；۔؟؛")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|a\.i|cf|No|Nos|paras?|arts?|vol|pp?|núm|párr|п|ст|см|т\.е)\.$", re.IGNORECASE
)
_COLUMNS = re.compile(r"^.{8}.*?\S\s{5,}\S")
"""A line of a masthead or a table, which has text at both sides of the page ("United Nations      A/RES/71/280")."""
_CLAUSE_END = (",", ";", ":", "，", "；", "：", "،", "؛")
_CLOSING = "\"'”’»）)]】》」』"


def _binary(name: str) -> FileRefusedError:
    """What a file is that is neither text nor of a kind that its first bytes tell."""
    kind = {"pdf": "a PDF file", "docx": "a Word file", "zip": "an archive"}.get(name.rpartition(".")[2].lower())
    if kind:
        return FileRefusedError(f"{name} is called {kind} and is none, or is damaged: get the file again.")
    return FileRefusedError(f"{name} is a binary file, not text; bring it as plain text (UTF-8) or as .jsonl.")


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and a note where its encoding had to be assumed.

    Raises FileRefusedError for an empty or a binary file.
    """
    if not data.strip():
        raise FileRefusedError(f"{name} is empty: there is nothing to read in it.")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and b"\0" in data[:65536]:
        raise _binary(name)
    try:
        text, encoding = data.decode("utf-16" if utf16 else "utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        # Half a megabyte is enough to tell an encoding; the detector is slow on more.
        best = charset_normalizer.from_bytes(data[:524288]).best()
        if best is None:
            raise FileRefusedError(f"{name} is in no encoding that could be told; save it as UTF-8.") from None
        encoding = best.encoding
        if encoding.startswith(("utf_16", "utf_32")):  # without a NUL, though such a line ends with one
            raise _binary(name) from None
        if encoding.startswith(_WESTERN) and encoding not in _NOT_WESTERN and _decodes(data, "cp1252"):
            # One byte a letter, Latin: the detector cannot tell Polish from French, and French is what comes here.
            encoding = "cp1252"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise FileRefusedError(f"{name} is neither UTF-8 nor {encoding} throughout; save it as UTF-8.") from None
    control = sum(1 for c in text[:65536] if unicodedata.category(c) == "Cc" and not c.isspace())
    if control > len(text[:65536]) / 20:
        raise _binary(name)
    if not text.strip():
        raise FileRefusedError(f"{name} is empty: there is nothing to read in it.")
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise FileRefusedError(f"{name} has a line of more than {MAX_LINE:,} characters, which no document has.")
    note = () if encoding == "utf-8" else (f"{name} is not UTF-8; it was read as {encoding}.",)
    return text, note


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, without what `parts` leaves out."""
    return list(parts(text).paragraphs)


def parts(text: str) -> Parts:
    """Join the wrapped lines of a text into its paragraphs; page numbers, running heads and footnotes are left out.

    A line goes on in the next one when it is full (the next word would not have fitted) and the next line does not
    begin a paragraph: blank lines, indents and page breaks alone decide nothing, since pages double them.
    """
    lines, left_out = without_furniture(_lines(text))
    joined = _paragraphs(lines) if lines else []
    found = rows_marked([Paragraph(paragraph, _short(paragraph)) for paragraph in joined])
    return Parts(tuple(found), tuple(left_out))


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    width = _wrap_width(lines)
    if width is None:
        return _unwrapped(lines)
    full = [_is_full(line, following, width) for line, following in pairwise(lines)] + [False]
    after_full = [line for line, before in zip(lines[1:], full, strict=False) if before]
    usual_gap = statistics.mode(line.gap for line in after_full) if after_full else 0
    usual_indent = statistics.mode(line.indent for line in after_full) if after_full else 0
    spaced = _prints_space(lines)
    found: list[list[str]] = []
    close = sum(line.gap > usual_gap for line in lines) <= len(lines) * MOST_GAPS
    indented = close and _first_lines_are_indented(lines, full, usual_indent)
    marks = _Marks(close=close)
    for before, line, runs_on in zip([None, *lines], lines, [False, *full], strict=False):
        begins = before is None or (indented and line.indent > usual_indent)
        goes_on = not begins and before is not None and runs_on and not _begins(line, before, usual_gap, usual_indent)
        goes_on = goes_on or (not begins and before is not None and _is_ragged(line, before, width, usual_indent))
        if goes_on and not marks.next_item(line.text, found[-1]):
            found[-1].append(line.text)
        else:
            marks.enter(line.text)
            found.append([line.text])
    return [_join(pieces, spaced) for pieces in found]


def _unwrapped(lines: Sequence[Line]) -> list[str]:
    """A paragraph a line, but for the few lines that were broken in the middle of a sentence."""
    found: list[list[str]] = [[lines[0].text]]
    width = max((line.width for line in lines if line.width <= WRAP_MAX), default=0)
    for before, line in pairwise(lines):
        if before.width >= BROKEN and _is_ragged(line, before, width, before.indent):
            found[-1].append(line.text)
        else:
            found.append([line.text])
    return [_join(pieces, spaced=False) for pieces in found]


def _first_lines_are_indented(lines: Sequence[Line], full: Sequence[bool], usual_indent: int) -> bool:
    """Whether an indent alone begins a paragraph: lines below one that was not full mostly have one, those that go on in the
    middle of a clause hardly ever."""
    begun = [line for line, before in zip(lines[1:], full, strict=False) if not before]
    inside = [
        line
        for (above, line), before in zip(pairwise(lines), full, strict=False)
        if before and not _ended(above.text) and not above.text.endswith(_CLAUSE_END)
    ]
    if min(len(begun), len(inside)) < LEAST_INDENTED:
        return False
    deeper = [sum(line.indent > usual_indent for line in some) / len(some) for some in (begun, inside)]
    return deeper[0] >= INDENTED and deeper[1] <= MOST_GAPS


class _Marks:
    """The printed numbers and letters that paragraphs have begun with so far.

    close: whether blank lines part no paragraphs.
    """

    def __init__(self, *, close: bool) -> None:
        self._close = close
        self._preamble = False
        self._number = 0
        self._letters: list[str] = []

    def enter(self, text: str) -> None:
        """A paragraph begins with `text`."""
        mark = mark_of(text)
        self._preamble = is_speaker(text) or (self._preamble and not (mark and mark.kind == "number"))
        if mark and mark.kind == "number" and mark.number.isdecimal():
            self._number, self._letters = int(mark.number), []
        elif mark and mark.kind == "letter":
            self._letters = [*self._letters[-_DEEPEST:], mark.number]

    def next_item(self, text: str, above: Sequence[str]) -> bool:
        """Whether a line begins a paragraph though nothing parts it from the lines of the one `above`: by its mark after a
        semicolon, a colon or a heading, by a word that preambular paragraphs begin with after a comma, as a speaker's line."""
        mark, before = mark_of(text), above[-1]
        numbered = mark is not None and mark.kind == "number"
        if self._close:
            if is_speaker(text) and is_preambular(text) and not text[0].islower():
                return True
            if self._preamble and is_preambular(before):
                return opens_preambular(text) or (numbered and mark is not None and mark.number == "1")
            if _ended(before) and not before.endswith((";", "；")) and _is_title(text, mark):
                return True
            if numbered and mark is not None and mark.number in ("1", str(self._number + 1)) and _may_head(above):
                return True
        mark = mark if _ITEM_END.search(before) else None
        if mark is None or mark.kind not in ("number", "letter"):
            return False
        if mark.kind == "number":
            return mark.number == str(self._number + 1)
        first = mark.number in FIRST or mark.number == "1"
        return (first and before.endswith((":", "："))) or any(follows(last, mark.number) for last in self._letters)


def _is_title(text: str, mark: Mark | None) -> bool:
    """Whether a line is the title of an article, a section, a chapter or an annex, or begins an article with its text."""
    if mark is not None and mark.kind in ("article", "rule", "paragraph", "heading"):
        return not text[mark.length :][:1].islower()
    return division_rank(text) is not None or is_annex(text)


def _may_head(lines: Sequence[str]) -> bool:
    """Whether the lines of a paragraph may be a heading: few, without a number of a paragraph and the end of a clause."""
    mark, last = mark_of(lines[0]), lines[-1]
    counted = mark is not None and mark.kind in ("number", "letter")
    return len(lines) <= 3 and not (counted or lines[0][0].islower() or _ended(last) or last.endswith(_CLAUSE_END))


_DEEPEST = 8
"""Letters read last that an item may come after: those of a list, and of the lists above it."""
_ITEM_END = re.compile(r"[;；؛:：](?:\s(?:and|or|et|ou|y|o|и|или))?$")


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    gap, new_page = 0, False
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            indent = _width(raw[: len(raw) - len(raw.lstrip())])
            lines.append(Line(stripped, indent, indent + _width(stripped), gap, new_page))
        gap, new_page = (0, False) if stripped else (gap + 1, new_page)
        new_page = new_page or raw.endswith("\f")
    return lines


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Columns at which the text is wrapped, or None where it is not.

    Wrapped is a text with a width that many lines come close to and few go beyond (a title that nobody wrapped), and
    where most of those lines stop in the middle of a sentence.
    """
    widths = sorted(line.width for line in lines)
    wide = sum(_is_wide(char) for line in lines for char in line.text) * 2 > sum(len(line.text) for line in lines)
    narrowest = NARROWEST_WIDE if wide else NARROWEST
    double_spaced = all(line.gap for line in lines[1:])  # or one paragraph a line: more must speak for wrapped lines
    least = max(4, len(lines) // 4) if double_spaced else max(2, len(lines) // 6)
    best: tuple[int, int] | None = None
    for width in set(widths):
        if narrowest <= width <= WRAP_MAX:
            near = bisect_right(widths, width) - bisect_left(widths, width - FULL_SLACK)
            beyond = len(widths) - bisect_right(widths, width)
            if near >= least and beyond <= max(1, len(lines) // 10):
                best = max(best or (0, 0), (near, width))
    if len(lines) < 3 or best is None:
        return None
    full = [n for n, line in enumerate(lines) if best[1] - FULL_SLACK <= line.width <= best[1]]
    ended = sum(_ended(lines[n].text) for n in full)
    if sum(line.gap > 0 for line in lines) >= len(lines) * SPARSE:
        ended = max(ended, sum(not _runs_on(lines, n) for n in full))
    return best[1] if ended <= len(full) * 0.6 else None


def _runs_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stops in the middle of a sentence that the next one goes on with, as lines that were wrapped do."""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if not below or mark_of(below) or below[0] in "[(" or _ended(lines[at].text) or is_speaker(below):
        return False
    return not (lines[at + 1].gap and (below[0].isupper() or lines[at].text.endswith(_CLAUSE_END)))


def _ended(text: str) -> bool:
    """Whether a line stops with a sentence; "e.g." and "para." are no stop."""
    return text.rstrip(_CLOSING).endswith(_TERMINAL) and not _ABBREVIATED.search(text)


def _is_full(line: Line, following: Line, width: int) -> bool:
    if line.width > width + FULL_SLACK:
        return False  # longer than the page: nobody wrapped it, so nothing of it is on the next line
    return line.width + _first_word_width(following.text) + 1 > width - FULL_SLACK


def _is_ragged(line: Line, before: Line, width: int, usual_indent: int) -> bool:
    """Whether a line goes on from one that was broken early: it stands right below it, begins small, and that one was long
    and stopped in the middle of a sentence."""
    parted = line.gap or line.new_page or line.indent > usual_indent or before.width < width * LONG
    stopped = _ended(before.text) or before.text.endswith(_CLAUSE_END) or before.width > WRAP_MAX
    return not (parted or stopped or mark_of(line.text)) and line.text[0].islower()


def _first_word_width(text: str) -> int:
    first = text[0]
    if _is_wide(first):
        return 2
    word = re.match(r"[^\s⺀-鿿豈-﫿＀-￮　-〿]+", text)
    return _width(word.group()) if word else 1


def _begins(line: Line, before: Line, usual_gap: int, usual_indent: int) -> bool:
    """Whether a line after a full one begins a paragraph all the same."""
    if is_entry(before.text) or _COLUMNS.search(before.text) or _COLUMNS.search(line.text):
        return True
    farther, deeper = line.gap > usual_gap, line.indent > usual_indent
    ended = _ended(before.text) and not before.text.endswith(("；", ";"))
    bullet = BULLET.match(line.text)
    if (MARK.match(line.text) or bullet) and (ended or farther or deeper):
        return True
    if bullet and not bullet.group()[-1].isspace():
        return True  # a dash may stand anywhere in a sentence, a bullet hardly
    if not (farther or deeper):
        return False
    if farther and (deeper or usual_gap == 0) and not line.new_page:
        # Where lines stand close, a blank line parts paragraphs, unless the next one goes on in the middle of a sentence.
        # Preambular paragraphs in Russian begin small, after a comma.
        return deeper or ended or not line.text[0].islower() or before.text.endswith(_CLAUSE_END)
    return ended


MARK = re.compile(
    r"(?:[(（](?:[a-z0-9]{1,4}|[а-яё]|[ء-ي]{1,2})[)）]|(?:\d{1,3}|[a-zа-яё]|[IVXLC]{1,5})[.．、)]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,3}\s?[-–]\s(?=[؀-ۿ]))\s*\S"
)
"""A printed number or letter at the start of a paragraph. "54(b)" and words that end in "a." are none."""


def _short(text: str) -> bool:
    return _width(text) <= 100 and not _ended(text)


def _join(parts: Sequence[str], spaced: bool) -> str:
    joined = parts[0]
    for part in parts[1:]:
        joined += _between(joined[-1], part[0], joined[-2:-1], spaced) + part
    return joined


def _between(left: str, right: str, before: str, spaced: bool) -> str:
    """The white space that a line break stood for, between the characters `left` and `right`."""
    wide_left, wide_right = _is_wide(left), _is_wide(right)
    # “ ” — … are narrow in Unicode and wide in Chinese print: they go with their neighbour.
    wide_left = wide_left or (left in "“”‘’—…·" and (wide_right or _is_wide(before or " ")))
    wide_right = wide_right or (right in "“”‘’—…·" and wide_left)
    if wide_left and wide_right:
        return ""
    if wide_left or wide_right:
        wide, other = (left, right) if wide_left else (right, left)
        return " " if spaced and wide.isalpha() and other.isalnum() else ""
    if left in "-‐/" and before.isalnum() and right.isalnum():
        return ""  # "long-" + "term": the hyphen is printed, a space is not
    return " "


def _prints_space(lines: Sequence[Line]) -> bool:
    """Whether this text prints a space between Chinese and a number or Latin word ("2006 年") more often than not."""
    counts: Counter[bool] = Counter()
    for line in lines:
        for left, gap, right in re.findall(r"(\S)(\s?)(?=(\S))", line.text):
            pair = {_is_wide(left) and left.isalpha(), _is_wide(right) and right.isalpha()}
            if pair == {True, False} and left.isalnum() and right.isalnum():
                counts[bool(gap)] += 1
    return counts[True] > counts[False]


@lru_cache(maxsize=65536)
def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _width(text: str) -> int:
    """Columns of a text in a terminal or a typewriter: wide characters take two, combining marks none."""
    return sum(2 if _is_wide(c) else 0 if unicodedata.combining(c) else 1 for c in text)

"""Lines of a PDF, in reading order, to paragraphs: by space, indent, fullness of the line before, numbers. Lengths are points."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.readers.parts import BULLET
from index.readers.pdf_glyphs import BREAK
from index.readers.pdf_layout import Line
from index.readers.rows import ends_in_figures
from index.readers.text import MARK


def body_size(lines: Iterable[Line]) -> float:
    """The font size in which most of the text is set, points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def by_column(lines: Sequence[Line]) -> list[list[Line]]:
    columns: list[list[Line]] = []
    for line in lines:
        if not columns or (columns[-1][0].page, columns[-1][0].column) != (line.page, line.column):
            columns.append([])
        columns[-1].append(line)
    return columns


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


def grouped(lines: Sequence[Line]) -> list[list[Line]]:
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
    columns = by_column(lines)
    prose = [column for column in columns if column[0].row is None]
    distances: dict[int, Counter[float]] = defaultdict(Counter)
    for column in prose:
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
    flow = _Flow(pitch, {}, lefts, widths, body_size(lines))
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
    if line.row is not None or before.row is not None:
        return (line.page, line.column, line.row) != (before.page, before.column, before.row)
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
        return starts or not (not together and line.text[0].islower() and not ended(before.text))
    if together and (line.bold or line.size > 1.1 * flow.body):
        return False  # headings have hanging lines and centred ones
    if indent > 0.6 * line.size:
        hanging = len(group) == 1 and group[0].second > group[0].x0 and abs(line.x0 - group[0].second) < 0.6 * line.size
        return not hanging and (ended(before.text) or len(group) > 1 or not line.text[0].islower())
    if indent < -0.6 * line.size and len(group) > 1:
        return True
    if not together and ended(before.text):
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


_LEADERS = re.compile(r"\.{4,}\s*\d*$|(?:\s\.){4,}\s*\d*$")


def _is_full(before: Line, line: Line, flow: _Flow) -> bool:
    """Whether the first word of a line would not have fitted behind the line before it."""
    if _LEADERS.search(before.text):
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
    return not ended(before.text) and (line.text[0].islower() or slack < near * width)


_SECTION = re.compile(r"(\d{1,3}\.\d{1,3})\.?\s+(?=\D)")
_LABEL = re.compile(r"[(（]?([^\s()（）.．、]{1,5})[)）.．、]?")


def _label(text: str) -> str | None:
    """The printed number or letter with which a text may begin, without its brackets; a bullet is its own."""
    if section := _SECTION.match(text):
        return section.group(1)
    if bullet := BULLET.match(text):
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
    if BULLET.match(line.text):
        return gapped or ended(before.text) or abs(_indent(line, group, flow)) > 0.5 * line.size
    if len(group) > 1 and abs(_indent(line, group, flow)) > 0.5 * line.size:
        return True
    follows = _follows(label, line.text, flow)
    if ended(before.text) or re.search(r"(?:[,;]|\b(?:and|or|y|o|et|ou|и|или))$", before.text):
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
    if label is not None and not BULLET.match(line.text):
        flow.counts[_shape(line.text)] = _value(label)


_TERMINAL = tuple(".!?。！？…:：;；۔؟")
_CLOSING = "\"'”’»）)]】》」』"
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|cf|Nos?|paras?|arts?|vol|pp?|Mr|Ms|Mrs|Dr|núm|párr|п|ст|см|г)\.$")


def ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_TERMINAL) and not _ABBREVIATED.search(text)


def is_row(group: Sequence[Line], text: str) -> bool:
    """Whether a paragraph is a row of a table: by its place under others, or by figures at its end."""
    return all(line.tabular for line in group) or ends_in_figures(text)


def is_short(group: Sequence[Line], text: str) -> bool:
    """Whether a paragraph looks like a heading: at most 100 columns wide, no stop at its end, no row of a table, no figure of a
    chart."""
    if ends_in_figures(text) or not any(map(str.isalpha, text)):
        return False
    if any(line.tabular for line in group) and not _LEADERS.search(text):
        return False
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return columns <= 100 and not ended(text)

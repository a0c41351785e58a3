"""The quotations in somebody's text: between quotation marks of six languages, and set apart as blocks.

Read as a quotation: “…” „…“ «…» ‹…› 「…」 『…』 "…" ‘…’ '…' (an apostrophe is none), lines that begin with `>`, paragraphs
that are indented as a whole among others that are not. Of marks within marks the outer ones count. “ at the head of a further
paragraph goes on with what the paragraph before left open. A double mark that is never closed runs to the end of its paragraph
and is reported as such.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.check.quotation_marks import BREAK, HAN, PAIRS, Opened, opened_marks

LEAST_WORDS, LEAST_HAN = 3, 8
"""A quotation with fewer words, or Chinese characters, stands somewhere by chance: it is listed, not checked."""
INDENT = 3
"""Columns by which a block is indented at least; a Chinese paragraph begins with two wide blanks, which is no block."""
_DOTS = r"(?:…+|⋯+|\.{3,}|\.(?: \.){2,3})"
_CUTS = re.compile(
    rf"(?P<omission>[\[(（［]\s*{_DOTS}\s*[\])）］]|{_DOTS})|(?P<insertion>\[[^\[\]]{{1,300}}\]|［[^［］]{{1,300}}］)"
)
_SOURCE = re.compile(r"\s*(?:[(（][^()（）\n]*\b[A-Z]{1,4}/[^()（）\n]+[)）][.。]?|\n[\s>]*[—–―-][^\n]*)\s*\Z")
"""What people write below or behind a block to say where it is from: "(A/RES/77/176, para. 3)", a last line with a dash."""
_QUOTED_LINE = re.compile(r"[^\S\n]*>[^\S\n]*\S")
_BULLET = re.compile(r"\s*[-*•·–]\s")


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a quotation that is not the quoted document's words."""

    kind: Literal["mark", "omission", "insertion"]
    """A mark of the layout (`>`, “ at the head of a further paragraph); "…" or "[...]"; words in square brackets."""
    start: int
    """Offset in the paper, in characters, inclusive."""
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a quotation: words, or a cut between them."""

    kind: Literal["words", "omission", "insertion"]
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a paper sets in quotation marks or apart: a slice of the paper."""

    text: str
    """`paper[start:end]`, without the marks around it."""
    start: int
    """Offset in the paper, in characters, inclusive."""
    end: int
    cuts: tuple[Cut, ...] = ()
    """In order, apart from each other."""
    closed: bool = True
    """False where an opening mark has no closing one."""

    def segments(self, *kinds: str) -> tuple[Segment, ...]:
        """The quotation cut at omissions and insertions, as far as they are of these kinds; layout marks taken out."""
        found: list[Segment] = []
        words, at = "", self.start
        for cut in self.cuts:
            words += self.text[at - self.start : cut.start - self.start]
            at = cut.end
            written = self.text[cut.start - self.start : cut.end - self.start]
            if cut.kind != "mark" and cut.kind in kinds:
                found += [Segment("words", words), Segment(cut.kind, written)]
                words = ""
            elif cut.kind != "mark":
                words += written
        found.append(Segment("words", words + self.text[at - self.start :]))
        return tuple(segment for segment in found if segment.text.strip())

    @property
    def long_enough(self) -> bool:
        """Whether it is worth looking for: three words or eight Chinese characters, omissions and insertions aside."""
        words = " ".join(s.text for s in self.segments("omission", "insertion") if s.kind == "words")
        han = len(re.findall(f"[{HAN}]", words))
        others = len(re.findall(rf"[^\W{HAN}]+(?:['’-][^\W{HAN}]+)*", words))
        return han / LEAST_HAN + others / LEAST_WORDS >= 1


Span = tuple[int, int]


def quotations(paper: str, blocks: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """The quotations of a text, in order. `blocks` are spans known to be block quotations; None: told from the lines."""
    opened = opened_marks(paper)
    closing = {first: last for first, last, _ in opened}
    apart: list[Span] = []
    for start, end in block_spans(paper) if blocks is None else blocks:
        mark_at = re.compile(r"[\s>]*").match(paper, start, end)
        last = closing.get(mark_at.end()) if mark_at else None
        if last is None or last > end:  # a block that is in marks as well is read by its marks
            apart.append((start, end))
    marked: list[tuple[int, int, bool]] = []
    begins, ends, at = [start for start, _ in apart], _Ends(paper, opened), 0
    for first, last, mark in opened:
        behind = bisect_right(begins, first) - 1
        if first >= at and (behind < 0 or first >= apart[behind][1]):
            at = min([ends.of(first, mark), *begins[behind + 1 : behind + 2]]) if last is None else last
            marked.append((first + len(mark), at, last is not None))
    found = [(start, _without_source(paper, start, end), True) for start, end in _outside(apart, marked)]
    found += marked
    return tuple(q for row in sorted(found) if (q := whole(paper, *row)).text)


def _outside(blocks: Sequence[Span], marked: Sequence[tuple[int, int, bool]]) -> Iterator[Span]:
    """What of blocks no marks enclose that were opened before them: «a, then a line "> b»" is read by its marks."""
    firsts = [first for first, _, _ in marked]
    for start, end in blocks:
        before = bisect_right(firsts, start) - 1
        if before >= 0 and marked[before][1] > start:
            start = marked[before][1] + 1
        if start < end:
            yield start, end


class _Ends:
    """Where quotations end that are never closed: at the next such mark, else with the paragraph."""

    def __init__(self, paper: str, opened: Sequence[Opened]) -> None:
        self._breaks = [gap.start() for gap in re.finditer(BREAK, paper)] + [len(paper)]
        self._marks: dict[str, list[int]] = {}
        for start, _, mark in opened:
            self._marks.setdefault(mark, []).append(start)

    def of(self, start: int, mark: str) -> int:
        same, gap = self._marks[mark], self._breaks[bisect_right(self._breaks, start)]
        following = bisect_right(same, start)
        return min(gap, same[following]) if following < len(same) else gap


def whole(paper: str, start: int, end: int, closed: bool = True) -> Quotation:
    """`paper[start:end]` as one quotation, white space at its ends left away."""
    text = paper[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    marks = re.finditer(rf"(?m)^[^\S\n]*(?:>[^\S\n]?)+|(?<=\n)\s*\n\s*([{''.join(PAIRS)}])", text)
    cuts = [Cut("mark", m.start(1) if m[1] else m.start(), m.end()) for m in marks]
    for m in _CUTS.finditer(text):
        cuts.append(Cut("omission" if m["omission"] else "insertion", m.start(), m.end()))
    placed = sorted((Cut(c.kind, c.start + start, c.end + start) for c in cuts), key=lambda c: (c.start, -c.end))
    apart: list[Cut] = []
    for cut in placed:
        if not apart or apart[-1].end <= cut.start:
            apart.append(cut)
    return Quotation(text, start, start + len(text), tuple(apart), closed)


def block_spans(text: str) -> Iterator[Span]:
    """Paragraphs of lines that begin with `>`, and paragraphs indented as a whole among more that are not."""
    paragraphs = list(_paragraphs(text))
    deep = [
        all(_indent(line) >= INDENT for _, line in lines) and not _BULLET.match(lines[0][1]) for lines in paragraphs
    ]
    set_apart = 2 * sum(deep) < len(deep)
    for lines, indented in zip(paragraphs, deep, strict=True):
        start, end = lines[0][0], lines[-1][0] + len(lines[-1][1])
        if indented and set_apart:
            yield start, end
            continue
        first: int | None = None
        for at, line in lines:
            quoted = _QUOTED_LINE.match(line) is not None
            if quoted and first is None:
                first = at
            elif not quoted and first is not None:
                yield first, at
                first = None
        if first is not None:
            yield first, end


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    """The lines of each paragraph, with their offsets; blank lines part paragraphs."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        elif lines:
            yield lines
            lines = []
        at += len(line) + 1
    if lines:
        yield lines


def _indent(line: str) -> int:
    """Columns of white space before a line; a tab has four, a wide blank one and a half: two of them begin a paragraph."""
    blank = line[: len(line) - len(line.lstrip())]
    return int(sum(4 if c == "\t" else 1.4 if c == "\u3000" else 1 for c in blank))


def _without_source(paper: str, start: int, end: int) -> int:
    """The end of a block without the line or bracket that says where it is from."""
    found = _SOURCE.search(paper, max(start, end - 400), end)
    return found.start() if found and found.start() > start else end


def only_marks(paper: str) -> Quotation | None:
    """The whole text as one quotation, where it is nothing but one, its marks around it or not."""
    text = paper.strip()
    for first, last, mark in opened_marks(text):
        if first == 0 and last == len(text) - 1:
            at = paper.index(text)
            return whole(paper, at + len(mark), at + last)
        break
    return whole(paper, 0, len(paper)) if text else None

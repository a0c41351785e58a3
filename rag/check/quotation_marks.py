"""Which quotation marks of a text belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄", "〝": "〞〟"}
"""Closing marks by opening mark, for marks that cannot be anything else."""
HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Chinese characters, inside a pattern's [ ]."""
BREAK = r"\n[^\S\n]*\n\s*"
"""The pattern of what parts paragraphs."""
Opened = tuple[int, int | None, str]
"""Offset of an opening mark, of its closing one (None: never closed), the opening mark."""


def opened_marks(text: str) -> list[Opened]:
    """All opening marks in order, each with its closing one. Takes time in proportion to the text."""
    found: list[Opened] = []
    low = list(_paired(text, "„", PAIRS["„"], frozenset()))
    found += low
    taken = frozenset(last for _, last, _ in low if last is not None)  # “ that closed a „ opens nothing
    for mark, closing in PAIRS.items():
        if mark != "„":
            found += _paired(text, mark, closing, taken)
    found += [*_straight(text, '"'), *_straight(text, "＂"), *_single(text, "‘", "’"), *_single(text, "'", "'")]
    return sorted(found, key=lambda o: o[0])


def _paired(text: str, mark: str, closing: str, taken: frozenset[int]) -> Iterator[Opened]:
    if mark not in text:
        return
    stack: list[int] = []
    goes_on = -1
    for found in re.finditer(rf"{mark}|[{closing}]|{BREAK}", text):
        sign = found.group()
        if sign == mark:
            if found.start() != goes_on and found.start() not in taken:
                stack.append(found.start())
        elif sign in closing:
            if stack:
                yield stack.pop(), found.start(), mark
        elif stack and text[found.end() : found.end() + 1] == mark:
            goes_on = found.end()
        else:
            yield from ((start, None, mark) for start in stack)
            stack.clear()
    yield from ((start, None, mark) for start in stack)


def _straight(text: str, mark: str) -> Iterator[Opened]:
    """Marks that look the same at both ends, told by what stands before and behind; closed within the paragraph."""
    start: int | None = None
    for found in re.finditer(rf"{mark}|{BREAK}", text):
        at = found.start()
        if found.group() != mark:
            opens = closes = False
        else:
            opens, closes = _may_open(text, at), at > 0 and not text[at - 1].isspace()
        if start is not None and closes:
            yield start, at, mark
            start = None
        elif start is not None and (opens or found.group() != mark):
            yield start, None, mark
            start = at if opens else None
        elif start is None and opens:
            start = at
    if start is not None:
        yield start, None, mark


def _single(text: str, mark: str, closing: str) -> Iterator[Opened]:
    """Single marks; ’ between letters is an apostrophe, and so is one behind a plural s if a better end follows."""
    signs = list(re.finditer(rf"[{mark}{closing}]|{BREAK}", text)) if mark in text else []
    opening = [sign.group() == mark and _may_open(text, sign.start()) for sign in signs]
    for n, sign in enumerate(signs):
        ends: list[int] = []
        sure = False
        for m in range(n + 1, len(signs) if opening[n] else n):
            at = signs[m].start()
            if opening[m] or signs[m].group() not in (mark, closing) or sure:
                break
            inside = text[at - 1].isalnum() and text[at + 1 : at + 2].isalnum()
            if signs[m].group() == closing and not text[at - 1].isspace() and not inside:
                ends.append(at)
                sure = re.fullmatch(r"[sSxX]['’] [^\W\d_]", text[at - 1 : at + 3]) is None
        if ends:
            yield sign.start(), ends[-1] if sure else ends[0], mark


def _may_open(text: str, at: int) -> bool:
    """Whether a mark stands where a quotation can begin: behind a blank, a bracket, a dash, Chinese; not before a blank."""
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    free = before.isspace() or before in "\"'*_>=/：，。；、！？" or unicodedata.category(before) in ("Ps", "Pi", "Pd")
    if text[at] in "'‘" and re.match(r"\d\ds\b", text[at + 1 : at + 5]):
        return False  # "the '90s"
    return bool(after) and not after.isspace() and (free or re.match(f"[{HAN}]", before) is not None)

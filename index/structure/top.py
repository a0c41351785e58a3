"""What stands above the first paragraph of a document: its head and its title."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Step
from index.readers.parts import Paragraph
from index.structure.ahead import is_first_section, run_of_short
from index.structure.labels import Draft
from index.structure.phrases import is_speaker
from index.structure.place import Place
from index.structure.preamble import opening_of_preamble
from index.structure.titles import division_rank, is_annex, is_letter_title
from index.symbols import symbol_of


def read_top(paragraphs: Sequence[Paragraph], position: int, place: Place, drafts: list[Draft]) -> int:
    """What stands above the first paragraph: a head, and the title if no title of a letter or annex follows."""
    lines = run_of_short(paragraphs, position, place)
    for taken, line in enumerate(lines):
        if taken and (is_letter_title(line) or is_annex(line) or is_speaker(line)):
            lines = lines[:taken]
            break
        if taken and symbol_of(lines[taken - 1]) and not symbol_of(line):
            lines = lines[:taken]  # a symbol on a line of its own; the title comes below
            break
    else:
        below = paragraphs[position + len(lines)].text if position + len(lines) < len(paragraphs) else ""
        if not is_letter_title(below) and not symbol_of(lines[0]) and (len(lines) == 1 or not below):
            drafts.append(Draft("title", lines, (Step("title"),), ()))
            place.part_title = ()
            return len(lines)
    drafts.append(Draft("head", lines, (Step("head"),), ()))
    if symbol_of(lines[-1]) and position + len(lines) < len(paragraphs):
        return len(lines) + _read_title(paragraphs, position + len(lines), place, drafts)
    return len(lines)


def _read_title(paragraphs: Sequence[Paragraph], position: int, place: Place, drafts: list[Draft]) -> int:
    """The title below a symbol: short lines up to the body's name; return how many paragraphs it took."""
    lines: list[str] = []
    for below, paragraph in enumerate(paragraphs[position:], position):
        text = paragraph.text
        titled = paragraph.short or (not lines and len(text) <= 300 and not text.endswith((".", "。", ",", "，", "،")))
        parted = paragraph.begins_with or is_annex(text) or is_letter_title(text) or division_rank(text) is not None
        parted = parted or is_first_section(text, below, place)
        if not titled or is_speaker(text) or parted or opening_of_preamble(paragraphs, below):
            break
        lines.append(text)
    if lines:
        drafts.append(Draft("title", lines, (Step("title"),), ()))
    return len(lines)

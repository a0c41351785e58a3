"""Paragraphs to blocks: which are titles, headings, numbered clauses, and the label path of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.clause import Block, BlockKind, Step, StepKind
from index.marks import (
    Mark,
    annex_number,
    is_annex,
    is_letter_title,
    is_note,
    is_objective,
    is_preambular,
    is_roman,
    is_signature,
    is_speaker,
    mark_of,
    symbol_of,
)
from index.readers.parts import Paragraph

PARAGRAPH_BREAK = "\n\n"
"""Between blocks in `Document.text`. Within a block of several printed lines (a title) it is one line feed."""


@dataclass(slots=True)
class _Draft:
    """A block before it has offsets."""

    kind: BlockKind
    lines: list[str]
    path: tuple[Step, ...]
    headings: tuple[str, ...]
    mark: int = 0
    """Characters of the printed number and the space after it."""
    page: int | None = None


@dataclass(slots=True)
class _Place:
    """Where the reading of a document stands."""

    part: tuple[Step, ...] = ()
    """() before anything, the letter or the annex after their titles."""
    part_title: tuple[str, ...] = ()
    section: tuple[Step, ...] = ()
    section_titles: tuple[str, ...] = ()
    sectional: bool = False
    """Whether paragraph numbers began anew in this section; else they go on through the part and the section is no part of
    the label."""
    article: tuple[Step, ...] = ()
    numbered: tuple[Step, ...] = ()
    """The last printed paragraph number, under which lettered items stand."""
    items: tuple[Step, ...] = ()
    """The item read last, with those that it stands under."""
    last_number: int = 0
    preamble: bool = False
    """Whether paragraphs are those of a resolution's preamble: after the body's name, before the first number."""
    preambular: int = 0
    counted: int = 0

    @property
    def path(self) -> tuple[Step, ...]:
        """Of what stands in the section itself: headings, lettered items without a numbered paragraph."""
        return self.part + self.section + self.article

    @property
    def headings(self) -> tuple[str, ...]:
        return self.part_title + self.section_titles


def structure(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text and its blocks, in order; together they hold every visible character once."""
    drafts: list[_Draft] = []
    place = _Place()
    position = 0
    while position < len(paragraphs):
        before = len(drafts)
        taken = _read(paragraphs, position, place, drafts)
        for draft in drafts[before:]:
            draft.page = paragraphs[position].page
        position += taken
    return _lay_out(drafts)


def _read(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[_Draft]) -> int:
    """Append the block that begins at `position`; return how many paragraphs it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if is_note(text):
        drafts.append(_Draft("note", [text], (*place.part, Step("note")), place.part_title))
        return 1
    if paragraph.short and is_annex(text):
        lines = _run_of_short(paragraphs, position)
        _enter(place, Step("annex", annex_number(text)), lines)
        drafts.append(_Draft("title", lines, place.part, ()))
        return len(lines)
    if is_letter_title(text) and not place.part:
        _enter(place, Step("letter"), [text])
        drafts.append(_Draft("title", [text], place.part, ()))
        return 1
    if is_objective(text):
        above = tuple(title for title in place.section_titles if not is_objective(title))
        place.section_titles, place.numbered, place.items = (*above[-1:], text), (), ()
        drafts.append(_Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if is_speaker(text) and _speech_follows(paragraphs, position):
        place.preamble, place.preambular = True, 0
        drafts.append(_Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if paragraph.short and not drafts and not mark_of(text):
        return _read_top(paragraphs, position, place, drafts)
    mark = mark_of(text)
    if mark and _read_marked(paragraphs, position, mark, place, drafts):
        return 1
    return _read_plain(paragraphs, position, place, drafts)


def _speech_follows(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a body's name opens its resolution; in a masthead another short line comes below."""
    below = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    return below is None or not below.short or is_preambular(below.text)


def _read_marked(
    paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: _Place, drafts: list[_Draft]
) -> bool:
    """Append the block of a paragraph with a printed mark; False where the mark turns out to be part of its text."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if mark.kind == "article":
        return _read_article(paragraph, mark, place, drafts)
    goes_on = mark.kind == "number" and place.last_number and mark.number == str(place.last_number + 1)
    if paragraph.short and mark.kind in ("number", "heading") and not goes_on and _is_heading(paragraphs, position):
        _enter_section(place, mark.number, text)
        drafts.append(_Draft("heading", [text], place.path, place.part_title, mark.length))
        return True
    place.preamble = False
    if mark.kind == "letter" or (mark.kind == "heading" and place.article):
        place.items = _nested(place.items, mark.number)
        drafts.append(_Draft("item", [text], _numbered_path(place) + place.items, place.headings, mark.length))
        return True
    _number(place, mark.number)
    drafts.append(_Draft("paragraph", [text], _numbered_path(place), place.headings, mark.length))
    return True


def _read_article(paragraph: Paragraph, mark: Mark, place: _Place, drafts: list[_Draft]) -> bool:
    """An article's own line, or an article with its text on the line; a sentence that begins with "Article 2 of …" is
    neither."""
    text = paragraph.text
    if not paragraph.short and (len(text) > mark.length and text[mark.length].islower()):
        return False
    place.preamble = False
    place.article = (Step("article", mark.number),)
    place.numbered, place.items, place.last_number, place.counted = (), (), 0, 0
    if paragraph.short:
        place.section_titles = (*(t for t in place.section_titles if not _begins_article(t)), text)
        drafts.append(_Draft("heading", [text], place.path, place.part_title, 0))
    else:
        drafts.append(_Draft("paragraph", [text], place.part + place.article, place.headings, mark.length))
    return True


def _begins_article(text: str) -> bool:
    """Whether a heading is that of an article."""
    mark = mark_of(text)
    return mark is not None and mark.kind == "article"


def _read_plain(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[_Draft]) -> int:
    """Append the block of paragraphs without a printed mark; return how many it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    lines = _run_of_short(paragraphs, position) if paragraph.short else []
    if lines and any(is_signature(line) for line in lines):
        drafts.append(_Draft("signature", lines, (*place.part, Step("signature")), place.part_title))
        return len(lines)
    if place.preamble and is_preambular(text):
        place.preambular += 1
        path = (*place.part, Step("preambular", str(place.preambular)))
        drafts.append(_Draft("paragraph", [text], path, place.headings))
        return 1
    if paragraph.short and _is_heading(paragraphs, position):
        if not place.article:
            place.section_titles, place.numbered, place.items = (text,), (), ()
        drafts.append(_Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    place.counted += 1
    place.items = ()
    path = (*place.path, Step("counted", str(place.counted)))
    drafts.append(_Draft("paragraph", [text], path, place.headings))
    return 1


def _nested(open_items: tuple[Step, ...], number: str) -> tuple[Step, ...]:
    """Where an item stands: beside one of the open ones if it comes after it, else under the last."""
    for depth in range(len(open_items), 0, -1):
        if _follows(open_items[depth - 1].number, number):
            return (*open_items[: depth - 1], Step("item", number))
    under_letter = open_items and not open_items[-1].number.isdecimal()
    if open_items and (number in ("i", "1") if under_letter else number in _FIRST):
        return (*open_items, Step("item", number))
    return (Step("item", number),)


_FIRST = ("a", "i", "а", "أ", "ا", "一", "子")
_ORDERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "一二三四五六七八九十",
    "子丑寅卯辰巳午未申酉戌亥",
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def _follows(before: str, number: str) -> bool:
    """Whether `number` is the next after `before` in one of the ways to count; one may be skipped."""
    before, number = (unicodedata.normalize("NFKC", n) for n in (before, number))
    if before.isdecimal() and number.isdecimal():
        return 0 < int(number) - int(before) <= 2
    if before in _ROMANS and number in _ROMANS:
        return 0 < _ROMANS.index(number) - _ROMANS.index(before) <= 1
    for order in _ORDERS:
        if before in order and number in order and len(before) == len(number) == 1:
            return 0 < order.index(number) - order.index(before) <= 2
    return len(before) == 1 and len(number) == 2 and number[0] == number[1] and before == "z"


def _number(place: _Place, number: str) -> None:
    """Enter a numbered paragraph."""
    value = int(number) if number.isdecimal() else 0
    if value == 1 and place.last_number > 1 and place.section:
        place.sectional = True
    place.last_number = value or place.last_number
    place.numbered, place.items = (Step("paragraph", number),), ()


def _numbered_path(place: _Place) -> tuple[Step, ...]:
    """Path of the numbered paragraph that was read last, or of the section where there is none."""
    if not place.numbered:
        return place.path
    if place.article:
        return place.part + place.article + place.numbered
    return place.part + (place.section if place.sectional else ()) + place.numbered


def _read_top(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[_Draft]) -> int:
    """What stands above the first paragraph: a head, and the title if no title of a letter or annex follows."""
    lines = _run_of_short(paragraphs, position)
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
            drafts.append(_Draft("title", lines, (Step("title"),), ()))
            place.part_title = ()
            return len(lines)
    drafts.append(_Draft("head", lines, (Step("head"),), ()))
    if symbol_of(lines[-1]) and position + len(lines) < len(paragraphs):
        return len(lines) + _read_title(paragraphs, position + len(lines), drafts)
    return len(lines)


def _read_title(paragraphs: Sequence[Paragraph], position: int, drafts: list[_Draft]) -> int:
    """The title below a symbol: short lines up to the body's name; return how many paragraphs it took."""
    lines: list[str] = []
    for paragraph in paragraphs[position:]:
        text = paragraph.text
        titled = paragraph.short or (not lines and len(text) <= 300 and not text.endswith((".", "。", ",", "，", "،")))
        if not titled or is_speaker(text) or mark_of(text) or is_annex(text) or is_letter_title(text):
            break
        lines.append(text)
    if lines:
        drafts.append(_Draft("title", lines, (Step("title"),), ()))
    return len(lines)


def _run_of_short(paragraphs: Sequence[Paragraph], position: int) -> list[str]:
    """The short, unnumbered lines that stand together from `position` on (the first may be anything)."""
    lines = [paragraphs[position].text]
    for paragraph in paragraphs[position + 1 :]:
        text = paragraph.text
        parted = is_note(text) or is_annex(text) or is_speaker(text) or is_objective(text)
        if not paragraph.short or mark_of(text) or parted:
            break
        lines.append(text)
    return lines


def _is_heading(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """A short line is a heading when a full paragraph or a list comes below it, not another line of the same list."""
    if position + 1 == len(paragraphs):
        return False
    below, own = mark_of(paragraphs[position + 1].text), mark_of(paragraphs[position].text)
    if own and own.kind == "heading":
        return True
    of_a_list = own is not None and own.kind == "number" and below is not None and below.kind != "letter"
    return not paragraphs[position + 1].short or not of_a_list


def _enter(place: _Place, step: Step, title: Sequence[str]) -> None:
    place.part, place.part_title = (step,), ("\n".join(title),)
    place.section, place.section_titles, place.article, place.numbered, place.items = (), (), (), (), ()
    place.counted, place.last_number, place.sectional, place.preamble = 0, 0, False, False


def _enter_section(place: _Place, number: str, title: str) -> None:
    """Enter a section; a capital letter stands under a Roman number, unless it goes on in the alphabet ("H.", "I.")."""
    step = Step("section", number)
    above = place.section
    roman = (
        is_roman(number)
        and number.isupper()
        and not (len(above) == 2 and _follows(above[1].number.lower(), number.lower()))
    )
    if above and number.isalpha() and number.isascii() and not roman and is_roman(above[0].number):
        place.section, place.section_titles = (above[0], step), (*place.section_titles[:1], title)
    else:
        place.section, place.section_titles = (step,), (title,)
    place.article, place.numbered, place.items, place.counted, place.preamble = (), (), (), 0, False


def _lay_out(drafts: Sequence[_Draft]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    pieces: list[str] = []
    start = 0
    for draft in drafts:
        text = "\n".join(draft.lines)
        end = start + len(text)
        blocks.append(Block(draft.kind, draft.path, draft.headings, start, start + draft.mark, end, draft.page))
        pieces.append(text)
        start = end + len(PARAGRAPH_BREAK)
    return PARAGRAPH_BREAK.join(pieces), tuple(blocks)


def path_id(path: Sequence[Step]) -> str:
    """The path as one word, for ids and links: annex/4/o, letter/p1, annex/note, pp3, art31/1."""
    return "/".join(_step_id(step) for step in path)


def _step_id(step: Step) -> str:
    prefix: dict[StepKind, str] = {"annex": "annex", "counted": "p", "preambular": "pp", "article": "art"}
    return prefix.get(step.kind, "") + step.number if step.number else step.kind

"""Paragraphs to blocks: which are titles, headings, numbered clauses, and the label path of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clause import Block, BlockKind, Step, StepKind
from index.readers.parts import Paragraph

PARAGRAPH_BREAK = "\n\n"
"""Between blocks in `Document.text`. Within a block of several printed lines (a title) it is one line feed."""

_NUMBER = re.compile(
    r"(\d{1,3})\s?[.．、](?!\d)\s*|(\d{1,3})\s?[-–—]\s+(?=[؀-ۿ])|([IVXLC]{1,5}|[A-Z])[.．]\s+|([一二三四五六七八九十]{1,3})、\s*"
)
_LETTER = re.compile(r"([a-z])[.．]\s+|[(（]([a-z]{1,4}|\d{1,2}|[а-яё]|[ء-ي]{1,2})[)）]\s*|([a-z]{1,4}|[а-яё])\)\s+")
_ANNEX = re.compile(
    r"^(?:annex|annexe|anexo|приложение|المرفق|附件)(?:\s+[IVX\d]+)?\b.{0,80}$|.{0,80}附件$", re.IGNORECASE
)
_LETTER_TITLE = re.compile(
    r"(?:的信|的普通照会)$|^(?:identical letters|letter|lettre|lettres|carta|письмо|رسالة)\b", re.IGNORECASE
)
_SIGNED = re.compile(r"[(（](?:签名|签字|signed|signé|firmado|подпись|توقيع)[^)）]{0,12}[)）]", re.IGNORECASE)
_NOTE = re.compile(r"^(?:\*{1,3}|[†‡§])\s*\S")


@dataclass(slots=True)
class _Draft:
    """A block before it has offsets."""

    kind: BlockKind
    lines: list[str]
    path: tuple[Step, ...]
    headings: tuple[str, ...]
    mark: int = 0
    """Characters of the printed number and the space after it."""


@dataclass(slots=True)
class _Place:
    """Where the reading of a document stands."""

    part: tuple[Step, ...] = ()
    """() before anything, the letter or the annex after their titles."""
    part_title: tuple[str, ...] = ()
    section: tuple[Step, ...] = ()
    section_title: tuple[str, ...] = ()
    numbered: tuple[Step, ...] = ()
    """The last printed paragraph number, under which lettered items stand."""
    counted: int = 0

    @property
    def path(self) -> tuple[Step, ...]:
        return self.part + self.section

    @property
    def headings(self) -> tuple[str, ...]:
        return self.part_title + self.section_title


def structure(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text and its blocks, in order; together they hold every visible character once."""
    drafts: list[_Draft] = []
    place = _Place()
    position = 0
    while position < len(paragraphs):
        position += _read(paragraphs, position, place, drafts)
    return _lay_out(drafts)


def _read(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[_Draft]) -> int:
    """Append the block that begins at `position`; return how many paragraphs it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if _NOTE.match(text):
        drafts.append(_Draft("note", [text], (*place.part, Step("note")), place.part_title))
        return 1
    if paragraph.short and _ANNEX.match(text):
        lines = _run_of_short(paragraphs, position)
        _enter(place, Step("annex", _annex_number(text)), lines)
        drafts.append(_Draft("title", lines, place.part, ()))
        return len(lines)
    if _may_be_title(text) and _LETTER_TITLE.search(text) and not place.part:
        _enter(place, Step("letter"), [text])
        drafts.append(_Draft("title", [text], place.part, ()))
        return 1
    if paragraph.short and not drafts:
        return _read_top(paragraphs, position, place, drafts)
    number, letter = _NUMBER.match(text), _LETTER.match(text)
    if number and paragraph.short and _is_heading(paragraphs, position):
        place.section = (Step("section", _group(number)),)
        place.section_title, place.numbered, place.counted = (text,), (), 0
        drafts.append(_Draft("heading", [text], place.path, place.part_title, number.end()))
        return 1
    if letter:
        path = (*place.path, *place.numbered, Step("item", _group(letter)))
        drafts.append(_Draft("item", [text], path, place.headings, letter.end()))
        return 1
    if number:
        place.numbered = (Step("paragraph", _group(number)),)
        drafts.append(_Draft("paragraph", [text], place.path + place.numbered, place.headings, number.end()))
        return 1
    lines = _run_of_short(paragraphs, position) if paragraph.short else []
    if lines and any(_SIGNED.search(line) for line in lines):
        drafts.append(_Draft("signature", lines, (*place.part, Step("signature")), place.part_title))
        return len(lines)
    if paragraph.short and _is_heading(paragraphs, position):
        place.section_title, place.numbered = (text,), ()
        drafts.append(_Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    place.counted += 1
    path = (*place.path, Step("counted", str(place.counted)))
    drafts.append(_Draft("paragraph", [text], path, place.headings))
    return 1


def _read_top(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[_Draft]) -> int:
    """What stands above the first paragraph: a head, and the title if no title of a letter or annex follows."""
    lines = _run_of_short(paragraphs, position)
    for taken, line in enumerate(lines):
        if taken and (_LETTER_TITLE.search(line) or _ANNEX.match(line)):
            lines = lines[:taken]
            break
    else:
        below = paragraphs[position + len(lines)].text if position + len(lines) < len(paragraphs) else ""
        letter_follows = _may_be_title(below) and _LETTER_TITLE.search(below)
        if not letter_follows and (len(lines) == 1 or not below):
            drafts.append(_Draft("title", lines, (Step("title"),), ()))
            place.part_title = ()
            return len(lines)
    drafts.append(_Draft("head", lines, (Step("head"),), ()))
    return len(lines)


def _run_of_short(paragraphs: Sequence[Paragraph], position: int) -> list[str]:
    """The short, unnumbered lines that stand together from `position` on (the first may be anything)."""
    lines = [paragraphs[position].text]
    for paragraph in paragraphs[position + 1 :]:
        if not paragraph.short or _NUMBER.match(paragraph.text) or _LETTER.match(paragraph.text):
            break
        if _NOTE.match(paragraph.text) or _ANNEX.match(paragraph.text):
            break
        lines.append(paragraph.text)
    return lines


def _may_be_title(text: str) -> bool:
    """A letter's title may run over two lines; it has no full stop."""
    return len(text) <= 300 and not text.endswith((".", "。", "؟", "?", "!", ";", "；", ":", "："))


def _is_heading(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """A short line is a heading when a full paragraph or a list comes below it, not another line of the same list."""
    if position + 1 == len(paragraphs):
        return False
    below = paragraphs[position + 1]
    return not below.short or bool(_LETTER.match(below.text)) or not _NUMBER.match(paragraphs[position].text)


def _enter(place: _Place, step: Step, title: Sequence[str]) -> None:
    place.part, place.part_title = (step,), ("\n".join(title),)
    place.section, place.section_title, place.numbered, place.counted = (), (), (), 0


def _annex_number(text: str) -> str:
    found = re.match(
        r"(?:annexe?|anexo|приложение|المرفق|附件)\s*([IVX]+|\d+|[一二三四五六七八九十]+)\b", text, re.IGNORECASE
    )
    return found.group(1) if found else ""


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _lay_out(drafts: Sequence[_Draft]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    pieces: list[str] = []
    start = 0
    for draft in drafts:
        text = "\n".join(draft.lines)
        blocks.append(Block(draft.kind, draft.path, draft.headings, start, start + draft.mark, start + len(text)))
        pieces.append(text)
        start += len(text) + len(PARAGRAPH_BREAK)
    return PARAGRAPH_BREAK.join(pieces), tuple(blocks)


def path_id(path: Sequence[Step]) -> str:
    """The path as one word, for ids and links: annex/4/o, letter/p1, annex/note."""
    return "/".join(_step_id(step) for step in path)


def _step_id(step: Step) -> str:
    prefix: dict[StepKind, str] = {"annex": "annex", "counted": "p"}
    return prefix.get(step.kind, "") + step.number if step.number else step.kind

"""Paragraphs to blocks: which are titles, headings, numbered clauses, and the label path of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.clause import Block, Step, StepKind
from index.counting import FIRST, follows, follows_letter, nested
from index.labels import Draft, name_sections, tell_apart
from index.marks import (
    Mark,
    annex_kind,
    annex_number,
    division_rank,
    is_annex,
    is_annex_of_a_letter,
    is_letter_title,
    is_note,
    is_objective,
    is_preambular,
    is_section_alone,
    is_signature,
    is_speaker,
    ordinal,
    rank,
    symbol_of,
)
from index.preamble import end_of_preamble
from index.readers.parts import Paragraph

PARAGRAPH_BREAK = "\n\n"
"""Between blocks in `Document.text`. Within a block of several printed lines (a title) it is one line feed."""
SIGNATURE_LINES = 30
"""Short lines among which a signature is looked for; a longer run of them is a table."""


@dataclass(slots=True)
class _Place:
    """Where the reading of a document stands."""

    part: tuple[Step, ...] = ()
    """() before anything, the letter or the annex after their titles."""
    part_title: tuple[str, ...] = ()
    divisions: tuple[tuple[int, str], ...] = ()
    """Parts and chapters of a treaty, which no label has, with their rank, outermost first."""
    section: tuple[Step, ...] = ()
    section_titles: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    """Of headings without a number, below the section."""
    article: tuple[Step, ...] = ()
    article_titles: tuple[str, ...] = ()
    numbered: tuple[Step, ...] = ()
    """The last printed paragraph number, under which lettered items stand."""
    items: tuple[Step, ...] = ()
    """The item read last, with those that it stands under."""
    last_number: int = 0
    parted: bool = False
    """Whether a heading without a number was read last: what comes next says whether it ended the article and the numbered
    paragraph above it, or only parts their items."""
    preamble: int = 0
    """Position of the first paragraph after a resolution's preamble."""
    speech: tuple[Step, ...] = ()
    """The section that the preamble stands in: "B" of a resolution that is two."""
    preambular: int = 0
    second_sections: dict[int, int] = field(default_factory=dict)
    """Where a second section's number or letter stands last on a line of its own, by rank."""
    counts: Counter[tuple[Step, ...]] = field(default_factory=Counter)
    """Of unnumbered paragraphs, by path."""

    @property
    def path(self) -> tuple[Step, ...]:
        """Of what stands in the section or article itself: headings, lettered items without a numbered paragraph."""
        return self.part + (self.article or self.section)

    @property
    def headings(self) -> tuple[str, ...]:
        above = self.part_title + tuple(title for _, title in self.divisions) + self.section_titles
        return above + self.subheadings + self.article_titles


def structure(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text and its blocks, in order; together they hold every visible character once."""
    drafts: list[Draft] = []
    place = _Place(second_sections=_second_sections(paragraphs))
    position = 0
    while position < len(paragraphs):
        before = len(drafts)
        taken = _read(paragraphs, position, place, drafts)
        for draft in drafts[before:]:
            draft.page = paragraphs[position].page
        position += taken
    name_sections(drafts)
    tell_apart(drafts)
    return _lay_out(drafts)


def _read(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[Draft]) -> int:
    """Append the block that begins at `position`; return how many paragraphs it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if is_note(text) and paragraph.mark is None:
        drafts.append(Draft("note", [text], (*place.part, Step("note")), place.part_title))
        return 1
    if (paragraph.short and is_annex(text)) or is_annex_of_a_letter(text):
        lines = _run_of_short(paragraphs, position, place)
        _enter(place, Step(annex_kind(text), annex_number(text)), lines)
        drafts.append(Draft("title", lines, place.part, ()))
        return len(lines)
    if is_letter_title(text) and not place.part:
        _enter(place, Step("letter"), [text])
        drafts.append(Draft("title", [text], place.part, ()))
        return 1
    if is_objective(text):
        above = tuple(title for title in place.subheadings if not is_objective(title))
        place.subheadings, place.numbered, place.items = (*above[-1:], text), (), ()
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if is_speaker(text) and _speech_follows(paragraphs, position):
        place.preamble, place.preambular = end_of_preamble(paragraphs, position + 1), 0
        place.speech = place.section
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if drafts and _is_section_alone(paragraphs, position, place):
        lines = _title_below(paragraphs, position)
        _enter_section(place, text, "\n".join(lines))
        drafts.append(Draft("heading", lines, place.path, place.part_title, len(text)))
        return len(lines)
    if paragraph.short and not drafts and not paragraph.begins_with:
        return _read_top(paragraphs, position, place, drafts)
    mark = paragraph.begins_with
    if mark and _read_marked(paragraphs, position, mark, place, drafts):
        return 1
    return _read_plain(paragraphs, position, place, drafts)


def _speech_follows(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a body's name opens its resolution; in a masthead another short line comes below."""
    below = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    return below is None or not below.short or is_preambular(below.text)


def _is_section_alone(paragraphs: Sequence[Paragraph], position: int, place: _Place) -> bool:
    """Whether a line is the letter or number of a section, its title below: the first, or it goes on from the section above."""
    text = paragraphs[position].text
    count = ordinal(text) if is_section_alone(text) else None
    if count is None or position + 1 == len(paragraphs) or is_section_alone(paragraphs[position + 1].text):
        return False
    goes_on = (rank(step.number) == rank(text) and (ordinal(step.number) or 0) + 1 == count for step in place.section)
    return any(goes_on) or _is_first_section(text, position, place)


def _second_sections(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    alone = ((at, paragraph.text) for at, paragraph in enumerate(paragraphs) if is_section_alone(paragraph.text))
    return {rank(text): at for at, text in alone if ordinal(text) == 2}


def _is_first_section(text: str, position: int, place: _Place) -> bool:
    """Whether a line is the number or letter of a first section and nothing else, and the second one stands below."""
    first = is_section_alone(text) and ordinal(text) == 1
    return first and place.second_sections.get(rank(text), -1) > position + 1


def _title_below(paragraphs: Sequence[Paragraph], position: int) -> list[str]:
    """A section's letter and the title on the line below it, if there is one."""
    below = paragraphs[position + 1]
    titled = below.short and not (below.begins_with or is_speaker(below.text) or is_preambular(below.text))
    return [paragraph.text for paragraph in paragraphs[position : position + 1 + titled]]


def _read_marked(
    paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: _Place, drafts: list[Draft]
) -> bool:
    """Append the block of a paragraph with a printed mark; False where the mark turns out to be part of its text."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if mark.kind in ("article", "rule", "paragraph"):
        return _read_article(paragraph, mark, place, drafts)
    number, kind = mark.number, mark.kind
    typed = paragraph.mark is None  # a list of the format says itself what stands under what
    if typed and kind == "letter" and number.isdecimal() and text[0].isdigit() and _is_paragraph_number(number, place):
        kind = "number"  # "3) …"
    if kind == "number" and _is_number_of_an_item(number, place, drafts):
        kind = "letter"
    goes_on = kind == "number" and place.last_number and number == str(place.last_number + 1)
    alone = kind == "heading" and place.article and mark.length == len(text)  # "B." of an article, its items below
    heads = paragraph.short and kind in ("number", "heading") and not goes_on and not alone
    if heads and _is_heading(paragraphs, position):
        _enter_section(place, number, text)
        drafts.append(Draft("heading", [text], place.path, place.part_title, mark.length))
        return True
    if position < place.preamble and kind == "letter":
        place.items = nested(place.items, number)
        path = (*place.part, *place.speech, Step("preambular", str(max(place.preambular, 1))), *place.items)
        drafts.append(Draft("item", [text], path, place.headings, mark.length))
        return True
    if kind == "letter" or (kind == "heading" and place.article):
        if place.parted and _is_first(number, place.items):
            _end_article(place)
        place.parted = False
        place.items = nested(place.items, number)
        path, section = _numbered_path(place) + place.items, place.section if _goes_by_number(place) else None
        drafts.append(Draft("item", [text], path, place.headings, mark.length, section=section))
        return True
    if place.parted and not goes_on:
        _end_article(place)
    place.parted = False
    place.last_number = int(number) if number.isdecimal() else place.last_number
    place.numbered, place.items = (Step("paragraph", number),), ()
    section = place.section if _goes_by_number(place) else None
    drafts.append(Draft("paragraph", [text], _numbered_path(place), place.headings, mark.length, section=section))
    return True


def _is_paragraph_number(number: str, place: _Place) -> bool:
    """Whether "3)" counts paragraphs, not items of the paragraph above."""
    last = place.numbered[-1].number if place.numbered else ""
    return not place.numbered or int(number) in (
        place.last_number + 1,
        int(last.split(".")[0]) + 1 if "." in last else 0,
    )


def _is_number_of_an_item(number: str, place: _Place, drafts: Sequence[Draft]) -> bool:
    """Whether a number counts what stands under the item above ("（二）…：", then "1．…"), not paragraphs."""
    if not place.items or not number.isdecimal():
        return False
    last = place.items[-1].number
    if len(place.items) > 1 and last.isdecimal() and int(number) == int(last) + 1:
        return int(number) != place.last_number + 1 or not place.numbered
    opens = drafts[-1].kind == "item" and drafts[-1].lines[-1].endswith((":", "："))
    return number == "1" and opens and not last.isdecimal()


def _is_first(number: str, items: tuple[Step, ...]) -> bool:
    """Whether an item is the first of a list, not one that goes on after a heading."""
    return (number in FIRST or number == "1") and not (items and follows(items[-1].number, number))


def _end_article(place: _Place) -> None:
    """What stood above a heading has ended: the article, the numbered paragraph and its items."""
    place.article, place.article_titles, place.numbered, place.items = (), (), (), ()


def _read_article(paragraph: Paragraph, mark: Mark, place: _Place, drafts: list[Draft]) -> bool:
    """An article's own line, or an article with its text on the line; a sentence that begins with "Article 2 of …" is
    neither."""
    text = paragraph.text
    if not paragraph.short and (len(text) > mark.length and text[mark.length].islower()):
        return False
    place.article = (
        Step("rule" if mark.kind == "rule" else "paragraph" if mark.kind == "paragraph" else "article", mark.number),
    )
    place.article_titles, place.parted = (), False
    place.numbered, place.items, place.last_number = (), (), 0
    if paragraph.short:
        place.article_titles = (text,)
        drafts.append(Draft("heading", [text], place.path, place.part_title, 0))
    else:
        path = place.part + place.article
        drafts.append(Draft("paragraph", [text], path, place.headings, mark.length))
    return True


def _read_plain(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[Draft]) -> int:
    """Append the block of paragraphs without a printed mark; return how many it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    signed = paragraph.short and any(is_signature(p.text) for p in paragraphs[position : position + SIGNATURE_LINES])
    lines = _run_of_short(paragraphs, position, place) if signed else []
    if any(is_signature(line) for line in lines):
        drafts.append(Draft("signature", lines, (*place.part, Step("signature")), place.part_title))
        return len(lines)
    if position < place.preamble and (is_preambular(text) or not paragraph.short):
        place.preambular += 1
        place.items = ()
        path = (*place.part, *place.speech, Step("preambular", str(place.preambular)))
        drafts.append(Draft("paragraph", [text], path, place.headings))
        return 1
    if paragraph.short and not is_preambular(text) and _is_heading(paragraphs, position):
        _read_heading(text, place, drafts)
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if place.parted:
        _end_article(place)
        place.parted = False
    place.items = ()
    place.counts[place.path] += 1
    path = (*place.path, Step("counted", str(place.counts[place.path])))
    drafts.append(Draft("paragraph", [text], path, place.headings))
    return 1


def _read_heading(text: str, place: _Place, drafts: Sequence[Draft]) -> None:
    """Enter a heading without a number: a part or chapter, the title of one or of an article, or any other."""
    last = drafts[-1].lines[0] if drafts and drafts[-1].kind == "heading" else None
    division = division_rank(text)
    if division is not None:
        place.divisions = (*(above for above in place.divisions if above[0] < division), (division, text))
        place.section, place.section_titles, place.subheadings, place.last_number = (), (), (), 0
        _end_article(place)
    elif place.divisions and last == place.divisions[-1][1]:
        place.divisions = (*place.divisions[:-1], (place.divisions[-1][0], f"{last}\n{text}"))
    elif place.article_titles and last == place.article_titles[-1] and len(place.article_titles) == 1:
        place.article_titles = (f"{last}\n{text}",)
    else:
        place.subheadings, place.parted = (text,), True


def _goes_by_number(place: _Place) -> bool:
    """Whether the path is that of a numbered paragraph, which may or may not have its section."""
    return bool(place.numbered) and not place.article


def _numbered_path(place: _Place) -> tuple[Step, ...]:
    """Path of the numbered paragraph that was read last, or of the section where there is none."""
    if not place.numbered:
        return place.path
    return place.part + place.article + place.numbered


def _read_top(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[Draft]) -> int:
    """What stands above the first paragraph: a head, and the title if no title of a letter or annex follows."""
    lines = _run_of_short(paragraphs, position, place)
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


def _read_title(paragraphs: Sequence[Paragraph], position: int, place: _Place, drafts: list[Draft]) -> int:
    """The title below a symbol: short lines up to the body's name; return how many paragraphs it took."""
    lines: list[str] = []
    for below, paragraph in enumerate(paragraphs[position:], position):
        text = paragraph.text
        titled = paragraph.short or (not lines and len(text) <= 300 and not text.endswith((".", "。", ",", "，", "،")))
        parted = paragraph.begins_with or is_annex(text) or is_letter_title(text) or division_rank(text) is not None
        parted = parted or _is_first_section(text, below, place)
        if not titled or is_speaker(text) or parted:
            break
        lines.append(text)
    if lines:
        drafts.append(Draft("title", lines, (Step("title"),), ()))
    return len(lines)


def _run_of_short(paragraphs: Sequence[Paragraph], position: int, place: _Place) -> list[str]:
    """The short, unnumbered lines that stand together from `position` on (the first may be anything)."""
    lines = [paragraphs[position].text]
    for below, paragraph in enumerate(paragraphs[position + 1 :], position + 1):
        text = paragraph.text
        parted = is_note(text) or is_annex(text) or is_speaker(text) or is_objective(text)
        parted = parted or _is_first_section(text, below, place) or division_rank(text) is not None
        if not paragraph.short or paragraph.begins_with or parted:
            break
        lines.append(text)
    return lines


def _is_heading(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """A short line is a heading when a full paragraph or a list comes below it, not another line of the same list."""
    if position + 1 == len(paragraphs):
        return False
    below, own = paragraphs[position + 1].begins_with, paragraphs[position].begins_with
    if own and own.kind == "heading":
        return True
    of_a_list = own is not None and own.kind == "number" and below is not None and below.kind != "letter"
    return not paragraphs[position + 1].short or not of_a_list


def _enter(place: _Place, step: Step, title: Sequence[str]) -> None:
    """Enter a letter, an annex, or an appendix, which stands under the annex above."""
    above = place.part[:1] if step.kind == "appendix" and place.part and place.part[0].kind == "annex" else ()
    place.part, place.part_title = (*above, step), ("\n".join(title),)
    place.divisions, place.section, place.section_titles, place.subheadings = (), (), (), ()
    place.last_number, place.preamble, place.parted, place.speech = 0, 0, False, ()
    _end_article(place)


def _enter_section(place: _Place, number: str, title: str) -> None:
    """Enter a section: under those that are counted in a higher way. A letter that goes on in the alphabet is a letter, also
    where it could be a Roman number ("H.", "I.")."""
    goes_on = [
        n for n, step in enumerate(place.section) if rank(step.number) == 1 and follows_letter(step.number, number)
    ]
    depth = goes_on[0] if goes_on else sum(rank(step.number) < rank(number) for step in place.section)
    place.section = (*place.section[:depth], Step("section", number))
    place.section_titles = (*place.section_titles[:depth], title)
    place.subheadings, place.parted, place.preamble = (), False, 0
    _end_article(place)


def _lay_out(drafts: Sequence[Draft]) -> tuple[str, tuple[Block, ...]]:
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
    prefix: dict[StepKind, str] = {
        "annex": "annex",
        "appendix": "appendix",
        "schedule": "schedule",
        "rule": "rule",
        "counted": "p",
        "preambular": "pp",
        "article": "art",
    }
    name = prefix.get(step.kind, "") + step.number if step.number else step.kind
    return f"{name}~{step.again}" if step.again > 1 else name

"""What a line is by the lines below it: a heading, the letter of a section, the name of a body that speaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from index.readers.parts import Paragraph, is_short
from index.readers.rows import CELL
from index.structure.marks import Mark, is_section_alone
from index.structure.ordinals import ordinal, rank
from index.structure.phrases import is_note, is_preambular, is_speaker
from index.structure.place import Place
from index.structure.preamble import opening_of_preamble
from index.structure.titles import division_rank, is_annex, is_annex_alone, is_objective
from index.symbols import resolution_title


def speech_follows(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a body's name opens its resolution; in a masthead another short line comes below."""
    below = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    return below is None or not below.short or is_preambular(below.text)


def heads_resolution(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a body's name opens a resolution right below a line, or below the title under it."""
    below = paragraphs[position + 1 : position + 4]
    speaks = next((n for n, paragraph in enumerate(below) if is_speaker(paragraph.text)), None)
    return speaks is not None and all(paragraph.short and not paragraph.begins_with for paragraph in below[:speaks])


def has_several_resolutions(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a paper is a volume of resolutions: two or more with their number and title."""
    titled = (
        n
        for n, paragraph in enumerate(paragraphs)
        if resolution_title(paragraph.text) and heads_resolution(paragraphs, n)
    )
    return len(list(islice(titled, 2))) == 2


def stands_alone(paragraphs: Sequence[Paragraph], position: int, place: Place) -> bool:
    """Whether a line is the letter or number of a section, its title below: the first, or it goes on from the section above."""
    text = paragraphs[position].text
    count = ordinal(text) if is_section_alone(text) else None
    if count is None or position + 1 == len(paragraphs) or is_section_alone(paragraphs[position + 1].text):
        return False
    goes_on = (rank(step.number) == rank(text) and (ordinal(step.number) or 0) + 1 == count for step in place.section)
    return any(goes_on) or is_first_section(text, position, place)


def second_sections(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    alone = ((at, paragraph.text) for at, paragraph in enumerate(paragraphs) if is_section_alone(paragraph.text))
    return {rank(text): at for at, text in alone if ordinal(text) == 2}


def is_first_section(text: str, position: int, place: Place) -> bool:
    """Whether a line is the number or letter of a first section and nothing else, and the second one stands below."""
    first = is_section_alone(text) and ordinal(text) == 1
    return first and place.second_sections.get(rank(text), -1) > position + 1


def title_below(paragraphs: Sequence[Paragraph], position: int) -> list[str]:
    """A section's letter and the title on the line below it, if there is one."""
    below = paragraphs[position + 1]
    titled = below.short and not (below.begins_with or is_speaker(below.text) or is_preambular(below.text))
    return [paragraph.text for paragraph in paragraphs[position : position + 1 + titled]]


def run_of_short(paragraphs: Sequence[Paragraph], position: int, place: Place) -> list[str]:
    """The short, unnumbered lines that stand together from `position` on (the first may be anything)."""
    lines = [paragraphs[position].text]
    for below, paragraph in enumerate(paragraphs[position + 1 :], position + 1):
        text = paragraph.text
        parted = is_note(text) or is_annex(text) or is_speaker(text) or is_objective(text)
        parted = parted or is_first_section(text, below, place) or division_rank(text) is not None
        if not paragraph.short or paragraph.begins_with or parted or opening_of_preamble(paragraphs, below):
            break
        lines.append(text)
    return lines


def heads_what_is_below(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """A short line is a heading when a full paragraph or a list comes below it, not another line of the same list."""
    if position + 1 == len(paragraphs):
        return False
    below, own = paragraphs[position + 1].begins_with, paragraphs[position].begins_with
    if own and own.kind == "heading":
        return True
    of_a_list = own is not None and own.kind == "number" and below is not None and below.kind != "letter"
    if own and below and paragraphs[position].heads and below.number.startswith(f"{own.number}."):
        return True  # "1. General", then "1.1 Purpose"
    return not paragraphs[position + 1].short or not of_a_list


def titles_an_article(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a row ("Article 1", "Purpose") is the line of an article whose text stands below it, not one of a list of them."""
    own = paragraphs[position].begins_with
    if own is None or not paragraphs[position].row or position + 1 == len(paragraphs):
        return False
    beside = (*paragraphs[max(position - 1, 0) : position], paragraphs[position + 1])
    listed = any(other.row and (mark := other.begins_with) and mark.kind == own.kind for other in beside)
    return not listed and is_short(paragraphs[position].text) and CELL in paragraphs[position].text


def heads_rows(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a row ("I.", "Introduction") is the heading of a section that is laid out as rows: what comes below it, or below
    the section in it, is a full paragraph. Rows that are counted by letters head nothing."""
    paragraph = paragraphs[position]
    mark = paragraph.begins_with
    if not (paragraph.row and mark and _counts_sections(mark) and CELL in paragraph.text):
        return False
    if not is_short(paragraph.text[mark.length :]) or position + 1 == len(paragraphs):
        return False
    below = paragraphs[position + 1]
    own = below.begins_with
    if below.row and own and _counts_sections(own):
        return rank(own.number) > rank(mark.number) and heads_rows(paragraphs, position + 1)
    above = paragraphs[position - 1].begins_with if position and paragraphs[position - 1].row else None
    counted = above is not None and _counts_sections(above) and rank(above.number) == rank(mark.number)
    return not counted and not is_short(below.text) and (own is not None or not below.row)


def _counts_sections(mark: Mark) -> bool:
    """Whether a mark may be that of a section: "I.", "A.", "一、"."""
    return mark.kind == "heading" or (mark.kind == "number" and not mark.number[0].isdecimal())


def begins_anew(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether the paragraphs below a heading are counted from 1 on."""
    below = next(
        (p for p in paragraphs[position + 1 :][:3] if (m := p.begins_with) is None or not _counts_sections(m)), None
    )
    mark = below.begins_with if below else None
    return mark is not None and mark.kind == "number" and mark.number.isdecimal() and int(mark.number) == 1


def is_annex_by_itself(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether an item of a list, a cell or a row of two ("Annex II", "List of States") is the title of an annex: no row of a
    table of words and figures stands beside it, and no other annex, as where annexes are listed."""
    name, *title = cells = paragraphs[position].text.split(CELL)
    if not is_annex_alone(name) or "  " in name or len(cells) > 2 or any(is_annex_alone(cell) for cell in title):
        return False
    if title and not any(map(str.isalpha, title[0])):
        return False
    beside = [*paragraphs[max(position - 1, 0) : position], *paragraphs[position + 1 : position + 2]]
    return not any(
        is_annex_alone(other.text.split(CELL)[0]) or (other.row and not other.begins_with) for other in beside
    )

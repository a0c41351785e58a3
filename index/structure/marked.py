"""Paragraphs with a printed mark to blocks: what a number, a letter or an article counts where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Step
from index.readers.parts import Paragraph, is_short
from index.structure.ahead import heads_rows, heads_what_is_below
from index.structure.articles import read_article
from index.structure.counting import FIRST, follows
from index.structure.labels import Draft
from index.structure.marks import Mark, mark_of
from index.structure.place import Place, end_article, enter_item, enter_section, goes_by_number, goes_on, numbered_path

_PARAGRAPHS_OF_A_CELL = 5
"""Blocks above a row among which the item is looked for that its letter goes on from."""


def read_marked(paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: Place, drafts: list[Draft]) -> bool:
    """Append the block of a paragraph with a printed mark; False where the mark turns out to be part of its text."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if mark.kind in ("article", "rule", "paragraph"):
        return read_article(paragraphs, position, mark, place, drafts)
    number, kind = mark.number, mark.kind
    typed = paragraph.mark is None  # a list of the format says itself what stands under what
    if typed and kind == "letter" and number.isdecimal() and text[0].isdigit() and _is_paragraph_number(number, place):
        kind = "number"  # "3) …"
    if kind == "number" and _is_number_of_an_item(number, place, drafts):
        kind = "letter"
    runs_on = kind == "number" and goes_on(place, number)
    alone = kind == "heading" and place.article and mark.length == len(text)  # "B." of an article, its items below
    listed = position and paragraphs[position - 1].heads and paragraphs[position - 1].begins_with and runs_on
    explicit = paragraph.heads and is_short(text) and not listed  # and not one of a list that is styled as headings
    heads = paragraph.short and kind in ("number", "heading") and (explicit or not runs_on) and not alone
    below_item = bool(drafts) and drafts[-1].kind == "item"
    if heads and heads_what_is_below(paragraphs, position):
        enter_section(place, number, text)
        drafts.append(Draft("heading", [text], place.path, place.part_title, mark.length))
        return True
    if position < place.preamble and kind == "letter":
        enter_item(place, mark.form, number, directly=below_item)
        path = (*place.part, *place.speech, Step("preambular", str(max(place.preambular, 1))), *place.items)
        drafts.append(Draft("item", [text], path, place.headings, mark.length))
        return True
    if kind == "letter" or (kind == "heading" and place.article):
        if place.parted and _is_first(number, place.items):
            end_article(place)
        place.parted = False
        enter_item(place, mark.form, number, directly=below_item)
        path, section = numbered_path(place) + place.items, place.section if goes_by_number(place) else None
        drafts.append(Draft("item", [text], path, place.headings, mark.length, section=section))
        return True
    if place.parted and not runs_on:
        end_article(place)
    place.parted = False
    place.last_number = int(number) if number.isdecimal() else place.last_number
    place.last_decimal = number if "." in number else place.last_decimal
    place.numbered, place.items = (Step("paragraph", number),), ()
    section = place.section if goes_by_number(place) else None
    item = mark_of(text[mark.length :])
    if item and item.kind == "letter" and item.number in FIRST:  # "2. (a) …": its first item on the line
        enter_item(place, item.form, item.number, directly=False)
        path = numbered_path(place) + place.items
        drafts.append(Draft("item", [text], path, place.headings, mark.length + item.length, section=section))
        return True
    drafts.append(Draft("paragraph", [text], numbered_path(place), place.headings, mark.length, section=section))
    return True


def is_numbered_row(
    paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: Place, drafts: Sequence[Draft]
) -> bool:
    """Whether a row is a numbered paragraph or an item of one, laid out as a table: its number goes on from what is above. The
    rows of a table that are counted by themselves are none."""
    above = paragraphs[position - 1] if position else None
    if above is not None and above.row and above.begins_with and drafts[-1].path[-1].kind == "counted":
        return False
    twice = (
        above is not None and above.row and above.begins_with is not None and above.begins_with.number == mark.number
    )
    if heads_rows(paragraphs, position) or twice:  # in the next language
        return True
    if mark.kind == "number":
        return goes_on(place, mark.number) or not (place.last_number or place.last_decimal)
    if mark.kind == "letter":
        first = mark.number in FIRST or mark.number == "1"
        listed = next((draft.path for draft in reversed(drafts[-_PARAGRAPHS_OF_A_CELL:]) if draft.kind == "item"), ())
        return first or any(follows(step.number, mark.number) for step in (*place.items, *listed))
    return mark.kind != "heading"


def _is_paragraph_number(number: str, place: Place) -> bool:
    """Whether "3)" counts paragraphs, not items of the paragraph above."""
    last = place.numbered[-1].number if place.numbered else ""
    return not place.numbered or int(number) in (
        place.last_number + 1,
        int(last.split(".")[0]) + 1 if "." in last else 0,
    )


def _is_number_of_an_item(number: str, place: Place, drafts: Sequence[Draft]) -> bool:
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

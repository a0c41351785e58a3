"""Paragraphs to blocks: which are titles, headings, numbered clauses, and the label path of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.ahead import (
    begins_anew,
    heads_rows,
    heads_what_is_below,
    is_annex_by_itself,
    is_first_section,
    run_of_short,
    second_sections,
    speech_follows,
    stands_alone,
    title_below,
    titles_an_article,
)
from index.clause import Block, Step
from index.counting import FIRST, follows, nested
from index.labels import Draft, name_sections, tell_apart
from index.layout import lay_out
from index.marks import Mark
from index.phrases import is_note, is_preambular, is_signature, is_speaker
from index.place import Place, end_article, enter, enter_section, goes_by_number, goes_on, numbered_path
from index.preamble import end_of_preamble, opening_of_preamble, run_of_preamble
from index.readers.parts import Paragraph, is_short, no_headings_in_lists
from index.symbols import symbol_of
from index.titles import (
    annex_kind,
    annex_number,
    division_rank,
    is_annex,
    is_annex_of_a_letter,
    is_letter_title,
    is_objective,
)

SIGNATURE_LINES = 30
"""Short lines among which a signature is looked for; a longer run of them is a table."""

_PARAGRAPHS_OF_A_CELL = 5
"""Blocks above a row among which the item is looked for that its letter goes on from."""


def structure(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text and its blocks, in order; together they hold every visible character once."""
    paragraphs = no_headings_in_lists(paragraphs)
    drafts: list[Draft] = []
    place = Place(second_sections=second_sections(paragraphs))
    position = 0
    while position < len(paragraphs):
        before = len(drafts)
        taken = _read(paragraphs, position, place, drafts)
        for draft in drafts[before:]:
            draft.page = paragraphs[position].page
        position += taken
    name_sections(drafts)
    tell_apart(drafts)
    return lay_out(drafts)


def _read(paragraphs: Sequence[Paragraph], position: int, place: Place, drafts: list[Draft]) -> int:
    """Append the block that begins at `position`; return how many paragraphs it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if is_note(text) and paragraph.mark is None:
        drafts.append(Draft("note", [text], (*place.part, Step("note")), place.part_title))
        return 1
    below = paragraphs[position + 1].begins_with if position + 1 < len(paragraphs) else None
    named = below and below.kind == "number" and goes_on(place, below.number)  # the paragraphs above go on below it
    annex = is_annex(text) if paragraph.short else not named and is_annex_by_itself(paragraphs, position)
    if annex or is_annex_of_a_letter(text):
        lines = run_of_short(paragraphs, position, place)
        enter(place, Step(annex_kind(text), annex_number(text)), lines)
        drafts.append(Draft("title", lines, place.part, ()))
        return len(lines)
    if is_letter_title(text) and not place.part:
        enter(place, Step("letter"), [text])
        drafts.append(Draft("title", [text], place.part, ()))
        return 1
    if is_objective(text):
        above = tuple(title for title in place.subheadings if not is_objective(title))
        place.subheadings, place.numbered, place.items = (*above[-1:], text), (), ()
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if is_speaker(text) and speech_follows(paragraphs, position):
        place.preamble, place.preambular = end_of_preamble(paragraphs, position + 1), 0
        place.speech = place.section
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if not (place.numbered or place.article or position < place.preamble):
        opening = opening_of_preamble(paragraphs, position)
        if opening is not None:
            place.preamble = run_of_preamble(paragraphs, position + (opening == "speaker"))
            place.preambular, place.speech = 0, place.section
        if opening == "speaker":
            drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
            return 1
    if drafts and stands_alone(paragraphs, position, place):
        lines = title_below(paragraphs, position)
        enter_section(place, text, "\n".join(lines))
        drafts.append(Draft("heading", lines, place.path, place.part_title, len(text)))
        return len(lines)
    if paragraph.short and not drafts and not paragraph.begins_with and position >= place.preamble:
        return _read_top(paragraphs, position, place, drafts)
    mark = paragraph.begins_with
    if paragraph.row and mark and not _is_numbered_row(paragraphs, position, mark, place, drafts):
        mark = None
    if mark and heads_rows(paragraphs, position):
        enter_section(place, mark.number, text)
        place.last_number = 0 if begins_anew(paragraphs, position) else place.last_number
        drafts.append(Draft("heading", [text], place.path, place.part_title, mark.length))
        return 1
    if mark and _read_marked(paragraphs, position, mark, place, drafts):
        return 1
    return _read_plain(paragraphs, position, place, drafts)


def _read_marked(paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: Place, drafts: list[Draft]) -> bool:
    """Append the block of a paragraph with a printed mark; False where the mark turns out to be part of its text."""
    paragraph = paragraphs[position]
    text = paragraph.text
    if mark.kind in ("article", "rule", "paragraph"):
        titled = paragraph.short or titles_an_article(paragraphs, position)
        return _read_article(replace(paragraph, short=titled), mark, place, drafts)
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
    if heads and heads_what_is_below(paragraphs, position):
        enter_section(place, number, text)
        drafts.append(Draft("heading", [text], place.path, place.part_title, mark.length))
        return True
    if position < place.preamble and kind == "letter":
        place.items = nested(place.items, number)
        path = (*place.part, *place.speech, Step("preambular", str(max(place.preambular, 1))), *place.items)
        drafts.append(Draft("item", [text], path, place.headings, mark.length))
        return True
    if kind == "letter" or (kind == "heading" and place.article):
        if place.parted and _is_first(number, place.items):
            end_article(place)
        place.parted = False
        place.items = nested(place.items, number)
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
    drafts.append(Draft("paragraph", [text], numbered_path(place), place.headings, mark.length, section=section))
    return True


def _is_numbered_row(
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


def _read_article(paragraph: Paragraph, mark: Mark, place: Place, drafts: list[Draft]) -> bool:
    """An article's own line, or an article with its text on the line; a sentence that begins with "Article 2 of …" is
    neither."""
    text = paragraph.text
    if not paragraph.short and (len(text) > mark.length and text[mark.length].islower()):
        return False
    place.article = (
        Step("rule" if mark.kind == "rule" else "paragraph" if mark.kind == "paragraph" else "article", mark.number),
    )
    place.article_titles, place.parted = (), False
    place.numbered, place.items, place.last_number, place.last_decimal = (), (), 0, ""
    if paragraph.short:
        place.article_titles = (text,)
        drafts.append(Draft("heading", [text], place.path, place.part_title, 0))
    else:
        path = place.part + place.article
        drafts.append(Draft("paragraph", [text], path, place.headings, mark.length))
    return True


def _read_plain(paragraphs: Sequence[Paragraph], position: int, place: Place, drafts: list[Draft]) -> int:
    """Append the block of paragraphs without a printed mark; return how many it took."""
    paragraph = paragraphs[position]
    text = paragraph.text
    signed = paragraph.short and any(is_signature(p.text) for p in paragraphs[position : position + SIGNATURE_LINES])
    lines = run_of_short(paragraphs, position, place) if signed else []
    if any(is_signature(line) for line in lines):
        drafts.append(Draft("signature", lines, (*place.part, Step("signature")), place.part_title))
        return len(lines)
    if position < place.preamble and (is_preambular(text) or not paragraph.short):
        place.preambular += 1
        place.items = ()
        path = (*place.part, *place.speech, Step("preambular", str(place.preambular)))
        drafts.append(Draft("paragraph", [text], path, place.headings))
        return 1
    if paragraph.short and not is_preambular(text) and heads_what_is_below(paragraphs, position):
        _read_heading(text, place, drafts)
        drafts.append(Draft("heading", [text], (*place.part, Step("head")), place.part_title))
        return 1
    if place.parted:
        end_article(place)
        place.parted = False
    place.items = ()
    place.counts[place.path] += 1
    path = (*place.path, Step("counted", str(place.counts[place.path])))
    drafts.append(Draft("paragraph", [text], path, place.headings))
    return 1


def _read_heading(text: str, place: Place, drafts: Sequence[Draft]) -> None:
    """Enter a heading without a number: a part or chapter, the title of one or of an article, or any other."""
    last = drafts[-1].lines[0] if drafts and drafts[-1].kind == "heading" else None
    division = division_rank(text)
    if division is not None:
        place.divisions = (*(above for above in place.divisions if above[0] < division), (division, text))
        place.section, place.section_titles, place.subheadings, place.last_number = (), (), (), 0
        end_article(place)
    elif place.divisions and last == place.divisions[-1][1]:
        place.divisions = (*place.divisions[:-1], (place.divisions[-1][0], f"{last}\n{text}"))
    elif place.article_titles and last == place.article_titles[-1] and len(place.article_titles) == 1:
        place.article_titles = (f"{last}\n{text}",)
    else:
        place.subheadings, place.parted = (text,), True


def _read_top(paragraphs: Sequence[Paragraph], position: int, place: Place, drafts: list[Draft]) -> int:
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

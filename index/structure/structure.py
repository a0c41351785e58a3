"""Paragraphs to blocks: which are titles, headings, numbered clauses, and the label path of each."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Block, BlockKind, Step
from index.readers.parts import Paragraph, no_headings_in_lists
from index.structure.ahead import (
    begins_anew,
    has_several_resolutions,
    heads_resolution,
    heads_rows,
    heads_what_is_below,
    is_annex_by_itself,
    run_of_short,
    second_sections,
    speech_follows,
    stands_alone,
    title_below,
)
from index.structure.labels import Draft, name_sections, tell_apart
from index.structure.layout import lay_out
from index.structure.marked import is_numbered_row, read_marked
from index.structure.phrases import is_note, is_preambular, is_signature, is_speaker
from index.structure.place import Place, end_article, enter, enter_section, goes_on
from index.structure.preamble import end_of_preamble, opening_of_preamble, run_of_preamble
from index.structure.titles import (
    annex_kind,
    annex_number,
    division_rank,
    draft_number,
    is_annex,
    is_annex_of_a_letter,
    is_letter_title,
    is_objective,
)
from index.structure.top import read_top
from index.symbols import resolution_title

SIGNATURE_LINES = 30
"""Short lines among which a signature is looked for; a longer run of them is a table."""


def structure(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[Block, ...]]:
    """Return the document's text and its blocks, in order; together they hold every visible character once."""
    paragraphs = no_headings_in_lists(paragraphs)
    drafts: list[Draft] = []
    place = Place(several=has_several_resolutions(paragraphs), second_sections=second_sections(paragraphs))
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
    if paragraph.table == "head":
        place.table = ()
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
    own = _own_resolution(paragraphs, position, place)
    if own is not None:
        lines = run_of_short(paragraphs, position, place)
        enter(place, own, lines)
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
        return read_top(paragraphs, position, place, drafts)
    mark = paragraph.begins_with
    if paragraph.row and mark and not is_numbered_row(paragraphs, position, mark, place, drafts):
        mark = None
    if mark and heads_rows(paragraphs, position):
        enter_section(place, mark.number, text)
        place.last_number = 0 if begins_anew(paragraphs, position) else place.last_number
        drafts.append(Draft("heading", [text], place.path, place.part_title, mark.length))
        return 1
    if mark and read_marked(paragraphs, position, mark, place, drafts):
        return 1
    return _read_plain(paragraphs, position, place, drafts)


def _own_resolution(paragraphs: Sequence[Paragraph], position: int, place: Place) -> Step | None:
    """The part that a line heads in a paper of several resolutions ("77/178. …"), or of drafts ("Draft resolution II")."""
    text = paragraphs[position].text
    draft = draft_number(text)
    titled = place.several and resolution_title(text)
    if not (titled or draft is not None) or not heads_resolution(paragraphs, position):
        return None
    return Step("resolution", text.split()[0].rstrip(".")) if draft is None else Step("draft", draft)


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
    if paragraph.table and place.table:
        place.counts[place.table] += 1
        path = (*place.table, Step("table_row", str(place.counts[place.table])))
        kind: BlockKind = "item" if paragraph.table == "below" else "paragraph"  # a second row of heads
        drafts.append(Draft(kind, [text], path, place.headings))
        return 1
    place.counts[place.path] += 1
    path = (*place.path, Step("counted", str(place.counts[place.path])))
    place.table = path if paragraph.table == "head" else place.table
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

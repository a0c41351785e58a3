"""What stands on the pages of a PDF beside plain prose: notes below drawn rules, justified columns, tables."""

from __future__ import annotations

from collections.abc import Sequence

from tests.index.test_pdf import FIRST, LEADING, LEFT, SECOND, Paper, left_out, texts

NOTES = [
    "1United Nations, Treaty Series, vol. 189, No. 2545.",
    "2 See A/HRC/20/24, annex II, and the report of the",
    "year.",
]


def noted(size: float, rule: tuple[float, float] = (LEFT, LEFT + 120)) -> Paper:
    """A page with two marks of notes, a rule below the text and two notes in print of some size."""
    paper = Paper()
    paper.add_page()
    depth = paper.block(100, FIRST[:2])
    end = paper.put(depth, "took note of the convention of 1951")
    paper.put(depth - 3, "1", left=end, size=6)
    end = paper.put(depth + LEADING, "and of the protocol of 1967.")
    paper.put(depth + LEADING - 3, "2", left=end, size=6)
    paper.line(rule[0], 670, rule[1], 670)
    for number, line in enumerate(NOTES):
        paper.put(684 + LEADING * number, line, size=size)
    return paper


TEXT = " ".join([*FIRST[:2], "took note of the convention of 1951 and of the protocol of 1967."])


def test_notes_below_a_drawn_rule_are_left_out_in_small_print_and_in_that_of_the_text() -> None:
    for size in (8.0, 10.0):
        found = noted(size).read()
        assert texts(found) == [TEXT]
        assert left_out(found, "footnote") == [(NOTES[0], 1), (" ".join(NOTES[1:]), 1)]


def test_a_rule_that_goes_across_or_has_another_below_it_begins_no_notes() -> None:
    across = noted(10.0, (LEFT, 545)).read()
    assert not left_out(across, "footnote")
    paper = noted(10.0)
    paper.line(LEFT, 702, LEFT + 120, 702)
    assert not left_out(paper.read(), "footnote")


def test_a_paragraph_below_an_underlined_heading_stays() -> None:
    paper = Paper()
    paper.add_page()
    end = paper.put(100, "Decisions of the Committee")
    paper.line(LEFT, 102, end, 102)
    paper.block(120, ["1 The Committee took note.", "It decided to go on."])
    found = paper.read()
    assert not left_out(found, "footnote")
    assert "1 The Committee took note." in texts(found)[1]


def test_justified_columns_with_wide_gaps_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.add_page()
    paper.set_font("Times", "", 10)
    words = " ".join([*FIRST, *SECOND, *FIRST]).split()
    for left in (60.0, 320.0):
        rest = words
        for number, many in enumerate([7, 6, 4, 7, 6, 5, 7, 6, 3, 7, 5, 6]):
            line, rest = rest[:many], rest[many:]
            room = (230 - sum(paper.get_string_width(word) for word in line)) / (many - 1)
            x = left
            for word in line:
                paper.put(400 + LEADING * number, word, left=x)
                x += paper.get_string_width(word) + room
    column = " ".join(words[: 7 + 6 + 4 + 7 + 6 + 5 + 7 + 6 + 3 + 7 + 5 + 6])
    assert " ".join(texts(paper.read())) == f"{column} {column}"


CELLS = [
    ("State", "Signature", "Ratification or accession"),
    ("Albania", "7 October 1998", "5 June 2007"),
    ("Algeria", "10 May 2001", "21 April 2005"),
    ("Argentina", "10 August 2004", "23 February 2007"),
]


def put_row(paper: Paper, depth: float, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        paper.put(depth, cell, left=60 + 150 * column)


def test_lines_with_gaps_under_each_other_are_rows_and_no_headings() -> None:
    paper = Paper()
    paper.add_page()
    paper.put(370, "Status of the Convention", style="B")
    for row, cells in enumerate(CELLS):
        put_row(paper, 400 + 20 * row, cells)
    found = paper.read()
    assert [(p.text, p.short) for p in found.paragraphs] == [
        ("Status of the Convention", True),
        *((" ".join(cells), False) for cells in CELLS),
    ]


def test_rows_whose_cells_go_on_below_are_rows_and_no_headings() -> None:
    paper = Paper()
    paper.add_page()
    paper.put(370, "Annex III", style="B")
    for row, cells in enumerate(CELLS):
        put_row(paper, 400 + 30 * row, cells)
        paper.put(412 + 30 * row, "and 1 May 2030", left=210)
    paper.put(520, "Annex IV", style="B")
    assert [(p.text, p.short) for p in paper.read().paragraphs] == [
        ("Annex III", True),
        *((" ".join((*cells, "and 1 May 2030")), False) for cells in CELLS),
        ("Annex IV", True),
    ]


def test_figures_of_charts_and_rows_that_end_in_figures_are_no_headings() -> None:
    lines = ("Figure I", "2 500", "2023 2024 2025", "Parliamentary documents 34 (4) - 34", "Bread in 2023 and 2024")
    paper = Paper()
    paper.add_page()
    for number, line in enumerate(lines):
        paper.put(100 + 30 * number, line)
    assert [paragraph.short for paragraph in paper.read().paragraphs] == [True, False, False, False, True]


def test_a_ruled_table_is_read_row_by_row_and_in_each_cell_by_cell() -> None:
    paper = Paper()
    paper.add_page()
    paper.block(100, FIRST)
    rows = [
        (["Measure", "of 2027"], ["Planned by", "the Office"]),
        (["Missions"], ["Forty in all,", "ten of them new"]),
    ] * 2
    depth = 340.0
    for left, right in rows:
        for x, cell in ((60.0, left), (300.0, right)):
            paper.rect(x, depth, 240, 32)
            for number, line in enumerate(cell):
                paper.put(depth + 12 + LEADING * number, line, left=x + 4)
        depth += 32
    paper.block(depth + 40, SECOND)
    found = paper.read()
    assert texts(found) == [
        " ".join(FIRST),
        *("Measure of 2027 Planned by the Office", "Missions Forty in all, ten of them new") * 2,
        " ".join(SECOND),
    ]
    assert not any(paragraph.short for paragraph in found.paragraphs)

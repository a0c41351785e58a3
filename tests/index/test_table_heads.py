"""Rows of tables with the row that names their columns, in web pages and Word files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from index.audit import audit
from index.library import Library
from index.readers.rows import names_columns
from index.store import Store
from index.words.tokens import tokens
from rag.cite import label

Write = Callable[[str, str], Path]
Table = list[list[str]]
MEANS: Table = [["Office", "Staff", "Budget (dollars)"], ["Nairobi", "12", "3 400 000"], ["Geneva", "48", "9 100 000"]]
TERMS: Table = [["Term", "Meaning"], ["Migrant", "A person who moves"], ["Refugee", "A person who flees"]]
NO_HEAD: Table = [["Mali", "Bamako"], ["Chad", "N'Djamena"]]
ABOVE = "The offices of the Organization had these means in that year and will go on with them."
HEADED = {"[para. 2]": "Office\tStaff\tBudget (dollars)", "[para. 2], [row 1]": "Nairobi\t12\t3 400 000",
          "[para. 2], [row 2]": "Geneva\t48\t9 100 000"}  # fmt: skip


def page_of(*tables: Table, tag: str = "td") -> str:
    written = "".join(
        "<table>" + "".join(
            "<tr>" + "".join(f"<{tag if n == 0 else 'td'}>{cell}</{tag if n == 0 else 'td'}>" for cell in row) + "</tr>"
            for n, row in enumerate(table)
        ) + "</table>"
        for table in tables
    )  # fmt: skip
    return (
        f"<html><body><h1>Offices</h1><p>{ABOVE}</p>{written}<p>Other matters are set out below here.</p></body></html>"
    )


def word_file(path: Path, *tables: Table, repeated: int = 0) -> Path:
    document = docx.Document()
    document.add_heading("Offices", 1)
    document.add_paragraph(ABOVE)
    for table in tables:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        for row in list(made.rows)[:repeated]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        document.add_paragraph("Other matters are set out below here.")
    document.save(str(path))
    return path


def labels(library: Library, file: Path) -> dict[str, str]:
    """The texts of the clauses of a file, by label."""
    slug = library.add(file).slug
    return {label(c, "en"): c.text for c in library.snapshot().clauses if c.id.startswith(f"{slug}#")}


@pytest.mark.parametrize("tag", ["td", "th"])
def test_rows_of_a_web_page_stand_under_the_row_that_names_their_columns(small: Library, file: Write, tag: str) -> None:
    found = labels(small, file("page.html", page_of(MEANS, tag=tag)))
    assert HEADED.items() <= found.items() and found["[para. 3]"] == "Other matters are set out below here."


def test_rows_of_a_word_file_do_too(small: Library, tmp_path: Path) -> None:
    found = labels(small, word_file(tmp_path / "w.docx", MEANS))
    assert HEADED.items() <= found.items() and found["[para. 3]"] == "Other matters are set out below here."


def test_words_alone_have_a_head_only_where_the_format_says_so(small: Library, file: Write, tmp_path: Path) -> None:
    under = "[para. 2], [row 2]"
    assert labels(small, file("said.html", page_of(TERMS, tag="th")))[under] == "Refugee\tA person who flees"
    assert labels(small, word_file(tmp_path / "said.docx", TERMS, repeated=1))[under] == "Refugee\tA person who flees"
    assert under not in labels(small, file("unsaid.html", page_of(TERMS)))
    assert under not in labels(small, word_file(tmp_path / "unsaid.docx", NO_HEAD))


SPARSE: Table = [["", "Men", "Women", "All"], ["Mali", "", "5", "5"], ["", "2", "", "2"], ["Chad", "1", "2", ""]]
SPARSE_ROWS = ["\tMen\tWomen\tAll", "Mali\t\t5\t5", "\t2\t\t2", "Chad\t1\t2"]
SPANNED = """<table><tr><th>Region</th><th colspan="2">Migrants</th><th>Year</th></tr>
<tr><td rowspan="2">Africa</td><td>Mali</td><td>5</td><td>2024</td></tr><tr><td>Chad</td><td>6</td><td>2023</td></tr>
<tr><td>Asia</td><td colspan="2">7</td><td rowspan="2">2022</td></tr><tr><td>Europe</td><td>8</td><td>9</td></tr></table>"""
SPANNED_ROWS = [
    "Region\tMigrants\t\tYear",
    "Africa\tMali\t5\t2024",
    "\tChad\t6\t2023",
    "Asia\t7\t\t2022",
    "Europe\t8\t9",
]


def test_what_stands_under_a_name_stays_there(small: Library, file: Write, tmp_path: Path) -> None:
    for source in (file("sparse.html", page_of(SPARSE)), word_file(tmp_path / "sparse.docx", SPARSE)):
        slug = small.add(source).slug
        rows = [c for c in small.snapshot().clauses if c.id.startswith(f"{slug}#") and "\t" in c.text]
        assert [row.text for row in rows] == SPARSE_ROWS
        assert [row.columns for row in rows] == ["", *[SPARSE_ROWS[0]] * 3]
        assert [(s.start, s.end) for row in rows for s in row.sentences] == [(row.start, row.end) for row in rows]


def test_a_cell_over_several_columns_or_rows_keeps_the_others_in_place(
    small: Library, file: Write, tmp_path: Path
) -> None:
    page = page_of().replace("<p>Other", f"{SPANNED}<p>Other")
    slug = small.add(file("spanned.html", page)).slug
    rows = [c for c in small.snapshot().clauses if c.id.startswith(f"{slug}#") and "\t" in c.text]
    assert [row.text for row in rows] == SPANNED_ROWS
    assert [bool(row.columns) for row in rows] == [False, True, True, True, True]
    made = docx.Document()
    made.add_paragraph(ABOVE)
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ["Region", "Migrants", "", "Mali", "5", "6"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    made.save(str(tmp_path / "merged.docx"))
    assert labels(small, tmp_path / "merged.docx")["[para. 2]"] == "Region\tMigrants"


def test_nonsense_spans_count_as_one(small: Library, file: Write) -> None:
    page = page_of(MEANS).replace("<td>Nairobi", '<td colspan="99999999" rowspan="-3">Nairobi')
    assert HEADED.items() <= labels(small, file("nonsense.html", page)).items()


def test_two_rows_of_heads_are_both_read_with_each_row(small: Library, file: Write, tmp_path: Path) -> None:
    table = [
        ["Office", "2024", "2025"],
        ["Name", "Staff", "Staff"],
        ["Nairobi", "12", "13"],
        ["All", "", ""],
        ["Geneva", "4", "5"],
    ]
    web = (
        page_of(table)
        .replace("<table>", "<table><thead>")
        .replace("</tr><tr><td>Nairobi", "</tr></thead><tr><td>Nairobi")
    )
    for source in (file("heads.html", web), word_file(tmp_path / "heads.docx", table, repeated=2)):
        found = labels(small, source)
        assert found["[para. 2], [row 1]"] == "Name\tStaff\tStaff" and found["[para. 2], [row 3]"] == "Geneva\t4\t5"
        row = next(c for c in small.snapshot().clauses if c.text == "Geneva\t4\t5")
        heads = [head.text for head in small.snapshot().columns_of(row)]
        assert heads == row.columns.split("\n") == ["Office\t2024\t2025", "Name\tStaff\tStaff"]
        small.remove(row.id.split("#")[0])


def test_a_table_without_a_head_does_not_stand_under_that_of_the_one_before(small: Library, file: Write) -> None:
    found = labels(small, file("two.html", page_of(MEANS, NO_HEAD)))
    assert found["[para. 3]"] == "Mali\tBamako" and found["[para. 4]"] == "Chad\tN'Djamena"


@pytest.mark.parametrize(
    ("head", "below", "names"),
    [
        (["Country", "2019", "2020"], [["Mali", "5.1", "6"], ["Chad", "–", "7"]], True),
        (["", "Staff"], [["Nairobi", "12"], ["Bonn", "1 234"]], True),
        (["Country", "2019/20"], [["Mali", "5"], ["Chad", "–"], ["Niger", "4 %"]], True),
        (["Mali", "5.1"], [["Chad", "6"], ["Niger", "4"]], False), (["Office", "Staff"], [["Nairobi", "12"]], False),
        (["Mali", "Bamako"], [["Chad", "N'Djamena"], ["Niger", "Niamey"]], False),
        (["Legal basis", "A decision"], [["Begins", "3 May 2020"], ["Staff", "12"], ["Room", "Room 5"]], False),
        (["Algeria", "Yes"], [["Chad", "12 May 2003"], ["Niger", "5 May 2004"]], False),
        (["Office", "Staff"], [["Nairobi", "12", "3"], ["Bonn", "5", "4"]], False),
        (["1.", "The Office shall act."], [["2.", "It shall report."], ["3.", "It shall rest."]], False),
    ],
)  # fmt: skip
def test_what_names_columns(head: list[str], below: Table, names: bool) -> None:
    assert names_columns(head, below) is names


def test_a_row_is_searched_with_the_names_of_its_columns_and_kept_so(small: Library, file: Write) -> None:
    small.add(file("page.html", page_of(MEANS)))
    row = next(c for c in small.snapshot().clauses if c.id == "page#p2/r1")
    assert row.columns == HEADED["[para. 2]"] and row.searched == f"{row.columns}\n{row.text}"
    with closing(Store.open(small.folder)) as store:
        words = dict(zip((c.id for c in small.snapshot().clauses), store.tokens(), strict=True))
    assert words["page#p2/r1"] == tokens(row.searched, "en") and "budget" in words["page#p2/r1"]
    with closing(Store.open(small.folder)) as store:
        assert audit(store, small.embedder).faults == ()


INNER = "<table><tr><th>Vehicle</th><th>Price</th></tr><tr><td>Lorry</td><td>5</td></tr></table>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><th>Office</th><th>Staff</th></tr><tr><td>Bonn</td><td>{INNER}</td></tr><tr><td>Geneva</td><td>48</td></tr></table>",
        f"<table><tr><td>{INNER}</td><td>Figures of the year</td></tr></table>",
    ],
)
def test_tables_in_tables_have_no_heads(small: Library, file: Write, table: str) -> None:
    small.add(file("nested.html", page_of().replace("<p>Other", f"{table}<p>Other")))
    assert not any(clause.columns for clause in small.snapshot().clauses)


def test_a_head_in_the_middle_begins_anew_and_one_of_figures_is_none(small: Library, file: Write) -> None:
    head = "<tr><th>Office</th><th>{}</th></tr><tr><td>{}</td><td>48</td></tr>"
    table = f"<table>{head.format('Staff', 'Bonn')}{head.format('Budget', 'Geneva')}<tr><th>All</th><th>96</th></tr></table>"
    small.add(file("middle.html", page_of().replace("<p>Other", f"{table}<p>Other")))
    rows = {clause.text: clause.columns for clause in small.snapshot().clauses if "\t" in clause.text}
    assert rows == {
        "Office\tStaff": "", "Bonn\t48": "Office\tStaff", "Office\tBudget": "", "Geneva\t48": "Office\tBudget",
        "All\t96": "Office\tBudget",
    }  # fmt: skip


def test_a_head_that_word_repeats_in_the_middle_begins_anew(small: Library, tmp_path: Path) -> None:
    found = labels(small, word_file(tmp_path / "again.docx", [*MEANS, MEANS[0], ["Bonn", "1", "2"]], repeated=1))
    assert found["[para. 3]"] == HEADED["[para. 2]"] and found["[para. 3], [row 1]"] == "Bonn\t1\t2"

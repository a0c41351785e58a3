"""Web pages as a browser shows them: printed numbers of lists are labels, what is not the document is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.clause import Document
from index.passages import clauses_of
from index.readers.read import read_document
from index.structure.layout import path_id

LONG = "The bakers of the town sell bread to all who come, in the morning and at noon."


@pytest.fixture
def page(file: Callable[[str, str], Path]) -> Callable[[str], Document]:
    return lambda body: read_document(file("page.html", f"<!DOCTYPE html><html><body>{body}</body></html>"))


def items(document: Document) -> list[tuple[str, str]]:
    """Printed mark and text of every clause."""
    starts = {block.body: block.start for block in document.blocks}
    return [(document.text[starts[c.start] : c.start].strip(), c.text) for c in clauses_of(document)]


@pytest.mark.parametrize(
    ("attributes", "marks"),
    [
        ("", "1. 2. 3."),
        ('start="4"', "4. 5. 6."),
        ('start="-1"', "-1. 0. 1."),
        ('type="a"', "a. b. c."),
        ('type="A" start="26"', "Z. AA. AB."),
        ('type="i" start="8"', "viii. ix. x."),
        ('type="I" start="39"', "XXXIX. XL. XLI."),
        ("reversed", "3. 2. 1."),
        ('reversed start="9"', "9. 8. 7."),
        ('style="list-style-type: lower-roman"', "i. ii. iii."),
        ('style="color: red; list-style: upper-latin inside"', "A. B. C."),
        ('style="list-style: none"', "  "),
        ('type="1" start="1998"', "1998. 1999. 2000."),
        ('style="list-style-type: klingon"', "  "),
        ('style="list-style-type: cjk-ideographic"', "一、 二、 三、"),
    ],
)
def test_lists_have_the_numbers_that_a_browser_prints(
    page: Callable[[str], Document], attributes: str, marks: str
) -> None:
    texts = [f"Bread of kind {kind} is baked" for kind in ("one", "two", "three")]  # short, without a stop: no headings
    found = items(page(f"<p>{LONG}</p><ol {attributes}>" + "".join(f"<li>{text}</li>" for text in texts) + "</ol>"))
    assert found[0] == ("", LONG)
    assert (
        found[1:] == list(zip(marks.split(" "), texts, strict=True))
        if marks.strip()
        else found[1:] == [("", text) for text in texts]
    )


def test_a_value_of_an_item_goes_on_below_it_and_items_may_have_their_own_type(page: Callable[[str], Document]) -> None:
    found = page(f'<ol><li>{LONG}</li><li value="7">{LONG}</li><li>{LONG}</li><li type="i" value="2">{LONG}</li></ol>')
    assert [mark for mark, _ in items(found)] == ["1.", "7.", "8.", "ii."]


def test_a_list_in_a_list_stands_under_its_item(page: Callable[[str], Document]) -> None:
    found = page(
        f"<ol><li>{LONG}<ol><li>{LONG}</li><li>{LONG}</li></ol></li>"
        f'<li>{LONG}<ol type="a"><li>{LONG}</li><li>{LONG}<ol type="i"><li>{LONG}</li><li>{LONG}</li></ol></li></ol></li>'
        "<li></li></ol>"
        f"<p>{LONG}</p>"
    )
    assert [path_id(block.path) for block in found.blocks] == [
        "1", "1/1", "1/2", "2", "2/a", "2/b", "2/b/i", "2/b/ii", "p1",
    ]  # fmt: skip
    assert {text for _, text in items(found)} == {LONG}


def test_a_list_of_sections_holds_headings(page: Callable[[str], Document]) -> None:
    found = page(
        f'<ol type="I"><li>Bread<ol><li>{LONG}</li><li>{LONG}</li></ol></li><li>Salt<ol><li>{LONG}</li></ol></li></ol>'
    )
    assert [(block.kind, path_id(block.path)) for block in found.blocks] == [
        ("heading", "I"), ("paragraph", "I/1"), ("paragraph", "I/2"), ("heading", "II"), ("paragraph", "II/1"),
    ]  # fmt: skip


NOT_SHOWN = {
    "hidden": [
        '<div style="display:none">X</div>', '<p style="color:red; DISPLAY : none">X</p>', "<p hidden>X</p>",
        '<div aria-hidden="true"><p>X</p></div>', '<p>Bread<span style="display:none">X</span> is sold.</p>',
        '<style>.a, .gone { display: none }</style><div class="gone">X</div>', "<dialog>X</dialog>",
        '<style>/* x */ @import "y"; .b{visibility:hidden}</style><p class="b">X</p>', '<a class="sr-only" href="#m">X</a>',
    ],
    "menu": [
        "<nav><ul><li>X</li></ul></nav>",
        '<div role="navigation">X</div>', '<ul class="main-menu"><li><a href="/">X</a></li></ul>',
        '<ol class="breadcrumb"><li><a href="/">X</a></li></ol>', '<a class="skip-link" href="#m">X</a>',
        '<footer><a href="/">X</a></footer>',
    ],
    "cookie notice": ['<div id="cookie-banner"><p>X</p></div>', '<section class="gdpr-consent"><p>X</p></section>'],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "element"), [(kind, one) for kind, several in NOT_SHOWN.items() for one in several])
def test_what_is_not_the_document_is_left_out_and_listed(
    page: Callable[[str], Document], kind: str, element: str
) -> None:
    found = page(f"{element.replace('X', 'Xerxes')}<h1>Bread</h1><p>{LONG}</p><p>{LONG}</p>")
    assert "Xerxes" not in found.text and LONG in found.text
    assert [(piece.kind, piece.text) for piece in found.left_out] == [(kind, "Xerxes")]


@pytest.mark.parametrize(
    "element",
    [
        '<div class="cookie-policy"><h1>Cookies</h1><p>X</p></div>', '<div class="menu-plan"><p>X</p></div>',
        "<style>@media print { .c { display: none } }</style><p class='c'>X</p>", '<p aria-hidden="false">X</p>',
        "<style>.d { display: none } .d { display: block }</style><p class='d'>X</p>", "<footer><p>X</p></footer>",
        '<p style="display:block">X</p>', "<dialog open>X</dialog>", "<details><p>X</p></details>",
        '<article><footer><a href="/">X</a></footer></article>',
    ],
)  # fmt: skip
def test_what_only_looks_like_it_stays(page: Callable[[str], Document], element: str) -> None:
    found = page(f"{element.replace('X', 'Xerxes')}<p>{LONG}</p><p>{LONG}</p>")
    assert "Xerxes" in found.text and not found.left_out


def test_line_breaks_part_paragraphs_where_one_is_empty_or_a_mark_follows_the_end_of_a_clause(
    page: Callable[[str], Document],
) -> None:
    found = page(
        "<p>United Nations<br>A/74/3</p><p>Distr.: General<br>5 August 2020</p><p>The bread<br>of all</p>"
        "<p><i>The General Assembly</i>,<br><br>Recalling its resolution 87/3,<br><br>1. Decides to bake:<br>(a) in towns;"
        "<br>(b) in villages;<br>2. Requests the bakers to report on paragraph<br>1. and on 2.</p>"
    )
    assert [path_id(clause.path) for clause in clauses_of(found)] == ["pp1", "1", "1/a", "1/b", "2"]
    assert clauses_of(found)[-1].text == "Requests the bakers to report on paragraph 1. and on 2."
    assert found.symbol == "A/74/3" and str(found.date) == "2020-08-05" and "The bread of all" in found.text


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<sup><a href="#f1">1</a></sup>', '<p id="f1"><sup>1</sup> See A/1/2.</p>'),
        ('<a href="#x9"><sup>1</sup></a>', '<ol><li id="x9">See A/1/2.</li></ol>'),
        (
            '<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>',
            '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> See A/1/2.</p></div>',
        ),
    ],
)
def test_a_footnote_that_its_mark_leads_to_is_left_out(page: Callable[[str], Document], mark: str, note: str) -> None:
    found = page(f"<p>1. {LONG}{mark}</p><p>2. {LONG}</p>{note}")
    assert [clause.text for clause in clauses_of(found)] == [LONG, LONG]
    assert [piece.kind for piece in found.left_out][-1] == "footnote" and "See A/1/2." in found.left_out[-1].text


@pytest.mark.parametrize(
    "link", ['<a href="#s1">1</a>', '<a href="#s1">section 1</a>', '<a href="#s1">[the first]</a>']
)
def test_a_link_to_a_section_makes_no_footnote_of_it(page: Callable[[str], Document], link: str) -> None:
    found = page(f"<p>{link} of the bread</p><p>{LONG}</p><p id='s1'>1. {LONG}</p>")
    assert found.text.count(LONG) == 2 and not found.left_out


def test_a_masthead_laid_out_as_a_table_is_no_clause(page: Callable[[str], Document]) -> None:
    found = page(f"<table><tr><td>United Nations</td><td>A/75/292</td></tr></table><p>1. {LONG}</p>")
    assert [clause.text for clause in clauses_of(found)] == [LONG]


@pytest.mark.parametrize(
    ("cells", "clauses"),
    [
        ("<td>Mali<td>5.1", ["Mali\t5.1"]),
        ("<td><p>Mali</p></td><td></td><td><div>5.1<br>per cent</div></td>", ["Mali\t5.1 per cent"]),
        (f"<td>1.</td><td>{LONG}</td>", [LONG]),
        (f"<td>{LONG} {LONG}</td><td>{LONG} {LONG}</td>", [f"{LONG} {LONG}"] * 2),
        (f"<td><p>{LONG}</p><p>{LONG}</p></td><td>Menu.</td>", [LONG, LONG, "Menu."]),
        (f"<td>{LONG}</td><td>{LONG}</td>", [LONG, LONG]),
        ("<td>1. Bread is sold.<td>1. Le pain est vendu.", ["Bread is sold.", "Le pain est vendu."]),
        (f"<td>1.</td><td><p>{LONG}</p><p>{LONG}</p></td>", [LONG, LONG]),
    ],
)
def test_a_row_is_a_clause_where_its_cells_are_read_together(
    page: Callable[[str], Document], cells: str, clauses: list[str]
) -> None:
    found = page(f"<p>{LONG}</p><table><tr>{cells}</tr></table><p>{LONG}</p>")
    assert [clause.text for clause in clauses_of(found)] == [LONG, *clauses, LONG]


def test_the_caption_of_a_table_heads_nothing_below_it(page: Callable[[str], Document]) -> None:
    found = page(f"<p>{LONG}</p><table><caption>Bread by country</caption><tr><td>Mali<td>5.1</table><p>{LONG}</p>")
    assert [(clause.text, clause.headings) for clause in clauses_of(found)] == [
        (text, ()) for text in (LONG, "Bread by country", "Mali\t5.1", LONG)
    ]


@pytest.mark.parametrize(
    "title", ["<table><tr><td>Annex II<td>Mills</table>", "<ul><li>Annex II</li></ul>", "<p>Annex II</p>"]
)
def test_the_title_of_an_annex_is_one_in_a_row_or_a_list(page: Callable[[str], Document], title: str) -> None:
    found = page(f"<p>1. {LONG}</p>{title}<p>1. {LONG}</p>")
    assert [path_id(clause.path) for clause in clauses_of(found)] == ["1", "annexII/1"]


@pytest.mark.parametrize("annexes", ["<li>Annex I</li>", "<li>Annex I</li><li>Annex II</li>"])
def test_annexes_that_a_list_counts_are_its_items(page: Callable[[str], Document], annexes: str) -> None:
    found = page(f"<p>1. {LONG}</p><ul>{annexes}</ul><p>2. {LONG}</p>")
    items = [f"p{at + 1}" for at in range(annexes.count("<li>"))]
    assert [path_id(clause.path) for clause in clauses_of(found)] == ["1", *items, "2"]


def test_a_number_beside_a_cell_that_is_left_out_stays(page: Callable[[str], Document]) -> None:
    found = page(f"<p>{LONG}</p><table><tr><td>1.</td><td><p hidden>{LONG}</p><p hidden>{LONG}</p></td></tr></table>")
    assert found.text == f"{LONG}\n\n1."


def test_signatures_side_by_side_are_signatures(page: Callable[[str], Document]) -> None:
    table = "<table><tr><td>(Signed) A. Baker<br>Minister<td>(Signed) B. Miller<br>Minister</table>"
    assert [block.kind for block in page(f"<p>{LONG}</p>{table}").blocks][1:] == ["signature"]


@pytest.mark.parametrize(
    ("raised", "text", "left_out"),
    [
        ("10<sup>-6</sup> g", "10⁻⁶ g", []),
        ("10<sup>n</sup>", "10^n", []),
        ("2020<sup>1,2</sup>", "2020", [("footnote mark", "1,2")]),
        ("17<sup>4/</sup>", "17", [("footnote mark", "4/")]),
        ("1<sup>st</sup>", "1st", []),
        ("Ca<sup>2+</sup>", "Ca²⁺", []),
        ("We <del>may</del><ins>shall</ins>", "We shall", [("deleted text", "may")]),
    ],
)
def test_what_is_raised_or_deleted_joins_nothing(
    page: Callable[[str], Document], raised: str, text: str, left_out: list[tuple[str, str]]
) -> None:
    found = page(f"<p>{raised}</p><p>{LONG}</p>")
    assert (found.text.split("\n\n")[0], [(piece.kind, piece.text) for piece in found.left_out]) == (text, left_out)

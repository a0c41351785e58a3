"""Word, web, Markdown and XML files, made here; what is hostile; what a document says of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import docx.document
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from index.clause import Document
from index.errors import FileRefusedError
from index.readers import isolated
from index.readers.isolated import isolated_parts
from index.readers.read import read_document
from index.structure.layout import path_id
from tests.index.wordfiles import W, style

FILES = Path(__file__).parents[3] / "shared" / "eval"

XML = """<?xml version="1.0"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unga/2022-12-14/77-176/"/>
<FRBRdate date="2022-12-14" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>
<preface><p><docTitle>Résolution adoptée</docTitle></p><p><docNumber>77/176.</docNumber>
<docTitle refersTo="#resolutionTitle"><span>Migrations internationales</span></docTitle></p></preface>
<preamble><formula><p><span>L’Assemblée générale</span>,</p></formula>
<container><p>
<span>Rappelant</span> sa résolution <a href="https://undocs.org/x">70/1</a><authorialNote
marker="1"><p>Voir l’annexe.</p></authorialNote> et les travaux qui ont suivi cette résolution dans tous
les pays,</p></container></preamble>
<mainBody><paragraph><num>1.</num><intro>
<p>Engage les États à prendre toutes les mesures qui suivent dans les meilleurs délais&#160;:</p></intro>
<list><point><num>a)</num><content>
<p>Réduire le coût des envois de fonds des migrants&#160;;</p></content></point></list></paragraph></mainBody>
</statement></akomaNtoso>"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes | str], Document]:
    def save(name: str, data: bytes | str) -> Document:
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return read_document(tmp_path / name)

    return save


def shown(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, path_id(b.path), document.text[b.start : b.end]) for b in document.blocks]


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word_file() -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "A/80/621"
    made.add_heading("Findings", level=1)
    made.add_paragraph("1.\tMigrants send money home, and the fees that they pay for it are high.")
    paragraph = made.add_paragraph("2.\tThe fees should fall ")
    paragraph.add_run("below three per cent.").bold = True
    made.add_table(rows=1, cols=2).cell(0, 1).text = "In a table: 6.2 per cent of the sum."
    return saved(made)


def test_xml_gives_clauses_symbol_language_title_and_date(read: Callable[[str, bytes | str], Document]) -> None:
    found = read("any.txt", XML)  # what it is called says nothing
    assert (found.symbol, found.language, found.title) == (
        "A/RES/77/176",
        "fr",
        ["77/176", "Migrations internationales"][1],
    )
    assert found.date is not None and found.date.isoformat() == "2022-12-14"
    assert found.slug == "a-res-77-176-fr"
    paragraphs = [row for row in shown(found) if row[0] in ("paragraph", "item")]
    assert paragraphs == [
        (
            "paragraph",
            "pp1",
            "Rappelant sa résolution 70/1 et les travaux qui ont suivi cette résolution dans tous les pays,",
        ),
        ("paragraph", "1", "1. Engage les États à prendre toutes les mesures qui suivent dans les meilleurs délais :"),
        ("item", "1/a", "a) Réduire le coût des envois de fonds des migrants ;"),
    ]
    assert [(piece.kind, piece.text) for piece in found.left_out] == [("footnote", "1 Voir l’annexe.")]


@pytest.mark.parametrize("before", ["<!-- kept by the library -->\n", "\ufeff", "\n<!-- a --><!-- b -->"])
def test_xml_is_known_by_its_first_element(read: Callable[[str, bytes | str], Document], before: str) -> None:
    bare = XML.removeprefix('<?xml version="1.0"?>').lstrip()
    assert read("a.txt", before + bare).symbol == read("b.xml", XML).symbol
    assert read("c.txt", bare.encode("utf-16")).symbol == read("b.xml", XML).symbol


@pytest.mark.parametrize(
    ("said", "wrong"), [("date = 2015-06-11T10:00:00", "date"), ('language = "de"', "language"), ("title = 5", "title")]
)
def test_what_describes_a_file_must_be_of_the_right_kind(
    read: Callable[[str, bytes | str], Document], tmp_path: Path, said: str, wrong: str
) -> None:
    (tmp_path / "letter.toml").write_text(said, encoding="utf-8")
    with pytest.raises(FileRefusedError, match=wrong):
        read("letter.txt", "Bread is sold.")


def test_word_files_give_typed_numbers_tables_and_heads(read: Callable[[str, bytes | str], Document]) -> None:
    found = read("paper.docx", word_file())
    assert [row[2] for row in shown(found)] == [
        "Findings",
        "1. Migrants send money home, and the fees that they pay for it are high.",
        "2. The fees should fall below three per cent.",
        "In a table: 6.2 per cent of the sum.",
    ]
    assert [(piece.kind, piece.text) for piece in found.left_out] == [("running head", "A/80/621")]


def test_rows_of_word_are_read_together_and_lines_broken_by_hand_are_parted(
    read: Callable[[str, bytes | str], Document],
) -> None:
    made = docx.Document()
    made.add_paragraph("1. The fees should fall:\n(a) below three per cent;\n(b) in all\nthe countries.")
    table = made.add_table(rows=3, cols=2)
    for cell, text in zip(
        table._cells, ("Country", "Share", "Mali", "5.1", "2.", "Notes that the fees fell."), strict=True
    ):
        cell.text = text
    table.cell(0, 1).add_paragraph("(per cent)")
    assert [row[2] for row in shown(read("table.docx", saved(made)))] == [
        "1. The fees should fall:", "(a) below three per cent;", "(b) in all the countries.",
        "Country", "Share", "(per cent)", "Mali\t5.1", "2.\tNotes that the fees fell.",
    ]  # fmt: skip


M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


ITEMS = ("Open a school in Kakuma", "Close the clinic in Dadaab", "Send nine lorries to Juba")


@pytest.mark.parametrize("style", ["List Bullet", "List Bullet 2"])
def test_items_with_bullets_in_word_are_clauses_and_head_nothing(
    read: Callable[[str, bytes | str], Document], style: str
) -> None:
    made = docx.Document()
    made.add_paragraph("The board decided to:")
    for item in ITEMS:
        made.add_paragraph(item, style=style)
    made.add_paragraph("The lorries leave when the rains have ended.")
    found = read("board.docx", saved(made))
    assert [(kind, text) for kind, _, text in shown(found)][1:4] == [("paragraph", item) for item in ITEMS]
    assert not any(block.headings for block in found.blocks)


@pytest.mark.parametrize("bullet", ["•", "–", "-"])
def test_items_with_printed_bullets_are_clauses_and_head_nothing(
    read: Callable[[str, bytes | str], Document], bullet: str
) -> None:
    items = [f"{bullet} {item}" for item in ITEMS]
    text = "\n".join(("Report on the mission", "", "The board decided to:", *items, "", "The rains have ended."))
    found = read("board.txt", text)
    assert [row[2] for row in shown(found) if row[0] == "paragraph"][1:-1] == items
    assert not any(block.headings for block in found.blocks)
    alone = read("alone.txt", f"Report\n\nIt rains.\n\n{items[0]}\n\nThe rains have ended.\n")
    assert alone.blocks[-1].headings == (items[0],)


def test_a_bullet_begins_a_paragraph_below_a_full_line(read: Callable[[str, bytes | str], Document]) -> None:
    full = "The people who live in the north have enough of what they need until"
    text = f"{full}\nthe rains have ended:\n• {full[:60]}\n• {full[:60]}\nthe rains have ended\n• Bread\n"
    assert [row[2] for row in shown(read("full.txt", text))] == [
        f"{full} the rains have ended:", f"• {full[:60]}", f"• {full[:60]} the rains have ended", "• Bread",
    ]  # fmt: skip


def test_cells_of_word_that_stand_alone_head_nothing(read: Callable[[str, bytes | str], Document]) -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    for cell, text in zip(table._cells, ("Support", "", "Mali", "5.1", "Total", ""), strict=True):
        cell.text = text
    made.add_paragraph("Bread is sold.")
    found = read("alone.docx", saved(made))
    assert [(kind, text) for kind, _, text in shown(found)] == [
        ("paragraph", text) for text in ("Support", "Mali\t5.1", "Total", "Bread is sold.")
    ]  # fmt: skip


def word_table(rows: Sequence[Sequence[str]], above: Sequence[str] = ()) -> bytes:
    made = docx.Document()
    for text in above:
        made.add_paragraph(text)
    table = made.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
    return saved(made)


SENTENCE = "The bread that is sold in the town is white."


@pytest.mark.parametrize(
    ("above", "rows", "paths"),
    [
        ((), (("1.", "Bread is sold."), ("2.", "It is white.")), ["1", "2"]),
        (
            ("Peace",),
            (("Article 1",), ("1.", "Bread is sold."), ("Article 2",), ("It is.",)),
            ["title", "art1", "art1/1", "art2", "art2/p1"],
        ),
        (
            ("4. Bread is sold.",),
            (("5.", "It is white."), ("(a)", "For ever;"), ("(b)", "Often.")),
            ["4", "5", "5/a", "5/b"],
        ),
        (("1. Bread is sold:",), (("1.", "Bread"), ("2.", "Salt")), ["1", "p1", "p2"]),
        (
            ("2.26 Table 1 has all.",),
            (("1. Reports", "3"), ("2. Notes", "4"), ("A. Mills",)),
            ["2.26", "p1", "p2", "p3"],
        ),
        (
            ("1. Bread is sold.",),
            (("2. It is white.", "2. Il est blanc."), ("3. So.", "3. Ah.")),
            ["1", "2", "2~2", "3", "3~2"],
        ),
        (
            ("3. Bread is sold.",),
            (("4.", "It is white.\n\nIt is black."), ("(a)", "Or grey.\n\nOr brown."), ("(b)", "Or."), ("5.", "So.")),
            ["3", "4", "p1", "4/a", "p2", "4/b", "5"],
        ),
        (
            (),
            (("I.", "Bread"), ("1.", SENTENCE), ("II.", "Mills"), ("A.", "Wind"), ("1.", SENTENCE), ("2.", SENTENCE)),
            ["I", "I/1", "II", "II/A", "II/1", "II/2"],
        ),
        (
            ("Peace",),
            (
                ("Article 1", "Article premier"),
                ("1. Bread is sold.", "1. Le pain."),
                ("Article 2", "Salt"),
                ("It is.",),
            ),
            ["title", "art1", "art1/1", "art1/1~2", "art2", "art2/p1"],
        ),
        (("Peace", "It is."), (("Article 1", "Bread"), ("Article 2", "Salt")), ["title", "p1", "art1", "art2"]),
        ((), (("1.", SENTENCE, "1.", SENTENCE), ("2.", SENTENCE, "2.", SENTENCE)), ["1", "1~2", "2", "2~2"]),
        (("1. Bread is sold.",), (("一、", "面包"), ("2.", SENTENCE)), ["1", "一", "2"]),
        (("1. Bread is sold:",), (("A.", "White"), ("B.", "Black")), ["1", "p1", "p2"]),
        (("٣- الخبز أبيض في كل المدن.",), (("٤ -", "الخبز أسود."),), ["٣", "٤"]),
        (("86. Hours are:",), (("(1)", "(2)", "(3)"), ("3", "4", "7")), ["86", "p1", "p2"]),
    ],
)
def test_rows_have_numbers_of_paragraphs_where_those_go_on(
    read: Callable[[str, bytes | str], Document], above: Sequence[str], rows: Sequence[Sequence[str]], paths: list[str]
) -> None:
    assert [row[1] for row in shown(read("rows.docx", word_table(rows, above)))] == paths


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Annex I",), ("Annex II", "List of mills")),
        (("附件一",), ("附件二", "磨坊")),
        (("المرفق الأول",), ("المرفق الثاني",)),
    ],
)
def test_the_title_of_an_annex_in_a_table_of_word_is_one(
    read: Callable[[str, bytes | str], Document], one: Sequence[str], two: Sequence[str]
) -> None:
    made = docx.Document()
    for cells in ((), one, two):
        for cell, text in zip(made.add_table(rows=1, cols=len(cells))._cells if cells else (), cells, strict=True):
            cell.text = text
        made.add_paragraph("1. Bread is sold.")
    parts = [block.path[0] for block in read("annexes.docx", saved(made)).blocks if block.kind == "paragraph"]
    assert [(part.kind, part.number) for part in parts[1:]] == [
        ("annex", line[0].removeprefix("Annex").removeprefix("附件").removeprefix("المرفق").strip()) for line in (one, two)
    ]  # fmt: skip


def test_annexes_that_a_table_counts_are_its_rows(read: Callable[[str, bytes | str], Document]) -> None:
    rows = [("Paper", "State"), ("Annex I", "Printed"), ("Annex II", "Lost"), ("Annex III", "")]
    found = read("rows.docx", word_table(rows, ["1. Bread is sold."]))
    assert [row[1] for row in shown(found)] == ["1", "p1", "p2", "p3", "p4"]


@pytest.mark.parametrize(
    "tables",
    [
        ([["I. Bread\n\n1. Bread is sold.\n\nII. Mills\n\n1. Mills turn."]],),
        ([["I. Bread"]], [["1. Bread is sold."]], [["II. Mills", ""]], [["1. Mills turn."]]),
        ([["I. Bread", ""], ["1. Bread is sold.", ""], ["II. Mills", ""], ["1. Mills turn.", ""]],),
    ],
)
def test_headings_in_a_table_of_word_that_is_laid_out_for_its_text_are_headings(
    read: Callable[[str, bytes | str], Document], tables: Sequence[Sequence[Sequence[str]]]
) -> None:
    made = docx.Document()
    made.add_paragraph("Bread is sold in this town, and it has been for as long as there are mills in it.")
    for rows in tables:
        table = made.add_table(rows=len(rows), cols=len(rows[0]))
        for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
            cell.text = text
    assert [row[1] for row in shown(read("laid.docx", saved(made)))] == ["p1", "I", "I/1", "II", "II/1"]


def test_a_cell_or_a_row_in_a_content_control_is_one_of_its_table(
    read: Callable[[str, bytes | str], Document],
) -> None:
    made = docx.Document(io.BytesIO(word_table([["Mali", "5.1"], ["Chad", "none"]], [SENTENCE])))
    table = made.tables[0]._tbl
    for element in (table.tr_lst[0].tc_lst[0], table.tr_lst[1].tc_lst[1], table.tr_lst[1]):
        control = parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control[1].append(element)
    assert [row[2] for row in shown(read("controls.docx", saved(made)))] == [SENTENCE, "Mali\t5.1", "Chad\tnone"]


def test_a_caption_of_word_heads_nothing(read: Callable[[str, bytes | str], Document]) -> None:
    made = docx.Document(io.BytesIO(word_table([["Mali", "5.1"]], [SENTENCE])))
    for text in ("Table 1", "Bread by country"):
        made.tables[0]._tbl.addprevious(made.add_paragraph(text, style="Caption")._p)
    made.add_paragraph(SENTENCE)
    found = read("caption.docx", saved(made))
    assert [row[0] for row in shown(found)] == ["paragraph"] * 5
    assert not any(block.headings for block in found.blocks)


def test_signatures_side_by_side_in_word_are_signatures(read: Callable[[str, bytes | str], Document]) -> None:
    below = (("(Signed) A. Baker\nMinister", "(Signed) B. Miller\nMinister"), ("Ruritania", "Graustark"))
    for rows in (below, (tuple(cell.replace("\n", "\n\n") for cell in below[0]), below[1])):
        found = read("signed.docx", word_table(rows, ["Letter of 1 May 2031", SENTENCE]))
        assert [row[0] for row in shown(found)][-1] == "signature"
        assert "Graustark" in shown(found)[-1][2] and "A. Baker" in shown(found)[-1][2]


def test_units_of_figures_in_a_table_of_word_head_nothing(read: Callable[[str, bytes | str], Document]) -> None:
    found = read("units.docx", word_table([["Bread by country\n\n(Thousands of loaves)"]], [SENTENCE]))
    assert [(row[0], row[2]) for row in shown(found)][1:] == [
        ("heading", "Bread by country"), ("paragraph", "(Thousands of loaves)"),
    ]  # fmt: skip


def test_a_masthead_of_word_laid_out_as_a_table_is_no_clause(read: Callable[[str, bytes | str], Document]) -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    for cell, text in zip(
        table._cells,
        ("United Nations", "A/75/292", "General Assembly", "Distr.: General", "Report on bread", ""),
        strict=True,
    ):
        cell.text = text
    made.add_paragraph("1. Bread is sold.")
    found = read("head.docx", saved(made))
    assert [row[2] for row in shown(found) if row[0] == "paragraph"] == ["1. Bread is sold."]
    assert (found.symbol, found.title.split("\n")[-1]) == ("A/75/292", "Report on bread")


def of_word(*paragraphs: str) -> bytes:
    """A Word file with paragraphs of this XML; "w" and "m" are its names of Word's text and of formulas."""
    made = docx.Document()
    made.styles.element.append(parse_xml(style("Raised", kind="character", based_on="").replace(">", f" {W}>", 1)))
    made.styles.element[-1].append(parse_xml(f'<w:rPr {W}><w:vertAlign w:val="superscript"/></w:rPr>'))
    made.styles.element.append(
        parse_xml(style("Raised2", kind="character", based_on="Raised").replace(">", f" {W}>", 1))
    )
    for name, kind in (("Unseen", "character"), ("Note", "paragraph")):
        made.styles.element.append(parse_xml(style(name, kind=kind, based_on="").replace(">", f" {W}>", 1)))
        made.styles.element[-1].append(parse_xml(f"<w:rPr {W}><w:vanish/></w:rPr>"))
    made.styles.element.append(parse_xml(style("Shown", based_on="Note").replace(">", f" {W}>", 1)))
    made.styles.element[-1].append(parse_xml(f'<w:rPr {W}><w:vanish w:val="0"/></w:rPr>'))
    for inside in paragraphs:
        made.element.body.insert(-1, parse_xml(f'<w:p {W} xmlns:m="{M}">{inside}</w:p>'))
    return saved(made)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def formula(inside: str) -> str:
    return f"<m:oMath>{inside}</m:oMath>".replace("[", "<m:r><m:t>").replace("]", "</m:t></m:r>")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (
            f'{run("noise of ")}<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run(" 85 decibels")}',
            "noise of ≥ 85 decibels",
        ),
        ('<w:r><w:sym w:font="Symbol" w:char="0061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "α✓"),
        ('<w:r><w:sym w:font="Arial" w:char="2265"/><w:sym w:font="Webdings" w:char="F061"/></w:r>', "≥\ufffd"),
        (run("10") + run("-6 ", '<w:vertAlign w:val="superscript"/>') + run("m"), "10⁻⁶ m"),
        *(
            (run(before) + run(text, '<w:vertAlign w:val="superscript"/>'), f"{before}{after}")
            for before, text, after in [
                ("1", "st", "st"),
                ("2020", "1,2", "¹,²"),
                ("45", "3)", "³)"),
                ("17", "4/", "⁴/"),
                ("10", "n", "^n"),
                ("x", "n", "^n"),
                ("12", "[5]", "[⁵]"),
                ("120", "b,c", "^(b,c)"),
                ("N", "o", "o"),
                ("M", "me", "me"),
                ("45", "5 and", "⁵ and"),
                ("so", "3", "³"),
            ]
        ),
        (run("10") + run("6", '<w:rStyle w:val="Raised2"/>'), "10⁶"),
        (run("so 10") + run("6", '<w:rStyle w:val="Raised2"/><w:vertAlign w:val="baseline"/>'), "so 106"),
        (
            run("2020") + run("1", '<w:vertAlign w:val="superscript"/>') + run(",2", '<w:rStyle w:val="Raised"/>'),
            "2020¹,²",
        ),
        (run("1") + formula("<m:f><m:num>[1]</m:num><m:den>[2]</m:den></m:f>"), "1 1/2"),
        (formula("<m:rad><m:deg>[3]</m:deg><m:e>[2+y]</m:e></m:rad><m:rad><m:e>[x]</m:e></m:rad>"), "³√(2+y)√x"),
        (run("\uf0a3 5", '<w:rFonts w:ascii="Symbol"/>'), "≤ 5"),
        (formula("[E=m]<m:sSup><m:e>[c]</m:e><m:sup>[2]</m:sup></m:sSup>"), "E=mc²"),
        (formula("<m:f><m:num>[a+b]</m:num><m:den>[2]</m:den></m:f><m:d><m:e>[x]</m:e></m:d>"), "(a+b)/2(x)"),
    ],
)
def test_signs_and_formulas_of_word_are_text(
    read: Callable[[str, bytes | str], Document], inside: str, text: str
) -> None:
    found = read("signs.docx", of_word(inside + run(".")))
    assert found.text == f"{text}."
    assert len(found.notes) == text.count("\ufffd")


def test_deleted_moved_and_hidden_text_of_word_is_listed(read: Callable[[str, bytes | str], Document]) -> None:
    deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('Mills turn.')}</w:moveFrom><w:moveTo>{run('Mills turn.')}</w:moveTo>"
    hidden = run("Check this! ", "<w:vanish/>") + run(" It is white.", '<w:vanish w:val="0"/>')
    found = read("draft.docx", of_word(f"{run('Bread is ')}{deleted}{run('sold.')}{hidden}", moved))
    assert found.text == "Bread is sold. It is white.\n\nMills turn."
    assert [(piece.kind, piece.text) for piece in found.left_out] == [
        ("deleted text", "not"), ("hidden", "Check this!"), ("deleted text", "Mills turn."),
    ]  # fmt: skip


def test_what_a_style_of_word_hides_is_listed(read: Callable[[str, bytes | str], Document]) -> None:
    unseen = run("Ask Anna. ", '<w:rStyle w:val="Unseen"/>') + run(
        "It is white.", '<w:rStyle w:val="Unseen"/><w:vanish w:val="0"/>'
    )
    noted, shown = (
        f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>{run(f"A {name} of the editors.")}' for name in ("Note", "Shown")
    )
    found = read("styled.docx", of_word(f"{run('Bread is sold. ')}{unseen}", noted, shown))
    assert found.text == "Bread is sold. It is white.\n\nA Shown of the editors."
    hidden = [("hidden", "Ask Anna."), ("hidden", "A Note of the editors.")]
    assert [(piece.kind, piece.text) for piece in found.left_out] == hidden


def test_deletions_of_word_are_no_text_and_insertions_are(read: Callable[[str, bytes | str], Document]) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    xml = parts["word/document.xml"].decode()
    xml = xml.replace(
        "<w:t>below three per cent.</w:t>",
        "<w:t>below </w:t></w:r><w:del><w:r><w:delText>three</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:t> per cent.</w:t>",
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in parts.items():
            new.writestr(name, xml.encode() if name == "word/document.xml" else data)
    assert "The fees should fall below five per cent." in read("changed.docx", out.getvalue()).text


def test_web_pages_give_what_a_browser_shows(read: Callable[[str, bytes | str], Document]) -> None:
    page = """<!DOCTYPE html><html lang="es"><head><title>T</title><style>p {}</style></head><body>
    <nav>Inicio</nav><script>x()</script>
    <h1>Informe</h1><p>Los migrantes env&iacute;an <b>remesas</b> a sus familias.<sup>12</sup>
    El costo es de 10<sup>6</sup> y 3 km<sup>2</sup>.</p>
    <ol start="3"><li>Reducir el costo de las remesas.</li><li>Proteger a los migrantes.</li></ol></body></html>"""
    found = read("page.html", page)
    assert [row[2] for row in shown(found)] == [
        "Informe", "Los migrantes envían remesas a sus familias. El costo es de 10⁶ y 3 km².",
        "3. Reducir el costo de las remesas.", "4. Proteger a los migrantes.",
    ]  # fmt: skip
    assert found.language == "es"
    assert {(p.kind, p.text) for p in found.left_out} == {
        ("menu", "Inicio"),
        ("footnote mark", "12"),
    }


def test_markdown_keeps_the_numbers_of_its_lists(read: Callable[[str, bytes | str], Document]) -> None:
    found = read(
        "treaty.md",
        "### Article 31\n\n1. The *States* shall not [punish](x).\n2. Nor shall they deport.\n\n7. Or detain.\n",
    )
    assert [(row[1], row[2]) for row in shown(found)] == [
        ("art31", "Article 31"), ("art31/1", "1. The States shall not punish."),
        ("art31/2", "2. Nor shall they deport."), ("art31/7", "7. Or detain."),
    ]  # fmt: skip


def test_a_heading_of_the_format_may_have_the_number_of_the_next_paragraph(
    read: Callable[[str, bytes | str], Document],
) -> None:
    lines = ("1. Bread is sold.", "## 2. Mills", "2. Mills turn.", "3. It rains.", "## 4. Salt", "4. Salt is white.")
    found = read("bakers.md", "\n\n".join(("# Report", "## 1. Bread", *lines)))
    assert [(row[0], row[2]) for row in shown(found)][1:] == [
        ("heading", "1. Bread"), ("paragraph", "1. Bread is sold."), ("heading", "2. Mills"), ("paragraph", "2. Mills turn."),
        ("paragraph", "3. It rains."), ("heading", "4. Salt"), ("paragraph", "4. Salt is white."),
    ]  # fmt: skip
    listed = read("list.md", "# Report\n\nIt rains.\n\n## 1. Bread\n\n## 2. Mills\n\n## 3. Salt\n\n4. Salt is white.\n")
    assert [row[1] for row in shown(listed)][2:] == ["1", "2", "3", "4"]
    below = read("below.md", "# Report\n\n## 1. Bread\n\n### 1.1 White\n\nIt is sold.\n\n## 2. Mills\n\nThey turn.\n")
    assert [row[0] for row in shown(below)][1:] == ["heading", "heading", "paragraph", "heading", "paragraph"]


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{}">]><akomaNtoso><p>&b;</p></akomaNtoso>'


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("bomb.xml", BOMB.format("b" * 9), "declares a document type or entities"),
        (
            "outside.xml",
            '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "declares",
        ),
        ("torn.xml", XML[: len(XML) // 2], "is damaged XML"),
        ("other.xml", "<?xml version='1.0'?><svg/>", "XML of another kind"),
        ("empty.html", "<!doctype html><html><body><script>x</script></body></html>", "shows no text"),
        ("deep.html", "<html>" + "<div>" * 5000 + "x", "deep|could not be read"),
        ("torn.docx", word_file()[:3000], "could not be read as a Word file"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("no.pdf", b"\0\1\2" * 400, "is called a PDF file and is none, or is damaged"),
        ("old.rtf", rb"{\rtf1 hello}", "save it as .docx"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_a_sentence(
    read: Callable[[str, bytes | str], Document], name: str, data: bytes | str, says: str
) -> None:
    with pytest.raises(FileRefusedError, match=says) as caught:
        read(name, data)
    assert "Traceback" not in str(caught.value) and name in str(caught.value)


def test_a_zip_bomb_is_not_unpacked(read: Callable[[str, bytes | str], Document]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(600):
            part.write(b"\0" * 2**20)
    with pytest.raises(FileRefusedError, match="unpacks to 600 MB"):
        read("bomb.docx", out.getvalue())


def test_a_reader_that_takes_too_long_or_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileRefusedError, match="took more than 0 seconds"):
        isolated_parts("html", b"<p>x</p>", "slow.html", seconds=0.001)
    monkeypatch.setitem(isolated.READERS, "none", ("no.such", "module"))
    with pytest.raises(FileRefusedError, match="the reader stopped"):
        isolated_parts("none", b"x", "odd.bin")


def test_resolutions_have_preambular_and_operative_paragraphs_and_nested_items(
    read: Callable[[str, bytes | str], Document],
) -> None:
    full = "that all States protect migrants in every country and under all circumstances, in law and in practice"
    text = f"""A/RES/77/176
International migration and development

The General Assembly,

Recalling {full},

Reaffirming also {full},

1. Decides {full}:

(a) First, {full};

(i) Within the first, {full};

(ii) Within it too, {full};

(b) Second, {full};

2. Requests {full}.

Annex
Plan of action

1. The plan begins anew, {full}.
"""
    found = read("en.txt", text)
    assert (found.symbol, found.title, found.slug) == (
        "A/RES/77/176",
        "International migration and development",
        "a-res-77-176-en",
    )
    assert [path_id(b.path) for b in found.blocks if b.kind in ("paragraph", "item")] == [
        "pp1", "pp2", "1", "1/a", "1/a/i", "1/a/ii", "1/b", "2", "annex/1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("letters", "paths"),
    [
        ("g h i j", "1/g 1/h 1/i 1/j"),  # (i) after (h) is a letter
        ("a i ii b i ii iii c", "1/a 1/a/i 1/a/ii 1/b 1/b/i 1/b/ii 1/b/iii 1/c"),
        ("i ii iii iv v", "1/i 1/ii 1/iii 1/iv 1/v"),
        ("u v w x", "1/u 1/v 1/w 1/x"),
        ("a 1 2 b", "1/a 1/a/1 1/a/2 1/b"),
    ],
)
def test_letters_and_roman_numbers_are_told_apart(
    read: Callable[[str, bytes | str], Document], letters: str, paths: str
) -> None:
    items = "".join(
        f"({letter}) An item that is long enough to be one, since it goes on and on until it ends;\n\n"
        for letter in letters.split()
    )
    found = read("x.txt", f"1. A chapeau that is long enough to be a paragraph, because it goes on and on:\n\n{items}")
    assert " ".join(path_id(b.path) for b in found.blocks if b.kind == "item") == paths


def test_every_paragraph_of_the_resolutions_is_found_in_six_languages() -> None:
    folder = FILES / "un_ga" / "txt" / "77-176"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not on this machine")
    paths = {}
    for file in sorted(folder.glob("*.txt")):
        document = read_document(file)
        assert (document.symbol, document.language) == ("A/RES/77/176", file.stem)
        paths[file.stem] = [path_id(b.path) for b in document.blocks if b.kind in ("paragraph", "item")]
    latin = [path for path in paths["en"] if "/" not in path]  # the letters of items differ by language
    assert len(latin) > 40 and all([p for p in own if "/" not in p] == latin for own in paths.values())
    assert {len(own) for own in paths.values()} == {len(paths["en"])}


CONTENTS = (
    "Contents\n\nPage\n\nI. Bread .......................... 2\n\nA. White bread . . . . . . . . . . 3\n\n"
    "II. Mills ………………………………………… 4\n\n"
)
BELOW = "I. Bread\n\n1. Bread is sold.\n\nA. White bread\n\n2. It is white.\n\nII. Mills\n\n3. Mills turn.\n"


def test_contents_with_dot_leaders_are_left_out_and_listed(file: Callable[[str, str], Path]) -> None:
    for text in (CONTENTS + BELOW, CONTENTS.removeprefix("Contents\n\nPage\n\n") + BELOW):
        document = read_document(file("contents.txt", text))
        assert [path_id(block.path) for block in document.blocks if block.kind == "paragraph"] == ["1", "2", "3"]
        assert document.text.startswith("I. Bread\n\n1.")
        assert {piece.kind for piece in document.left_out} == {"contents"}
        assert document.left_out[-1].text.startswith("II. Mills …")


def test_a_table_of_figures_with_dots_is_no_contents(file: Callable[[str, str], Path]) -> None:
    rows = "Bread sold ........... 12\n\nFlour milled ......... 34\n\nDays of wind ......... 56\n\n"
    assert not read_document(file("table.txt", rows + "1. These are the figures.\n")).left_out


def contents_in_word(pages: Sequence[str]) -> docx.document.Document:
    made = docx.Document()
    table = made.add_table(rows=5, cols=2)
    for row, cells in zip(
        table.rows,
        (("", "Page"), ("I. Bread", pages[0]), ("A. White bread", pages[1]), ("Annex", ""), ("Map", pages[2])),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return made


def test_contents_in_a_table_of_word_are_left_out_and_listed(read: Callable[[str, bytes | str], Document]) -> None:
    made = contents_in_word(["2", "2", "4"])
    made.element.body[0].addprevious(made.add_heading("Contents")._p)
    for text in ("I. Bread", "1. Bread is sold.", "A. White bread", "2. It is white."):
        made.add_paragraph(text)
    found = read("contents.docx", saved(made))
    assert [path_id(block.path) for block in found.blocks if block.kind == "paragraph"] == ["1", "2"]
    assert [piece.text for piece in found.left_out if piece.kind == "contents"] == [
        "Contents", "Page", "I. Bread\t2", "A. White bread\t2", "Annex", "Map\t4",
    ]  # fmt: skip


def test_contents_that_word_makes_are_left_out_and_listed(read: Callable[[str, bytes | str], Document]) -> None:
    made = docx.Document()
    titles = ("Bread", "Salt", "Milk")
    for number in (1, 2):
        made.styles.add_style(f"toc {number}", WD_STYLE_TYPE.PARAGRAPH)
    for at, title in enumerate(titles):
        made.add_paragraph(f"{title}\t{at + 2}", style=f"toc {1 + at % 2}")
    for title in titles:
        made.add_heading(title)
        made.add_paragraph(f"{title} is sold.")
    found = read("made.docx", saved(made))
    assert found.text == "\n\n".join(f"{title}\n\n{title} is sold." for title in titles)
    assert [piece.text for piece in found.left_out] == ["Bread\t2", "Salt\t3", "Milk\t4"]


def test_contents_in_the_control_of_word_are_left_out_whatever_their_style(
    read: Callable[[str, bytes | str], Document],
) -> None:
    made = docx.Document()
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    made.element.body.insert(0, parse_xml(f"<w:sdt {W}><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent/></w:sdt>"))
    for text in ("What is in it", "Bread\t2"):
        made.element.body[0][1].append(made.add_paragraph(text)._p)
    made.add_heading("Bread")
    made.add_paragraph(SENTENCE)
    found = read("control.docx", saved(made))
    assert found.text == f"Bread\n\n{SENTENCE}"
    assert [(piece.kind, piece.text) for piece in found.left_out] == [
        ("contents", "What is in it"),
        ("contents", "Bread\t2"),
    ]


@pytest.mark.parametrize("pages", [("2", "4", "6"), ("6", "4", "2")])
def test_a_table_of_figures_in_word_is_no_contents(
    read: Callable[[str, bytes | str], Document], pages: Sequence[str]
) -> None:
    made = contents_in_word(pages)
    if pages[0] == "6":  # below "Contents", but pages go up
        made.element.body[0].addprevious(made.add_heading("Contents")._p)
    made.add_paragraph("1. These are the figures.")
    found = read("figures.docx", saved(made))
    assert {f"I. Bread\t{pages[0]}", f"Map\t{pages[2]}"} <= set(found.text.split("\n\n"))


@pytest.mark.parametrize(
    ("above", "head", "pages", "contents"),
    [
        ((), (), ("2", "3", "5"), True),
        ((), ("", "Page"), ("2", "2", "5"), True),
        (("Contents",), ("Chapter", "Page"), ("12", "45", "101"), True),
        ((), ("Programme", "Posts"), ("2", "3", "5"), False),
        (("Table 1. Posts by programme",), (), ("2", "3", "5"), False),
        ((), (), ("12", "45", "101"), False),
        ((), (), ("2", "2", "5"), False),
        (("Contents",), ("Item", "Sacks"), ("2", "3", "5"), False),
    ],
)
def test_rows_that_name_headings_are_contents_only_where_their_figures_are_pages(
    read: Callable[[str, bytes | str], Document],
    above: Sequence[str],
    head: Sequence[str],
    pages: Sequence[str],
    contents: bool,
) -> None:
    titles = ("Bread", "Mills", "Salt")
    rows = [*([head] if head else []), *zip(titles, pages, strict=True)]
    below = "".join(f"<h2>{title}</h2><p>1. {SENTENCE}</p>" for title in titles)
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    lines = "".join(f"<p>{line}</p>" for line in above)
    found = read("paper.html", f"<h1>Report</h1><p>{SENTENCE}</p>{lines}<table>{table}</table>{below}")
    assert (
        ("Mills\t" not in found.text) == contents == any(piece.text == f"Mills\t{pages[1]}" for piece in found.left_out)
    )


def test_what_a_box_called_contents_holds_is_no_contents(read: Callable[[str, bytes | str], Document]) -> None:
    rows = "<table><tr><td>Sacks<td>2<tr><td>Tins<td>4<tr><td>Loaves<td>300</table>"
    for line in ("The box holds what it says.", "This box holds"):
        found = read("box.html", f"<p>{SENTENCE}</p><h2>Contents</h2><p>{line}</p>{rows}<p>{SENTENCE}</p>")
        assert "Loaves\t300" in found.text and not found.left_out


def test_rows_of_a_table_give_no_title(read: Callable[[str, bytes | str], Document]) -> None:
    made = docx.Document()
    for text in ("Agenda item 157", "Financing of the mill", "Report of the Secretary-General"):
        made.add_paragraph(text)
    for cell, text in zip(made.add_table(rows=1, cols=2)._cells, ("Category", "2024/25 apportionment"), strict=True):
        cell.text = text
    assert read("title.docx", saved(made)).title == "Financing of the mill"


def test_the_symbol_of_a_masthead_of_two_columns_is_found(file: Callable[[str, str], Path]) -> None:
    head = f"United Nations{'A/RES/91/280':>56}\nGeneral Assembly{'Distr.: General':>54}\n{'17 April 2031':>68}\n\n"
    long = "1.   Decides that the bakers of the town and of the villages shall\nsell bread on all days.\n" * 4
    document = read_document(file("res.txt", f"{head}91/280. Bread for all\n\n{long}"))
    assert (document.symbol, document.title, document.slug) == ("A/RES/91/280", "Bread for all", "a-res-91-280-en")

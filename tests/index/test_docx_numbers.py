"""The numbers that Word prints by itself are those of the clauses; LibreOffice, where it is here, judges what is printed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from index.passages import clauses_of
from index.readers.read import read_document
from index.structure.layout import path_id
from tests.index.wordfiles import W, abstract, level, num, numbered, style, styled, word_file

SENTENCE = "The bakers of the town sell bread to all who come here in the morning."
OUTLINE = abstract(
    1,
    level(0, "decimal", "%1.", more='<w:pStyle w:val="Para"/>'),
    level(1, "lowerLetter", "(%2)", more='<w:pStyle w:val="Item"/>'),
    level(2, "lowerRoman", "(%3)"),
)
NESTED = abstract(2, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3"))

CASES: dict[str, tuple[bytes, list[str]]] = {
    "styles": (
        word_file(
            [OUTLINE],
            [num(1, 1)],
            [
                style("Para", numbered(1)),
                style("Item", numbered(1, 1)),
                style("Deep", numbered(at=2), "Item"),
                style("Bare", numbered(0), "Para"),
            ],
            [
                (styled(name), SENTENCE)
                for name in ("Para", "Item", "Item", "Deep", "Deep", "Item", "Para", "Bare", "Item", "Para")
            ],
        ),
        ["1.", "(a)", "(b)", "(i)", "(ii)", "(c)", "2.", "", "(a)", "3."],
    ),
    "based on": (
        word_file(
            [abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))],
            [num(7, 1)],
            [style("One", numbered(7, 1)), style("Two", "", "One"), style("Three", "", "Two")],
            [
                (styled("Three"), SENTENCE),
                (styled("One"), SENTENCE),
                (styled("Three", numbered(0)), SENTENCE),
                (styled("Two"), SENTENCE),
            ],
        ),
        ["1.", "2.", "", "3."],
    ),
    "levels in one number": (
        word_file([NESTED], [num(1, 2)], [], [(numbered(1, at), SENTENCE) for at in (0, 1, 1, 2, 2, 0, 1, 2)]),
        ["1.", "1.1.", "1.2.", "1.2.1", "1.2.2", "2.", "2.1.", "2.1.1"],
    ),
    "a list that begins anew": (
        word_file(
            [NESTED],
            [num(1, 2), num(2, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')],
            [],
            [(numbered(n, 0), SENTENCE) for n in (1, 1, 2, 2, 2)],
        ),
        ["1.", "2.", "5.", "6.", "7."],
    ),
    "a level put in the place of another": (
        word_file(
            [NESTED],
            [num(1, 2, f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>')],
            [],
            [(numbered(1, 0), SENTENCE)] * 2,
        ),
        ["C)", "D)"],
    ),
    "never anew, and anew after the first only": (
        word_file(
            [
                abstract(
                    3,
                    level(0, "upperLetter", "%1."),
                    level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'),
                    level(2, "lowerLetter", "%3)", more='<w:lvlRestart w:val="1"/>'),
                )
            ],
            [num(1, 3)],
            [],
            [(numbered(1, at), SENTENCE) for at in (0, 1, 2, 1, 2, 0, 1, 2)],
        ),
        ["A.", "1.", "a)", "2.", "b)", "B.", "3.", "a)"],
    ),
    "a link to a numbering style": (
        word_file(
            [
                abstract(4, more='<w:numStyleLink w:val="Listed"/>'),
                abstract(5, level(0, "decimal", "§ %1"), more='<w:styleLink w:val="Listed"/>'),
            ],
            [num(1, 4), num(2, 5)],
            [style("Listed", numbered(2), "", "numbering")],
            [(numbered(1, 0), SENTENCE)] * 2,
        ),
        ["§ 1", "§ 2"],
    ),
    "figures of all levels": (
        word_file(
            [abstract(6, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))],
            [num(1, 6)],
            [],
            [(numbered(1, at), SENTENCE) for at in (0, 1, 0, 1)],
        ),
        ["I.", "1.1", "II.", "2.1"],
    ),
    "two lists side by side": (
        word_file([NESTED, OUTLINE], [num(1, 2), num(2, 1)], [], [(numbered(n, 0), SENTENCE) for n in (1, 2, 1, 2)]),
        ["1.", "1.", "2.", "2."],
    ),
    "empty ones count": (
        word_file([NESTED], [num(1, 2)], [], [(numbered(1, 0), text) for text in (SENTENCE, "", SENTENCE)]),
        ["1.", "3."],
    ),
    "letters that go on after z": (
        word_file(
            [abstract(8, level(0, "lowerLetter", "(%1)", start=26))], [num(1, 8)], [], [(numbered(1, 0), SENTENCE)] * 3
        ),
        ["(z)", "(aa)", "(bb)"],
    ),
    "articles": (
        word_file(
            [abstract(9, level(0, "decimal", "Article %1"), level(1, "decimal", "%2."))],
            [num(1, 9)],
            [],
            [(numbered(1, at), SENTENCE) for at in (0, 1, 1, 0, 1)],
        ),
        ["Article 1", "1.", "2.", "Article 2", "1."],
    ),
    "a start of nought": (
        word_file(
            [abstract(10, level(0, "decimal", "%1.", start=0))], [num(1, 10)], [], [(numbered(1, 0), SENTENCE)] * 2
        ),
        ["0.", "1."],
    ),
    "the level of a style by its name": (
        word_file(
            [OUTLINE],
            [num(1, 1)],
            [style("Para", numbered(1)), style("Item", numbered(1)), style("Below", "", "Item")],
            [(styled(name), SENTENCE) for name in ("Para", "Item", "Below", "Para", "Item")],
        ),
        ["1.", "(a)", "(b)", "2.", "(a)"],
    ),
    "bullets": (
        word_file([abstract(11, level(0, "bullet", "•"))], [num(1, 11)], [], [(numbered(1, 0), SENTENCE)] * 2),
        ["", ""],
    ),
    "the style of every paragraph": (
        word_file(
            [OUTLINE],
            [num(1, 1)],
            [],
            [("", SENTENCE), (numbered(1, 0), SENTENCE), (numbered(1), SENTENCE), (numbered(9, 0), SENTENCE)],
        ),
        ["", "1.", "2.", ""],
    ),
}

WORD_ALONE = {"never anew, and anew after the first only", "figures of all levels", "the level of a style by its name"}
"""What the standard says, and LibreOffice does not do."""


@pytest.mark.parametrize("case", CASES)
def test_clauses_have_the_numbers_that_are_printed(case: str, file: Callable[[str, bytes], Path]) -> None:
    data, labels = CASES[case]
    found = read_document(file("paper.docx", data))
    starts = {block.body: block.start for block in found.blocks}
    clauses = clauses_of(found)
    assert [found.text[starts[c.start] : c.start].strip() for c in clauses] == labels
    assert {clause.text for clause in clauses} == {SENTENCE} and not found.notes


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(CASES.keys() - WORD_ALONE))
def test_libreoffice_prints_the_same(case: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    data, labels = CASES[case]
    (tmp_path / "paper.docx").write_bytes(data)
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "paper.docx"], check=True, capture_output=True, timeout=120
    )
    lines = (tmp_path / "paper.txt").read_text("utf-8-sig").splitlines()
    printed = [
        re.sub(r"^[•]", "", line.removesuffix(SENTENCE).strip()) for line in lines if line.strip().endswith(SENTENCE)
    ]
    assert printed == labels


def test_numbers_in_cells_of_their_own_are_those_of_their_rows(file: Callable[[str, bytes], Path]) -> None:
    made = docx.Document(io.BytesIO(word_file([OUTLINE], [num(1, 1)], [], [])))
    for row in made.add_table(rows=2, cols=2).rows:
        row.cells[0].paragraphs[0]._p.insert(0, parse_xml(f"<w:pPr {W}>{numbered(1, 0)}</w:pPr>"))
        row.cells[1].text = SENTENCE
    out = io.BytesIO()
    made.save(out)
    found = read_document(file("rows.docx", out.getvalue()))
    assert [(path_id(block.path), found.text[block.start : block.end]) for block in found.blocks] == [
        ("1", f"1.\t{SENTENCE}"), ("2", f"2.\t{SENTENCE}"),
    ]  # fmt: skip


def test_items_stand_under_their_paragraphs(file: Callable[[str, bytes], Path]) -> None:
    found = read_document(file("paper.docx", CASES["styles"][0]))
    assert [path_id(block.path) for block in found.blocks] == [
        "1", "1/a", "1/b", "1/b/i", "1/b/ii", "1/c", "2", "p1", "2/a", "3",
    ]  # fmt: skip


def test_decimals_of_a_lower_level_are_items_and_under_a_heading_paragraphs(file: Callable[[str, bytes], Path]) -> None:
    lists = [abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)"))]
    body = word_file(lists, [num(1, 1)], [], [(numbered(1, at), SENTENCE) for at in (0, 1, 1, 0, 1)])
    assert [path_id(b.path) for b in read_document(file("a.docx", body)).blocks] == ["1", "1/1", "1/2", "2", "2/1"]
    headed = word_file(
        [abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))], [num(1, 1)], [],
        [(styled("Heading1", numbered(1, 0)), "Bread"), (numbered(1, 1), SENTENCE), (numbered(1, 1), SENTENCE),
         (styled("Heading1", numbered(1, 0)), "Salt"), (numbered(1, 1), SENTENCE)],
    )  # fmt: skip
    found = read_document(file("b.docx", headed))
    assert [(b.kind, path_id(b.path)) for b in found.blocks] == [
        ("heading", "I"), ("paragraph", "I/1"), ("paragraph", "I/2"), ("heading", "II"), ("paragraph", "II/1"),
    ]  # fmt: skip


def test_numbers_in_a_form_that_is_not_known_are_not_made_up(file: Callable[[str, bytes], Path]) -> None:
    data = word_file([abstract(1, level(0, "cardinalText", "%1."))], [num(1, 1)], [], [(numbered(1, 0), SENTENCE)] * 2)
    found = read_document(file("paper.docx", data))
    assert found.text == f"{SENTENCE}\n\n{SENTENCE}"
    assert "2 paragraphs that Word numbers in a form that is not known here" in found.notes[0]

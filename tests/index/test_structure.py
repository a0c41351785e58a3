"""The blocks of the document that ships, and the two laws."""

from __future__ import annotations

import pytest

from index.clause import Document
from index.library import shipped
from index.passages import clauses_of
from index.readers.parts import Paragraph
from index.readers.read import read_document
from index.readers.text import paragraphs
from index.structure import path_id, structure


@pytest.fixture(scope="module")
def brussels_document() -> Document:
    (path,) = shipped()
    return read_document(path)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_nothing_but_white_space_is_lost(brussels_document: Document) -> None:
    (path,) = shipped()
    assert squeezed(brussels_document.text) == squeezed(path.read_text(encoding="utf-8"))


def test_every_character_lies_in_one_block(brussels_document: Document) -> None:
    covered = [0] * len(brussels_document.text)
    for block in brussels_document.blocks:
        assert block.start <= block.body <= block.end
        for offset in range(block.start, block.end):
            covered[offset] += 1
    for offset, count in enumerate(covered):
        assert count == (0 if brussels_document.text[offset : offset + 1].isspace() and count == 0 else 1)


def test_the_blocks_are_those_that_the_paper_has(brussels_document: Document) -> None:
    found = [(block.kind, path_id(block.path)) for block in brussels_document.blocks]
    sections = {"1": "abcd", "2": "efghi", "3": "jk", "4": "lmnop", "5": "qrst"}
    numbered = [
        entry
        for number, letters in sections.items()
        for entry in [("heading", f"annex/{number}"), *(("item", f"annex/{number}/{letter}") for letter in letters)]
    ]
    assert found == [
        ("head", "head"),
        ("title", "letter"),
        *(("paragraph", f"letter/p{n}") for n in (1, 2, 3)),
        ("signature", "letter/signature"),
        ("note", "letter/note"),
        ("title", "annex"),
        ("paragraph", "annex/p1"),
        ("paragraph", "annex/p2"),
        *numbered,
    ]


def test_slips_stay_as_printed_and_pages_join(brussels_document: Document) -> None:
    text = {path_id(block.path): brussels_document.text[block.body : block.end] for block in brussels_document.blocks}
    assert "\n2000 年 3 月 15 日和 16 日\n" in text["annex"]
    assert "计划在 2000 年 9 月联合国大会期间" in text["annex/5/t"]
    assert "金融和投资环境；鼓励企业家精神" in text["annex/3/k"]
    assert "意味着创造力的损失、培育和开发新技能人才的损失" in text["annex/5/q"]
    assert "2006 年 3月 15日和 16日由比利时王国和国际移徙组织（移徙组织）在世界银行" in text["annex/p1"]
    assert "2006 年 9 月在联合国举行" in text["letter/p3"] and "54(b)项" in text["letter/p3"]


def test_clauses_have_their_headings_and_sentences(brussels_document: Document) -> None:
    clauses = {clause.id: clause for clause in clauses_of(brussels_document)}
    clause = clauses["brussels-2006#annex/4/o"]
    assert clause.headings[1] == "4. 移民社区和发展" and clause.text.startswith("世界银行《2006 年")
    assert len(clause.sentences) == 4
    for each in clauses.values():
        assert brussels_document.text[each.start : each.end] == each.text
        inside = squeezed("".join(brussels_document.text[s.start : s.end] for s in each.sentences))
        assert inside == squeezed(each.text)


def test_ids_stay_unique_where_printed_numbers_repeat() -> None:
    text, blocks = structure(
        paragraphs("1. The first of all paragraphs is this one.\n1. The second one has its number.\n")
    )
    document = Document("d", text, blocks, "0" * 64, "t", "en", "d.txt")
    assert [clause.id for clause in clauses_of(document)] == ["d#1", "d#1~2"]


@pytest.mark.parametrize(
    "start", ["54(b) is an item of the agenda.", "a.m. is before noon, as all know.", "3.4 million people left."]
)
def test_what_only_looks_like_a_mark_is_none(start: str) -> None:
    _, (block,) = structure([Paragraph(start, False)])
    assert block.body == block.start


def test_objectives_are_headings_however_long_and_stand_under_their_chapter() -> None:
    long = "Objective 1: Collect and utilize accurate and disaggregated data as a basis for the policies of all of the States"
    text = (
        "Compact\n\n17. We commit to strengthen the evidence on migration everywhere, and will:\n\n(a) Count those who move;\n\n"
        "I. Aims\n\n" + long + "\n\n18. We commit to create the conditions in which people may stay where they are.\n\n"
        "Objective 2: Minimize drivers\n\n19. We commit to minimize the drivers that compel people to leave their country."
    )
    _, blocks = structure(paragraphs(text))
    cited = {path_id(block.path): block.headings for block in blocks if block.kind in ("paragraph", "item")}
    assert cited == {"17": (), "17/a": (), "18": ("I. Aims", long), "19": ("I. Aims", "Objective 2: Minimize drivers")}

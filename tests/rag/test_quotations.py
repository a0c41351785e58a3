"""The quotations in somebody's text: marks, blocks, omissions, with their offsets."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Cm
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import FileRefusedError
from rag.check.paper import Paper, paper_from, read_paper
from rag.check.quotations import only_marks, quotations


def texts(paper: str) -> list[str]:
    return [quotation.text for quotation in quotations(paper)]


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        ("He said “one two three”, and \"four five six.\" It's so.", ["one two three", "four five six."]),
        ("La résolution dit : « le mot juste est là ».", ["le mot juste est là"]),
        ("Сказано: «слово „внутри“ цитаты».", ["слово „внутри“ цитаты"]),
        ("„so ist es gut“ und „auch so”", ["so ist es gut", "auch so"]),
        ("他说“汇款系‘私人’资金”，又说「不应处理」，又说\"公共资源\"。", ["汇款系‘私人’资金", "不应处理", "公共资源"]),
        ("جاء فيه «تحويلات المهاجرين أموال خاصة» وكذلك “مورد عام”", ["تحويلات المهاجرين أموال خاصة", "مورد عام"]),
        ("‘States’ rights.’ Don’t. ‘A duty.’ The '90s; the states' 'own words'", ["States’ rights.", "A duty.", "own words"]),
        ("“outer ‘inner’ “same” words”", ["outer ‘inner’ “same” words"]),
        ("A board of 5\" by 6\" and nothing else", []),
    ],
)  # fmt: skip
def test_what_stands_in_marks_is_found(paper: str, found: list[str]) -> None:
    assert texts(paper) == found
    assert all(q.closed for q in quotations(paper))


def test_a_mark_never_closed_ends_with_its_paragraph_and_is_told() -> None:
    first, second = quotations("It says “all of this\n\nNext: “closed here” now.")
    assert (first.text, first.closed) == ("all of this", False)
    assert (second.text, second.closed) == ("closed here", True)


def test_marks_at_the_head_of_further_paragraphs_go_on() -> None:
    (found,) = quotations("“The first one.\n\n“The second one.” He ended.")
    assert found.text == "The first one.\n\n“The second one."
    assert [s.text for s in found.segments("omission")] == ["The first one.\n\nThe second one."]


def test_blocks_are_quotations_without_the_line_that_names_their_source() -> None:
    paper = (
        "It is said:\n\n    Remittances are private\n    funds. (A/RES/77/1, para. 3)\n\nAnd so:\n\n"
        "> a quoted line\n> goes … on\n> — A/RES/77/2\n\n- a list\n    - below it\n\nThe end."
    )
    block, lines = quotations(paper)
    assert block.text == "Remittances are private\n    funds."
    assert [(s.kind, s.text) for s in lines.segments("omission")] == [
        ("words", "a quoted line\ngoes "), ("omission", "…"), ("words", " on"),
    ]  # fmt: skip


def test_a_block_that_begins_within_marks_is_read_by_them() -> None:
    assert texts("He wrote “one two\n> three” there.") == ["one two\n> three", "there."]
    assert texts("He wrote “one two\n> three four") == ["one two", "> three four"]


def test_a_text_indented_throughout_has_no_blocks() -> None:
    assert texts("\u3000\u3000第一段。\n\n\u3000\u3000第二段。") == []
    assert texts("    One paragraph.\n\n    Another one.\n\nA heading") == []


@pytest.mark.parametrize("dots", ["…", "...", "[...]", "(…)", "……", "[ . . . ]"])
def test_omissions_part_a_quotation_and_insertions_are_the_authors(dots: str) -> None:
    (found,) = quotations(f"“States shall{dots} treat [the migrants] well”")
    assert [(s.kind, s.text.strip()) for s in found.segments("omission", "insertion")] == [
        ("words", "States shall"), ("omission", dots), ("words", "treat"), ("insertion", "[the migrants]"), ("words", "well"),
    ]  # fmt: skip
    assert "".join(s.text for s in found.segments()) == found.text


@pytest.mark.parametrize(
    ("words", "enough"),
    [("two words", False), ("three words now", True), ("汇款系私人资金", False), ("汇款系私人的资金", True), ("a … [b]", False)],
)  # fmt: skip
def test_three_words_or_eight_chinese_characters_are_enough(words: str, enough: bool) -> None:
    assert quotations(f"“{words}”")[0].long_enough is enough


@given(st.text(alphabet="“”„«»\"'‘’ab c汇\n>….[]—", max_size=80))
@example("«\n>>")
@example("«a\n>b» c\n> d")
@settings(max_examples=1000)
def test_a_quotation_is_a_slice_and_none_runs_into_another(paper: str) -> None:
    end = 0
    for found in quotations(paper):
        assert paper[found.start : found.end] == found.text == found.text.strip() != ""
        assert found.start >= end
        end = found.end
        assert all(found.start <= cut.start < cut.end <= found.end for cut in found.cuts)


@pytest.mark.parametrize(
    "piece",
    ["“a", "'a ", '"a ', "“a”", "> a\n", "> " + " " * 500, "    a\n\nb\n\nc\n\n", "‘a s’ b ", "[", "…", " ", "(A/"],
)
def test_a_hostile_text_takes_no_time_in_proportion_to_its_square(piece: str) -> None:
    started = time.process_time()
    quotations(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 5  # one or less; in proportion to the square a minute


def test_a_text_that_is_all_in_marks_is_one_quotation() -> None:
    whole = only_marks(" “汇款系私人资金。”\n")
    assert whole and whole.text == "汇款系私人资金。"
    plain = only_marks("He said “this” twice.")
    assert plain and plain.text == "He said “this” twice."
    assert only_marks(" \n") is None


def test_files_give_their_block_quotations_and_footnotes(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("The paper says “words in marks here” and then:")
    file.add_paragraph("A paragraph in the style for quotations.", style="Quote")
    indented = file.add_paragraph("A paragraph with room on both sides.")
    indented.paragraph_format.left_indent = indented.paragraph_format.right_indent = Cm(1)
    file.add_paragraph("An ordinary end.")
    file.save(str(tmp_path / "p.docx"))
    block = "<blockquote><p>A block of words.</p></blockquote>"
    page = f"<!doctype html><meta charset=utf-8><p>Said: “words in marks here”</p>{block}<p>x</p>".encode()
    cases: dict[str, tuple[bytes, list[str]]] = {
        "p.html": (page, ["words in marks here", "A block of words."]),
        "p.md": (b"# Title\n\n> A *block* of words.\n\nAn end.", ["A block of words."]),
        "p.txt": ("他说“汇款系私人资金”。".encode("gb18030"), ["汇款系私人资金"]),
    }
    for name, (data, wanted) in cases.items():
        (tmp_path / name).write_bytes(data)
        assert found_in(read_paper(tmp_path / name)) == wanted
    assert found_in(read_paper(tmp_path / "p.docx")) == [
        "words in marks here", "A paragraph in the style for quotations.", "A paragraph with room on both sides.",
    ]  # fmt: skip


def found_in(paper: Any) -> list[str]:
    assert isinstance(paper, Paper)
    return [paper.text[q.start : q.end] for q in paper.quotations()]


def test_an_unreadable_word_file_is_refused_in_a_sentence() -> None:
    with pytest.raises(FileRefusedError, match="could not be read as a Word file"):
        paper_from(b"PK\x03\x04 nothing else", "broken.docx")

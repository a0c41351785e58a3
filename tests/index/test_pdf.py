"""PDF to paragraphs: small PDFs made here, and real UN files where they are at hand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
import pypdfium2 as pdfium
import pytest
from fpdf import FPDF
from PIL import Image

from index.errors import FileRefusedError
from index.readers.parts import Parts
from index.readers.pdf import parts
from index.readers.pdf_layout import read_page

LEFT, LEADING = 60.0, 12.0
"""Points: where text begins, and from one baseline to the next."""


class Paper(FPDF):
    """A page of US letter in points, upon which text is put by the left end and the depth of its baseline."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="letter")
        self.set_auto_page_break(False)

    def put(self, depth: float, text: str, left: float = LEFT, size: float = 10.0, style: str = "") -> float:
        """Print one line; return where it ends."""
        self.set_font("Times", style, size)
        self.text(left, depth, text)
        return left + self.get_string_width(text)

    def block(self, depth: float, lines: list[str], left: float = LEFT) -> float:
        """Print lines under each other; return the depth of the next one."""
        for line in lines:
            self.put(depth, line, left)
            depth += LEADING
        return depth

    def read(self) -> Parts:
        return parts(bytes(self.output()), "paper.pdf")


def texts(found: Parts) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def left_out(found: Parts, kind: str) -> list[tuple[str, int | None]]:
    return [(piece.text, piece.page) for piece in found.left_out if piece.kind == kind]


FIRST = [
    "The Committee considered the report of the Secretary-General at its third and fourth meetings and",
    "took note of the views expressed by delegations on the protection of migrants in transit, in which",
    "20 plenary meetings had been held since the adoption of the Compact.",
]
SECOND = [
    "It decided to continue its consideration of the item at the following session, on the basis of the",
    "2030 Agenda for Sustainable Development and of the reports of the regional commissions.",
]


def test_wrapped_lines_join_and_a_number_that_begins_a_line_begins_no_paragraph() -> None:
    paper = Paper()
    paper.add_page()
    paper.block(paper.block(100, FIRST) + 8, SECOND)
    found = paper.read()
    assert texts(found) == [" ".join(FIRST), " ".join(SECOND)]
    assert [paragraph.page for paragraph in found.paragraphs] == [1, 1]


def test_a_heading_stands_alone_and_is_short() -> None:
    paper = Paper()
    paper.add_page()
    paper.put(100, "Decision 39/3", style="B")
    paper.block(118, FIRST)
    found = paper.read()
    assert [(paragraph.text, paragraph.short) for paragraph in found.paragraphs] == [
        ("Decision 39/3", True),
        (" ".join(FIRST), False),
    ]


def test_a_line_in_bold_is_no_part_of_the_text_right_below_it() -> None:
    paper = Paper()
    paper.add_page()
    paper.put(100, FIRST[0], style="B")
    paper.block(112, FIRST)
    assert texts(paper.read()) == [FIRST[0], " ".join(FIRST)]


def test_letters_in_order_begin_items_though_neither_space_nor_gap_parts_them() -> None:
    items = [
        f"({letter}) Ensure that all migrants have access to justice in the country where they are;" for letter in "abc"
    ]
    paper = Paper()
    paper.add_page()
    paper.block(100, items)
    assert texts(paper.read()) == items


def test_running_heads_and_page_numbers_are_left_out_and_told_apart() -> None:
    paper = Paper()
    for page, body in enumerate((FIRST, SECOND, FIRST), 1):
        paper.add_page()
        paper.put(40, "A/80/48", style="B", size=9)
        paper.put(755, "Human rights and humanitarian affairs", size=9)
        paper.block(100, body)
        paper.put(770, str(page), size=9)
    found = paper.read()
    # On the first page the symbol belongs to the title.
    assert texts(found) == ["A/80/48", " ".join(FIRST), " ".join(SECOND), " ".join(FIRST)]
    foot = "Human rights and humanitarian affairs"
    assert left_out(found, "running head") == [(foot, 1), ("A/80/48", 2), (foot, 2), ("A/80/48", 3), (foot, 3)]
    assert left_out(found, "page number") == [("1", 1), ("2", 2), ("3", 3)]


def test_a_footnote_and_its_mark_are_left_out_and_listed() -> None:
    paper = Paper()
    paper.add_page()
    depth = paper.block(100, FIRST[:1])
    end = paper.put(depth, "took note of the convention of 1951 on the rights of everybody.")
    paper.put(depth - 3, "1", left=end, size=6)
    depth += 20
    end = paper.put(depth, "Vehicles on the 10 km of road of the 21")
    paper.put(depth - 3, "st", left=end, size=6)
    paper.put(700 - 3, "1", left=LEFT, size=6)
    paper.put(700, "United Nations, Treaty Series, vol. 189, No. 2545,", left=LEFT + 8, size=8.5)
    paper.put(710, "page 137.", left=LEFT + 8, size=8.5)
    found = paper.read()
    assert texts(found) == [
        FIRST[0] + " took note of the convention of 1951 on the rights of everybody.",
        "Vehicles on the 10 km of road of the 21st",
    ]
    assert left_out(found, "footnote") == [("1 United Nations, Treaty Series, vol. 189, No. 2545, page 137.", 1)]
    assert left_out(found, "footnote mark") == [("1", 1)]


def test_marks_of_old_papers_go_where_a_footnote_begins_with_them_and_stay_elsewhere() -> None:
    paper = Paper()
    paper.add_page()
    paper.block(100, [*FIRST[:1], "the report 1/ of the year 3/ and of the mission 2/, and the", "1/ plan"])
    paper.put(690, "____________", size=8.5)
    paper.put(700, "1/ A/48/803.", size=8.5)
    paper.put(710, "2/ See A/C.5/48/SR.59.", size=8.5)
    found = paper.read()
    assert texts(found) == [FIRST[0] + " the report of the year 3/ and of the mission, and the plan"]
    assert left_out(found, "footnote mark") == [("1/", 1), ("2/", 1), ("1/", 1)]


def test_two_columns_are_read_one_after_the_other() -> None:
    paper = Paper()
    paper.add_page()
    left = [f"Left line {number} of a column that is full to its end" for number in range(1, 9)]
    right = [f"right line {number} of a column that is full to its end" for number in range(1, 9)]
    for depth, (one, other) in enumerate(zip(left, right, strict=True)):
        paper.put(200 + LEADING * depth, one)
        paper.put(200 + LEADING * depth, other, left=320)
    assert texts(paper.read()) == [" ".join(left + right)]


def test_numbered_paragraphs_run_over_a_page_break() -> None:
    paper = Paper()
    paper.add_page()
    paper.put(720, "1.")
    paper.put(720, "The Committee recalled that its decision had been taken by consensus, and that", left=LEFT + 28)
    paper.put(732, "the Secretariat would report on what States had done about it before the meetings of")
    paper.add_page()
    paper.put(60, "13 December 2024 and of the year after it.")
    for number, depth in ((2, 80), (3, 98)):
        paper.put(depth, f"{number}.")
        paper.put(depth, "It took note of the report.", left=LEFT + 28)
    paper.put(116, "(a)", left=LEFT + 28)
    paper.put(116, "Of its annex;", left=LEFT + 56)
    found = paper.read()
    assert texts(found) == [
        "1. The Committee recalled that its decision had been taken by consensus, and that the Secretariat would report on "
        "what States had done about it before the meetings of 13 December 2024 and of the year after it.",
        "2. It took note of the report.",
        "3. It took note of the report.",
        "(a) Of its annex;",
    ]
    assert [paragraph.page for paragraph in found.paragraphs] == [1, 2, 2, 2]


def broken(first: str, rest: str, elsewhere: str) -> Parts:
    paper = Paper()
    paper.add_page()
    paper.block(
        100, [*FIRST[:2], "and it did so in the light of many reports on the condition of those " + first + "-"]
    )
    paper.block(136, [rest + " and of all who were with them at the time."])
    paper.block(160, [elsewhere])
    return paper.read()


def test_a_hyphen_of_the_line_goes_and_a_hyphen_of_the_word_stays() -> None:
    assert "their environment and" in texts(broken("in their environ", "ment", "The environment of the sea."))[0]
    assert "of slow-onset and" in texts(broken("of slow", "onset", "These slow-onset events go on."))[0]
    assert "of COVID-19 and" in texts(broken("of COVID", "19", "Nothing else is said here."))[0]


def test_where_nothing_tells_the_hyphen_stays_and_a_note_says_so() -> None:
    found = broken("of cost", "effective", "Nothing else is said here.")
    assert "of cost-effective and" in texts(found)[0]
    assert any("cost-effective" in note for note in found.notes)


def test_a_page_on_its_side_is_read_like_one_that_stands() -> None:
    paper = Paper()
    paper.add_page()
    for number, line in enumerate(FIRST):
        with paper.rotation(90, 300 + LEADING * number, 600):
            paper.put(600, line, left=300 + LEADING * number)
    assert texts(paper.read()) == [" ".join(FIRST)]


@pytest.mark.parametrize("mirrored", [True, False], ids=["as typists do", "the wrong way round"])
def test_brackets_of_arabic_are_read_as_they_are_printed(mirrored: bool) -> None:
    typed = ["(أ) تعزيز التعاون الدولي (بصرف النظر عن وضعهم) مع المفوضية السامية؛", "(ب) في هذا المجال."]
    paper = Paper()
    paper.add_page()
    paper.add_font("DejaVu", fname=Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")
    paper.set_font("DejaVu", size=11)
    turned = str.maketrans("()", ")(")
    for number, line in enumerate(typed):
        drawn = line[::-1].translate(turned if mirrored else {})  # from the left
        paper.text(550 - paper.get_string_width(drawn), 100 + 30 * number, drawn)
    assert texts(paper.read()) == [line if mirrored else line.translate(turned) for line in typed]


def scan() -> bytes:
    paper = Paper()
    paper.add_page()
    paper.image(Image.new("L", (40, 40), 200), 50, 50, 400, 600)
    return bytes(paper.output())


def locked() -> bytes:
    paper = Paper()
    paper.add_page()
    paper.block(100, FIRST)
    paper.set_encryption(owner_password="owner", user_password="user")
    return bytes(paper.output())


def no_pages() -> bytes:
    document = pdfium.PdfDocument.new()
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def cut_short() -> bytes:
    paper = Paper()
    paper.add_page()
    paper.block(100, FIRST)
    return bytes(paper.output())[:200]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (scan, "is a scan"),
        (locked, "needs a password"),
        (no_pages, "no pages"),
        (cut_short, "damaged"),
        (lambda: b"", "is not a PDF"),
        (lambda: b"PK\x03\x04" + bytes(range(256)) * 40, "is not a PDF"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(FileRefusedError, match=says) as refused:
        parts(make(), "paper.pdf")
    assert str(refused.value).startswith("paper.pdf")


def test_too_many_pages_are_refused() -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(3_001):
        document.new_page(10, 10)
    target = BytesIO()
    document.save(target)
    with pytest.raises(FileRefusedError, match="3,001 pages"):
        parts(target.getvalue(), "paper.pdf")


# Real files

FILES = Path(__file__).parents[3] / "shared/eval/files"
GOLD: list[dict[str, Any]] = []
if (FILES / "gold.jsonl").is_file():
    GOLD = [json.loads(line) for line in (FILES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
SCANS = {"A_45_696_Add.1.en.pdf", "1971-10-25_GA_Resolution_2758_ru.pdf"}
ASKED = [gold for gold in GOLD if gold["file"].endswith(".pdf") and gold["file"] not in SCANS]
READABLE = sorted({gold["file"] for gold in ASKED})
at_hand = pytest.mark.skipif(not FILES.is_dir(), reason=f"the real UN files are not at {FILES}")
_READ: dict[str, Parts] = {}


def read(name: str) -> Parts:
    if name not in _READ:
        _READ[name] = parts((FILES / name).read_bytes(), name)
    return _READ[name]


def tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def number(label: str) -> str:
    """The printed number that a label of the gold names: "para. 2 (e)" is printed "(e)"; "" for one without."""
    found = re.fullmatch(r"para\. ([\d.]+)(?: \((\w)\))?", label)
    return "" if found is None else found[2] or found[1]


@at_hand
@pytest.mark.parametrize("gold", ASKED, ids=[f"{gold['file']}-{gold['label']}" for gold in ASKED])
def test_a_paragraph_of_a_real_file_is_found_whole_with_its_number(gold: dict[str, Any]) -> None:
    begins = re.compile(r"[(]?" + re.escape(number(gold["label"])) + r"[.)]*" + re.escape(tight(gold["starts"])))
    found = [tight(text) for text in texts(read(gold["file"]))]
    assert [text for text in found if begins.match(text) and text.endswith(tight(gold["ends"]))]


@at_hand
@pytest.mark.parametrize("name", READABLE)
def test_every_character_of_a_real_file_is_in_the_text_or_left_out(name: str) -> None:
    document = pdfium.PdfDocument((FILES / name).read_bytes())
    layer = characters("".join(page.get_textpage().get_text_range() for page in document))
    found = read(name)
    ours = characters("".join([*texts(found), *(piece.text for piece in found.left_out)]))
    breaks = layer.pop("￾", 0) + layer.pop("\x02", 0)  # hyphens at a line's end, which may be soft
    hyphens, theirs = ours.pop("-", 0), layer.pop("-", 0)
    assert ours == layer
    assert 0 <= hyphens - theirs <= breaks


def characters(text: str) -> Counter[str]:
    """The characters of a text but white space and soft hyphens, ligatures taken apart."""
    apart = (unicodedata.normalize("NFKC", char) if "ﬀ" <= char <= "ﬆ" else char for char in text)
    return Counter(char for char in "".join(apart) if not char.isspace() and char != "\xad")


@at_hand
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("A_45_696_Add.1.en.pdf", "is a scan"),
        ("1971-10-25_GA_Resolution_2758_ru.pdf", "is a scan"),
        ("S_2025_354.en.pdf", "lost letters of its Arabic text"),
        ("A_78_1.en.pdf", "error page"),
    ],
)
def test_a_real_file_that_cannot_be_quoted_is_refused(name: str, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        read(name)


@at_hand
def test_marks_of_notes_are_taken_out_of_a_real_file_and_headings_stand_alone() -> None:
    found = read("A_80_48.en.pdf")
    assert "Decision 39/3" in texts(found)
    assert ("5", 9) in left_out(found, "footnote mark")
    assert any(note.startswith("5 Marie McAuliffe") for note, _ in left_out(found, "footnote"))


@at_hand
def test_a_narrow_space_after_a_word_in_italics_is_kept() -> None:
    assert any(text.startswith("6. Calls for deep") for text in texts(read("A_HRC_RES_59_25.en.pdf")))


@at_hand
def test_lam_and_alif_drawn_as_one_are_read_in_their_order() -> None:
    document = pdfium.PdfDocument((FILES / "S_2025_354.en.pdf").read_bytes())
    page = document[1]
    textpage = page.get_textpage()
    lines = read_page(page, 2, textpage.count_chars(), textpage).lines
    assert "[الأصل بالعربية]" in [line.text for line in lines]

"""Arabic in PDFs: whatever the order of the text layer, what is read is what is printed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib
import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]
import pytest
from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection, TextMode

from index.errors import FileRefusedError
from index.readers.parts import Parts
from index.readers.pdf import parts

FONT = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
RIGHT, SIZE, DEPTH = 550.0, 11, 30
"""Points: where lines begin, the font's size, from line to line."""
TYPED = [
    "إذ تشير إلى قرارها 77/176 المؤرخ 14 كانون الأول (ديسمبر) 2022،",
    "للفترة 2015-2030، والتقرير A/HRC/20/24 الصادر في جنيف",
    "القرار 217 ألف (د-3) والوثيقة (A/RES/70/1) في 25 أيلول 2015؛",
    "(أ) المعنون ”خطة عام 2030“ [انظر المرفق] «كما ورد»",
    "الأمم المتحدة، Treaty Series, vol. 2545, No. 189، وما بعدها",
    "في الفقرات 3.1 و 1,200 و ٢٥ من ٣٩/٤ أعلاه.",
    "United Nations, Treaty Series, vol. 2225, No. 39574.",
]

MIRROR = dict(zip("()[]«»", ")(][»«", strict=True))
Order = Callable[[list[tuple[float, str]]], Sequence[tuple[float, str]]]


def printed(typed: str, rtl: bool = True) -> str:
    """A line as it is printed, from left to right, by an implementation of UAX #9 that is not ours."""
    if not any("ء" <= char <= "ي" for char in typed):
        return typed
    direction = TextDirection.RTL if rtl else TextDirection.LTR
    order = BidiParagraph(text=typed, base_direction=direction).reorder_resolved_levels()
    return "".join(
        MIRROR.get(char.character, char.character) if char.embedding_level % 2 else char.character for char in order
    )


def pdf(lines: Sequence[str], order: Order, hidden: bool = False) -> bytes:
    """Lines, each as printed from left to right, their glyphs put into the file one by one in some order."""
    paper = FPDF(unit="pt", format="letter")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    paper.set_font("DejaVu", size=SIZE)
    paper.text_mode = TextMode.INVISIBLE if hidden else TextMode.FILL
    for number, line in enumerate(lines, 1):
        x = RIGHT - paper.get_string_width(line)
        placed: list[tuple[float, str]] = []
        for char in line:
            placed.append((x, char))
            x += paper.get_string_width(char)
        for left, char in order(placed):
            paper.text(left, 60 + DEPTH * number, char)
    return bytes(paper.output())


def shuffled(placed: list[tuple[float, str]]) -> list[tuple[float, str]]:
    return random.Random(7).sample(placed, len(placed))


ORDERS: dict[str, Order] = {
    "from the left": lambda placed: placed,
    "from the right": lambda placed: placed[::-1],
    "in any order": shuffled,
}


def texts(found: Parts) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize("order", ORDERS)
def test_what_is_read_is_what_is_printed_whatever_the_order_in_the_file(order: str) -> None:
    found = parts(pdf([printed(line) for line in TYPED], ORDERS[order]), "paper.pdf")
    assert " ".join(texts(found)) == " ".join(TYPED)


def test_a_line_drawn_as_one_string_from_the_left_is_read_from_the_right() -> None:
    line = "يعيد تأكيد القرار 77/176 (الفقرة 12) المؤرخ 2030"
    paper = FPDF(unit="pt", format="letter")
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    paper.set_font("DejaVu", size=SIZE)
    paper.text(RIGHT - paper.get_string_width(line), 90, printed(line))
    assert texts(parts(bytes(paper.output()), "paper.pdf")) == [line]


def test_arabic_words_of_an_english_line_are_read_from_the_right() -> None:
    line = "The word التنمية (تنمية) means development, as in التنمية المستدامة of 2030."
    assert texts(parts(pdf([printed(line, rtl=False)], shuffled), "paper.pdf")) == [line]


@pytest.mark.parametrize("turned", [True, False], ids=["as printed", "as typed"])
def test_brackets_that_cannot_be_seen_are_read_the_way_they_pair(turned: bool) -> None:
    lines = ["في (الفقرة) الأولى من القرار", "وفي (الفقرة) الثانية من القرار"]
    drawn = [printed(line) if turned else line[::-1] for line in lines]
    found = parts(pdf(drawn, ORDERS["from the left"], hidden=True), "paper.pdf")
    assert " ".join(texts(found)) == " ".join(lines)


def test_brackets_that_cannot_be_seen_and_close_before_they_open_are_refused() -> None:
    lines = ["في (الفقرة) الأولى", "وفي )الفقرة( الثانية", "ثم (الثالثة) وما بعدها"]
    drawn = [line[::-1].translate(str.maketrans("()", ")(")) for line in lines]
    with pytest.raises(
        FileRefusedError, match=r"out of order \(on page 1 brackets close before they open\); bring the Word"
    ):
        parts(pdf(drawn, ORDERS["from the left"], hidden=True), "paper.pdf")


def test_years_that_run_backwards_are_refused() -> None:
    lines = ["خطة التنمية لعام 0302", "والقرار المؤرخ 5102"]
    with pytest.raises(FileRefusedError, match=r"out of order \(years run backwards\); bring the Word"):
        parts(pdf([printed(line) for line in lines], ORDERS["from the left"]), "paper.pdf")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_an_arabic_layer_of_tesseract_is_read_in_order_and_marked_as_recognised(tmp_path: Path) -> None:
    lines = ["إذ تشير إلى قرارها 77/176 المؤرخ 14 كانون الأول 2022", "وإذ تشير إلى خطة عام 2030 المعتمدة في جنيف"]
    page = pdfium.PdfDocument(pdf([printed(line) for line in lines], ORDERS["from the left"]))[0]
    page.render(scale=300 / 72).to_pil().save(tmp_path / "scan.png", dpi=(300, 300))
    command = ["tesseract", str(tmp_path / "scan.png"), str(tmp_path / "scan"), "-l", "ara", "--psm", "6", "pdf", "txt"]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("needs Tesseract's Arabic")
    found = parts((tmp_path / "scan.pdf").read_bytes(), "scan.pdf")
    recognised = re.sub("[\u200e\u200f\u202a-\u202e]", "", (tmp_path / "scan.txt").read_text(encoding="utf-8"))
    assert " ".join(texts(found)).split() == recognised.split()
    assert "77/176" in recognised and "2030" in recognised
    assert found.from_picture


FATHA, KASRA = "\u064e", "\u0650"
NOTE = (
    "At {} letters of Arabic lines that stand close together it cannot be told whether a vowel sign is theirs; "
    "\ufffd stands behind each."
)


def close(signs: Sequence[tuple[str, float]], pitch: float, beside: float | None = None) -> bytes:
    """Two words, one `pitch` points above the other, and signs at the middle letter of both, each so many points above the
    lower baseline; and a line of another column, `beside` points above it."""
    paper = FPDF(unit="pt", format="letter")
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    paper.set_font("DejaVu", size=SIZE)
    for word, height in (("عمل", pitch), ("نمو", 0.0)):
        paper.text(500 + paper.get_string_width(word[1]), 200 - height, word[0])
        paper.text(500, 200 - height, word[1])
        paper.text(500 - paper.get_string_width(word[2]), 200 - height, word[2])
    for sign, height in signs:
        paper.text(500.5, 200 - height, sign)
    if beside is not None:
        paper.text(60, 200 - beside, printed("إلى الأمام إلى الأمام"))
    return bytes(paper.output())


def test_a_sign_goes_to_the_letter_that_its_ink_stands_at() -> None:
    assert texts(parts(close([(FATHA, 0)], pitch=14), "paper.pdf")) == ["عمل نمَو"]
    assert texts(parts(close([(KASRA, 14)], pitch=14), "paper.pdf")) == ["عمِل نمو"]
    assert texts(parts(close([(FATHA, 14), (KASRA, 0)], pitch=14), "paper.pdf")) == ["عمَل نمِو"]


def test_a_line_of_another_column_takes_no_sign_to_its_height() -> None:
    found = parts(close([(FATHA, 3.6)], pitch=13, beside=7), "paper.pdf")
    assert "نمَو" in " ".join(texts(found))
    assert FATHA not in " ".join(texts(found)).replace("نمَو", "")


def test_a_sign_of_one_of_two_lines_is_shown_as_unknown_in_both() -> None:
    found = parts(close([(FATHA, 1.1)], pitch=7), "paper.pdf")
    assert " ".join(texts(found)) == "عم\ufffdل نم\ufffdو"
    assert found.notes == (NOTE.format(2),)


def test_a_letter_that_has_a_sign_does_not_take_the_same_again() -> None:
    assert " ".join(texts(parts(close([(FATHA, 1.1), (FATHA, 7)], pitch=7), "paper.pdf"))) == "عمَل نمَو"


def test_a_sign_far_from_any_letter_is_shown_as_unknown() -> None:
    found = parts(close([(FATHA, -60)], pitch=14), "paper.pdf")
    assert " ".join(texts(found)).split() == ["عمل", "نمو", "\ufffd"]
    assert found.notes == (NOTE.format(1),)


def test_many_signs_that_may_belong_to_two_lines_are_refused() -> None:
    signs = [(FATHA, 1.1), ("\u064f", 1.1)]
    with pytest.raises(FileRefusedError, match="so close that 4 letters may have the vowel signs of others; bring"):
        parts(close(signs, pitch=7), "paper.pdf")


def test_a_stroke_that_lengthens_a_word_is_no_character_of_it() -> None:
    paper = FPDF(unit="pt", format="letter")
    paper.add_page()
    paper.add_font("DejaVu", fname=FONT)
    paper.set_font("DejaVu", size=SIZE)
    x = RIGHT
    for char in "التنم":
        x -= paper.get_string_width(char)
        paper.text(x, 90, char)
    with paper.local_context(text_mode=TextMode.FILL):
        paper.set_stretching(250)  # an em dash is a flat stroke; laid upon the baseline it looks like a kashida
        x -= paper.get_string_width("—")
        paper.text(x, 90 + 3.4, "—")
        paper.set_stretching(100)
    for char in "ية":
        x -= paper.get_string_width(char)
        paper.text(x, 90, char)
    found = parts(bytes(paper.output()), "paper.pdf")
    assert texts(found) == ["التنمية"]
    assert any(note.startswith("1 strokes") for note in found.notes)

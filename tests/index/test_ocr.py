"""Pages that are pictures, read by the real Tesseract; `.ci/run` installs it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont

from index.clause import Given
from index.errors import FileRefusedError
from index.library import Library
from index.readers.pdf_ocr import INSTALL
from rag.cite import cite_clause

LINES = (
    "A/85/12/Add.1",
    "",
    "1. Remittances are private funds and should not be",
    "treated as public resources of the country.",
    "",
    "2. Schools teach all children to read and to write,",
    "whatever their papers say.",
)
Write = Callable[[str, bytes], Path]


def picture(lines: tuple[str, ...], size: int = 44) -> Image.Image:
    """A page of A4 at 200 dots an inch."""
    page = Image.new("L", (1654, 2339), 255)
    font = ImageFont.truetype(str(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf"), size)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((160, 200 + 75 * number), line, fill=0, font=font)
    return page


def as_pdf(*pages: Image.Image) -> bytes:
    target = BytesIO()
    pages[0].save(target, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    return target.getvalue()


def test_a_scan_is_read_only_where_it_is_asked_for_and_says_so_in_every_citation(small: Library, file: Write) -> None:
    if shutil.which("tesseract") is None:
        pytest.fail("Tesseract is not installed: apt install tesseract-ocr")
    scan = file("scan.pdf", as_pdf(picture(LINES)))
    with pytest.raises(FileRefusedError, match=r"is a scan.*--ocr"):
        small.add(scan)
    small.add(scan, ocr=True)
    (document,) = small.snapshot().documents
    assert document.from_picture and document.symbol == "A/85/12/Add.1" and document.language == "en"
    assert "read from pictures of its pages by Tesseract" in document.notes[0]
    first, second = small.snapshot().clauses
    assert first.text == "Remittances are private funds and should not be treated as public resources of the country."
    assert second.text.startswith("Schools teach all children") and (second.page, second.path[-1].number) == (1, "2")
    assert cite_clause(document, first, "en") == "A/85/12/Add.1, para. 1, read from a picture of the page"


def test_what_tesseract_is_not_sure_of_is_refused(small: Library, file: Write) -> None:
    noise = Image.effect_noise((1654, 2339), 120)  # which may be taken for any script, so its language is given
    with pytest.raises(FileRefusedError, match=r"well enough to be quoted|shows no text"):
        small.add(file("noise.pdf", as_pdf(noise)), given=Given(language="en"), ocr=True)
    assert small.snapshot().documents == ()


def test_without_tesseract_it_is_said_how_to_get_it(
    small: Library, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileRefusedError, match="needs Tesseract") as error:
        small.add(file("scan.pdf", as_pdf(picture(LINES))), ocr=True)
    assert INSTALL in str(error.value)

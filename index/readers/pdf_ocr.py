"""Pages that are pictures: read by Tesseract, where it is installed, into the lines that a text layer would give."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped, unused-ignore]

from index.errors import FileRefusedError
from index.language import detect
from index.readers.pdf_layout import Line, Page
from index.readers.text import MARK

DOTS = 300
"""Dots an inch at which pages are drawn; Tesseract is made for 300."""
PAGE_SECONDS = 120
SMALL = 0.8
"""Share of the usual height of a line from which down it is small print."""
TRAINED = {"ar": "ara", "zh": "chi_sim", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
"""Tesseract's names of the languages."""
SCRIPTS = {"Latin": ("en", "fr", "es"), "Cyrillic": ("ru",), "Arabic": ("ar",), "Han": ("zh",)}
EM = 1.3
"""Size of a font by the usual height of its words, some of which have neither "l" nor "g"."""
LEAST_SURE = 70.0
"""Per cent; a page read with the data of another language has some 30, a clean scan above 90."""
_BETWEEN_WIDE = re.compile(r"(?<=[⺀-鿿豈-﫿＀-￮　-〿]) (?=[⺀-鿿豈-﫿＀-￮　-〿])")
INSTALL = "`apt install tesseract-ocr tesseract-ocr-fra …`, `brew install tesseract tesseract-lang`"


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[str, str, str]
    left: float
    right: float
    foot: float
    height: float
    """Pixels; `foot` counts from the top."""
    sure: float
    """Per cent."""
    text: str


def read_pictures(document: pdfium.PdfDocument, name: str, language: str | None) -> tuple[list[Page], str]:
    """The pages of a document as Tesseract reads them, and a sentence on how sure it was.

    language: of the text, if it is known; else each page's script tells, and of Latin ones the first page with text. Raises
    FileRefusedError where Tesseract or a language's data is not installed, and where it was too unsure to be quoted.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise FileRefusedError(f"{name} must be read from its pictures, which needs Tesseract: {INSTALL}.")
    installed = set(_run([program, "--list-langs"], b"", name).decode().split())
    pages: list[list[_Word]] = []
    heights: list[float] = []
    latin: str | None = None
    for number in range(len(document)):
        picture = _png(document[number], heights)
        script = _script(program, picture, name) if language is None else ""
        wanted = (language,) if language else (latin,) if latin and script == "Latin" else SCRIPTS.get(script, ())
        trained = [TRAINED[one] for one in wanted if TRAINED[one] in installed]
        if wanted and not trained:
            raise FileRefusedError(
                f'Tesseract has no data for the language of {name} ("{TRAINED[wanted[0]]}"): {INSTALL}.'
            )
        words = _words(program, picture, "+".join(trained), name) if trained else []
        if script == "Latin" and latin is None and len(words) > 50:
            latin = detect(" ".join(word.text for word in words))
        pages.append(words)
    sure = statistics.fmean([word.sure for words in pages for word in words] or [0.0])
    if sure < LEAST_SURE:
        raise FileRefusedError(
            f"{name} cannot be read from its pictures well enough to be quoted (Tesseract was sure to {sure:.0f} %); bring the "
            "Word or HTML version, or a better scan."
        )
    said = (
        f"{name} was read from pictures of its pages by Tesseract, which was sure of its words to {sure:.0f} % on average; "
        "compare a quotation with the page before you print it."
    )
    usual = statistics.median([word.height for words in pages for word in words])
    return [_page(words, n, heights[n - 1], usual) for n, words in enumerate(pages, 1)], said


def _script(program: str, picture: bytes, name: str) -> str:
    """The script of a page; of one with too few letters to tell the Latin one."""
    try:
        said = _run([program, "stdin", "stdout", "--psm", "0", "-l", "osd"], picture, name).decode()
    except FileRefusedError:  # it fails on an empty page
        return "Latin"
    found = re.search(r"^Script: (\w+)$", said, re.MULTILINE)
    return found.group(1) if found else "Latin"


def _png(page: pdfium.PdfPage, heights: list[float]) -> bytes:
    heights.append(page.get_height())
    drawn = io.BytesIO()
    page.render(scale=DOTS / 72, grayscale=True).to_pil().save(drawn, "PNG")
    return drawn.getvalue()


def _run(command: Sequence[str], data: bytes, name: str) -> bytes:
    """Everything goes through pipes: a reader writes no file."""
    try:
        one_core = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads wait for each other more than they read
        done = subprocess.run(command, input=data, capture_output=True, timeout=PAGE_SECONDS, check=True, env=one_core)
        return done.stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise FileRefusedError(f"{name} could not be read by Tesseract ({type(error).__name__}).") from error


def _words(program: str, picture: bytes, languages: str, name: str) -> list[_Word]:
    said = _run([program, "stdin", "stdout", "-l", languages, "--dpi", str(DOTS), "tsv"], picture, name)
    rows = csv.DictReader(io.StringIO(said.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        _Word(
            (row["block_num"], row["par_num"], row["line_num"]), float(row["left"]),
            float(row["left"]) + float(row["width"]), float(row["top"]) + float(row["height"]), float(row["height"]),
            float(row["conf"]), row["text"].strip(),
        )
        for row in rows
        if row["level"] == "5" and row["text"] and row["text"].strip()
    ]  # fmt: skip


def _page(words: Sequence[_Word], number: int, height: float, usual: float) -> Page:
    lines = list(_lines(words, number, height, usual))
    width = max((word.right for word in words), default=0.0) * 72 / DOTS
    return Page(number, width, height, tuple(lines), 0, sum(len(line.text) for line in lines))


def _lines(words: Sequence[_Word], number: int, height: float, usual: float) -> Iterator[Line]:
    rtl = detect(" ".join(word.text for word in words)) == "ar"
    points = 72 / DOTS
    column, above, reach = 0, float("inf"), (0.0, 0.0)
    for _, group in groupby(words, key=lambda word: word.line):
        own = list(group)
        left, right = min(word.left for word in own), max(word.right for word in own)
        size = statistics.median(word.height for word in own)
        starts = [(right - word.right if rtl else word.left - left) for word in own]
        first = own[0].right - own[0].left
        gap = starts[1] - first if len(own) > 1 else 0.0
        begin = (-right if rtl else left) * points  # mirrored: x0 is where reading begins
        small = SMALL if size < SMALL * usual else 1.0
        base = height - _baseline(own) * points
        if base > above or right < reach[0] or left > reach[1]:
            column += 1  # the reading goes up or aside
        above, reach = base, (left, right)
        yield Line(
            text=_BETWEEN_WIDE.sub("", " ".join(word.text for word in own)), page=number, x0=begin,
            x1=begin + (right - left) * points, base=base,
            size=round(usual * EM * points * small, 1), bold=False, column=column,
            second=begin + (starts[1] * points if gap > 1.2 * usual else 0.0), first_word=first * points,
        )  # fmt: skip


def _baseline(words: Sequence[_Word]) -> float:
    """Of a line, in pixels from the top: where those words end that have nothing below it ("g", "p")."""
    feet = sorted(word.foot for word in words)
    return feet[len(feet) // 4]


FAR = 1.4
"""Times the usual distance of lines from which on a line begins a paragraph; what is read from pictures wavers."""
INDENT = 1.0
"""Sizes of the font by which a line that begins a paragraph is set in, at least."""


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines that were read from pictures to paragraphs, with wider margins than those of a text layer."""
    steps = [a.base - b.base for a, b in pairwise(lines) if _together(a, b) and 0 < a.base - b.base < 4 * a.size]
    usual = statistics.median(steps or [0.0])
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _begins(line, groups[-1][-1], groups[-1], usual):
            groups.append([])
        groups[-1].append(line)
    return groups


def _together(one: Line, other: Line) -> bool:
    return (one.page, one.column) == (other.page, other.column)


def _begins(line: Line, before: Line, group: Sequence[Line], usual: float) -> bool:
    ended = before.text.rstrip("\"'”’»)").endswith((".", ":", ";", "。", "；", "?", "!"))
    if MARK.match(line.text) and (ended or line.x0 > before.x0 + INDENT * line.size / 2 or len(group) == 1):
        return True
    if not _together(line, before):
        return ended
    if before.base - line.base > FAR * usual:
        return True
    widest = max(one.x1 for one in group)
    set_in = line.x0 - min(one.x0 for one in group) > INDENT * line.size
    return (set_in and len(group) > 1) or (ended and (set_in or before.x1 < widest - 4 * line.size))

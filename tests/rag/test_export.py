"""Notebooks and conversations as files, read back."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from docx import Document as read_word
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from index.clause import Given
from index.language import LANGUAGES
from index.library import Library
from prompts import message
from rag.answer import Answer
from rag.ask import ask
from rag.export.export import ExportError, export_conversation, export_notebook, exported_text
from rag.export.papers import Exchange
from rag.notebook import Pin, pin_at
from rag.reference import cited
from tests.rag.test_cli import run

TODAY = datetime.date(2031, 12, 14)
NOW = datetime.datetime(2031, 12, 14, tzinfo=datetime.UTC)
SAID = {
    "en": ("A/RES/85/9", "Notes *that* 20 banks <b>are</b> not closed\\, see [a](b)."),
    "ar": ("A/RES/85/10", "تقرر أن يخبز الخبز كل يوم."),
    "zh": ("A/RES/85/11", "决定每天烤面包，“银行”不关门。"),
}


@pytest.fixture
def library(small: Library, file: Callable[[str, str], Path]) -> Library:
    for language, (symbol, said) in SAID.items():
        small.add(file(f"{language}.txt", f"{symbol}\n\n1. {said}\n"), given=Given(language=language, symbol=symbol))
    return small


@pytest.fixture
def pins(library: Library) -> tuple[Pin, ...]:
    found = []
    for language, (_, said) in SAID.items():
        document = next(d for d in library.snapshot().documents if d.language == language)
        start = document.text.index(said)
        span = f"{document.sha256}:{start}-{start + len(said)}"
        pin = pin_at(span, library.snapshot(), question=f"1. Who & *what*? {language} #", now=NOW)
        found.append(dataclasses.replace(pin, note=f"**mine** <i> {language}"))
    return tuple(found)


def exported(library: Library, pins: Any, form: Any, language: str = "en") -> str:
    return export_notebook(pins, form, library.snapshot(), language, TODAY).content.decode()


def html(markdown: str) -> Any:

    return LexborHTMLParser(MarkdownIt("commonmark").render(markdown))


def paragraphs(content: bytes, style: str) -> list[Any]:
    return [p for p in read_word(io.BytesIO(content)).paragraphs if p.style.name == style]


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_reads_as_the_quotations_are_printed(library: Library, pins: tuple[Pin, ...], language: str) -> None:
    page = html(exported(library, pins, "md", language))
    assert [q.text().strip() for q in page.css("blockquote")] == [said for _, said in SAID.values()]
    assert [h.text() for h in page.css("h2")] == [pin.question for pin in pins]
    assert not page.css("a, b, i, em, strong, script")
    said = page.body.text()
    assert all(f"— {symbol}" in said and f"**mine** <i> {code}" in said for code, (symbol, _) in SAID.items())
    assert library.snapshot().fingerprint in said and library.snapshot().model in said
    assert message("notebook.all_verified", language, verified=3, gone=0) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_holds_them_too_each_in_its_direction_and_font(
    library: Library, pins: tuple[Pin, ...], language: str
) -> None:
    file = export_notebook(pins, "docx", library.snapshot(), language, TODAY)
    assert file.name == "clauses-notebook-2031-12-14.docx"
    quoted = paragraphs(file.content, "Quote")
    assert [p.text for p in quoted] == [said for _, said in SAID.values()]
    assert [p._p.pPr.find(qn("w:bidi")) is not None for p in quoted] == [False, True, False]
    assert [p.runs[0]._r.rPr.find(qn("w:rtl")) is not None for p in quoted] == [False, True, False]
    chinese = quoted[2].runs[0]._r.rPr
    assert chinese.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "SimSun"
    assert chinese.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    title = paragraphs(file.content, "Title")[0]
    assert title.text == message("notebook.tab", language)
    assert (title._p.pPr.find(qn("w:bidi")) is not None) == (language == "ar")
    said = [p.text for p in paragraphs(file.content, "Caption")]
    assert sum(line.startswith("— A/RES/85/") for line in said) == 3


def test_what_word_cannot_hold_does_not_break_it(library: Library, pins: tuple[Pin, ...]) -> None:
    odd = dataclasses.replace(pins[0], note="a\x00b\ud800c\x0bd", question="\x07?")
    content = export_notebook([odd], "docx", library.snapshot(), "en", TODAY).content
    assert "a\ufffdb\ufffdc d" in [p.text.removeprefix("Note: ") for p in paragraphs(content, "Normal")]
    assert exported(library, [odd], "md")


def test_bibliographies_cite_each_clause_once(library: Library, pins: tuple[Pin, ...]) -> None:
    twice = [*pins, dataclasses.replace(pins[0], end=pins[0].start + 5, text=pins[0].text[:5])]
    entries = bibtexparser.parse_string(exported(library, twice, "bib")).entries
    assert [entry["number"] for entry in entries] == [symbol for symbol, _ in SAID.values()]
    assert len({entry.key for entry in entries}) == 3
    assert [row["accession_number"] for row in rispy.loads(exported(library, twice, "ris"))] == [
        s for s, _ in SAID.values()
    ]
    assert [row["number"] for row in json.loads(exported(library, twice, "json"))] == [s for s, _ in SAID.values()]
    assert exported(library, twice, "txt", "fr").splitlines()[2].endswith("par. 1")


def test_no_two_entries_have_one_key(small: Library, file: Callable[[str, str], Path]) -> None:
    for name, said in (("甲", "Bread is baked daily."), ("乙", "Banks are open daily.")):
        small.add(file(f"{name}.txt", f"1. {said}\n"))
    snapshot = small.snapshot()
    assert [clause.id for clause in snapshot.clauses] == ["甲#1", "乙#1"]
    written = cited(snapshot.clauses, snapshot, "en", "bibtex")
    assert [entry.key for entry in bibtexparser.parse_string(written).entries] == ["1", "1-2"]
    assert [row["id"] for row in json.loads(cited(snapshot.clauses, snapshot, "en", "csl-json"))] == ["1", "1-2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_gone_is_said_and_counted_and_its_text_is_nowhere(
    library: Library, pins: tuple[Pin, ...], language: str
) -> None:
    tampered = dataclasses.replace(pins[0], text=pins[0].text.replace("20", "30"))
    library.remove(next(d.slug for d in library.snapshot().documents if d.language == "zh"))
    now = [tampered, *pins[1:]]
    said = exported(library, now, "md", language)
    word = export_notebook(now, "docx", library.snapshot(), language, TODAY)
    for text in (html(said).body.text(), "\n".join(p.text for p in read_word(io.BytesIO(word.content)).paragraphs)):
        assert text.count(message("notebook.gone", language)) == 2
        assert "20 banks" not in text and "30 banks" not in text and "面包" not in text and SAID["ar"][1] in text
        assert "**mine** <i> zh" in text  # the note is the visitor's own
    assert (word.verified, word.gone) == (1, 2)
    counted = message("notebook.counted", language, verified=1, gone=2)
    assert exported_text(word, language).endswith(counted)
    assert exported(library, now, "txt", language).endswith(f"{counted}\n")
    assert len(json.loads(exported(library, now, "json", language))) == 1
    with pytest.raises(ExportError):
        exported(library, [tampered], "ris", language)


def test_a_conversation_has_its_answers_and_its_refusals_as_such(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    answered = ask("What is the Colombo Process?", brussels)
    near = dataclasses.replace(answered, refused=True, quotes=(), nearest=answered.quotes[0])
    refused = ask("Who won the football world cup of 1998?", brussels)
    assert answered.quotes and refused.refused
    talk = [Exchange(a.question, a) for a in (answered, near, refused)] + [Exchange("Stopped?", None)]
    page = html(export_conversation(talk, "md", snapshot, "en", TODAY).content.decode())
    assert [h.text() for h in page.css("h2")] == [e.question for e in talk]
    quoted = [q.text().strip() for q in page.css("blockquote")]
    assert quoted[: len(answered.quotes) + 1] == [q.text for q in answered.quotes] + [answered.quotes[0].text]
    said = page.body.text()
    assert message("nearest", "en") in said and "No answer was given." in said
    assert said.count(f"Library {answered.fingerprint}, model {answered.model}") == 4
    assert "Exported on 14 December 2031" in said and "Confidence: " in said
    file = export_conversation(talk, "docx", snapshot, "en", TODAY)
    assert [p.text for p in paragraphs(file.content, "Quote")] == quoted
    assert file.verified == len(quoted)


def test_an_altered_quotation_of_a_conversation_is_not_exported(brussels: Library) -> None:
    answer: Answer = ask("What is the Colombo Process?", brussels)
    altered = dataclasses.replace(answer.quotes[0], text="Something else.")
    talk = [Exchange("?", dataclasses.replace(answer, quotes=(altered,)))]
    file = export_conversation(talk, "md", brussels.snapshot(), "zh", TODAY)
    assert "Something else" not in file.content.decode()
    assert (file.verified, file.gone) == (0, 1)
    with pytest.raises(ExportError):
        export_conversation([], "md", brussels.snapshot(), "en", TODAY)


def test_arabic_citations_keep_the_numbers_of_other_titles_in_place(brussels: Library) -> None:
    answer = ask("ما هي عملية كولومبو؟", brussels)
    shown = answer.quotes or (answer.nearest,)
    assert shown[0]
    file = export_conversation([Exchange(answer.question, answer)], "docx", brussels.snapshot(), "ar", TODAY)
    title = " ".join(shown[0].title.split())
    assert any(f"\u202a{title}\u202c" in p.text for p in paragraphs(file.content, "Caption"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(library: Library, pins: tuple[Pin, ...], tmp_path: Path) -> None:
    (tmp_path / "n.docx").write_bytes(export_notebook(pins, "docx", library.snapshot(), "ar", TODAY).content)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "n.docx")], check=True, capture_output=True, timeout=240)
    read = (tmp_path / "n.txt").read_text(encoding="utf-8-sig")
    assert all(said in read for _, said in SAID.values())


def test_the_command_line_exports_an_answer(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "answer.md"
    done = run(brussels.folder, "ask", "What is the Colombo Process?", "--export", str(file))
    assert (done.returncode, done.stderr) == (0, "Exported. Quotations verified: 1.\n")
    quoted = ask("What is the Colombo Process?", brussels).quotes[0].text
    assert html(file.read_text(encoding="utf-8")).css_first("blockquote").text().strip() == quoted
    done = run(brussels.folder, "ask", "What is the Colombo Process?", "--export", str(tmp_path / "answer.pdf"))
    assert done.returncode == 2 and "end it in .docx or .md" in done.stderr

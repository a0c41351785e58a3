"""The quotations of a paper checked: verdicts, what is told first, the report."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from index.language import LANGUAGES
from index.library import Library
from prompts import message
from rag.check.check import QuotationError
from rag.check.checked import Checked, Report, ReportOutdatedError, made_report, verified_report
from rag.check.checking import check_each, check_quotation, first_sentence, taken
from rag.check.difference import differences, findings
from rag.check.paper import Paper
from rag.check.quotations import quotations, whole
from rag.check.report import report_file, report_form, summary
from rag.evaluate.altered import altered
from tests.rag.test_cli import folder as folder
from tests.rag.test_cli import run
from tests.rag.test_cli import seeded as seeded

SENTENCE = "然而，所有与会者均认识到汇款系私人资金，不应作为公共资源加以处理。"
ENGLISH = (
    "1. Illegal migration is a concern; States should not treat remittances as public funds, nor count 1,115 of them.\n"
    "2. The Committee shall meet now here in 2024, and all members shall attend."
)


def one(library: Library, words: str) -> Checked:
    (found,) = quotations(f"“{words}”")
    return check_quotation(found, library.snapshot(), "en")


@pytest.fixture
def english(small: Library, file: Callable[[str, str], Path]) -> Library:
    small.add(file("english.txt", ENGLISH))
    return small


def test_a_quotation_to_the_letter_is_verbatim_wherever_it_stands(brussels: Library) -> None:
    found = one(brussels, SENTENCE)
    assert (found.verdict, found.findings, found.notes) == ("verbatim", (), ())
    assert [p.text for p in found.passages] == [SENTENCE]
    assert found.passages[0].match.label == "annex, sect. 4, para. (o)"
    wrapped = one(brussels, SENTENCE[:10] + "\n" + SENTENCE[10:])
    assert wrapped.verdict == "verbatim"


@pytest.mark.parametrize(
    ("words", "verdict", "told"),
    [
        ("treat remittances as public funds", "verbatim", ("negation_before",)),
        ("States should not treat remittances as public funds", "verbatim", ()),
        ("States should treat remittances as public funds", "differs", ("negation", "words")),
        ("nor count 1,116 of them", "differs", ("numbers", "words")),
        ("nor count 1.115 of them", "differs", ("numbers", "marks")),
        ("115 of them", "differs", ("cut",)),
        ("legal migration is a concern", "differs", ("cut",)),
        ("The Committee shall meet nowhere in 2024", "differs", ("spaces",)),
        ("the committee shall meet now here", "differs", ("case",)),
        ("The Committee shall meet now here in 2024 —", "differs", ("marks",)),
        ("The Committee may meet now here in 2024", "differs", ("words",)),
        ("The Committee shall [...] and all members", "with_omissions", ()),
        ("[t]he Committee shall meet", "with_omissions", ()),
        ("[the] Committee shall met now", "differs", ("words",)),
        ("States should … treat remittances", "with_omissions", ("negation_omitted",)),
        ("all members shall … The Committee", "differs", ("order",)),
        ("States should […] treat remitances as", "differs", ("words",)),
        ("Bread is baked in ovens on Sunday mornings", "not_found", ()),
    ],
)
def test_what_differs_is_told_the_gravest_first(
    english: Library, words: str, verdict: str, told: tuple[str, ...]
) -> None:
    found = one(english, words)
    assert (found.verdict, (*found.findings, *found.notes)) == (verdict, told)


def test_what_is_left_out_and_put_in_is_shown(brussels: Library) -> None:
    found = one(brussels, "所有与会者[各国]汇款系私人资金……公共资源")
    assert [(d.kind, d.quoted, d.printed) for d in found.differences if d.kind != "same"] == [
        ("inserted", "[各国]", "均认识到"), ("omitted", "……", "，不应作为"),
    ]  # fmt: skip
    assert "negation_omitted" in found.notes
    assert "".join(d.printed for d in found.differences) == found.passages[0].text
    assert "".join(d.quoted for d in found.differences) == found.quotation.text


def test_parts_must_stand_in_one_document(english: Library, file: Callable[[str, str], Path]) -> None:
    english.add(file("other.txt", "1. School meals cost three coins a day."))
    assert one(english, "The Committee shall meet … School meals cost").findings == ("order",)


def test_no_altered_quotation_is_verbatim(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    sentences = [d.text[s.start : s.end] for d in snapshot.documents for c in snapshot.clauses for s in c.sentences]
    squeezed = "".join(snapshot.documents[0].text.split())
    chance, tried = random.Random(7), 0
    while tried < 200:
        copy = altered(chance.choice(sentences), chance)
        if copy is None or "".join(copy.split()) in squeezed:
            continue
        tried += 1
        found = check_quotation(whole(copy, 0, len(copy)), snapshot, "zh")
        assert found.verdict not in ("verbatim", "with_omissions"), copy
        if found.verdict == "differs":
            assert found.findings
            assert "".join(d.quoted for d in found.differences) == found.quotation.text


def test_no_letter_can_be_changed_left_out_or_added(english: Library) -> None:
    words = "States should not treat remittances as public funds, nor count 1,115 of them."
    assert one(english, words).verdict == "verbatim"
    for at, letter in enumerate(words):
        if not letter.isspace():
            for other in ("", "x" if letter != "x" else "y", letter * 2):
                changed = words[:at] + other + words[at + 1 :]
                if changed.strip(".") == words.strip("."):
                    continue  # without the full stop at its end it still stands there
                found = one(english, changed)
                assert found.verdict == "differs" and found.findings, changed


def test_differences_spell_both_wordings() -> None:
    quoted, printed = "States shall  meet in 2024.", "The States should meet in 2025."
    parts = differences(quoted, printed)
    assert "".join(d.quoted for d in parts) == quoted and "".join(d.printed for d in parts) == printed
    assert [(d.quoted, d.printed) for d in parts if d.kind != "same"][1] == ("shall", "should")


@pytest.mark.parametrize(
    ("quoted", "printed", "kinds"),
    [
        ("ne doit pas", "doit", ("negation", "words")),
        ("не должны", "должны", ("negation", "words")),
        ("لا يجوز ذلك", "يجوز ذلك", ("negation", "words")),
        ("no debe", "debe", ("negation", "words")),
        ("5 % of all", "5 of all", ("numbers", "words")),
        ("–5 degrees", "5 degrees", ("numbers", "marks")),
        ("2015-2019 plan", "2015–2019 plan", ("marks",)),
        ("«текст» там", "“текст” там", ("marks",)),
        ("ab\u00adcd", "abcd", ("marks",)),
        ("非洲国家", "欧洲国家", ("words",)),
        ("résumé", "resume", ("words",)),
        ("the same\u00a0text", "the  same text", ()),
    ],
)
def test_kinds_of_difference_in_six_languages(quoted: str, printed: str, kinds: tuple[str, ...]) -> None:
    assert findings(quoted, printed) == kinds


@pytest.mark.parametrize(
    ("text", "single"),
    [
        (SENTENCE, True),
        (f"“{SENTENCE}”", True),
        (SENTENCE.replace("不应", "应"), True),
        (f"文件说：“{SENTENCE}”。", False),
        (f"Nothing here “{SENTENCE}” and “{SENTENCE[3:]}” and so on.", False),
        ("There is nothing quoted in this at all.", True),
    ],
)
def test_a_text_is_one_quotation_or_a_paper(brussels: Library, text: str, single: bool) -> None:
    assert taken(Paper("", text), brussels.snapshot())[1] is single
    assert taken(Paper("", text), brussels.snapshot(), not single)[1] is not single


def test_no_text_and_too_many_quotations_are_errors(brussels: Library) -> None:
    with pytest.raises(QuotationError, match="no text"):
        taken(Paper("", " \n"), brussels.snapshot())
    with pytest.raises(QuotationError, match="2,000"):
        taken(Paper("", "“a b c” " * 2001), brussels.snapshot())
    with pytest.raises(QuotationError, match="100,000"):
        taken(Paper("", "a" * 100_001), brussels.snapshot(), single=True)


def report_on(library: Library, text: str, language: str = "en") -> Report:
    paper, snapshot = Paper("draft.docx", text), library.snapshot()
    found, single = taken(paper, snapshot, False)
    return made_report(paper, tuple(check_each(found, snapshot, language)), snapshot, language, single=single)


PAPER = (
    f"“{SENTENCE}” “{SENTENCE.replace('不应', '应')}” “所有与会者[…]不应作为公共资源” "
    "“nothing <b>*like*</b> this \x02 ever &” “汇款”"
)


def test_a_report_counts_and_is_all_verbatim_only_if_it_is(brussels: Library) -> None:
    report = report_on(brussels, PAPER)
    assert report.counts == {"verbatim": 1, "with_omissions": 1, "differs": 1, "not_found": 1, "too_short": 1}
    assert not report.all_verbatim
    assert report_on(brussels, f"“{SENTENCE}” “汇款”").all_verbatim
    assert not report_on(brussels, "“汇款”").all_verbatim and not report_on(brussels, "None.").all_verbatim
    assert not report_on(brussels, f"“{SENTENCE}” “所有与会者[…]不应作为公共资源”").all_verbatim
    form = report_form(report)
    assert form["counts"] == report.counts and form["quotations"][1]["findings"] == ["negation", "words"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_hold_every_quotation_in_every_format(brussels: Library, language: str) -> None:
    report = report_on(brussels, PAPER, language)
    wanted = [" ".join(c.quotation.text.replace("\x02", "").replace("\ufffd", "").split()) for c in report.checked]
    page = report_file(report, "html").decode()
    tree = LexborHTMLParser(page)
    assert not tree.css("script, b b, img, link") and "http" not in page
    assert tree.css("ins")[0].text() == "不"
    word = docx.Document(io.BytesIO(report_file(report, "docx")))
    markdown = LexborHTMLParser(MarkdownIt("commonmark", {"html": True}).render(report_file(report, "md").decode()))
    shown = [tree.text(), "\n".join(p.text for p in word.paragraphs), markdown.text()]
    for text in shown:
        flat = " ".join(text.replace("\x02", "").replace("\ufffd", "").split())
        assert all(words in flat for words in wanted)
        assert report.fingerprint in flat and summary(report) in flat
    assert not markdown.css("em, strong, b")
    struck = [run.text for p in word.paragraphs for run in p.runs if run.font.underline]
    assert struck[0] == "不"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_quoted_words_run_in_their_own_direction(brussels: Library, language: str) -> None:
    arabic = "كل ما لم يرد في هذه الوثائق."
    report = report_on(brussels, f"“{SENTENCE}” «{arabic}»", language)
    file = docx.Document(io.BytesIO(report_file(report, "docx")))
    rightward = {p.text: bool(p._p.xpath("./w:pPr/w:bidi")) for p in file.paragraphs}
    assert rightward[arabic] and not rightward[SENTENCE]
    assert rightward[message("check.label", language, name=message("check.quoted", language))] == (language == "ar")
    arabic_runs = [r for p in file.paragraphs for r in p.runs if p.text == arabic]
    assert all(r._r.xpath("./w:rPr/w:rtl") for r in arabic_runs)
    assert not file.styles["Title"].element.xpath("./w:rPr/w:spacing")  # it tears Arabic letters apart
    tree = LexborHTMLParser(report_file(report, "html").decode())
    assert [(q.attributes["dir"], q.text()) for q in tree.css("blockquote")] == [("auto", SENTENCE), ("auto", arabic)]


def test_a_report_is_not_given_out_on_documents_that_have_changed(
    small: Library, file: Callable[[str, str], Path]
) -> None:
    small.add(file("a.txt", "1. School meals cost three coins a day."))
    report = report_on(small, "“School meals cost three coins”")
    assert verified_report(report, small.snapshot()) is report
    small.remove("a")
    with pytest.raises(ReportOutdatedError, match="has changed"):
        verified_report(report, small.snapshot())


def test_the_first_sentence_of_a_library_can_be_checked(brussels: Library, small: Library) -> None:
    sentence = first_sentence(brussels.snapshot())
    assert sentence and one(brussels, sentence).verdict == "verbatim"
    assert first_sentence(small.snapshot()) is None


def test_the_command_checks_a_paper_and_writes_its_report(seeded: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.md"
    good.write_text(f"He said “{SENTENCE}”.", encoding="utf-8")
    bad.write_text(f"> {SENTENCE.replace('不应', '应')}\n", encoding="utf-8")
    done = run(seeded, "check", "--paper", str(good), "--report", str(tmp_path / "r.docx"))
    assert done.returncode == 0 and "To the letter" in done.stdout
    assert zipfile.is_zipfile(tmp_path / "r.docx")
    done = run(seeded, "check", "--paper", str(bad), "--lang", "fr", "--report", str(tmp_path / "r.html"))
    assert done.returncode == 1 and "Une négation diffère" in done.stdout
    assert etree.HTML((tmp_path / "r.html").read_bytes()).find(".//ins").text == "不"
    done = run(seeded, "check", "--paper", str(bad), "--report", "r.odt")
    assert done.returncode == 2 and "must end in .docx, .md or .html" in done.stderr
    assert run(seeded, "check", "--paper", str(tmp_path / "none.docx")).returncode == 2

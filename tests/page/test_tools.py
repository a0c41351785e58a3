"""The document pane as HTML: outline, quotations, editions, pages, links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from index.library import Library
from page import conversation, reading
from page.conversation import Turn
from prompts import message
from rag.answer import Edition
from rag.locate import Match, Spot, locate
from tests.page.test_render import EVIL, answer_of, quote_of, read

Write = Callable[[str, str | bytes], Path]


def shown(library: Library, place: str, language: str = "en", turns: tuple[Turn, ...] = ()) -> str:
    found = conversation.opened(place, turns, library, language)
    assert found is not None
    return found


def test_the_outline_lists_the_headings_and_the_editions_name_themselves(two: Library) -> None:
    html = shown(two, "clause:a-res-77-1-zh#1", "fr")
    reader = read(html)
    assert html.count('class="cl-jump"') == 2 and ">大会，</button>" in html
    assert reader.attributes["aria-pressed"] == ["true", "false"]
    assert ">中文</button>" in html and ">English</button>" in html
    assert message("reading.editions", "fr") in reader.attributes["aria-label"]
    assert [c for c in reader.attributes["class"] if c.startswith("cl-here")] == [
        "cl-here cl-block cl-paragraph cl-numbered"
    ]


@pytest.mark.parametrize("place", ["clause:nothing", "span:x", f"span:{'0' * 64}:0-5", f"edition:en:{'0' * 64}:0"])
def test_a_place_that_is_not_in_the_library_is_said_to_be_gone(two: Library, place: str) -> None:
    assert message("page.gone", "zh") in read(shown(two, place, "zh")).text


@pytest.mark.parametrize("link", ["", "a-res-77-1-en#9", EVIL, "x" * 100_000, "clause:\x00", "span:0:0-0"])
def test_a_link_to_nothing_is_said_and_acts_on_nothing(two: Library, link: str) -> None:
    html = conversation.linked(link, two, "en")
    reader = read(html)
    assert reader.text.startswith("The library has no clause “" + " ".join(link.split())[:80])
    assert set(reader.tags) <= {"article", "header", "p", "bdi", "button"} and len(html) < 3000


def test_a_link_opens_its_clause_without_a_conversation(two: Library) -> None:
    html = conversation.linked("a-res-77-1-en#1/b", two, "en")
    assert 'data-link="a&#45;res&#45;77&#45;1&#45;en&#35;1/b"' in html
    assert "cl-steps" not in html and html.count("cl-here") == 1
    assert read(html).marked == ""


def test_quotations_of_all_turns_are_counted_in_order_and_their_editions_too(two: Library) -> None:
    english, chinese = (locate(f"clause:a-res-77-1-{code}#2", two.snapshot()) for code in ("en", "zh"))
    edition = Edition(
        text=chinese.document.text[chinese.start : chinese.end], citation="c", label="l", clause="c", language="zh",
        document=chinese.document.sha256, start=chinese.start, end=chinese.end, trust=1.0,
    )  # fmt: skip
    late = replace(quote_of(english.document, english.start, english.end), edition=edition)
    early = quote_of(
        english.document, english.document.text.index("Recalling"), english.document.text.index("Recalling") + 9
    )
    altered = replace(early, text="Recalled,", start=early.start + 20)
    turns = (Turn("?", "", answer_of(late), True), Turn("?", "", answer_of(early, altered), True), Turn("?", ""))
    html = shown(two, "0-1", "en", turns)
    reader = read(html)
    assert reader.marked == "Recalling" + late.text
    assert '<span class="cl-count" role="status">2 of 2</span>' in read_raw(html)
    assert reader.attributes["data-said"][:2] == ["1 of 2", "2 of 2"]
    other = read(shown(two, "clause:a-res-77-1-zh#1", "zh", turns))
    assert other.marked == edition.text and message("reading.quoted", "zh", count=1) in other.text


def read_raw(html: str) -> str:
    """HTML with the escapes of plain text undone, to look for pieces of it."""
    return html.replace("&#35;", "#").replace("&#45;", "-")


@pytest.mark.parametrize(("match", "said"), [("named", False), ("sure", False), ("unsure", True), ("near", True)])
def test_how_sure_an_edition_is_is_said_where_it_is_not(two: Library, match: Match, said: bool) -> None:
    spot = replace(locate("clause:a-res-77-1-zh#1", two.snapshot()), match=match)
    html = reading.document_html(spot, (), two.snapshot(), "en")
    assert ("cl-doubt" in html) == said
    if said:
        assert message(f"reading.{match}", "en") in read(html).text
        (name,) = read(html).attributes["aria-describedby"]
        assert f'id="{name}"' in html


def test_pages_stand_where_they_begin_and_are_no_text(small: Library, file: Write) -> None:
    paper = FPDF(unit="pt", format="letter")
    paper.set_font("Times", size=10)
    for number, said in enumerate(("Bread is baked in the morning", "Mills stand by the river", "Banks lend money"), 1):
        paper.add_page()
        paper.set_y(70 * number)
        paper.multi_cell(
            400, 12, f"{number}. {said} " + "for those who live there, " * (6 + 3 * number) + "as they wish."
        )
    small.add(file("paper.pdf", bytes(paper.output())))
    document = small.snapshot().documents[0]
    html = reading.document_html(Spot(document, 0, 5), (), small.snapshot(), "en")
    reader = read(html[html.index('<div class="cl-text"') :])
    assert reader.attributes["data-page"] == ["1", "2", "3"]
    assert reader.attributes["title"] == ["Page 1", "Page 2", "Page 3"]
    assert "".join(reader.text.split()) == "".join(document.text.split())


def test_rows_have_their_own_language_and_title(small: Library, file: Write) -> None:
    rows = ['{"id": "<b>1", "text": "Banks lend.", "lang": "en", "title": "On <i>banks"}']
    rows += ['{"id": "2", "text": "الخبز غال في مدن الجزيرة.", "lang": "ar", "label": "row <u>"}']
    small.add(file("rows.jsonl", "\n".join(rows)))
    html = shown(small, "clause:<b>1", "zh")
    reader = read(html)
    assert 'lang="ar" dir="rtl"' in html[html.index("data-at") :]
    assert reader.attributes["data-link"] == ["<b>1", "2"] and "row <u>" in reader.attributes["data-label"]
    assert "On <i>banks" in reader.text and not {"b", "i", "u"} & set(reader.tags)


def test_a_document_of_one_clause_has_no_outline_and_no_editions(small: Library, file: Write) -> None:
    small.add(
        file(
            "one.txt", "Just one clause, which says that banks lend money to all who live in the towns of the island.\n"
        )
    )
    html = conversation.linked(small.snapshot().clauses[0].id, small, "en")
    assert "cl-link" in html and "cl-here" in html
    assert not [name for name in ("cl-contents", "cl-outline", "cl-tongue", "cl-steps", "cl-page") if name in html]


def test_a_document_without_a_word_is_shown_as_empty(two: Library) -> None:
    empty = replace(two.snapshot().documents[0], text="", blocks=(), sha256="0" * 64)
    html = reading.document_html(Spot(empty, 0, 0), (), two.snapshot(), "en")
    assert "cl-block" not in html and "cl-contents" not in html and 'class="cl-close"' in html


def test_headings_outside_what_is_shown_open_the_document_there(
    small: Library, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "says a few words here on the bread of this chapter, which is made of wheat and water."
    parts = [f"Chapter {n}\n\n{n}. Clause {n} {said}\n" for n in range(1, 31)]
    small.add(file("long.txt", "\n".join(parts)))
    monkeypatch.setattr(reading, "SHOWN_DOCUMENT", 600)
    document = small.snapshot().documents[0]
    html = shown(small, "clause:long#15")
    reader = read(html)
    far = [value for value in reader.attributes["value"] if value.startswith("span:")]
    near = html.count('class="cl-jump"')
    assert near and len(far) + near == 30
    start, end = (document.text.index("Chapter 30\n"), document.text.index("Chapter 30\n") + 10)
    assert far[-1] == f"span:{document.sha256}:{start}-{end}"
    there = shown(small, far[-1])
    assert "Clause 30 says" in read(there).text and "Clause 15 says" not in read(there).text
    assert '<h4 tabindex="-1" class="cl-here' in there

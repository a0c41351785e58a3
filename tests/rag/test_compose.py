"""Answers as Markdown: nothing of a document or a person is read as markup."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.compose import answer_text, escape, refusal_text
from tests.rag.test_rank import a_quote

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**bold** _em_ `code` ~~gone~~",
    "[a](javascript:alert(1)) ![b](http://example.org/x.png)",
    "# heading",
    "1. list",
    "- list",
    "| a | b |",
    "$x$ &lt;b&gt; &#60;",
    "it's \"said\" 'so'",
    "a\\*b",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_written_is_what_is_read(payload: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(escape(payload))
    assert rendered.startswith("<p>") and rendered.endswith("</p>\n") and rendered.count("<") == 2
    assert html.unescape(rendered[3:-5]) == payload


@given(st.text(alphabet="ab1.-+#*_[]()<>&!|$~`\\\"'=: \n", max_size=60))
def test_no_text_becomes_an_element(text: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).render("x" + escape(text))
    for element in ("<em", "<strong", "<a", "<img", "<code", "<h", "<ul", "<ol", "<script", "<b>"):
        assert element not in rendered.replace("<hr", "")


def test_quotations_and_titles_are_escaped() -> None:
    said = answer_text([a_quote("A <b>clause</b>\n1. of two lines")], "en")
    assert "> A &lt;b&gt;clause&lt;/b&gt;\n> 1\\. of two lines" in said and said.startswith("The documents say:")
    near = refusal_text(["t"], "en", a_quote("A <b>clause</b>"))
    assert near.startswith("The documents do not say this. The nearest clause is:") and "> A &lt;b&gt;" in near
    assert "&lt;i&gt;" in refusal_text(["<i>"], "fr") and refusal_text([], "en").endswith("nothing could be searched.")

"""Sentences are spans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import LANGUAGES
from index.passages import clauses_of, sentence_texts
from index.readers.read import read_document
from index.sentences import sentences


def split(text: str, language: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("zh", "会议😀开始。“测试。”下文；第54(b)项！完", ["会议😀开始。", "“测试。”", "下文；第54(b)项！", "完"]),
        (
            "en",
            "See para. 3 of it. It is 3.4 million. J. Smith left.",
            ["See para. 3 of it.", "It is 3.4 million.", "J. Smith left."],
        ),
        ("ru", "См. п. 5. Да.", ["См. п. 5.", "Да."]),
        ("ar", "ما هذا؟ نعم.", ["ما هذا؟", "نعم."]),
    ],
)
def test_sentences(language: str, text: str, parts: list[str]) -> None:
    assert split(text, language) == parts


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_sentences_cover_all_that_is_visible(text: str, language: str) -> None:
    assert "".join("".join(split(text, language)).split()) == "".join(text.split())


def test_lone_surrogates_do_not_stop_it() -> None:
    assert split("A \ud800 word. Cd.", "en") == ["A \ud800 word.", "Cd."]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("corpus.jsonl", '{"id": "a", "text": "Banks lend.\\tBanks take money. Schools teach."}'),
        ("plain.txt", "1. Banks lend.\tBanks take money. Schools teach.\n\n2. Borders are open.\n"),
    ],
)
def test_a_tab_in_a_text_parts_no_cells(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    first = clauses_of(read_document(tmp_path / name))[0]
    assert sentence_texts(first) == ["Banks lend.", "Banks take money.", "Schools teach."]

"""Quotations looked up: to the letter or not, and what stands there instead."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from rag.check.check import QuotationError, check
from rag.evaluate.altered import altered

SENTENCE = "然而，所有与会者均认识到汇款系私人资金，不应作为公共资源加以处理。"


def test_a_quotation_to_the_letter_is_found_white_space_aside(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    for text in (SENTENCE, "世界银行\n《2006年\u3000全球经济前景》的报告", " ".join(SENTENCE)):
        found = check(text, snapshot)
        (match,) = found.matches
        assert found.verbatim and found.nearest is None
        assert (match.clause, match.label) == ("brussels-2006#annex/4/o", "annex, sect. 4, para. (o)")
        span = snapshot.documents[0].text[match.start : match.end]
        assert "".join(span.split()) == "".join(text.split())


def test_every_place_is_given_headings_too_and_runs_over_clauses(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    assert [m.label for m in check("埃格蒙特宫", snapshot).matches] == ["annex"]
    assert len(check("汇款", snapshot).matches) == snapshot.documents[0].text.count("汇款") == 4
    (match,) = check("改进人力资本的潜力。c. 采取支持", snapshot, language="fr").matches
    assert match.label == "annexe, sect. 1, par. b) – annexe, sect. 1, par. c)"


def test_the_nearest_passage_shows_the_differences(brussels: Library) -> None:
    found = check(SENTENCE.replace("不应", "应"), brussels.snapshot())
    assert not found.verbatim and not found.matches and found.nearest
    assert found.nearest.text == SENTENCE
    assert [(d.kind, d.quoted, d.printed) for d in found.nearest.differences if d.kind != "same"] == [
        ("missing", "", "不")
    ]
    assert "".join(d.quoted for d in found.nearest.differences) == SENTENCE.replace("不应", "应")


def test_what_is_like_nothing_has_no_nearest(brussels: Library) -> None:
    assert check("How do I bake bread?", brussels.snapshot()).nearest is None


@pytest.mark.parametrize("text", ["", " \n\t\u3000"])
def test_an_empty_quotation_is_an_error(brussels: Library, text: str) -> None:
    with pytest.raises(QuotationError, match="empty"):
        check(text, brussels.snapshot())


def test_no_altered_quotation_passes(brussels: Library) -> None:
    snapshot = brussels.snapshot()
    texts = [d.text[s.start : s.end] for d in snapshot.documents for c in snapshot.clauses for s in c.sentences]
    squeezed = "".join(snapshot.documents[0].text.split())
    chance = random.Random(1)
    tried = 0
    while tried < 300:
        copy = altered(chance.choice(texts), chance)
        if copy is None or "".join(copy.split()) in squeezed:
            continue  # an alteration that is printed elsewhere is no alteration
        tried += 1
        assert not check(copy, snapshot).verbatim, copy


def test_rows_of_a_corpus_are_not_run_together(small: Library, file: Callable[[str, str], Path]) -> None:
    small.add(file("rows.jsonl", '{"id": "1", "text": "The banks"}\n{"id": "2", "text": "lend bread."}\n'))
    assert not check("banks lend", small.snapshot()).verbatim
    assert [m.clause for m in check("lend bread", small.snapshot()).matches] == ["2"]

"""Names of places: clauses, spans, and the same place in another edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import NotFoundError
from index.library import Library
from rag.locate import clause_of, follow, link_name, locate
from tests.texts import CHINESE, ENGLISH

Write = Callable[[str, str], Path]


def sha(library: Library, slug: str) -> str:
    return next(document.sha256 for document in library.snapshot().documents if document.slug == slug)


def test_a_clause_and_a_span_are_found_by_name(two: Library) -> None:
    snapshot, english = two.snapshot(), sha(two, "a-res-77-1-en")
    spot = locate("clause:a-res-77-1-en#1/b", snapshot)
    assert spot.document.text[spot.start : spot.end].startswith("By more in the schools")
    span = locate(f"span:{english}:{spot.start}-{spot.start + 7}", snapshot)
    assert span.document.text[span.start : span.end] == "By more" and span.match == "named"


def test_what_the_library_does_not_hold_is_not_found(two: Library) -> None:
    snapshot, english = two.snapshot(), sha(two, "a-res-77-1-en")
    length = len(snapshot.document_by_hash[english].text)
    wrong = ["", "clause:", "clause:a-res-77-1-en#9", "clause:a-res-77-1-en#1\n", "span:", f"span:{'0' * 64}:0-1"]
    wrong += [f"span:{english}:{span}" for span in ("5-5", "6-5", f"0-{length + 1}", "-1-5", "0-5\n", "٠-٥")]
    wrong += [
        f"edition:fr:{english}:0",
        f"edition:en:{'0' * 64}:0",
        f"edition:<b>:{english}:0",
        f"edition:zh:{english}:x",
    ]
    for name in wrong:
        with pytest.raises(NotFoundError):
            locate(name, snapshot)
    assert locate(f"span:{english}:0-{length}", snapshot).end == length


def test_each_clause_meets_its_counterpart_and_the_way_back(two: Library) -> None:
    snapshot = two.snapshot()
    english, chinese = sha(two, "a-res-77-1-en"), sha(two, "a-res-77-1-zh")
    for path in ("pp1", "1", "1/a", "1/b", "2"):
        here = locate(f"clause:a-res-77-1-en#{path}", snapshot)
        there = locate(f"edition:zh:{english}:{here.start}", snapshot)
        clause = snapshot.clause_at(chinese, there.start)
        assert clause.id == f"a-res-77-1-zh#{path}" and there.match in ("sure", "unsure")
        back = locate(f"edition:en:{chinese}:{there.start}", snapshot)
        assert (back.document, back.start, back.end) == (here.document, here.start, here.end)
        assert locate(f"edition:en:{english}:{here.start}", snapshot).start == here.start


def test_a_clause_without_a_counterpart_leads_near_its_place(small: Library, file: Write) -> None:
    added = "3. Thanks the cooks of the conference for the bread of the last evening, which was very good indeed.\n"
    small.add(file("en.txt", ENGLISH.format(number="77/1") + "\n" + added))
    small.add(file("zh.txt", CHINESE.format(number="77/1")))
    snapshot, english = small.snapshot(), sha(small, "a-res-77-1-en")
    here = locate("clause:a-res-77-1-en#3", snapshot)
    there = locate(f"edition:zh:{english}:{here.start}", snapshot)
    assert there.match == "near" and there.document.language == "zh"
    assert there.document.text[there.start : there.end].startswith("请秘书长")


def test_editions_that_share_no_clause_are_opened_about_as_far_down(small: Library, file: Write) -> None:
    small.add(file("en.txt", ENGLISH.format(number="77/1")))
    small.add(file("zh.txt", "A/RES/77/1\n银行\n\n1. 我们欢迎在海洋和渔业方面取得的进展，并注意到1985年的渔业公约。\n"))
    snapshot, english = small.snapshot(), sha(small, "a-res-77-1-en")
    there = locate(f"edition:zh:{english}:{locate('clause:a-res-77-1-en#1', snapshot).start}", snapshot)
    assert there.match == "near" and there.document.text[there.start : there.end].startswith("我们欢迎")


def test_of_a_heading_the_clause_below_it_is_taken(two: Library) -> None:
    snapshot, english = two.snapshot(), sha(two, "a-res-77-1-en")
    text = snapshot.document_by_hash[english].text
    for offset, path in [
        (0, "pp1"),
        (text.index("The General Assembly"), "pp1"),
        (text.index("1. Calls"), "1"),
        (len(text), "2"),
    ]:
        clause = clause_of(english, offset, snapshot)
        assert clause and clause.id == f"a-res-77-1-en#{path}"
    assert clause_of("0" * 64, 0, snapshot) is None


def test_languages_of_a_work_are_in_the_order_of_the_united_nations(two: Library, file: Write) -> None:
    two.add(
        file("alone.txt", "1. Banks lend money to all who live in the towns of the island, in winter and in summer.\n")
    )
    snapshot = two.snapshot()
    by_slug = {document.slug: document for document in snapshot.documents}
    assert snapshot.editions.languages(by_slug["a-res-77-1-en"]) == ("zh", "en")
    assert snapshot.editions.languages(by_slug["alone"]) == ()


def test_a_link_names_a_clause_by_its_id_unless_others_have_it_too(small: Library, file: Write) -> None:
    rows = '{"id": "r1", "text": "Banks lend.", "lang": "en"}\n{"id": "r1", "text": "银行提供贷款。", "lang": "zh"}\n'
    small.add(file("rows.jsonl", rows + '{"id": "span:r2", "text": "Schools teach.", "lang": "en"}'))
    snapshot = small.snapshot()
    names = [link_name(clause, snapshot) for clause in snapshot.clauses]
    assert names[2] == "span:r2" and len(set(names)) == 3
    for clause, name in zip(snapshot.clauses, names, strict=True):
        spot = follow(name, snapshot)
        assert (spot.start, spot.end) == (clause.start, clause.end)
    document = snapshot.documents[0]
    assert snapshot.editions.languages(document) == ("zh", "en")
    there = locate(f"edition:zh:{document.sha256}:0", snapshot)
    assert document.text[there.start : there.end] == "银行提供贷款。"
    with pytest.raises(NotFoundError):
        follow("r9", snapshot)

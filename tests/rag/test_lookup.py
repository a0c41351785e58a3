"""Clauses by what people call them: citations in six languages, and none by half of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from index.clause import Given
from index.errors import NotFoundError
from index.language import LANGUAGES
from index.library import Library
from rag.cite import Form, cite_clause
from rag.lookup import lookup

Write = Callable[[str, str], Path]
RESOLUTION = """A/RES/77/176

General Assembly

77/176. Bread

The General Assembly,

Recalling that bread is made of flour and of water in every country,

Noting that the mills of every country turn when there is wind enough,

1. Decides that bread be baked;

2. Calls upon all mills:

(a) To grind the flour of wheat and of rye;

(b) To do so:

(i) By day, when the wind is strong enough for it;

(ii) By night, when nobody sleeps beside the mill.

12. Requests that the bakers report on it.

Annex

1. Bread is baked in the morning and is sold by noon.

2. What is left is given to those who have none.
"""
OTHERS = {
    "A/RES/7/71": ("en", "General Assembly", "1. Of another year.\n\n2. And of another thing."),
    "A/HRC/RES/59/25": ("en", "Human Rights Council", "1. Everybody eats bread.\n\n2. Nobody is to go without it."),
    "A/RES/59/25": ("en", "General Assembly", "1. Nets are not to be drawn.\n\n2. Fish are to be left to breed."),
    "S/RES/2240 (2015)": ("en", "Security Council", "1. Vessels may be looked at.\n\n2. Members are told of it."),
    "A/AC.1/3": ("en", "", "Article 1. Bread\n\n1. It is baked.\n\n2. It is sold.\n\nArticle 2. Salt\n\n1. It is dug."),
}  # fmt: skip


@pytest.fixture
def library(small: Library, file: Write) -> Library:
    small.add(file("r.txt", RESOLUTION))
    for number, (symbol, (language, body, text)) in enumerate(OTHERS.items()):
        small.add(file(f"{number}.txt", text), given=Given(symbol=symbol, language=language, body=body))
    return small


@pytest.mark.parametrize(
    "name",
    [
        "resolution 77/176, para. 12", "A/RES/77/176 op 12", "A/RES/77/176, OP12", "résolution 77/176, par. 12",
        "第77/176号决议第12段", "大会第77/176号决议第12段", "77/176, п. 12", "القرار 77/176، الفقرة 12",
        "General Assembly resolution 77/176 of 14 December 2022, para. 12", "paragraph 12 of resolution 77/176",
        "пункт 12 резолюции 77/176 Генеральной Ассамблеи", "párrafo 12 de la resolución 77/176 de la Asamblea General",
        "paragraphe 12 de la résolution 77/176 de l’Assemblée générale du 14 décembre 2022",
        "الفقرة ١٢ من قرار الجمعية العامة ٧٧/١٧٦", "A/RES/77/176, paragraph 12",
        "a/res/77/176 §12", "GA res. 77/176, ¶ 12",
        "77/176第十二段", "A/RES/77/176，执行部分第12段", "A/RES/77/176: 12",
    ],
)  # fmt: skip
def test_a_citation_as_people_write_it_finds_its_clause(library: Library, name: str) -> None:
    assert [clause.id for clause in lookup(name, library.snapshot())] == ["a-res-77-176-en#12"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("resolution 77/176, para. 2 (b) (ii)", "a-res-77-176-en#2/b/ii"),
        ("A/RES/77/176 op 2(a)", "a-res-77-176-en#2/a"),
        ("A/RES/77/176 OP2a", "a-res-77-176-en#2/a"),
        ("résolution 77/176, par. 2, al. a)", "a-res-77-176-en#2/a"),
        ("подпункт a) пункта 2 резолюции 77/176", "a-res-77-176-en#2/a"),
        ("第77/176号决议第2段(a)分段", "a-res-77-176-en#2/a"),
        ("resolution 77/176, para. 1", "a-res-77-176-en#1"),
        ("resolution 77/176, annex, para. 1", "a-res-77-176-en#annex/1"),
        ("paragraph 2 of the annex to resolution 77/176", "a-res-77-176-en#annex/2"),
        ("A/RES/77/176 PP2", "a-res-77-176-en#pp2"),
        ("second preambular paragraph of resolution 77/176", "a-res-77-176-en#pp2"),
        ("resolution 77/176, preambular para. 1", "a-res-77-176-en#pp1"),
        ("第77/176号决议序言部分第二段", "a-res-77-176-en#pp2"),
        ("Human Rights Council resolution 59/25, para. 2", "a-hrc-res-59-25-en#2"),
        ("General Assembly resolution 59/25, para. 2", "a-res-59-25-en#2"),
        ("第59/25号决议第1段", "a-hrc-res-59-25-en#1 a-res-59-25-en#1"),
        ("Security Council resolution 2240 (2015), para. 2", "s-res-2240-2015-en#2"),
        ("S/RES/2240(2015), op 2", "s-res-2240-2015-en#2"),
        ("安全理事会第2240(2015)号决议第2段", "s-res-2240-2015-en#2"),
        ("A/RES/7/71, para. 2", "a-res-7-71-en#2"),
        ("A/AC.1/3, art. 1, para. 2", "a-ac.1-3-en#art1/2"),
        ("resolution 77/176, paras. 1 and 2", "a-res-77-176-en#1 a-res-77-176-en#2"),
        ("第77/176号决议第1至2段", "a-res-77-176-en#1 a-res-77-176-en#2"),
        ("resolution 77/176, para. 2 (a) and (b)", "a-res-77-176-en#2/a a-res-77-176-en#2/b"),
        ("A/AC.1/3, article 2, para. 1", "a-ac.1-3-en#art2/1"),
        ("UNGA Res 77/176 (14 December 2022) UN Doc A/RES/77/176, para 2(a)", "a-res-77-176-en#2/a"),
        ("G.A. Res. 77/176, ¶ 2(a), U.N. Doc. A/RES/77/176 (Dec. 14, 2022)", "a-res-77-176-en#2/a"),
        ("UN General Assembly, Bread, A/RES/77/176, para. 12", "a-res-77-176-en#12"),
        ("résolution 77/176 de l'Assemblée générale en date du 14 décembre 2022, par. 2 a)", "a-res-77-176-en#2/a"),
        ("l’alinéa a du paragraphe 2 de la résolution 77/176", "a-res-77-176-en#2/a"),
        ("GA Res. 77/176, § 2, let. a)", "a-res-77-176-en#2/a"), ("A/RES/77/176, 2e alinéa du préambule", "a-res-77-176-en#pp2"),
        ("A/RES/77/176, 2nd preambular para.", "a-res-77-176-en#pp2"),
        ("A/RES/77/176, 2-й пункт преамбулы", "a-res-77-176-en#pp2"),
        ("A/RES/77/176, 2.º párrafo del preámbulo", "a-res-77-176-en#pp2"),
        ("A/RES/77/176, para. 2 (a), p. 4", "a-res-77-176-en#2/a"),
        ("резолюция 77/176 Генеральной Ассамблеи от 14 декабря 2022 года, п. 2 a), с. 4", "a-res-77-176-en#2/a"),
        ("联大第77/176号决议第2段(a)，第4页", "a-res-77-176-en#2/a"), ("安理会第2240(2015)号决议第2段", "s-res-2240-2015-en#2"),
        ("resolution 2240 (2015), S/RES/2240 (2015), para. 2", "s-res-2240-2015-en#2"),
        ("para. 2 (b) (i) of resolution 77/176", "a-res-77-176-en#2/b/i"),
    ],
)  # fmt: skip
def test_items_annexes_and_bodies_are_told_apart(library: Library, name: str, found: str) -> None:
    assert " ".join(clause.id for clause in lookup(name, library.snapshot())) == found


def test_the_citations_of_the_program_find_just_their_clause(library: Library, file: Write) -> None:
    text = "1. Bread is sold.\n\n1. Bread is bought.\n\n12. Bread is eaten.\n\n(i) By day:\n\n(i) At noon;\n\n(ii) By night."
    library.add(file("t.txt", "Bread for resolution 70/1 of 2015\n\nAll of us eat bread here, whoever bakes it."))
    library.add(file("u.txt", text), given=Given(symbol="A/77/1", title="On (bread)", date=date(2022, 12, 1)))
    library.add(file("v.txt", text), given=Given(symbol="A/RES/77/1", body="General Assembly", date=date(2022, 12, 1)))
    snapshot = library.snapshot()
    for clause in snapshot.clauses:
        for language in LANGUAGES:
            for form in get_args(Form):
                cited = cite_clause(snapshot.document_by_hash[clause.document], clause, language, form)
                assert [found.id for found in lookup(cited, snapshot)] == [clause.id], cited


@pytest.mark.parametrize(
    "name",
    [
        "resolution 77/999, para. 12", "A/RES/77/17, para. 6 12", "resolution 77/176", "resolution 77/176, para. 13",
        "resolution 77/176, paras. 2-1", "resolution 77/176, paras. 1-40", "resolution 77/176, para. 12 (c)",
        "resolution 77/176, para. 2 (b) (iii)", "resolution 77/176, annex II, para. 1", "my resolution 77/176 para. 12",
        "Security Council resolution 77/176, para. 12", "resolution 77/1767, para. 12", "277/176, para. 12",
        "A/RES/771/76, para. 12", "HRC res. 77/176, para. 12",
        "UNGA Res 77/176, UN Doc A/RES/7/71, para. 2", "resolutions 77/176 and 7/71, para. 1", "A/RES/77/176, p. 12",
        "A/RES/77/176, 2nd para. 12", "A/RES/77/176, 2e alinéa du paragraphe 12", "A/RES/77/176, 12º (a)",
        "UN General Assembly, Salt, A/RES/77/176, para. 12", "A/RES/77/176, 12th", "A/RES/77/176, para. 1 [2]",
        "A/RES/7/7/1, para. 2",
        "Bread, para. 12, p. 12, p. 13", "resolution 77/176, [para. 12]", "A/RES/77/176, para. 12 of 14 Bread 2022", "12 p.",
        "A/RES/77/176, alinéa p du paragraphe 2", "A/RES/77/176, pp. 12",
        "", " ", "()",
    ],
)  # fmt: skip
def test_no_clause_is_found_by_half_of_a_citation(library: Library, name: str) -> None:
    with pytest.raises(NotFoundError):
        lookup(name, library.snapshot())

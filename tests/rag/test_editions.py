"""Editions and twins: the same clause in other languages and years is one result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.clause import Document, Given
from index.editions import places
from index.errors import ClausesError
from index.library import Library
from index.passages import clauses_of
from index.readers.parts import Paragraph, is_short
from index.structure.structure import structure
from index.words.lexicon import shipped_lexicon
from rag.answer import Answer, Hit
from rag.ask import ask
from rag.compose import answer_text
from rag.merge import merged
from rag.parts import in_parts
from rag.question.query import Query
from rag.quote import quote
from rag.retrieve import retrieve
from rag.verify import verify
from rag.within import Within, within_from, within_from_json
from tests.fakes import CountingEmbedder
from tests.texts import CHINESE, ENGLISH

Write = Callable[[str, str], Path]


def test_an_edition_in_one_group_and_a_twin_in_another_make_them_one(two: Library, file: Write) -> None:
    """A Chinese clause says enough in thirty characters to be known for the same text of another year."""
    two.add(file("en2.txt", ENGLISH.format(number="78/1")))
    two.add(file("zh2.txt", CHINESE.format(number="78/1")))
    snapshot = two.snapshot()
    by_id = {clause.id: clause for clause in snapshot.clauses}
    ids = ("a-res-77-1-zh#pp1", "a-res-78-1-en#pp1", "a-res-77-1-zh#1", "a-res-78-1-zh#pp1")
    hits = [
        Hit(by_id[name], score, 0.0, 0.0, 0.0, (), (), ())
        for name, score in zip(ids, (9.0, 8.0, 7.0, 6.5), strict=True)
    ]
    first, second = merged(hits, snapshot, "zh", 10)
    assert (first.clause.id, first.score) == ("a-res-78-1-zh#pp1", 9.0)
    assert [clause.id for clause in first.also] == ["a-res-77-1-zh#pp1"]
    assert second.clause.id == "a-res-77-1-zh#1"


def test_clauses_meet_by_place_in_both_directions(two: Library) -> None:
    snapshot, lexicon = two.snapshot(), shipped_lexicon()
    by_id = {clause.id: clause for clause in snapshot.clauses}
    for path in ("pp1", "1", "1/a", "1/b", "2"):
        english, chinese = by_id[f"a-res-77-1-en#{path}"], by_id[f"a-res-77-1-zh#{path}"]
        there = snapshot.editions.counterpart(english, "zh", lexicon)
        back = snapshot.editions.counterpart(chinese, "en", lexicon)
        assert there is not None and back is not None
        assert there.clause is chinese and back.clause is english
        assert there.trust == back.trust > 0.3
    assert snapshot.editions.counterpart(by_id["a-res-77-1-en#2"], "fr", lexicon) is None


def test_a_text_that_says_something_else_at_the_same_place_is_no_edition(small: Library, file: Write) -> None:
    small.add(file("en.txt", ENGLISH.format(number="77/1")))
    small.add(file("zh.txt", "A/RES/77/1\n银行\n\n1. 我们欢迎在海洋和渔业方面取得的进展，并注意到1985年的渔业公约。\n"))
    snapshot = small.snapshot()
    english = next(clause for clause in snapshot.clauses if clause.id == "a-res-77-1-en#1")
    assert snapshot.editions.counterpart(english, "zh", shipped_lexicon()) is None


def test_editions_are_one_result_and_the_quote_carries_the_askers_text(two: Library) -> None:
    snapshot = two.snapshot()
    hits = retrieve(Query("borders", "en"), two.searchable(), two.embedder, {}, quotable=10).hits
    ids = [hit.clause.id.split("#")[1] for hit in hits]
    assert len(ids) == len(set(ids)) == 5
    english = next(hit for hit in hits if hit.clause.id == "a-res-77-1-en#2")
    (said,) = quote((english,), snapshot, "zh")
    assert said.edition is not None and said.edition.text == "请秘书长在2031年下届会议上报告边界和贩运人口问题。"
    assert said.edition.citation == "A/RES/77/1，第2段" and said.edition.language == "zh"
    assert verify(said, snapshot)
    (own,) = quote((english,), snapshot, "en")
    assert own.edition is None
    assert said.edition.text in answer_text((said,), "zh")


def test_a_chapeau_is_quoted_in_one_language_only(two: Library) -> None:
    hits = {h.clause.id: h for h in retrieve(Query("banks", "en"), two.searchable(), two.embedder, {}, k=99).hits}
    found = {c.id: c for c in two.snapshot().clauses}
    some = next(iter(hits.values()))
    from dataclasses import replace

    items = tuple(
        replace(some, clause=found[name], sentence_zs=(0.0,), sentence_shares=(0.0,), also=())
        for name in ("a-res-77-1-en#1/a", "a-res-77-1-zh#1/b")
    )
    said = [q.clause for q in quote(items, two.snapshot(), "en")]
    assert said == ["a-res-77-1-en#1", "a-res-77-1-en#1/a", "a-res-77-1-zh#1/b"]


def test_an_edition_that_is_no_slice_is_never_shown(two: Library) -> None:
    from dataclasses import replace

    snapshot = two.snapshot()
    hit = next(
        h
        for h in retrieve(Query("borders", "en"), two.searchable(), two.embedder, {}, quotable=10).hits
        if h.clause.id.endswith("-en#2")
    )
    (said,) = quote((hit,), snapshot, "zh")
    assert said.edition is not None
    assert not verify(
        replace(said, edition=replace(said.edition, text=said.edition.text.replace("2031", "2032"))), snapshot
    )


def test_twins_of_other_years_are_one_result_newest_first(small: Library, file: Write) -> None:
    for number in ("75/226", "79/1", "77/176"):
        small.add(file("en.txt", ENGLISH.format(number=number)))
    hits = retrieve(Query("borders trafficking", "en"), small.searchable(), small.embedder, {}, quotable=10).hits
    first = hits[0]
    assert first.clause.id == "a-res-79-1-en#2"
    assert [clause.id for clause in first.also] == ["a-res-77-176-en#2", "a-res-75-226-en#2"]
    (said, *_) = quote(hits[:1], small.snapshot(), "fr")
    assert said.also == ("A/RES/77/176, par. 2", "A/RES/75/226, par. 2")
    assert "Aussi dans A/RES/77/176, par. 2; A/RES/75/226, par. 2" in answer_text((said,), "fr")


def test_short_equal_clauses_of_different_works_stay_apart(small: Library, file: Write) -> None:
    for name in ("one", "two"):
        small.add(
            file(f"{name}.txt", f"1. Banks lend.\n\n2. The {name} schools are open to all who live in this place.\n")
        )
    ids = [
        hit.clause.id
        for hit in retrieve(Query("banks", "en"), small.searchable(), small.embedder, {}, quotable=10).hits
    ]
    assert {"one#1", "two#1"} <= set(ids)


def test_an_answer_has_its_edition_in_the_form(two: Library) -> None:
    answer: Answer = ask("borders trafficking report Secretary-General", two)
    assert isinstance(two.embedder, CountingEmbedder)
    assert all(q.edition is None or q.edition.language == answer.language for q in answer.quotes)


@pytest.mark.parametrize(
    ("within", "symbols", "languages"),
    [
        (Within(names=("a/res/77/*",)), {"A/RES/77/1"}, {"en", "zh"}),
        (Within(languages=("zh",)), {"A/RES/77/1"}, {"zh"}),
        (Within(first_year=2024), {"A/RES/79/1"}, {"en"}),
        (Within(last_year=2023), {"A/RES/77/1"}, {"en", "zh"}),
        (Within(names=("on banks*",), languages=("en",)), {"A/RES/77/1", "A/RES/79/1"}, {"en"}),
        (Within(bodies=("大会",), languages=("zh",)), {"A/RES/77/1"}, {"zh"}),
    ],
)
def test_a_question_may_be_asked_of_some_documents_only(
    two: Library, file: Write, within: Within, symbols: set[str], languages: set[str]
) -> None:
    two.add(file("en.txt", ENGLISH.format(number="79/1").replace("borders", "schools and banks far away")))
    searchable = two.searchable()
    chosen = within.positions(searchable.snapshot)
    hits = retrieve(Query("banks", "en"), searchable, two.embedder, {}, k=99, chosen=chosen).hits
    found = [clause for hit in hits for clause in (hit.clause, *hit.also)]
    documents = searchable.snapshot.document_by_hash
    assert {documents[clause.document].symbol for clause in found} == symbols
    assert {clause.language for clause in found} <= languages


def test_a_choice_of_nothing_and_wrong_years_are_said(two: Library) -> None:
    with pytest.raises(ClausesError, match="no clause of that choice"):
        ask("banks", two, within=Within(names=("S/*",)))
    for names, languages, years, says in [
        (None, ["de"], None, "not one of the six languages"), (None, [""], None, "An empty word is not one"),
        (None, None, "last year", "is not a year"),
        *((None, None, years, "not a year") for years in ("-", "", " ", "0000", "-0000", "0000-2019", "2022-2019", "20222023")),
    ]:  # fmt: skip
        with pytest.raises(ClausesError, match=says):
            within_from(names, languages, years)
    assert within_from(None, None, None) is None
    assert within_from(["A/*"], ["fr"], "2022-") == Within(("A/*",), ("fr",), 2022, None)
    assert within_from(None, None, "2019") == Within((), (), 2019, 2019)
    assert within_from(None, None, "-2019") == Within((), (), None, 2019)


def test_a_section_is_chosen_by_heading_or_by_label(small: Library, file: Write) -> None:
    text = "On bread\n\n1. Bread is dear in the towns.\n\nAnnex\nRules for mills\n\n1. Mills grind the flour of wheat."
    small.add(file("bread.txt", text))
    snapshot = small.snapshot()
    for pattern in ("annex", "ANNEX", "*mills*", "Rules for mills"):
        chosen = Within(sections=(pattern,)).positions(snapshot)
        assert [c.text for c, yes in zip(snapshot.clauses, chosen, strict=True) if yes] == [
            "Mills grind the flour of wheat."
        ]
    with pytest.raises(ClausesError, match="no clause of that choice"):
        Within(sections=("mills",)).positions(snapshot)


def test_only_a_star_stands_for_anything(small: Library, file: Write) -> None:
    title = "Report [draft]\n of the mills? (2015)"
    small.add(file("bread.txt", "Introduction [revised]\n\n1. Bread is dear in the towns."), given=Given(title=title))
    (document,) = small.snapshot().documents
    for name in (title, title.upper(), "*[draft]*", "report * mills? (2015)", "bread"):
        assert Within(names=(name,)).admits(document), name
    for name in ("bread?", "brea?", "br[e]ad", "bread.", ""):
        assert not Within(names=(name,)).admits(document), name


def test_a_choice_may_stand_in_a_line_of_json() -> None:
    row = {"in": ["A/*"], "language": ["fr"], "year": "2022-", "body": ["General*"], "section": ["annex"]}
    assert within_from_json(row) == Within(("A/*",), ("fr",), 2022, None, ("General*",), ("annex",))
    assert within_from_json(None) is within_from_json({}) is within_from_json({"year": ""}) is None
    other = Within(("A/*",), ("fr",), 2019, 2019)
    assert within_from_json(None, other) == within_from_json({}, other) == other
    assert within_from_json({"language": ["en"], "year": ""}, other) == Within(("A/*",), ("en",))
    wrongs: list[object] = [[], "A/*", {"in": "A/*"}, {"year": 2022}, {"on": ["x"]}, {"in": [3]}]
    for wrong in wrongs:
        with pytest.raises(ClausesError, match="must be of the form"):
            within_from_json(wrong)


def test_annexes_and_sections_have_one_place_in_all_languages() -> None:
    found = []
    for annex, section, paragraph in (
        ("Annex II", "I. Bread", "1. Bread is sold."), ("Annexe II", "I. Le pain", "1. Du pain."),
        ("附件二", "一. 面包", "1. 面包。"),
        ("المرفق الثاني", "أولا - الخبز", "١ - الخبز."), ("Приложение II", "I. Хлеб", "1. Хлеб."),
        ("Anexo 2", "I. El pan", "1. Pan."),
    ):  # fmt: skip
        texts = (
            annex,
            section,
            paragraph,
            section.replace("I.", "II.").replace("一.", "二.").replace("أولا", "ثانيا"),
            paragraph,
        )
        text, blocks = structure([Paragraph(line, is_short(line)) for line in texts])
        found.append(places(clauses_of(Document("d", text, blocks, "0" * 64, "t", "en", "d.txt"))))
    assert found == [found[0]] * 6
    assert found[0][1] == (("annex", "2"), ("section", "2"), ("paragraph", "1"))


REPORT = {
    "fr": "A/77/300\n\nPain et moulins\n\nI. Introduction\n\n1. Le pain est cher dans les villes.\n\n"
    "II. Tendances générales\n\nA. Envois de farine\n\n2. La farine voyage par bateau.\n\n"
    "B. Main-d’œuvre\n\n3. Les meuniers voyagent à pied.\n\nAnnexe II\nMéthodologie\n\nA. Sources\n\n1. Les moulins ont écrit.",
    "ar": "A/77/300\n\nالخبز\n\n"
    "أولا - مقدمة\n\n1 - الخبز غال في المدن كلها.\n\nثانيا - الاتجاهات\n\n2 - ينقل الدقيق بالسفن في البحر.",
    "zh": "A/77/300\n\n面包\n\n一. 导言\n\n1. 各城市的面包都很贵。\n\n二. 趋势\n\n2. 面粉用船运输到各国。",
}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("sect. II, sect. A", "fr#2"), ("Section II, section A", "fr#2"), ("annexe II, sect. A", "fr#annexII/1"),
        ("ANNEX II, SECT. A", "fr#annexII/1"), ("附件II，第A节", "fr#annexII/1"), ("附件II", "fr#annexII/1"),
        ("sect. A", "fr#2 fr#annexII/1"), ("A", "fr#2 fr#annexII/1"), ("Приложение II", "fr#annexII/1"),
        *((name, "fr#1") for name in ("I", "I.", "Introduction", "i.  introduction", "الفرع I")),
        *((name, "fr#1") for name in ("раздел I", "第I节", "Sección I")),
        *((name, "fr#2 fr#3") for name in ("sect. II", "SECTION  ii", "Section II", "secc. II", "Tendances générales")),
        *((name, "fr#2 fr#3") for name in ("tendances generales", "II. TENDANCES GENERALES", "Tendances*", "II", "Раздел II")),
        ("Main-d'oeuvre", ""), ("Main-d'œuvre", "fr#3"), ("methodologie", "fr#annexII/1"), ("مقدمة", "ar#1"),
        ("الفرع ثانيا", "ar#2"), ("ثانيا", "ar#2"), ("第二节", "zh#2"), ("sect. 二", "zh#2"), ("趋势", "zh#2"),
        ("sect. III", ""), ("sect. II, sect. C", ""), ("I, II", ""), ("Tendances", ""), ("section", ""), ("", ""), ("1", ""),
        ("sect. I, sect. A", ""), ("paragraph 2", ""), ("annexe I", ""),
    ],
)  # fmt: skip
def test_a_section_is_called_by_its_label_its_number_or_its_heading(
    small: Library, file: Write, name: str, found: str
) -> None:
    for language, text in REPORT.items():
        small.add(file(f"{language}.txt", text), given=Given(language=language, slug=language))
    snapshot = small.snapshot()
    assert " ".join(c.id for c, yes in zip(snapshot.clauses, in_parts([name], snapshot), strict=True) if yes) == found


@pytest.mark.parametrize(
    ("option", "names"),
    [
        ("in", ["resolution 77/176", "77/176", "Résolution 77/176", "резолюция 77/176 Генеральной Ассамблеи", "القرار ٧٧/١٧٦"]),
        ("in", ["第77/176号决议", "联大第77/176号决议", "GA res. 77/176", "la resolución 77/176 de la Asamblea General"]),
        ("in", ["General Assembly resolution 77/176 of 14 December 2022", "A/RES/77/176", "a/res/77/176 "]),
        ("body", ["GA", "UNGA", "ga", "G.A.", "AG", "ГА", "ГА ООН", "联大", "联合国大会", "the General Assembly"]),
        ("body", ["l’Assemblée générale"]),
        ("language", ["EN", "En", " en "]),
    ],
)  # fmt: skip
def test_a_choice_takes_the_names_that_people_use(small: Library, file: Write, option: str, names: list[str]) -> None:
    small.add(file("a.txt", ENGLISH.format(number="77/176")))
    small.add(
        file("b.txt", CHINESE.format(number="77/177")),
        given=Given(symbol="A/HRC/RES/77/17", body="Human Rights Council"),
    )
    snapshot = small.snapshot()
    for name in names:
        within = within_from_json({option: [name]})
        assert within is not None
        chosen = within.positions(snapshot)
        documents = {c.document for c, yes in zip(snapshot.clauses, chosen, strict=True) if yes}
        assert {snapshot.document_by_hash[d].symbol for d in documents} == {"A/RES/77/176"}, name


def test_what_chose_nothing_is_said_with_what_there_is(two: Library) -> None:
    for row, says in [
        ({"in": ["77/999", "A/9"]}, r'no document is called "77/999" or "A/9"; there is A/RES/77/1\.'),
        ({"in": ["annex of resolution 77/1"]}, "no document is called"), ({"in": ["my 77/1"]}, "no document is called"),
        ({"in": ["HRC resolution 77/1"]}, "no document is called"), ({"in": ["77/1, para. 1"]}, "no document is called"),
        ({"body": ["HRC"]}, 'is of "HRC"; there is General Assembly'), ({"body": [""]}, 'is of ""'), ({"body": ["un"]}, "is of"),
        ({"year": "1990"}, "is of 1990; there is 2022"), ({"language": ["RU"]}, 'is in "ru"; there is .*(en, zh|zh, en)'),
        ({"in": ["77/1"], "section": ["sect. II"]}, 'no part of them is called "sect. II"; there is'),
    ]:  # fmt: skip
        within = within_from_json(row)
        assert within is not None
        with pytest.raises(ClausesError, match=f"no clause of that choice: .*{says}"):
            within.positions(two.snapshot())

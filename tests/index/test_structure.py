"""The blocks of the document that ships, and the two laws."""

from __future__ import annotations

import time

import pytest

from index.clause import CITED_KINDS, Document
from index.library import shipped
from index.passages import clauses_of
from index.readers.parts import Paragraph, is_short
from index.readers.read import read_document
from index.readers.text import paragraphs
from index.structure.layout import path_id
from index.structure.structure import structure
from rag.cite import path_label


@pytest.fixture(scope="module")
def brussels_document() -> Document:
    (path,) = shipped()
    return read_document(path)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_nothing_but_white_space_is_lost(brussels_document: Document) -> None:
    (path,) = shipped()
    assert squeezed(brussels_document.text) == squeezed(path.read_text(encoding="utf-8"))


def test_every_character_lies_in_one_block(brussels_document: Document) -> None:
    covered = [0] * len(brussels_document.text)
    for block in brussels_document.blocks:
        assert block.start <= block.body <= block.end
        for offset in range(block.start, block.end):
            covered[offset] += 1
    for offset, count in enumerate(covered):
        assert count == (0 if brussels_document.text[offset : offset + 1].isspace() and count == 0 else 1)


def test_the_blocks_are_those_that_the_paper_has(brussels_document: Document) -> None:
    found = [(block.kind, path_id(block.path)) for block in brussels_document.blocks]
    sections = {"1": "abcd", "2": "efghi", "3": "jk", "4": "lmnop", "5": "qrst"}
    numbered = [
        entry
        for number, letters in sections.items()
        for entry in [("heading", f"annex/{number}"), *(("item", f"annex/{number}/{letter}") for letter in letters)]
    ]
    assert found == [
        ("head", "head"),
        ("title", "letter"),
        *(("paragraph", f"letter/p{n}") for n in (1, 2, 3)),
        ("signature", "letter/signature"),
        ("note", "letter/note"),
        ("title", "annex"),
        ("paragraph", "annex/p1"),
        ("paragraph", "annex/p2"),
        *numbered,
    ]


def test_slips_stay_as_printed_and_pages_join(brussels_document: Document) -> None:
    text = {path_id(block.path): brussels_document.text[block.body : block.end] for block in brussels_document.blocks}
    assert "\n2000 年 3 月 15 日和 16 日\n" in text["annex"]
    assert "计划在 2000 年 9 月联合国大会期间" in text["annex/5/t"]
    assert "金融和投资环境；鼓励企业家精神" in text["annex/3/k"]
    assert "意味着创造力的损失、培育和开发新技能人才的损失" in text["annex/5/q"]
    assert "2006 年 3月 15日和 16日由比利时王国和国际移徙组织（移徙组织）在世界银行" in text["annex/p1"]
    assert "2006 年 9 月在联合国举行" in text["letter/p3"] and "54(b)项" in text["letter/p3"]


def test_clauses_have_their_headings_and_sentences(brussels_document: Document) -> None:
    clauses = {clause.id: clause for clause in clauses_of(brussels_document)}
    clause = clauses["brussels-2006#annex/4/o"]
    assert clause.headings[1] == "4. 移民社区和发展" and clause.text.startswith("世界银行《2006 年")
    assert len(clause.sentences) == 4
    for each in clauses.values():
        assert brussels_document.text[each.start : each.end] == each.text
        inside = squeezed("".join(brussels_document.text[s.start : s.end] for s in each.sentences))
        assert inside == squeezed(each.text)


def test_ids_stay_unique_where_printed_numbers_repeat() -> None:
    text, blocks = structure(
        paragraphs("1. The first of all paragraphs is this one.\n1. The second one has its number.\n")
    )
    document = Document("d", text, blocks, "0" * 64, "t", "en", "d.txt")
    assert [clause.id for clause in clauses_of(document)] == ["d#1", "d#1~2"]


@pytest.mark.parametrize(
    "start", ["54(b) is an item of the agenda.", "a.m. is before noon, as all know.", "3.4 million people left."]
)
def test_what_only_looks_like_a_mark_is_none(start: str) -> None:
    _, (block,) = structure([Paragraph(start, False)])
    assert block.body == block.start


def test_objectives_are_headings_however_long_and_stand_under_their_chapter() -> None:
    long = "Objective 1: Collect and utilize accurate and disaggregated data as a basis for the policies of all of the States"
    text = (
        "Compact\n\n17. We commit to strengthen the evidence on migration everywhere, and will:\n\n(a) Count those who move;\n\n"
        "I. Aims\n\n" + long + "\n\n18. We commit to create the conditions in which people may stay where they are.\n\n"
        "Objective 2: Minimize drivers\n\n19. We commit to minimize the drivers that compel people to leave their country."
    )
    _, blocks = structure(paragraphs(text))
    cited = {path_id(block.path): block.headings for block in blocks if block.kind in ("paragraph", "item")}
    assert cited == {"17": (), "17/a": (), "18": ("I. Aims", long), "19": ("I. Aims", "Objective 2: Minimize drivers")}


def paths(*texts: str) -> list[str]:
    """The id paths of cited blocks of short and long paragraphs as a format without lines has them."""
    _, blocks = structure([Paragraph(text, is_short(text)) for text in texts])
    return [path_id(block.path) for block in blocks if block.kind in CITED_KINDS]


def labels(language: str, *texts: str) -> list[str]:
    _, blocks = structure([Paragraph(text, is_short(text)) for text in texts])
    return [path_label(block.path, language) for block in blocks if block.kind in CITED_KINDS]


@pytest.mark.parametrize(
    ("language", "lines", "found"),
    [
        ("en", ["Annex I", "1. Bread.", "Annex II", "1. Mills."], ["annex I, para. 1", "annex II, para. 1"]),
        ("fr", ["Annexe I", "1. Du pain.", "Annexe II", "1. Des moulins."], ["annexe I, par. 1", "annexe II, par. 1"]),
        ("es", ["Anexo I", "1. Pan.", "Anexo II", "1. Molinos."], ["anexo I, párr. 1", "anexo II, párr. 1"]),
        ("ru", ["Приложение I", "1. Хлеб.", "Приложение II", "1. Дом."], ["приложение I, п. 1", "приложение II, п. 1"]),
        ("zh", ["附件一", "1. 面包。", "附件二", "1. 磨坊。"], ["附件一，第1段", "附件二，第1段"]),
        ("ar", ["المرفق الأول", "1 - الخبز.", "المرفق الثاني", "1 - الطواحين."],
         ["المرفق الأول، الفقرة 1", "المرفق الثاني، الفقرة 1"]),
    ],
)  # fmt: skip
def test_annexes_are_told_apart_in_six_languages(language: str, lines: list[str], found: list[str]) -> None:
    assert labels(language, *lines) == found


def test_what_speaks_of_an_annex_is_none_and_an_appendix_stands_under_its_annex() -> None:
    assert paths("附件一所载的规则由面包师执行", "1. 面包。")[-1] == "1"
    long = (
        "Annex to the letter dated 3 May 2031 from the Representative of Ruritania addressed to the Secretary-General"
    )
    assert labels("en", long, "1. Bread.", "Appendix", "1. Mills.", "Annex II", "1. Both.") == [
        "annex, para. 1", "annex, appendix, para. 1", "annex II, para. 1",
    ]  # fmt: skip
    for title in (
        "2031年5月3日卢里塔尼亚常驻代表给大会主席的信的附件",
        "مرفق الرسالة المؤرخة 3 أيار/مايو 2031",
        "Appendice",
    ):
        assert paths(title, "1. X.")[0] in ("annex/1", "appendix/1")


@pytest.mark.parametrize(
    "sections",
    [
        ("I. Introduction", "A. Bread", "B. Mills", "II. Conclusions"),
        ("一. 导言", "A. 面包", "B. 磨坊", "二. 结论"),
        ("أولا - مقدمة", "ألف - الخبز", "باء - الطواحين", "ثانيا - الاستنتاجات"),
        ("I. Введение", "А. Хлеб", "В. Мельницы", "II. Выводы"),
    ],
)
def test_sections_head_their_paragraphs_in_every_language(sections: tuple[str, ...]) -> None:
    first, a, b, second = sections
    _, blocks = structure(
        [Paragraph(text, is_short(text)) for text in ("Title", first, "1. X.", a, "2. X.", b, "3. X.", second, "4. X.")]
    )
    cited = {path_id(block.path): block.headings for block in blocks if block.kind == "paragraph"}
    assert cited == {"1": (first,), "2": (first, a), "3": (first, b), "4": (second,)}


def test_items_go_on_after_a_heading_and_begin_anew_after_one() -> None:
    assert paths(
        "18. We shall:", "(a) Sell;", "(b) Bake;", "Bread of other kinds", "(c) Grind;", "(i) Coarse;", "Mills", "(a) Turn;"
    ) == ["18", "18/a", "18/b", "18/c", "18/c/i", "a"]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["10.1 By 2030, bread.", "10.a Implement bread.", "10.c By 2030, reduce."], ["10.1", "10.a", "10.c"]),
        (["5. Bread.", "5 bis. Mills.", "6. Both."], ["5", "5 bis", "6"]),
        (["1) Bread is sold.", "2) Mills turn.", "3. Both."], ["1", "2", "3"]),
        (["2. Bread:", "1) white;", "2) brown;"], ["2", "2/1", "2/2"]),
        (["١ - الخبز:", "(أ) أبيض:", "‘1’ كبير؛", "‘2’ صغير؛", "(ب) أسمر."], ["١", "١/أ", "١/أ/1", "١/أ/2", "١/ب"]),
        (["1. 面包：", "(a) 白：", "㈠ 大；", "㈡ 小；", "(b) 黑。"], ["1", "1/a", "1/a/一", "1/a/二", "1/b"]),
        (["（一）面包。", "（二）磨坊：", "1．风；", "2．水；", "（三）两者。"], ["一", "二", "二/1", "二/2", "三"]),
        (["1. Bread:", "(a) White;", "2. Mills:", "(a) Wind."], ["1", "1/a", "2", "2/a"]),
    ],
)
def test_marks_of_many_kinds(texts: list[str], found: list[str]) -> None:
    assert paths(*texts) == found


@pytest.mark.parametrize(
    "begins",
    [
        "Article 13 (2) of the Declaration provides that all may leave.", "Article 2, paragraph 1, of the Covenant says so.",
        "Article 3.2 of the Staff Rules is amended accordingly.", "Статья 13 Всеобщей декларации гласит об этом.",
        "المادة 13 من الإعلان العالمي تنص على ذلك.", "第十三条规定，人人有权。", "第十三条第二款规定，人人有权。",
        "Article 13 and article 14 of the Declaration say so.",
    ],
)  # fmt: skip
def test_a_sentence_that_speaks_of_an_article_opens_none(begins: str) -> None:
    assert paths("Briefing", begins, "States should lower the cost of bread.") == ["p1", "p2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Article 1. Bread is sold.", "Article 2. Bread is baked."), ("Article 1 Bread is sold.", "Article 2 Bread is baked."),
        ("Article premier. Le pain se vend.", "Article 2. Le pain se cuit."), ("Статья 1 Хлеб продается.",
        "Статья 2 Хлеб пекут."),
        ("المادة 1 - يباع الخبز.", "المادة 2 - يخبز الخبز."), ("المادة 1 لكل شخص خبز.", "المادة 2 لكل شخص ماء."),
        ("第一条　面包。", "第二条　磨坊。"), ("第一条 面包。", "第二条 磨坊。"), ("Article 1. 1. Bread.",
        "Article 2. 1. Mills."),
    ],
)  # fmt: skip
def test_an_article_may_have_its_text_on_its_line(first: str, second: str) -> None:
    found = paths("Convention", first, second)
    assert len(found) == 2 and all(path.startswith("art") for path in found)


def test_an_article_whose_number_is_not_parted_must_go_on_from_the_one_before() -> None:
    assert paths("Convention", "Article 1 Bread is sold.", "Article 9 Bread is baked.", "Article 2 Mills turn.") == [
        "art1", "art1/p1", "art2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["1. Bread:", "(a) White:", "(i) Of wheat:", "a. Big;", "b. Small;", "(ii) Of rye;", "(b) Brown."],
         ["1", "1/a", "1/a/i", "1/a/i/a", "1/a/i/b", "1/a/ii", "1/b"]),
        (["1. Bread:", "(a) White;", "(b) Brown:", "a. Big;", "b. Small.", "2. Mills."],
         ["1", "1/a", "1/b", "1/b/a", "1/b/b", "2"]),
        (["1. Bread.", "2. (a) White bread is sold;", "(b) Brown bread is baked.", "3. Mills."], ["1", "2/a", "2/b", "3"]),
        (["1．面包。", "2．(a) 白；", "(b) 黑。"], ["1", "2/a", "2/b"]),
        (["1. Bread:", *[f"({n}) Loaf;" for n in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
                                                   "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")]],
         ["1", *[f"1/{n}" for n in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
                                    "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")]]),
    ],
)  # fmt: skip
def test_items_of_a_third_form_and_on_the_line_of_their_paragraph(texts: list[str], found: list[str]) -> None:
    assert paths(*texts) == found


def test_the_text_of_a_first_item_begins_after_both_marks() -> None:
    text, blocks = structure([Paragraph("2. (a) White bread is sold;", False)])
    assert text[blocks[0].body :] == "White bread is sold;"


def test_a_paper_of_several_resolutions_has_a_part_for_each() -> None:
    first = ("77/1. Bread", "The General Assembly,", "Recalling bread,", "1. Bakes.", "Annex", "1. A loaf.")
    second = ("77/2. Mills", "The General Assembly,", "Recalling mills,", "1. Turns.")
    assert paths(*first, *second) == [
        "res77/1/pp1", "res77/1/1", "res77/1/annex/1", "res77/2/pp1", "res77/2/1",
    ]  # fmt: skip
    assert paths(*first) == ["pp1", "1", "annex/1"]  # one alone is the document


@pytest.mark.parametrize(
    ("lines", "speaker"),
    [
        (("Draft resolution I", "Draft resolution II"), "The General Assembly,"), (("Projet de résolution I",
        "Projet de résolution II"), "L’Assemblée générale,"),
        (("Proyecto de resolución I", "Proyecto de resolución II"), "La Asamblea General,"), (("Проект резолюции I",
        "Проект резолюции II"), "Генеральная Ассамблея,"),
        (("مشروع القرار الأول", "مشروع القرار الثاني"), "إن الجمعية العامة،"), (("决议草案一", "决议草案二"), "大会，"),
    ],
)  # fmt: skip
def test_the_drafts_of_a_report_are_told_apart(lines: tuple[str, str], speaker: str) -> None:
    texts = [text for line in lines for text in (line, "Bread", speaker, "1. Bakes.", "2. Turns.")]
    found = labels("en", "1. The Committee recommends drafts.", *texts)
    numbers = [line.split()[-1].removeprefix("决议草案") for line in lines]
    assert found == [
        "para. 1", *(f"draft resolution {number}, para. {para}" for number in numbers for para in (1, 2)),
    ]  # fmt: skip


def test_a_quotation_of_a_target_does_not_begin_in_its_number() -> None:
    text, (block,) = structure([Paragraph("10.c By 2030, reduce the price of bread.", False)])
    assert text[block.body :].startswith("By 2030")


TREATY = (
    "PART I", "Bread", "Article 1", "1. Bread is sold.", "2. Bread is baked.", "Article 2", "White bread", "It is sold.",
    "PART II", "Mills", "Article 3", "Mills turn.", "Final clauses", "Article 4", "Both are kept.",
)  # fmt: skip


def test_an_article_has_the_headings_of_its_own_part() -> None:
    _, blocks = structure([Paragraph(text, is_short(text)) for text in ("Convention", *TREATY)])
    cited = {path_id(block.path): block.headings for block in blocks if block.kind == "paragraph"}
    assert cited == {
        "art1/1": ("PART I\nBread", "Article 1"), "art1/2": ("PART I\nBread", "Article 1"),
        "art2/p1": ("PART I\nBread", "Article 2\nWhite bread"), "art3/p1": ("PART II\nMills", "Article 3"),
        "art4/p1": ("PART II\nMills", "Final clauses", "Article 4"),
    }  # fmt: skip


def test_what_stands_below_a_heading_is_no_longer_the_article_above() -> None:
    assert paths("Article 9", "Bread is sold.", "Declaration", "We, the bakers, declare this.") == ["art9/p1", "p1"]
    assert paths("Article 9", "1. Bread.", "A remark", "2. Mills.") == ["art9/1", "art9/2"]  # its numbers go on


def test_a_schedule_is_a_part_and_its_paragraphs_may_stand_on_lines_of_their_own() -> None:
    assert paths("Article 46", "Bread.", "SCHEDULE", "Paragraph 1", "1. White.", "2. Brown.", "Paragraph 2", "Grey.") == [
        "art46/p1", "schedule/1/1", "schedule/1/2", "schedule/2/p1",
    ]  # fmt: skip
    assert paths("Article 1", "A. Bread:", "(1) White;", "B.", "(1) Brown:", "(a) Big;", "F. Mills:", "(a) Wind.") == [
        "art1/A", "art1/A/1", "art1/B", "art1/B/1", "art1/B/1/a", "art1/F", "art1/F/a",
    ]  # fmt: skip


def test_sections_that_begin_anew_are_part_of_the_label() -> None:
    texts = ("Title", "A", "Bread", "The General Assembly,", "Recalling bread,", "1. Sells.", "B", "Mills",
             "The General Assembly,",
             "Recalling mills,", "1. Turns;", "2. Stops.")  # fmt: skip
    assert paths(*texts) == ["A/pp1", "A/1", "B/pp1", "B/1", "B/2"]
    assert paths("Title", "I. Bread", "1. Sells.", "II. Mills", "1. Turns.") == ["I/1", "II/1"]
    assert paths("Title", "I. Bread", "1. Sells.", "2. Bakes.", "II. Mills", "3. Turns.") == ["1", "2", "3"]


def test_rules_stand_apart_and_what_is_printed_twice_is_counted() -> None:
    assert labels("en", "Rule 1", "1. Bread.", "Rule 2", "1. Mills.") == ["rule 1, para. 1", "rule 2, para. 1"]
    assert labels("en", "1. Bread:", "(a) White.", "1. Mills:", "(a) Wind.") == [
        "para. 1", "para. 1 (a)", "para. 1 [2]", "para. 1 [2] (a)",
    ]  # fmt: skip
    assert labels("zh", "1. 面包。", "1. 磨坊。") == ["第1段", "第1段[2]"]
    assert paths("1. Bread:", "(a) White.", "1. Mills:", "(a) Wind.") == ["1", "1/a", "1~2", "1~2/a"]


def test_a_preamble_is_counted_through_its_items_and_semicolons() -> None:
    texts = ("The General Assembly,", "Recalling bread,", "Bearing in mind:", "(a) Mills;", "(b) Bakers,", "Welcoming flour;",
             "Taking note of wheat,", "1. Decides to bake.")  # fmt: skip
    assert paths(*texts) == ["pp1", "pp2", "pp2/a", "pp2/b", "pp3", "pp4", "1"]
    assert paths("The General Assembly,", "Recalling bread;", "Noting mills;", "1. Decides.") == ["pp1", "pp2", "1"]
    assert paths("The General Assembly,", "Recalling bread,", "Adopts the following:", "Declaration", "We bake.") == [
        "pp1", "p1", "p2",
    ]  # fmt: skip


def test_items_under_items_by_arabic_digits_and_by_roman_numbers_with_stops() -> None:
    arabic = ("١ - تهيب بالدول:", "(أ) تعزيز الخبز؛", "(ب) ضمان ما يلي:", "‘١’ الطحين؛", "‘٢’ الماء؛")
    assert paths(*arabic) == ["١", "١/أ", "١/ب", "١/ب/١", "١/ب/٢"]
    assert paths("(c) Recommends:", "i. to bake;", "ii. to mill;", "iii. to sell.", "(d) Ends.") == [
        "c", "c/i", "c/ii", "c/iii", "d",
    ]  # fmt: skip


def test_preambles_of_treaties_declarations_and_committees_are_counted() -> None:
    treaty = ("A Convention on Bread", "The States Parties to the present Convention,", "RECALLING the bread of Ruritania,",
              "Noting the mills:", "(a) of wind;", "(b) of water,", "Have agreed as follows:", "Article 1",
              "Bread is baked.")  # fmt: skip
    assert paths(*treaty) == ["pp1", "pp2", "pp2/a", "pp2/b", "p1", "art1/p1"]
    assert paths("面包宣言", "鉴于面包乃是世界和平的基础，", "鉴于磨坊转动，", "发布这一宣言：", "第一条", "人人有面包。") == [
        "pp1", "pp2", "p1", "art一/p1",
    ]  # fmt: skip
    conclusion = (
        "The Executive Committee,",
        "Recalling its conclusions,",
        "Noting bread,",
        "(a) Adopts this;",
        "(b) Bakes.",
    )
    assert paths(*conclusion) == ["pp1", "pp2", "a", "b"]
    assert paths("Excellency,", "I have the honour to send you bread,", "and remain yours.") == ["p1", "p2", "p3"]


def test_a_short_line_that_ends_with_a_comma_is_no_heading() -> None:
    assert paths("Article 1", "The bakers,", "having met in Ruritania, have agreed as follows:") == [
        "art1/p1",
        "art1/p2",
    ]


def test_a_short_paragraph_whose_number_goes_on_is_no_heading() -> None:
    texts = ("25.16 Bread is sold on all days.", "25.17 Progress is shown below", "Figure 25.I", "25.18 It goes on.")
    assert paths(*texts) == ["25.16", "25.17", "25.18"]
    assert paths("2.1 Bread", "It is sold on all days.", "2.2 Salt", "It is white.") == ["2.1/p1", "2.2/p1"]


def test_ten_thousand_short_lines_take_no_longer_each_than_a_hundred() -> None:
    many = [Paragraph("A sentence that ends.", False), *[Paragraph("A", True)] * 10_000]
    began = time.process_time()
    structure(many)
    assert time.process_time() - began < 20  # when each looked at all below it, it took four minutes

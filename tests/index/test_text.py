"""Wrapped lines to paragraphs."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileRefusedError
from index.readers.rows import ends_in_figures
from index.readers.text import decode, paragraphs, parts
from index.readers.text_tables import rows_marked
from index.structure.structure import structure


def joined(text: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(text)]


CHINESE = """\
 a. 与会者一致认为，在全球化的环境下，移徙和发展的概念已产生重要变
化。自 2005 年欧洲联盟委员会发表关于移徙与发展问题的文章以来，
人们广泛认识到当今世界的移徙问题是必须囊括原籍国过境国和目的地国
同部门的现象。

 b. 人口和经济上的失衡将继续推动移徙热潮，可能产生的后果是在 2006
年 9 月出现的积极的和消极的后果，会议对此作了讨论并取得了共同意
见。
"""


def test_chinese_lines_join_without_a_space_and_numbers_with_the_space_the_source_prints() -> None:
    first, second = joined(CHINESE)
    assert "重要变化。自 2005 年" in first
    assert "目的地国同部门" in first
    assert "在 2006 年 9 月出现" in second


def test_numbers_join_tight_where_the_source_prints_them_tight() -> None:
    tight = CHINESE.replace("自 2005 年", "自2005年").replace("年 9 月", "年9月")
    assert "在 2006年9月" in joined(tight)[1]


def test_a_paragraph_goes_on_across_blank_lines_and_page_breaks() -> None:
    doubled = CHINESE.replace("\n", "\n\n").replace("文章以来，\n\n人们", "文章以来，\n\f\n\n 人们")
    assert joined(doubled) == joined(CHINESE)


ENGLISH = """\
The participants recalled that long-
term measures are needed, as set out
in paragraph 54(b) of the report and
a. was never a mark inside a line.

Another paragraph stands here by the
blank line above.
"""


def test_english_lines_join_with_one_space_and_keep_their_hyphens() -> None:
    first, second = joined(ENGLISH)
    assert first.startswith(
        "The participants recalled that long-term measures are needed, as set out in paragraph 54(b) of"
    )
    assert second == "Another paragraph stands here by the blank line above."


def test_text_that_is_not_wrapped_has_a_paragraph_a_line() -> None:
    assert joined("Title\n\n" + "word " * 80 + "end.\n1. Short.\n") == [
        "Title",
        ("word " * 80 + "end.").strip(),
        "1. Short.",
    ]


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def nothing_is_lost(text: str) -> bool:
    """In order where nothing is left out; else every character is in the text or among what was left out."""
    found = parts(text)
    whole = "".join(paragraph.text for paragraph in found.paragraphs)
    if not found.left_out:
        return "".join(whole.split()) == "".join(text.split())
    return characters(whole + "".join(piece.text for piece in found.left_out)) == characters(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert nothing_is_lost(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "移徙和发展",
                "a. ",
                "word",
                "，",
                "。",
                "2",
                "2006",
                " ",
                "\n",
                "\n\n",
                "\f",
                "(移徙组织)",
                "A/1/2\n",
                "\n_____\n1 ",
            ]
        ),
        max_size=80,
    )
)
def test_nothing_but_white_space_is_lost_of_wrapped_text(pieces: list[str]) -> None:
    assert nothing_is_lost("".join(pieces))


PAGES = """\
                                                        A/91/205

1.   The bakers of the town reported that white bread, which is
sold in the morning, is liked by most, and that brown bread is

                              2

A/91/205

liked by others, as the survey shows.1

____________
1  See the Bread Outlook: the 2034 revision (Sales No. E.35.9)
and the mills.

2.   The mills of the town turned on all days of the year, but
for the days on which there was no wind.

                              3

A/91/205

3.   Nothing more was said.
"""


def test_page_numbers_running_heads_and_footnotes_are_left_out_and_listed() -> None:
    found = parts(PAGES)
    assert [paragraph.text[:12] for paragraph in found.paragraphs] == [
        "A/91/205",
        "1.   The bak",
        "2.   The mil",
        "3.   Nothing",
    ]
    assert "brown bread is liked by others, as the survey shows." in found.paragraphs[1].text
    assert [(piece.kind, piece.text[:9]) for piece in found.left_out] == [
        ("page number", "2"), ("running head", "A/91/205"), ("page mark", "_________"), ("footnote", "1  See th"),
        ("page number", "3"), ("running head", "A/91/205"),
    ]  # fmt: skip


def test_numbers_of_a_table_and_years_alone_are_no_pages() -> None:
    table, years = "Bread\n\n1\n\n2\n\n3\n\nMills\n", "2031\n\n" + "Bread.\n\n" * 6 + "2032\n\nMills.\n"
    for text in (table, years, "Total\n\n        7\n"):
        assert parts(text).left_out == ()


RUSSIAN = """\
Генеральная Ассамблея,

ссылаясь на свои резолюции о хлебе, в том числе о белом хлебе и о
черном хлебе всех пекарей города,

вновь подтверждая значение мельниц города и всех ветров, которые,
их вращают, и зерна, которое они мелют, и реки, текущей к югу,

отмечая также вклад пекарей,
"""


def test_russian_preambular_paragraphs_begin_small_after_a_blank_line() -> None:
    assert [paragraph[:9] for paragraph in joined(RUSSIAN)] == ["Генеральн", "ссылаясь ", "вновь под", "отмечая т"]


ITEMS = """\
11.  Requests all of the bakers of the town and of the villages to:
(a)  Sell white bread in the morning, and in the evening as well;
(b)  Sell brown bread at noon, which all of the bakers can do; and
(c)  Bake both of these kinds of bread on each day of the year;
12.  Decides to return to this question of bread in the next year,
by all means, as is set out in the annex to the report; and also,
3.  of course, to mills.
"""


def test_items_that_nothing_parts_but_their_marks_stay_apart() -> None:
    assert [paragraph[:4] for paragraph in joined(ITEMS)] == ["11. ", "(a) ", "(b) ", "(c) ", "12. "]


def test_a_masthead_of_two_columns_keeps_its_lines() -> None:
    head = f"United Nations{'A/RES/91/280':>56}\nGeneral Assembly{'Distr.: General':>54}\n"
    assert len(joined(head + ITEMS)) == 2 + 5


def test_short_lines_are_no_wrapped_page() -> None:
    chinese = (
        "1. 促请各国促进和保护所有面包师；",
        "2. 又促请各国出售白面包；",
        "3. 再次促请各国出售黑面包；",
        "4. 决定继续处理面包。",
    )
    assert joined("\n\n".join(chinese)) == list(chinese)
    english = (
        "Bread in the town",
        "The General Assembly,",
        "Recalling its resolution,",
        "1. Urges bakers to act;",
        "2. Reports.",
    )
    assert joined("\n\n".join(english)) == list(english)


def test_clauses_of_one_line_each_with_blank_lines_between_stay_apart() -> None:
    french = (
        "Résolution adoptée par le Conseil économique et social le 8 juin 2021", "[sur recommandation (E/2021/26)]",
        "2021/7. Promouvoir les droits des boulangers", "Le Conseil économique et social,",
        "Rappelant sa résolution 2020/14 du 22 juin 2020,", "Soulignant que :", "a) Le pain contribue au développement ;",
        "b) Les moulins sont des biens privés du pays ;", "Conscient de l’importance du sujet,", "I", "Mesures nationales",
        "1. Engage les boulangers du pays à faire du pain ;", "2. Prie le Secrétaire général de faire rapport ;", "II",
        "Mesures internationales", "1. Décide de rester saisi de la question.", "13e séance plénière",
    )  # fmt: skip
    assert joined("\n\n".join(french)) == list(french)


def test_a_line_broken_early_in_the_middle_of_a_sentence_goes_on() -> None:
    text = (
        "1. The present report is submitted pursuant to resolution 26/19. It covers\n"
        "the activities from 1 August 2016 to 30 April 2017, including visits to\n"
        "Greece and to the bakers of all the towns of the north\n"
        "of Australia, who sell bread in the morning and at noon on all days of the\n"
        "week.\n"
        "2. In the report, the Special Rapporteur sets out an agenda for facilitating\nthe baking of bread.\n"
    )
    assert [paragraph[:4] for paragraph in joined(text)] == ["1. T", "2. I"]
    few = "1. The bakers of the towns have baked bread in all the seasons of\nthe year.\n2. They have sold it."
    assert [paragraph[:4] for paragraph in joined(few)] == ["1. T", "2. T"]


@pytest.mark.parametrize(
    ("lines", "short"),
    [
        (("Country     Adopted", "Mali        May 2010", "Peru        -"), [False] * 3),
        (("Country\tAdopted", "Mali\tMay 2010", "Peru\t-"), [False] * 3),
        (("Table 1", "Mali  5.1  (7.2)  –", "Below"), [True, False, True]),
        (("Country     Adopted", "Mali        May 2010"), [True] * 2),
        (
            ("United Nations    A/91/280", "General Assembly    Distr.: General", "17 April 2031    Original: English"),
            [True] * 3,
        ),
        (("(Signed) A. Baker    (Signed) B. Miller", "Minister    Minister", "Ruritania    Graustark"), [True] * 3),
    ],
)
def test_rows_of_a_table_are_no_headings(lines: tuple[str, ...], short: list[bool]) -> None:
    found = paragraphs("\n\n".join(("Bread is sold.", *lines, "Bread is sold.")))
    assert [paragraph.short for paragraph in found[1:-1]] == short


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("A. Pain vendu : 12 345 600", False),
        ("Pain vendu : 345 600 700", False),
        ("C. Bread in 2019 2020 2021", False),
        ("Bread in 2019 2020 2021", False),
        ("Bread, 2019 – 2020", False),
        ("I. Bread 1 2 3", False),
        ("Bread 345 600 700", True),
        ("Bread 1 234 2 345 3 456", True),
        ("Bread – – 5", True),
        ("2019 2020 2021", True),
    ],
)
def test_figures_of_thousands_and_years_are_no_cells_of_a_row(line: str, row: bool) -> None:
    assert ends_in_figures(line) == row
    assert paragraphs(f"It rains.\n\n{line}\n\nIt rains.")[1].short != row


def test_an_annex_in_a_row_with_its_page_is_no_title() -> None:
    rows = "\n".join(f"{title:<60}{page}" for title, page in (("I. Bread", 2), ("II. Mills", 3), ("Annex", 9)))
    _, blocks = structure(rows_marked(paragraphs(f"It rains.\n\n{rows}\n\n1. Bread is sold.\n")))
    assert not any(step.kind == "annex" for block in blocks for step in block.path)


def test_encodings_are_told_and_said() -> None:
    assert decode("移徙".encode("utf-8-sig"), "x.txt") == ("移徙", ())
    text, notes = decode(("国际移徙与发展问题高级别对话的会议结论。" * 20).encode("gb18030"), "x.txt")
    assert text.startswith("国际移徙与发展") and len(notes) == 1 and "not UTF-8" in notes[0]
    assert decode("移徙".encode("utf-16"), "x.txt")[0] == "移徙"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01\x02binary", bytes(range(1, 32)) * 20])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match=r"x\.txt is (empty|a binary)"):
        decode(data, "x.txt")

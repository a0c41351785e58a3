"""Wrapped lines to paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileRefusedError
from index.readers.text import decode, paragraphs


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


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(joined(text)).split()) == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(["移徙和发展", "a. ", "word", "，", "。", "2006", " ", "\n", "\n\n", "\f", "(移徙组织)"]),
        max_size=80,
    )
)
def test_nothing_but_white_space_is_lost_of_wrapped_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join("".join(joined(text)).split()) == "".join(text.split())


def test_encodings_are_told_and_said() -> None:
    assert decode("移徙".encode("utf-8-sig"), "x.txt") == ("移徙", ())
    text, notes = decode(("国际移徙与发展问题高级别对话的会议结论。" * 20).encode("gb18030"), "x.txt")
    assert text.startswith("国际移徙与发展") and len(notes) == 1 and "not UTF-8" in notes[0]
    assert decode("移徙".encode("utf-16"), "x.txt")[0] == "移徙"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01\x02binary", bytes(range(1, 32)) * 20])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match=r"x\.txt is (empty|a binary)"):
        decode(data, "x.txt")

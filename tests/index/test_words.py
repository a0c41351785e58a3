"""Tokens, BM25 and the lexicon."""

from __future__ import annotations

import io
import zipfile
from math import log

import pytest

from index.words.bm25 import K1, B, WordIndex
from index.words.learn import learn
from index.words.lexicon import MAX_UNPACKED, Lexicon, shipped_lexicon
from index.words.tokens import tokens, words


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "匯款 2006 年", ["汇款", "2006", "年"]),
        ("zh", "汇款系私人", ["汇款", "款系", "系私", "私人"]),
        ("en", "Remittances of 3.4 million, A/RES/70/1", ["remitt", "of", "3.4", "million", "a/res/70/1"]),
        ("fr", "l’Organisation d'été", ["organis", "été"]),
        ("ar", "١٢ مهاجرًا", ["12", "مهاجر"]),
        ("ru", "переводы переводов", ["перевод", "перевод"]),
        ("en", "See A/RES/70/1.", ["see", "a/res/70/1"]),
        ("en", "migrants/refugees and/or IOM", ["migrant", "refuge", "and", "or", "iom"]),
        ("en", "E/CN.4/2004/12/Add.1, (A/61/50)", ["e/cn.4/2004/12/add.1", "a/61/50"]),
        ("ar", "المهاجرين والمهاجرين", ["مهاجر", "مهاجر"]),
        ("es", "", []),
        (None, "\ud800 ABC", ["abc"]),
    ],
)
def test_tokens(language: str | None, text: str, expected: list[str]) -> None:
    assert tokens(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "氣候變化與匯款", {"气候变化": ("气候", "候变", "变化"), "汇款": ("汇款",)}),
        ("zh", "2006 年，MIDA 由谁资助", {"2006": ("2006",), "mida": ("mida",), "资助": ("资助",)}),
        ("zh", "IOM和UNDP在2006年", {"iom": ("iom",), "undp": ("undp",), "2006": ("2006",)}),
        ("zh", "最不发达国家", {"不发达国家": ("不发", "发达", "达国", "国家")}),
        ("zh", "无证件、非移民、未登记", {"无证件": ("无证", "证件"), "非移民": ("非移", "移民"), "未登记": ("未登", "登记")}),
        ("zh", "反倾销、没工作", {"反倾销": ("反倾", "倾销"), "没工作": ("没工", "工作")}),
        ("zh", "移民的狗，税高吗", {"移民": ("移民",), "的狗": ("的狗",), "税高": ("税高",)}),
        ("zh", "是，不", {}),
        ("fr", "l’Organisation d'été", {"organis": ("organis",), "été": ("été",)}),
        ("zh", "", {}),
    ],
)  # fmt: skip
def test_words_have_the_tokens_that_they_are_searched_by(
    language: str, text: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert words(text, language) == expected
    assert {token for own in expected.values() for token in own} <= set(tokens(text, language))


def test_bm25_is_its_formula() -> None:
    index = WordIndex.build([["a", "b", "a"], ["b", "c", "c"], ["c", "d", "d"]])
    idf = log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = K1 * (1 - B + B * 1)  # all are of the mean length
    assert index.scores({"a": 0.5, "unknown": 9.0}) == pytest.approx([0.5 * idf * 2 * (K1 + 1) / (2 + norm), 0, 0])
    assert WordIndex.build([]).scores({"a": 1.0}).shape == (0,)


ROWS = [
    {"en": "bread and water", "zh": "面包和水"},
    {"en": "water and schools", "zh": "水和学校"},
    {"en": "bread and schools", "zh": "面包和学校"},
    {"en": "schools are open", "zh": "学校开着"},
]


def test_a_lexicon_is_learned_and_its_file_is_the_same_each_time() -> None:
    lexicon = learn(ROWS)
    best = lexicon.translations("school", "en", "zh")
    assert max(best, key=lambda token: best[token]) == "学校"
    assert lexicon.translations("学校", "zh", "en")["school"] == best["学校"]
    data = lexicon.to_bytes()
    assert data == learn(ROWS).to_bytes()
    again = Lexicon.from_bytes(data)
    assert (
        again.to_bytes() == data
        and again.translations("bread", "en", "zh").keys() == lexicon.translations("bread", "en", "zh").keys()
    )
    assert lexicon.translations("bread", "en", "ru") == {}


def test_a_lexicon_that_swells_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("words-en.npy", bytes(MAX_UNPACKED + 1))
    with pytest.raises(ValueError, match="it would be 128 MB, 128 are read"):
        Lexicon.from_bytes(buffer.getvalue())


@pytest.mark.parametrize(
    ("word", "source", "target", "translation"),
    [
        ("remitt", "en", "zh", "汇款"),
        ("traffick", "en", "zh", "贩运"),
        ("汇款", "zh", "fr", "envois"),
        ("перевод", "ru", "zh", "汇款"),
    ],
)
def test_the_shipped_lexicon_knows_the_words_of_the_field(
    word: str, source: str, target: str, translation: str
) -> None:
    assert translation in shipped_lexicon().translations(word, source, target)

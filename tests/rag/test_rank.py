"""Ranking, quoting and refusing with vectors that can be worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from math import exp
from pathlib import Path

import numpy as np
import pytest

from index.library import Library
from index.words.asking import matter
from index.words.learn import learn
from index.words.lexicon import shipped_lexicon
from rag.aligned import editions_rows
from rag.answer import Quote
from rag.question.asked import Asked
from rag.question.query import Query
from rag.question.wording import as_word
from rag.quote import quote
from rag.refuse import MOST_LEAD, MOST_WORDS, Rule, confidence, signs_of
from rag.retrieve import Retrieval, retrieve

Write = Callable[[str, str], Path]
FOUR = """\
1. Bread is sold by bakers, it is good bread.
2. The banks lend. They also take deposits. The banks are many and the banks are old.
3. The schools teach.
4. The borders are open, and nobody waits there.
"""


def a_quote(text: str) -> Quote:
    return Quote(1, text, "c", "l", "d#1", "en", None, "t", "0" * 64, 0, len(text), 1.0)


def ask_small(library: Library, question: str, language: str = "en") -> Retrieval:
    return retrieve(Query(question, language), library.searchable(), library.embedder, {}, quotable=10)


@pytest.mark.parametrize(
    ("question", "first"), [("banks", "2"), ("bread", "1"), ("schools", "3"), ("borders waits", "4")]
)
def test_the_clause_with_the_words_comes_first(small: Library, file: Write, question: str, first: str) -> None:
    small.add(file("four.txt", FOUR))
    found = ask_small(small, question)
    assert found.hits[0].clause.id == f"four#{first}" and found.in_best == found.found == dict.fromkeys(found.asked, 1)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_cosines_are_those_of_the_vectors(small: Library, file: Write) -> None:
    small.add(file("four.txt", FOUR))
    hit = ask_small(small, "banks").hits[0]
    assert hit.clause_cosine == pytest.approx(1.0)  # the clause counts banks alone, as the question does
    # First and third sentence count banks, the second none of the words.
    assert hit.sentence_cosines == pytest.approx((1.0, 0.0, 1.0))


def test_quotes_are_runs_of_sentences(small: Library, file: Write) -> None:
    small.add(file("four.txt", FOUR))
    documents = small.snapshot()
    (only,) = quote(ask_small(small, "deposits").hits[:1], documents, "en")
    assert only.text == "They also take deposits." and only.label == "para. 2"


def test_equal_scores_keep_the_order_of_the_library(small: Library, file: Write) -> None:
    small.add(file("same.txt", "1. The banks are open.\n2. The banks are open.\n3. The schools are open.\n"))
    assert [hit.clause.id for hit in ask_small(small, "banks").hits[:2]] == ["same#1", "same#2"]


def test_a_question_in_another_language_finds_words_through_the_lexicon(small: Library, file: Write) -> None:
    small.add(file("zh.txt", "1. 汇款是私人资金。\n2. 教育是一项权利。\n3. 气候正在变化。\n4. 会议在布鲁塞尔举行。\n"))
    found = ask_small(small, "remittances")  # the counting model knows none of these words: the lexicon alone decides
    assert found.hits[0].clause.text == "汇款是私人资金。" and found.found == {"remitt": 1}


def test_nothing_found_is_no_confidence() -> None:
    assert confidence(Retrieval("q", "en", (), {}, {}, {}, frozenset(), frozenset(), False, 0)) == 0.0


def test_the_signs_are_what_they_say(small: Library, file: Write) -> None:
    small.add(file("four.txt", FOUR))
    found = ask_small(small, "banks lend zebras to Germany 97")
    assert tuple(found.asked) == ("bank", "lend", "zebra", "to", "germani", "97") and found.in_best == {
        "bank": 1,
        "lend": 1,
    }
    signs, asking = signs_of(found), matter("to", "en")
    assert 0 < asking < 0.5  # of the six tokens it alone is one of asking, the others say 1 each
    assert signs["coverage of the best"] == pytest.approx(2 / (5 + asking))
    assert signs["missing matter"] == pytest.approx(3 + asking) and signs["same language"] == 1.0
    assert (signs["missing places"], signs["places not in the best"], signs["numbers not in the best"]) == (1, 1, 1)
    assert "zebra" not in found.known  # no word of the United Nations: that it is not there says little
    assert (
        signs["absent from the best"] == pytest.approx((2 + asking) / (5 + asking)) == signs["absent from the library"]
    )
    known = signs_of(ask_small(small, "banks lend"))
    assert (known["missing places"], known["numbers not in the best"], known["coverage"]) == (0, 0, 1)


def test_a_chinese_question_is_judged_by_its_words(small: Library, file: Write) -> None:
    """They are searched by pairs of characters; one that lies across two words (业想) is no word that is missing."""
    small.add(file("zh.txt", "1. 企业得到贷款。\n2. 教育是一项权利。\n3. 气候正在变化。\n"))
    found = ask_small(small, "企业想贷款", "zh")
    assert found.asked == found.in_best == {"企业": 1.0, "贷款": 1.0}
    found = ask_small(small, "企业和养老金", "zh")
    assert found.asked == {"企业": 1.0, "养老金": 1.0} and found.in_best == {"企业": 1.0}
    covered = {hit.clause.text[:2]: hit.covered for hit in found.hits}
    assert covered == {"企业": 0.5, "教育": 0.0, "气候": 0.0}


def test_a_long_chinese_word_is_found_as_far_as_its_parts_are(small: Library, file: Write) -> None:
    """Between two pairs one across the word's parts (候变 in 气候变化) counts as much as they do, not as missing."""
    assert as_word([1, 0, 0.5]) == 0.5 and as_word([0.5, 1, 0.5]) == 0.5 and as_word([1, 1, 0]) == 0
    assert as_word([[1, 0], [0, 1], [1, 1]]).tolist() == [1, 0]
    small.add(file("zh.txt", "1. 气候正在变化。\n2. 教育是一项权利。\n3. 企业的气候。\n"))
    found = ask_small(small, "气候变化", "zh")
    assert found.asked == found.in_best == found.found == {"气候变化": 1.0}
    assert [hit.covered for hit in found.hits] == [1.0, 0.0, 0.0]  # 变化 is missing in the third


def test_one_clause_must_have_all_of_a_chinese_word(small: Library, file: Write) -> None:
    small.add(file("zh.txt", "1. 跨国犯罪增多。\n2. 公司应当纳税。\n3. 教育是一项权利。\n"))
    found = ask_small(small, "跨国公司纳税", "zh")
    assert found.found == found.in_best == {"纳税": 1.0} and "跨国公司" in found.known
    small.add(file("other.txt", "1. 跨国公司遍布全球。\n"))
    without = np.array([clause.id.startswith("zh") for clause in small.searchable().snapshot.clauses])
    query = Query("跨国公司纳税", "zh")
    for chosen, there in ((without, {"纳税"}), (None, {"跨国公司", "纳税"})):
        assert retrieve(query, small.searchable(), small.embedder, {}, chosen=chosen).found.keys() == there


def test_a_part_of_a_chinese_word_in_another_language_is_no_seam(small: Library, file: Write) -> None:
    """Of 世界贸易组织 the lexicon translates 世界, 贸易 and 组织, which lie side by side and not across each other."""
    small.add(file("en.txt", "1. World organizations met.\n2. The banks lend.\n3. Schools teach.\n"))
    assert ask_small(small, "世界贸易组织", "zh").in_best == {}


def test_of_a_chinese_word_in_another_language_the_pairs_with_a_translation_count(small: Library, file: Write) -> None:
    """The lexicon has 全球 and not 球化, of which it cannot be told whether an English clause has it."""
    small.add(file("en.txt", "1. Globalization is here.\n2. The banks lend.\n3. Schools teach.\n"))
    lexicon = shipped_lexicon()
    assert lexicon.translations("全球", "zh", "en") and not lexicon.translations("球化", "zh", "en")
    found = ask_small(small, "全球化", "zh")
    assert found.asked == found.found == found.in_best == {"全球化": 1.0}
    assert [hit.covered for hit in found.hits] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("word", ["移民", "移徙"])
def test_a_word_counts_as_far_as_its_translation_is_sure(small: Library, file: Write, word: str) -> None:
    """Of 移民 "migrant" is surer than "migration"; so of 移徙, for which the other Chinese word stands."""
    small.add(file("en.txt", "1. Migrants work.\n2. Migration grows.\n3. Schools teach.\n"))
    weights = shipped_lexicon().translations("移民", "zh", "en")
    covered = {hit.clause.text: hit.covered for hit in ask_small(small, word, "zh").hits}
    assert weights["migrat"] < weights["migrant"] == max(weights.values())
    assert covered["Migration grows."] == pytest.approx(weights["migrat"] / weights["migrant"])
    assert covered["Migrants work."] == 1.0 and covered["Schools teach."] == 0.0


def test_a_word_that_denies_belongs_to_the_next(small: Library, file: Write) -> None:
    small.add(file("zh.txt", "1. 发达国家提供援助。\n2. 教育是一项权利。\n3. 气候正在变化。\n"))
    assert ask_small(small, "不发达国家", "zh").in_best == {}
    assert ask_small(small, "发达国家", "zh").in_best == {"发达国家": 1.0}


def test_what_a_chinese_question_asks_for() -> None:
    why = Asked.of([("为什么要教育", "zh")])
    assert why.words == {"为什么": ("为什", "什么"), "教育": ("教育",)}
    assert why.says["为什么"] == matter("为什", "zh") > matter("什么", "zh")
    # Whether one can denies nothing.
    for whether in ("能不能汇款？", "能汇款吗？", "能否汇款？", "有没有汇款？"):
        assert tuple(Asked.of([(whether, "zh")]).words) == ("汇款",)
    only = Asked.of([("是", "zh")])
    assert only.words == {"是": ("是",)} and tuple(only.tokens) == ("是",)
    both = Asked.of([("What are remittances?", "en"), ("难民呢？", "zh")])
    assert {"remitt": ("remitt",), "难民": ("难民",)}.items() <= both.words.items()


def test_migration_has_two_words_in_chinese(small: Library, file: Write) -> None:
    small.add(file("zh.txt", "1. 移徙推动发展。\n2. 教育是一项权利。\n3. 气候正在变化。\n"))
    for question, language in (("移民", "zh"), ("migrants", "en")):
        found = ask_small(small, question, language)
        assert found.hits[0].clause.text == "移徙推动发展。" and set(found.in_best.values()) == {1.0}


def test_a_clause_covers_the_words_that_it_has(small: Library, file: Write) -> None:
    small.add(file("four.txt", FOUR))
    others = 1 + matter("to", "en") + matter("school", "en")  # zebra says 1
    covered = {hit.clause.text[4:9]: hit.covered for hit in ask_small(small, "banks lend zebras to schools").hits}
    assert covered["banks"] == pytest.approx(2 / (2 + others))
    assert covered["schoo"] == pytest.approx(matter("school", "en") / (2 + others))


def test_a_date_that_is_asked_for_and_not_there_is_a_sign(small: Library, file: Write) -> None:
    small.add(file("two.txt", "1. The office in Nairobi opened on 3 May 2019.\n2. The banks lend money.\n"))
    sign = "date asked, none there"
    assert signs_of(ask_small(small, "When do the banks lend money?"))[sign] == 1.0
    assert signs_of(ask_small(small, "When was the office in Nairobi opened?"))[sign] == 0.0
    assert signs_of(ask_small(small, "Do the banks lend money?"))[sign] == 0.0
    carried = Query("And who lends money?", "en", (("When do the banks lend money?", "en"),))
    assert signs_of(retrieve(carried, small.searchable(), small.embedder, {}))[sign] == 0.0


def test_one_rare_word_of_a_large_library_says_no_more_than_one_of_a_small(small: Library, file: Write) -> None:
    """Of four hundred clauses the only one with the word stands twenty deviations above the mean."""
    others = "\n".join(f"{n}. Schools teach {n} children." for n in range(2, 402))
    small.add(file("many.txt", f"1. Banks lend money.\n{others}\n"))
    found = ask_small(small, "banks")
    signs, hits = signs_of(found), found.hits
    assert hits[0].words > MOST_WORDS == signs["words"] == signs["words, same language"]
    assert hits[0].score - hits[1].score > MOST_LEAD == signs["lead over second"] == signs["lead over fifth"]


def test_a_word_that_the_lexicon_does_not_know_is_not_called_absent(small: Library, file: Write) -> None:
    small.add(file("zh.txt", "1. 汇款是私人资金。\n2. 教育是一项权利。\n3. 气候正在变化。\n4. 会议在布鲁塞尔举行。\n"))
    found = ask_small(small, "remittances zebras trafficking")
    assert {"remitt", "traffick"} <= found.known and "zebra" not in found.known
    signs = signs_of(found)
    assert signs["absent from the best"] == pytest.approx(1 / 3) and signs["coverage of the best"] == pytest.approx(
        1 / 3
    )


def test_the_rule_is_a_logistic_function_of_the_signs(small: Library, file: Write) -> None:
    small.add(file("four.txt", FOUR))
    rule = Rule(threshold=0.5, near=0.2, intercept=-1.0, weights={"coverage": 2.0, "missing matter": -1.0})
    assert confidence(ask_small(small, "banks lend"), rule) == pytest.approx(1 / (1 + exp(-1.0)))
    assert confidence(ask_small(small, "banks zebra"), rule) == pytest.approx(1 / (1 + exp(1.0)))


LIST = """\
1. The schools teach.
2. Bread was discussed. The meeting calls upon all banks to serve:
(a) Women;
(b) Young people who live far from any of the large towns and have no papers;
3. The borders are open.
"""


def test_the_chapeau_goes_with_its_item(small: Library, file: Write) -> None:
    small.add(file("list.txt", LIST))
    snapshot = small.snapshot()
    hits = {hit.clause.id: hit for hit in ask_small(small, "women young people").hits}
    assert [q.text for q in quote((hits["list#2/a"],), snapshot, "en")] == [
        "The meeting calls upon all banks to serve:", "Women;",
    ]  # fmt: skip
    chapeau, item = quote((hits["list#2/b"],), snapshot, "en")
    assert chapeau.text.endswith("serve:") and item.text.startswith("Young people")
    (paragraph,) = quote((hits["list#3"],), snapshot, "en")
    assert paragraph.number == 1 and paragraph.text == "The borders are open."


PROHIBITIONS = """\
1. Rents were discussed at length. States shall prohibit the following practices:
(a) Charging interest on deposits that tenants have paid in cash before they moved in;
(b) Contracts that the following may not sign:
(i) Children of any age, whoever their guardians may be and wherever they live;
2. The measures taken so far.
(a) The towns built a hundred houses and let them to teachers for a small rent every month.
"""


def test_a_chapeau_that_turns_the_sense_about_always_goes_with_its_item(small: Library, file: Write) -> None:
    small.add(file("rents.txt", PROHIBITIONS))
    snapshot = small.snapshot()
    hits = {hit.clause.id: hit for hit in ask_small(small, "interest children houses").hits}

    def quoted(name: str) -> list[str]:
        return [q.text.split()[0] for q in quote((hits[name],), snapshot, "en")]

    assert quoted("rents#1/a") == ["States", "Charging"]
    assert quoted("rents#1/b/i") == ["States", "Contracts", "Children"]
    assert quoted("rents#2/a") == ["The"]  # says enough alone, under a chapeau that is a sentence


def test_a_chapeau_is_quoted_once(small: Library, file: Write) -> None:
    small.add(
        file(
            "list.txt",
            LIST.replace("people who live far from any of the large towns and have no papers", "children"),
        )
    )
    hits = {hit.clause.id: replace(hit, score=1.0) for hit in ask_small(small, "women children").hits}
    quotes = quote((hits["list#2/a"], hits["list#2/b"]), small.snapshot(), "en")
    assert [(q.number, q.text) for q in quotes] == [
        (1, "The meeting calls upon all banks to serve:"), (2, "Women;"), (3, "Young children;"),
    ]  # fmt: skip


def test_a_library_learns_words_from_its_own_editions(small: Library, file: Write) -> None:
    pairs = [
        ("The zorgs are blue", "佐格是蓝的"),
        ("Many zorgs sleep", "许多佐格睡觉"),
        ("Zorgs and bread", "佐格和面包"),
    ]
    rows = [
        json.dumps({"id": f"r{n}", "lang": lang, "text": text})
        for n, pair in enumerate(pairs)
        for lang, text in zip(("en", "zh"), pair, strict=True)
    ]
    small.add(file("pairs.jsonl", "\n".join(rows)))
    before = small.searchable()
    assert before.lexicon.translations("zorg", "en", "zh") == {}
    own = editions_rows(before.snapshot)
    assert own == [{"en": english, "zh": chinese} for english, chinese in pairs]
    small.keep_lexicon(learn(own).to_bytes())
    after = small.searchable()
    assert after.lexicon.translations("zorg", "en", "zh")["佐格"] > 0.5
    assert after.lexicon.translations("remitt", "en", "zh")  # what ships is still there
    assert after.snapshot.fingerprint != before.snapshot.fingerprint

"""Which sentences of a clause are quoted: the run by hand, the rule that ships, and learning it from made data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from importlib import resources
from io import BytesIO
from math import log
from pathlib import Path

import numpy as np
import pytest

from index.clause import Clause, Sentence
from index.embed import Embedder
from index.errors import ModelDamagedError
from index.library import Library
from index.model import DEFAULT_MODEL_NAME
from index.words.asking import matter
from rag.answer import Hit
from rag.ask import ask
from rag.choose import FILE, MATCH_FILE, SIGNS, Chooser, Match, best_run, chooser, signs_of
from rag.evaluate.choosing import Choice, learn
from rag.question.query import Query
from rag.quote import quote
from rag.retrieve import retrieve
from rag.sought import NOTHING, sought

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("shares", "cost", "run"),
    [
        ((0.5, 0.3, 0.2), 0.05, (0, 2)),  # gains .45, .70, .85
        ((0.5, 0.3, 0.2), 0.25, (0, 1)),  # .25, .30, .25
        ((0.5, 0.3, 0.2), 0.4, (0, 0)),  # .10, .00, -.20
        ((0.2, 0.1, 0.1, 0.6), 0.05, (1, 3)),  # .55, .60, .65; from the first to the last would be four
        ((0.4, 0.1, 0.1, 0.4), 0.11, (0, 0)),  # .29, .28, .27; of the two equal ones the earlier
        ((1.0,), 0.9, (0, 0)),
        ((0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1), 0.04, (1, 3)),  # .38; (3, 5) has as much, in other bits
    ],
)
def test_the_run_with_the_most_probable_answer_less_its_length(
    shares: tuple[float, ...], cost: float, run: tuple[int, int]
) -> None:
    assert best_run([log(share) + 7 for share in shares], cost) == run


def a_hit(*sentences: str) -> Hit:
    text, spans = " ".join(sentences), list[Sentence]()
    for sentence in sentences:
        start = text.index(sentence)
        spans.append(Sentence(start, start + len(sentence)))
    clause = Clause("c", "d", "paragraph", (), (), 0, len(text), text, tuple(spans), "en")
    zs = tuple(float(n + 1) for n in range(len(sentences)))
    return Hit(clause, 0.0, 0.0, 0.0, 0.0, zs, zs, tuple(n / 4 for n in range(len(sentences))))


def test_the_signs_of_sentences_are_what_they_say() -> None:
    found = replace(a_hit("Banks lend.", "They take deposits.", "So?"), sentence_apart=(0.7, 0.2, 0.1))
    signs = dict(zip(SIGNS, signs_of(found, NOTHING).T.tolist(), strict=True))
    assert signs.pop("length") == pytest.approx([log(11), log(19), log(3)])
    assert signs.pop("apart") == pytest.approx([0.7, 0.2, 0.1])
    assert signs == {
        "z": [1, 2, 3], "words": [0, 0.25, 0.5], "first": [1, 0, 0], "last": [0, 0, 1],
        "z of the one before": [0, 1, 2], "z of the next": [2, 3, 0], "best z": [0, 0, 1], "most words": [0, 0, 1],
        "date asked, has one": [0, 0, 0], "amount asked, has one": [0, 0, 0],
    }  # fmt: skip
    early = signs_of(replace(found, sentence_zs=(1.0, 3.0, 3.0)), NOTHING)
    assert early[:, SIGNS.index("best z")].tolist() == [0, 1, 0]  # the first of two
    alone = signs_of(replace(a_hit("Banks lend."), sentence_apart=(0.0,)), NOTHING)
    assert alone.shape == (1, len(SIGNS)) and alone[0, SIGNS.index("first")] == alone[0, SIGNS.index("last")] == 1
    assert alone[0, SIGNS.index("most words")] == 0  # it has none
    rounded = replace(found, sentence_shares=(0.1 + 0.2, 0.3, 0.3))  # the first is more in its last bit
    backwards = replace(rounded, sentence_shares=(0.3, 0.1 + 0.2, 0.3))
    most = [signs_of(one, NOTHING)[:, SIGNS.index("most words")].tolist() for one in (rounded, backwards)]
    assert most == [[1, 0, 0], [1, 0, 0]]


@pytest.mark.parametrize(
    ("question", "sign", "there"),
    [
        (Query("When did banks lend?", "en"), "date asked, has one", [0, 1, 0]),
        (Query("银行何时放贷？", "zh"), "date asked, has one", [0, 1, 0]),
        (Query("How much money did banks lend?", "en"), "amount asked, has one", [0, 0, 1]),
        (Query("And in Ghana?", "en", (("How much money did banks lend?", "en"),)), "amount asked, has one", [0, 0, 1]),
        (Query("Who lends?", "en", (("When did banks lend?", "en"),)), "date asked, has one", [0, 0, 0]),
        (Query("And in Ghana?", "en", (("When did banks lend?", "en"),)), "date asked, has one", [0, 1, 0]),
        (Query("What do banks lose when they lend?", "en"), "date asked, has one", [0, 0, 0]),
        (Query("And when?", "en", (("How much money did banks lend?", "en"),)), "amount asked, has one", [0, 0, 0]),
        (Query("Qui les paie ?", "fr", (("Combien d'argent ?", "fr"),)), "amount asked, has one", [0, 0, 0]),
    ],
)
def test_a_sentence_that_has_what_is_asked_for_shows_it(question: Query, sign: str, there: list[int]) -> None:
    hit = a_hit("Banks lend.", "They did in May 2004.", "They lent 30 million dollars.")
    signs = signs_of(replace(hit, sentence_apart=(0.0,) * 3), sought(question))
    assert signs[:, SIGNS.index(sign)].tolist() == there


def test_words_that_few_sentences_have_tell_them_apart(small: Library, file: Write) -> None:
    small.add(file("apart.txt", "1. The parrot sings. The parrot eats seeds. The parrot sleeps.\n"))
    query = Query("parrot eats seeds", "en")
    found = retrieve(query, small.searchable(), small.embedder, {}).hits[0]
    # "parrot" stands in all three and counts log(1 + 3/3), "eat" and "seed" in one and count twice as much, log(1 + 3/1).
    assert found.sentence_apart == pytest.approx((0.2, 1.0, 0.2))
    asking = matter("the", "en")  # that stands in all three, too, and says nearly nothing
    found = retrieve(Query("the parrot eats seeds", "en"), small.searchable(), small.embedder, {}).hits[0]
    assert asking < 0.2 and found.sentence_apart[0] == pytest.approx((1 + asking) / (5 + asking))


def test_what_tells_chinese_sentences_apart_are_words(small: Library, file: Write) -> None:
    """Not all pairs of characters (吃种, 子了), which the second sentence alone has; for 吃 stands 鹉吃."""
    small.add(file("apart.txt", "1. 鹦鹉唱歌。鹦鹉吃种子了。鹦鹉睡觉。\n"))
    found = retrieve(Query("鹦鹉吃种子了", "zh"), small.searchable(), small.embedder, {}).hits[0]
    assert found.sentence_apart == pytest.approx((0.2, 1.0, 0.2))  # 鹦鹉 counts log(1 + 3/3), 吃 and 种子 twice as much


def test_scores_add_up_what_signs_and_vectors_say() -> None:
    match = Match(np.array([[0, 2], [1, 0]], np.float32), np.array([0.5, 0], np.float32))
    question, sentences = np.array([1, 0], np.float32), np.array([[1, 0], [0, 1]], np.float32)
    assert match.scores(question, sentences).tolist() == [0.5, 2.0]
    rule = Chooser(np.eye(len(SIGNS), dtype=np.float32)[0], 0.05, match)
    signs = np.zeros((2, len(SIGNS)), np.float32)
    signs[:, 0] = (3, 4)
    assert replace(rule, match=None).scores(signs, question, sentences).tolist() == [3, 4]
    assert rule.scores(signs, question, sentences).tolist() == [3.5, 6]


def test_the_rule_that_ships_is_of_the_default_model_and_says_what_it_was_learned_from(embedder: Embedder) -> None:
    file = json.loads((resources.files("rag") / FILE).read_text("utf-8"))
    assert file["model"] == embedder.name == DEFAULT_MODEL_NAME and "cmrc2018" in file["made_from"]
    assert file["held_out"].keys() == file["any_model"]["held_out"].keys() and "brussels" in file["held_out"]
    assert hashlib.sha256((resources.files("rag") / MATCH_FILE).read_bytes()).hexdigest() == file["match_sha256"]
    own, other = chooser(embedder.name), chooser("another model")
    assert own.match is not None and own.match.matrix.shape == (embedder.dimension, embedder.dimension)
    assert other.match is None and other.weights[SIGNS.index("words")] > 0


def test_files_that_do_not_belong_together_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_bytes((resources.files("rag") / FILE).read_bytes())
    (tmp_path / MATCH_FILE).write_bytes(b"another matrix")
    monkeypatch.setattr("rag.choose._place", lambda: tmp_path)
    chooser.cache_clear()
    try:
        with pytest.raises(ModelDamagedError, match="install Clauses anew"):
            chooser(DEFAULT_MODEL_NAME)
    finally:
        chooser.cache_clear()


TURNS = 4
"""The sentence that answers a made question is its vector turned on by so many places."""


def made(n: int, *, told: bool) -> Choice:
    chance = np.random.default_rng(n)
    question, other = np.eye(12, dtype=np.float32)[chance.choice(12, 2, replace=False)]
    right = int(chance.integers(2))
    sentences = np.array([np.roll(other, TURNS)] * 2)
    sentences[right] = np.roll(question, TURNS)
    signs = np.zeros((2, len(SIGNS)), np.float32)
    signs[right, 1] = float(told)
    runs = np.zeros((3, 2), np.bool_)
    runs[0, right] = runs[1, 0] = True
    return Choice("made" if told else "by vectors", f"q{n}", f"g{n}", question, sentences, signs, runs)


def figures(said: str) -> tuple[float, float]:
    """Share and sentences of "right span 0.990 at 1.20 sentences"."""
    words = said.split()
    return float(words[2]), float(words[4])


def test_what_tells_the_right_sentence_is_learned_from_vectors() -> None:
    learned = learn([made(n, told=False) for n in range(300)], "some model").rule
    share, length = figures(learned["held_out"]["by vectors"])
    assert share > 0.98 and length < 1.1
    assert figures(learned["any_model"]["held_out"]["by vectors"])[1] > 1.8  # nothing tells them apart: both are quoted


def test_what_tells_the_right_sentence_is_learned_from_signs() -> None:
    learned = learn([made(n, told=True) for n in range(300)], "some model").rule
    for said in (learned["held_out"]["made"], learned["any_model"]["held_out"]["made"]):
        assert figures(said) == (1.0, 1.0)


def test_what_is_learned_twice_is_the_same_to_the_byte() -> None:
    found = [made(n, told=n % 2 == 0) for n in range(100)]
    told: list[tuple[int, int]] = []
    one, other = learn(found, "some model", lambda done, of: told.append((done, of))), learn(found, "some model")
    assert told == [(n, 5) for n in range(1, 6)]  # the rule that ships and four folds
    with np.load(BytesIO(one.folds), allow_pickle=False) as data:
        name, cost, ids = json.loads(data["about"].tobytes())
        assert name == "some model" and cost == one.rule["cost"] and data["matrices"].shape == (4, 12, 12)
    assert sorted(i for some in ids for i in some) == sorted(choice.id for choice in found)  # each in one fold
    assert one == other and hashlib.sha256(one.match).hexdigest() == one.rule["match_sha256"]


def test_a_clause_asked_for_by_its_place_is_quoted_from_its_beginning(small: Library, file: Write) -> None:
    small.add(file("four.txt", "1. One is here. Two is here. Three is here. Four is here.\n2. The banks.\n"))
    snapshot = small.snapshot()
    zeros = (0.0,) * 4
    hit = Hit(snapshot.clauses[0], 0.0, 0.0, 0.0, 0.0, zeros, zeros, zeros)
    assert [q.text for q in quote((hit,), snapshot, "en")] == ["One is here. Two is here. Three is here."]
    chosen = replace(hit, sentence_scores=(0.0, 0.0, 0.0, 30.0))
    assert [q.text for q in quote((chosen,), snapshot, "en")] == ["Four is here."]


PORTAL = """\
1. The Migration Data Portal has been praised by many Governments, which have thanked the secretariat of the Migration Data \
Portal for its work. It opened its doors in Berlin in December 2017. Its editors meet twice a year. Universities have asked \
for more tables. Two awards were given to it. The next report is under way.

2. The regional forum on labour mobility is a meeting of ministers who are responsible for labour mobility in the region. \
Ghana and Kenya have hosted it so far. It has no secretariat. Trade unions attend. Papers are published in French. Nobody \
is paid.
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When did the Migration Data Portal start?", "in December 2017"),
        ("¿Dónde se abrió el Portal de Datos sobre Migración?", "in Berlin"),
        ("Which countries have received the regional forum on labour mobility?", "Ghana and Kenya"),
    ],
)
def test_the_sentence_that_answers_is_quoted_beside_the_one_that_repeats_the_question(
    embedder: Embedder, tmp_path: Path, file: Write, question: str, answer: str
) -> None:
    """By likeness alone the sentence with the question's words was quoted, and only it."""
    with closing(Library(tmp_path / "portal", lambda: embedder)) as library:
        library.add(file("portal.txt", PORTAL))
        first = ask(question, library).quotes[0].text
        assert answer in first and first.count(".") == 2, first


def test_a_clause_asked_for_by_its_place_is_quoted_from_its_beginning_also_by_asking(
    embedder: Embedder, tmp_path: Path, file: Write
) -> None:
    with closing(Library(tmp_path / "portal", lambda: embedder)) as library:
        library.add(file("portal.txt", PORTAL))
        assert ask("What does paragraph 2 say?", library).quotes[0].text.endswith("It has no secretariat.")

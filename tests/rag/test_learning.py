"""Weights, curves and self-finding on data small enough to work out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.clause import Clause, Sentence
from index.embed import Embedder
from index.errors import ClausesError
from rag.answer import Hit
from rag.choose import chooser
from rag.evaluate.crossing import crossing
from rag.evaluate.fusion import Ranked, learn
from rag.evaluate.held_out import rule_for
from rag.evaluate.questions import Question, with_spans_of
from rag.evaluate.reliability import draw, reliability
from rag.evaluate.remember import Remembering
from rag.weights import shipped_weights
from tests.fakes import CountingEmbedder


def a_hit(clause_z: float, sentence_z: float, words: float) -> Hit:
    clause = Clause("c", "d", "paragraph", (), (), 0, 4, "A. B", (Sentence(0, 2), Sentence(3, 4)), "en")
    return Hit(clause, 0.0, clause_z, words, 0.0, (0.0, 0.0), (sentence_z, sentence_z - 9), (1.0, 0.0))


def ranked(n: int, same: bool, *, words_tell: bool) -> Ranked:
    """Two clauses; the right one has the higher words, or else the higher clause score. The other scores are drawn."""
    chance = np.random.default_rng(n)
    right, wrong = a_hit(*chance.normal(size=3)), a_hit(*chance.normal(size=3))
    told = "words" if words_tell else "clause_z"
    high, low = sorted([getattr(right, told), getattr(wrong, told)], reverse=True)
    object.__setattr__(right, told, high)
    object.__setattr__(wrong, told, low)
    question = Question(f"q{n}", "en", "?", (), ("c",), ("A",), False)
    return Ranked("made" if same else "across", question, same, (wrong, right), np.array([False, True]))


@pytest.mark.parametrize("words_tell", [True, False])
def test_what_tells_the_right_clause_gets_the_weight(words_tell: bool) -> None:
    learned = learn([ranked(n, same, words_tell=words_tell) for n in range(200) for same in (True, False)])
    for name in ("within", "across"):
        part = learned[name]
        assert part["clause"] + part["sentence"] == pytest.approx(2, abs=0.002)  # rounded to three places
        if words_tell:
            assert part["words"] > 10
        else:
            assert part["clause"] > 1.8 and part["words"] < 0.3
    assert learned["held_out"]["R@1 within, made"].startswith("0.9" if words_tell else ("0.9", "1.0"))


def test_the_weights_that_ship_say_what_they_were_learned_from() -> None:
    weights = shipped_weights()
    for part in (weights.within, weights.across):
        assert part.clause + part.sentence == pytest.approx(2, abs=0.002) and part.words > 0
    file = json.loads((Path(__file__).parents[2] / "rag" / "weights.json").read_text("utf-8"))
    assert "xquad" in file["made_from"] and file["held_out"]


def test_dev_sets_are_measured_by_rules_that_have_not_seen_their_article(embedder: Embedder) -> None:
    held_out, shipped = rule_for(embedder.name), chooser(embedder.name)
    assert held_out("a question of no dev set") is None and rule_for("another model")("who-organised.zh") is None
    rule = held_out("who-organised.zh")
    assert rule is not None and rule.match is not None and shipped.match is not None
    assert rule.match.matrix.shape == shipped.match.matrix.shape == (384, 384) and rule.cost == shipped.cost
    assert not np.array_equal(rule.match.matrix, shipped.match.matrix)


def test_reliability_is_share_right_by_what_was_said() -> None:
    said, was, counts = reliability(np.array([0.11, 0.19, 0.95, 1.0]), np.array([False, True, True, True]))
    assert said.tolist() == pytest.approx([0.15, 0.975])
    assert was.tolist() == [0.5, 1.0] and counts.tolist() == [2, 2]


def test_the_curve_is_drawn_the_same_twice(tmp_path: Path) -> None:
    curves = {"made": (np.array([0.1, 0.9]), np.array([False, True]))}
    for name in ("a.svg", "b.svg"):
        draw(curves, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (
        "made (2 questions)" in (tmp_path / "a.svg").read_text("utf-8") or b"<svg" in (tmp_path / "a.svg").read_bytes()
    )


def test_a_paragraph_is_found_in_another_language_by_itself_or_its_twin(tmp_path: Path) -> None:
    english = {"a": "banks", "b": "schools", "c": "schools"}
    chinese = {"a": "银行", "b": "面包", "c": "面包"}  # b and c: twins, and no vector leads to them
    rows = [
        {"id": name, "lang": lang, "text": text}
        for lang, texts in (("en", english), ("zh", chinese))
        for name, text in texts.items()
    ]
    file = tmp_path / "corpus.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    fused, plain = crossing(file, CountingEmbedder())
    assert fused.keys() == plain.keys() == {("en", "zh"), ("zh", "en")}
    assert fused["en", "zh"][0] == 1  # the lexicon knows banks
    assert [rank is not None for rank in plain["en", "zh"]] == [True] * 3


def test_equal_texts_are_embedded_once() -> None:
    counting = CountingEmbedder()
    model = Remembering(counting)
    first = model.encode_passages(["banks", "bread", "banks"])
    assert (model.encode_passages(["bread"])[0] == first[1]).all() and (first[0] == first[2]).all()
    assert counting.embedded == ["banks", "bread"]
    assert model.encode_passages([]).shape == (0, counting.dimension)


def test_kept_vectors_are_those_of_the_next_run_of_the_same_model(tmp_path: Path) -> None:
    file, first, second = tmp_path / "kept.npz", CountingEmbedder(), CountingEmbedder()
    model = Remembering(first, file)
    passages, queries = model.encode_passages(["banks", "bread"]), model.encode_queries(["banks"])
    model.keep()
    again = Remembering(second, file)
    assert (again.encode_passages(["bread", "banks"]) == passages[::-1]).all()
    assert (again.encode_queries(["banks"]) == queries).all() and second.embedded == []
    second.name = "another"
    with pytest.raises(ClausesError, match="the model is another"):
        Remembering(second, file)
    file.write_bytes(b"no vectors")
    with pytest.raises(ClausesError, match="holds no vectors"):
        Remembering(second, file)


def test_spans_are_those_of_the_clauses_language() -> None:
    asked = [
        Question("1", "en", "?", (), ("p",), ("Warsaw",), False),
        Question("2", "en", "?", (), ("p",), ("x",), False),
    ]
    parallel = [Question("1", "zh", "？", (), ("p",), ("华沙",), False)]
    assert [q.spans for q in with_spans_of(asked, parallel)] == [("华沙",), ("x",)]

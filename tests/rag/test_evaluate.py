"""`clauses eval` and `clauses lexicon learn`: figures that can be worked out by hand, wrong files, options."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.embed import Embedder
from index.errors import ClausesError
from index.library import Library
from index.passages import sentence_texts
from index.store import Store
from index.words.lexicon import Lexicon
from rag.aligned import aligned_rows
from rag.cli import main
from rag.evaluate.documents import adding
from rag.evaluate.gold import beyond_reach, refuse_unknown
from rag.evaluate.libraries import library_of_corpus, library_of_lines, lines_in
from rag.evaluate.main_job import time_ratio
from rag.evaluate.measures import auroc, mean, recall_at, reciprocal_rank
from rag.evaluate.plain import plain_outcomes
from rag.evaluate.quality import SECTIONS, kept_sections
from rag.evaluate.questions import MISLEADING, Outcome, Question, ask_all, own_questions, read_questions
from rag.evaluate.report import as_json, by_language, figures, table
from tests.fakes import CountingEmbedder

Write = Callable[[str, str | bytes], Path]
Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
CLAUSES = {
    "c1": "The bread is sold by bakers.",
    "c2": "The banks lend. They also take deposits. The banks are many.",
    "c3": "The schools teach children.",
    "c4": "The borders are open.",
}
OPTIONS = "汇款能当作公共资源吗？"
GOOD = {"id": "q", "lang": "en", "question": "Who lends?", "gold": ["c2"], "answers": ["The banks lend."]}


def lines(rows: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def corpus_rows() -> list[dict[str, object]]:
    return [{"id": name, "lang": "en", "text": text} for name, text in CLAUSES.items()]


def question(id: str, text: str, gold: str | None = None, *spans: str) -> Question:
    return Question(id, "en", text, (), (gold,) if gold else (), spans, False)


ASKED = (
    question("first", "banks lend", "c2", "The banks lend."),
    question("also first", "schools teach children", "c3", "schools teach"),
    question("second", "banks banks deposits schools", "c3", "schools teach"),
    question("no such words", "bread sold bakers", "c1", "not printed"),
    question("refused", "Which football clubs of Germany won against schools in 2031?", "c3", "schools teach"),
    question("unanswerable, and answered", "banks banks deposits schools"),
    question("unanswerable", "zebra astronomy of Mars 2031"),
    question("unanswerable too", "Which football clubs won in Germany?"),
)


@pytest.fixture(scope="module")
def counted() -> Iterator[Library]:
    """The four clauses under the counting model."""
    counting = CountingEmbedder()
    with library_of_lines(map(json.dumps, corpus_rows()), lambda: counting) as library:
        yield library


@pytest.fixture(scope="module")
def outcomes(counted: Library) -> dict[str, Outcome]:
    said: list[tuple[int, int]] = []
    found = ask_all(ASKED, counted, lambda done, total: said.append((done, total)))
    assert said == [(n, len(ASKED)) for n in range(1, len(ASKED) + 1)]
    return {outcome.question.id: outcome for outcome in found}


def test_measures_are_those_of_the_definition() -> None:
    ranks = [1, 2, 4, 6, 10, 11, None]
    assert recall_at(ranks, 1).value == pytest.approx(1 / 7)
    assert recall_at(ranks, 3).value == pytest.approx(2 / 7)
    assert recall_at(ranks, 5).value == pytest.approx(3 / 7)
    assert reciprocal_rank(ranks).value == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 6 + 1 / 10) / 7)
    # Of six pairs four are in order, one is tied, one is the wrong way round.
    assert auroc([0.9, 0.8, 0.4], [0.8, 0.1]).value == pytest.approx(4.5 / 6)
    assert mean([1, 0, 0, 1]) == mean([1, 0, 0, 1]) and mean([1, 0, 0, 1]).low < 0.5 < mean([1, 0, 0, 1]).high
    assert str(mean([])) == str(auroc([], [0.1])) == "-"


def test_what_comes_of_each_question(outcomes: dict[str, Outcome]) -> None:
    ranks = {name: outcome.rank for name, outcome in outcomes.items() if outcome.question.gold}
    assert ranks == {"first": 1, "also first": 1, "second": 2, "no such words": 1, "refused": 1}
    hits = [name for name, outcome in outcomes.items() if outcome.quote_hit]
    assert hits == ["first", "also first", "refused"]  # a refusal's sentences are looked at too
    # "banks lend" has two equally near sentences, first and third: the run is all three.
    assert [outcomes[name].sentences for name in ("first", "also first", "second")] == [(3,), (1,), (3,)]
    assert all(outcome.verbatim for outcome in outcomes.values())
    assert outcomes["first"].quoted_right and not outcomes["second"].quoted_right


def test_what_is_below_the_threshold_is_refused(outcomes: dict[str, Outcome]) -> None:
    refused = [name for name, outcome in outcomes.items() if outcome.refused]
    assert refused == ["refused", "unanswerable", "unanswerable too"]
    assert outcomes["second"].confidence == outcomes["unanswerable, and answered"].confidence > 0.4


def test_figures_of_the_four_clauses(outcomes: dict[str, Outcome]) -> None:
    found = figures(list(outcomes.values()))
    values = {name: figure if isinstance(figure, float) else figure.value for name, figure in found.items()}
    del values["p50 ms"], values["p95 ms"]
    assert values == pytest.approx(
        {
            "R@1": 4 / 5,
            "R@3": 1.0,
            "R@5": 1.0,
            "MRR@10": (4 + 1 / 2) / 5,
            "quote hit": 3 / 5,
            "quote hit of the retrieved": 3 / 4,
            "sentences a quote": (3 + 1 + 3 + 1 + 1) / 5,
            "quotes verbatim": 1.0,
            # The answered unanswerable one lies below three of five, ties with one; the two others below all.
            "AUROC": (3.5 + 5 + 5) / 15,
            "answered of answerable": 4 / 5,
            "refused of unanswerable": 2 / 3,
        }
    )


def test_vectors_alone_rank_by_cosine_and_refuse_nothing(counted: Library) -> None:
    said: list[int] = []
    found = plain_outcomes(ASKED, counted, lambda done, total: said.append(done))
    assert said == list(range(1, len(ASKED) + 1))
    ranks = {outcome.question.id: outcome.rank for outcome in found}
    assert ranks["first"] == 1 and ranks["second"] == 2 and ranks["unanswerable"] is None
    # Two banks, one school; the whole clause, of three sentences, counts as the quote.
    second = found[2]
    assert second.confidence == pytest.approx(2 / 5**0.5) and second.sentences == (3,)
    assert not any(outcome.refused for outcome in found) and all(outcome.verbatim for outcome in found)


def test_follow_ups_and_languages_have_columns_of_their_own_and_what_is_absent_is_null(
    outcomes: dict[str, Outcome],
) -> None:
    only = [outcomes["first"], outcomes["also first"]]
    assert list(by_language(only)) == ["all"]
    with_history = Question("h", "zh", "?", ("earlier",), ("c2",), (), False)
    other = Outcome(with_history, 1, 0.9, True, False, (1,), True, 0.001, False)
    rows = by_language([*only, other])
    assert list(rows) == ["all", "en", "zh", "follow-ups"]
    form = as_json(rows)
    assert form["all"]["AUROC"] == {"value": None, "low": None, "high": None, "count": 0}
    assert form["zh"]["quote hit"]["value"] is None and form["en"]["quote hit"]["value"] == 1.0
    assert "| AUROC | - | - | - | - |" in table(rows) and "| R@1 | 1.000 (1.000-1.000) | " in table(rows)


def test_timing_and_adding_say_how_far_they_are(counted: Library, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    assert time_ratio(counted, ["banks lend"], 3, lambda *step: said.append(step)).ratio > 0
    assert said == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(ClausesError, match="nowhere is not a folder"):
        adding(tmp_path / "nowhere", CountingEmbedder)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[1, 2]", "line 3 is not a JSON object"),
        ("no json", "line 3 is not JSON: Expecting value, column 1"),
        ({"question": 5}, 'line 3: "question" is 5; expected is text'),
        ({"question": " "}, 'line 3: "question" is " "; expected is text'),
        ({"question": "?!"}, "line 3: there is nothing to search for in '?!'"),
        ({"history": [3]}, 'line 3: "history" is [3]; expected is a list of texts'),
        ({"history": "x"}, 'line 3: "history" is "x"; expected is a list of texts'),
        ({"history": ["…"]}, "line 3: there is nothing to search for in '…'"),
        ({"answers": [4]}, 'line 3: "answers" is [4]; expected is a list of texts'),
        ({"answers": [""]}, 'line 3: "answers" is [""]; expected is a list of texts'),
        ({"must_contain": "abc"}, 'line 3: "must_contain" is "abc"; expected is a list of texts'),
        ({"gold": None}, 'line 3: "gold" is null; expected is a list of names'),
        ({"gold": "o"}, 'line 3: "gold" is "o"; expected is a list of names'),
        ({"gold": [True]}, 'line 3: "gold" is [true]; expected is a list of names'),
        ({"lang": ["en"]}, 'line 3: "lang" is ["en"]; expected is text'),
        ({"symbol": 5}, 'line 3: "symbol" is 5; expected is text'),
        ({"id": None}, 'line 3: "id" is null; expected is a name'),
    ],
)
def test_a_wrong_question_is_named_with_its_line(file: Write, line: str | dict[str, object], says: str) -> None:
    wrong = line if isinstance(line, str) else json.dumps(GOOD | line, ensure_ascii=False)
    asked = file("asked.jsonl", f"{json.dumps(GOOD)}\n\n{wrong}\n")  # the blank line counts
    with pytest.raises(ClausesError) as error:
        read_questions(asked)
    assert str(error.value).startswith(f"{asked}, ") and says in str(error.value)


def test_a_missing_key_a_missing_file_and_an_empty_one_are_named(file: Write, tmp_path: Path) -> None:
    for key in ("id", "lang", "question", "gold"):
        row = {name: value for name, value in GOOD.items() if name != key}
        with pytest.raises(ClausesError, match=f'asked.jsonl, line 1: there is no "{key}"'):
            read_questions(file("asked.jsonl", json.dumps(row)))
    with pytest.raises(ClausesError, match=r"empty.jsonl holds no question: the file is empty"):
        read_questions(file("empty.jsonl", "\n \n"))
    with pytest.raises(ClausesError, match=r"none.jsonl cannot be read: No such file"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(ClausesError, match=r"latin.jsonl cannot be read: it is not text in UTF-8"):
        read_questions(file("latin.jsonl", b'{"id": "\xe9"}'))


def test_a_byte_order_mark_is_no_error(file: Write) -> None:
    mark = b"\xef\xbb\xbf"
    (only,) = read_questions(file("asked.jsonl", mark + json.dumps(GOOD | {"id": 7, "gold": [3]}).encode()))
    assert (only.id, only.gold, only.by_span) == ("7", ("3",), False)
    assert len(lines_in(file("corpus.jsonl", mark + lines(corpus_rows()).encode()), "en")) == 4
    rows = [{"id": "1", "en": "banks", "zh": "银行"}]
    assert aligned_rows([file("rows.jsonl", mark + lines(rows).encode())]) == [{"en": "banks", "zh": "银行"}]


def test_a_wrong_clause_is_named_with_its_file_and_line(file: Write) -> None:
    corpus = file("corpus.jsonl", lines([*corpus_rows(), {"id": "c5", "lang": "zh", "text": 5}]))
    with pytest.raises(ClausesError, match=r"corpus.jsonl, line 5 is not of the form"):
        lines_in(corpus, "en")
    with pytest.raises(ClausesError, match=r"corpus.jsonl holds no clause in ru\."):
        lines_in(file("corpus.jsonl", lines(corpus_rows())), "ru")


def test_a_folder_of_documents_is_asked_in_one_language(file: Write, tmp_path: Path) -> None:
    file("en.txt", "1. The banks lend money to people who ask for it.\n")
    file("zh.txt", "1. 银行把钱借给需要的人，利率很低。\n")
    with library_of_corpus(tmp_path, "zh", CountingEmbedder) as library:
        assert [clause.language for clause in library.snapshot().clauses] == ["zh"]
    with (
        pytest.raises(ClausesError, match="holds no clause in ru"),
        library_of_corpus(tmp_path, "ru", CountingEmbedder),
    ):
        pass


def test_gold_that_no_clause_has_is_refused_by_name(counted: Library) -> None:
    clauses = counted.snapshot().clauses
    asked = [question(f"q{n}", "banks", f"c{n}") for n in range(1, 10)]
    with pytest.raises(ClausesError) as error:
        refuse_unknown(asked, list(CLAUSES), "corpus.jsonl")
    assert str(error.value) == (
        'corpus.jsonl has no clause "c5", "c6", "c7" and 2 more, "gold" of question "q5" and 4 more; its clauses are named '
        'like "c1".'
    )
    refuse_unknown(ASKED, list(CLAUSES), "corpus.jsonl")
    # By spans, and by paragraphs of a symbol, gold is no id.
    by_span = [
        Question("s", "en", "?", (), ("o",), (spans,), True) for spans in ("The  banks\nlend", "nowhere printed")
    ]
    refuse_unknown(by_span, list(CLAUSES), "corpus.jsonl")
    assert beyond_reach([*ASKED, by_span[0]], clauses) is None
    assert beyond_reach(by_span, clauses) == 'No clause can be right for "s": counted as not found.'
    other_document = Question("p", "en", "?", (), ("1",), (), False, "A/RES/80/258")
    assert beyond_reach([other_document], clauses) == 'No clause can be right for "p": counted as not found.'


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command, in this process. Without a model: what reaches for one says so, so nothing long went before."""
    monkeypatch.setenv("CLAUSES_MODEL", "nobody/nothing")
    monkeypatch.setenv("CLAUSES_LIBRARY", str(tmp_path / "library"))

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clauses", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return call


def refused(result: tuple[int, str, str], says: str) -> None:
    status, out, err = result
    assert (status, out) == (2, "") and says in err
    assert err.count("\n") == 1 and "defect" not in err


def test_wrong_files_of_questions_are_refused_before_any_long_work(run: Run, file: Write) -> None:
    refused(run("eval", "brussels", file("a.jsonl", "")), "a.jsonl holds no question")
    refused(run("eval", "brussels", file("a.jsonl", json.dumps(GOOD | {"question": 5}))), '"question" is 5')
    refused(run("eval", "brussels", file("a.jsonl", json.dumps(GOOD))), 'The document that ships has no clause "c2"')
    asked, corpus = file("a.jsonl", json.dumps(GOOD | {"gold": ["c9"]})), file("c.jsonl", lines(corpus_rows()))
    refused(run("eval", "--corpus", corpus, "--questions", asked), 'c.jsonl has no clause "c9"')
    refused(run("eval", "--corpus", corpus, "--questions", asked, "--question-lang", "fr"), "holds no question in fr")
    refused(run("eval", "--corpus", "/nosuch", "--questions", asked), "/nosuch cannot be read: No such file")
    refused(run("eval", "adding", "/nosuch"), "/nosuch is not a folder")
    refused(run("eval", "quality", "/nosuch"), "/nosuch lacks brussels")


def test_a_file_that_cannot_be_written_is_refused_before_any_long_work(run: Run, file: Write, tmp_path: Path) -> None:
    good = file("a.jsonl", json.dumps(GOOD | {"must_contain": ["汇款"]}))
    refused(run("eval", "brussels", good, "--write", "/nosuch/x.md"), "there is no folder /nosuch")
    refused(run("eval", "brussels", good, "--write", tmp_path), "it is a folder")
    refused(run("eval", "brussels", good, "--write", file("x.md", "no marks")), "has no <!-- figures:start -->")
    refused(run("eval", "brussels", good, "--write", tmp_path / "new.md"), "new.md cannot be read: No such file")
    refused(run("eval", "quality", tmp_path, "--write", "/nosuch/x.md"), "there is no folder /nosuch")
    refused(run("fit", "fusion", tmp_path, "--out", "/nosuch/x.json"), "there is no folder /nosuch")
    refused(run("eval", "brussels", good), "nobody/nothing")  # now it is the model's turn


def test_sections_that_are_not_measured_stay_as_the_page_has_them() -> None:
    texts = {name: f"| {name} |\n\nMeasured on a day.\n\n### no section" for name in SECTIONS}
    page = "# Quality\n\nMade.\n\n" + "\n\n".join(f"## {SECTIONS[name][0]}\n\n{text}" for name, text in texts.items())
    assert kept_sections(page, ()) == {}
    assert kept_sections(page, ["finding", "promises"]) == {
        name: text for name, text in texts.items() if name not in ("finding", "promises")
    }
    with pytest.raises(ClausesError, match="no section findings; there are finding, mixed"):
        kept_sections(page, ["findings"])
    with pytest.raises(ClausesError, match="lacks crossing: measure them too"):
        kept_sections(page.replace("## A paragraph finds itself", "## Another"), ["finding"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("brussels q.jsonl --corpus x", "`clauses eval brussels` has no use for --corpus."),
        ("brussels q.jsonl --questions x --question-lang zh", "no use for --question-lang, --questions."),
        ("quality folder --plain --json", "`clauses eval quality` has no use for --json, --plain."),
        ("quality folder --only finding", "--only needs --write"),
        ("adding folder --write x.md", "`clauses eval adding` has no use for --write."),
        ("--corpus x --questions y --copies 3", "no use for --copies."),
        ("brussels q.jsonl --json --write x.md", "it does not go with --json"),
        ("brussels", "Say `clauses eval brussels QUESTIONS`"),
        ("bogus x", "Say `clauses eval brussels QUESTIONS`"),
        ("--corpus x", "Say `clauses eval brussels QUESTIONS`"),
        ("", "Say `clauses eval brussels QUESTIONS`"),
    ],
)
def test_what_does_not_go_together_is_refused(run: Run, arguments: str, says: str) -> None:
    refused(run("eval", *arguments.split()), says)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "rows.jsonl holds no row: the file is empty"),
        ('{"id": "1", "lang": "en", "text": 5}', 'rows.jsonl, line 1: "text" is 5'),
        ('{"id": "1", "lang": "en"}', 'rows.jsonl, line 1: there is no "text"'),
        ('{"lang": "en", "text": "banks"}', 'rows.jsonl, line 1: there is no "id"'),
        ('{"id": "1", "lang": ["en"], "text": "banks"}', 'rows.jsonl, line 1: "lang" is ["en"]'),
        ("[1]", "rows.jsonl, line 1 is not a JSON object"),
        ("null", "rows.jsonl, line 1 is not a JSON object"),
        ('{"id": "1", "en": "banks", "zh": 5}', 'rows.jsonl, line 1: "zh" is 5'),
        ('{"id": "1", "en": "banks"}', "rows.jsonl, line 1: there are not two of the six languages"),
        ('{"id": "1", "lang": "en", "text": "a"}\n{"id": "2", "lang": "en", "text": "b"}', "found: en."),
        ('{"id": "1", "lang": "de", "text": "a"}\n{"id": "1", "lang": "it", "text": "b"}', "found: de, it."),
        ('{"id": "1", "en": "banks", "zh": "银行"}', "Nothing was learned from 1 rows"),
    ],
)
def test_useless_aligned_text_is_refused_and_nothing_written(
    run: Run, file: Write, tmp_path: Path, rows: str, says: str
) -> None:
    out = tmp_path / "out.npz"
    status, said, err = run("lexicon", "learn", file("rows.jsonl", rows), "--out", out)
    assert (status, said) == (2, "") and says in err and "defect" not in err
    assert err.splitlines()[:-1] in ([], ["Learning: 0 %", "Learning: 100 %"]) and not out.exists()


def test_a_lexicon_is_learned_from_a_file_without_a_model_or_library(run: Run, file: Write, tmp_path: Path) -> None:
    pairs = [("banks", "银行"), ("schools", "学校")] * 3
    rows = lines([{"id": str(n), "en": en, "zh": zh, "de": "x"} for n, (en, zh) in enumerate(pairs)])
    refused(run("lexicon", "learn", file("rows.jsonl", rows), "--out", "/nosuch/x.npz"), "no folder /nosuch")
    outs = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for out in outs:
        status, said, err = run("lexicon", "learn", file("rows.jsonl", rows), "--out", out)
        assert (
            status == 0 and said == f"2 pairs of 6 rows in 1 pairs of languages; {out.stat().st_size} bytes in {out}\n"
        )
        assert err.splitlines() == ["Learning: 0 %", "Learning: 100 %"]
    assert outs[0].read_bytes() == outs[1].read_bytes() and not (tmp_path / "library").exists()
    lexicon = Lexicon.from_bytes(outs[0].read_bytes())
    assert lexicon.translations("bank", "en", "zh") == {"银行": pytest.approx(1.0)}
    assert lexicon.translations("学校", "zh", "en") == {"school": pytest.approx(1.0)}


def test_a_lexicon_is_learned_into_the_library(
    run: Run, file: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = file("rows.jsonl", lines([{"id": str(n), "en": "banks", "zh": "银行"} for n in range(3)]))
    monkeypatch.delenv("CLAUSES_MODEL")
    status, said, _ = run("lexicon", "learn", rows)
    assert (
        status == 0
        and said.startswith("1 pairs of 3 rows in 1 pairs of languages; ")
        and said.endswith(" in the library\n")
    )
    refused(run("lexicon", "learn"), "The library holds no text in two languages to learn from")
    with closing(Store.open(tmp_path / "library")) as store, store.reading():
        kept = store.get("lexicon")
    assert kept and Lexicon.from_bytes(b64decode(kept)).translations("bank", "en", "zh") == {"银行": pytest.approx(1.0)}


def process(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rag.cli", *map(str, arguments)]
    environment = {**os.environ, "CLAUSES_LIBRARY": str(folder / "library"), "COLUMNS": "100"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_document_that_ships_is_measured(embedder: Embedder, file: Write, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "id": "o.zh",
            "lang": "zh",
            "question": OPTIONS,
            "history": [],
            "gold": ["o"],
            "must_contain": ["不应作为公共资源"],
        },
        {"id": "id", "lang": "zh", "question": OPTIONS, "gold": ["brussels-2006#annex/4/o"], "answers": ["公共资源"]},
        {"id": "lost", "lang": "en", "question": "How do I bake bread?", "gold": ["o"], "must_contain": ["nowhere"]},
        {"id": "no", "lang": "en", "question": "How do I bake bread?", "gold": [], "must_contain": []},
    ]
    asked = file("asked.jsonl", lines(rows))
    done = process(tmp_path, "eval", "brussels", asked, "--copies", "20", "--plain", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["figures", "altered", "speed", "model"] and found["model"] == embedder.name
    assert found["altered"] == {"tried": 20, "check": 0, "verify": 0} and found["speed"]["ratio"] > 0
    every = found["figures"]
    assert list(every) == ["all", "en", "zh", "plain"]
    assert every["zh"]["R@1"]["value"] == every["zh"]["quote hit"]["value"] == 1.0 and every["all"]["R@1"]["count"] == 3
    assert (
        every["all"]["refused of unanswerable"]["value"] == 1.0
        and every["plain"]["refused of unanswerable"]["value"] == 0
    )
    assert every["zh"]["AUROC"]["value"] is None
    assert 'No clause can be right for "lost": counted as not found.' in done.stderr
    for bar in ("Indexing the documents that ship", "Asking", "Asking vectors alone", "Altering", "Timing"):
        assert f"{bar}: 100 %\n" in done.stderr, bar


def test_a_corpus_is_measured_in_two_languages_and_the_table_written(file: Write, tmp_path: Path) -> None:
    texts = {
        "remit": ("Remittances are private money and are not public resources.", "汇款是私人资金，不是公共资源。"),
        "brain": (
            "Losing doctors and nurses harms the countries that trained them.",
            "医生和护士的流失损害培养他们的国家。",
        ),
        "traffic": ("Victims of trafficking in persons need protection.", "人口贩运的受害者需要保护。"),
    }
    clauses = [
        {"id": n, "lang": lang, "text": t}
        for n, both in texts.items()
        for lang, t in zip(("en", "zh"), both, strict=True)
    ]
    asked: list[dict[str, object]] = [
        {"id": "1", "lang": "en", "question": "Are remittances public money?", "gold": ["remit"], "answers": ["private money"]},
        {"id": "1", "lang": "zh", "question": "汇款是公共资源吗？", "gold": ["remit"], "answers": ["私人资金"]},
        {"id": "2", "lang": "en", "question": "Who needs protection?", "gold": ["traffic"], "answers": ["Victims"]},
        {"id": "2", "lang": "zh", "question": "谁需要保护？", "gold": ["traffic"], "answers": ["受害者"]},
    ]  # fmt: skip
    page = file("page.md", "before\n<!-- figures:start -->\nold\n<!-- figures:end -->\nafter\n")
    corpus, questions = file("corpus.jsonl", lines(clauses)), file("asked.jsonl", lines(asked))
    done = process(
        tmp_path, "eval", "--corpus", corpus, "--questions", questions, "--corpus-lang", "zh", "--question-lang", "en",
        "--plain", "--write", page,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, _, *measures = done.stdout.splitlines()
    assert first == "| | all | plain |" and measures[0].startswith("| R@1 | 1.000 (1.000-1.000) | ")
    # The spans are those of the clauses' language: no English one stands in a Chinese clause.
    assert next(row for row in measures if row.startswith("| quote hit |")).startswith("| quote hit | 1.000 ")
    assert (
        page.read_text("utf-8")
        == f"before\n<!-- figures:start -->\n{done.stdout.rstrip()}\n<!-- figures:end -->\nafter\n"
    )
    assert "Indexing corpus.jsonl: 100 %" in done.stderr and "Asking vectors alone: 100 %" in done.stderr


def test_each_misleading_question_is_answered_by_one_sentence_of_its_paragraph(tmp_path: Path) -> None:
    questions = own_questions("misleading")
    assert len(questions) == len({q.id for q in questions}) == 120
    with closing(Library(tmp_path / "l", CountingEmbedder)) as library:
        library.add(MISLEADING)
        clauses = {clause.id.rpartition("#")[2]: clause for clause in library.snapshot().clauses}
    assert len(clauses) == 30
    for asked in questions:
        (gold,) = asked.gold
        answering = [sentence for sentence in sentence_texts(clauses[gold]) if asked.has_span(sentence)]
        assert len(answering) == 1, asked.id

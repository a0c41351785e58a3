"""What readers say of answers is kept in a form that `clauses eval` asks again."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from rag import feedback
from rag.answer import Answer
from rag.ask import ask
from rag.cli import main
from rag.evaluate.command import feedback_job
from rag.evaluate.questions import answerable, ask_all, read_questions, unanswerable
from rag.evaluate.report import by_language
from rag.feedback import FeedbackError, keep, row_of
from rag.within import Within, within_from, within_from_json, within_to_json

COLOMBO = "What is the Colombo Process?"


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_right_clause_is_a_question_with_its_answer(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "deeper" / "feedback.jsonl"
    answer = ask(COLOMBO, brussels)
    keep("right clause", answer, file, ["Who met?"])
    (row,) = rows_of(file)
    assert row["gold"] == row["clauses"] == ["brussels-2006#annex/3/j"]
    assert row["answers"] == [answer.quotes[0].text] and row["history"] == ["Who met?"]
    assert (row["lang"], row["fingerprint"], row["model"]) == ("en", answer.fingerprint, answer.model)
    (question,) = read_questions(file)
    (outcome,) = ask_all([question], brussels)
    assert outcome.rank == 1 and outcome.quoted_right and outcome.quote_hit


def test_should_have_refused_is_a_question_without_an_answer(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    keep("should have refused", ask(COLOMBO, brussels), file)
    keep("rightly refused", ask("How do I bake bread?", brussels), file)
    outcomes = ask_all(read_questions(file), brussels)
    assert [o.refused for o in unanswerable(outcomes)] == [False, True] and answerable(outcomes) == []


def test_a_wrong_clause_says_only_that(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    keep("wrong clause", ask(COLOMBO, brussels), file)
    (question,) = read_questions(file)
    assert question.wrong == ("brussels-2006#annex/3/j",) and question.gold == () and not question.has_answer
    outcomes = ask_all([question], brussels)
    assert outcomes[0].wrong_again and answerable(outcomes) == unanswerable(outcomes) == []
    assert str(by_language(outcomes)["all"]["wrong clause not first again"]).startswith("0.000")
    elsewhere = row_of("wrong clause", ask(COLOMBO, brussels)) | {"wrong": ["brussels-2006#annex/4/o"]}
    file.write_text(json.dumps(elsewhere))
    better = ask_all(read_questions(file), brussels)
    assert str(by_language(better)["all"]["wrong clause not first again"]).startswith("1.000")


def test_should_have_answered_counts_as_answerable_without_a_clause(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    keep("should have answered", ask("How do I bake bread?", brussels), file)
    outcomes = ask_all(read_questions(file), brussels)
    assert answerable(outcomes) == unanswerable(outcomes) == []
    figures = by_language(outcomes)["all"]
    assert str(figures["answered of answerable"]).startswith("0.000") and str(figures["R@1"]) == "-"
    assert str(figures["AUROC"]) == "-"
    keep("rightly refused", ask("How many people live on Mars?", brussels), file)
    both = by_language(ask_all(read_questions(file), brussels))["all"]
    assert str(both["AUROC"])[:5] in ("0.000", "1.000")  # one of each: it counts here, whichever is surer
    assert "wrong clause not first again" not in figures


def test_of_two_verdicts_on_a_question_the_later_counts(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    answer = ask(COLOMBO, brussels)
    keep("wrong clause", answer, file)
    keep("right clause", answer, file)
    keep("wrong clause", answer, file, ["Another question before it?"])
    first, second = read_questions(file)
    assert first.gold and not first.wrong and second.wrong and second.history
    same_ids: list[dict[str, Any]] = [
        {"id": "a", "lang": lang, "question": "Why?", "gold": []} for lang in ("en", "fr")
    ]
    file.write_text("\n".join(json.dumps(row) for row in same_ids))
    assert len(read_questions(file)) == 2  # a data set may use an id once a language


def test_the_choice_of_documents_is_kept_and_asked_again(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    within = Within(sections=("4*",))
    keep("right clause", ask(COLOMBO, brussels), file, within=within)
    (question,) = read_questions(file)
    assert question.within == within
    assert ask_all([question], brussels)[0].rank is None  # the Colombo Process stands in section 3


@pytest.mark.parametrize("years", ["2022", "2022-", "-2019", "2015-2019", None])
def test_a_choice_is_read_back_as_it_was(years: str | None) -> None:
    within = within_from(["A/RES/*"], ["fr"], years, ["Human Rights Council"], ["annex"])
    assert within_from_json(within_to_json(within)) == within
    assert within_to_json(None) == {}


def test_a_verdict_that_does_not_fit_is_refused(brussels: Library, tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="cannot be said"):
        keep("should have answered", ask(COLOMBO, brussels), tmp_path / "feedback.jsonl")
    assert not (tmp_path / "feedback.jsonl").exists()


def test_a_full_file_takes_no_more(brussels: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "feedback.jsonl"
    answer = ask(COLOMBO, brussels)
    keep("right clause", answer, file)
    size = file.stat().st_size
    monkeypatch.setattr(feedback, "MAX_BYTES", 2 * size - 1)
    with pytest.raises(FeedbackError, match="is full"):
        keep("right clause", answer, file)
    assert file.stat().st_size == size


def test_a_place_that_cannot_be_written_is_said(brussels: Library, file: Callable[[str, str], Path]) -> None:
    taken = file("taken", "a file, where a folder is needed")
    with pytest.raises(FeedbackError, match="cannot be written"):
        keep("right clause", ask(COLOMBO, brussels), taken / "feedback.jsonl")


def test_half_a_line_of_a_process_that_died_is_dropped(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    answer = ask(COLOMBO, brussels)
    keep("right clause", answer, file)
    with file.open("a") as stream:
        stream.write('{"id": "half')
    keep("wrong clause", answer, file)
    assert [row["verdict"] for row in rows_of(file)] == ["right clause", "wrong clause"]


def _keep_many(answer: Answer, file: Path) -> None:
    for _ in range(20):
        keep("right clause", answer, file)


def test_two_processes_write_whole_lines(brussels: Library, tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    context = multiprocessing.get_context("spawn")
    answer = ask(COLOMBO, brussels)
    both = [context.Process(target=_keep_many, args=(answer, file)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    assert len(rows_of(file)) == 40


def test_the_command_asks_the_library_again(
    brussels: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "feedback.jsonl"
    keep("right clause", ask(COLOMBO, brussels), file)
    keep("wrong clause", ask("Who organised the conference?", brussels), file)
    keep("should have answered", ask("How do I bake bread?", brussels), file)
    monkeypatch.setattr("sys.argv", ["clauses", "--library", str(brussels.folder), "eval", "feedback", str(file)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().out
    assert not ended.value.code
    assert "| R@1 | 1.000" in said and "wrong clause not first again | 0.000" in said
    assert "Of 3 questions, 2 are left out" in said
    counts = json.loads(feedback_job(file, brussels, as_json_form=True))["feedback"]
    assert counts == {"questions": 3, "right clause not named": 1, "only wrong clauses known": 1}

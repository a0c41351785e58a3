"""The command line as a person runs it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OPTIONS = "汇款能当作公共资源吗？"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "library"


def run(folder: Path, *arguments: str, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CLAUSES_LIBRARY": str(folder), "COLUMNS": "100", **env}
    command = [sys.executable, "-c", "from rag.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def seeded(folder: Path) -> Path:
    done = run(folder, "ask", "Should remittances be treated as public resources?")
    assert done.returncode == 0, done.stderr
    assert "The documents say:" in done.stdout and "不应作为公共资源加以处理" in done.stdout
    assert "annex, sect. 4, para. (o)" in done.stdout
    assert "Indexing the documents that ship (once): 100 %" in done.stderr
    return folder


def test_what_cannot_show_bold_gets_the_quoted_sentences_alone(seeded: Path) -> None:
    question = "What does the document say about remittances?"
    quotes = json.loads(run(seeded, "ask", question, "--json").stdout)["quotes"]
    printed = run(seeded, "ask", question).stdout.splitlines()
    assert [line for line in printed if line.startswith("[")] == [f"[{q['number']}] {q['text']}" for q in quotes]
    assert not quotes[0]["text"].endswith("可发挥关键作用。")  # the clause's last sentence, which is not quoted
    marked = run(seeded, "ask", question, FORCE_COLOR="1", TERM="xterm", NO_COLOR="").stdout
    assert "可发挥关键作用。" in marked and "\x1b[1m" in marked


def test_json_lines_are_answered_in_order_and_a_bad_one_is_named(seeded: Path) -> None:
    rows = [
        {"id": "a", "question": OPTIONS},
        {"id": "b", "question": "那菲律宾呢？", "history": ["哪些国家有劳务输出战略？"]},
        {"id": "c", "question": "  "},
        {"id": "d", "question": "How do I bake bread?"},
    ]
    lines = [*(json.dumps(row) for row in rows), "no json", '{"id": "e"}']
    done = run(seeded, "ask", "--jsonl", "-", stdin="\n".join(lines) + "\n\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d", None, "e"]
    first = answers[0]
    assert list(first) == [
        "id", "question", "language", "refused", "confidence", "text", "quotes", "ranking", "fingerprint", "model",
        "elapsed_ms", "nearest", "searched", "searched_count",
    ]  # fmt: skip
    assert list(first["quotes"][0]) == [
        "number", "text", "citation", "label", "clause", "language", "symbol", "title", "document", "start", "end",
        "score", "edition", "also", "page", "from_picture", "alike",
    ]  # fmt: skip
    assert first["quotes"][0]["label"] == "附件，第4节，(o)段" and len(first["ranking"]) == 10
    assert "菲律宾" in answers[1]["quotes"][0]["text"]
    assert "empty" in answers[2]["error"] and "not JSON" not in answers[2]["error"]
    assert answers[3]["refused"] and answers[3]["quotes"] == []
    assert answers[4]["error"] and "form" in answers[5]["error"]
    assert done.returncode == 2 and "Asking: 100 %" in done.stderr


def test_show_gives_a_clause_by_any_of_its_names_and_all_as_json(seeded: Path) -> None:
    for name in ("o", "annex/4/o", "annex, sect. 4, para. (o)", "附件，第4节，(o)段", "brussels-2006#annex/4/o"):
        done = run(seeded, "show", name)
        assert done.returncode == 0 and "散居地的银行和小额金融服务机构" in done.stdout, name
    rows = [json.loads(line) for line in run(seeded, "show", "--json").stdout.splitlines()]
    labels = [row["label"] for row in rows]
    assert [label for label in labels if "sect." in label][-1] == "annex, sect. 5, para. (t)"
    assert len(rows) == 27 and all(row["end"] - row["start"] == len(row["text"]) for row in rows)
    assert {"clause", "label", "headings", "document", "start", "end", "text"} <= set(rows[0])
    missing = run(seeded, "show", "annex/9/z")
    assert missing.returncode == 2 and 'no clause "annex/9/z"' in missing.stderr


def test_the_library_may_be_named_before_or_after_the_command(seeded: Path, tmp_path: Path) -> None:
    for arguments in (
        ["--library", str(seeded), "list"],
        ["list", f"--library={seeded}"],
        ["list", "--library", str(seeded)],
    ):
        assert "brussels-2006" in run(tmp_path / "other", *arguments).stdout
    assert not (tmp_path / "other").exists()


def test_check_says_verbatim_or_not(seeded: Path) -> None:
    good, bad = "汇款系私人资金，不应作为公共资源", "汇款系私人资金，应作为公共资源"
    done = run(seeded, "check", good)
    assert done.returncode == 0 and "Verbatim." in done.stdout and "para. (o)" in done.stdout
    done = run(seeded, "check", bad)
    assert done.returncode == 1 and "[不]" in done.stdout
    lines = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate((good, bad)))
    done = run(seeded, "check", "--jsonl", "-", stdin=lines)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], first["verbatim"], first["nearest"]) == (0, True, None)
    assert {"clause", "label", "citation", "document", "start", "end"} <= set(first["matches"][0])
    assert second["matches"] == [] and second["nearest"]["clause"] == "brussels-2006#annex/4/o" and done.returncode == 1


def test_add_list_and_remove(seeded: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Statement\n\n1. [red]Bread[/red] costs \x1b[31mmore\u202e than before.\n", encoding="utf-8")
    done = run(seeded, "add", str(paper), str(tmp_path / "none.txt"))
    assert "paper.txt: added as paper, 1 clauses" in done.stdout
    assert done.returncode == 2 and "none.txt does not exist." in done.stderr
    assert "already here as paper" in run(seeded, "add", str(paper)).stdout
    shown = run(seeded, "show", "paper#1").stdout
    assert "[red]Bread[/red]" in shown and "\x1b" not in shown and "\u202e" not in shown
    rows = [json.loads(line) for line in run(seeded, "list", "--json").stdout.splitlines()]
    assert [(row["slug"], row["clauses"]) for row in rows] == [("brussels-2006", 27), ("paper", 1)]
    assert run(seeded, "remove", "paper", "ghost").returncode == 2
    heading = " ".join(run(seeded, "list").stdout.split("\n")[0].split())
    assert heading == "name symbol or title language clauses file"
    twice = run(seeded, "remove", "paper", " paper")  # one document, whatever it is called
    assert (twice.stdout, twice.returncode) == ("paper: removed\n", 0)
    assert "paper" not in run(seeded, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", ""], "empty"),
        (["ask"], "Give a question"),
        (["check", " "], "empty"),
        (["ask", "--jsonl", "/no/such/file"], "cannot be read"),
        (["bogus"], "No such command"),
        (["ask", "--bogus", "x"], "No such option"),
        (["remove", "ghost"], 'no document "ghost"'),
        (["remove", ""], "name of a document is missing"),
        (["ask", "--year", "", "bread"], "is not a year"),
        (["serve", "--read-only", "--writable"], "contradict each other"),
        (["serve", "--auth", "no-password"], "--auth no. 1 is not of the form name:password"),
        (["serve", "--auth-file", "/no/such/file"], "cannot be read"),
    ],
)
def test_errors_are_one_sentence_on_standard_error(seeded: Path, arguments: list[str], says: str) -> None:
    done = run(seeded, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr


def test_another_model_and_no_model_are_refused_with_the_way_out(seeded: Path, tmp_path: Path) -> None:
    done = run(seeded, "ask", OPTIONS, CLAUSES_MODEL="nobody/nothing", HF_HUB_OFFLINE="1")
    assert done.returncode == 2 and "Unset CLAUSES_MODEL" in done.stderr and "folder" in done.stderr
    assert done.stderr.count("\n") == 1


def test_doctor_finds_what_is_wrong(seeded: Path, tmp_path: Path) -> None:
    well = run(seeded, "doctor")
    assert well.returncode == 0 and "27 clauses" in well.stdout and "saved index is whole" in well.stdout
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "library.sqlite3").write_bytes(b"nothing like a database" * 100)
    done = run(broken, "doctor", "--json")
    findings = {f["what"]: f for f in json.loads(done.stdout)["findings"]}
    assert done.returncode == 1 and not findings["library"]["ok"] and "broken" in findings["library"]["says"]


def test_a_library_is_verified_handed_on_and_cited(seeded: Path, tmp_path: Path) -> None:
    done = run(seeded, "verify")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.startswith("1 documents, 27 clauses, ")
    exported = tmp_path / "all.clauses"
    assert run(seeded, "export", str(exported)).returncode == 0 and exported.stat().st_size > 50_000
    other = tmp_path / "other"
    assert "already here as" in run(other, "import", str(exported)).stdout  # each library begins with what ships
    (tmp_path / "no.clauses").write_text("no library")
    done = run(other, "import", str(tmp_path / "no.clauses"))
    assert done.returncode == 2 and "no exported library" in done.stderr
    cited = run(seeded, "cite", "annex/4/o", "--form", "full").stdout
    assert cited.startswith("“") and cited.endswith("annex, sect. 4, para. (o)\n")
    assert run(seeded, "cite", "annex/4/o", "--style", "bibtex").stdout.startswith("@misc{brussels-2006-annex-4-o,")
    assert run(seeded, "cite", "annex/4/zz").returncode == 2


@pytest.mark.parametrize("command", ["cite", "show", "check"])
def test_a_language_of_citations_that_is_none_of_the_six_is_refused(tmp_path: Path, command: str) -> None:
    done = run(tmp_path / "library", command, "o", "--lang", "xx")
    said = "xx is not one of the six languages: ar, zh, en, fr, ru, es.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert not (tmp_path / "library").exists()

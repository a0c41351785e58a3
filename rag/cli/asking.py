"""`clauses ask`, `check`, `show`, `cite`, `list`: what the documents say, and where."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from index.errors import ClausesError
from index.library import Library
from index.snapshot import Snapshot
from rag.answer import Answer
from rag.cli.shared import AsJson, Lang, Lines, app, each_line, opened, print_json
from rag.edge import progress, stderr


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="In any of the six languages.")] = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="An earlier question; repeat for more.")
    ] = None,
    as_json: AsJson = False,
    jsonl: Lines = None,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--in", metavar="NAME", help='Symbol, title or name, * for anything: "A/RES/77/*", "resolution 77/176".'
        ),
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only clauses in this language; repeat for more.")] = None,
    year: Annotated[str | None, typer.Option(help="Only documents of 2022, 2022-, -2019 or 2015-2019.")] = None,
    body: Annotated[
        list[str] | None, typer.Option(help='Only documents of a body: "Human Rights Council", "HRC".')
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(help='Only clauses under a heading or in a part: "annex", "sect. II", "*remittances*".'),
    ] = None,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the answer as .docx or .md, verified again.")
    ] = None,
) -> None:
    """Answer a question, or one a line: {"id", "question", "history"?, "within"?}. What a line says in "within" goes before
    the options here, key by key."""
    from rag.ask import ask as answer_to
    from rag.export.export import paper_format
    from rag.forms import answer_form
    from rag.terminal import show_answer
    from rag.within import within_from, within_from_json

    if (question is None) == (jsonl is None):
        raise ClausesError('Give a question, or --jsonl with a file of questions: clauses ask "…".')
    if export is not None:
        if question is None:
            raise ClausesError("--export writes one answer; give a question with it, not --jsonl.")
        paper_format(export.name)  # what cannot be written is said before anything is asked
    within = within_from(names, language, year, body, section)
    with opened(context) as library:
        if question is not None:
            answer = answer_to(question, library, history or (), within=within)
            if as_json:
                print_json(answer_form(answer))
            else:
                show_answer(answer, library.snapshot(), Console(highlight=False))
            if export is not None:
                _export(answer, export, library)
            return
        assert jsonl is not None

        def line(row: dict[str, Any]) -> dict[str, Any]:
            asked, earlier = row.get("question"), row.get("history") or []
            if (
                not isinstance(asked, str)
                or not isinstance(earlier, list)
                or not all(isinstance(e, str) for e in earlier)
            ):
                raise ClausesError('A line must be of the form {"id": "…", "question": "…", "history": ["…"]}.')
            chosen = within_from_json(row.get("within"), within)
            return answer_form(answer_to(asked, library, earlier, id=row.get("id"), within=chosen))

        each_line(jsonl, "Asking", line)


def _export(answer: Answer, path: Path, library: Library) -> None:
    """Write an answer, and say on standard error what was verified."""
    from rag.export.export import ExportError, export_conversation, exported_text, paper_format
    from rag.export.papers import Exchange

    form = paper_format(path.name)
    talk = [Exchange(answer.question, answer)]
    file = export_conversation(talk, form, library.snapshot(), answer.language, datetime.date.today())
    try:
        path.write_bytes(file.content)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from error
    stderr.print(exported_text(file, answer.language))


@app.command()
def check(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="QUOTATION", help="The words to look for.")] = None,
    as_json: AsJson = False,
    jsonl: Lines = None,
    lang: Lang = "en",
    paper: Annotated[
        Path | None,
        typer.Option("--paper", metavar="FILE", help="Check every quotation in a .docx, .pdf, .html, .md or .txt."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Of --paper: write the report into OUT.docx, OUT.md or OUT.html.")
    ] = None,
) -> None:
    """Is a quotation in the library to the letter, white space aside? Exit status 0 if it is, 1 if not; of a --paper 0 if all
    that are long enough to check are verbatim, none with omissions."""
    from rag.check.check import check as look_up
    from rag.forms import check_form
    from rag.terminal import show_check

    if [text, jsonl, paper].count(None) != 2:
        raise ClausesError('Give a quotation, or --jsonl with a file of them, or --paper FILE: clauses check "…".')
    if report and not paper:
        raise ClausesError("--report belongs to --paper FILE: name the paper whose quotations are to be checked.")
    with opened(context) as library:
        if paper is not None:
            raise typer.Exit(0 if _check_paper(paper, report, library.snapshot(), lang, as_json) else 1)
        snapshot = library.snapshot()
        if text is not None:
            found = look_up(text, snapshot, language=lang)
            if as_json:
                print_json(check_form(found))
            else:
                show_check(found, Console(highlight=False))
            raise typer.Exit(0 if found.verbatim else 1)
        assert jsonl is not None
        verbatim: list[bool] = []

        def line(row: dict[str, Any]) -> dict[str, Any]:
            if not isinstance(row.get("text"), str):
                raise ClausesError('A line must be of the form {"id": "…", "text": "…"}.')
            found = look_up(row["text"], snapshot, id=row.get("id"), language=lang)
            verbatim.append(found.verbatim)
            return check_form(found)

        each_line(jsonl, "Checking", line)
        raise typer.Exit(0 if all(verbatim) else 1)


def _check_paper(file: Path, out: Path | None, snapshot: Snapshot, lang: str, as_json: bool) -> bool:
    """Check a paper and say what came of it; True where every quotation is verbatim."""
    from rag.check.checked import Checked, made_report
    from rag.check.checking import check_each, taken
    from rag.check.paper import read_paper
    from rag.check.report import FORMATS, report_file, report_form
    from rag.terminal import show_report

    format = next((f for f in FORMATS if out and out.suffix.lower() == f".{f}"), None)
    if out and format is None:
        raise ClausesError(f"{out} must end in .docx, .md or .html: its ending says how the report is written.")
    paper = read_paper(file)
    found, _ = taken(paper, snapshot, single=False)
    done: list[Checked] = []
    with progress("Checking") as advance:
        for one in check_each(found, snapshot, lang):
            done.append(one)
            advance(len(done), len(found))
    made = made_report(paper, done, snapshot, lang)
    if out and format:
        try:
            out.write_bytes(report_file(made, format))
        except OSError as error:
            raise ClausesError(f"{out} cannot be written: {error.strerror}.") from error
    if as_json:
        print_json(report_form(made))
    else:
        show_report(made, Console(highlight=False))
    return made.all_verbatim


@app.command()
def show(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="LABEL", help='"annex/4/o", "annex, para. (o)" or "o".')] = None,
    as_json: AsJson = False,
    lang: Lang = "en",
    left_out: Annotated[
        bool,
        typer.Option("--left-out", help="Show what a document's file has and its text has not; LABEL is its name."),
    ] = False,
) -> None:
    """Show a clause in full, or the labels of all; with --json every clause of the library, a line each."""
    from rag.forms import clause_form
    from rag.lookup import lookup
    from rag.terminal import show_clauses, show_labels, show_left_out

    with opened(context) as library:
        snapshot = library.snapshot()
        if left_out:
            chosen = [library.document(name)] if name is not None else list(snapshot.documents)
            show_left_out(chosen, as_json, Console(highlight=False, markup=False))
            return
        clauses = lookup(name, snapshot) if name is not None else snapshot.clauses
        if as_json:
            for clause in clauses:
                print_json(clause_form(clause, lang))
        elif name is None:
            show_labels(snapshot, lang, Console(highlight=False))
        else:
            show_clauses(clauses, snapshot, lang, Console(highlight=False))


@app.command()
def cite(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="LABEL", help='As for show: "A/RES/77/176, para. 12 (c)" or an id.')],
    style: Annotated[Literal["un", "bibtex", "ris", "csl-json"], typer.Option(help="How to cite.")] = "un",
    form: Annotated[Literal["short", "full"], typer.Option(help="Of style un: by symbol, or by full name.")] = "short",
    lang: Lang = "en",
) -> None:
    """Cite a clause, as the United Nations does or for a reference manager; of several editions that in --lang."""
    from rag.lookup import lookup
    from rag.reference import cited

    with opened(context) as library:
        snapshot = library.snapshot()
        found = lookup(name, snapshot)
        own = [clause for clause in found if clause.language == lang]  # a symbol names all editions
        print(cited(own or found, snapshot, lang, style, form))


@app.command("list")
def list_documents(context: typer.Context, as_json: AsJson = False) -> None:
    """List the documents of the library."""
    from rag.forms import document_form
    from rag.terminal import show_documents

    with opened(context) as library:
        snapshot = library.snapshot()
        counts = Counter(clause.document for clause in snapshot.clauses)
        if as_json:
            for document in snapshot.documents:
                print_json(document_form(document, counts[document.sha256]))
        elif not snapshot.documents:
            stderr.print("The library holds no documents; add one with `clauses add FILE`.")
        else:
            show_documents([(d, counts[d.sha256]) for d in snapshot.documents], Console(highlight=False))

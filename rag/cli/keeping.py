"""`clauses add`, `remove`, `verify`, `export`, `import`, `rebuild`, `serve`, `doctor`: the library's life."""

from __future__ import annotations

import datetime
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.errors import ClausesError, FileRefusedError
from index.language import LANGUAGES
from index.library import Added
from rag.cli.shared import AsJson, app, opened, print_json
from rag.edge import progress, stderr


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…")],
    symbol: Annotated[str | None, typer.Option(help="Of the document; else as its text says.")] = None,
    title: Annotated[str | None, typer.Option(help="Of the document.")] = None,
    date: Annotated[
        datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Of adoption.")
    ] = None,
    body: Annotated[str | None, typer.Option(help="Whose document it is: General Assembly, …")] = None,
    session: Annotated[str | None, typer.Option(help="Of the body, as printed.")] = None,
    agenda_item: Annotated[str | None, typer.Option(help="As printed.")] = None,
    language: Annotated[str | None, typer.Option(help="Of the text: ar, zh, en, fr, ru, es.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned PDFs with Tesseract, if it is installed.")] = False,
    replace: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of the document that the file replaces, whatever it is called.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add files (PDF, .docx, HTML, UN XML, Markdown, text, .jsonl), folders and .zip files. Each document goes in whole or
    not at all; one that has changed replaces its old self, and where that is not certain stands beside it, which is said
    (--replace NAME makes it certain). Exit status 2 if any was refused; files of other kinds in a folder are passed over and
    named. What is said of a document goes before what stands beside it (NAME.toml) and in it, and stays when the same bytes
    are added again, until something else is said; to another file of its name it must be said again."""
    from index.clause import Given
    from rag.adding import Outcome, add_all, outcome_form, passed_said, sentence, summary

    day = date.date() if date else None
    given = Given(None, title, symbol, language, day, body, session, agenda_item)
    many = len(paths) > 1 or any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths)
    if many and (symbol or title):
        raise ClausesError("--symbol and --title are for one document; name its file alone.")
    if many and replace is not None:
        raise ClausesError("--replace is for one document; name its file alone.")
    if language is not None and language not in LANGUAGES:
        raise ClausesError(f"{language} is not one of the six languages: {', '.join(LANGUAGES)}.")
    outcomes: list[Outcome] = []
    out = Console(highlight=False, markup=False)
    with opened(context) as library:
        old = library.only(replace).slug if replace is not None else None
        added = add_all(paths, library, lambda file: progress(f"Adding {file}"), given, ocr=ocr, replacing=old)
        for name, outcome in added:
            outcomes.append(outcome)
            if as_json:
                print_json(outcome_form(name, outcome))
            elif isinstance(outcome, FileRefusedError):
                stderr.print(str(outcome), soft_wrap=True, markup=False)
            elif isinstance(outcome, Added):
                for note in outcome.notes:
                    stderr.print(note, soft_wrap=True, markup=False)
                out.print(sentence(name, outcome), soft_wrap=True)
    for line in passed_said(outcomes) if not as_json else ():
        stderr.print(line, soft_wrap=True, markup=False)
    if len(outcomes) > 1 and not as_json:
        out.print(summary(outcomes), soft_wrap=True)
    if any(isinstance(outcome, FileRefusedError) for outcome in outcomes):
        raise typer.Exit(2)


@app.command()
def remove(context: typer.Context, names: Annotated[list[str], typer.Argument(metavar="NAME…")]) -> None:
    """Remove documents by name (see `clauses list`)."""
    with opened(context) as library:
        for slug in dict.fromkeys([library.only(name).slug for name in names]):  # all must be there before one goes
            library.remove(slug)
            Console(highlight=False, markup=False).print(f"{slug}: removed")


@app.command()
def verify(
    context: typer.Context,
    vectors: Annotated[
        bool, typer.Option("--vectors", help="Also make every vector anew and compare; takes as long as adding did.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at every text, title, label, span, word and vector of the library: is it as it was stored? Exit status 1 if not."""
    from index.audit import audit
    from index.store import Store

    with opened(context) as library, closing(Store.open(library.folder)) as store, progress("Embedding") as advance:
        found = audit(store, library.embedder if vectors else None, advance)
    if as_json:
        print_json(asdict(found))
    else:
        for fault in found.faults:
            stderr.print(fault, soft_wrap=True, markup=False)
        counts = f"{found.documents} documents, {found.clauses} clauses, {found.sentences} sentences, {found.vectors} vectors"
        print(f"{counts}: " + (f"{len(found.faults)} faults" if found.faults else "sound"))
    raise typer.Exit(1 if found.faults else 0)


@app.command("export")
def export_to(context: typer.Context, file: Annotated[Path, typer.Argument(help="Where to write it.")]) -> None:
    """Write the library into one file, to keep or to hand on."""
    from index.transfer import export_library

    with opened(context) as library:
        size = export_library(library.folder, file)
        print(f"{len(library.snapshot().documents)} documents in {file}, {size / 2**20:.1f} MB")


@app.command("import")
def import_from(context: typer.Context, file: Annotated[Path, typer.Argument(help="An exported library.")]) -> None:
    """Add the documents of an exported library; those that are here already stay as they are, also where the file has another
    state of them. Its lexicon is taken over if this library has learned none."""
    from index.transfer import import_library
    from rag.adding import sentence, summary

    outcomes: list[Added] = []
    out = Console(highlight=False, markup=False)
    with opened(context) as library, progress(f"Adding {file.name}") as advance:
        learned = library.has_lexicon
        for outcome in import_library(file, library, advance):
            outcomes.append(outcome)
            out.print(sentence(outcome.title, outcome), soft_wrap=True)
        if library.has_lexicon and not learned:
            out.print("Its lexicon was taken over: this library had learned none.", soft_wrap=True)
    out.print(summary(outcomes) or "The file holds no documents.", soft_wrap=True)


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make all vectors anew, with the model that is set now."""
    with opened(context, seed=False) as library, progress("Embedding") as advance:
        count = library.rebuild(advance)
        print(f"{count} texts embedded with {library.embedder.name}")


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Nobody adds or removes documents on the page.")
    ] = False,
    auth: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME:PASSWORD",
            help="Only who logs in sees the page, and may change the library; repeatable. Others on this machine can see the "
            "password in the list of processes: --auth-file keeps it out of there.",
        ),
    ] = None,
    auth_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="As --auth, a NAME:PASSWORD a line, read when the server starts."),
    ] = None,
    writable: Annotated[
        bool, typer.Option("--writable", help="Everybody who reaches the page may add and remove documents.")
    ] = False,
    feedback: Annotated[
        Path | None, typer.Option(help="Where what readers say of answers is kept; else beside the library.")
    ] = None,
    no_feedback: Annotated[bool, typer.Option("--no-feedback", help="Ask no reader what they think.")] = False,
) -> None:
    """Open the page. Asking is free to all who reach it; documents are added and removed on it only from this machine, or by
    those who have logged in, or by all with --writable, or by nobody with --read-only."""
    from app import serve as serve_page  # the page stands above this floor: the one import upwards, as a command only
    from rag.leave import accounts_from, leave_for

    accounts = accounts_from(auth or (), auth_file)
    leave = leave_for(host, read_only=read_only, writable=writable, members=bool(accounts))
    with opened(context) as library:
        serve_page(
            library, host=host, port=port, open_browser=browser, leave=leave, accounts=accounts,
            feedback=not no_feedback and (feedback or True),
        )  # fmt: skip


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Look at the model, the library, FAISS and versions; say what is wrong and how to mend it."""
    from rag.doctor import examine

    findings = examine(context.obj)
    if as_json:
        print_json(
            {
                "ok": all(f.ok for f in findings),
                "findings": [{"what": f.what, "ok": f.ok, "says": f.says} for f in findings],
            }
        )
    else:
        console = Console(highlight=False, markup=False)
        for finding in findings:
            console.print(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.what}: {finding.says}", soft_wrap=True)
    raise typer.Exit(0 if all(f.ok for f in findings) else 1)

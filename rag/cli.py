"""The command line: `clauses ask`, `show`, `list`, `add`, `remove`, `rebuild`, `check`, `serve`, `doctor`."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from index.errors import ClausesError, FileRefusedError
from index.language import LANGUAGES
from index.library import Added, Library
from rag.edge import open_library, progress, stderr

app = typer.Typer(
    name="clauses",
    help="Ask documents on migration and development a question; get the clause that answers it, quoted to the letter.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lines = Annotated[
    str | None, typer.Option("--jsonl", metavar="FILE", help="Read a JSON object a line; - is standard input.")
]
Lang = Annotated[str, typer.Option("--lang", help="Language of labels and citations: ar, zh, en, fr, ru, es.")]


@app.callback()
def _options(
    context: typer.Context,
    library: Annotated[
        Path | None, typer.Option(help="Folder of the library; else CLAUSES_LIBRARY, else the user's data folder.")
    ] = None,
) -> None:
    context.obj = library


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
        typer.Option("--in", metavar="NAME", help='Symbol, title or name, * for anything: "A/RES/77/*".'),
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only clauses in this language; repeat for more.")] = None,
    year: Annotated[str | None, typer.Option(help="Only documents of 2022, 2022-, -2019 or 2015-2019.")] = None,
    body: Annotated[list[str] | None, typer.Option(help='Only documents of a body: "Human Rights Council".')] = None,
    section: Annotated[
        list[str] | None, typer.Option(help='Only clauses under a heading or in a part: "annex", "*remittances*".')
    ] = None,
) -> None:
    """Answer a question, or one a line: {"id", "question", "history"?, "within"?}."""
    from rag.ask import ask as answer_to
    from rag.forms import answer_form
    from rag.terminal import show_answer
    from rag.within import within_from, within_from_json

    if (question is None) == (jsonl is None):
        raise ClausesError('Give a question, or --jsonl with a file of questions: clauses ask "…".')
    within = within_from(names, language, year, body, section)
    with _open(context) as library:
        if question is not None:
            answer = answer_to(question, library, history or (), within=within)
            if as_json:
                _print(answer_form(answer))
            else:
                show_answer(answer, library.snapshot(), Console(highlight=False))
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
            chosen = within_from_json(row.get("within")) or within
            return answer_form(answer_to(asked, library, earlier, id=row.get("id"), within=chosen))

        _each_line(jsonl, "Asking", line)


@app.command()
def check(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="QUOTATION", help="The words to look for.")] = None,
    as_json: AsJson = False,
    jsonl: Lines = None,
    lang: Lang = "en",
) -> None:
    """Is a quotation in the library to the letter, white space aside? Exit status 0 if it is, 1 if not."""
    from rag.check import check as look_up
    from rag.forms import check_form
    from rag.terminal import show_check

    if (text is None) == (jsonl is None):
        raise ClausesError('Give a quotation, or --jsonl with a file of them: clauses check "…".')
    with _open(context) as library:
        snapshot = library.snapshot()
        if text is not None:
            found = look_up(text, snapshot, language=lang)
            if as_json:
                _print(check_form(found))
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

        _each_line(jsonl, "Checking", line)
        raise typer.Exit(0 if all(verbatim) else 1)


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

    with _open(context) as library:
        snapshot = library.snapshot()
        if left_out:
            chosen = [library.document(name)] if name is not None else list(snapshot.documents)
            show_left_out(chosen, as_json, Console(highlight=False, markup=False))
            return
        clauses = lookup(name, snapshot) if name is not None else snapshot.clauses
        if as_json:
            for clause in clauses:
                _print(clause_form(clause, lang))
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

    with _open(context) as library:
        snapshot = library.snapshot()
        found = lookup(name, snapshot)
        own = [clause for clause in found if clause.language == lang]  # a symbol names all editions
        print(cited(own or found, snapshot, lang, style, form))


@app.command("list")
def list_documents(context: typer.Context, as_json: AsJson = False) -> None:
    """List the documents of the library."""
    from rag.forms import document_form
    from rag.terminal import show_documents

    with _open(context) as library:
        snapshot = library.snapshot()
        counts = Counter(clause.document for clause in snapshot.clauses)
        if as_json:
            for document in snapshot.documents:
                _print(document_form(document, counts[document.sha256]))
        elif not snapshot.documents:
            stderr.print("The library holds no documents; add one with `clauses add FILE`.")
        else:
            show_documents([(d, counts[d.sha256]) for d in snapshot.documents], Console(highlight=False))


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
) -> None:
    """Add files (PDF, .docx, HTML, UN XML, Markdown, text, .jsonl), folders and .zip files. Each document goes in whole or
    not at all; one that has changed replaces its old self. Exit status 2 if any was refused. What is said of a document
    goes before what stands beside it (NAME.toml) and in it."""
    from index.readers.read import Given
    from rag.adding import add_all, sentence, summary

    day = date.date() if date else None
    given = Given(None, title, symbol, language, day, body, session, agenda_item)
    many = len(paths) > 1 or any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths)
    if many and (symbol or title):
        raise ClausesError("--symbol and --title are for one document; name its file alone.")
    if language is not None and language not in LANGUAGES:
        raise ClausesError(f"{language} is not one of the six languages: {', '.join(LANGUAGES)}.")
    outcomes: list[Added | FileRefusedError] = []
    out = Console(highlight=False, markup=False)
    with _open(context) as library:
        for name, outcome in add_all(paths, library, progress, given, ocr=ocr):
            outcomes.append(outcome)
            if isinstance(outcome, FileRefusedError):
                stderr.print(str(outcome), soft_wrap=True, markup=False)
                continue
            for note in outcome.notes:
                stderr.print(note, soft_wrap=True, markup=False)
            out.print(sentence(name, outcome), soft_wrap=True)
    if len(outcomes) > 1:
        out.print(summary(outcomes), soft_wrap=True)
    if any(isinstance(outcome, FileRefusedError) for outcome in outcomes):
        raise typer.Exit(2)


@app.command()
def remove(context: typer.Context, names: Annotated[list[str], typer.Argument(metavar="NAME…")]) -> None:
    """Remove documents by name (see `clauses list`)."""
    with _open(context) as library:
        for slug in [library.document(name).slug for name in names]:  # all must be there before one goes
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
    """Look at every text, span, word and vector of the library: is it as it was stored? Exit status 1 if not."""
    from index.audit import audit
    from index.store import Store

    with _open(context) as library, closing(Store.open(library.folder)) as store, progress("Embedding") as advance:
        found = audit(store, library.embedder if vectors else None, advance)
    if as_json:
        _print(asdict(found))
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

    with _open(context) as library:
        size = export_library(library.folder, file)
        print(f"{len(library.snapshot().documents)} documents in {file}, {size / 2**20:.1f} MB")


@app.command("import")
def import_from(context: typer.Context, file: Annotated[Path, typer.Argument(help="An exported library.")]) -> None:
    """Add the documents of an exported library; those that are here already stay as they are."""
    from index.transfer import import_library
    from rag.adding import sentence, summary

    outcomes: list[Added] = []
    out = Console(highlight=False, markup=False)
    with _open(context) as library, progress(f"Adding {file.name}") as advance:
        for outcome in import_library(file, library, advance):
            outcomes.append(outcome)
            out.print(sentence(outcome.title, outcome), soft_wrap=True)
    out.print(summary(outcomes) or "The file holds no documents.", soft_wrap=True)


@app.command()
def rebuild(context: typer.Context) -> None:
    """Make all vectors anew, with the model that is set now."""
    with _open(context, seed=False) as library, progress("Embedding") as advance:
        count = library.rebuild(advance)
        print(f"{count} texts embedded with {library.embedder.name}")


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 7860,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Open the chat page."""
    from app import serve as serve_page  # the page stands above this floor: the one import upwards, as a command only

    with _open(context) as library:
        serve_page(library, host=host, port=port, open_browser=browser)


@app.command()
def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Look at the model, the library, FAISS and versions; say what is wrong and how to mend it."""
    from rag.doctor import examine

    findings = examine(context.obj)
    if as_json:
        _print(
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


lexicon_app = typer.Typer(help="The lexicon of words across languages.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command("learn")
def learn_lexicon(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE…]", help="Aligned text, a JSON object a line; else the library's own editions."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the lexicon; else into the library, for its use.")
    ] = None,
) -> None:
    """Learn which words translate which, from aligned text or from the library's own editions."""
    from index.words.learn import learn
    from rag.aligned import aligned_rows, editions_rows

    with _open(context) as library:
        rows = aligned_rows(files) if files else editions_rows(library.snapshot())
        if not rows:
            raise ClausesError("The library holds no text in two languages to learn from; name a file of aligned text.")
        with progress("Learning") as advance:
            lexicon = learn(rows, progress=advance)
        data = lexicon.to_bytes()
        if out is None:
            library.keep_lexicon(data)
        else:
            out.write_bytes(data)
    pairs = sum(len(table.left) for table in lexicon.tables.values())
    where = out or "the library"
    print(
        f"{pairs} pairs of {len(rows)} rows in {len(lexicon.tables)} pairs of languages; {len(data)} bytes in {where}"
    )


@app.command("eval")
def evaluate(
    what: Annotated[
        str | None,
        typer.Argument(
            help='"brussels": the document that ships; "quality": every dev set, some hours; "adding": speed.'
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Questions about the document; for quality the folder of the sets, for adding one of documents."
        ),
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Clauses, a JSON object a line, or a folder of documents.")
    ] = None,
    questions: Annotated[Path | None, typer.Option(help="Questions about the corpus.")] = None,
    corpus_lang: Annotated[str | None, typer.Option(help="Only the clauses in this language.")] = None,
    question_lang: Annotated[str | None, typer.Option(help="Only the questions in this language.")] = None,
    copies: Annotated[int, typer.Option(min=0, help="Altered copies to try.")] = 2000,
    plain: Annotated[bool, typer.Option("--plain", help="Also measure one vector a clause and nothing else.")] = False,
    write: Annotated[
        Path | None,
        typer.Option(help="Put the table between the figure marks of this Markdown file; of quality: the whole file."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure: ask questions with known answers and print the figures with their intervals."""
    from rag.edge import load_model
    from rag.evaluate.command import corpus_job, main_job
    from rag.evaluate.report import write_between_marks

    if what == "quality" and file:
        from rag.evaluate.quality import quality  # scikit-learn and its kin: seconds that the others need not wait

        page = quality(
            file, load_model(), lambda what: stderr.print(f"Measuring {what}", markup=False, highlight=False)
        )
        if write:
            write.write_text(page, encoding="utf-8")
        print(page)
        return
    if what == "adding" and file:
        from rag.evaluate.quality import adding_said

        print(adding_said(file, load_model(), lambda what: stderr.print(f"Measuring {what}", markup=False)))
        return
    if what == "brussels" and file:
        said = main_job(file, copies=copies, plain=plain, as_json_form=as_json)
    elif what is None and corpus and questions:
        chosen = {"corpus_language": corpus_lang, "question_language": question_lang}
        said = corpus_job(corpus, questions, **chosen, plain=plain, as_json_form=as_json)
    else:
        raise ClausesError(
            "Say `clauses eval brussels QUESTIONS`, `clauses eval quality FOLDER`, `clauses eval adding FOLDER` or "
            "`clauses eval --corpus FILE --questions FILE`."
        )
    print(said)
    if write:
        write_between_marks(write, said)


fit_app = typer.Typer(help="Learn what ranks, quotes and refuses from dev data.", no_args_is_help=True)
app.add_typer(fit_app, name="fit")
DevSets = Annotated[
    Path, typer.Argument(help="Dev sets: a folder with brussels, xquad, cmrc2018, piaf, squad2, nomiracl.")
]


@fit_app.command("fusion")
def fit_fusion(folder: DevSets, out: Annotated[Path, typer.Option(help="Where to write the weights.")]) -> None:
    """Learn the weights of ranking and quoting and print their held-out figures."""
    from rag.edge import load_model
    from rag.evaluate.fit import dumped
    from rag.evaluate.fusion import collect, learn
    from rag.evaluate.remember import Remembering

    embedder = Remembering(load_model())
    with progress("Asking") as advance:
        ranked = collect(folder, embedder, advance)
    learned = learn(ranked)
    out.write_text(dumped(learned), encoding="utf-8")
    for what, said in learned["held_out"].items():
        print(f"{what}: {said}")


@fit_app.command("refusal")
def fit_refusal(
    folder: DevSets,
    out: Annotated[Path, typer.Option(help="Where to write the rule.")],
    asking: Annotated[
        Path | None, typer.Option(help="Count the words of asking anew first, and write them here.")
    ] = None,
    curve: Annotated[Path | None, typer.Option(help="Draw the reliability curve here (.svg).")] = None,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="Answer from this probability on.")] = 0.4,
) -> None:
    """Fit the refusal rule and print its held-out figures. Fit the fusion before: the rule reads its scores."""
    from rag.edge import load_model
    from rag.evaluate.fit import asking_file, collect, dumped, fit
    from rag.evaluate.reliability import draw
    from rag.evaluate.remember import Remembering

    if asking:
        asking.write_text(asking_file(folder), encoding="utf-8")
    embedder = Remembering(load_model())
    with progress("Asking") as advance:
        samples = collect(folder, embedder, advance)
    fitted = fit(samples, threshold=threshold)
    out.write_text(dumped(fitted.rule), encoding="utf-8")
    for source, figures in fitted.held_out.items():
        print(f"{source}: {figures}")
    if curve:
        draw(fitted.curves(), curve)


def main() -> None:
    """Entry point: every error of ours is one sentence on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(app(_library_first(sys.argv[1:]), standalone_mode=False) or 0)
    except ClausesError as error:
        _fail(str(error))
    except (typer.Abort, KeyboardInterrupt):
        _fail("Stopped; the library is as it was.", 130)
    except BrokenPipeError:  # `clauses show | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # What typer says of a wrong option has a message made for people; anything else is a defect, and says so.
        said = getattr(error, "format_message", None)
        if said is None and os.environ.get("CLAUSES_DEBUG"):
            raise
        _fail(said() if said else f"This is a defect ({type(error).__name__}: {error}); CLAUSES_DEBUG=1 shows where.")


def _library_first(arguments: list[str]) -> list[str]:
    """`--library DIR` may stand anywhere before a `--`; the parser wants it before the command."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    moved: list[str] = []
    rest: list[str] = []
    words = iter(arguments[:end])
    for word in words:
        if word == "--library":
            moved += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.startswith("--library="):
            moved.append(word)
        else:
            rest.append(word)
    return moved + rest + arguments[end:]


def _fail(sentence: str, status: int = 2) -> None:
    print(" ".join(sentence.split()), file=sys.stderr)
    sys.exit(status)


@contextmanager
def _open(context: typer.Context, *, seed: bool = True) -> Iterator[Library]:
    with closing(open_library(context.obj, seed=seed)) as library:
        yield library


def _print(value: dict[str, Any]) -> None:
    from rag.forms import dump

    print(dump(value), flush=True)


def _each_line(source: str, what: str, answer: Any) -> None:
    """Answer every line of a file, in order; one that cannot be answered gets {"id", "error"} and status 2 at the end."""
    lines = [line for line in _lines(source) if line.strip()]
    failed = False
    with progress(what) as advance:
        for done, line in enumerate(lines, 1):
            row: Any = None
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ClausesError("A line must be a JSON object.")
                _print(answer(row))
            except (ClausesError, ValueError, RecursionError) as error:
                failed = True
                _print({"id": row.get("id") if isinstance(row, dict) else None, "error": str(error)})
            advance(done, len(lines))
    if failed:
        raise typer.Exit(2)


def _lines(source: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise ClausesError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}.") from error

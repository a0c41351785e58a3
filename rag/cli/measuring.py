"""`clauses lexicon`, `eval`, `fit`: what is learned from data, and how good it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, cast

import typer

from index.errors import ClausesError
from rag.cli.shared import AsJson, app, opened
from rag.edge import load_model, must_be_writable, progress, stderr, write_file
from rag.lines import text_of

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
    from rag.aligned import aligned_rows, editions_rows

    if out is not None:
        must_be_writable(out)
    rows = aligned_rows(files or [])
    if files and out is not None:
        _learned(rows, lambda data: write_file(out, data), str(out))
        return
    with opened(context) as library:
        rows = rows or editions_rows(library.snapshot())
        if not rows:
            raise ClausesError("The library holds no text in two languages to learn from; name a file of aligned text.")
        keep = library.keep_lexicon if out is None else lambda data: write_file(out, data)
        _learned(rows, keep, "the library" if out is None else str(out))


def _learned(rows: Sequence[Mapping[str, str]], keep: Callable[[bytes], None], where: str) -> None:
    """Learn from rows of aligned text and keep what was learned. Raises ClausesError where that is nothing."""
    from index.words.learn import LEAST_COUNT, learn

    with progress("Learning") as advance:
        lexicon = learn(rows, progress=advance)
    pairs = sum(len(table.left) for table in lexicon.tables.values())
    if not pairs:
        raise ClausesError(
            f"Nothing was learned from {len(rows)} rows: a word counts from {LEAST_COUNT} rows on, and a pair of words where "
            "they mostly stand in the same rows; give more text."
        )
    data = lexicon.to_bytes()
    keep(data)
    print(
        f"{pairs} pairs of {len(rows)} rows in {len(lexicon.tables)} pairs of languages; {len(data)} bytes in {where}"
    )


@app.command("eval")
def evaluate(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            help='"brussels": the document that ships; "quality": every dev set, some hours; "adding": speed; '
            '"feedback": what readers said.'
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
    copies: Annotated[int | None, typer.Option(min=0, help="Altered copies to try; 2,000 unless said.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Also measure one vector a clause and nothing else.")] = False,
    write: Annotated[
        Path | None,
        typer.Option(help="Put the table between the figure marks of this Markdown file; of quality: the whole file."),
    ] = None,
    vectors: Annotated[
        Path | None,
        typer.Option(help="For quality: keep the vectors in this file; the next run needs a fraction of the time."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="For quality: measure this section of the page, leave the others as they are; can be repeated."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure: ask questions with known answers and print the figures with their intervals."""
    given = {
        "FILE": file, "--corpus": corpus, "--questions": questions, "--corpus-lang": corpus_lang,
        "--question-lang": question_lang, "--copies": copies, "--plain": plain or None, "--write": write,
        "--vectors": vectors, "--only": only or None, "--json": as_json or None,
    }  # fmt: skip
    _must_go_together(what, {name for name, value in given.items() if value is not None})
    if what == "quality":
        _quality(cast(Path, file), write, vectors, only or [])
    elif what == "adding":
        _adding(cast(Path, file))
    elif what == "feedback":
        _feedback(context, file, as_json)
    else:
        from rag.evaluate.command import COPIES, corpus_job, main_job
        from rag.evaluate.report import around_marks, write_between_marks

        if write:
            must_be_writable(write)
            around_marks(write)
        if what == "brussels":
            said = main_job(
                cast(Path, file), copies=COPIES if copies is None else copies, plain=plain, as_json_form=as_json
            )
        else:
            chosen = {"corpus_language": corpus_lang, "question_language": question_lang}
            said = corpus_job(cast(Path, corpus), cast(Path, questions), **chosen, plain=plain, as_json_form=as_json)
        print(said)
        if write:
            write_between_marks(write, said)


_TOGETHER: dict[str | None, tuple[frozenset[str], frozenset[str]]] = {
    "brussels": (frozenset({"FILE"}), frozenset({"--copies", "--plain", "--json", "--write"})),
    "quality": (frozenset({"FILE"}), frozenset({"--write", "--vectors", "--only"})),
    "adding": (frozenset({"FILE"}), frozenset()),
    "feedback": (frozenset(), frozenset({"FILE", "--json"})),
    None: (
        frozenset({"--corpus", "--questions"}),
        frozenset({"--corpus-lang", "--question-lang", "--plain", "--json", "--write"}),
    ),
}
"""By what is measured: what must be given for it and what may be."""


def _must_go_together(what: str | None, given: Set[str]) -> None:
    """Raise ClausesError where something is missing, or given that would be passed over."""
    must, may = _TOGETHER.get(what, (frozenset(), frozenset()))
    if what not in _TOGETHER or must - given:
        raise ClausesError(
            "Say `clauses eval brussels QUESTIONS`, `clauses eval quality FOLDER`, `clauses eval adding FOLDER`, "
            "`clauses eval feedback [FILE]` or `clauses eval --corpus FILE --questions FILE`."
        )
    if stray := sorted(given - must - may):
        command = f"clauses eval {what}" if what else "clauses eval --corpus FILE --questions FILE"
        raise ClausesError(f"`{command}` has no use for {', '.join(stray)}.")
    if {"--json", "--write"} <= given:
        raise ClausesError("--write puts a Markdown table into a file: it does not go with --json.")


def _quality(folder: Path, write: Path | None, vectors: Path | None, only: Sequence[str]) -> None:
    from rag.evaluate.quality import quality  # scikit-learn and its kin: seconds that the others need not wait

    for file in filter(None, (write, vectors)):
        must_be_writable(file)
    if only and write is None:
        raise ClausesError("--only needs --write: the page that has the other sections.")
    before = text_of(write) if only and write else ""
    page = quality(folder, load_model, _note, vectors, only=only, page=before)
    if write:
        write_file(write, page)
    print(page)


def _adding(folder: Path) -> None:
    from rag.evaluate.documents import adding, adding_said

    with progress("Adding") as advance:
        took = adding(folder, load_model, advance)
    print(adding_said(took))


def _feedback(context: typer.Context, file: Path | None, as_json: bool) -> None:
    from rag.evaluate.command import feedback_job
    from rag.feedback import FILE

    with opened(context, seed=False) as library:
        print(feedback_job(file or library.folder / FILE, library, as_json_form=as_json))


def _note(what: str) -> None:
    stderr.print(f"Measuring {what}", markup=False, highlight=False)


fit_app = typer.Typer(help="Learn what ranks, quotes and refuses from dev data.", no_args_is_help=True)
app.add_typer(fit_app, name="fit")
DevSets = Annotated[
    Path, typer.Argument(help="Dev sets: a folder with brussels, xquad, cmrc2018, piaf, squad2, nomiracl.")
]
KeptVectors = Annotated[Path | None, typer.Option(help="File that keeps the vectors for the next time.")]


@fit_app.command("fusion")
def fit_fusion(
    folder: DevSets,
    out: Annotated[Path, typer.Option(help="Where to write the weights.")],
    vectors: KeptVectors = None,
) -> None:
    """Learn the weights of ranking and print their held-out figures."""
    from rag.evaluate.fit import dumped
    from rag.evaluate.fusion import collect, learn
    from rag.evaluate.remember import Remembering

    for file in filter(None, (out, vectors)):
        must_be_writable(file)
    embedder = Remembering(load_model(), vectors)
    with progress("Asking") as advance:
        ranked = collect(folder, embedder, advance)
    embedder.keep()
    learned = learn(ranked)
    write_file(out, dumped(learned))
    for what, said in learned["held_out"].items():
        print(f"{what}: {said}")


@fit_app.command("sentences")
def fit_sentences(
    folder: DevSets,
    out: Annotated[Path, typer.Option(help="Where to write the rule (.json); its matrix goes beside it (.npz).")],
    folds: Annotated[
        Path | None,
        typer.Option(
            help="Where to write the rules of the folds, which dev sets are measured by (rag/evaluate/held_out.npz)."
        ),
    ] = None,
    vectors: KeptVectors = None,
) -> None:
    """Learn which sentences of a clause are quoted and print the held-out figures. Fusion and refusal read what it learns: fit
    them after it."""
    from rag.evaluate.choosing import collect, learn
    from rag.evaluate.fit import dumped
    from rag.evaluate.remember import Remembering

    if out.suffix == ".npz":
        raise ClausesError(f"{out} would be written twice: the rule is a .json file, its matrix goes beside it.")
    matrix = out.with_suffix(".npz")
    for file in filter(None, (out, matrix, folds, vectors)):
        must_be_writable(file)
    embedder = Remembering(load_model(), vectors)
    with progress("Asking") as advance:
        choices = collect(folder, embedder, advance)
    embedder.keep()
    with progress("Learning") as advance:
        learned = learn(choices, embedder.name, advance)
    write_file(matrix, learned.match)
    write_file(out, dumped(learned.rule))
    if folds:
        write_file(folds, learned.folds)
    for source, said in learned.rule["held_out"].items():
        print(f"{source}: {said}; without vectors {learned.rule['any_model']['held_out'][source]}")


@fit_app.command("refusal")
def fit_refusal(
    folder: DevSets,
    out: Annotated[Path, typer.Option(help="Where to write the rule.")],
    asking: Annotated[
        Path | None, typer.Option(help="Count the words of asking anew first, and write them here.")
    ] = None,
    curve: Annotated[Path | None, typer.Option(help="Draw the reliability curve here (.svg).")] = None,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="Answer from this probability on.")] = 0.45,
    vectors: KeptVectors = None,
) -> None:
    """Fit the refusal rule and print its held-out figures. Fit the others before: the rule reads their scores."""
    from rag.evaluate.fit import asking_file, collect, dumped, fit
    from rag.evaluate.reliability import draw
    from rag.evaluate.remember import Remembering

    for file in filter(None, (out, asking, curve, vectors)):
        must_be_writable(file)
    if asking:
        write_file(asking, asking_file(folder))
    embedder = Remembering(load_model(), vectors)
    with progress("Asking") as advance:
        samples = collect(folder, embedder, advance)
    embedder.keep()
    fitted = fit(samples, threshold=threshold)
    write_file(out, dumped(fitted.rule))
    for source, figures in fitted.held_out.items():
        print(f"{source}: {figures}")
    if curve:
        draw(fitted.curves(), curve)

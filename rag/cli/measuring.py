"""`clauses lexicon`, `eval`, `fit`: what is learned from data, and how good it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.errors import ClausesError
from rag.cli.shared import AsJson, app, opened
from rag.edge import progress, stderr

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

    with opened(context) as library:
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
    from rag.evaluate.command import corpus_job, feedback_job, main_job
    from rag.evaluate.report import write_between_marks
    from rag.feedback import FILE

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
    elif what == "feedback":
        with opened(context, seed=False) as library:
            said = feedback_job(file or library.folder / FILE, library, as_json_form=as_json)
    elif what is None and corpus and questions:
        chosen = {"corpus_language": corpus_lang, "question_language": question_lang}
        said = corpus_job(corpus, questions, **chosen, plain=plain, as_json_form=as_json)
    else:
        raise ClausesError(
            "Say `clauses eval brussels QUESTIONS`, `clauses eval quality FOLDER`, `clauses eval adding FOLDER`, "
            "`clauses eval feedback [FILE]` or `clauses eval --corpus FILE --questions FILE`."
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

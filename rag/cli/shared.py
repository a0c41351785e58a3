"""What all commands share: the application, common options, opening the library, lines of JSON in and out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from index.errors import ClausesError
from index.language import LANGUAGES
from index.library import Library
from rag.edge import open_library, progress

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


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ClausesError(f"{language} is not one of the six languages: {', '.join(LANGUAGES)}.")
    return language


Lang = Annotated[
    str, typer.Option("--lang", callback=_known, help="Language of labels and citations: ar, zh, en, fr, ru, es.")
]


@contextmanager
def opened(context: typer.Context, *, seed: bool = True) -> Iterator[Library]:
    with closing(open_library(context.obj, seed=seed)) as library:
        yield library


def print_json(value: dict[str, Any]) -> None:
    from rag.forms import dump

    print(dump(value), flush=True)


def each_line(source: str, what: str, answer: Any) -> None:
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
                print_json(answer(row))
            except (ClausesError, ValueError, RecursionError) as error:
                failed = True
                print_json({"id": row.get("id") if isinstance(row, dict) else None, "error": str(error)})
            advance(done, len(lines))
    if failed:
        raise typer.Exit(2)


def _lines(source: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise ClausesError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}.") from error

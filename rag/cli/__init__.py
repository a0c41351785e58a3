"""The command line; its commands are in the modules of this folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from index.errors import ClausesError
from rag.cli import asking, keeping, measuring  # noqa: F401 - their commands belong to `app` once they are imported
from rag.cli.shared import app as app


@app.callback()
def _options(
    context: typer.Context,
    library: Annotated[
        Path | None, typer.Option(help="Folder of the library; else CLAUSES_LIBRARY, else the user's data folder.")
    ] = None,
) -> None:
    context.obj = library


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

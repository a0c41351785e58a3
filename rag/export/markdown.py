"""A paper as Markdown."""

from __future__ import annotations

import re

from rag.compose import escape
from rag.export.paper import Line, Paper


def markdown(paper: Paper) -> str:
    """Quotations as block quotations, each with its citation below; all text escaped, so that it reads as it stands."""
    return "\n\n".join(_written(line) for line in paper.lines) + "\n"


def _written(line: Line) -> str:
    if line.kind in ("title", "question"):
        said = re.sub(
            r"(?<!\\)#$", r"\\#", escape(" ".join(line.text.split()))
        )  # a "#" at the end would close the heading
        return f"{'#' if line.kind == 'title' else '##'} {said}"
    said = escape(line.text)
    if line.kind == "quotation":
        return "\n".join(f"> {part}" for part in said.split("\n"))
    if line.kind == "citation":
        return f"— {said}"
    return said

"""Labels and citations, made by code from a clause's own fields."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Clause, Document, Step
from prompts import message


def label(clause: Clause, language: str | None) -> str:
    """The label of a clause in a language, for example "annex, sect. 4, para. (o)"."""
    return clause.label or path_label(clause.path, language)


def path_label(path: Sequence[Step], language: str | None) -> str:
    """A label path in a language. A number in square brackets is a count: the source prints none."""
    parts: list[str] = []
    for position, step in enumerate(path):
        below_paragraph = position > 0 and path[position - 1].kind in ("paragraph", "item")
        if step.kind == "item" and below_paragraph:
            parts[-1] += " " + message("label.subitem", language, number=step.number)
        elif step.kind == "annex" and step.number:
            parts.append(message("label.annex_numbered", language, number=step.number))
        else:
            parts.append(message(f"label.{step.kind}", language, number=step.number))
    return message("label.join", language).join(parts)


def citation(document: Document, place: str, language: str | None, *, title: str | None = None) -> str:
    """Cite a place in a document: its symbol, or its title where no symbol is known, then the label."""
    name = document.symbol or message("cite.title", language, title=" ".join((title or document.title).split()))
    return message("cite.join", language).join(part for part in (name, place) if part)


def cite_clause(document: Document, clause: Clause, language: str | None) -> str:
    """Cite a clause. A row of a `.jsonl` corpus is cited by its own title where it has one."""
    is_row = clause.path[0].kind == "row"
    return citation(
        document, label(clause, language), language, title=clause.headings[0] if is_row and clause.headings else None
    )

"""Outcomes to figures, and figures to a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import ClausesError
from rag.edge import write_file
from rag.evaluate.measures import Figure, auroc, mean, recall_at, reciprocal_rank
from rag.evaluate.questions import Outcome, answerable, unanswerable

START, END = "<!-- figures:start -->", "<!-- figures:end -->"
"""Marks in a Markdown file that figures are put between."""


def figures(outcomes: Sequence[Outcome]) -> dict[str, Figure | float]:
    """All measures over some outcomes. Those about answers are over questions that have one.

    Quote hit and sentences a quote look at the chosen sentences also where the answer was refused (`Outcome`): they measure
    the choice of sentences, the two rates measure the refusing.
    """
    yes, no = answerable(outcomes), unanswerable(outcomes)
    ought = [o for o in outcomes if o.question.has_answer]
    ranks = [o.rank for o in yes]
    milliseconds = [o.seconds * 1000 for o in outcomes] or [0.0]
    return {
        "R@1": recall_at(ranks, 1),
        "R@3": recall_at(ranks, 3),
        "R@5": recall_at(ranks, 5),
        "MRR@10": reciprocal_rank(ranks),
        "quote hit": mean([o.quote_hit for o in yes if o.question.spans]),
        "quote hit of the retrieved": mean([o.quote_hit for o in yes if o.quoted_right and o.question.spans]),
        "sentences a quote": mean([n for o in yes for n in o.sentences]),
        "quotes verbatim": mean([o.verbatim for o in outcomes]),
        "AUROC": auroc([o.confidence for o in ought], [o.confidence for o in no]),
        "answered of answerable": mean([not o.refused for o in ought]),
        "refused of unanswerable": mean([o.refused for o in no]),
        "p50 ms": float(np.percentile(milliseconds, 50)),
        "p95 ms": float(np.percentile(milliseconds, 95)),
    }


def by_language(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figure | float]]:
    """Figures over all outcomes, then by language of the question."""
    languages = sorted({o.question.language for o in outcomes})
    groups = {"all": list(outcomes)}
    if len(languages) > 1:
        groups |= {lang: [o for o in outcomes if o.question.language == lang] for lang in languages}
    follow_ups = [o for o in outcomes if o.question.history]
    if follow_ups:
        groups["follow-ups"] = follow_ups
    found = {name: figures(some) for name, some in groups.items()}
    if any(o.question.wrong for o in outcomes):  # what readers said
        for name, some in groups.items():
            judged = [o for o in some if o.question.wrong]
            found[name]["wrong clause not first again"] = mean([o.refused or not o.wrong_again for o in judged])
    return found


def table(columns: Mapping[str, Mapping[str, Figure | float]]) -> str:
    """A Markdown table, a column a name and a row a measure; intervals are 95 % bootstrap."""
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for measure in next(iter(columns.values())):
        cells = (column[measure] for column in columns.values())
        shown = (f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in cells)
        lines.append(f"| {measure} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def write_between_marks(file: Path, figures: str) -> None:
    """Replace what stands between the figure marks of a Markdown file. Raises ClausesError where it has none."""
    before, after = around_marks(file)
    write_file(file, f"{before}{START}\n{figures}\n{END}{after}")


def around_marks(file: Path) -> tuple[str, str]:
    """What stands before and after the figure marks of a Markdown file. Raises ClausesError where it has none."""
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise ClausesError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    before, found, rest = text.partition(START)
    _, also_found, after = rest.partition(END)
    if not (found and also_found):
        raise ClausesError(f"{file} has no {START} … {END} to put the figures between.")
    return before, after


def as_json(rows: Mapping[str, Mapping[str, Figure | float]]) -> dict[str, Any]:
    """The same for programs: {row: {measure: number | {value, low, high, count}}}; what was measured on no question has
    null for all but the count."""
    return {name: {measure: _json_value(value) for measure, value in row.items()} for name, row in rows.items()}


def _json_value(figure: Figure | float) -> float | dict[str, float | None]:
    if isinstance(figure, float):
        return figure
    if not figure.count:
        return {"value": None, "low": None, "high": None, "count": 0}
    return {"value": figure.value, "low": figure.low, "high": figure.high, "count": figure.count}

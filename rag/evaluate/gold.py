"""Are the right answers of questions in the library at all? If not, the figures would say so of the program."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.clause import Clause
from index.errors import ClausesError
from rag.evaluate.questions import Question

_NAMED = 3
"""Ids that a sentence names."""


def refuse_unknown(questions: Sequence[Question], ids: Collection[str], where: str) -> None:
    """Raise ClausesError where a question's `gold` names clauses that are not among the ids of the library.

    Questions that are right by their spans, or by the paragraphs of a symbol, name no ids: see `beyond_reach`.
    """
    unknown = {
        gold: question.id
        for question in questions
        if not question.by_span and question.symbol is None
        for gold in question.gold
        if gold not in ids
    }
    if unknown:
        first, *others = dict.fromkeys(unknown.values())
        of = f"question {_quoted(first)}" + (f" and {len(others):,} more" if others else "")
        named = next((f"its clauses are named like {_quoted(id)}" for id in ids), "it has none")
        raise ClausesError(f'{where} has no clause {_listed(list(unknown))}, "gold" of {of}; {named}.')


def beyond_reach(questions: Sequence[Question], clauses: Sequence[Clause]) -> str | None:
    """A sentence on the questions that have an answer which no clause can be right for by its spans or its paragraph number;
    None where there are none.

    Not an error: it can be the reading of a document that is wrong, and then the figures should say so.
    """
    squeezed = "\n".join("".join(clause.text.split()) for clause in clauses)  # no span reaches over a line
    paragraphs: dict[tuple[str, tuple[str, ...]], bool] = {}

    def reached(question: Question) -> bool:
        if question.symbol is not None:
            key = question.symbol, question.gold  # the same in all languages, and slow to look for
            if key not in paragraphs:
                paragraphs[key] = any(map(question.is_right, clauses))
            return paragraphs[key]
        return not question.by_span or any("".join(span.split()) in squeezed for span in question.spans)

    lost = [question.id for question in questions if question.gold and not reached(question)]
    return f"No clause can be right for {_listed(lost)}: counted as not found." if lost else None


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(map(_quoted, names[:_NAMED])) + (f" and {more:,} more" if more > 0 else "")


def _quoted(name: str) -> str:
    return f'"{name}"'

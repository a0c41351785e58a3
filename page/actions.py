"""What the buttons at an answer do: copy, show more of a section, suggest, take what a reader thinks of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import ClausesError
from index.language import LANGUAGES
from index.library import Library
from page.cards import SHOWN_QUESTION
from page.conversation import Turn, history_of, idle
from page.escape import text, tongue
from page.words import asset
from prompts import DEFAULT, message
from rag.cite import label
from rag.feedback import OF_ANSWERS, OF_REFUSALS, keep
from rag.section import section_of
from rag.suggest import suggest
from rag.taken import MANNERS, Manner, at, taken

_serials = itertools.count()
"""So that the same words twice are two changes, which the page's script is told of."""


def tools_of(library: Library) -> gr.HTML:
    """The component behind the buttons: it shows nothing itself; assets/chat.js puts what comes to it where it belongs.

    It triggers `select` {"value": a suggested question}, `edit` {"value": turn} and `like` {"value": "turn:verdict"}.
    """

    def copied(asked: dict[str, Any]) -> dict[str, str]:
        language = _language(asked)
        manner: Manner = next((m for m in MANNERS if m == asked.get("manner")), "un")
        try:
            words = taken(_place(asked), library.snapshot(), manner, language, str(asked.get("shown")))
        except ClausesError:
            return {"said": message("page.gone", language)}
        said = {key: message(f"chat.{key}", language) for key in ("copied", "by_hand")}
        return {"text": words, "said": said["copied"], "by_hand": said["by_hand"]}

    def section(asked: dict[str, Any]) -> str:
        language = _language(asked)
        try:
            return section_html(_place(asked), library, language)
        except ClausesError:
            return f"<p>{text(message('page.gone', language))}</p>"

    return gr.HTML(
        elem_id="cl-tools", apply_default_css=False, js_on_load=asset("chat.js"), server_functions=[copied, section]
    )


def section_html(place: tuple[str, int, int], library: Library, language: str) -> str:
    """The other clauses of the section that a quotation stands in, each with a button that opens it. Raises QuoteError."""
    snapshot = library.snapshot()
    others = section_of(at(place, snapshot)[0], snapshot)
    if not others:
        return f"<p>{text(message('chat.alone', language))}</p>"
    rows = (
        f'<li><button type="button" class="cl-goto cl-small" value="clause:{text(clause.id)}">'
        f"{text(label(clause, language))}</button>"
        f"<p{tongue(clause.language)}>{text(clause.text)}</p></li>"
        for clause in others
    )
    return f"<ul>{''.join(rows)}</ul>"


def suggested_html(turns: Sequence[Turn], library: Library) -> str | None:
    """Questions that can be asked after the last one, as buttons; None where there are none."""
    turn = turns[-1] if turns else None
    if turn is None or turn.answer is None or not turn.done:
        return None
    answer = turn.answer
    questions = suggest(answer, library, history_of(turns[:-1]), within=turn.within, idle=idle)
    if not questions:
        return None
    buttons = "".join(
        f'<button type="button" class="cl-suggestion"{tongue(answer.language)}>{text(question)}</button>'
        for question in questions
    )
    heading = text(message("chat.next", answer.language))
    return (
        f'<div class="cl-ask-next" role="group" aria-label="{heading}" data-answers="{len(turns)}" data-serial="{next(_serials)}"'
        f'{tongue(answer.language)}><p aria-hidden="true">{heading}</p>{buttons}</div>'
    )


def suggested_question(data: Any) -> str:
    """The question that a click on a suggestion asks; like one that is typed, it may be anything."""
    return str((data or {}).get("value", ""))[: SHOWN_QUESTION * 4]


def turn_in(data: Any, turns: Sequence[Turn]) -> int | None:
    """The number of the turn that a button names; None where there is no such one."""
    found = re.fullmatch(r"(\d{1,6})(?::[a-z_]+)?", str((data or {}).get("value")))
    return int(found[1]) if found and int(found[1]) < len(turns) else None


def judged_html(data: Any, turns: Sequence[Turn], file: Path, language: str) -> str | None:
    """Keep what a reader says of an answer, "turn:verdict", and say so. None for an answer that is not there.

    Raises FeedbackError where it cannot be kept.
    """
    number = turn_in(data, turns)
    name = str((data or {}).get("value")).partition(":")[2].replace("_", " ")
    verdict = next((v for v in (*OF_ANSWERS, *OF_REFUSALS) if v == name), None)
    answer = turns[number].answer if number is not None else None
    if number is None or answer is None or verdict is None:
        return None
    keep(verdict, answer, file, history_of(turns[:number]), within=turns[number].within)
    value = f"{number}:{verdict.replace(' ', '_')}"
    thanks = text(message("chat.thanks", language))
    return f'<button type="button" class="cl-told" data-serial="{next(_serials)}" value="{value}">{thanks}</button>'


def _language(asked: dict[str, Any]) -> str:
    named = asked.get("language")
    return named if isinstance(named, str) and named in LANGUAGES else DEFAULT


def _place(asked: dict[str, Any]) -> tuple[str, int, int]:
    """The place that a button names, "span:SHA256:START-END"; one that is nowhere for anything else."""
    found = re.fullmatch(r"span:([0-9a-f]{64}):(\d{1,9})-(\d{1,9})", str(asked.get("value")))
    return (found[1], int(found[2]), int(found[3])) if found else ("", 0, 0)

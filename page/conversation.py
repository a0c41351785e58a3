"""The conversation: questions, what the page shows below each, and the document behind a citation."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from index.errors import ClausesError
from index.library import Library
from page.cards import answer_steps, asked_html, edit_html, notice_html
from page.reading import document_html, gone_html
from prompts import DEFAULT, message
from rag.answer import Answer
from rag.ask import MAX_QUESTION, ask
from rag.verify import verify
from rag.within import Within, within_from

_log = logging.getLogger("clauses.page")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what the page shows below it."""

    question: str
    reply: str
    """HTML, everything from outside escaped."""
    answer: Answer | None = None
    done: bool = False
    within: Within | None = None
    """The choice of documents that it was asked of."""


_under_way: set[object] = set()
"""A token for each question that is being answered, of whichever visitor."""


def idle() -> bool:
    """Whether no question is being answered."""
    return not _under_way


def history_of(turns: Sequence[Turn]) -> list[str]:
    """The questions that a further one may lean on."""
    return [turn.question for turn in turns if turn.answer]


def converse(
    question: str,
    earlier: tuple[Turn, ...],
    library: Library,
    language: str,
    chosen: Sequence[Any] = (),
    *,
    judging: bool = False,
) -> Iterator[tuple[Turn, ...]]:
    """Ask, of the clauses `chosen` (the arguments of `within_from`; what is empty chooses nothing out). Yield the conversation
    each time there is more of it to show. Errors are said in the chat, not raised. judging: as for `answer_steps`."""
    kept = question[: MAX_QUESTION * 4]  # `ask` reads no more
    turn = Turn(kept, notice_html(message("page.searching", language), language))
    yield (*earlier, turn)
    try:
        within = within_from(*(value or None for value in chosen))
        with _answering():
            answer = ask(kept, library, history_of(earlier), within=within)
        for reply in answer_steps(answer, library.snapshot(), len(earlier), judging=judging):
            turn = Turn(kept, reply, answer, within=within)
            yield (*earlier, turn)
    except ClausesError as error:
        turn = Turn(kept, notice_html(str(error), DEFAULT))
    except Exception:
        _log.exception("A question could not be answered")
        turn = Turn(kept, notice_html(message("page.failed", language), language))
    yield (*earlier, replace(turn, done=True))


@contextmanager
def _answering() -> Iterator[None]:
    token = object()
    _under_way.add(token)
    try:
        yield
    finally:
        _under_way.discard(token)


def halted(turns: tuple[Turn, ...], language: str) -> tuple[Turn, ...]:
    """The conversation after Stop: what was already shown of an answer stays."""
    stopped = notice_html(message("page.stopped", language), language)
    return tuple(t if t.done else replace(t, reply=t.reply if t.answer else stopped, done=True) for t in turns)


def opened(place: str, turns: tuple[Turn, ...], library: Library, language: str) -> str | None:
    """The document at a citation ("turn-number"), its quote verified once more; None where there is no such one."""
    found = re.fullmatch(r"(\d{1,6})-(\d{1,3})", place)
    answer = turns[int(found[1])].answer if found and int(found[1]) < len(turns) else None
    shown = (*answer.quotes, *([answer.nearest] if answer.nearest else [])) if answer else ()
    here = next((q for q in shown if q.number == int(found[2])), None) if found else None
    if answer is None or here is None:
        return None
    snapshot = library.snapshot()
    if not verify(here, snapshot):
        return gone_html(language)
    return document_html(snapshot.document_by_hash[here.document], here, shown, language)


def transcript(turns: Sequence[Turn], language: str = DEFAULT) -> list[dict[str, str]]:
    """The conversation as the chatbot's messages; `language` is that of the page's own words."""
    pairs = (
        (("user", asked_html(t.question) + edit_html(n, language)), ("assistant", t.reply)) for n, t in enumerate(turns)
    )
    return [{"role": role, "content": content} for pair in pairs for role, content in pair]

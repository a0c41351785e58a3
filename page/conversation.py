"""The conversation: questions, what the page shows below each, and the document behind a citation."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.errors import ClausesError
from index.library import Library
from page.cards import answer_steps, asked_html, notice_html
from page.reading import document_html, gone_html
from prompts import DEFAULT, message
from rag.answer import Answer
from rag.ask import MAX_QUESTION, ask
from rag.verify import verify
from rag.within import within_from

_log = logging.getLogger("clauses.page")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what the page shows below it."""

    question: str
    reply: str
    """HTML, everything from outside escaped."""
    answer: Answer | None = None
    done: bool = False
    chosen: tuple[Any, ...] = ()
    """The documents it was asked of, as `converse` takes them."""


def converse(
    question: str, earlier: tuple[Turn, ...], library: Library, language: str, chosen: Sequence[Any] = ()
) -> Iterator[tuple[Turn, ...]]:
    """Ask, of the clauses `chosen` (the arguments of `within_from`; what is empty chooses nothing out). Yield the conversation
    each time there is more of it to show. Errors are said in the chat, not raised."""
    kept = question[: MAX_QUESTION * 4]  # `ask` reads no more
    turn = Turn(kept, notice_html(message("page.searching", language), language), chosen=tuple(chosen))
    yield (*earlier, turn)
    try:
        within = within_from(*(value or None for value in chosen))
        answer = ask(kept, library, [t.question for t in earlier if t.answer], within=within)
        for reply in answer_steps(answer, library.snapshot(), len(earlier)):
            turn = replace(turn, reply=reply, answer=answer)
            yield (*earlier, turn)
    except ClausesError as error:
        turn = replace(turn, reply=notice_html(str(error), DEFAULT), answer=None)
    except Exception:
        _log.exception("A question could not be answered")
        turn = replace(turn, reply=notice_html(message("page.failed", language), language), answer=None)
    yield (*earlier, replace(turn, done=True))


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


def transcript(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The conversation as the chatbot's messages."""
    pairs = ((("user", asked_html(t.question)), ("assistant", t.reply)) for t in turns)
    return [{"role": role, "content": content} for pair in pairs for role, content in pair]

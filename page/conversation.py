"""The conversation: questions, what the page shows below each, and the document behind a citation."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from index.clause import Document
from index.errors import ClausesError, NotFoundError
from index.library import Library
from index.snapshot import Snapshot
from page.cards import answer_steps, notice_html, question_html
from page.reading import document_html, forgotten_html, gone_html, unknown_html
from prompts import DEFAULT, message
from rag.answer import Answer, Quote
from rag.ask import ask
from rag.locate import Spot, follow, locate
from rag.question.query import MAX_QUESTION
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
    chosen: tuple[Any, ...] = ()
    """The same as `converse` takes it."""


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
    turn = Turn(kept, notice_html(message("page.searching", language), language), chosen=tuple(chosen))
    yield (*earlier, turn)
    try:
        within = within_from(*(value or None for value in chosen))
        with _answering():
            answer = ask(kept, library, history_of(earlier), within=within)
        for reply in answer_steps(answer, library.snapshot(), len(earlier), judging=judging):
            turn = replace(turn, reply=reply, answer=answer, within=within)
            yield (*earlier, turn)
    except ClausesError as error:
        turn = replace(turn, reply=notice_html(str(error), DEFAULT), answer=None)
    except Exception:
        _log.exception("A question could not be answered")
        turn = replace(turn, reply=notice_html(message("page.failed", language), language), answer=None)
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
    """The document at a place: a citation ("turn-number"), its quote verified once more, or what `rag.locate` knows by name.
    A notice where it is gone; None where `place` is no such thing."""
    snapshot = library.snapshot()
    if place.startswith(("clause:", "span:", "edition:")):
        try:
            spot = locate(place, snapshot)
        except NotFoundError:
            return gone_html(language)
        return document_html(spot, quoted(turns, spot.document, snapshot), snapshot, language)
    found = re.fullmatch(r"(\d{1,6})-(\d{1,3})", place)
    answer = turns[int(found[1])].answer if found and int(found[1]) < len(turns) else None
    here = next((q for q in _shown(answer) if q.number == int(found[2])), None) if found else None
    if here is None:  # a turn that is not there is one of before a restart of the server
        return forgotten_html(language) if found and int(found[1]) >= len(turns) else None
    if not verify(here, snapshot):
        return gone_html(language)
    spot = Spot(snapshot.document_by_hash[here.document], here.start, here.end)
    return document_html(spot, quoted(turns, spot.document, snapshot), snapshot, language)


def linked(link: str, library: Library, language: str) -> str:
    """The document at the clause that a link names, or a notice that there is no such clause."""
    snapshot = library.snapshot()
    try:
        return document_html(follow(link, snapshot), (), snapshot, language)
    except NotFoundError:
        return unknown_html(link, language)


def quoted(turns: Sequence[Turn], document: Document, snapshot: Snapshot) -> list[tuple[int, int]]:
    """Spans of a document that a conversation quotes, verified, in order; of those that begin together the longest."""
    found: dict[int, int] = {}
    quotes = [q for turn in turns for q in _shown(turn.answer) if verify(q, snapshot)]
    for span in (span for q in quotes for span in (q, q.edition)):
        if span is not None and span.document == document.sha256:
            found[span.start] = max(span.end, found.get(span.start, 0))
    return sorted(found.items())


def _shown(answer: Answer | None) -> tuple[Quote, ...]:
    """The quotations that the page shows of an answer."""
    if answer is None:
        return ()
    return (*answer.quotes, answer.nearest) if answer.nearest else answer.quotes


def transcript(turns: Sequence[Turn], language: str = DEFAULT) -> list[dict[str, str]]:
    """The conversation as the chatbot's messages; `language` is that of the page's own words."""
    pairs = ((("user", question_html(t.question, n, language)), ("assistant", t.reply)) for n, t in enumerate(turns))
    return [{"role": role, "content": content} for pair in pairs for role, content in pair]

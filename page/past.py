"""The conversation as the browser keeps it: questions with their choice of documents, never answers; and asked again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from index.library import Library
from page.conversation import Turn, converse
from page.escape import text
from prompts import message
from rag.question.query import MAX_QUESTION

KEPT_QUESTIONS = 50
"""Questions of a conversation, the last ones, that are asked again."""
SECONDS_BETWEEN = 0.5
_SHAPE = (list, list, str, list, list)
"""Of a choice of documents: the arguments of `within_from`."""
_WORDS = ("earlier", "forget", "delete", "changed", "answer_one", "answer_many", "unreachable")
Asked = tuple[str, tuple[Any, ...]]
"""A question and its choice of documents; an empty one chooses nothing out."""


def words_html(fingerprint: str, language: str) -> str:
    """What the script of the page must know at the start: its words, and what the library is now."""
    return _said({"words": {key: _word(key, language) for key in _WORDS}, "fingerprint": fingerprint})


def record_html(turns: Sequence[Turn]) -> str:
    """The conversation for the browser to keep, and the library that it was asked of."""
    answered = [turn.answer.fingerprint for turn in turns if turn.answer]
    kept = [{"question": t.question[:MAX_QUESTION], "chosen": t.chosen} for t in turns[-KEPT_QUESTIONS:]]
    return _said({"turns": kept, "fingerprint": answered[-1] if answered else ""})


def asked_from(data: Any) -> list[Asked]:
    """The questions that a browser kept. It may hold anything by now: what is not of the right shape is left out."""
    turns = data.get("turns") if isinstance(data, dict) else None
    asked: list[Asked] = []
    for turn in turns[-KEPT_QUESTIONS:] if isinstance(turns, list) else []:
        question = turn.get("question") if isinstance(turn, dict) else None
        if isinstance(question, str) and question.strip():
            asked.append((question, _choice(turn.get("chosen"))))
    return asked


def ask_again(
    asked: Sequence[Asked], library: Library, language: str, *, judging: bool = False
) -> Iterator[tuple[Turn, ...]]:
    """Ask kept questions of the library as it is now; yield the conversation now and then, and whole at its end. judging: as
    for `answer_steps`."""
    turns: tuple[Turn, ...] = ()
    shown = time.monotonic()
    for number, (question, chosen) in enumerate(asked, 1):
        *_, turns = converse(question, turns, library, language, chosen, judging=judging)
        if (
            number == len(asked) or time.monotonic() - shown > SECONDS_BETWEEN
        ):  # to show a long one takes longer than to ask
            yield turns
            shown = time.monotonic()


def _choice(chosen: Any) -> tuple[Any, ...]:
    if not isinstance(chosen, list) or len(chosen) != len(_SHAPE):
        return ()
    filled = [kind() if value is None else value for value, kind in zip(chosen, _SHAPE, strict=True)]
    fits = all(isinstance(value, kind) for value, kind in zip(filled, _SHAPE, strict=True))
    return tuple(filled) if fits and all(isinstance(v, str) for value in filled for v in value) else ()


def _word(key: str, language: str) -> str:
    return message(f"people.{key}", language, count="{count}")


def _said(value: dict[str, Any]) -> str:
    """JSON as text of an element, where a script reads it."""
    return text(json.dumps(value, ensure_ascii=False))

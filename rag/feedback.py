"""What readers say of answers, a line each in a file beside the library that `clauses eval` can ask again."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from filelock import FileLock, Timeout

from index.errors import ClausesError
from rag.answer import Answer
from rag.forms import dump
from rag.question.query import MAX_QUESTION
from rag.within import Within, within_to_json

FILE = "feedback.jsonl"
"""Beside the library, where no other file is named."""
MAX_BYTES = 10_000_000
"""Of the file: some ten thousand verdicts. Who could fill it could fill the disk."""
MAX_HISTORY = 20
"""Earlier questions that are kept with a verdict, the latest ones."""
_LOCK_SECONDS = 5.0
Verdict = Literal["right clause", "wrong clause", "should have refused", "rightly refused", "should have answered"]
"""The first three are said of an answer, the others of a refusal."""
OF_ANSWERS: tuple[Verdict, ...] = get_args(Verdict)[:3]
OF_REFUSALS: tuple[Verdict, ...] = get_args(Verdict)[3:]


class FeedbackError(ClausesError):
    """A verdict that cannot be kept: the file is full, locked or not writable, or it does not fit the answer."""


def keep(
    verdict: Verdict, answer: Answer, file: Path, history: Sequence[str] = (), *, within: Within | None = None
) -> dict[str, Any]:
    """Append what a reader says of an answer, as one line, and return it. Raises FeedbackError; nothing is written then."""
    if verdict not in (OF_REFUSALS if answer.refused else OF_ANSWERS):
        raise FeedbackError(f'"{verdict}" cannot be said of this answer.')
    row = row_of(verdict, answer, history, within)
    line = dump(row).encode() + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{file}.lock", timeout=_LOCK_SECONDS), file.open("a+b") as stream:
            whole = _drop_half_line(stream)
            if whole + len(line) > MAX_BYTES:
                raise FeedbackError(
                    f"{file.name} is full ({MAX_BYTES // 1_000_000} MB): nothing more is kept until it is moved away."
                )
            stream.write(line)
    except (OSError, Timeout) as error:
        raise FeedbackError(
            f"{file.name} cannot be written ({getattr(error, 'strerror', None) or error}): what you said was not kept."
        ) from error
    return row


def row_of(
    verdict: Verdict, answer: Answer, history: Sequence[str] = (), within: Within | None = None
) -> dict[str, Any]:
    """A verdict as a question with a known answer, in the form of `rag.evaluate.questions.read_questions`.

    `gold`: the quoted clauses, any of which may be meant, where the reader calls them right, else none. `wrong`: clauses
    called wrong; the right one is not known then. `answerable`: that there is an answer is all that is known. A later
    verdict on the same question has the same `id`; the last one counts.
    """
    earlier = [asked[: MAX_QUESTION * 4] for asked in history[-MAX_HISTORY:]]
    asked = answer.question[: MAX_QUESTION * 4]
    chosen = within_to_json(within)
    told = json.dumps([answer.language, asked, earlier, chosen])
    clauses = list(dict.fromkeys(quote.clause for quote in answer.quotes))
    right = verdict == "right clause"
    row = {
        "id": hashlib.sha256(told.encode()).hexdigest()[:16], "lang": answer.language, "question": asked,
        "history": earlier, "gold": clauses if right else [],
        "answers": [quote.text for quote in answer.quotes] if right else [],
        "verdict": verdict, "clauses": clauses, "confidence": answer.confidence,
        "fingerprint": answer.fingerprint, "model": answer.model,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }  # fmt: skip
    if chosen:
        row["within"] = chosen
    if verdict == "wrong clause":
        row["wrong"] = clauses
    if verdict == "should have answered":
        row["answerable"] = True
    return row


def _drop_half_line(stream: BinaryIO) -> int:
    """Cut off a last line without its end, left by a process that died; the length of the file in bytes after it."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 1))
    if stream.read(1) in (b"", b"\n"):
        return size
    stream.seek(0)
    whole = stream.read().rfind(b"\n") + 1
    stream.truncate(whole)
    return whole

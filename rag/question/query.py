"""What is searched with: a question, after the earlier ones that it leans on, each in its own language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import ClausesError
from index.language import LANGUAGES, detect
from prompts import DEFAULT
from rag.question.followup import searched
from rag.question.framing import bare

MAX_QUESTION = 2000
"""Characters of a question that are read; the model reads some 500 tokens at most."""
_ENOUGH = 20
"""Characters of a question that tell its language."""
_HARDLY = 0.5
"""Where the detector is less sure than this of a follow-up in Latin letters ("Est-ce de l'argent public ?"), it is in the
language of what it leans on."""
_ENGLISH = re.compile(r"\bparas?\. ?\d", re.IGNORECASE)
"""What a citation in English has; without its point "para" is the commonest word of Spanish, which abbreviates "párr."."""
_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks of writing direction, which come along with copied Arabic and would hide how a question begins."""


class QuestionError(ClausesError):
    """A question that holds nothing to search for."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched with."""

    text: str
    """The question itself."""
    language: str
    """Of the question, ISO 639-1, one of the six."""
    carried: tuple[tuple[str, str], ...] = ()
    """The earlier questions that it leans on, oldest first, each with its language."""

    @property
    def whole(self) -> str:
        """All of it."""
        return " ".join([*(text for text, _ in self.carried), self.text])

    @property
    def matter(self) -> tuple[tuple[str, str], ...]:
        """All of it, oldest first, each part with its language, without the turns that only ask: what is searched."""
        return tuple((bare(text, own), own) for text, own in (*self.carried, (self.text, self.language)))

    @property
    def embedded(self) -> str:
        """The matter as one text, as the model reads it."""
        return " ".join(text for text, _ in self.matter)


def query_of(question: str, history: Sequence[str] = ()) -> Query:
    """A question with what it leans on of the earlier ones, oldest first. Raises QuestionError where nothing is asked."""
    clean = clean_question(question)
    *before, own = searched(clean, [clean_question(earlier) for earlier in history if earlier.strip()])
    carried = tuple((text, _language(text, text)) for text in before)
    return Query(own, _language(own, " ".join([*before, own])), carried)


def clean_question(question: str) -> str:
    """A question without control characters, of readable length. Raises QuestionError when nothing is left."""
    head = _DIRECTIONS.sub("", question[: MAX_QUESTION * 4])
    visible = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]+", " ", head)
    clean = " ".join(visible.split())[:MAX_QUESTION]
    if not re.search(r"\w", re.sub(r"[\ud800-\udfff]", "", clean)):
        raise QuestionError("The question is empty: type a few words to search for.")
    return clean


def _language(question: str, whole: str) -> str:
    """The question's language, of the six; of a few Latin words ("And France?") that alone tell little, that of all that
    is searched with."""
    if _ENGLISH.search(question) and question.isascii():
        return "en"
    found = detect(whole, DEFAULT)
    if question != whole:  # what it leans on may be in another language
        own = detect(question)
        if own in ("zh", "ar", "ru"):
            found = own
        elif len(question) >= _ENOUGH:
            found = detect(question, found, least=_HARDLY)
    return found if found in LANGUAGES else DEFAULT

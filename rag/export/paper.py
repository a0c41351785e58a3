"""The nouns of an export: a paper and its lines, before it is written in a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["title", "fact", "question", "said", "quotation", "citation", "gone", "note"]
"""fact: when and from what it was made; said: a sentence of the answer's own; gone: in the place of a quotation that is no longer
in the library."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a paper."""

    kind: LineKind
    text: str
    """As it is to be read; a quotation to the letter."""
    language: str | None
    """Of the text, ISO 639-1; None where it is not known, as of what people type."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A notebook or a conversation as paragraphs."""

    lines: tuple[Line, ...]
    language: str
    """Of its own words, one of the six, ISO 639-1."""
    verified: int
    """Quotations that are in the library to the letter; editions beside them not counted."""
    gone: int
    """Quotations that are no longer so, and are not shown."""

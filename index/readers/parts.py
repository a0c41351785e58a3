"""What a reader gives: the paragraphs of a file, what it left out, and what the format itself says of the document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from index.clause import LeftOut as LeftOut
from index.marks import Mark, mark_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text, its wrapped lines joined."""

    text: str
    """Without white space at either end."""
    short: bool
    """Ends before the line did, without a full stop: a heading, a title, a name under a letter."""
    page: int | None = None
    """Page of the file on which it begins, from 1; None where the format has no pages."""
    quoted: bool = False
    """Whether the file sets it apart as a block quotation: by a style, an indent on both sides, `<blockquote>`."""
    mark: Mark | None = None
    """The number that the format itself prints before the paragraph (a list of HTML or Word), which `text` begins with."""

    @property
    def begins_with(self) -> Mark | None:
        """The number that the format prints or, where it prints none, that the text begins with."""
        return self.mark or mark_of(self.text)


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart. Every visible character of the file is in `paragraphs` or in `left_out`."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    """What had to be assumed while reading, a sentence each."""
    title: str | None = None
    symbol: str | None = None
    language: str | None = None
    """ISO 639-1."""
    date: datetime.date | None = None
    from_picture: bool = False
    """Whether a machine recognised the text in pictures of pages."""


_SHORT = 100
"""Characters that a heading or a title has at most, by experience."""
_ENDS = tuple(".!?。！？…:：;；۔؟,，،؛")


def is_short(text: str) -> bool:
    """Whether a paragraph of a format without lines may be a heading: `Paragraph.short` by length and end alone."""
    return len(text) <= _SHORT and not text.endswith(_ENDS)

"""Where the preamble of a resolution ends."""

from __future__ import annotations

from collections.abc import Sequence

from index.marks import is_annex, is_preambular, is_speaker
from index.readers.parts import Paragraph


def end_of_preamble(paragraphs: Sequence[Paragraph], start: int) -> int:
    """The position after the last preambular paragraph, where the preamble begins at `start`.

    The last one that ends with a comma, before the first number: those above it may end otherwise ("Bearing in mind:" and
    its items). Where operative paragraph 1 follows, also those that end with a semicolon, as some print them.
    """
    stop, numbered = len(paragraphs), False
    for position in range(start, len(paragraphs)):
        text = paragraphs[position].text
        mark = paragraphs[position].begins_with
        numbered = mark is not None and mark.kind == "number"
        if (mark and mark.kind != "letter") or is_speaker(text) or (paragraphs[position].short and is_annex(text)):
            stop = position
            break
    end = max(
        (position + 1 for position in range(start, stop) if is_preambular(paragraphs[position].text)), default=start
    )
    while numbered and end < stop and _goes_on(paragraphs, end, stop):
        end += 1
    return end


def _goes_on(paragraphs: Sequence[Paragraph], position: int, stop: int) -> bool:
    """Whether a paragraph belongs to a preamble that ends with semicolons: it ends so, or opens items that do."""
    text = paragraphs[position].text
    if text.endswith((";", "；", "؛")):
        return True
    below = paragraphs[position + 1].begins_with if position + 1 < stop else None
    return text.endswith((":", "：")) and below is not None and below.kind == "letter"

"""A text without its white space, and the way back: for finding a quotation to the letter, white space aside."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The visible characters of a text. White space is what `str.isspace` says; every other character counts."""

    text: str
    offsets: array[int]
    """Offset in the original of each character of `text`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original of `text[start:end]`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def find_all(self, wanted: str, most: int) -> list[tuple[int, int]]:
        """Spans in the original of the first `most` places where `wanted`, squeezed, stands."""
        found: list[tuple[int, int]] = []
        at = self.text.find(wanted)
        while at >= 0 and len(found) < most:
            found.append(self.span(at, at + len(wanted)))
            at = self.text.find(wanted, at + 1)
        return found


def squeeze(text: str) -> Squeezed:
    """Take all white space out of a text."""
    return Squeezed("".join(text.split()), array("L", (i for i, c in enumerate(text) if not c.isspace())))

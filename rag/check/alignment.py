"""Where the parts of a quotation stand in one document, in their order, to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.clause import Document
from index.snapshot import Snapshot
from index.squeeze import Squeezed
from rag.check.check import MAX_MATCHES, Match, match_at, squeezed_texts
from rag.check.difference import inside_word, same_spacing

ANCHORS = 500
"""Places of the longest part, in one document, around which the others are looked for."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quotation between two cuts."""

    text: str
    joined_before: bool = False
    """Whether an insertion stands right before it, as in "[t]he": it may then begin within a printed word."""
    joined_after: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where all parts of a quotation stand in one document."""

    match: Match
    """From the first to the last of them."""
    spans: tuple[Span, ...]
    """One a part, in the document's text."""


def locate(parts: Sequence[Part], snapshot: Snapshot, language: str) -> tuple[Found, ...]:
    """All places of a single part, at most 20; of several parts, the closest together in each document, closest first.

    White space is compared by words: where it parts two words in one and not in the other, they do not match. A part must
    not begin or end within a printed word.
    """
    found: list[Found] = []
    for document, squeezed in zip(snapshot.documents, squeezed_texts(snapshot), strict=True):
        here: list[Found] = []
        for spans in _together(parts, document, squeezed):
            match = match_at(document, spans[0][0], spans[-1][1], snapshot, language)
            if match:
                here.append(Found(match, spans))
                if len(parts) == 1 and len(found) + len(here) >= MAX_MATCHES:
                    break
        found += here if len(parts) == 1 else sorted(here, key=_length)[:1]
        if len(parts) == 1 and len(found) >= MAX_MATCHES:
            break
    return tuple(found if len(parts) == 1 else sorted(found, key=_length)[:MAX_MATCHES])


def _length(found: Found) -> int:
    return found.match.end - found.match.start


def _together(parts: Sequence[Part], document: Document, squeezed: Squeezed) -> Iterator[tuple[Span, ...]]:
    """For each place of the longest part the nearest places of those before and behind it."""
    wanted = ["".join(part.text.split()) for part in parts]
    if any(word not in squeezed.text for word in wanted):
        return
    longest = max(range(len(parts)), key=lambda n: len(wanted[n]))
    anchors = 0
    for low in _places(wanted[longest], squeezed.text, 0, len(squeezed.text)):
        if not _fits(parts[longest], document, squeezed, low, low + len(wanted[longest])):
            continue
        anchors += 1
        if anchors > ANCHORS:
            return
        before, behind = low, low + len(wanted[longest])
        spans: list[Span] | None = [(before, behind)]
        for n in range(longest - 1, -1, -1):
            spans = spans and _next(parts[n], wanted[n], document, squeezed, spans, backwards=True)
        for n in range(longest + 1, len(parts)):
            spans = spans and _next(parts[n], wanted[n], document, squeezed, spans, backwards=False)
        if spans:
            yield tuple(squeezed.span(*span) for span in spans)


def _next(
    part: Part, wanted: str, document: Document, squeezed: Squeezed, spans: list[Span], *, backwards: bool
) -> list[Span] | None:
    """The spans with the nearest place of one more part before or behind them; None where it stands nowhere there."""
    low, high = (0, spans[0][0]) if backwards else (spans[-1][1], len(squeezed.text))
    for at in _places(wanted, squeezed.text, low, high, backwards=backwards):
        if _fits(part, document, squeezed, at, at + len(wanted)):
            own = (at, at + len(wanted))
            return [own, *spans] if backwards else [*spans, own]
    return None


def _places(wanted: str, text: str, low: int, high: int, *, backwards: bool = False) -> Iterator[int]:
    at = text.rfind(wanted, low, high) if backwards else text.find(wanted, low, high)
    while at >= 0:
        yield at
        at = text.rfind(wanted, low, at + len(wanted) - 1) if backwards else text.find(wanted, at + 1, high)


def _fits(part: Part, document: Document, squeezed: Squeezed, low: int, high: int) -> bool:
    start, end = squeezed.span(low, high)
    printed = document.text[start:end]
    begins = part.joined_before or not inside_word(document.text[max(0, start - 2) : start], printed[:2])
    ends = part.joined_after or not inside_word(printed[-2:], document.text[end : end + 2])
    return begins and ends and same_spacing(part.text, printed)

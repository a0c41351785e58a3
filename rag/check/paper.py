"""Somebody's paper as text, with its block quotations, from a file or as it was pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.readers.parts import Parts
from index.readers.read import file_bytes, parts_or_text, sound
from rag.check.quotations import Quotation, quotations


@dataclass(frozen=True, slots=True)
class Paper:
    """A text whose quotations are to be checked."""

    name: str
    """Of its file, without its folder; empty for what was pasted."""
    text: str
    blocks: tuple[tuple[int, int], ...] | None = None
    """Spans of `text` that its file sets apart as quotations; None where only its lines can tell."""

    def quotations(self) -> tuple[Quotation, ...]:
        """Its quotations, in the order of the text."""
        return quotations(self.text, self.blocks)


def read_paper(path: Path) -> Paper:
    """Read the paper in a file. Raises FileRefusedError as the readers of documents do."""
    return paper_from(file_bytes(path), path.name)


def paper_from(data: bytes, name: str) -> Paper:
    """A paper from a file's bytes: Word, PDF, a web page, Markdown, plain text. Footnotes follow the text, a paragraph each.

    Raises FileRefusedError, in a sentence, for what is none of these.
    """
    shown = sound(name)
    found = parts_or_text(data, shown)
    return Paper(shown, found) if isinstance(found, str) else _joined(found, shown)


def _joined(found: Parts, name: str) -> Paper:
    pieces = [(paragraph.text, paragraph.quoted) for paragraph in found.paragraphs]
    pieces += [(piece.text, False) for piece in found.left_out if piece.kind == "footnote"]
    return Paper(name, "\n\n".join(text for text, _ in pieces), tuple(_spans(pieces)))


def _spans(pieces: Sequence[tuple[str, bool]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for text, quoted in pieces:
        if quoted:
            spans.append((at, at + len(text)))
        at += len(text) + 2
    return spans

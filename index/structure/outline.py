"""The outline of a document: its titles, headings and articles, each with its depth."""

from __future__ import annotations

from dataclasses import dataclass

from index.clause import Block, Document


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of an outline."""

    text: str
    """As printed, on one line."""
    depth: int
    """From 0, the outermost."""
    start: int
    """Offset of its block in `Document.text`, in characters, inclusive."""
    end: int
    """Offset of its block in `Document.text`, in characters, exclusive."""


def outline(document: Document) -> tuple[Heading, ...]:
    """The headings of a document in order; of a `.jsonl` corpus the titles of its rows, each where it begins."""
    if is_rows(document):
        return _titles_of_rows(document)
    found: list[Heading] = []
    trail: tuple[str, ...] = ()  # of the clause that comes next: it names the headings it stands under, outermost first
    for block in reversed(document.blocks):
        if block.kind not in ("title", "heading"):
            trail = block.headings
        text = _text(document, block)
        if text is not None:
            printed = document.text[block.start : block.end]
            inside = block.kind == "heading" and printed in trail
            depth = trail.index(printed) if inside else len(block.headings)
            found.append(Heading(text, depth, block.start, block.end))
    return tuple(reversed(found))


def is_rows(document: Document) -> bool:
    """Whether a document is a `.jsonl` corpus, a block a row; the title of a row is its block's only heading."""
    return bool(document.blocks) and document.blocks[0].path[0].kind == "row"


def _text(document: Document, block: Block) -> str | None:
    """What the outline says of a block; None for one that is no entry. An article with its text on the line has its mark."""
    if block.kind in ("title", "heading"):
        return _one_line(document.text[block.start : block.end])
    if block.kind == "paragraph" and block.path and block.path[-1].kind == "article":
        return _one_line(document.text[block.start : block.body]) or None
    return None


def _titles_of_rows(document: Document) -> tuple[Heading, ...]:
    found: list[Heading] = []
    title = None
    for block in document.blocks:
        if block.headings and block.headings[0] != title:
            title = block.headings[0]
            found.append(Heading(_one_line(title), 0, block.start, block.end))
    return tuple(found)


def _one_line(text: str) -> str:
    return " ".join(text.split())

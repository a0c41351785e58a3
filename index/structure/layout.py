"""Blocks laid out as one text, and their label paths as words for ids and links."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Block, Step, StepKind
from index.structure.labels import Draft

PARAGRAPH_BREAK = "\n\n"
"""Between blocks in `Document.text`. Within a block of several printed lines (a title) it is one line feed."""


def lay_out(drafts: Sequence[Draft]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    pieces: list[str] = []
    start = 0
    for draft in drafts:
        text = "\n".join(draft.lines)
        end = start + len(text)
        blocks.append(Block(draft.kind, draft.path, draft.headings, start, start + draft.mark, end, draft.page))
        pieces.append(text)
        start = end + len(PARAGRAPH_BREAK)
    return PARAGRAPH_BREAK.join(pieces), tuple(blocks)


def path_id(path: Sequence[Step]) -> str:
    """The path as one word, for ids and links: annex/4/o, letter/p1, annex/note, pp3, art31/1."""
    return "/".join(_step_id(step) for step in path)


def _step_id(step: Step) -> str:
    prefix: dict[StepKind, str] = {
        "resolution": "res",
        "draft": "draft",
        "annex": "annex",
        "appendix": "appendix",
        "schedule": "schedule",
        "rule": "rule",
        "counted": "p",
        "preambular": "pp",
        "article": "art",
        "table_row": "r",
    }
    name = prefix.get(step.kind, "") + step.number if step.number else step.kind
    return f"{name}~{step.again}" if step.again > 1 else name

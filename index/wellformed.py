"""Is a stored document one that this program can have made? Whoever made the file may have sealed what he liked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, get_args

from index.clause import CITED_KINDS, Block, BlockKind, Clause, Document, StepKind


def document_faults(document: Document) -> Iterator[str]:
    """The first thing in a document's entry and blocks that is not of the kind it should be; none where all is well."""
    slug = document.slug
    if not _is_slug(slug):
        yield f"{slug!r} is no name of a document: letters, digits, hyphens, points and low lines make one."
    elif not re.fullmatch(r"[0-9a-f]{64}", document.sha256):
        yield f"{slug}: {document.sha256!r} is no hash of a file."
    elif not all(map(_is_sound, document.notes)):
        yield f"{slug}: its notes are not all text."
    elif not all(_is_sound(left.kind) and _is_sound(left.text) and _is_page(left.page) for left in document.left_out):
        yield f"{slug}: what it left out is not all text with a page."
    elif not _is_as_said(document):
        yield f"{slug}: it is not described as was said of it when it was added."
    else:
        faults = (f"{slug}, at {block.start}: {fault}" for block in document.blocks for fault in _block_faults(block))
        yield from [fault for fault, _ in zip(faults, range(1), strict=False)]


def clause_faults(document: Document, clauses: Sequence[Clause]) -> Iterator[str]:
    """Whether the clauses of a well-formed document are its blocks that can be cited, in order, each under an id of its own;
    the first fault of each kind that is none of a single clause."""
    cited = [block for block in document.blocks if block.kind in CITED_KINDS and block.body < block.end]
    if len(cited) != len(clauses):
        yield f"{document.slug}: it has {len(cited)} blocks that can be cited, and {len(clauses)} clauses."
    seen = set[str]()
    for block, clause in zip(cited, clauses, strict=False):
        of_block = block.body, block.end, block.kind, block.path, block.headings, block.page
        if of_block != (clause.start, clause.end, clause.kind, clause.path, clause.headings, clause.page):
            yield f"{clause.id}: it is no block of its document, or not in its place."
        elif (
            block.path[0].kind == "row"
        ):  # of a `.jsonl` corpus: its ids are its own, and may repeat in another language
            if clause.id != block.path[0].number or len(block.path) > 1:
                yield f"{clause.id}: this is not what its row is called."
            continue
        elif not clause.id.startswith(f"{document.slug}#"):
            yield f"{clause.id}: this is not what a clause of {document.slug} is called."
        elif clause.label is not None:
            yield f"{clause.id}: it has a label of its own, which only rows of a corpus have."
        if clause.id in seen:
            yield f"{clause.id}: two clauses have this id."
        seen.add(clause.id)


def _block_faults(block: Block) -> Iterator[str]:
    if block.kind not in get_args(BlockKind):
        yield f"{block.kind!r} is no kind of block."
    if not block.path or not all(
        step.kind in get_args(StepKind) and _is_sound(step.number) and type(step.again) is int and step.again >= 1
        for step in block.path
    ):
        yield "its path is no label."
    if not all(map(_is_sound, block.headings)):
        yield "its headings are not all text."
    if not _is_page(block.page):
        yield f"{block.page} is no page."


def _is_as_said(document: Document) -> bool:
    """Whether all that people said of a document is in its fields."""
    said = {key: value for key, value in asdict(document.given).items() if value is not None}
    slug = said.pop("slug", "document")
    return _is_slug(slug) and all(getattr(document, key) == value for key, value in said.items())


def _is_slug(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\w.-]+", value) is not None


def _is_page(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 1)


def _is_sound(value: Any) -> bool:
    """Whether a value is text that can be printed; a lone surrogate may be in the text of a document, and nowhere else."""
    return isinstance(value, str) and re.search(r"[\ud800-\udfff]", value) is None

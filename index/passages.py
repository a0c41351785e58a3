"""A document to its clauses with their sentences, and the texts that get vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from index.clause import CITED_KINDS, Clause, Document, Step
from index.language import detect
from index.sentences import sentences
from index.structure.layout import path_id


def clauses_of(document: Document) -> list[Clause]:
    """The clauses of a document in order, each with its sentences.

    Printed numbers may repeat (an annex that starts again at 1); the ids then get "~2", "~3", the labels stay.
    """
    found: list[Clause] = []
    seen: Counter[str] = Counter()
    texts: dict[tuple[Step, ...], str] = {}
    for position, block in enumerate(document.blocks):
        if block.kind not in CITED_KINDS or block.body == block.end:
            continue
        body = document.text[block.body : block.end]
        texts[block.path] = body
        row = document.rows[position] if document.rows else None
        language = (row.language if row else None) or document.language or detect(body)
        name = row.id if row else f"{document.slug}#{path_id(block.path)}"
        if not row:
            seen[name] += 1
            name += f"~{seen[name]}" if seen[name] > 1 else ""
        found.append(
            Clause(
                id=name, document=document.sha256, kind=block.kind, path=block.path, headings=block.headings,
                start=block.body, end=block.end, text=body,
                sentences=sentences(body, language, block.body), language=language,
                label=row.label if row else None, page=block.page,
                columns=columns_of(block.path, texts),
            )
        )  # fmt: skip
    return found


def columns_of(path: tuple[Step, ...], texts: Mapping[tuple[Step, ...], str]) -> str:
    """The row that names the columns of a row of a table, of the texts of the clauses above it by path; of others empty."""
    return texts.get(path[:-1], "") if path[-1].kind == "table_row" else ""


def sentence_texts(clause: Clause) -> list[str]:
    """The texts of a clause's sentences."""
    return [clause.text[s.start - clause.start : s.end - clause.start] for s in clause.sentences]

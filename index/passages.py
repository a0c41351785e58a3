"""A document to its clauses with their sentences, and the texts that get vectors."""

from __future__ import annotations

from collections import Counter

from index.clause import CITED_KINDS, BlockKind, Clause, Document, Sentence, Step
from index.language import detect
from index.readers.rows import CELL
from index.sentences import sentences
from index.structure.layout import path_id


def clauses_of(document: Document) -> list[Clause]:
    """The clauses of a document in order, each with its sentences.

    Printed numbers may repeat (an annex that starts again at 1); the ids then get "~2", "~3", the labels stay.
    """
    found: list[Clause] = []
    seen: Counter[str] = Counter()
    columns = Columns()
    for position, block in enumerate(document.blocks):
        if block.kind not in CITED_KINDS or block.body == block.end:
            continue
        body = document.text[block.body : block.end]
        row = document.rows[position] if document.rows else None
        language = (row.language if row else None) or document.language or detect(body)
        # a row in named columns is read whole, with a first column that is empty
        of_cells = row is None and (block.path[-1].kind == "table_row" or body.startswith(CELL))
        name = row.id if row else f"{document.slug}#{path_id(block.path)}"
        if not row:
            seen[name] += 1
            name += f"~{seen[name]}" if seen[name] > 1 else ""
        found.append(
            Clause(
                id=name, document=document.sha256, kind=block.kind, path=block.path, headings=block.headings,
                start=block.body, end=block.end, text=body,
                sentences=(Sentence(block.body, block.end),) if of_cells else sentences(body, language, block.body),
                language=language,
                label=row.label if row else None, page=block.page,
                columns=columns.above(block.path, block.kind, body),
            )
        )  # fmt: skip
    return found


class Columns:
    """Which rows name the columns of which others, told from the clauses of one document as they come, in order."""

    def __init__(self) -> None:
        self._texts: dict[tuple[Step, ...], str] = {}

    def above(self, path: tuple[Step, ...], kind: BlockKind, text: str) -> str:
        """What names the columns of a clause, a row a line; empty where it is no row of a table or names columns itself."""
        self._texts[path] = text
        if path[-1].kind != "table_row":
            return ""
        if kind == "item":
            return self._texts.get(path[:-1], "")
        self._texts[path[:-1]] += f"\n{text}"  # a second row of heads
        return ""


def sentence_texts(clause: Clause) -> list[str]:
    """The texts of a clause's sentences."""
    return [clause.text[s.start - clause.start : s.end - clause.start] for s in clause.sentences]

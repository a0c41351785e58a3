"""What a library held at one moment: texts and vectors that no writer changes under a question."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from index.clause import Clause, Document, Step
from index.editions import Editions


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The documents and clauses of a library."""

    fingerprint: str
    """16 hex digits: the same documents with the same labels, described in the same way, under the same model and lexicon, have
    the same; any others another."""
    model: str
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    changes: int
    """`Store.change_count` when it was read."""

    @cached_property
    def document_by_hash(self) -> dict[str, Document]:
        """Documents by sha256."""
        return {document.sha256: document for document in self.documents}

    @cached_property
    def _starts(self) -> dict[str, list[tuple[int, int]]]:
        """By document: (start, position) of its clauses, ascending."""
        found: dict[str, list[tuple[int, int]]] = {}
        for position, clause in enumerate(self.clauses):
            found.setdefault(clause.document, []).append((clause.start, position))
        return found

    @cached_property
    def editions(self) -> Editions:
        """Which clauses are the same in several languages."""
        return Editions(self.documents, self.clauses)

    @cached_property
    def _by_path(self) -> dict[tuple[str, tuple[Step, ...]], Clause]:
        return {(clause.document, clause.path): clause for clause in reversed(self.clauses)}

    @cached_property
    def clauses_by_id(self) -> dict[str, tuple[Clause, ...]]:
        """Clauses by id, in the order of the library; several where languages or corpora share an id."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            found.setdefault(clause.id, []).append(clause)
        return {name: tuple(clauses) for name, clauses in found.items()}

    def clauses_of(self, document: str) -> tuple[Clause, ...]:
        """The clauses of a document (sha256), in order."""
        return tuple(self.clauses[position] for _, position in self._starts.get(document, ()))

    def position_of(self, clause: Clause) -> int:
        """Where a clause of this library stands in `clauses`."""
        starts = self._starts[clause.document]
        return starts[bisect_left(starts, (clause.start, 0))][1]

    def chapeau_of(self, clause: Clause) -> Clause | None:
        """The clause that a list item stands under and completes ("Calls upon States:"); None where there is none."""
        if clause.kind != "item" or clause.path[-1].kind == "table_row":
            return None
        return self._by_path.get((clause.document, clause.path[:-1]))

    @cached_property
    def _heads_of_tables(self) -> dict[tuple[str, tuple[Step, ...]], tuple[Clause, ...]]:
        """The rows that name columns, in order, by document and the path of the first of them."""
        found: dict[tuple[str, tuple[Step, ...]], tuple[Clause, ...]] = {}
        for clause in self.clauses:
            above = (clause.document, clause.path[:-1])
            if clause.path[-1].kind == "table_row" and above not in found and above in self._by_path:
                found[above] = (self._by_path[above],)
            if clause.path[-1].kind == "table_row" and clause.kind == "paragraph":
                found[above] = (*found.get(above, ()), clause)
        return found

    def columns_of(self, row: Clause) -> tuple[Clause, ...]:
        """The rows that name the columns of a row of a table, in order; of other clauses none."""
        return self._heads_of_tables.get((row.document, row.path[:-1]), ()) if row.columns else ()

    @cached_property
    def column_heads(self) -> frozenset[int]:
        """Positions of the rows that name columns."""
        heads = {(head.document, head.start) for rows in self._heads_of_tables.values() for head in rows}
        return frozenset(n for n, clause in enumerate(self.clauses) if (clause.document, clause.start) in heads)

    def clause_at(self, document: str, offset: int) -> Clause:
        """The clause of a document that an offset lies in. Ids alone may repeat, in other languages of one corpus."""
        starts = self._starts[document]
        return self.clauses[starts[bisect_right(starts, (offset, len(self.clauses))) - 1][1]]

"""What a library held at one moment: texts and vectors that no writer changes under a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from index.clause import Clause, Document


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The documents and clauses of a library."""

    fingerprint: str
    """16 hex digits: the same documents under the same model have the same."""
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
    def clause_by_id(self) -> dict[tuple[str, str], Clause]:
        """Clauses by (document, id)."""
        return {(clause.document, clause.id): clause for clause in self.clauses}

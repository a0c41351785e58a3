"""What stands around a clause: the other clauses of its section."""

from __future__ import annotations

from bisect import bisect_left

from index.clause import Clause
from index.snapshot import Snapshot

MOST = 12
"""Clauses of a section that are shown; of a longer one, those nearest to the clause."""


def section_of(clause: Clause, snapshot: Snapshot, most: int = MOST) -> tuple[Clause, ...]:
    """The other clauses of a document under the headings of `clause`, in the order of the text; of more than `most` those
    around it, half before and half after where there are as many."""
    own = [c for c in snapshot.clauses_of(clause.document) if c.headings == clause.headings]
    here = bisect_left(own, clause.start, key=lambda c: c.start)
    others = [c for c in own if c.start != clause.start]
    first = max(0, min(here - most // 2, len(others) - most))
    return tuple(others[first : first + most])

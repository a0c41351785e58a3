"""What was found in another language, in the official edition in the asker's own."""

from __future__ import annotations

from dataclasses import replace

from index.clause import Clause
from index.snapshot import Snapshot
from index.words.lexicon import Lexicon
from rag.answer import Hit
from rag.locate import SURE


def in_own_language(hit: Hit, snapshot: Snapshot, language: str, lexicon: Lexicon) -> Hit:
    """The hit as its edition in a language, where the library has a sure one with as many sentences; else as it is. Of its
    twins of other years those stay that are in that language too."""
    own = _edition(hit.clause, snapshot, language, lexicon)
    if own is None or own is hit.clause:
        return hit
    also = (_edition(clause, snapshot, language, lexicon) for clause in hit.also)
    return replace(hit, clause=own, also=tuple(clause for clause in also if clause is not None))


def _edition(clause: Clause, snapshot: Snapshot, language: str, lexicon: Lexicon) -> Clause | None:
    if clause.language == language:
        return clause
    found = snapshot.editions.counterpart(clause, language, lexicon)
    if found is None or found.trust < SURE or len(found.clause.sentences) != len(clause.sentences):
        return None
    return found.clause

"""Find a clause by what people call it: its id, its label in any of the six languages, or just "(o)"."""

from __future__ import annotations

import re

from index.clause import Clause
from index.errors import NotFoundError
from index.language import LANGUAGES
from index.snapshot import Snapshot
from index.structure import path_id
from rag.cite import cite_clause, label


def lookup(name: str, snapshot: Snapshot) -> list[Clause]:
    """The clauses that `name` means; several only where one name stands in several documents or places.

    The first of these that finds any decides: id, path ("annex/4/o"), label, citation, end of a label, printed number ("o").
    Raises NotFoundError.
    """
    wanted, documents = _plain(name), snapshot.document_by_hash
    path = name.strip().lower()
    ways = (
        lambda c: c.id == name.strip(),
        lambda c: path_id(c.path).lower() == path,
        lambda c: any(_plain(label(c, language)) == wanted for language in LANGUAGES),
        lambda c: any(_plain(cite_clause(documents[c.document], c, language)) == wanted for language in LANGUAGES),
        lambda c: any(_plain(label(c, language)).endswith(wanted) and len(wanted) > 3 for language in LANGUAGES),
        lambda c: _plain(c.path[-1].number) == wanted and c.path[-1].kind in ("item", "paragraph"),
    )
    for way in ways:
        found = [clause for clause in snapshot.clauses if wanted and way(clause)]
        if found:
            return found
    raise NotFoundError(f'The library has no clause "{name}"; `clauses show` lists the labels of all.')


def _plain(text: str) -> str:
    """Letters and digits only, lower case: brackets, commas and spaces of a label are nobody's to remember."""
    return re.sub(r"[\W_]+", "", text).lower()

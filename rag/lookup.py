"""Find a clause by what people call it: its id, its label in any of the six languages, or just "(o)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.clause import Clause, Document
from index.errors import NotFoundError
from index.language import LANGUAGES
from index.snapshot import Snapshot
from index.structure.layout import path_id
from rag.cite import Form, cite_clause, label
from rag.written.citation import clauses_written
from rag.written.documents import plain


def lookup(name: str, snapshot: Snapshot) -> list[Clause]:
    """The clauses that `name` means; several only where one name stands in several documents or places.

    The first of these that finds any decides: id, path ("annex/4/o"), label, citation to the letter, short or full, citation as
    people write it ("resolution 77/176, op 12"), citation by its letters and digits, end of a label, printed number ("o").
    Raises NotFoundError.
    """
    if not name.strip():
        raise NotFoundError("The label of a clause is missing; `clauses show` lists the labels of all.")
    wanted, documents = _plain(name), snapshot.document_by_hash
    path, letters = name.strip().lower(), _squeezed(name)
    named = {document.sha256 for document in snapshot.documents if _name_of(document) in letters}
    forms: tuple[Form, ...] = ("short", "full")
    exactly = (
        lambda c: c.id == name.strip(),
        lambda c: path_id(c.path).lower() == path,
        lambda c: any(_plain(label(c, language)) == wanted for language in LANGUAGES),
        lambda c: (
            (c.document in named or c.path[0].kind == "row")
            and any(
                _squeezed(cite_clause(documents[c.document], c, language, form)) == letters
                for language in LANGUAGES
                for form in forms
            )
        ),
    )
    nearly = (
        lambda c: any(_plain(cite_clause(documents[c.document], c, language)) == wanted for language in LANGUAGES),
        lambda c: any(_plain(label(c, language)).endswith(wanted) and len(wanted) > 3 for language in LANGUAGES),
        lambda c: _plain(c.path[-1].number) == wanted and c.path[-1].kind in ("item", "paragraph"),
    )
    found = _first(exactly, wanted, snapshot)
    if not found:
        written = clauses_written(name, snapshot)
        found = _first(nearly, wanted, snapshot) if written is None else written
    if not found:
        raise NotFoundError(f'The library has no clause "{name}"; `clauses show` lists the labels of all.')
    return found


def _first(ways: Sequence[Callable[[Clause], bool]], wanted: str, snapshot: Snapshot) -> list[Clause]:
    """What the first way that finds any clause finds."""
    for way in ways if wanted else ():
        if found := [clause for clause in snapshot.clauses if way(clause)]:
            return found
    return []


def _name_of(document: Document) -> str:
    """What each citation of a document has: the number of a resolution, any other symbol, else the title."""
    return _squeezed((document.symbol or "").rpartition("/RES/")[2] or document.symbol or document.title)


def _plain(text: str) -> str:
    """Letters and digits only, lower case: brackets, commas and spaces of a label are nobody's to remember. Numbers and items
    stay apart: "para. 1 [2]" is not "para. 12", "(i) (i)" not "(ii)"."""
    apart = re.sub(r"(?<=\d)[\W_]+(?=\d)|\)[\W_]*(?=\w)", "/", text)
    return re.sub(r"[^\w/]|_", "", apart).lower()


def _squeezed(text: str) -> str:
    return "".join(plain(text).split())

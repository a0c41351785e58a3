"""A cited clause as an entry for reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from index.bodies import name_in
from index.clause import Clause, Document
from index.snapshot import Snapshot
from rag.cite import Form, cite_clause, place, title_of

Style = Literal["un", "bibtex", "ris", "csl-json"]


def cited(
    clauses: Sequence[Clause],
    snapshot: Snapshot,
    language: str,
    style: Style = "un",
    form: Form = "short",
    *,
    quoted: str = "",
) -> str:
    """Citations of clauses in a style; `form` is that of "un". Words of a citation are in `language`, titles as printed.

    quoted: what is quoted from a single clause, put on one line into its entry for BibTeX (annotation) and RIS (note).
    """
    pairs = [(snapshot.document_by_hash[clause.document], clause) for clause in clauses]
    keys = _keys(clauses)
    if style == "csl-json":
        entries = [{**csl_entry(*pair, language), "id": key} for pair, key in zip(pairs, keys, strict=True)]
        return json.dumps(entries, ensure_ascii=False, indent=1)
    if style == "un":
        return "\n".join(cite_clause(*pair, language, form) for pair in pairs)
    said = _one_line(quoted)
    if style == "bibtex":
        return "\n\n".join(_bibtex(*pair, language, said, key) for pair, key in zip(pairs, keys, strict=True))
    return "\n\n".join(_ris(*pair, language, said) for pair in pairs)


def csl_entry(document: Document, clause: Clause, language: str) -> dict[str, Any]:
    """The entry as the Citation Style Language has it; what is not known of a document is left out."""
    entry: dict[str, Any] = {
        "id": _key(clause), "type": "report", "title": title_of(document, clause), "number": document.symbol,
        "author": [{"literal": author}] if (author := _author(document)) else None,
        "issued": {"date-parts": [[document.date.year, document.date.month, document.date.day]]} if document.date else None,
        "language": clause.language, "event-title": document.session, "page": _page(clause),
        "note": cite_clause(document, clause, language),
    }  # fmt: skip
    return _on_one_line(entry)


_LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}  # BibTeX counts braces, also those after a backslash
    | {c: f"\\{c}" for c in "$&%#_"}
)
"""What LaTeX would act on; letters of all scripts stay as they are, which biber reads."""
_LANGID = {"ar": "arabic", "zh": "chinese", "en": "english", "fr": "french", "ru": "russian", "es": "spanish"}


def _bibtex(document: Document, clause: Clause, language: str, quoted: str, key: str) -> str:
    from bibtexparser import Library, write_string  # a parser that only this needs takes a moment to load
    from bibtexparser.model import Entry, Field

    author, date = _author(document), document.date
    values = {
        "author": author and f"{{{author.translate(_LATEX)}}}",  # one name, not first and last
        "title": f"{{{title_of(document, clause).translate(_LATEX)}}}",  # capitals as printed
        "number": document.symbol and document.symbol.translate(_LATEX), "date": date and date.isoformat(),
        "year": date and str(date.year), "pages": _page(clause), "langid": _LANGID.get(clause.language or ""),
        "note": place(clause, language).translate(_LATEX), "annotation": quoted.translate(_LATEX),
    }  # fmt: skip
    fields = [Field(name, value) for name, value in _on_one_line(values).items() if value]
    return str(write_string(Library([Entry("misc", key, fields)]))).strip()


def _ris(document: Document, clause: Clause, language: str, quoted: str) -> str:
    import rispy

    date = document.date
    entry = {
        "type_of_reference": "GOVDOC", "authors": [author] if (author := _author(document)) else None,
        "title": title_of(document, clause), "accession_number": document.symbol, "language": clause.language,
        "date": date and date.strftime("%Y/%m/%d/"), "year": date and str(date.year), "start_page": _page(clause),
        "section": place(clause, language), "notes": [note for note in (cite_clause(document, clause, language), quoted) if note],
    }  # fmt: skip
    return str(rispy.dumps([_on_one_line(entry)])).partition("\n")[2].strip()


def _author(document: Document) -> str | None:
    """The body in the document's language."""
    return name_in(document.body, document.language) if document.body else None


def _key(clause: Clause) -> str:
    """A name of the clause that every program takes: letters and digits of its id, hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", clause.id.lower()).strip("-") or "clause"


def _keys(clauses: Sequence[Clause]) -> list[str]:
    """A key each, no two the same: the names of documents may differ in letters that keys have not got."""
    keys: list[str] = []
    for clause in clauses:
        name, number = _key(clause), 1
        while (key := name if number == 1 else f"{name}-{number}") in keys:
            number += 1
        keys.append(key)
    return keys


def _page(clause: Clause) -> str | None:
    return str(clause.page) if clause.page is not None else None


def _on_one_line(entry: dict[str, Any]) -> dict[str, Any]:
    """What is known of an entry, no text with a line break: in these formats a line may begin another entry."""

    def flat(value: Any) -> Any:
        if isinstance(value, str):
            return _one_line(value)
        return [flat(one) for one in value] if isinstance(value, list) else value

    return {key: flat(value) for key, value in entry.items() if value is not None}


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""A cited clause as an entry for reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal

from index.bodies import name_in
from index.clause import Clause, Document
from index.snapshot import Snapshot
from rag.cite import Form, cite_clause, place

Style = Literal["un", "bibtex", "ris", "csl-json"]


def cited(
    clauses: Sequence[Clause], snapshot: Snapshot, language: str, style: Style = "un", form: Form = "short"
) -> str:
    """Citations of clauses in a style; `form` is that of "un". Words of a citation are in `language`, titles as printed."""
    pairs = [(snapshot.document_by_hash[clause.document], clause) for clause in clauses]
    if style == "csl-json":
        return json.dumps([csl_entry(*pair, language) for pair in pairs], ensure_ascii=False, indent=1)
    if style == "un":
        return "\n".join(cite_clause(*pair, language, form) for pair in pairs)
    entry = _bibtex if style == "bibtex" else _ris
    return "\n\n".join(entry(*pair, language) for pair in pairs)


def csl_entry(document: Document, clause: Clause, language: str) -> dict[str, Any]:
    """The entry as the Citation Style Language has it; what is not known of a document is left out."""
    entry: dict[str, Any] = {
        "id": _key(clause), "type": "report", "title": document.title, "number": document.symbol,
        "author": [{"literal": author}] if (author := _author(document)) else None,
        "issued": {"date-parts": [[document.date.year, document.date.month, document.date.day]]} if document.date else None,
        "language": document.language, "event-title": document.session, "page": _page(clause),
        "note": cite_clause(document, clause, language),
    }  # fmt: skip
    return {key: value for key, value in entry.items() if value is not None}


def _bibtex(document: Document, clause: Clause, language: str) -> str:
    from bibtexparser import Library, write_string  # parsers that only this needs take a moment to load
    from bibtexparser.middlewares import LatexEncodingMiddleware
    from bibtexparser.model import Entry, Field
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    author = _author(document)
    values = {
        "author": author and f"{{{author}}}", "title": document.title, "number": document.symbol,
        "date": document.date and document.date.isoformat(), "year": document.date and str(document.date.year),
        "pages": _page(clause), "langid": document.language, "note": place(clause, language),
    }  # fmt: skip
    fields = [Field(name, value) for name, value in values.items() if value]
    encoder = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)
    encode = LatexEncodingMiddleware(encoder=encoder)
    entry = Library([Entry("misc", _key(clause), fields)])
    return str(write_string(entry, prepend_middleware=[encode])).strip()


def _ris(document: Document, clause: Clause, language: str) -> str:
    import rispy

    date = document.date
    entry = {
        "type_of_reference": "GOVDOC", "authors": [author] if (author := _author(document)) else None,
        "title": _one_line(document.title), "accession_number": document.symbol, "language": document.language,
        "date": date and date.strftime("%Y/%m/%d/"), "year": date and str(date.year), "start_page": _page(clause),
        "section": place(clause, language), "notes": [cite_clause(document, clause, language)],
    }  # fmt: skip
    return (
        str(rispy.dumps([{key: value for key, value in entry.items() if value is not None}])).partition("\n")[2].strip()
    )


def _author(document: Document) -> str | None:
    """The body in the document's language."""
    return name_in(document.body, document.language) if document.body else None


def _key(clause: Clause) -> str:
    """A name of the clause that every program takes: letters and digits of its id, hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", clause.id.lower()).strip("-") or "clause"


def _page(clause: Clause) -> str | None:
    return str(clause.page) if clause.page is not None else None


def _one_line(text: str) -> str:
    return " ".join(text.split())

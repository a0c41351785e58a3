"""Notebooks and conversations as files to keep: every quotation is verified while its file is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from index.errors import ClausesError
from index.snapshot import Snapshot
from prompts import message
from rag.export.markdown import markdown
from rag.export.paper import Paper
from rag.export.papers import Exchange, conversation_paper, counted, notebook_paper
from rag.export.word import word
from rag.notebook import Pin, look_up
from rag.reference import Style, cited

PaperFormat = Literal["docx", "md"]
Format = Literal["docx", "md", "bib", "ris", "json", "txt"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAPER_FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)
MEDIA: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "md": "text/markdown",
    "bib": "application/x-bibtex", "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json", "txt": "text/plain",
}  # fmt: skip
_STYLES: dict[Format, Style] = {"bib": "bibtex", "ris": "ris", "json": "csl-json", "txt": "un"}


class ExportError(ClausesError):
    """What cannot be exported: nothing to write, or no such format."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file for somebody to keep."""

    name: str
    """Letters, digits and hyphens, with the date: "clauses-notebook-2026-11-24.docx"."""
    content: bytes
    media: str
    """Its media type."""
    verified: int
    """Quotations in it that are in the library to the letter."""
    gone: int
    """Quotations that are no longer so; none of their text is in it."""


def export_notebook(
    pins: Sequence[Pin], form: Format, snapshot: Snapshot, language: str, today: datetime.date
) -> Export:
    """Quotations with notes ("docx", "md"), or what they cite, each clause once ("bib", "ris", "json", "txt").

    Raises ExportError for an empty notebook, and for a list of citations none of which is in the library.
    """
    if not pins:
        raise ExportError("The notebook is empty; pin a quotation first.")
    kept = look_up(pins, snapshot, language)
    if form == "docx" or form == "md":
        return _written(notebook_paper(kept, snapshot, language, today), form, "notebook", today)
    clauses = {place.clause.document + str(place.clause.start): place.clause for k in kept if (place := k.place)}
    gone = sum(1 for k in kept if k.place is None)
    if not clauses:
        raise ExportError(message("notebook.nothing", language))
    said = cited(tuple(clauses.values()), snapshot, language, _STYLES[form], "full")
    if form == "txt" and gone:
        said += "\n\n" + counted(len(kept) - gone, gone, language)
    return _file(f"{said}\n", form, "citations", today, len(kept) - gone, gone)


def export_conversation(
    exchanges: Sequence[Exchange], form: PaperFormat, snapshot: Snapshot, language: str, today: datetime.date
) -> Export:
    """Questions and answers. Raises ExportError where nothing was asked."""
    if not exchanges:
        raise ExportError("Nothing was asked yet; ask a question first.")
    return _written(conversation_paper(exchanges, snapshot, language, today), form, "conversation", today)


def paper_format(name: str) -> PaperFormat:
    """The format that a file name ends in. Raises ExportError for another one."""
    for form in PAPER_FORMATS:
        if name.lower().endswith(f".{form}"):
            return form
    raise ExportError(f'"{name}" names no format that answers are written in; end it in .docx or .md.')


def exported_text(file: Export, language: str) -> str:
    """What is said when a file has been made."""
    return f"{message('notebook.exported', language)} {counted(file.verified, file.gone, language)}"


def _written(paper: Paper, form: PaperFormat, what: str, today: datetime.date) -> Export:
    return _file(word(paper) if form == "docx" else markdown(paper), form, what, today, paper.verified, paper.gone)


def _file(content: str | bytes, form: Format, what: str, today: datetime.date, verified: int, gone: int) -> Export:
    if isinstance(content, str):
        content = re.sub(r"[\ud800-\udfff]", "\ufffd", content).encode()  # halves of letters, in no encoding
    return Export(f"clauses-{what}-{today.isoformat()}.{form}", content, MEDIA[form], verified, gone)

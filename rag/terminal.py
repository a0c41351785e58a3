"""Answers, clauses and checks as text in a terminal. Nothing of a document is read as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from index.clause import Clause, Document
from index.snapshot import Snapshot
from prompts import message
from rag.answer import Answer, Quote
from rag.check.check import Check, Difference, Nearest
from rag.check.checked import Report
from rag.check.report import reasons, shown_differences, summary
from rag.cite import cite_clause, label
from rag.compose import elsewhere, lead_in, searched_text

_MARKED = "bold"
_STYLES = {
    "same": "",
    "changed": "bold red",
    "missing": "bold red",
    "added": "bold red",
    "omitted": "dim",
    "inserted": "dim",
}


def safe(text: str) -> Text:
    """Text of a document or a person: shown as it is, control characters (they could move the cursor) as symbols."""
    return Text(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "�", text))


def show_answer(answer: Answer, snapshot: Snapshot, console: Console) -> None:
    """The quotations, each with its citation: within their clauses with the quoted sentences in bold, or, where bold cannot
    be seen (a file, a pipe, a plain terminal), the quoted sentences alone."""
    if answer.refused:
        said = "nearest" if answer.nearest else "refusal"
        console.print(Text(message(said, answer.language), style="bold"))
        if answer.nearest:
            _print(Text.assemble("    ", safe(answer.nearest.text)), console)
            _print(Text.assemble("    — ", safe(answer.nearest.citation), style="italic"), console)
        more = searched_text(answer.searched, answer.searched_count, answer.language)
        _print(Text.assemble(safe(more), style="dim"), console)
        return
    console.print(Text(lead_in(len(answer.quotes), answer.language)))
    for quote in answer.quotes:
        console.print()
        _print(Text.assemble(f"[{quote.number}] ", _marked(quote, snapshot, console)), console)
        _print(Text.assemble("    — ", safe(quote.citation), style="italic"), console)
        if quote.edition:
            _print(Text.assemble("    ", safe(quote.edition.text)), console)
            _print(Text.assemble("    — ", safe(quote.edition.citation), style="italic"), console)
        for more in elsewhere(quote, answer.language):
            _print(Text.assemble("    ", safe(more), style="dim"), console)


def _marked(quote: Quote, snapshot: Snapshot, console: Console) -> Text:
    if console.color_system is None:
        return safe(quote.text)
    clause = snapshot.clause_at(quote.document, quote.start)
    body = safe(clause.text)
    body.stylize("dim", 0, quote.start - clause.start)
    body.stylize(_MARKED, quote.start - clause.start, quote.end - clause.start)
    body.stylize("dim", quote.end - clause.start)
    return body


def _print(text: Text, console: Console) -> None:
    """Left to the terminal to wrap: what is copied from it has no line ends that the document does not have."""
    console.print(text, soft_wrap=True)


def show_clauses(clauses: Sequence[Clause], snapshot: Snapshot, language: str, console: Console) -> None:
    """Clauses in full with headings and citation."""
    for clause in clauses:
        document = snapshot.document_by_hash[clause.document]
        for heading in clause.headings:
            _print(Text.assemble(safe(heading.replace("\n", " · ")), style="dim"), console)
        _print(Text.assemble(safe(cite_clause(document, clause, language)), style="bold"), console)
        _print(safe(clause.text), console)
        console.print()


def show_labels(snapshot: Snapshot, language: str, console: Console) -> None:
    """Every clause of the library, a line each: label and first words."""
    for document in snapshot.documents:
        _print(Text.assemble(safe(f"{document.slug}: {document.title}"), style="bold"), console)
        for clause in snapshot.clauses:
            if clause.document == document.sha256:
                name = label(clause, language)
                line = safe(f"{name:<24}  {clause.text[:300]}".replace("\n", " "))
                line.truncate(console.width, overflow="ellipsis")
                console.print(line)


def show_documents(documents: Sequence[tuple[Document, int]], console: Console) -> None:
    """The documents of a library with their number of clauses."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("name", "symbol or title", "language", "clauses", "file"):
        table.add_column(name, overflow="fold")
    for document, clauses in documents:
        table.add_row(
            safe(document.slug), safe(document.symbol or document.title), document.language or "?", str(clauses),
            safe(document.source),
        )  # fmt: skip
    console.print(table)


def show_check(check: Check, console: Console) -> None:
    """Verbatim and where, or the nearest passage with the differences."""
    if check.verbatim:
        console.print(Text("Verbatim.", style="bold green"))
        for match in check.matches:
            _print(safe(match.citation), console)
    else:
        console.print(Text("Not in the library to the letter.", style="bold red"))
        if check.nearest:
            _show_nearest(check.nearest, console)


def show_report(report: Report, console: Console) -> None:
    """Every quotation of a paper with its verdict, and how many got which."""
    for one in report.checked:
        style = {"verbatim": "bold green", "too_short": "dim"}.get(one.verdict, "bold red")
        verdict = message(f"check.{one.verdict}", report.language)
        _print(Text.assemble(f"[{one.number}] ", (verdict, style)), console)
        for reason in reasons(one, report.language):
            _print(Text(f"    {reason}"), console)
        _print(Text.assemble("    ", safe(" ".join(one.quotation.text.split()))), console)
        for place in dict.fromkeys(passage.match.citation for passage in one.passages):
            _print(Text.assemble("    — ", safe(place), style="italic"), console)
        if shown_differences(one):
            _show_differences(one.differences, console)
        console.print()
    _print(Text(summary(report), style="bold"), console)


def _show_nearest(nearest: Nearest, console: Console) -> None:
    _print(Text.assemble("Nearest: ", safe(nearest.match.citation)), console)
    _show_differences(nearest.differences, console)


def _show_differences(differences: Sequence[Difference], console: Console) -> None:
    yours, printed = Text("yours:   "), Text("printed: ")
    for difference in differences:
        brackets = difference.kind != "same"
        for line, part in ((yours, difference.quoted), (printed, difference.printed)):
            if part or brackets:
                shown = safe(f"[{part}]" if brackets else part)
                line.append(shown.plain, style=_STYLES[difference.kind])
    for line in (yours, printed):
        _print(line, console)


def show_left_out(documents: Sequence[Document], as_json: bool, console: Console) -> None:
    """What the files of documents have and their texts have not, by kind and page; with JSON a line each."""
    for document in documents:
        for piece in document.left_out:
            if as_json:
                row = {"document": document.slug, "kind": piece.kind, "page": piece.page, "text": piece.text}
                print(json.dumps(row))
            else:
                page = f", page {piece.page}" if piece.page is not None else ""
                console.print(safe(f"{document.slug}: {piece.kind}{page}: {piece.text}"), soft_wrap=True)
        if not document.left_out and not as_json:
            console.print(f"{document.slug}: nothing is left out", soft_wrap=True)

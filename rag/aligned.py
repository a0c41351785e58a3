"""Aligned text from files, for learning the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.errors import ClausesError
from index.language import LANGUAGES
from index.snapshot import Snapshot
from rag.lines import Line, lines_of


def aligned_rows(files: Sequence[Path]) -> list[dict[str, str]]:
    """Rows {language: text}, in the order of the files.

    A line is {"id", "ar", "en", …}, or {"id", "lang", "text"} with one id in several languages; of the latter, paragraphs
    marked "aligned": false are left out. Raises ClausesError, with file and line, for a line of neither form, and where the
    files hold no text in two of the six languages side by side.
    """
    rows: list[dict[str, str]] = []
    for file in files:
        by_id: dict[str, dict[str, str]] = {}
        for line in lines_of(file, "row"):
            if "lang" in line.values:
                language, name, text = line.text("lang"), line.name("id"), line.text("text")
                if line.values.get("aligned", True):
                    by_id.setdefault(name, {})[language] = text
            else:
                rows.append(_side_by_side(line))
        rows += by_id.values()
    if files and not any(sum(language in row for language in LANGUAGES) > 1 for row in rows):
        named = ", ".join(map(str, files))
        found = ", ".join(sorted({language for row in rows for language in row})) or "none"
        raise ClausesError(
            f"{named}: no row is in two of the six languages ({', '.join(LANGUAGES)}); found: {found}. In the form "
            '{"id", "lang", "text"} the same text has the same id in each language.'
        )
    return rows


def _side_by_side(line: Line) -> dict[str, str]:
    texts = {lang: line.text(lang) for lang in LANGUAGES if line.values.get(lang) not in (None, "")}
    if len(texts) < 2:
        raise line.error(
            'there are not two of the six languages; expected is {"id", "ar", "en", …} or {"id", "lang", "text"}.'
        )
    return texts


def editions_rows(snapshot: Snapshot) -> list[dict[str, str]]:
    """Rows {language: text} of a library's own editions (`Editions.key`), where two languages or more have a clause."""
    rows: dict[object, dict[str, str]] = {}
    for clause in snapshot.clauses:
        key = snapshot.editions.key(clause)
        if key is not None and clause.language:
            rows.setdefault(key, {}).setdefault(clause.language, clause.text)
    return [row for row in rows.values() if len(row) > 1]

"""Aligned text from files, for learning the lexicon."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import ClausesError
from index.language import LANGUAGES
from index.snapshot import Snapshot


def aligned_rows(files: Sequence[Path]) -> list[dict[str, str]]:
    """Rows {language: text}, in the order of the files.

    A line is {"id", "ar", "en", …}, or {"id", "lang", "text"} with one id in several languages; of the latter, paragraphs
    marked "aligned": false are left out. Raises ClausesError for a line of neither form.
    """
    rows: list[dict[str, str]] = []
    for file in files:
        by_id: dict[str, dict[str, str]] = {}
        for number, row in enumerate(_parsed(file), 1):
            if "lang" in row:
                if row.get("aligned", True):
                    by_id.setdefault(str(row.get("id")), {})[row["lang"]] = row["text"]
                continue
            texts = {lang: row[lang] for lang in LANGUAGES if isinstance(row.get(lang), str)}
            if len(texts) < 2:
                raise ClausesError(f'{file}, line {number} has not two languages; expected {{"id", "ar", "en", …}}.')
            rows.append(texts)
        rows += by_id.values()
    return rows


def editions_rows(snapshot: Snapshot) -> list[dict[str, str]]:
    """Rows {language: text} of a library's own editions: clauses with one label in documents with one symbol, and rows of a
    `.jsonl` corpus with one id, where two languages or more have them."""
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for clause in snapshot.clauses:
        document = snapshot.document_by_hash[clause.document]
        if clause.path[0].kind == "row":
            work, name = "", clause.id
        elif document.symbol:
            work, name = document.symbol, clause.id.removeprefix(document.slug)
        else:
            continue
        if clause.language:
            rows.setdefault((work, name), {}).setdefault(clause.language, clause.text)
    return [row for row in rows.values() if len(row) > 1]


def _parsed(file: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise ClausesError(f"{file} cannot be read as aligned text, one JSON object a line: {error}.") from error

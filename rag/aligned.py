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
    """Rows {language: text} of a library's own editions (`Editions.key`), where two languages or more have a clause."""
    rows: dict[object, dict[str, str]] = {}
    for clause in snapshot.clauses:
        key = snapshot.editions.key(clause)
        if key is not None and clause.language:
            rows.setdefault(key, {}).setdefault(clause.language, clause.text)
    return [row for row in rows.values() if len(row) > 1]


def _parsed(file: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise ClausesError(f"{file} cannot be read as aligned text, one JSON object a line: {error}.") from error

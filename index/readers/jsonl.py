"""A corpus of ready clauses: one JSON object a line, {"id", "text", "lang"?, "title"?, "label"?}."""

from __future__ import annotations

import json
from collections.abc import Iterator

from index.clause import Block, Row, Step
from index.errors import FileRefusedError
from index.structure.layout import PARAGRAPH_BREAK


def rows(text: str, name: str) -> tuple[str, tuple[Block, ...], tuple[Row, ...]]:
    """Return the document's text (all rows' texts), one block a row, and what each row says beside its text.

    Raises FileRefusedError with the line's number for a line that is not of this form.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    found: list[Row] = []
    start = 0
    for row, body in _parse(text, name):
        headings = (row.title,) if row.title else ()
        blocks.append(Block("paragraph", (Step("row", row.id),), headings, start, start, start + len(body)))
        found.append(row)
        pieces.append(body)
        start += len(body) + len(PARAGRAPH_BREAK)
    if not pieces:
        raise FileRefusedError(f"{name} holds no line of JSON: there is nothing to read in it.")
    return PARAGRAPH_BREAK.join(pieces), tuple(blocks), tuple(found)


def _parse(text: str, name: str) -> Iterator[tuple[Row, str]]:
    seen: dict[tuple[str, str | None], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise FileRefusedError(f"{name}, line {number} is not JSON ({error}).") from error
        if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not value["text"].strip():
            raise FileRefusedError(f'{name}, line {number} is not of the form {{"id": "…", "text": "…"}}.')
        if not isinstance(value.get("id"), str | int) or isinstance(value["id"], bool) or value["id"] == "":
            raise FileRefusedError(f'{name}, line {number} has no "id".')
        language, title, label = (_text_or_none(value, key, name, number) for key in ("lang", "title", "label"))
        row = Row(_sound(str(value["id"])), language, title, label)
        first = seen.setdefault((row.id, language), number)
        if first != number:
            raise FileRefusedError(f'{name}, line {number} has the id "{row.id}" of line {first}; ids must differ.')
        yield row, value["text"]


def _text_or_none(value: dict[str, object], key: str, name: str, number: int) -> str | None:
    found = value.get(key)
    if found is None or isinstance(found, str):
        return _sound(" ".join((found or "").split())) or None
    raise FileRefusedError(f'{name}, line {number}: "{key}" is not a string.')


def _sound(text: str) -> str:
    """Without lone surrogates: only the clause's own text keeps what cannot be printed."""
    return text.encode("utf-8", "replace").decode()

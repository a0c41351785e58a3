"""Values of a document as the library's file stores them, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from index.clause import Step


def text_hash(text: str) -> str:
    """The name of a text among the vectors: hex sha256 of its characters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dump(value: Any) -> str:
    """A list or a dictionary as ASCII JSON."""
    return json.dumps(value, ensure_ascii=True)


def dump_path(path: Sequence[Step]) -> str:
    """A label path as JSON: kind and number of each step, and which of its name it is where there are more."""
    return dump([[step.kind, step.number, *([step.again] if step.again > 1 else [])] for step in path])


def load_path(path: str) -> tuple[Step, ...]:
    """The label path that `dump_path` made this of."""
    return tuple(Step(*step) for step in json.loads(path))


def storable(text: str) -> str | bytes:
    """SQLite keeps text as UTF-8, which has no lone surrogates: such a text (from .jsonl) is kept as bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def restored(stored: str | bytes) -> str:
    """The text that `storable` made this of."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")

"""Files of JSON, an object a line: what each line says, or which line of which file is wrong and how."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ClausesError

_SHOWN = 60
"""Characters of a wrong value that an error shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds a JSON object. What is read from it raises ClausesError, with file and line, where it is wrong."""

    file: Path
    number: int
    """From 1, blank lines counted."""
    values: dict[str, Any]

    def text(self, key: str) -> str:
        """A string that is there and not blank."""
        value = self._there(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "text")
        return value

    def name(self, key: str) -> str:
        """A string or a whole number, as a string."""
        value = self._there(key)
        if not _names(value):
            raise self.wrong(key, "a name")
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings that are not blank; none where the key is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def names(self, key: str) -> tuple[str, ...]:
        """A list, that is there, of strings or whole numbers, as strings."""
        value = self._there(key)
        if not isinstance(value, list) or not all(map(_names, value)):
            raise self.wrong(key, "a list of names")
        return tuple(map(str, value))

    def wrong(self, key: str, expected: str) -> ClausesError:
        """The error for a value that is not what it should be."""
        shown = json.dumps(self.values.get(key), ensure_ascii=False)
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        return self.error(f'"{key}" is {shown}; expected is {expected}.')

    def error(self, sentence: str) -> ClausesError:
        """An error that names the file and the line."""
        return ClausesError(f"{self.file}, line {self.number}: {sentence}")

    def _there(self, key: str) -> Any:
        if key not in self.values:
            raise self.error(f'there is no "{key}".')
        return self.values[key]


def lines_of(file: Path, what: str) -> list[Line]:
    """The lines of a file, in order. what: of which it must hold one at least, for the error: "question".

    Raises ClausesError for a file that cannot be read, holds nothing, or has a line that is no JSON object.
    """
    found: list[Line] = []
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise ClausesError(f"{file}, line {number} is not JSON: {error.msg}, column {error.colno}.") from error
        except (ValueError, RecursionError) as error:
            raise ClausesError(f"{file}, line {number} is not JSON that can be read: {error}.") from error
        if not isinstance(values, dict):
            raise ClausesError(f"{file}, line {number} is not a JSON object, {{…}}.")
        found.append(Line(file, number, values))
    if not found:
        raise ClausesError(f"{file} holds no {what}: the file is empty.")
    return found


def text_of(file: Path) -> str:
    """The text of a file in UTF-8, with a byte order mark or without. Raises ClausesError where it cannot be read."""
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise ClausesError(f"{file} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise ClausesError(f"{file} cannot be read: it is not text in UTF-8 ({error}).") from error


def _names(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int) and not isinstance(value, bool)

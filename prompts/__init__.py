"""What is said to people, in files: one `<language>.toml` of messages for each of the six languages."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

DEFAULT = "en"


def message(key: str, language: str | None, /, **values: str | int) -> str:
    """The message `key` in a language, `{name}` replaced by `values`; English where the language is not one of the six.

    Raises KeyError for a message that does not exist: that is a defect, not something a user did.
    """
    return str(messages(language)[key]).format(**values)


@lru_cache(maxsize=16)
def messages(language: str | None) -> dict[str, str]:
    """All messages of a language. Tables are flattened: `label.annex`."""
    folder = resources.files("prompts")
    file = folder / f"{language}.toml"
    if language is None or not language.isalpha() or not file.is_file():
        file = folder / f"{DEFAULT}.toml"
    found: dict[str, str] = {}
    for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
        if isinstance(value, dict):
            found.update({f"{key}.{inner}": text for inner, text in value.items()})
        else:
            found[key] = value
    return found

"""The messages of the six languages agree: the same keys, the same {placeholders}."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

import prompts
from index.language import LANGUAGES

FOLDER = Path(prompts.__file__).parent


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_is_one_file_for_each_of_the_six_languages() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.toml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_have_the_keys_of_the_english_ones(language: str) -> None:
    assert set(prompts.messages(language)) == set(prompts.messages("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_have_the_placeholders_of_the_english_ones(language: str) -> None:
    english = {key: placeholders(text) for key, text in prompts.messages("en").items()}
    assert {key: placeholders(text) for key, text in prompts.messages(language).items()} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_or_named_twice(language: str) -> None:
    file = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    tomllib.loads(file)  # raises on a key that is there twice
    assert [key for key, text in prompts.messages(language).items() if not text] == []


def test_a_language_that_is_not_one_of_the_six_gets_english() -> None:
    assert prompts.message("refusal", "de") == prompts.message("refusal", "en") == "The documents do not say."


def test_placeholders_are_found() -> None:
    assert placeholders("{count} of {total}, not {{this}}") == {"count", "total"}

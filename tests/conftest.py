"""Libraries for the tests: a small one with a fake model, and the real one with the real model, made once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.embed import Embedder, load_embedder
from index.library import Library
from tests.fakes import CountingEmbedder
from tests.texts import CHINESE, ENGLISH

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no test may reach a hub
SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def brussels(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The document that ships, under the real model."""
    with closing(Library(tmp_path_factory.mktemp("brussels"), lambda: embedder)) as library:
        library.seed()
        yield library


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Library]:
    """An empty library under the counting model."""
    counting = CountingEmbedder()
    with closing(Library(tmp_path / "library", lambda: counting)) as library:
        yield library


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file into the test's folder."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return write


@pytest.fixture
def two(small: Library, file: Callable[[str, str], Path]) -> Library:
    """A library of one resolution in English and in Chinese."""
    small.add(file("en.txt", ENGLISH.format(number="77/1")))
    small.add(file("zh.txt", CHINESE.format(number="77/1")))
    return small

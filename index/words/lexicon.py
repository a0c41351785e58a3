"""The translation lexicon: which tokens of one language stand for which of another, and how surely."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "un.npz"
MAX_UNPACKED = 128 * 2**20
"""Bytes of a lexicon's tables; the one that ships has less than one million."""


@dataclass(frozen=True, slots=True)
class Table:
    """Token pairs of two languages."""

    left: NDArray[np.int64]
    """Shape (pairs,): places in the first language's vocabulary, ascending."""
    right: NDArray[np.int64]
    """Shape (pairs,): places in the second language's vocabulary."""
    weight: NDArray[np.float32]
    """Shape (pairs,): geometric mean of the two translation probabilities, 0 to 1."""


@dataclass(frozen=True)
class Lexicon:
    """Token translations among languages. Symmetric: one table serves both directions."""

    vocabularies: Mapping[str, Sequence[str]]
    tables: Mapping[tuple[str, str], Table]
    _unfolded: dict[tuple[str, str], dict[str, dict[str, float]]] = field(default_factory=dict)
    _words: dict[str | None, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def pack(cls, vocabularies: Mapping[str, Sequence[str]], tables: Mapping[tuple[str, str], Table]) -> Lexicon:
        """A lexicon with only the tokens that some table uses."""
        used: dict[str, NDArray[np.int64]] = {}
        for language in vocabularies:
            parts = [t.left for (a, _), t in tables.items() if a == language]
            parts += [t.right for (_, b), t in tables.items() if b == language]
            used[language] = np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)
        smaller = {
            (a, b): Table(np.searchsorted(used[a], t.left), np.searchsorted(used[b], t.right), t.weight)
            for (a, b), t in tables.items()
        }
        return cls({lang: [words[i] for i in used[lang]] for lang, words in vocabularies.items()}, smaller)

    def translations(self, token: str, source: str, target: str) -> dict[str, float]:
        """Tokens of `target` that stand for a token of `source`, with weights 0 to 1; empty where none is known."""
        return self._direction(source, target).get(token, {})

    def knows(self, token: str, language: str | None) -> bool:
        """Whether a token of a language is one of its vocabulary's."""
        known = self._words.get(language)
        if known is None:
            known = self._words[language] = frozenset(self.vocabularies.get(language or "", ()))
        return token in known

    def with_more(self, other: Lexicon) -> Lexicon:
        """Both lexicons as one; a pair that both have keeps the higher weight."""
        return _Joined(self.vocabularies, self.tables, other=other)

    def _direction(self, source: str, target: str) -> dict[str, dict[str, float]]:
        found = self._unfolded.get((source, target))
        if found is None:
            found = self._unfold(source, target)
            self._unfolded[source, target] = found
        return found

    def _unfold(self, source: str, target: str) -> dict[str, dict[str, float]]:
        forward = (source, target) in self.tables
        table = self.tables.get((source, target) if forward else (target, source))
        if table is None:
            return {}
        ours, theirs = (table.left, table.right) if forward else (table.right, table.left)
        unfolded: dict[str, dict[str, float]] = {}
        for mine, other, weight in zip(ours.tolist(), theirs.tolist(), table.weight.tolist(), strict=True):
            unfolded.setdefault(self.vocabularies[source][mine], {})[self.vocabularies[target][other]] = weight
        return unfolded

    def to_bytes(self) -> bytes:
        """The file form; the same lexicon gives the same bytes. Weights are kept in steps of 1/255."""
        arrays: dict[str, NDArray[np.generic]] = {}
        for language, words in self.vocabularies.items():
            arrays[f"words-{language}"] = np.frombuffer("\n".join(words).encode(), np.uint8)
        for (a, b), table in self.tables.items():
            # Steps from one left token to the next are small: they compress to nearly nothing.
            arrays[f"left-{a}-{b}"] = np.diff(table.left, prepend=0).astype(np.uint16)
            arrays[f"right-{a}-{b}"] = table.right.astype(np.uint16)
            arrays[f"weight-{a}-{b}"] = np.round(table.weight * 255).astype(np.uint8)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Lexicon:
        """Read the file form. Raises ValueError for what is none."""
        vocabularies: dict[str, list[str]] = {}
        tables: dict[tuple[str, str], Table] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise ValueError(f"it would be {unpacked >> 20} MB, {MAX_UNPACKED >> 20} are read")
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                for name in arrays.files:
                    kind, *languages = name.split("-")
                    if kind == "words":
                        vocabularies[languages[0]] = arrays[name].tobytes().decode().split("\n")
                    elif kind == "left":
                        a, b = languages
                        tables[a, b] = Table(
                            np.cumsum(arrays[name].astype(np.int64)),
                            arrays[f"right-{a}-{b}"].astype(np.int64),
                            arrays[f"weight-{a}-{b}"].astype(np.float32) / np.float32(255),
                        )
            sound = all(_fits(table, len(vocabularies[a]), len(vocabularies[b])) for (a, b), table in tables.items())
        except Exception as error:  # whatever a broken archive makes numpy and zipfile raise
            raise ValueError(f"no lexicon ({type(error).__name__}: {error})") from error
        if not sound:
            raise ValueError("no lexicon: its tables are of other words than it has")
        return cls(vocabularies, tables)


def _fits(table: Table, left: int, right: int) -> bool:
    """Whether a table is of two vocabularies of these sizes."""
    columns = table.left, table.right, table.weight
    if any(column.shape != (len(table.left),) for column in columns):
        return False
    within = [((places >= 0) & (places < size)).all() for places, size in ((table.left, left), (table.right, right))]
    return bool(all(within) and ((table.weight >= 0) & (table.weight <= 1)).all())


@dataclass(frozen=True)
class _Joined(Lexicon):
    """A lexicon and another one beside it; for looking up, not for keeping in a file."""

    other: Lexicon = field(kw_only=True)

    def knows(self, token: str, language: str | None) -> bool:
        return Lexicon.knows(self, token, language) or self.other.knows(token, language)

    def translations(self, token: str, source: str, target: str) -> dict[str, float]:
        found = dict(Lexicon.translations(self, token, source, target))
        for word, weight in self.other.translations(token, source, target).items():
            found[word] = max(weight, found.get(word, 0.0))
        return found


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicon that comes with the program, learned from United Nations text (index/lexicon/README.md)."""
    return Lexicon.from_bytes((Path(str(resources.files("index"))) / "lexicon" / FILE).read_bytes())

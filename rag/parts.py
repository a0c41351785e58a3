"""Which clauses stand in a part of a document, by what people call it: its heading, its number, or a label of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.clause import Block, Document, Step, StepKind
from index.language import LANGUAGES
from index.snapshot import Snapshot
from index.structure.marks import mark_of
from rag.cite import path_label
from rag.written.citation import WORDS
from rag.written.documents import plain

_NAMED: tuple[StepKind, ...] = ("annex", "appendix", "schedule", "section", "article", "rule")
"""Kinds of part that have a word before their number."""
_PARTS: frozenset[StepKind] = frozenset({"letter", *_NAMED})
_WORD = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(f'(?P<{kind}>{WORDS[kind]})' for kind in _NAMED)})(?![a-zà-ÿа-яё])(?:\s+(?=\w))?"
)
_HAN_WORD = re.compile(r"第\s?(?P<number>[^\W_]{1,5})\s?(?P<unit>[节条])")
_MARK_IN_WORDS = re.compile(rf"(?:{'|'.join(WORDS[kind] for kind in _NAMED)})\s*[^\W_]{{1,6}}\s*[.:：．–—-]+\s*")


def in_parts(wanted: Sequence[str], snapshot: Snapshot) -> list[bool]:
    """Of each clause whether it stands in a part that `wanted` names: by a heading above it as printed, with or without its
    mark ("II. Trends", "Trends"), by the number of a section ("II"), by a label in any of the six languages ("sect. II", "Раздел
    II"). * stands for anything; case, accents and white space do not count."""
    patterns = [re.compile(".*".join(map(re.escape, name.split("*")))) for name in map(_folded, wanted) if name]
    labels = {_in_english(name) for name in wanted if "*" not in name}
    above = {document.sha256: _headings(document) for document in snapshot.documents}
    known: dict[object, bool] = {}

    def named(key: object, names: Iterator[str]) -> bool:
        if key not in known:
            known[key] = any(pattern.fullmatch(_folded(name)) for name in names for pattern in patterns)
        return known[key]

    def of_path(path: tuple[Step, ...]) -> bool:
        for depth, step in enumerate(path, 1):
            if step.kind not in _PARTS:
                continue
            if _label((step,)) in labels or _label(path[:depth]) in labels or named(path[:depth], _names(path[:depth])):
                return True
        return False

    found = []
    for clause in snapshot.clauses:
        paths = [_path_of(heading, clause.start, above[clause.document]) for heading in clause.headings]
        by_heading = any(named(heading, _forms(heading)) for heading in clause.headings)
        found.append(by_heading or any(of_path(path) for path in dict.fromkeys((clause.path, *paths))))
    return found


def _headings(document: Document) -> dict[str, list[Block]]:
    """By their text, in the order of the document."""
    found: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.kind in ("heading", "title"):
            found.setdefault(document.text[block.start : block.end], []).append(block)
    return found


def _path_of(heading: str, start: int, above: dict[str, list[Block]]) -> tuple[Step, ...]:
    """The path of the heading that a clause stands under: the path of a numbered paragraph may not have its section."""
    blocks = above.get(heading, [])
    at = bisect_left(blocks, start, key=lambda block: block.start)
    return blocks[at - 1].path if at else ()


def _forms(heading: str) -> Iterator[str]:
    """A heading whole and line by line, with its mark and without."""
    for line in (heading.replace("\n", " "), *heading.split("\n")):
        yield line
        if mark := mark_of(line):
            yield line[mark.length :]
        elif words := _MARK_IN_WORDS.match(line.lower()):
            yield line[words.end() :]


def _names(path: tuple[Step, ...]) -> Iterator[str]:
    """Of the part at the end of a path: the number of a section, its labels."""
    if path[-1].kind == "section":
        yield path[-1].number
    for language in LANGUAGES:
        yield path_label(path, language)
        yield path_label(path[-1:], language)


def _label(path: Sequence[Step]) -> str:
    return _words_only(" ".join(f"{step.kind} {plain(step.number)}" for step in path))


def _in_english(name: str) -> str:
    """What a part is called ("Раздел II", "第二节") with its word in English, as `_label` has it; "" where there is none."""
    text = _HAN_WORD.sub(lambda m: f" {'section' if m['unit'] == '节' else 'article'} {m['number']} ", plain(name))
    text, count = _WORD.subn(lambda found: f" {found.lastgroup} ", text)
    return _words_only(text) if count else ""


def _words_only(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _folded(name: str) -> str:
    """Without case, accents and the stop of a number, on one line."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain(name)) if not unicodedata.combining(c))
    return " ".join(bare.split()).strip(" .:-–—、")

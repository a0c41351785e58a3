"""The nouns of the index: a document, its blocks, the clauses people cite, their sentences."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal

BlockKind = Literal["head", "title", "heading", "paragraph", "item", "signature", "note"]
StepKind = Literal[
    "letter",
    "resolution",
    "draft",
    "annex",
    "appendix",
    "schedule",
    "section",
    "article",
    "rule",
    "preambular",
    "paragraph",
    "item",
    "counted",
    "head",
    "title",
    "signature",
    "note",
    "row",
    "table_row",
]

CITED_KINDS: frozenset[BlockKind] = frozenset({"paragraph", "item", "signature", "note"})
"""Kinds of block that are clauses. Headings and titles are read with the clauses below them, not found alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a label: where to turn on the way from the document to the clause."""

    kind: StepKind
    number: str = ""
    """As printed ("4", "o", "12"); a count for `counted` (an unnumbered paragraph); empty where there is only one."""
    again: int = 1
    """Which one it is of those that the print calls the same, from 1."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that the text itself sets apart. Every visible character lies in exactly one."""

    kind: BlockKind
    path: tuple[Step, ...]
    """Label path from the outside in, for example annex / section 4 / item o."""
    headings: tuple[str, ...]
    """Heading trail as printed, outermost first, without the block itself."""
    start: int
    """Offset in `Document.text`, in characters, inclusive."""
    body: int
    """Offset where the text begins after a printed number or mark ("o. "); `start` where there is none."""
    end: int
    """Offset in `Document.text`, in characters, exclusive."""
    page: int | None = None
    """Page of the file on which it begins, from 1; None where the format has no pages."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of a file that is not in the document's text."""

    kind: str
    """"running head", "page number", "footnote", "footnote mark", "page mark", "contents", "menu", "hidden",
    "deleted text", "cookie notice", "comment", "front matter" or "picture"."""
    text: str
    """As the file has it, wrapped lines joined; empty for a picture."""
    page: int | None = None
    """Page of the file, from 1; None where the format has no pages."""


@dataclass(frozen=True, slots=True)
class Given:
    """What people say of a document, in `NAME.toml` beside its file or on the command line; None where they do not."""

    slug: str | None = None
    title: str | None = None
    symbol: str | None = None
    language: str | None = None
    date: datetime.date | None = None
    body: str | None = None
    session: str | None = None
    agenda_item: str | None = None

    def __post_init__(self) -> None:
        """Texts go onto one line, without lone surrogates (of a command line in another encoding); blank is not given."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                clean = " ".join(value.encode("utf-8", "replace").decode().split())
                object.__setattr__(self, field.name, clean or None)

    def over(self, other: Given) -> Given:
        """These, and those of `other` where nothing is said here."""
        own = {key: value for key, value in asdict(self).items() if value is not None}
        return replace(other, **own)


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Document:
    """One edition (one language) of one work, as read from a file."""

    slug: str
    """Short name for people and clause ids, unique in a library, for example "brussels-2006"."""
    text: str
    """The file's text with wrapped lines joined; blocks are parted by blank lines."""
    blocks: tuple[Block, ...]
    """In the order of the text."""
    sha256: str
    """Hex digest of the file's bytes."""
    title: str
    language: str | None
    """ISO 639-1, or None where a document mixes languages or is in none that is known."""
    source: str
    """Name of the file as the user gave it, without its folder."""
    symbol: str | None = None
    date: datetime.date | None = None
    """Of adoption where the text says so, else of the document."""
    body: str | None = None
    """English name of the body whose document it is (index/bodies.py)."""
    session: str | None = None
    """As printed: "Seventy-fourth session"."""
    agenda_item: str | None = None
    """As printed: "Agenda item 70 (b)"."""
    from_picture: bool = False
    """Whether the text was read from pictures of pages (OCR), and may have errors that the print has not."""
    notes: tuple[str, ...] = ()
    """What had to be assumed while reading, a sentence each, for example the encoding."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file has and the text has not: page numbers, running heads, footnotes."""
    rows: tuple[Row, ...] = ()
    """Set for a `.jsonl` corpus only: what each block's row says of itself, one a block."""
    given: Given = NOTHING
    """What people said of it, which is in the fields above already."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one line of a `.jsonl` corpus says of its clause, beside the text."""

    id: str
    language: str | None = None
    title: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause: the smallest thing that is marked and quoted."""

    start: int
    """Offset in `Document.text`, in characters, inclusive."""
    end: int
    """Offset in `Document.text`, in characters, exclusive."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest numbered or separate unit of a document: what people cite."""

    id: str
    """`<slug>#<path>`, for example "brussels-2006#annex/4/o"; for a `.jsonl` corpus the row's own id."""
    document: str
    """sha256 of the document's file, hex."""
    kind: BlockKind
    path: tuple[Step, ...]
    headings: tuple[str, ...]
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""
    text: str
    """`document.text[start:end]`."""
    sentences: tuple[Sentence, ...]
    """In order; together they cover all visible characters of the clause."""
    language: str | None
    label: str | None = None
    """A label given with a `.jsonl` row, shown as it is; None where the label is made from `path`."""
    page: int | None = None
    """Page of the file on which it begins, from 1; None where the format has no pages."""
    columns: str = ""
    """Of a row of a table: the row that names its columns, a clause of its own."""

    @property
    def searched(self) -> str:
        """What it is found by: its text, after the names of its columns."""
        return f"{self.columns}\n{self.text}" if self.columns else self.text

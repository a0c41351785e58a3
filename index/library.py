"""A library: the folder of documents that questions are asked of. Safe to share between threads."""

from __future__ import annotations

import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.clause import NOTHING, Clause, Document, Given
from index.embed import Embedder
from index.errors import NotFoundError, WrongModelError
from index.namesake import Namesake, is_like, is_numbered, is_old_self, likeness, namesake_of
from index.passages import clauses_of, sentence_texts
from index.readers.read import described, read_document, slug_from
from index.searchable import Searchable, Vectors, words_by_language
from index.snapshot import Snapshot
from index.store import Store
from index.stored import text_hash
from index.vectors import VectorIndex
from index.words.lexicon import Lexicon, shipped_lexicon

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding one file."""

    state: Literal["added", "updated", "unchanged", "kept"]
    """Kept: another state or description of it is in the library, and stays as it is."""
    slug: str
    title: str
    clauses: int
    notes: tuple[str, ...]
    namesake: str | None = None
    """Slug of the document of the same name or symbol that it stands beside; of several the last that came."""
    before: str | None = None
    """Slug that it had until now, where what is said of it newly gives it another."""


class Library:
    """Documents in, clauses and vectors out.

    `load_embedder` is called once, when the first vector is needed: listing and checking need none.
    """

    def __init__(self, folder: Path, load_embedder: Callable[[], Embedder]) -> None:
        self.folder = folder
        self._load_embedder = load_embedder
        self._embedder: Embedder | None = None
        self._snapshot: Snapshot | None = None
        self._clause_vectors: list[int] = []
        self._sentence_vectors: list[list[int]] = []
        self._searchable: Searchable | None = None
        self._lock = threading.RLock()
        self._store = Store.open(folder)

    @property
    def writable(self) -> bool:
        """Whether documents can be added here."""
        return self._store.writable

    @property
    def embedder(self) -> Embedder:
        """The embedding model. Raises WrongModelError where the library's vectors are another model's."""
        with self._lock:
            if self._embedder is None:
                embedder = self._load_embedder()
                with self._store.reading():
                    model = self._store.get("model")
                if model is not None and model != embedder.name:
                    raise WrongModelError(
                        f'The library in {self.folder} was built with the model "{model}", now it is asked with '
                        f'"{embedder.name}": set CLAUSES_MODEL back, or run `clauses --library {self.folder} rebuild`.'
                    )
                self._embedder = embedder
            return self._embedder

    def close(self) -> None:
        """Close the library's file, when nobody reads from it any more: SQLite does not bear a connection closed under it."""
        with self._lock:
            self._store.close()

    def seed(self, progress: Progress | None = None) -> None:
        """Index the documents that ship, the first time a library is used; never again, also when they were removed."""
        with self._lock, self._store.reading():
            if self._store.get("seeded") or not self.writable:
                return
        for file in shipped():
            self.add(file, progress)
        with self._lock, self._store.writing():
            self._store.put("seeded", "yes")

    def add(
        self,
        path: Path,
        progress: Progress | None = None,
        given: Given = NOTHING,
        *,
        ocr: bool = False,
        beside: Collection[str] = (),
        replacing: str | None = None,
    ) -> Added:
        """Add one file, all of it or nothing. The same file again, described in the same way, changes nothing; what was said of
        it before stays where nothing else is said. Of another file with its name it is not said.

        ocr: also read pages that are pictures, which takes seconds a page. beside: slugs of documents that the file cannot be a
        later state of (they came with it); it stands beside them whatever it is called. replacing: slug of the document that it
        is a later state of, where that is known: it takes its place and its slug, whatever it is called. Raises
        FileRefusedError for a file that cannot be read, NotFoundError where there is nothing to replace, LibraryError where the
        library cannot be written.
        """
        return self.put(read_document(path, given, ocr=ocr), None, {}, progress, beside=beside, replacing=replacing)

    def add_document(self, document: Document, progress: Progress | None = None) -> Added:
        """Add a document that has been read already."""
        return self.put(document, None, {}, progress)

    def put(
        self,
        document: Document,
        ready: Sequence[Clause] | None,
        vectors: dict[str, NDArray[np.float32]],
        progress: Progress | None,
        *,
        beside: Collection[str] = (),
        keep: bool = False,
        replacing: str | None = None,
    ) -> Added:
        """Store a document, all of it or nothing. ready: its clauses, where another library has made them; vectors: those
        that need not be made, by text hash; beside, replacing: as for `add`; keep: what the library has of it already stays."""
        self._store.must_be_writable()
        store = Store.open(self.folder)  # a connection of its own: reading goes on beside it
        try:
            read, texts = document, tuple[str, ...]()
            while True:
                with store.reading():
                    present, target = next(iter(store.documents(read.sha256)), None), _target(store, replacing)
                    twice = present.slug if target and present and present.slug != target.slug else None
                    present = None if twice else present
                    document = described(read, present.given) if present and not keep else read
                    if present is not None and _described_alike(present, document):
                        return Added("unchanged", present.slug, present.title, 0, document.notes)
                    texts = texts or tuple(clause.text for clause in ready or clauses_of(document))
                    met = _met(store, read, beside)
                    old = target or _old_self(met[1], read, texts, either=keep)
                    slug = old.slug if old else met[0]
                    if slug and keep:
                        return Added("kept", slug, document.title, 0, ())
                    wanted, known = described(document, old.given) if old else document, present or old
                    renamed = known is not None and _named_anew(known, wanted)
                    free = _free_slug(wanted.slug, store.slugs() - {slug})
                    document = replace(wanted, slug=slug if slug and not renamed else free)
                    others, new = met[1] if slug is None else [], namesake_of(wanted, texts)
                    if renamed:
                        others = [other for other in store.namesakes(wanted) if other.slug != slug]
                    namesake = next((other.slug for other in others[::-1] if _alike(other, new)), None)
                embedder = self.embedder
                clauses = [_renamed(c, read.slug, document.slug) for c in ready] if ready else clauses_of(document)
                made = self._embed(store, clauses, embedder, vectors, progress)
                with store.writing():
                    model = store.get("model")
                    if model not in (None, embedder.name):
                        raise WrongModelError(f'Meanwhile another process built this library with the model "{model}".')
                    hashes = set(_texts(clauses))
                    if (
                        _met(store, read, beside) == met
                        and document.slug not in store.slugs() - {slug}
                        and hashes <= store.known_vectors(sorted(hashes)) | made.keys()
                    ):
                        store.put("model", embedder.name)
                        store.add_vectors(made)
                        # With twice, it was added beside the one that it replaces.
                        store.add_document(document, clauses, replacing=[one for one in (slug, twice) if one])
                        state: Literal["added", "updated"] = "updated" if slug else "added"
                        return Added(
                            state, document.slug, document.title, len(clauses), document.notes, namesake,
                            slug if renamed and slug != document.slug else None,
                        )  # fmt: skip
                # Another process added or removed something in between: look again.
        finally:
            store.close()

    def remove(self, name: str) -> str:
        """Remove a document by its slug, symbol or file hash; return its slug. Raises NotFoundError."""
        document = self.document(name)
        store = Store.open(self.folder)
        try:
            with store.writing():
                store.put("seeded", "yes")
                store.remove_document(document.slug)
        finally:
            store.close()
        return document.slug

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make all vectors anew with the present model; return how many. Texts and ids stay."""
        self._store.must_be_writable()
        embedder = self._load_embedder()
        store = Store.open(self.folder)
        try:
            while True:
                with store.reading():
                    changes, documents = store.change_count(), store.documents()
                    clauses, _, _ = store.clauses(documents)
                texts = _texts(clauses)
                vectors = embedder.encode_passages(list(texts.values()), progress=progress)
                with store.writing():
                    if store.change_count() == changes:
                        store.replace_vectors(dict(zip(texts, vectors, strict=True)))
                        store.put("model", embedder.name)
                        break
        finally:
            store.close()
        with self._lock:
            self._embedder = embedder
        return len(texts)

    def document(self, name: str) -> Document:
        """A document by its slug, symbol or file hash (its first 8 digits will do). Raises NotFoundError."""
        wanted = name.strip()
        if not wanted:
            raise NotFoundError("The name of a document is missing; `clauses list` shows the names.")
        for document in self.snapshot().documents:
            named = wanted == document.slug or _squeezed(wanted) == _squeezed(document.symbol or "")
            if named or (len(wanted) >= 8 and document.sha256.startswith(wanted)):
                return document
        raise NotFoundError(f'The library has no document "{name}"; `clauses list` shows those it has.')

    def only(self, name: str) -> Document:
        """The document of a name that must be no other's: of a symbol in several languages none is meant. Raises
        NotFoundError."""
        found = self.document(name)
        same = [d.slug for d in self.snapshot().documents if d.symbol is not None and d.symbol == found.symbol]
        if len(same) > 1 and name.strip() != found.slug and not found.sha256.startswith(name.strip()):
            raise NotFoundError(f'"{name}" is {len(same)} documents: say which of {", ".join(same)}.')
        return found

    def snapshot(self) -> Snapshot:
        """The texts of the library as they are now; the same object as long as nothing changes."""
        with self._lock, self._store.reading():
            return self._read_snapshot()

    def searchable(self) -> Searchable:
        """The texts, their vectors and their words as they are now, from one view of the library."""
        embedder = self.embedder  # first: torch must be imported before faiss
        with self._lock, self._store.reading():
            snapshot = self._read_snapshot()
            if self._searchable is None:
                ids, matrix = self._store.vectors(embedder.dimension)
                index = VectorIndex.load_or_build(self.folder, ids, matrix, save=self.writable)
                languages = [clause.language for clause in snapshot.clauses]
                vectors = Vectors.arrange(index, self._clause_vectors, self._sentence_vectors, languages)
                words = words_by_language(self._store.tokens(), languages)
                self._searchable = Searchable(snapshot, vectors, words, self._lexicon())
            return self._searchable

    @property
    def has_lexicon(self) -> bool:
        """Whether it has a lexicon of its own beside the one that ships."""
        with self._lock, self._store.reading():
            return self._store.get("lexicon") is not None

    def keep_lexicon(self, data: bytes) -> None:
        """Use a lexicon (`Lexicon.to_bytes`) beside the one that ships, from the next question on."""
        store = Store.open(self.folder)
        try:
            with store.writing():
                store.put("lexicon", b64encode(data).decode())
                store.changed()
        finally:
            store.close()

    def _lexicon(self) -> Lexicon:
        own = self._store.get("lexicon")
        return shipped_lexicon().with_more(Lexicon.from_bytes(b64decode(own))) if own else shipped_lexicon()

    def _read_snapshot(self) -> Snapshot:
        changes = self._store.change_count()
        if self._snapshot is None or self._snapshot.changes != changes:
            documents = self._store.documents()
            clauses, self._clause_vectors, self._sentence_vectors = self._store.clauses(documents)
            self._searchable = None
            self._snapshot = Snapshot(
                fingerprint=self._store.fingerprint(), model=self._store.get("model") or "",
                documents=tuple(documents), clauses=tuple(clauses), changes=changes,
            )  # fmt: skip
        return self._snapshot

    def _embed(
        self,
        store: Store,
        clauses: list[Clause],
        embedder: Embedder,
        given: dict[str, NDArray[np.float32]],
        progress: Progress | None,
    ) -> dict[str, NDArray[np.float32]]:
        """Vectors, by text hash, of the texts that have none yet. Each distinct text is embedded once."""
        texts = _texts(clauses)
        with store.reading():
            known = store.known_vectors(sorted(texts))
        ready = {h: given[h] for h in texts if h not in known and h in given}
        new = {h: t for h, t in texts.items() if h not in known and h not in given}
        vectors = embedder.encode_passages(list(new.values()), progress=progress)
        return ready | dict(zip(new, vectors, strict=True))


def shipped() -> list[Path]:
    """The documents that come with the program."""
    folder = Path(str(resources.files("index"))) / "corpus"
    return sorted(file for file in folder.iterdir() if file.suffix == ".txt")


def _texts(clauses: Iterable[Clause]) -> dict[str, str]:
    """The distinct texts that need vectors, clauses and sentences, by hash."""
    return {text_hash(text): text for clause in clauses for text in (clause.searched, *sentence_texts(clause))}


def _renamed(clause: Clause, old: str, new: str) -> Clause:
    """A clause under another name of its document; the id of a `.jsonl` row is its own."""
    named = clause.id.startswith(f"{old}#") and clause.path[0].kind != "row"
    return replace(clause, id=new + clause.id.removeprefix(old)) if named else clause


def _described_alike(one: Document, other: Document) -> bool:
    """Whether two readings of one file say the same of it, its name in the library aside."""
    fields = "given", "title", "symbol", "language", "date", "body", "session", "agenda_item", "from_picture"
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _met(store: Store, document: Document, beside: Collection[str]) -> tuple[str | None, list[Namesake]]:
    """What a new document meets in a library: the slug of the document of the same file, or else its namesakes."""
    present = store.slug_of(document.sha256)
    return present, [] if present else [old for old in store.namesakes(document) if old.slug not in beside]


def _target(store: Store, replacing: str | None) -> Document | None:
    """The document that is to be replaced, None where none is. Raises NotFoundError where it is not here."""
    if replacing is None:
        return None
    found = next((document for document in store.documents() if document.slug == replacing), None)
    if found is None:
        raise NotFoundError(f"There is no document {replacing} to replace; `clauses list` shows what there is.")
    return found


def _named_anew(known: Document | Namesake, document: Document) -> bool:
    """Whether what is said of a document newly gives it another slug than what was said of it before."""
    now = replace(document, slug=slug_from(Path(known.source).stem))
    before = replace(now, symbol=known.symbol, language=known.language, given=known.given)
    return document.given != known.given and described(before, NOTHING).slug != described(now, NOTHING).slug


def _old_self(others: Sequence[Namesake], document: Document, texts: Sequence[str], *, either: bool) -> Namesake | None:
    """The one of `others` that a document is a later state of, or with `either` an earlier one; of several the likest."""
    new = namesake_of(document, texts)
    found = [old for old in others if is_old_self(old, new) or (either and is_old_self(new, old))]
    return max(found, key=lambda old: likeness(old.texts, new.texts)) if len(found) > 1 else next(iter(found), None)


def _alike(old: Namesake, new: Namesake) -> bool:
    """Whether people may take one for the other: the language is the same, no symbol tells them apart, and they are called
    the same, or are files of the same name that say much the same."""
    apart = old.symbol is not None and new.symbol is not None and old.symbol != new.symbol
    same_symbol = old.symbol is not None and old.symbol == new.symbol
    called = same_symbol or is_numbered(old.slug, new.slug)
    return old.language == new.language and not apart and (called or is_like(old, new))


def _squeezed(symbol: str) -> str:
    """A symbol as it is compared: "S/RES/2240(2015)" is "S/RES/2240 (2015)"."""
    return "".join(symbol.split())


def _free_slug(wanted: str, taken: set[str]) -> str:
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug

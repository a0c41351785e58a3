"""The nouns of an answer: hit, quote, ranked clause, answer."""

from __future__ import annotations

from dataclasses import dataclass

from index.clause import Clause


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause and its score for one question."""

    clause: Clause
    score: float
    """Weighted sum of `clause_z`, `sentence_z`, `words`, `covered` and `match`, or that of the older clause it stands before;
    higher is better."""
    clause_z: float
    """z-score of the clause's cosine."""
    words: float
    """Its words' score: within a language the z-score of BM25, across 0 to 1."""
    clause_cosine: float
    """Cosine of the question and the clause, -1 to 1."""
    sentence_cosines: tuple[float, ...]
    """Cosine of the question and each sentence of the clause, -1 to 1."""
    sentence_zs: tuple[float, ...]
    """z-score of each of these cosines."""
    sentence_shares: tuple[float, ...]
    """Share of the clause's matched words that each sentence has, by weight, 0 to 1; empty where none is to be quoted."""
    sentence_apart: tuple[float, ...] = ()
    """Share of the question's words in the clause that each sentence has, 0 to 1, each word counted by how few of the sentences
    have it; empty where none is to be quoted."""
    sentence_scores: tuple[float, ...] = ()
    """Log odds by which each sentence answers (rag/choose.py), against each other; empty where none is to be quoted, or where
    the clause was asked for by its place."""
    covered: float = 0.0
    """Share of what the question's words say that the clause has, 0 to 1."""
    match: float = 0.0
    """How well the sentence that goes best with the question does so, as question and answer (rag/choose.py), in log odds."""

    also: tuple[Clause, ...] = ()
    """Near-identical clauses of other works, newest first."""

    @property
    def sentence_z(self) -> float:
        """z-score of the best sentence's cosine."""
        return max(self.sentence_zs)


@dataclass(frozen=True, slots=True)
class Edition:
    """The official text of a quoted clause in another language: a span of that edition's document."""

    text: str
    """`document.text[start:end]`, to the letter."""
    citation: str
    label: str
    clause: str
    """The clause's id."""
    language: str | None
    """ISO 639-1."""
    document: str
    """sha256 of the document's file, hex."""
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""
    trust: float
    """How surely it is the same clause, 0 to 1 (`index.editions.trust`)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a document with its citation."""

    number: int
    """From 1, in the order shown."""
    text: str
    """`document.text[start:end]`, to the letter."""
    citation: str
    label: str
    """In the answer's language, for example "annex, sect. 4, para. (o)"."""
    clause: str
    """The clause's id."""
    language: str | None
    """Of the text, ISO 639-1."""
    symbol: str | None
    title: str
    document: str
    """sha256 of the document's file, hex."""
    start: int
    """Offset in the document's text, in characters, inclusive."""
    end: int
    """Offset in the document's text, in characters, exclusive."""
    score: float
    """Of the clause, as in `Hit.score`."""
    edition: Edition | None = None
    """The same clause in the asker's language, where the quote is in another and the library has it."""
    also: tuple[str, ...] = ()
    """Citations of clauses in other documents that have the quoted words to the letter, newest first; white space and the
    forms of hyphens and apostrophes aside. In another language: its edition there has that clause to the letter."""
    page: int | None = None
    """Page of the file on which the clause begins, from 1; None where the format has no pages."""
    from_picture: bool = False
    """Whether the text was read from a picture of the page (OCR); the citation says so."""
    alike: tuple[str, ...] = ()
    """Citations of near-identical clauses of other years that have the quoted words with a difference, newest first."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the ranking of clauses."""

    clause: str
    """The clause's id."""
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question; a refusal is an answer without quotes."""

    id: str | None
    """Given with the question, passed through."""
    question: str
    language: str
    """Of the answer's own words, one of the six, ISO 639-1."""
    refused: bool
    confidence: float
    """Probability that the library answers the question, 0 to 1."""
    text: str
    """The answer as Markdown; source text in it is escaped."""
    quotes: tuple[Quote, ...]
    ranking: tuple[Ranked, ...]
    """Up to ten clauses, best first, also when the answer is a refusal."""
    fingerprint: str
    """Of the library; the same question with the same fingerprint and model has the same answer."""
    model: str
    elapsed_ms: float
    nearest: Quote | None = None
    """With a refusal that is a near thing: what stands nearest to the question, shown as not answering it."""
    searched: tuple[str, ...] = ()
    """Titles of the documents that were searched, the first five."""
    searched_count: int = 0
    """How many documents were searched."""

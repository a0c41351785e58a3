"""The whole way from a question to an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.embed import Embedder
from index.library import Library
from index.searchable import Searchable
from rag.answer import Answer, Hit, Quote, Ranked
from rag.centres import centres
from rag.choose import Chooser
from rag.cite import label
from rag.compose import NAMED, answer_text, refusal_text
from rag.question.followup import names_nothing
from rag.question.named import SHORT_IN, SURE, asked_of_a_clause, hits_named
from rag.question.query import clean_question, query_of
from rag.question.spoken import asks_nothing_else, scope_of
from rag.quote import CLAUSE_MARGIN, quote
from rag.refuse import confidence, shipped_rule
from rag.retrieve import Retrieval, retrieve
from rag.verify import verified
from rag.within import Within


def ask(
    question: str,
    library: Library,
    history: Sequence[str] = (),
    *,
    id: str | None = None,
    within: Within | None = None,
) -> Answer:
    """Answer a question from the library, quoting to the letter, or refuse.

    `history` holds the earlier questions of the conversation, oldest first; `within` chooses documents.
    Raises QuestionError for an empty question, LibraryError and ModelUnavailableError from below.
    """
    started = time.perf_counter()
    clean_question(question)  # an empty one is said to be before the model is loaded for it
    searchable = library.searchable()
    snapshot = searchable.snapshot
    considered = consider(question, history, searchable, library.embedder, within)
    language, hits = considered.language, considered.retrieval.hits
    rule = shipped_rule()
    refused, near = considered.confidence < rule.threshold, considered.confidence >= rule.near
    found = verified(quote(hits, snapshot, language, searchable.lexicon), snapshot) if near else ()
    quotes, nearest = ((), _of_the_best(found, hits)) if refused else (found, None)
    titles = [
        document.title
        for document in snapshot.documents
        if (within is None or within.admits(document))
        and (considered.documents is None or document.sha256 in considered.documents)
    ]
    return Answer(
        id=id,
        question=question,
        language=language,
        refused=refused,
        confidence=round(considered.confidence, 4),
        text=refusal_text(titles, language, nearest) if refused else answer_text(quotes, language),
        quotes=quotes,
        ranking=tuple(Ranked(hit.clause.id, label(hit.clause, language), round(hit.score, 4)) for hit in hits),
        fingerprint=snapshot.fingerprint,
        model=library.embedder.name,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 2),
        nearest=nearest,
        searched=tuple(titles[:NAMED]),
        searched_count=len(titles),
    )


def _of_the_best(quotes: Sequence[Quote], hits: Sequence[Hit]) -> Quote | None:
    """The quote of the best clause itself, not that of a chapeau which it is read with; of a row of a table, which says nothing
    without its columns, none."""
    if not quotes or hits[0].clause.columns:
        return None
    best = hits[0].clause
    own = (said for said in quotes if said.document == best.document and best.start <= said.start < best.end)
    return next((replace(said, number=1) for said in own), None)


@dataclass(frozen=True, slots=True)
class Considered:
    """What is known of a question before anything is quoted."""

    language: str
    """Of the answer's own words."""
    retrieval: Retrieval
    confidence: float
    """Probability, 0 to 1, that the library answers the question."""
    documents: frozenset[str] | None = None
    """Hashes of those that the question was asked of, as it names them; None for all of the choice."""


def consider(
    question: str,
    history: Sequence[str],
    searchable: Searchable,
    embedder: Embedder,
    within: Within | None = None,
    rule: Chooser | None = None,
) -> Considered:
    """Find the clauses for a question and how sure it is that they answer it, in the documents that it names if it names
    any. Raises QuestionError. rule: as in `retrieve`."""
    query, snapshot = query_of(question, history), searchable.snapshot
    chosen = within.positions(snapshot) if within else None
    named, asked = hits_named(query, snapshot, chosen), asked_of_a_clause(query, snapshot)
    nothing = not query.carried and names_nothing(query.text)
    scope = scope_of(query, history, snapshot, chosen)
    if query.carried and scope.clauses is not None:  # "And paragraph 6?" of the document that was named before
        alone = (replace(query, carried=(), language=own) for own in (query.language, *SHORT_IN))
        found = (hits_named(one, snapshot, scope.clauses) for one in alone)
        named = next((hits for hits in found if hits is not None), None)
    nothing |= named == () or scope.absent or asks_nothing_else(query)
    query, chosen = scope.query, chosen if scope.clauses is None else scope.clauses
    documents = None
    if scope.clauses is not None:
        documents = frozenset(
            c.document for c, yes in zip(snapshot.clauses, scope.clauses.tolist(), strict=True) if yes
        )
    if asked:
        theirs = asked[0] if chosen is None else asked[0] & chosen
        if theirs.any():
            query, chosen = replace(query, text=asked[1]), theirs
        nothing |= not theirs.any()
    retrieval = retrieve(query, searchable, embedder, centres(embedder.name), chosen=chosen, rule=rule)
    if named:
        return Considered(query.language, _led_by(named, retrieval), SURE, documents)
    return Considered(query.language, retrieval, 0.0 if nothing else confidence(retrieval), documents)


def _led_by(named: Sequence[Hit], retrieval: Retrieval) -> Retrieval:
    """What was found, with the clauses that the question names first, so far ahead that no others are quoted."""
    ahead = max((hit.score for hit in retrieval.hits), default=0.0) + 2 * CLAUSE_MARGIN
    ids = {hit.clause.id for hit in named}
    rest = [hit for hit in retrieval.hits if hit.clause.id not in ids]
    return replace(
        retrieval,
        hits=(*(replace(hit, score=ahead) for hit in named), *rest[: max(0, len(retrieval.hits) - len(named))]),
    )

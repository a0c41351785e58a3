"""What can be asked next, and is answered: questions of places and headings in the documents and of the field, each one tried."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from index.clause import Clause
from index.errors import ClausesError
from index.library import Library
from index.snapshot import Snapshot
from index.words.names import names_of, places
from prompts import message
from rag.answer import Answer
from rag.ask import ask
from rag.refuse import shipped_rule
from rag.section import section_of
from rag.within import Within

MOST = 3
TRIED = 8
"""Candidates that are asked: some 20 ms each on a small library."""
SECONDS = 1.0
"""After so long no further candidate is tried, whatever was found by then."""
MARGIN = 0.1
"""Confidence above the threshold that the answer of a suggested question must have: on one in doubt nobody is sent."""
TOPIC_MARGIN = 0.3
"""The same for a question of the field, of which nothing but the confidence says that the answer is to the point."""
LOOKED_AT = 60
"""Clauses near the answer in which places and headings are looked for."""
_LONGEST = 90
"""Characters of a heading or title that can stand in a question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that the library may answer, and what its answer must then be about."""

    question: str
    place: str | None = None
    """Code of a place (`index.words.names`) that the clause quoted first must name."""
    heading: str | None = None
    """A heading that it must stand under."""
    document: str | None = None
    """sha256 of the document that it must be of."""

    @property
    def is_topic(self) -> bool:
        """Whether it names nothing that its answer could be held against."""
        return (self.place, self.heading, self.document) == (None, None, None)

    def is_met_by(self, clause: Clause) -> bool:
        """Whether a clause is about what was asked."""
        if self.place:
            return self.place in places(clause.text, clause.language)
        if self.heading:
            return self.heading in clause.headings
        return self.document in (None, clause.document)


def suggest(
    answer: Answer,
    library: Library,
    history: Sequence[str] = (),
    *,
    within: Within | None = None,
    idle: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """Up to three questions to ask after `answer`, in its language; none where none is sure to be answered.

    Each was asked just as it would be when it is clicked, with `history` and the question of `answer` before it; it was
    answered, with some confidence to spare, by a clause about what it names that was not shown yet. The same answer of the same
    library has the same suggestions, unless time runs out or `idle` says that there are others to serve.
    """
    until = time.monotonic() + SECONDS
    shown = {q.clause for q in (*answer.quotes, *([answer.nearest] if answer.nearest else []))}
    threshold = shipped_rule().threshold
    kept: list[str] = []
    for candidate in islice(candidates(answer, library.snapshot(), within), TRIED):
        if len(kept) == MOST or time.monotonic() > until or not idle():
            break
        try:
            found = ask(candidate.question, library, [*history, answer.question], within=within)
        except ClausesError:
            continue
        least = threshold + (TOPIC_MARGIN if candidate.is_topic else MARGIN)
        first = found.quotes[0] if found.quotes and found.confidence >= least else None
        if first is None or first.clause in shown or found.language != answer.language:
            continue
        if candidate.is_met_by(library.snapshot().clause_at(first.document, first.start)):
            kept.append(candidate.question)
            shown.add(first.clause)
    return tuple(kept)


def candidates(answer: Answer, snapshot: Snapshot, within: Within | None = None) -> Iterator[Candidate]:
    """Questions that may be asked next, each once: in turn one of a place, one of a heading, one of another document."""
    near = list(islice(_near(answer, snapshot, within), LOOKED_AT))
    shown = {(q.document, q.start) for q in answer.quotes}
    fresh = [c for c in near if not any(c.document == d and c.start <= start < c.end for d, start in shown)]
    language, seen = answer.language, {answer.question}
    named = chain(_headings(fresh, near[:1], language), _titles(near, snapshot, language, within))
    ways = (_places(fresh, answer), _topics(answer), named)
    for candidate in chain.from_iterable(zip_longest(*ways)):
        if candidate is not None and candidate.question not in seen:
            seen.add(candidate.question)
            yield candidate


def _near(answer: Answer, snapshot: Snapshot, within: Within | None) -> Iterator[Clause]:
    """Clauses, nearest to the answer first, each once: those that were ranked, what stands around them, the rest."""
    order = {ranked.clause: n for n, ranked in enumerate(answer.ranking)}
    ranked = sorted((c for c in snapshot.clauses if c.id in order), key=lambda c: order[c.id])
    around = chain.from_iterable(section_of(clause, snapshot) for clause in ranked)
    rest = chain.from_iterable(snapshot.clauses_of(d) for d in dict.fromkeys(c.document for c in ranked))
    admitted = {d.sha256 for d in snapshot.documents if within is None or within.admits(d)}
    for clause in dict.fromkeys(chain(ranked, around, rest)):
        if clause.document in admitted:
            yield clause


def _places(clauses: Iterable[Clause], answer: Answer) -> Iterator[Candidate]:
    """Places that the clauses name and the question does not: "Morocco: what is mentioned?"."""
    asked = places(answer.question, answer.language)
    for clause in clauses:
        text = clause.text.replace("发展中国家", "")  # "developing countries", not "China"
        for code in sorted(places(text, clause.language) - asked):
            names = names_of(code, answer.language)
            if names:
                yield Candidate(message("suggest.place", answer.language, place=names[0]), place=code)


def _topics(answer: Answer) -> Iterator[Candidate]:
    """Questions of the field, from another one on after each question, so that not all answers suggest the same."""
    topics = message("suggest.topics", answer.language).split("|")
    first = sum(map(ord, answer.question)) % len(topics)
    return (Candidate(topic) for topic in topics[first:] + topics[:first])


def _headings(clauses: Iterable[Clause], first: Sequence[Clause], language: str) -> Iterator[Candidate]:
    """Headings of other sections than the answer's; in the asker's language where a document has it, else as printed."""
    own = {heading for clause in first for heading in clause.headings}
    of = dict.fromkeys((c.headings[-1], c.language) for c in clauses if c.headings and c.headings[-1] not in own)
    for heading, tongue in sorted(of, key=lambda pair: pair[1] != language):
        words = _plain(heading)
        if words:
            key = "suggest.heading" if tongue == language else "suggest.foreign_heading"
            yield Candidate(message(key, language, heading=words), heading=heading)


def _titles(near: Sequence[Clause], snapshot: Snapshot, language: str, within: Within | None) -> Iterator[Candidate]:
    """The library's other documents in the asker's language."""
    here = {clause.document for clause in near[:1]}
    for document in snapshot.documents:
        words = _plain(document.title)
        if (
            document.sha256 not in here
            and document.language == language
            and words
            and (not within or within.admits(document))
        ):
            yield Candidate(message("suggest.heading", language, heading=words), document=document.sha256)


def _plain(heading: str) -> str:
    """The words of a heading, without its number; nothing of one that is too long to stand in a question."""
    words = re.sub(r"^(?:[\divxIVX]{1,5}|[A-Za-z])[.)、]\s*", "", heading.splitlines()[0].strip() if heading else "")
    return words if 2 < len(words) <= _LONGEST and "\n" not in heading.strip() else ""

"""Questions with known answers, and what came of asking each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.clause import Clause
from index.library import Library
from index.readers.read import slug_from
from index.searchable import Searchable
from rag.answer import Hit
from rag.ask import consider
from rag.choose import Chooser
from rag.evaluate.held_out import rule_for
from rag.lines import Line, lines_of
from rag.question.query import QuestionError, clean_question
from rag.quote import quote
from rag.refuse import shipped_rule
from rag.verify import verify
from rag.within import Within, within_from_json

OWN = {
    "near misses": "brussels.jsonl", "framed": "framed.jsonl", "asked": "asked.jsonl", "asked, unseen": "asked_unseen.jsonl",
    "asked of resolutions": "asked_resolutions.jsonl", "misleading": "misleading.jsonl",
}  # fmt: skip
"""Files of questions written for this project, beside this one. About the document that ships: near misses, most of which ask
what its words are about and it does not say; framed, of the form "What does the document say about …", in six languages; asked,
as people ask, mostly in other words than it has, by readers of it alone; unseen, by another such reader, from which nothing is
learned. Of resolutions: asked likewise, by a reader of them. Misleading: of MISLEADING, for half of which another sentence
repeats the question's words; nothing is learned from them either."""
MISLEADING = Path(__file__).with_name("misleading_paragraphs.jsonl")
"""Paragraphs of five to eight sentences in six languages, written for this project."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and how to tell a right answer."""

    id: str
    language: str
    text: str
    history: tuple[str, ...]
    gold: tuple[str, ...]
    """Ids of the right clauses; empty for a question without an answer."""
    spans: tuple[str, ...]
    """A right quote has one of these, white space aside."""
    by_span: bool
    """Whether a clause is right when it has one of the spans, whatever its id."""
    symbol: str | None = None
    """Of the document that `gold` are printed paragraph numbers of; None where they are ids."""
    wrong: tuple[str, ...] = ()
    """Ids of clauses that a reader called wrong, where nobody has named the right one or said that there is one."""
    unnamed: bool = False
    """Whether it has an answer that nobody has named: it counts where answering is measured, not where finding is."""
    within: Within | None = None
    """The choice of documents that it is asked of."""

    @property
    def has_answer(self) -> bool:
        """Whether it is known to have one."""
        return bool(self.gold) or self.unnamed

    def is_right(self, clause: Clause) -> bool:
        """Whether a clause answers the question."""
        if self.symbol:
            numbers = [step.number for step in clause.path if step.kind == "paragraph"]
            return clause.id.startswith(f"{slug_from(self.symbol)}-") and bool(numbers) and numbers[0] in self.gold
        return self.has_span(clause.text) if self.by_span else clause.id in self.gold

    def found_by(self, hit: Hit) -> bool:
        """Whether a result is right: its clause, or one that it stands for (an edition, a twin of another year)."""
        return any(map(self.is_right, (hit.clause, *hit.also)))

    def has_span(self, text: str) -> bool:
        """Whether a text has one of the spans, white space aside."""
        squeezed = "".join(text.split())
        return any("".join(span.split()) in squeezed for span in self.spans)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one question.

    Quotes are looked at also where the answer is a refusal, on purpose: how well sentences are chosen is one measure,
    whether to answer another, and a change of the threshold must not move the first.
    """

    question: Question
    rank: int | None
    """Place of the first right clause, from 1, among ten; None where there is none."""
    confidence: float
    quoted_right: bool
    """Whether a right clause is among those quoted."""
    quote_hit: bool
    """Whether a span stands within the quoted sentences, or those that a refusal would have quoted."""
    sentences: tuple[int, ...]
    """Quoted sentences of each quote."""
    verbatim: bool
    """Whether every quote is a slice of its document."""
    seconds: float
    refused: bool
    wrong_again: bool = False
    """Whether the clause quoted first is one that a reader called wrong."""


def read_questions(file: Path, *, language: str | None = None) -> list[Question]:
    """Questions of a `.jsonl` file, {id, lang, question, gold, answers | must_contain, history?, symbol?}; of one language if
    named. Also what readers said of answers (rag/feedback.py): of several verdicts with one id the last counts. Raises
    ClausesError, with the line, for a file that is not of this form or empty."""
    lines = lines_of(file, "question")
    last = {line.name("id"): n for n, line in enumerate(lines) if "verdict" in line.values}
    found = [
        _question(line) for n, line in enumerate(lines) if "verdict" not in line.values or last[line.name("id")] == n
    ]
    return [question for question in found if language in (None, question.language)]


def own_questions(name: str) -> list[Question]:
    """The questions of a set of OWN."""
    return read_questions(Path(__file__).with_name(OWN[name]))


def _question(line: Line) -> Question:
    text, history = line.text("question"), line.texts("history")
    try:
        for asked in (text, *history):
            clean_question(asked)
    except QuestionError as error:
        raise line.error(f"there is nothing to search for in {asked!r}.") from error
    return Question(
        id=line.name("id"), language=line.text("lang"), text=text, history=history, gold=line.names("gold"),
        spans=line.texts("must_contain") or line.texts("answers"), by_span=line.values.get("must_contain") is not None,
        symbol=None if line.values.get("symbol") is None else line.text("symbol"), wrong=line.texts("wrong"),
        unnamed=line.values.get("answerable") is True, within=within_from_json(line.values.get("within")),
    )  # fmt: skip


def with_spans_of(questions: Sequence[Question], parallel: Sequence[Question]) -> list[Question]:
    """Questions with the right spans of the same questions in another language, that of the clauses. A question
    without a counterpart (the same id) keeps its own."""
    spans = {question.id: question.spans for question in parallel}
    return [replace(question, spans=spans.get(question.id, question.spans)) for question in questions]


def ask_all(
    questions: Sequence[Question], library: Library, progress: Callable[[int, int], None] | None = None
) -> list[Outcome]:
    """Ask every question, in order; the first of each language once before, so that no time is that of loading its words. One
    of a dev set that the choice of sentences was learned on is asked by a rule that has not seen its article."""
    searchable, held_out = library.searchable(), rule_for(library.embedder.name)
    for question in {question.language: question for question in reversed(questions)}.values():
        outcome(question, searchable, library, held_out(question.id))
    outcomes: list[Outcome] = []
    for question in questions:
        outcomes.append(outcome(question, searchable, library, held_out(question.id)))
        if progress:
            progress(len(outcomes), len(questions))
    return outcomes


def outcome(question: Question, searchable: Searchable, library: Library, rule: Chooser | None = None) -> Outcome:
    """Ask one question and look at what comes."""
    started = time.perf_counter()
    considered = consider(question.text, question.history, searchable, library.embedder, question.within, rule)
    hits = considered.retrieval.hits
    quotes = quote(hits, searchable.snapshot, considered.language)
    seconds = time.perf_counter() - started
    ranks = (n for n, hit in enumerate(hits, 1) if question.found_by(hit))
    clauses = [searchable.snapshot.clause_at(q.document, q.start) for q in quotes]
    return Outcome(
        question=question,
        rank=next(ranks, None),
        confidence=considered.confidence,
        quoted_right=any(question.is_right(clause) for clause in clauses),
        quote_hit=any(question.has_span(q.text) for q in quotes),
        sentences=tuple(
            sum(q.start <= sentence.start < q.end for sentence in clause.sentences)
            for q, clause in zip(quotes, clauses, strict=True)
        ),
        verbatim=all(verify(q, searchable.snapshot) for q in quotes),
        seconds=seconds,
        refused=considered.confidence < shipped_rule().threshold,
        wrong_again=bool(clauses) and clauses[0].id in question.wrong,
    )


def answerable(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those of questions of which the right clauses are known."""
    return [o for o in outcomes if o.question.gold]


def unanswerable(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those of questions that have no answer; where only a wrong clause is known, nobody can say."""
    return [o for o in outcomes if not o.question.has_answer and not o.question.wrong]

"""What the README promises of the document that ships: found, verbatim, no altered copy accepted, quick, small."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.embed import E5_QUERY_PROMPT
from index.library import Library
from rag.answer import Quote
from rag.ask import ask, consider
from rag.check.check import check
from rag.evaluate.altered import altered
from rag.verify import verify

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AlteredCopies:
    """Copies of real quotes, each with one thing changed."""

    tried: int
    accepted_by_check: int
    accepted_by_verify: int


def altered_copies(library: Library, count: int, progress: Progress | None = None) -> AlteredCopies:
    """Alter `count` sentences of the library and see whether `check` or `verify` takes one for the original.

    A copy that happens to be printed somewhere in the library (a full stop left off its end, two equal characters
    swapped) is a quotation to the letter, not an altered one, and is drawn again.
    """
    snapshot = library.snapshot()
    chance = random.Random(2006)
    squeezed = ["".join(document.text.split()) for document in snapshot.documents]
    places = [(c, s) for c in snapshot.clauses for s in c.sentences]
    tried = by_check = by_verify = 0
    while tried < count and places:
        clause, sentence = chance.choice(places)
        document = snapshot.document_by_hash[clause.document]
        text = document.text[sentence.start : sentence.end]
        copy = altered(text, chance)
        if copy is None or any("".join(copy.split()) in whole for whole in squeezed):
            continue
        tried += 1
        by_check += check(copy, snapshot).verbatim
        quote = Quote(
            1, text, "", "", clause.id, clause.language, None, "", clause.document, sentence.start, sentence.end, 0.0,
        )  # fmt: skip
        by_verify += verify(replace(quote, text=copy), snapshot) or not verify(quote, snapshot)
        if progress:
            progress(tried, count)
    return AlteredCopies(tried, by_check, by_verify)


@dataclass(frozen=True, slots=True)
class Speed:
    """A warm question beside the model's bare `encode_query`, in turn, question by question."""

    ratio: float
    """Median over questions of `ask` to the bare call."""
    asked: float
    """Median milliseconds of `ask`."""
    bare: float
    """Median milliseconds of the bare call."""
    finding: float
    """Median milliseconds of finding the clauses and weighing whether to answer, the model's vector aside."""
    quoting: float
    """What is left of `asked`: sentences, citations, editions, the check of every quotation."""

    def __str__(self) -> str:
        return (
            f"{self.ratio:.2f} times the bare `encode_query` ({self.asked:.0f} and {self.bare:.0f} ms, medians, in turn; beside "
            f"the vector, {self.finding:.1f} ms find and weigh, {max(self.quoting, 0):.1f} ms quote and verify)"
        )


def time_ratio(library: Library, questions: Sequence[str], rounds: int = 5, progress: Progress | None = None) -> Speed:
    """Time warm questions and their parts. There must be a question."""
    embedder, searchable = library.embedder, library.searchable()
    model = getattr(embedder, "model", None)

    def bare(text: str) -> object:
        return model.encode_query(text, prompt=E5_QUERY_PROMPT) if model else embedder.encode_queries([text])

    for question in questions[:5]:
        ask(question, library)
        bare(question)
    asks, encodes, considers = [], [], []
    for done in range(1, rounds + 1):
        for question in questions:
            asks.append(_seconds(ask, question, library))
            encodes.append(_seconds(bare, question))
            considers.append(_seconds(consider, question, (), searchable, embedder))
        if progress:  # between rounds, so that the bar is not in what is timed
            progress(done, rounds)
    ratio = statistics.median(a / b for a, b in zip(asks, encodes, strict=True))
    asked, encoded, considered = (statistics.median(times) * 1000 for times in (asks, encodes, considers))
    return Speed(ratio, asked, encoded, considered - encoded, asked - considered)


def peak_memory() -> float | None:
    """The most memory this process has had so far, in GiB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def _seconds(run: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - started

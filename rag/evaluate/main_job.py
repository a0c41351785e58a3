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
from rag.ask import ask
from rag.check import check
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


def time_ratio(library: Library, questions: Sequence[str], rounds: int = 5) -> tuple[float, float, float]:
    """A warm `ask` against the model's bare `encode_query`, in turn, question by question.

    Returns the median of the ratios, and the median milliseconds of each of the two.
    """
    embedder = library.embedder
    model = getattr(embedder, "model", None)

    def bare(text: str) -> object:
        return model.encode_query(text, prompt=E5_QUERY_PROMPT) if model else embedder.encode_queries([text])

    for question in questions[:5]:
        ask(question, library)
        bare(question)
    ratios, asks, encodes = [], [], []
    for _ in range(rounds):
        for question in questions:
            asks.append(_seconds(ask, question, library))
            encodes.append(_seconds(bare, question))
            ratios.append(asks[-1] / encodes[-1])
    return statistics.median(ratios), statistics.median(asks) * 1000, statistics.median(encodes) * 1000


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

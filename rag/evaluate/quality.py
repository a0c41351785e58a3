"""All figures on all dev sets, as one Markdown page (docs/quality.md); nothing in it is typed by hand."""

from __future__ import annotations

import datetime
import json
import platform
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path

from index.embed import Embedder
from index.errors import ClausesError
from index.library import Library
from rag.evaluate.crossing import Ranks, crossing
from rag.evaluate.documents import adding, adding_said, editions_found, files_found, paragraphs_found
from rag.evaluate.fit import collect
from rag.evaluate.libraries import Load, library_of_corpus, library_of_lines, shipped_library
from rag.evaluate.main_job import altered_copies, time_ratio
from rag.evaluate.measures import Figure, auroc, mean, recall_at
from rag.evaluate.plain import plain_outcomes
from rag.evaluate.questions import MISLEADING, Question, ask_all, own_questions, read_questions, with_spans_of
from rag.evaluate.remember import Remembering
from rag.evaluate.report import figures
from rag.evaluate.samples import LIBRARY_SIZE, Sample
from rag.refuse import confidence, shipped_rule

SPEED_CLAUSES = 10_000
"""Clauses of the library that the speed is measured in."""
SAME = ("zh", "en", "es", "ru", "ar")
ACROSS = (("en", "zh"), ("es", "zh"), ("ru", "zh"), ("ar", "zh"), ("zh", "en"))
"""Languages of question and clauses."""
Note = Callable[[str], None]
Figures = dict[str, Figure | float]


@dataclass(frozen=True, slots=True)
class _Sets:
    folder: Path
    embedder: Embedder
    """The model; a text that it has embedded before costs nothing."""
    timed: Embedder
    """The same, that embeds anew what is timed."""
    _measured: dict[tuple[str, str, str], tuple[int, Figures, Figures]] = field(default_factory=dict)

    def questions(self, name: str, language: str | None = None, spans_in: str | None = None) -> list[Question]:
        """The answerable questions of a set; with the spans of the same questions in the language of the clauses."""
        file = self.folder / name / "questions.jsonl"
        found = [q for q in read_questions(file, language=language) if q.gold]
        return with_spans_of(found, read_questions(file, language=spans_in)) if spans_in else found

    def library(self, name: str, language: str | None) -> AbstractContextManager[Library]:
        """A library of a set's paragraphs, all or those in one language."""
        return library_of_corpus(self.folder / name / "paragraphs.jsonl", language, self.load)

    def measured(self, name: str, asked: str, clauses: str) -> tuple[int, Figures, Figures]:
        """`_both` for a set's questions in one language about its clauses in another or the same; measured once."""
        key = name, asked, clauses
        if key not in self._measured:
            with self.library(name, clauses) as library:
                spans_in = clauses if asked != clauses else None
                self._measured[key] = _both(self.questions(name, asked, spans_in), library)
        return self._measured[key]

    def load(self) -> Embedder:
        """The model, for a library."""
        return self.embedder


def _keeping(kept: Remembering, note: Note) -> Note:
    """Keeps the vectors made so far before it tells what is next: a run that is stopped has not been for nothing."""

    def keep_and_note(what: str) -> None:
        kept.keep()
        note(what)

    return keep_and_note


def quality(
    folder: Path,
    load: Load,
    note: Note,
    vectors: Path | None = None,
    *,
    only: Sequence[str] = (),
    page: str = "",
) -> str:
    """Measure everything and return the page. load: gives the model; note: told what is measured next; vectors: file that
    keeps the vectors from run to run (nothing that is timed uses them).

    only: names of the SECTIONS to measure; the others are as `page`, an earlier one, has them. Each says when it was measured.
    """
    missing = [s for s in ("brussels", "xquad", "cmrc2018", "piaf", "squad2", "un_ga") if not (folder / s).is_dir()]
    if missing:
        raise ClausesError(f"{folder} lacks {', '.join(missing)}; it should hold the dev sets, a folder each.")
    kept = kept_sections(page, only)
    embedder = load()
    remembering = Remembering(embedder, vectors)
    sets, note = _Sets(folder, remembering, embedder), _keeping(remembering, note)
    parts = [
        "# Quality",
        "Made by `make quality`; nothing here is typed by hand. R@k is recall at k. In brackets: 95 % interval, bootstrap "
        "over questions. Plain: one vector a clause, `query: ` and `passage: ` prompts, inner product, nothing else; its "
        "quote is the whole clause.",
        f"Model {embedder.name}; {platform.system()} {platform.machine()}, Python {platform.python_version()}.",
    ]
    for name, (heading, measure, said) in SECTIONS.items():
        measured = f"Measured on {datetime.date.today().isoformat()}."
        own = kept.get(name) or "\n\n".join(filter(None, (measure(sets, note), said, measured)))
        parts.append(f"## {heading}\n\n{own}")
    return "\n\n".join(parts) + "\n"


def kept_sections(page: str, only: Sequence[str]) -> dict[str, str]:
    """What an earlier page has of the sections that are not to be measured, by name; without `only` there are none. Raises
    ClausesError for a name that is no section's, and where the page lacks one."""
    if unknown := [name for name in only if name not in SECTIONS]:
        raise ClausesError(f"There is no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}.")
    there = dict(re.findall(r"^## (.+)\n\n((?:(?!## ).*\n?)*)", page, re.MULTILINE))
    kept = {
        name: there.get(heading, "").strip() for name, (heading, _, _) in SECTIONS.items() if only and name not in only
    }
    if absent := [name for name, text in kept.items() if not text]:
        raise ClausesError(f"The page to keep the other sections of lacks {', '.join(absent)}: measure them too.")
    return kept


def _finding(sets: _Sets, note: Note) -> str:
    lines = _head(
        "set", "questions", "R@1", "plain R@1", "R@3", "plain R@3", "MRR@10", "quote hit", "sentences a quote"
    )
    note("brussels")
    with shipped_library(sets.load) as library:
        questions = sets.questions("brussels")
        lines.append(_row("brussels, six languages", *_both(questions, library)))
        lines.append(_row("brussels, follow-ups", *_both([q for q in questions if q.history], library)))
        for heading, name in (("asked, learned from", "asked"), ("asked, unseen", "asked, unseen")):
            lines.append(_row(heading, *_both([q for q in own_questions(name) if q.gold], library)))
    with library_of_corpus(MISLEADING, None, sets.load) as library:
        lines.append(_row("misleading sentences, unseen", *_both(own_questions("misleading"), library)))
    pairs = [("xquad", lang, lang) for lang in SAME] + [("xquad", asked, clauses) for asked, clauses in ACROSS]
    pairs += [("cmrc2018", "zh", "zh"), ("piaf", "fr", "fr"), ("squad2", "en", "en")]
    for name, asked, clauses in pairs:
        note(f"{name} {asked}-{clauses}")
        lines.append(_row(f"{name} {asked}-{clauses}", *sets.measured(name, asked, clauses)))
    note("un_ga, 14 resolutions in six languages")
    with library_of_corpus(sets.folder / "un_ga" / "txt", None, sets.load) as library:
        lines.append(_row("un_ga documents, six languages", *_both(sets.questions("un_ga"), library)))
    return "\n".join(lines)


def _both(questions: list[Question], library: Library) -> tuple[int, Figures, Figures]:
    """How many questions, our figures, and those of vectors alone."""
    return len(questions), figures(ask_all(questions, library)), figures(plain_outcomes(questions, library))


def _row(name: str, count: int, ours: Figures, plain: Figures) -> str:
    cells = [ours["R@1"], plain["R@1"], ours["R@3"], plain["R@3"], ours["MRR@10"], ours["quote hit of the retrieved"]]
    return _line(name, count, *cells, _two_places(ours["sentences a quote"]))


def _mixed(sets: _Sets, note: Note) -> str:
    lines = _head("asked in", "R@1, five languages", "R@1, one language", "plain, five languages")
    note("xquad, five languages in one library")
    with sets.library("xquad", None) as library:
        for language in SAME:
            _, ours, plain = _both(sets.questions("xquad", language), library)
            _, alone, _ = sets.measured("xquad", language, language)
            lines.append(_line(language, ours["R@1"], alone["R@1"], plain["R@1"]))
    return "\n".join(lines)


def _crossing(sets: _Sets, note: Note) -> str:
    note("un_ga, thirty pairs of languages")
    fused, plain = crossing(sets.folder / "un_ga" / "paragraphs.jsonl", sets.embedder)
    languages = sorted({source for source, _ in fused})
    tables = []
    for name, ranks in (("R@1", fused), ("plain R@1", plain)):
        lines = _head(name, *languages)
        for source in languages:
            cells = ["" if source == t else f"{recall_at(ranks[source, t], 1).value:.3f}" for t in languages]
            lines.append(_line(source, *cells))
        tables.append("\n".join(lines))
    ours, theirs = _all(fused), _all(plain)
    return "\n\n".join([*tables, f"All pairs: {ours}; plain {theirs}."])


def _all(ranks: Ranks) -> Figure:
    return recall_at([rank for own in ranks.values() for rank in own], 1)


def _refusing(sets: _Sets, note: Note) -> str:
    lines = _head("set", "answerable", "unanswerable", "AUROC", "answered of answerable", "refused of unanswerable")
    note("refusal: brussels, xquad with and without the paragraph")
    samples = collect(sets.folder, sets.embedder)
    for source in dict.fromkeys(sample.source for sample in samples):
        lines.append(_refusal_row(source, [s for s in samples if s.source == source]))
    for name in ("squad2", "nomiracl"):
        file = sets.folder / name / "questions.jsonl"
        if not file.is_file():
            continue
        note(f"refusal: {name}")
        languages = sorted({q.language for q in read_questions(file)})
        for language in languages:
            with sets.library(name, language) as library:
                outcomes = ask_all(read_questions(file, language=language), library)
            own = figures(outcomes)
            yes, no = (sum(bool(o.question.gold) == wanted for o in outcomes) for wanted in (True, False))
            rates = own["AUROC"], own["answered of answerable"], own["refused of unanswerable"]
            lines.append(_line(f"{name} {language}", yes, no, *rates))
    return "\n".join(lines)


def _refusal_row(source: str, samples: Sequence[Sample]) -> str:
    said = [(confidence(s.retrieval), s.answerable) for s in samples]
    yes, no = ([value for value, answerable in said if answerable == wanted] for wanted in (True, False))
    threshold = shipped_rule().threshold
    rates = mean([v >= threshold for v in yes]), mean([v < threshold for v in no])
    name = f"{source}, libraries of {LIBRARY_SIZE}" if source.startswith("xquad") else source
    return _line(name, len(yes), len(no), auroc(yes, no), *rates)


def _documents(sets: _Sets, note: Note) -> str:
    lines = _head("read", "paragraphs", "right")
    note("reading of files")
    if (sets.folder / "files").is_dir():
        for kind, found in files_found(sets.folder / "files", ocr=True).items():
            lines.append(_line(f"files, {kind}", found.count, found))
    for what, measure in (("resolutions", paragraphs_found), ("editions of clauses", editions_found)):
        note(what)
        for language, found in measure(sets.folder / "un_ga").items():
            lines.append(_line(f"{what}, {language}", found.count, found))
    note("adding of documents")
    took = adding(sets.folder / "un_ga" / "txt", lambda: sets.timed)
    return "\n".join(lines) + "\n\n" + adding_said(took)


def _promises(sets: _Sets, note: Note) -> str:
    note("altered copies")
    with shipped_library(sets.load) as library:
        altered = altered_copies(library, 10_000)
    note(f"speed, {SPEED_CLAUSES:,} clauses")
    with (
        library_of_lines(_many(sets.folder), sets.load) as filled,
        closing(Library(filled.folder, lambda: sets.timed)) as library,
    ):
        count = len(library.snapshot().clauses)
        asked = [q.text for q in sets.questions("brussels")][:40]
        speed = time_ratio(library, asked)
    return (
        f"- Altered copies of real quotes: {altered.tried:,} tried, {altered.accepted_by_check} accepted by `check`, "
        f"{altered.accepted_by_verify} by `verify`.\n"
        f"- A warm question in a library of {count:,} clauses in six languages: {speed}."
    )


def _many(folder: Path) -> list[str]:
    """Clauses of several sets in six languages, each once, up to 10,000."""
    lines: list[str] = []
    for name in ("un_ga", "nomiracl", "xquad", "cmrc2018", "piaf"):
        file = folder / name / "paragraphs.jsonl"
        if file.is_file():
            for line in file.read_text("utf-8").splitlines():
                row = json.loads(line)
                row["id"] = f"{name}-{row['id']}-{row['lang']}"
                lines.append(json.dumps(row, ensure_ascii=False))
    return lines[:SPEED_CLAUSES]


SECTIONS: dict[str, tuple[str, Callable[[_Sets, Note], str], str]] = {
    "finding": (
        "Finding and quoting",
        _finding,
        "Quote hit: a right span inside the quoted sentences, of the questions with a right clause among those quoted. The "
        "match of question and sentence that ships was learned on these sets and knows them by heart: here each question is "
        "asked by one learned without its article (rag/evaluate/held_out.npz); the five weights of ranking and two numbers of "
        "the choice of sentences were learned on them. Asked: questions about the document that ships by readers of it alone, "
        "mostly in other words than it has; the unseen ones by another reader, and nothing was learned from them. "
        "Misleading: of 30 paragraphs in six languages; for half of the questions another sentence repeats the words.",
    ),
    "mixed": ("Five languages in one library", _mixed, "The right paragraph first, in any of its five languages."),
    "crossing": (
        "A paragraph finds itself in another language",
        _crossing,
        "Paragraphs of 14 resolutions, six languages; a paragraph of another year that is equal to 90 % counts as right. "
        "Rows: language asked in; columns: language of the clauses.",
    ),
    "refusing": (
        "Refusing",
        _refusing,
        f"AUROC of the confidence; both rates at the shipped threshold of {shipped_rule().threshold}. The rule was fitted on "
        "all rows but those of other matters that say so, SQuAD 2.0's and NoMIRACL's: these are over its own data, the held-out "
        "figures are in rag/refusal.json and "
        "below in the curve. Near misses and framed were written for this project (rag/evaluate): the first share the words of "
        'the document and ask what it does not say, the second are of the form "What does the document say about …"; rules '
        "were written on both. SQuAD 2.0: its unanswerable questions were written to look answerable by the paragraph they "
        "stand under. NoMIRACL: nothing in the library answers. Other matters: questions of NoMIRACL, or of XQuAD, "
        "PIAF and CMRC 2018, asked of the resolutions.\n\n"
        "![Of answers said to be this sure, how many were right](reliability.svg)",
    ),
    "documents": (
        "Documents",
        _documents,
        "Paragraphs whose printed number, start and end are right; scans are read with Tesseract, where it is installed. "
        "Editions: a clause's counterpart in another language is the right one.",
    ),
    "promises": ("Quotations and speed", _promises, ""),
}
"""By name: heading, what measures it, and what is said of it."""


def _head(*names: str) -> list[str]:
    return [_line(*names), "|---" * len(names) + "|"]


def _line(*cells: object) -> str:
    return "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells) + " |"


def _two_places(figure: Figure | float) -> str:
    if isinstance(figure, float):
        return f"{figure:.2f}"
    return f"{figure.value:.2f}" if figure.count else "-"

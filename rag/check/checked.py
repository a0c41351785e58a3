"""What is said of a paper's quotations: a quotation with its verdict, the report on all of them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.snapshot import Snapshot
from rag.check.check import Difference, Match, QuotationError
from rag.check.difference import Finding
from rag.check.paper import Paper
from rag.check.quotations import Quotation

Verdict = Literal["verbatim", "with_omissions", "differs", "not_found", "too_short"]
VERDICTS: tuple[Verdict, ...] = ("verbatim", "with_omissions", "differs", "not_found", "too_short")
Note = Literal["negation_before", "negation_omitted", "unclosed"]
"""A negation right before the quoted words; one in what is left out; no closing mark."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document prints where a quotation, or a part of one, stands or should stand."""

    match: Match
    text: str
    """`document.text[match.start:match.end]`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation and what the library says of it."""

    number: int
    """From 1, in the order of the paper."""
    quotation: Quotation
    verdict: Verdict
    passages: tuple[Passage, ...] = ()
    """Every place of a verbatim one, at most 20; else the passage meant, or one for each part."""
    differences: tuple[Difference, ...] = ()
    """Together they spell the quotation, layout marks aside; empty for a verbatim one."""
    findings: tuple[Finding, ...] = ()
    """Gravest first; for "differs" only."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The quotations of a paper, checked against a library at one moment."""

    name: str
    """Of the paper's file; empty for what was pasted."""
    checked: tuple[Checked, ...]
    fingerprint: str
    """Of the library."""
    language: str
    """Of labels and citations."""
    date: datetime.datetime
    single: bool = False
    """Whether the whole text was taken for one quotation."""

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many quotations got each verdict."""
        found = Counter(one.verdict for one in self.checked)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def all_verbatim(self) -> bool:
        """Whether every quotation that was checked is verbatim, none with omissions; there must be one."""
        counts = self.counts
        return 0 < counts["verbatim"] == len(self.checked) - counts["too_short"]


class ReportOutdatedError(QuotationError):
    """A report on documents that are no longer as they were checked."""


def made_report(
    paper: Paper, checked: Sequence[Checked], snapshot: Snapshot, language: str, *, single: bool = False
) -> Report:
    """The report on what was checked, dated now."""
    now = datetime.datetime.now().astimezone()
    return Report(paper.name, tuple(checked), snapshot.fingerprint, language, now, single)


def verified_report(report: Report, snapshot: Snapshot) -> Report:
    """The report, its passages slices of their documents still. Raises ReportOutdatedError where one is not."""
    for passage in (passage for one in report.checked for passage in one.passages):
        document = snapshot.document_by_hash.get(passage.match.document)
        if document is None or document.text[passage.match.start : passage.match.end] != passage.text:
            raise ReportOutdatedError(
                "The library has changed since this was checked; check again, then download the report."
            )
    return report

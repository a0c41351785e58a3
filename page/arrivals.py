"""Documents on their way in, as HTML: where files are dropped, how far they are, what came of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.clause import Document
from index.errors import FileRefusedError
from index.readers.bundle import PassedOver
from index.snapshot import Snapshot
from page.catalogue import languages_of
from page.escape import flat, isolated, text, tongue
from page.uploads import MAX_MB
from prompts import DEFAULT, message
from rag.adding import Outcome
from rag.intake import Step

SHOWN = 300
"""Files that the summary lists."""
STATES = ("added", "updated", "unchanged", "refused", "passed_over")


def drop_html(language: str) -> str:
    """The field that files are dropped on or chosen with; its sentences for the script, which fills in names alone."""
    said = {key: text(message(f"shelf.{key}", language)) for key in ("drop", "drop_how")}
    script = "".join(
        f' data-{key.replace("_", "-")}="{text(message(f"shelf.{key}", language, **blank))}"'
        for key, blank in (
            ("uploading", {"name": "{name}", "done": "{done}", "total": "{total}"}),
            ("too_large", {"name": "{name}"}), ("folder", {"name": "{name}"}),
        )
    )  # fmt: skip
    return (
        f'<div class="cl-drop"{tongue(language)} data-limit="{MAX_MB * 1_000_000}"{script}>'
        f'<input type="file" id="cl-files" multiple aria-labelledby="cl-drop-name" aria-describedby="cl-drop-how">'
        f'<label for="cl-files"><b id="cl-drop-name">{said["drop"]}</b><span id="cl-drop-how">{said["drop_how"]}</span></label>'
        "</div>"
    )


def said_html(sentence: str, language: str) -> str:
    """A sentence in the place that screen readers watch."""
    return f"<p{tongue(language)}>{text(sentence)}</p>" if sentence else ""


def progress_said(step: Step, language: str) -> str:
    """How far a lot is, in a sentence that changes with each file and not with each text."""
    if step.state == "waiting":
        return message("shelf.waiting", language)
    return message("shelf.reading", language, name=step.name, count=len(step.outcomes))


def progress_html(step: Step, language: str) -> str:
    """How far the file at hand is: without a number while it is being read."""
    share = f' value="{step.done}" max="{step.total}"' if step.total else ""
    count = message("shelf.texts", language, done=step.done, total=step.total) if step.total else ""
    return (
        f'<div class="cl-progress"{tongue(language)}><progress aria-label="{text(step.name)}"{share}></progress>'
        f"<p>{text(count)}</p></div>"
    )


def summary_said(outcomes: Sequence[tuple[str, Outcome]], language: str) -> str:
    """All files in one line, each outcome with its number."""
    counts = Counter(_state(outcome) for _, outcome in outcomes)
    return " · ".join(message(f"shelf.{state}", language, count=counts[state]) for state in STATES if counts[state])


def summary_html(outcomes: Sequence[tuple[str, Outcome]], snapshot: Snapshot, language: str) -> str:
    """What came of each file: what was read of it, or why it was not, in the sentence of the command line."""
    by_slug = {document.slug: document for document in snapshot.documents}
    counts = Counter(clause.document for clause in snapshot.clauses)
    rows = "".join(_outcome(name, outcome, by_slug, counts, language) for name, outcome in outcomes[:SHOWN])
    if len(outcomes) > SHOWN:
        rows += f"<li>{text(message('page.more', language, count=len(outcomes) - SHOWN))}</li>"
    return f'<ul class="cl-came" tabindex="-1"{tongue(language)}>{rows}</ul>' if rows else ""


def _outcome(name: str, outcome: Outcome, by_slug: dict[str, Document], counts: Counter[str], language: str) -> str:
    if isinstance(outcome, FileRefusedError):
        return f'<li class="cl-refused"{tongue(DEFAULT)}>{text(str(outcome))}</li>'
    if isinstance(outcome, PassedOver):
        return f"<li{tongue(DEFAULT)}><bdi>{text(name)}</bdi> — {text(outcome.why)}</li>"
    document = by_slug.get(outcome.slug)
    parts = [message("shelf.here", language)] if outcome.state == "unchanged" else []
    if document:
        name_of, count = message("shelf.clauses", language), counts[document.sha256]
        parts += [
            message("shelf.pair", language, name=name_of, value=count),
            languages_of(document, language),
            document.symbol or "",
        ]
        if document.left_out:
            parts.append(message("shelf.left_out", language, count=len(document.left_out)))
    notes = "".join(f"<p{tongue(DEFAULT)}>{text(note)}</p>" for note in outcome.notes)
    if other := by_slug.get(outcome.namesake or ""):
        title = flat(other.title)
        notes += f"<p>{isolated(message('shelf.beside', language, name=title), [title])}</p>"
    about = " · ".join(f"<bdi>{text(part)}</bdi>" for part in parts if part)
    return f"<li><bdi>{text(name)}</bdi> — {about}{notes}</li>"


def _state(outcome: Outcome) -> str:
    return "refused" if isinstance(outcome, FileRefusedError) else outcome.state.replace(" ", "_")

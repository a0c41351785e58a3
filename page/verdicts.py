"""Checked quotations as HTML: the verdict, the place, what differs."""

from __future__ import annotations

from collections.abc import Sequence

from index.snapshot import Snapshot
from page.escape import isolated, text, tongue
from prompts import message
from rag.check.check import Difference
from rag.check.checked import Checked, Passage, Report
from rag.check.report import reasons, shown_differences

_SIGNS = {"verbatim": "✓", "with_omissions": "✓…", "differs": "✗", "not_found": "?", "too_short": "–"}
SHOWN_PLACES = 5
"""Places of a quotation that are listed; of more it is said how many."""


def report_html(report: Report, snapshot: Snapshot, *, switch: bool) -> str:
    """One quotation with its verdict large, or the list of a paper's; `switch`: with a button to take the text the other way."""
    language = report.language
    other = _switch(report, language) if switch else ""
    if report.single:
        one = report.checked[0]
        more = f'<p class="cl-check-why">{text(message(f"check.{one.verdict}_more", language))}</p>'
        return f'<div class="cl-checked cl-{one.verdict}"{tongue(language)}>{_one(one, snapshot, language, more)}{other}</div>'
    items = "".join(
        f'<li class="cl-checked cl-{one.verdict}">{_one(one, snapshot, language, "")}</li>' for one in report.checked
    )
    only = message("check.only", language)
    filtered = (
        f'<label class="cl-check-only"><input type="checkbox"> {text(only)}</label>'
        f'<ol class="cl-checks" aria-label="{text(message("check.list", language))}">{items}</ol>'
    )
    return f'<div class="cl-check-paper"{tongue(language)}>{filtered if items else ""}{other}</div>'


def progress_html(done: int, total: int, language: str) -> str:
    """How far a paper is checked."""
    said = text(message("check.progress", language, done=done, total=total))
    bar = f'<progress max="{max(total, 1)}" value="{done}" aria-hidden="true"></progress>'
    return f'<div class="cl-check-progress"{tongue(language)}>{bar} <span>{said}</span></div>'


def said_html(sentence: str, language: str, *, heard: bool = False) -> str:
    """What there is to say of a check; `heard`: to a screen reader only, as it stands large below."""
    return f'<p class="{"cl-heard" if heard else "cl-check-said"}"{tongue(language)}>{text(sentence)}</p>'


def _one(one: Checked, snapshot: Snapshot, language: str, more: str) -> str:
    verdict = text(message(f"check.{one.verdict}", language))
    head = (
        f'<p class="cl-verdict"><span class="cl-check-number">{one.number}</span>'
        f'<span class="cl-sign" aria-hidden="true">{_SIGNS[one.verdict]}</span> <strong>{verdict}</strong></p>'
    )
    grave = ' class="cl-grave"' if {"negation", "numbers"} & set(one.findings) else ""
    why = "".join(f"<li>{text(reason)}</li>" for reason in reasons(one, language))
    said = f'<div{grave}><ul class="cl-check-reasons">{why}</ul></div>' if why else ""
    pieces = shown_differences(one)
    words = "".join(_difference(piece, language) for piece in pieces) or text(one.quotation.text)
    quoted = _labelled(
        "differences" if pieces else "quoted",
        f"<blockquote{_tongue(one.passages, snapshot)}>{words}</blockquote>",
        language,
    )
    printed = "".join(
        _labelled("printed", f"<blockquote{_tongue((p,), snapshot)}>{text(p.text)}</blockquote>", language)
        for p in (one.passages[: 1 if one.verdict == "with_omissions" else None] if pieces else ())
    )
    return f"{head}{more}{said}{quoted}{printed}{_places(one, snapshot, language)}"


def _labelled(label: str, html: str, language: str) -> str:
    return f'<div class="cl-check-part"><p class="cl-check-label">{text(message(f"check.{label}", language))}</p>{html}</div>'


def _places(one: Checked, snapshot: Snapshot, language: str) -> str:
    if not one.passages:
        return ""
    rows = []
    for passage in one.passages[:SHOWN_PLACES]:
        match = passage.match
        document = snapshot.document_by_hash.get(match.document)
        cited = isolated(match.citation, [document.title] if document else [])
        title = text(message("check.open", language))
        rows.append(
            f'<li><button type="button" class="cl-goto" title="{title}" '
            f'value="span:{match.document}:{match.start}-{match.end}">{cited}</button></li>'
        )
    if len(one.passages) > SHOWN_PLACES:
        count = len(one.passages) - SHOWN_PLACES
        rows.append(f"<li>{text(message('check.more_places', language, count=count))}</li>")
    return _labelled("where", f'<ul class="cl-check-places">{"".join(rows)}</ul>', language)


def _difference(piece: Difference, language: str) -> str:
    """A stretch of the quotation: what only it has is struck through, what only the document has is underlined; both are said."""
    if piece.kind == "same":
        return text(piece.quoted)
    if piece.kind in ("omitted", "inserted"):
        cut = f'<span class="cl-cut">{_heard(piece.kind, language)}{text(piece.quoted)}</span>'
        return cut + (f" <ins>{_heard('printed', language)}[{text(piece.printed)}]</ins> " if piece.printed else "")
    mine = f"<del>{_heard('quoted', language)}{text(piece.quoted)}</del>" if piece.quoted else ""
    return mine + (f"<ins>{_heard('printed', language)}{text(piece.printed)}</ins>" if piece.printed else "")


def _heard(key: str, language: str) -> str:
    """Words that only a screen reader says."""
    return f'<span class="cl-heard"{tongue(language)}>{text(message(f"check.sr_{key}", language))} </span>'


def _tongue(passages: Sequence[Passage], snapshot: Snapshot) -> str:
    """The language of the document that words are from; of words from nowhere it is not known, and not the page's."""
    document = snapshot.document_by_hash.get(passages[0].match.document) if passages else None
    return tongue(document.language) if document and document.language else ' lang="" dir="auto"'


def _switch(report: Report, language: str) -> str:
    key = "as_paper" if report.single else "as_one"
    return f'<p><button type="button" class="cl-check-as" value="{key}">{text(message(f"check.{key}", language))}</button></p>'

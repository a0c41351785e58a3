"""Pinned quotations as HTML, and the button that pins one."""

from __future__ import annotations

from collections.abc import Sequence

from page.escape import flat, isolated, text, tongue
from prompts import message
from rag.answer import Edition, Quote
from rag.cite import printed_date
from rag.export.export import Format
from rag.notebook import MAX_NOTE, MAX_PINS, Kept

EXPORTS: tuple[tuple[Format, str], ...] = (
    ("docx", "DOCX"), ("md", "Markdown"), ("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"),
)  # fmt: skip
"""Formats with names of their own; the list of citations is named in the page's language."""
_SAID = (
    "pinned", "unpinned", "moved", "cleared", "sure_clear", "sure_remove", "yes", "no", "not_kept", "unreadable", "failed",
)  # fmt: skip


def pin_button(quote: Quote | Edition, language: str) -> str:
    """The button that keeps a quotation, or lets it go again; assets/notebook.js presses it for what is kept."""
    said = text(message("notebook.pin", language))
    value = f"{quote.document}:{quote.start}-{quote.end}"
    return f'<button type="button" class="cl-pin cl-small" aria-pressed="false" value="{value}">{said}</button>'


def notebook_html(pins: Sequence[Kept], language: str) -> str:
    """The quotations with their notes, in their order, and what can be done with them."""
    if not pins:
        return _section(f"<p>{text(message('notebook.empty', language))}</p>", language)
    return _section(_tools(language) + f'<ol class="cl-pins">{"".join(_pin(k, language) for k in pins)}</ol>', language)


def unreadable_html(language: str) -> str:
    """In the place of a notebook that cannot be read."""
    return _section(f"<p>{text(message('notebook.unreadable', language))}</p>{_clear(language)}", language)


def notebook_words(language: str) -> dict[str, str]:
    """What assets/notebook.js says."""
    said = {key: message(f"notebook.{key}", language) for key in _SAID}
    return {**said, "full": message("notebook.full", language, most=MAX_PINS)}


def _section(inner: str, language: str) -> str:
    name = text(message("notebook.tab", language))
    return f'<section class="cl-notebook" aria-label="{name}"{tongue(language)}>{inner}</section>'


def _tools(language: str) -> str:
    names = [*EXPORTS, ("txt", message("notebook.list", language))]
    buttons = "".join(
        f'<button type="button" class="cl-export" value="{form}">{text(name)}</button>' for form, name in names
    )
    label = text(message("notebook.export_as", language))
    group = f'<div class="cl-exports" role="group" aria-label="{label}"><span aria-hidden="true">{label}</span>{buttons}</div>'
    return f'<div class="cl-notebook-tools">{group}{_clear(language)}</div>'


def _clear(language: str) -> str:
    said = text(message("notebook.clear", language))
    return f'<button type="button" class="cl-clear-notebook">{said}</button>'


def _pin(kept: Kept, language: str) -> str:
    """One quotation with its note. The words of one that is no longer in the library are not shown."""
    pin, place = kept.pin, kept.place
    if place is None:
        body = f'<p class="cl-notebook-gone">{text(message("notebook.gone", language))}</p>'
        name = message("notebook.pinned_on", language, date=printed_date(pin.pinned, language))
    else:
        name = place.citation
        body = (
            f'<blockquote class="cl-quote"{tongue(place.clause.language)}>{text(pin.text)}</blockquote>'
            f'<button type="button" class="cl-goto" value="clause:{text(place.clause.id)}" '
            f'title="{text(message("page.open", language))}">{isolated(name, [flat(place.document.title)])}</button>'
        )
    asked = message("notebook.question", language, question=flat(pin.question)) if pin.question else ""
    asked = f'<p class="cl-pin-asked">{isolated(asked, [pin.question])}</p>' if asked else ""
    note = text(message("notebook.note", language))
    return (
        f'<li class="cl-kept" data-span="{pin.document}:{pin.start}-{pin.end}">{asked}{body}<div class="cl-kept-foot">'
        f'<label><span>{note}</span><input class="cl-note-box" type="text" dir="auto" maxlength="{MAX_NOTE}" '
        f'autocomplete="off" aria-label="{note}: {text(name)}" value="{text(pin.note)}"></label>'
        f'<span class="cl-moves">{_move("up", "↑", name, language)}{_move("down", "↓", name, language)}'
        f"{_move('remove', '×', name, language)}</span></div></li>"
    )


def _move(what: str, sign: str, name: str, language: str) -> str:
    said = text(message(f"notebook.{what}", language))
    return f'<button type="button" class="cl-{what}" title="{said}" aria-label="{said}: {text(name)}">{sign}</button>'

"""A question and its answer as HTML: quotations as cards, refusals, what was searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from index.clause import Document
from index.language import detect
from index.snapshot import Snapshot
from page.escape import isolated, marked, text, tongue
from page.pins import pin_button
from page.reading import block_at
from prompts import message
from rag.answer import Answer, Edition, Quote
from rag.compose import elsewhere, lead_in, searched_text
from rag.feedback import OF_ANSWERS, OF_REFUSALS
from rag.refuse import sureness
from rag.taken import MANNERS

SHOWN_QUESTION = 600
"""Characters of a question that the page shows."""


def asked_html(question: str) -> str:
    """A question as its asker typed it."""
    shown = question.strip()
    rest = "…" if len(shown) > SHOWN_QUESTION else ""
    language = _spoken(shown[:SHOWN_QUESTION])
    tagged = f' lang="{language}"' if language else ""  # the browser chooses fonts and breaks lines by it
    return f'<div class="cl-asked" dir="auto"{tagged}>{text(shown[:SHOWN_QUESTION])}{rest}</div>'


@lru_cache(maxsize=1024)
def _spoken(question: str) -> str | None:
    """The language of a question: each is rendered again with every step of the conversation."""
    return detect(question)


def question_html(question: str, turn: int, language: str) -> str:
    """A question, and beside it the button that puts it back into the box."""
    said = text(message("chat.edit", language))
    edit = f'<button type="button" class="cl-edit cl-small" value="{turn}"{tongue(language)}>{said}</button>'
    return f'<div class="cl-question"{tongue(language)}>{asked_html(question)}{edit}</div>'


def notice_html(sentence: str, language: str) -> str:
    """A sentence in the place of an answer."""
    return f'<div class="cl-answer cl-notice"{tongue(language)}><p>{text(sentence)}</p></div>'


def answer_steps(answer: Answer, snapshot: Snapshot, turn: int, *, judging: bool = False) -> Iterator[str]:
    """The answer as it grows: the lead-in, then one quotation more each time, then what is said of it all.

    judging: whether readers are asked what they think of it.
    """
    language = answer.language
    if answer.refused:
        yield refusal_html(answer, snapshot, turn, judging=judging)
        return
    parts = [f'<p class="cl-lead">{text(lead_in(len(answer.quotes), language))}</p>']
    yield _wrap(parts, language)
    for quote in answer.quotes:
        parts.append(card_html(quote, snapshot.document_by_hash.get(quote.document), turn, language))
        yield _wrap(parts, language)
    yield _wrap([*parts, _end(answer, turn, judging)], language)


def refusal_html(answer: Answer, snapshot: Snapshot, turn: int, *, judging: bool = False) -> str:
    """A refusal: that the documents do not say, what stands nearest if anything does, and what was searched."""
    language, near = answer.language, answer.nearest
    kind = f'<p class="cl-kind">{text(message("chat.kind_near" if near else "chat.kind_none", language))}</p>'
    lead = f'<p class="cl-lead">{text(message("nearest" if near else "refusal", language))}</p>'
    card = card_html(near, snapshot.document_by_hash.get(near.document), turn, language) if near else ""
    more = "cl-refusal cl-near" if near else "cl-refusal"
    return _wrap([kind, lead, card, _end(answer, turn, judging)], language, more)


def card_html(quote: Quote, document: Document | None, turn: int, language: str) -> str:
    """A quotation: its clause in full, the quoted span marked, its citation as a button that opens the document."""
    block = block_at(document, quote.start) if document else None
    heading = ""
    if document and block:
        words = marked(document.text, block.body, max(block.end, quote.end), [(quote.start, quote.end)])
        if block.headings and block.headings[-1] not in document.title:
            own = tongue(document.language)
            heading = f'<p class="cl-heading"{own}>{text(block.headings[-1].splitlines()[0])}</p>'
    else:
        words = f"<mark>{text(quote.text)}</mark>"
    place, number = f"{turn}-{quote.number}", f'<span class="cl-number">{quote.number}</span>'
    cite = (
        f'<button type="button" class="cl-cite" id="cite-{place}" value="{place}" '
        f'title="{text(message("page.open", language))}">{isolated(quote.citation, [quote.title])}</button>'
    )
    original = (
        f'<div class="cl-side">{_tongue(quote.language, language)}{heading}<blockquote class="cl-quote"'
        f'{tongue(quote.language)}>{words}</blockquote><div class="cl-foot">{cite}</div>{_tools(quote, language)}</div>'
    )
    more = (
        f'<button type="button" class="cl-more cl-small" value="{span_of(quote)}">'
        f"{text(message('chat.more', language))}</button>"
    )
    return (
        f'<div class="cl-card">{number}<div class="cl-said"><div class="cl-sides">{original}{_edition(quote, language)}</div>'
        f"{_also(quote, language)}{more}</div></div>"
    )


def span_of(words: Quote | Edition) -> str:
    """Where words stand, as buttons name it."""
    return f"span:{words.document}:{words.start}-{words.end}"


def _tongue(own: str | None, language: str) -> str:
    """The name of the language that a text is in; nothing where it is not known."""
    try:
        name = Locale.parse(own).get_language_name(language) if own else None
    except (ValueError, UnknownLocaleError):
        name = None
    return f'<p class="cl-tongue">{text(name)}</p>' if name else ""


def _tools(words: Quote | Edition, language: str) -> str:
    """The buttons that copy the words they stand under, and the choice of a form for the citation."""
    said = {key: text(message(f"chat.{key}", language)) for key in ("copy_words", "copy_cited", "style", "un")}
    names = {"un": said["un"], "bibtex": "BibTeX", "ris": "RIS"}
    styles = "".join(f'<option value="{manner}">{names[manner]}</option>' for manner in MANNERS if manner in names)
    place = span_of(words)
    return (
        '<div class="cl-take">'
        f'<button type="button" class="cl-copy-words cl-small" value="{place}">{said["copy_words"]}</button>'
        '<span class="cl-cited-copy">'
        f'<button type="button" class="cl-copy cl-small" value="{place}">{said["copy_cited"]}</button>'
        f'<select class="cl-style" title="{said["style"]}">{styles}</select></span>{pin_button(words, language)}</div>'
    )


def _edition(quote: Quote, language: str) -> str:
    """The official text in the asker's language, beside the quoted one, or under it where there is no room."""
    edition = quote.edition
    if edition is None:
        return ""
    return (
        f'<div class="cl-side cl-edition">{_tongue(edition.language, language)}<blockquote class="cl-quote"'
        f'{tongue(edition.language)}>{text(edition.text)}</blockquote><div class="cl-foot">'
        f'<p class="cl-cited">{isolated(edition.citation, [])}</p></div>{_tools(edition, language)}</div>'
    )


def _also(quote: Quote, language: str) -> str:
    """Where else the quoted words stand, and where with a difference."""
    return "".join(f'<p class="cl-also">{text(more)}</p>' for more in elsewhere(quote, language))


def _wrap(parts: Sequence[str], language: str, more: str = "") -> str:
    return f'<div class="cl-answer {more}"{tongue(language)}>{"".join(parts)}</div>'


# Gradio's chatbot takes `aria-` attributes away; assets/chat.js gives these buttons theirs.


def _end(answer: Answer, turn: int, judging: bool) -> str:
    """How sure the answer is, in words, with the number in a tip; what was searched; what readers think of it."""
    language, percent = answer.language, max(1, min(99, round(answer.confidence * 100)))  # never "certain"
    said = text(message(f"chat.{sureness(answer.confidence)}", language))
    tip = text(message("page.confidence", language, percent=percent))
    where = isolated(searched_text(answer.searched, answer.searched_count, language), answer.searched)
    sure = (
        f'<p class="cl-confidence"><button type="button" class="cl-sure">{said}</button>'
        f'<span class="cl-tip" role="tooltip" id="sure-{turn}">{tip}</span></p>'
    )
    return f'{sure}<p class="cl-searched">{where}</p>{_judging(answer, turn) if judging else ""}'


def _judging(answer: Answer, turn: int) -> str:
    """The buttons with which a reader says what they think of an answer."""
    language, name = answer.language, f"judge-{turn}"
    keys = [verdict.replace(" ", "_") for verdict in (OF_REFUSALS if answer.refused else OF_ANSWERS)]
    buttons = "".join(
        f'<button type="button" class="cl-verdict cl-small" value="{turn}:{key}">'
        f"{text(message(f'chat.{key}', language))}</button>"
        for key in keys
    )
    note, asked = text(message("chat.judge_note", language)), text(message("chat.judge", language))
    return f'<div class="cl-judge" role="group"><span id="{name}" title="{note}">{asked}</span>{buttons}</div>'

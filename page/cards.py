"""A question and its answer as HTML: quotations as cards, refusals, what was searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.clause import Document
from index.language import detect
from index.snapshot import Snapshot
from page.escape import isolated, marked, text, tongue
from page.reading import block_at
from prompts import message
from rag.answer import Answer, Quote
from rag.compose import lead_in, searched_text

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


def notice_html(sentence: str, language: str) -> str:
    """A sentence in the place of an answer."""
    return f'<div class="cl-answer cl-notice"{tongue(language)}><p>{text(sentence)}</p></div>'


def answer_steps(answer: Answer, snapshot: Snapshot, turn: int) -> Iterator[str]:
    """The answer as it grows: the lead-in, then one quotation more each time, then what is said of it all."""
    language = answer.language
    if answer.refused:
        yield refusal_html(answer, snapshot, turn)
        return
    parts = [f'<p class="cl-lead">{text(lead_in(len(answer.quotes), language))}</p>']
    yield _wrap(parts, language)
    for quote in answer.quotes:
        parts.append(card_html(quote, snapshot.document_by_hash.get(quote.document), turn, language))
        yield _wrap(parts, language)
    yield _wrap([*parts, _confidence(answer)], language)


def refusal_html(answer: Answer, snapshot: Snapshot, turn: int) -> str:
    """A refusal: that the documents do not say, what stands nearest if anything does, and what was searched."""
    language = answer.language
    where = isolated(searched_text(answer.searched, answer.searched_count, language), answer.searched)
    lead = f'<p class="cl-lead">{text(message("nearest" if answer.nearest else "refusal", language))}</p>'
    near = []
    if answer.nearest:
        near = [card_html(answer.nearest, snapshot.document_by_hash.get(answer.nearest.document), turn, language)]
    return _wrap([lead, *near, f'<p class="cl-searched">{where}</p>'], language, "cl-refusal")


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
    return (
        f'<div class="cl-card">{number}<div class="cl-said">{heading}<blockquote class="cl-quote"'
        f'{tongue(quote.language)}>{words}</blockquote>{_edition(quote, language)}<div class="cl-foot">'
        f"{cite}{_copy(language)}</div>{_also(quote, language)}</div></div>"
    )


def _copy(language: str) -> str:
    """The button that copies the quotation it stands under, with its citation."""
    copy, copied = text(message("page.copy", language)), text(message("page.copied", language))
    return f'<button type="button" class="cl-copy" title="{copied}">{copy}</button>'


def _edition(quote: Quote, language: str) -> str:
    """The official text in the asker's language, under the quoted one."""
    edition = quote.edition
    if edition is None:
        return ""
    return (
        f'<div class="cl-edition"{tongue(edition.language)}><blockquote class="cl-quote">{text(edition.text)}</blockquote>'
        f'<div class="cl-foot"><p class="cl-cited">{isolated(edition.citation, [])}</p>{_copy(language)}</div></div>'
    )


def _also(quote: Quote, language: str) -> str:
    """Where a near-identical clause stands in documents of other years."""
    if not quote.also:
        return ""
    return f'<p class="cl-also">{text(message("also", language, places="; ".join(quote.also)))}</p>'


def _wrap(parts: Sequence[str], language: str, more: str = "") -> str:
    return f'<div class="cl-answer {more}"{tongue(language)}>{"".join(parts)}</div>'


def _confidence(answer: Answer) -> str:
    percent = min(99, round(answer.confidence * 100))  # never "certain"
    return f'<p class="cl-confidence">{text(message("page.confidence", answer.language, percent=percent))}</p>'

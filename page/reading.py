"""A document as HTML: the whole text, the clause that is looked at, what is quoted from it."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from index.clause import Block, Document
from page.escape import flat, marked, text, tongue
from prompts import message
from rag.answer import Quote
from rag.cite import printed_date

SHOWN_DOCUMENT = 400_000
"""Characters of a document that the pane shows; of a longer one, the part around the clause."""
_serials = itertools.count()


def document_html(document: Document, here: Quote, quotes: Sequence[Quote], language: str) -> str:
    """The whole document, the clause of `here` highlighted, everything quoted from it marked."""
    spans = [(q.start, q.end) for q in quotes if q.document == document.sha256]
    target = block_at(document, here.start)
    first, last = _shown(document, target)
    skipped = [text(message("page.skipped", language, count=n)) for n in (first, len(document.blocks) - last)]
    body, title = [f'<p class="cl-skipped">{skipped[0]}</p>'] if first else [], None
    for position in range(first, last):
        block = document.blocks[position]
        if document.rows and document.rows[position].title not in (None, title):
            title = document.rows[position].title
            body.append(f'<h4 class="cl-row">{text(title or "")}</h4>')
        body.append(_block_html(document, block, spans, block is target))
    if last < len(document.blocks):
        body.append(f'<p class="cl-skipped">{skipped[1]}</p>')
    day = printed_date(document.date, language) if document.date else ""
    about = " · ".join(text(part) for part in (document.symbol, day, document.session, document.source) if part)
    name = text(flat(document.title))
    return (
        f'<article class="cl-document" id="opened-{next(_serials)}" aria-label="{name}"><header class="cl-top"'
        f"{tongue(language)}><div><h2{tongue(document.language)}>{name}</h2><p>{about}</p></div>{close_button(language)}</header>"
        f'<div class="cl-text" tabindex="0"{tongue(document.language)}>{"".join(body)}</div></article>'
    )


def gone_html(language: str) -> str:
    """In the place of a document that is no longer as it was quoted."""
    gone = f'<header class="cl-top"><p>{text(message("page.gone", language))}</p>{close_button(language)}</header>'
    return f'<article class="cl-document" id="opened-{next(_serials)}"{tongue(language)}>{gone}</article>'


def block_at(document: Document, offset: int) -> Block | None:
    """The block of a document that an offset lies in."""
    position = bisect.bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    block = document.blocks[position] if position >= 0 else None
    return block if block and offset < block.end else None


def _block_html(document: Document, block: Block, spans: Sequence[tuple[int, int]], here: bool) -> str:
    tag = {"title": "h3", "heading": "h4"}.get(block.kind, "div")
    mark = marked(document.text, block.start, block.body, spans) if block.body > block.start else ""
    number = f'<span class="cl-mark">{mark}</span>' if mark else ""
    words = f'<span class="cl-words">{marked(document.text, block.body, block.end, spans)}</span>'
    classes = f"cl-block cl-{block.kind}" + (" cl-numbered" if number else "") + (" cl-here" if here else "")
    return f'<{tag} class="{classes}"{" tabindex=-1" if here else ""}>{number}{words}</{tag}>'


def _shown(document: Document, target: Block | None) -> tuple[int, int]:
    """First and last (exclusive) of the blocks that the pane shows."""
    blocks = document.blocks
    if len(document.text) <= SHOWN_DOCUMENT or target is None:
        return 0, len(blocks)
    first = bisect.bisect_left(blocks, target.start - SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    last = bisect.bisect_left(blocks, target.start + SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    return first, max(last, blocks.index(target) + 1)


def close_button(language: str) -> str:
    """The button that closes the document."""
    said = text(message("page.close", language))
    return f'<button type="button" class="cl-close" aria-label="{said}" title="{said}">×</button>'

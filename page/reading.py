"""A document as HTML: the whole text, the place that is looked at, what is quoted from it."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

from index.clause import Block, Clause, Document
from index.snapshot import Snapshot
from index.structure.outline import is_rows
from page.escape import flat, isolated, marked, text, tongue
from page.tools import Tools, tools_html
from prompts import message
from rag.cite import label, printed_date
from rag.locate import Spot, clause_of, link_name

SHOWN_DOCUMENT = 400_000
"""Characters of a document that the pane shows; of a longer one, the part around the place that is looked at."""
Span = tuple[int, int]
_serials = itertools.count()


def document_html(spot: Spot, quoted: Sequence[Span], snapshot: Snapshot, language: str) -> str:
    """The whole document, the block of `spot` set apart, the spans `quoted` from it marked, and the tools of the pane."""
    document, serial = spot.document, f"opened-{next(_serials)}"
    target = block_at(document, spot.start)
    first, last = _shown(document, spot.start)
    here = clause_of(document.sha256, spot.start, snapshot)
    edges = (document.blocks[first].start, document.blocks[last - 1].end) if last else (0, 0)
    tools = Tools(
        serial, spot, tuple(quoted), edges, snapshot.editions.languages(document),
        (here.language if here else None) or document.language,
    )  # fmt: skip
    doubt = _doubt(spot, serial, language)
    body = _body(document, (first, last), _marks(spot, target, quoted), snapshot, language)
    name = text(flat(document.title))
    day = printed_date(document.date, language) if document.date else ""
    about = " · ".join(
        f"<bdi>{text(part)}</bdi>" for part in (document.symbol, day, document.session, document.source) if part
    )
    shown = "".join(
        _here(html, f"{serial}-doubt" if doubt else "") if block and block is target else html for block, html in body
    )
    return (
        f'<article class="cl-document" id="{serial}" aria-label="{name}"><header class="cl-top"{tongue(language)}>'
        f"<div><h2{tongue(document.language)}>{name}</h2><p>{about}</p></div>{close_button(language)}</header>"
        f"{tools_html(tools, language)}{doubt}"
        f'<div class="cl-text" tabindex="0" role="region" aria-label="{name}"{tongue(document.language)}>{shown}</div></article>'
    )


def gone_html(language: str) -> str:
    """In the place of a document that is no longer as it was quoted."""
    return _instead(text(message("page.gone", language)), language)


def forgotten_html(language: str) -> str:
    """In the place of a document that a conversation quotes which the server no longer knows."""
    return _instead(text(message("page.forgotten", language)), language)


def unknown_html(link: str, language: str) -> str:
    """In the place of a document that a link leads to and the library does not hold."""
    return _instead(isolated(message("reading.unknown", language, clause=flat(link)[:80]), [flat(link)[:80]]), language)


def block_at(document: Document, offset: int) -> Block | None:
    """The block of a document that an offset lies in."""
    position = bisect.bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    block = document.blocks[position] if position >= 0 else None
    return block if block and offset < block.end else None


def close_button(language: str) -> str:
    """The button that closes the document."""
    said = text(message("page.close", language))
    return f'<button type="button" class="cl-close" aria-label="{said}" title="{said}">×</button>'


def _instead(notice: str, language: str) -> str:
    """A notice, given as HTML, where a document would be."""
    said = f'<header class="cl-top"><p class="cl-gone" tabindex="-1">{notice}</p>{close_button(language)}</header>'
    return f'<article class="cl-document" id="opened-{next(_serials)}"{tongue(language)}>{said}</article>'


def _doubt(spot: Spot, serial: str, language: str) -> str:
    """What is said of a place in another edition that is not surely the same."""
    if spot.match not in ("unsure", "near"):
        return ""
    said = text(message(f"reading.{spot.match}", language))
    return f'<p class="cl-doubt" id="{serial}-doubt"{tongue(language)}>{said}</p>'


def _marks(spot: Spot, target: Block | None, quoted: Sequence[Span]) -> Sequence[Span]:
    """What is marked: all that is quoted, and the place itself where it is less or more than a block."""
    whole = target is not None and spot.start <= target.body and spot.end == target.end
    return quoted if whole else (*quoted, (spot.start, spot.end))


def _body(
    document: Document, shown: tuple[int, int], marks: Sequence[Span], snapshot: Snapshot, language: str
) -> Iterator[tuple[Block | None, str]]:
    """The HTML of each block that is shown, with the block; of what stands between the blocks, with None."""
    first, last = shown
    clauses = {clause.start: clause for clause in snapshot.clauses_of(document.sha256)}
    rows, title, page = is_rows(document), None, None
    if first:
        yield None, _skipped(first, language)
    for position in range(first, last):
        block = document.blocks[position]
        if block.page not in (None, page):
            page = block.page
            yield None, _page_break(page, language)
        clause = clauses.get(block.body) if block.body < block.end else None
        if rows and block.headings and block.headings[0] != title:
            title = block.headings[0]
            yield None, f'<h4 class="cl-row" dir="auto">{text(title)}</h4>'
        own = tongue(clause.language if clause else None) if rows else ""
        named = _named(clause, snapshot, language) if clause else ""
        yield block, _block_html(document, block, marks, own + named)
    if last < len(document.blocks):
        yield None, _skipped(len(document.blocks) - last, language)


def _block_html(document: Document, block: Block, marks: Sequence[Span], attributes: str) -> str:
    tag = {"title": "h3", "heading": "h4"}.get(block.kind, "div")
    mark = marked(document.text, block.start, block.body, marks, places=True) if block.body > block.start else ""
    number = f'<span class="cl-mark">{mark}</span>' if mark else ""
    words = f'<span class="cl-words">{marked(document.text, block.body, block.end, marks, places=True)}</span>'
    classes = f"cl-block cl-{block.kind}" + (" cl-numbered" if number else "")
    return f'<{tag} class="{classes}" data-at="{block.start}"{attributes}>{number}{words}</{tag}>'


def _here(html: str, described: str) -> str:
    """The block that is looked at, able to take the focus."""
    about = f' aria-describedby="{described}"' if described else ""
    return html.replace('class="cl-block', f'tabindex="-1"{about} class="cl-here cl-block', 1)


def _named(clause: Clause, snapshot: Snapshot, language: str) -> str:
    """The attributes that a link to a clause is made of."""
    return f' data-link="{text(link_name(clause, snapshot))}" data-label="{text(label(clause, language))}"'


def _page_break(page: int | None, language: str) -> str:
    """Where a page begins: its number in the margin, no part of the text."""
    said = text(message("reading.page", language, page=page or 0))
    return f'<div class="cl-page" role="separator" aria-label="{said}" title="{said}" data-page="{page}"></div>'


def _skipped(count: int, language: str) -> str:
    return f'<p class="cl-skipped"{tongue(language)}>{text(message("page.skipped", language, count=count))}</p>'


def _shown(document: Document, offset: int) -> tuple[int, int]:
    """First and last (exclusive) of the blocks that the pane shows."""
    blocks = document.blocks
    if len(document.text) <= SHOWN_DOCUMENT:
        return 0, len(blocks)
    at = max(0, bisect.bisect_right(blocks, offset, key=lambda block: block.start) - 1)
    first = bisect.bisect_left(blocks, blocks[at].start - SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    last = bisect.bisect_left(blocks, blocks[at].start + SHOWN_DOCUMENT // 2, key=lambda block: block.start)
    return first, max(last, at + 1)

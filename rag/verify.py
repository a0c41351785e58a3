"""A quote is a slice of its document, or it is not shown."""

from __future__ import annotations

from index.errors import ClausesError
from index.snapshot import Snapshot
from rag.answer import Edition, Quote


class QuoteError(ClausesError):
    """A quote that is not in its document to the letter."""


def verify(quote: Quote, snapshot: Snapshot) -> bool:
    """Whether the quote's document is in the library and holds just this text at just these offsets; its edition too."""
    return _stands(quote, snapshot) and (quote.edition is None or _stands(quote.edition, snapshot))


def _stands(span: Quote | Edition, snapshot: Snapshot) -> bool:
    document = snapshot.document_by_hash.get(span.document)
    if document is None or not 0 <= span.start < span.end <= len(document.text):
        return False
    return document.text[span.start : span.end] == span.text


def verified(quotes: tuple[Quote, ...], snapshot: Snapshot) -> tuple[Quote, ...]:
    """The quotes, all verified. Raises QuoteError at the first that is not: nothing is shown then."""
    for quote in quotes:
        if not verify(quote, snapshot):
            raise QuoteError(
                f"Quote {quote.number} ({quote.citation}) is not in its document to the letter; nothing is shown. "
                "Run `clauses doctor`."
            )
    return quotes

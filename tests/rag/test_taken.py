"""What is copied of a quotation is read from its document at that moment."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy

from index.library import Library
from rag.ask import ask
from rag.refuse import shipped_rule, sureness
from rag.taken import taken
from rag.verify import QuoteError


def test_a_quotation_is_taken_in_each_manner(brussels: Library) -> None:
    quote = ask("What is the Colombo Process?", brussels).quotes[0]
    place, snapshot = (quote.document, quote.start, quote.end), brussels.snapshot()
    assert taken(place, snapshot, "words", "en", quote.text) == quote.text
    assert taken(place, snapshot, "un", "en", quote.text) == f"{quote.text}\n— {quote.citation}"
    (entry,) = bibtexparser.parse_string(taken(place, snapshot, "bibtex", "en", quote.text)).entries
    assert entry["annotation"] == quote.text and entry["note"] == "annex, sect. 3, para. (j)"
    (record,) = rispy.loads(taken(place, snapshot, "ris", "en", quote.text))
    assert record["notes"] == [quote.citation, quote.text] and record["type_of_reference"] == "GOVDOC"
    assert "附件" in taken(place, snapshot, "un", "zh", quote.text)


def test_nothing_is_taken_that_is_not_there_as_it_was_shown(brussels: Library) -> None:
    quote = ask("What is the Colombo Process?", brussels).quotes[0]
    snapshot = brussels.snapshot()
    for place in (("0" * 64, 0, 5), (quote.document, -1, 5), (quote.document, 5, 5), (quote.document, 0, 10**8)):
        with pytest.raises(QuoteError):
            taken(place, snapshot, "words", "en", quote.text)
    for shown in ("", quote.text + "不", quote.text.replace("亚洲", "非洲")):
        with pytest.raises(QuoteError, match="other words"):
            taken((quote.document, quote.start, quote.end), snapshot, "words", "en", shown)


def test_a_probability_in_words() -> None:
    threshold = shipped_rule().threshold
    assert [sureness(p) for p in (0.95, 0.9, 0.89, 0.7, 0.69, threshold, threshold - 0.01, 0.0)] == [
        "very_likely", "very_likely", "likely", "likely", "uncertain", "uncertain", "unlikely", "unlikely",
    ]  # fmt: skip

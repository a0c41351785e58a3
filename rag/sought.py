"""What kind of answer a question asks for: a date, or an amount."""

from __future__ import annotations

from dataclasses import dataclass

from rag.dated import asks_a_date
from rag.question.amounts import Amount, amount_asked
from rag.question.followup import asks_something
from rag.question.query import Query


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question asks for, for certain."""

    date: bool = False
    amount: Amount | None = None


NOTHING = Sought()


def sought(query: Query) -> Sought:
    """What a question asks for; where it asks nothing itself ("And in Ghana?"), what the last one that it leans on does."""
    asking = [(text, own) for text, own in query.carried if asks_something(text, own)]
    own = (query.text, query.language)
    text, language = own if asks_something(*own) or not asking else asking[-1]
    return Sought(asks_a_date(text, language), amount_asked(text))

"""Questions that a row of a table answers, by the model that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.embed import Embedder
from index.library import Library
from rag.ask import ask
from rag.verify import verify
from tests.index.test_table_heads import MEANS, TERMS, page_of

HEAD = "Office\tStaff\tBudget (dollars)"


@pytest.fixture
def offices(embedder: Embedder, tmp_path: Path, file: Callable[[str, str], Path]) -> Iterator[Library]:
    with closing(Library(tmp_path / "offices", lambda: embedder)) as library:
        library.add(file("page.html", page_of(MEANS, TERMS, tag="th")))
        yield library


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What is the budget of the Nairobi office?", [HEAD, "Nairobi\t12\t3 400 000"]),
        ("内罗毕办事处的预算是多少？", [HEAD, "Nairobi\t12\t3 400 000"]),
        ("How many staff are in Geneva?", [HEAD, "Geneva\t48\t9 100 000"]),
        ("What is a refugee?", ["Term\tMeaning", "Refugee\tA person who flees"]),
    ],
)
def test_a_row_is_quoted_with_the_row_that_names_its_columns(
    offices: Library, question: str, quoted: list[str]
) -> None:
    answer = ask(question, offices)
    assert [quote.text for quote in answer.quotes] == quoted
    assert all(verify(quote, offices.snapshot()) for quote in answer.quotes)
    assert not {"page#p2", "page#p3"} & {ranked.clause for ranked in answer.ranking}  # found with their rows alone


def test_what_no_row_says_is_refused(offices: Library) -> None:
    assert ask("What is the budget of the Tokyo office?", offices).refused

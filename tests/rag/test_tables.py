"""Questions that a row of a table answers, by the model that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.clause import Clause
from index.embed import Embedder
from index.library import Library
from index.readers.rows import CELL
from rag.answer import Hit
from rag.ask import ask
from rag.quote import quote
from rag.twins import are_twins
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


def test_rows_of_one_table_are_quoted_after_each_other_below_their_head(
    small: Library, file: Callable[[str, str], Path]
) -> None:
    tables = (
        [["Office", "Staff"], ["banks lend", "12"], ["schools", "48"]],
        [["Office", "Posts"], ["banks lend", "13"], ["borders", "4"]],
    )
    small.add(file("page.html", page_of(*tables, tag="th")))
    by_id = {clause.id: clause for clause in small.snapshot().clauses}
    hits = [hit_of(by_id[f"page#{name}"], score) for name, score in (("p2/r1", 9.0), ("p3/r1", 8.9), ("p2/r2", 8.8))]
    quoted = [said.text for said in quote(tuple(hits), small.snapshot(), "en")]
    assert quoted == ["Office\tStaff", "banks lend\t12", "schools\t48", "Office\tPosts", "banks lend\t13"]


def hit_of(clause: Clause, score: float) -> Hit:
    return Hit(clause, score, 0.0, 0.0, 0.0, (0.0,), (0.0,), (0.0,))


def test_the_same_row_under_other_heads_is_no_twin(small: Library, file: Callable[[str, str], Path]) -> None:
    row = [
        "Office of the Special Representative of the Secretary-General for children in armed conflict everywhere",
        "12",
    ]
    for number, year in (("76/12", 2020), ("78/12", 2022)):
        page = page_of([["Office", f"Staff in {year}"], row, ["Bonn", "4"]], tag="th")
        small.add(file(f"{year}.html", page.replace("<h1>", f"<p>A/{number}</p><h1>")))
    snapshot = small.snapshot()
    one, other = (clause for clause in snapshot.clauses if clause.text == CELL.join(row))
    assert not are_twins(one, other, *(snapshot.document_by_hash[clause.document] for clause in (one, other)))


def test_a_row_is_not_shown_as_nearest(offices: Library) -> None:
    answer = ask("What is the rent of the Nairobi office?", offices)
    assert answer.nearest is None or "\t" not in answer.nearest.text

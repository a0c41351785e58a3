"""Files go into a library one lot after the other, and Cancel leaves it whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.audit import audit
from index.errors import FileRefusedError, WrongModelError
from index.library import Library
from index.store import Store
from rag.intake import Intake, Step
from rag.shelf import entries
from tests.fakes import CountingEmbedder

Write = Callable[[str, str | bytes], Path]


class Gated(CountingEmbedder):
    """The counting model, one text a batch; texts with SLOW in them wait at the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.at_gate = threading.Event()
        self.slow = 0

    def encode_passages(self, texts: Sequence[str], *, progress: Any = None) -> NDArray[np.float32]:
        rows = []
        for number, text in enumerate(texts, 1):
            if "SLOW" in text:
                self.slow += 1
                self.at_gate.set()
                assert self.gate.wait(30)
            rows.append(super().encode_passages([text]))
            if progress:
                progress(number, len(texts))
        return np.concatenate(rows) if rows else super().encode_passages([])


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[tuple[Library, Gated]]:
    model = Gated()
    with closing(Library(tmp_path / "library", lambda: model)) as library:
        yield library, model


def sound(library: Library) -> bool:
    with closing(Store.open(library.folder)) as store:
        return not audit(store, None, lambda done, total: None).faults


def test_steps_say_how_far_it_is_and_what_came_of_each_file(gated: tuple[Library, Gated], file: Write) -> None:
    library, model = gated
    good = file("good.txt", "1. SLOW bread is sold.\n2. Banks lend.\n")
    bad = file("bad.pdf", b"%PDF-1.7 nothing")
    tidied = threading.Event()
    model.gate.set()
    steps = list(Intake(library).add([good, bad], threading.Event(), tidied.set))
    assert (steps[-1].state, [name for name, _ in steps[-1].outcomes]) == ("ended", ["good.txt", "bad.pdf"])
    refusal = steps[-1].outcomes[1][1]
    assert isinstance(refusal, FileRefusedError) and str(refusal).startswith("bad.pdf is damaged")
    assert tidied.is_set()


def test_cancel_stops_between_batches_and_leaves_the_library_whole(gated: tuple[Library, Gated], file: Write) -> None:
    library, model = gated
    first = file("first.txt", "Bread is sold in the market.")
    second = file("second.txt", "\n".join(f"{n}. SLOW text number {n} of them." for n in range(1, 9)))
    third = file("third.txt", "Banks lend.")
    stop = threading.Event()

    def cancel() -> None:
        model.at_gate.wait(30)
        stop.set()
        model.gate.set()

    threading.Thread(target=cancel).start()
    *_, last = Intake(library).add([first, second, third], stop, lambda: None)
    assert (last.state, [name for name, _ in last.outcomes], model.slow) == ("stopped", ["first.txt"], 1)
    assert [document.source for document in library.snapshot().documents] == ["first.txt"]
    assert sound(library)


def test_two_lots_go_one_after_the_other_and_one_that_waits_can_be_stopped(
    gated: tuple[Library, Gated], file: Write
) -> None:
    library, model = gated
    intake = Intake(library)
    one = intake.add([file("one.txt", "SLOW bread.")], threading.Event(), lambda: None)
    next(one)
    assert model.at_gate.wait(30)
    stop = threading.Event()
    two = intake.add([file("two.txt", "Banks lend.")], stop, lambda: None)
    assert next(two) == Step("waiting")
    three = intake.add([file("three.txt", "Schools teach.")], threading.Event(), lambda: None)
    assert next(three) == Step("waiting")
    stop.set()
    assert [step.state for step in two] == ["stopped"]
    model.gate.set()
    assert [step.state for step in one][-1] == [step.state for step in three][-1] == "ended"
    assert {document.source for document in library.snapshot().documents} == {"one.txt", "three.txt"}


def test_files_are_given_back_where_nobody_waits_any_longer(gated: tuple[Library, Gated], file: Write) -> None:
    library, model = gated
    tidied, stop = threading.Event(), threading.Event()
    steps = Intake(library).add([file("one.txt", "SLOW bread.")], stop, tidied.set)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    stop.set()
    model.gate.set()
    assert tidied.wait(30)


def test_a_library_that_cannot_be_added_to_is_said_after_the_last_step(
    small: Library, file: Write, tmp_path: Path
) -> None:
    small.add(file("a.txt", "Bread is sold."))
    other = CountingEmbedder()
    other.name = "another"
    with closing(Library(small.folder, lambda: other)) as library:
        steps: list[Step] = []
        with pytest.raises(WrongModelError):
            steps.extend(Intake(library).add([file("b.txt", "Banks lend.")], threading.Event(), lambda: None))


def test_a_library_is_listed_by_text_language_and_year(small: Library, file: Write) -> None:
    small.add(
        file("meals.txt", "A/RES/77/1\n\nSchool meals\n\n1. School meals cost three coins a day in every school.")
    )
    small.add(file("repas.txt", "A/RES/79/2\n\nRepas\n\n1. Les repas scolaires coûtent trois pièces par jour."))

    def listed(*choice: Any) -> list[str]:
        return [entry.document.source for entry in entries(small.snapshot(), *choice)]

    assert listed() == ["repas.txt", "meals.txt"]
    assert (
        listed("SCHOOL  meals") == listed("a/res/77/1") == listed("", "en") == listed("", None, "2022") == ["meals.txt"]
    )
    assert listed("assemblée") == ["repas.txt", "meals.txt"]  # a body by its name in any language
    assert listed("meals", "fr") == listed("nowhere") == []
    first = entries(small.snapshot(), "meals")[0]
    assert (first.clauses, first.ships, first.first and first.first.text[:12]) == (1, False, "School meals")

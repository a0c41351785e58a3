"""Files into a library while others ask it: one lot after the other, with progress, and stopped at any batch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.library import Library
from rag.adding import Outcome, add_all, without_folder

PAUSE = 0.15
"""Seconds between two steps, at least: more often than that nobody can read them."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a lot of files is."""

    state: Literal["waiting", "adding", "ended", "stopped"]
    """Waiting: another lot is being added."""
    name: str = ""
    """Of the file at hand."""
    done: int = 0
    """Texts of this file that have their vectors; 0 while it is being read."""
    total: int = 0
    """Texts of this file that need vectors."""
    outcomes: tuple[tuple[str, Outcome], ...] = ()
    """Name of each file that is through, and what came of it."""


class Intake:
    """Where everybody's files go into one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = threading.Lock()

    def add(self, files: Sequence[Path], stop: threading.Event, afterwards: Callable[[], None]) -> Iterator[Step]:
        """Add files in a thread of its own and yield how far it is, until it has ended or `stop` is set and seen.

        What was stopped is not in the library, in no part; what was through before is, whole. afterwards: called when the
        files are needed no more, also where nobody iterates any longer. Raises what `add_all` raises, after the last step.
        """
        lot = _Lot(self._library, self._turn, files, stop)
        threading.Thread(target=lot.run, args=(afterwards,), daemon=True).start()
        seen: Step | None = None
        while not lot.finished.wait(PAUSE):
            now = lot.now
            if now is not seen and now.state in ("waiting", "adding"):  # the last step is yielded once, below
                seen = now
                yield now
        yield lot.now
        if lot.fault:
            raise lot.fault


class _Stopped(Exception):
    """Somebody pressed Cancel."""


class _Lot:
    """Files that somebody brought together."""

    def __init__(self, library: Library, turn: threading.Lock, files: Sequence[Path], stop: threading.Event) -> None:
        self._library, self._turn, self._files, self._stop = library, turn, files, stop
        self.now = Step("waiting")
        self.fault: Exception | None = None
        self.finished = threading.Event()

    def run(self, afterwards: Callable[[], None]) -> None:
        try:
            self._take_turn()
            try:
                self._add()
                self.now = replace(self.now, state="ended")
            finally:
                self._turn.release()
        except _Stopped:
            self.now = replace(self.now, state="stopped")
        except Exception as error:
            self.now, self.fault = replace(self.now, state="ended"), error
        finally:
            afterwards()
            self.finished.set()

    def _take_turn(self) -> None:
        while not self._turn.acquire(timeout=PAUSE):
            self._look()

    def _add(self) -> None:
        self._look()
        self.now = Step("adding")
        for name, outcome in add_all(self._files, self._library, self._progress):
            for folder in {file.parent for file in self._files}:
                outcome = without_folder(outcome, folder)
            self.now = Step("adding", outcomes=(*self.now.outcomes, (name, outcome)))
            self._look()

    @contextmanager
    def _progress(self, name: str) -> Iterator[Callable[[int, int], None]]:
        self.now = replace(self.now, name=name, done=0, total=0)

        def advance(done: int, total: int) -> None:
            self.now = replace(self.now, done=done, total=total)
            self._look()

        yield advance

    def _look(self) -> None:
        if self._stop.is_set():
            raise _Stopped

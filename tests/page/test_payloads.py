"""More than 200 texts that would do harm if anything took them for more: as questions, rows, titles, labels, file names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest

from index.clause import Given
from index.embed import Embedder
from index.library import Library
from page.past import KEPT_QUESTIONS
from tests.page.conftest import Serve
from tests.page.payloads import payloads
from tests.page.test_page import Visit, Visitor, visit

__all__ = ["visit"]
ALL = payloads()
BATCHES = [ALL[first : first + KEPT_QUESTIONS] for first in range(0, len(ALL), KEPT_QUESTIONS)]
MADE = """() => [...document
.querySelectorAll('.cl-asked, .cl-answer, .cl-document, .cl-welcome, #cl-earlier')]
.flatMap(place => [...place.querySelectorAll('*')])
.filter(e => e.matches(`img, script, style, iframe, object, embed, video, audio,
link, base, meta, form, math, marquee, portal, template, svg:not([aria-hidden=true]), [contenteditable], [href*="javascript:"],
[href*="x.invalid"], [style*="url"]`) || [...e.attributes].some(a => a.name.startsWith('on')))
.map(e => e.outerHTML.slice(0, 200))"""


class Watched:
    """A visitor on whom everything is watched that a payload could do."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.page.set_default_timeout(60_000)
        self.host = self.page.evaluate("location.host")
        self.dialogs: list[str] = []
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def reopen(self, turns: Sequence[dict[str, Any]]) -> None:
        """Have a conversation asked again that the browser kept."""
        kept = json.dumps([{"id": "x", "turns": turns, "fingerprint": ""}])
        self.page.evaluate(
            """kept => { localStorage.setItem('clauses-conversations', kept);
            sessionStorage.setItem('clauses-conversation', 'x') }""",
            kept,
        )
        self.page.reload()
        self.visitor.answered(len(turns))

    def untouched(self) -> None:
        """Fail unless nothing ran, nothing was made, nothing was asked for and nothing was left."""
        assert self.page.evaluate(MADE) == []
        assert not self.visitor.hacked()
        assert self.dialogs == []
        assert self.page.evaluate("location.host") == self.host
        assert not [u for u in self.visitor.requests if not u.startswith((f"http://{self.host}/", "data:", "blob:"))]


@pytest.fixture(scope="module")
def hostile(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A corpus whose rows are payloads, in text, title and label; and a small document named and titled after each."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = folder / "rows.jsonl"
    said = [{"id": f"r{n}", "text": f"Row {n}: {p}", "title": f"T{n} {p}", "label": p} for n, p in enumerate(ALL)]
    rows.write_text("".join(json.dumps(row) + "\n" for row in said), encoding="utf-8")
    with closing(Library(folder / "library", lambda: embedder)) as library:
        library.add(rows)
        for number, payload in enumerate(ALL):
            file = folder / f"{payload.replace('/', '∕')[:70]}.txt"
            file.write_text(f"1. School meals cost {number} coins.", encoding="utf-8")
            library.add(file, given=Given(title=f"T{number} {payload}"))
        yield library


def test_there_are_more_than_200_and_all_differ() -> None:
    assert len(ALL) >= 200 and len({"".join(payload.split()).lower() for payload in ALL}) >= 200


def test_questions_are_text(visit: Visit) -> None:
    watched = Watched(visit())
    for batch in BATCHES:
        watched.reopen([{"question": payload} for payload in batch])
        assert watched.visitor.texts(".cl-asked") == [payload.strip() for payload in batch]
        assert not watched.page.locator(".cl-asked *").count()
        watched.untouched()


def test_the_list_of_earlier_conversations_is_text(visit: Visit) -> None:
    watched = Watched(visit())
    kept = [{"id": f"c{n}", "turns": [{"question": p}], "fingerprint": ""} for n, p in enumerate(ALL)]
    watched.page.evaluate("kept => localStorage.setItem('clauses-conversations', kept)", json.dumps(kept))
    watched.page.reload()
    watched.page.wait_for_selector(".cl-again", state="attached")
    assert watched.visitor.texts(".cl-again") == ALL
    watched.untouched()


def test_rows_and_labels_are_text(visit: Visit, hostile: Library, serving: Serve) -> None:
    watched = Watched(visit(serving(hostile).url))
    rows = hostile.snapshot().documents[0].slug
    watched.reopen(
        [{"question": f"Row {n}: {ALL[n]}", "chosen": [[rows], [], "", [], []]} for n in range(0, len(ALL), 10)]
    )
    cited = " ".join(" ".join(watched.visitor.texts(".cl-cite")).split())
    assert sum(" ".join(payload.split()) in cited for payload in ALL) >= 10
    watched.untouched()
    watched.visitor.open()
    shown = "".join("".join(watched.visitor.texts(".cl-text")).split())
    for number, payload in enumerate(ALL):
        assert f"Row{number}:{''.join(payload.split())}" in shown
    watched.untouched()


def test_titles_and_file_names_are_text(visit: Visit, hostile: Library, serving: Serve) -> None:
    watched = Watched(visit(serving(hostile).url))
    documents = hostile.snapshot().documents[1:]
    assert len(documents) == len(ALL)
    for first in range(0, len(documents), KEPT_QUESTIONS):
        batch = documents[first : first + KEPT_QUESTIONS]
        watched.reopen(
            [{"question": "What do school meals cost?", "chosen": [[d.slug], [], "", [], []]} for d in batch]
        )
        tops = watched.page.evaluate(
            """async () => { const tops = [], cites = document.querySelectorAll('.cl-cite:first-of-type');
            for (const cite of cites) {
              const before = document.querySelector('.cl-document')?.id;
              cite.click();
              for (let i = 0; i < 1500 && (document.querySelector('.cl-document')?.id ?? before) === before; i++)
                await new Promise(done => setTimeout(done, 20));
              tops.push(document.querySelector('.cl-top').textContent);
            } return tops }"""
        )
        assert len(tops) == len(batch)
        assert [d.source for d, top in zip(batch, tops, strict=True) if d.source not in top] == []
        assert [d.title for d, top in zip(batch, tops, strict=True) if " ".join(d.title.split()) not in top] == []
        watched.untouched()

"""Measures the page into a Markdown file: `python -m tests.page.figures docs/page.md QUESTIONS.jsonl` (make page-figures).

The server is a process of its own with the document that ships; the questions are those of the dev set that have an answer.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from app import WAITING
from index.library import Library
from page.words import AT_ONCE
from rag.ask import ask
from rag.edge import load_model
from tests.page.conftest import SWITCHES, find_browser, free_port

ASKED = 30
PEOPLE = 50
SLOW = 10
ENDED = b'"process_completed"'
FIRST_CARD = """() => new Promise((done) => {
  const box = document.querySelector('#cl-box textarea'), before = document.querySelectorAll('.cl-card').length;
  const watch = new MutationObserver(() => {
    if (document.querySelectorAll('.cl-card').length <= before) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - window.entered));  // when it is painted
  });
  watch.observe(document.querySelector('#cl-chat'), { childList: true, subtree: true });
  box.addEventListener('keydown', () => { window.entered = performance.now(); }, { once: true, capture: true });
})"""


@contextmanager
def served(folder: Path, at_once: int) -> Iterator[int]:
    """A server in a process of its own, warm; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.page.figures", "--serve", str(folder), str(port), str(at_once)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                person = Person(port)
                if person.ask("What is the Colombo Process?"):
                    break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


class Person:
    """Somebody whose browser speaks to Gradio's queue."""

    def __init__(self, port: int) -> None:
        self.port, self.session = port, uuid.uuid4().hex
        config = json.loads(self._request("GET", "/config"))
        parts = {part["id"]: part["props"] for part in config["components"]}
        box = next(number for number, props in parts.items() if props.get("elem_id") == "cl-box")
        event = next(d for d in config["dependencies"] if [box, "submit"] in d["targets"])
        self.box, self.event = box, event["id"]
        self.inputs = [(number == box, parts[number].get("value")) for number in event["inputs"]]

    def join(self, question: str) -> None:
        """Send a question. Raises OSError when it is not taken."""
        data = [question if is_box else value for is_box, value in self.inputs]
        sent = {"data": data, "fn_index": self.event, "trigger_id": self.box, "session_hash": self.session}
        self._request("POST", "/gradio_api/queue/join", json.dumps(sent))

    def ask(self, question: str) -> bool:
        """Send a question and read the stream to its end; whether it came to a good one."""
        self.join(question)
        ends = [line for line in self.stream() if ENDED in line]
        return bool(ends) and all(b'"success": true' in end or b'"success":true' in end for end in ends)

    def stream(self) -> Iterator[bytes]:
        """The lines of the answer as the server sends them."""
        connection, response = self._open("GET", f"/gradio_api/queue/data?session_hash={self.session}")
        try:
            for line in response:
                yield line
                if b"close_stream" in line:
                    return
        finally:
            connection.close()

    def crawl(self, until: threading.Event) -> None:
        """Read a byte a second."""
        connection, response = self._open("GET", f"/gradio_api/queue/data?session_hash={self.session}")
        while not until.wait(1):
            response.read(1)
        connection.close()

    def _open(self, method: str, path: str, body: str | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {"content-type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            raise OSError(f"{path}: {response.status} {response.read(300)!r}")
        return connection, response

    def _request(self, method: str, path: str, body: str | None = None) -> bytes:
        connection, response = self._open(method, path, body)
        with response:
            found: bytes = response.read()
        connection.close()
        return found


def first_sentence(port: int, questions: Sequence[str], alone: dict[str, float]) -> list[str]:
    """From Enter to the first card in Chromium, and what of it is not `ask` (measured alone, ms a question)."""
    whole, own = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=SWITCHES)
        page = browser.new_page(locale="en-US", viewport={"width": 1280, "height": 800})
        for number, question in enumerate(questions):
            if number % 5 == 0:  # a conversation of a usual length
                page.goto(f"http://127.0.0.1:{port}")
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
                page.reload()
                page.wait_for_selector(".cl-welcome")
            page.wait_for_selector("#cl-ask")
            page.fill("#cl-box textarea", question)
            page.evaluate(f"() => {{ window.measured = ({FIRST_CARD})() }}")
            page.press("#cl-box textarea", "Enter")
            took = float(page.evaluate("() => window.measured"))
            page.wait_for_function("() => document.querySelector('#cl-chat .bot-row:last-child .cl-confidence')")
            whole.append(took)
            own.append(took - alone[question])
        browser.close()
    return [
        "| | median | p95 |", "|---|---|---|",
        f"| Enter to the first quotation on screen, ms | {_ms(whole)} | {_ms(whole, 95)} |",
        f"| of it the page's own share, ms | {_ms(own)} | {_ms(own, 95)} |",
    ]  # fmt: skip


def crowd(port: int, questions: Sequence[str]) -> tuple[int, list[float]]:
    """Everybody asks at once: how many got no answer, and the milliseconds that each waited."""
    people = [Person(port) for _ in range(PEOPLE)]
    together = threading.Barrier(PEOPLE)

    def wait(person: Person, question: str) -> tuple[bool, float]:
        together.wait()
        began = time.perf_counter()
        try:
            answered = person.ask(question)
        except OSError:
            answered = False
        return answered, (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(PEOPLE) as pool:
        results = list(pool.map(wait, people, itertools.islice(itertools.cycle(questions), PEOPLE)))
    return sum(not answered for answered, _ in results), [took for _, took in results]


def beside_slow(port: int, questions: Sequence[str]) -> list[str]:
    """How long questions take alone, and while others read their answers a byte a second."""
    person, until = Person(port), threading.Event()
    before = [_timed(person, question) for question in questions]
    slow = [Person(port) for _ in range(SLOW)]
    for one, question in zip(slow, questions, strict=False):
        one.join(question)
    threads = [threading.Thread(target=one.crawl, args=(until,)) for one in slow]
    for thread in threads:
        thread.start()
    during = [_timed(person, question) for question in questions]
    until.set()
    for thread in threads:
        thread.join()
    return [
        "| | median, ms | p95, ms |", "|---|---|---|", f"| nobody else | {_ms(before)} | {_ms(before, 95)} |",
        f"| beside {SLOW} slow readers | {_ms(during)} | {_ms(during, 95)} |",
    ]  # fmt: skip


def _timed(person: Person, question: str) -> float:
    began = time.perf_counter()
    if not person.ask(question):
        raise OSError("A question got no answer.")
    return (time.perf_counter() - began) * 1000


def _ms(values: Sequence[float], percentile: int = 50) -> str:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{cuts[percentile - 1]:,.0f}"


def measure(questions: Sequence[str], folder: Path) -> str:
    """All figures as Markdown."""
    library = Library(folder, load_model)
    library.seed()
    answered = [question for question in questions if not ask(question, library).refused][:ASKED]
    alone = {q: statistics.median(ask(q, library).elapsed_ms for _ in range(3)) for q in answered}
    library.close()
    lines = ["# Figures of the page", "", "Made by `make page-figures`; nothing here is typed by hand.", ""]
    lines += [
        "## First sentence",
        "",
        f"{len(answered)} questions with an answer, in Chromium on the same machine.",
        "",
    ]
    with served(folder, AT_ONCE) as port:
        lines += first_sentence(port, answered, alone)
        lines += ["", "## A slow reader", "", "Questions through the queue, to the end of the answer.", ""]
        lines += beside_slow(port, answered)
    lines += ["", f"## {PEOPLE} people at once", "", f"The page answers {AT_ONCE} at a time; {WAITING} may wait.", ""]
    lines += ["| answered at a time | without an answer | median, ms | p95, ms |", "|---|---|---|---|"]
    for at_once in sorted({1, 2, 8, AT_ONCE}):
        with served(folder, at_once) as port:
            failed, took = crowd(port, answered)
        lines.append(f"| {at_once} | {failed} | {_ms(took)} | {_ms(took, 95)} |")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return "\n".join([*lines, "", f"{machine}; load average at the end {load}, all of the above included.", ""])


def _serve(folder: str, port: str, at_once: str) -> None:
    import app
    import page.asking

    for module in (app, page.asking):
        setattr(module, "AT_ONCE", int(at_once))  # noqa: B010 - a measured setting, not an attribute that they export
    app.serve(Library(Path(folder), load_model), port=int(port))


def main() -> None:
    """`--serve` is how this calls itself."""
    if sys.argv[1] == "--serve":
        _serve(*sys.argv[2:])
        return
    rows = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    asked = [row["question"] for row in map(json.loads, rows) if not row["history"] and row["gold"]]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(asked, Path(folder) / "library")
    print(found)
    Path(sys.argv[1]).write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()

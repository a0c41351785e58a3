"""A real browser on the real page, served from this process on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import Server, serve
from index.library import Library

playwright = pytest.importorskip("playwright.sync_api")

SWITCHES = [
    f"--{switch}"
    for switch in (
        "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync",
    )
]  # fmt: skip
Serve = Callable[[Library], Server]
connections: list[str] = []
"""Addresses outside this machine that the server's process turned to."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name in ("test_page.py", "test_people.py", "test_axe.py", "test_payloads.py"):
            item.add_marker(pytest.mark.page)


def find_browser() -> str | None:
    named = [os.environ.get("CHROMIUM"), "/usr/bin/chromium", shutil.which("chromium"), shutil.which("google-chrome")]
    return next((path for path in named if path and Path(path).exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listen(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple) and not str(args[1][0]).startswith(("127.", "::1")):
        connections.append(str(args[1]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = find_browser()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Chromium here; name one with CHROMIUM")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=SWITCHES)
        yield started
        started.close()


@pytest.fixture(scope="session")
def serving() -> Iterator[Serve]:
    """Serve a library for the rest of the session."""
    sys.addaudithook(_listen)
    servers: list[Server] = []

    def start(library: Library) -> Server:
        server = serve(library, port=free_port(), block=False)
        assert server
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def address(brussels: Library, serving: Serve) -> str:
    """Where the page on the document that ships is."""
    return serving(brussels).url

"""Remakes the pictures of the page in docs/: `python -m tests.page.screenshots docs` (make screenshots).

The document that ships, fixed questions, no motion, confidence and answers as the library gives them: the same every time.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from app import serve
from index.library import Library
from prompts import message
from rag.edge import load_model
from tests.page.conftest import SWITCHES, find_browser, free_port

SHOTS = (
    ("page.png", "en", "light", (1280, 800), True),
    ("page-dark.png", "en", "dark", (1280, 800), True),
    ("page-ar.png", "ar", "light", (1280, 800), True),
    ("page-phone.png", "zh", "light", (360, 740), False),
)
"""File, language, colours, size, whether the document is open beside the answer."""


def shoot(browser: Any, url: str, folder: Path) -> None:
    """Make every picture."""
    for name, language, scheme, (width, height), opened in SHOTS:
        context = browser.new_context(
            locale=language, color_scheme=scheme, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(url)
        page.wait_for_selector(".cl-welcome")
        page.fill("#cl-box textarea", message("page.example", language))
        page.press("#cl-box textarea", "Enter")
        page.wait_for_selector(".cl-confidence")
        if opened:
            page.locator(".cl-cite").first.click()
            page.wait_for_selector(".cl-here")
        page.evaluate("() => document.activeElement.blur()")
        page.wait_for_function("() => document.getAnimations().every((a) => a.playState !== 'running')")
        page.wait_for_timeout(500)  # the document has been scrolled to its clause
        page.screenshot(path=folder / name, caret="hide", animations="disabled")
        context.close()


def main() -> None:
    """The folder for the pictures is the one argument."""
    with tempfile.TemporaryDirectory() as place, closing(Library(Path(place), load_model)) as library:
        library.seed()
        server = serve(library, port=free_port(), block=False)
        assert server
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_browser(), args=SWITCHES)
            shoot(browser, server.url, Path(sys.argv[1]))
            browser.close()
        server.close()


if __name__ == "__main__":
    main()

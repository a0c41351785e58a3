"""axe-core finds nothing serious: every tab, an answer, an open document; light and dark, two widths, two directions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.page.test_page import COLOMBO, Visit, Visitor, visit

__all__ = ["visit"]
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
.filter((v) => ["serious", "critical"].includes(v.impact))
.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.html.slice(0, 200)} ${n.failureSummary}`))"""
TABS = "#cl-tabs > .tab-wrapper [role=tablist] > button[role=tab]"


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no axe-core here: npm ci --prefix tests/page")
    return AXE.read_text(encoding="utf-8")


class Auditor:
    """A visitor with axe-core, which runs in a world of the page's own and fetches nothing."""

    def __init__(self, visitor: Visitor, axe: str) -> None:
        self.page: Any = visitor.page
        self.page.set_default_timeout(30_000)
        self.page.evaluate(axe)
        self.found: dict[str, list[str]] = {}

    def look(self, where: str) -> None:
        self.page.wait_for_function("() => document.getAnimations().every((a) => a.playState !== 'running')")
        violations = self.page.evaluate(RUN)
        if violations:
            self.found[where] = violations


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_serious(visit: Visit, axe: str, language: str, scheme: str, width: int) -> None:
    visitor = visit(
        locale=language, color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    auditor, page = Auditor(visitor, axe), visitor.page
    auditor.look("first page")
    for tab in [str(name) for name in page.eval_on_selector_all(TABS, "all => all.map(tab => tab.id)")]:
        page.evaluate("id => document.getElementById(id).click()", tab)  # at 360 px some are in the menu of tabs
        page.wait_for_selector(f"#{tab}[aria-selected=true]", state="attached")
        auditor.look(tab)
    page.evaluate("selector => document.querySelector(selector).click()", TABS)
    visitor.ask("How do I bake bread?")
    visitor.ask(COLOMBO)
    auditor.look("answers")
    page.click("#cl-within > button")
    page.wait_for_selector("#cl-years")
    auditor.look("choice of documents")
    page.click("#cl-within > button")
    page.click("#cl-earlier summary")
    auditor.look("earlier conversations")
    page.keyboard.press("Escape")
    visitor.open(-1)
    auditor.look("document")
    assert auditor.found == {}


def test_axe_would_find_it(visit: Visit, axe: str) -> None:
    visitor = visit()
    auditor = Auditor(visitor, axe)
    visitor.page.evaluate("() => document.querySelector('.cl-promise').style.color = '#ddd'")
    auditor.look("first page")
    assert [v.split()[0] for v in auditor.found["first page"]] == ["color-contrast"]

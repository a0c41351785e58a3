"""What of a web page is no part of its document: what no browser shows, menus, notices about cookies."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HIDDEN_STYLE = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SHOWN_STYLE = re.compile(r"(?<![\w-])(?:display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible)", re.IGNORECASE)
_FOR_EARS = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "element-invisible", "visuallyhidden"})
"""Classes of text that only screen readers speak."""
_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar"})
_NOTES = frozenset({"doc-endnotes", "doc-footnote", "doc-footnotes"})
_COOKIES = re.compile(
    r"cookie|consent|gdpr|onetrust|usercentrics|didomi|osano|klaro|truste|^cc-(?:window|banner)|^cky-|^cmp(?:-|$)",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"(?:^|[-_])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|pagination|pager|skip-?(?:link|nav|to)\w*|share|social)(?:$|[-_])",
    re.IGNORECASE,
)
_NOTICE = 6_000
"""Characters that a notice about cookies has at most."""
_LINKED = 0.5
"""Share of its letters that are links, at least, in a menu that only its name or its place makes one."""


def unseen_in(tree: LexborHTMLParser) -> Callable[[LexborNode], str | None]:
    """A function that says what an element of the page is left out as ("hidden", "menu", "cookie notice" …), or None."""
    by_sheet = _hidden_by_sheets(tree)
    whole = len(tree.body.text()) if tree.body is not None else 0

    def kind_of(node: LexborNode) -> str | None:
        given = node.attributes
        if _is_hidden(node, by_sheet):
            return "hidden"
        if (given.get("role") or "").lower() in _NOTES or (
            node.tag == "section" and "footnotes" in (given.get("class") or "")
        ):
            return "footnote"
        if node.tag == "nav" or (given.get("role") or "").lower() in _ROLES:
            return "menu"
        names = [*(given.get("class") or "").split(), given.get("id") or ""]
        named_cookies = any(_COOKIES.search(name) for name in names)
        named_menu = any(_MENU.search(name) for name in names)
        margin = node.tag in ("header", "footer") and not _within(node, ("main", "article", "section", "blockquote"))
        if not (named_cookies or named_menu or margin) or node.tag in ("body", "main", "article"):
            return None
        length = len(node.text())
        if node.css_first("main, article, h1") is not None or 2 * length > whole:
            return None  # the document itself, of a page on cookies or with a telling class
        if named_cookies and length <= _NOTICE:
            return "cookie notice"
        return "menu" if (named_menu or margin) and _linked(node) >= _LINKED else None

    return kind_of


def _is_hidden(node: LexborNode, by_sheet: set[int]) -> bool:
    given = node.attributes
    style = given.get("style") or ""
    if "hidden" in given or (given.get("aria-hidden") or "").lower() == "true" or _HIDDEN_STYLE.search(style):
        return True
    if node.tag == "dialog" and "open" not in given:
        return True
    if _FOR_EARS & set((given.get("class") or "").split()):
        return True
    return node.mem_id in by_sheet and not _SHOWN_STYLE.search(style)


def _hidden_by_sheets(tree: LexborHTMLParser) -> set[int]:
    """`mem_id` of the elements that the page's own style sheets hide on screen, the last rule going before the others."""
    hidden: set[int] = set()
    for sheet in tree.css("style"):
        if (sheet.attributes.get("media") or "all").lower() not in ("all", "screen", ""):
            continue
        for selector, body in _rules(sheet.text() or ""):
            hides, shows = _HIDDEN_STYLE.search(body), _SHOWN_STYLE.search(body)
            if not (hides or shows):
                continue
            try:
                chosen = {node.mem_id for node in tree.css(selector)}
            except Exception:  # whatever a selector that lexbor does not know makes it raise
                continue
            hidden = hidden | chosen if hides else hidden - chosen
    return hidden


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Selector and body of the rules of a style sheet; those in @media and the like, which may not be meant, are not among
    them."""
    rules: list[tuple[str, str]] = []
    sheet = re.sub(r"/\*.*?\*/|<!--|-->", " ", sheet, flags=re.DOTALL)
    depth, start, selector = 0, 0, ""
    for found in re.finditer(r"[{};]", sheet):
        if found[0] == "{":
            if depth == 0:
                selector, start = sheet[start : found.start()].strip(), found.end()
            depth += 1
        elif found[0] == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                if selector and not selector.startswith("@"):
                    rules.append((selector, sheet[start : found.start()]))
                start = found.end()
        elif depth == 0:
            start = found.end()  # @import …;
    return rules


def _within(node: LexborNode, tags: tuple[str, ...]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


def _linked(node: LexborNode) -> float:
    """Share of an element's letters that are in links, 0 to 1."""
    letters = len("".join(node.text().split()))
    links = [node] if node.tag == "a" else node.css("a")
    return sum(len("".join(link.text().split())) for link in links) / letters if letters else 0.0

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
_REFERRED = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[ivxlc]{1,6}|[a-z])[\])]?")
_TO_A_NOTE = re.compile(r"#_?(?:ftn|edn|fn|foot|end|note|cite_note)(?!\w*ref)", re.IGNORECASE)
_NOTE_BLOCKS = frozenset({"p", "li", "div", "dd", "td", "aside", "blockquote"})
_FOOTNOTE = 3_000
"""Characters that a footnote has at most."""
_NOTICE = 6_000
"""Characters that a notice about cookies has at most."""
_LINKED = 0.5
"""Share of its letters that are links, at least, in a menu that only its name or its place makes one."""


def unseen_in(tree: LexborHTMLParser) -> Callable[[LexborNode], str | None]:
    """A function that says what an element of the page is left out as ("hidden", "menu", "cookie notice" …), or None."""
    by_sheet = _hidden_by_sheets(tree)
    whole = len(tree.body.text()) if tree.body is not None else 0
    notes = _footnotes(tree)

    def kind_of(node: LexborNode) -> str | None:
        given = node.attributes
        if node.mem_id in notes:
            return notes[node.mem_id]
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


def _footnotes(tree: LexborHTMLParser) -> dict[int, str]:
    """`mem_id` of links that are the marks of footnotes, and of the footnotes further down that they lead to, with their kind."""
    links = tree.css("a[href^='#']")
    if not links:
        return {}
    named = tree.css("[id], a[name]")
    order = {node.mem_id: n for n, node in enumerate(tree.css("[id], a[name], a[href^='#']"))}
    places = {
        name: node
        for node in reversed(named)
        for name in (node.attributes.get("id"), node.attributes.get("name"))
        if name
    }
    found: dict[int, str] = {}
    for link in links:
        href = link.attributes.get("href") or ""
        note = places.get(href[1:])
        raised = link.css_first("sup") is not None or (link.parent is not None and link.parent.tag == "sup")
        marked = _REFERRED.fullmatch("".join(link.text().split())) is not None
        if (
            note is None
            or order[note.mem_id] <= order[link.mem_id]
            or not (marked and (raised or _TO_A_NOTE.match(href)))
        ):
            continue
        block = _block_of(note)
        if block is not None and len(block.text()) <= _FOOTNOTE and not _holds(block, link):
            found[link.mem_id], found[block.mem_id] = "footnote mark", "footnote"
    return found


def _block_of(note: LexborNode) -> LexborNode | None:
    """The paragraph that is a footnote, or that the anchor of one stands in; where Word wraps it, with what else is in it."""
    block: LexborNode | None = note
    while block is not None and block.tag not in _NOTE_BLOCKS:
        if block.tag in ("body", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "main", "article"):
            return None
        block = block.parent
    above = block.parent if block is not None else None
    return above if above is not None and re.match(r"(?:ftn|edn)\d", above.attributes.get("id") or "") else block


def _holds(block: LexborNode, link: LexborNode) -> bool:
    above: LexborNode | None = link
    while above is not None and above.mem_id != block.mem_id:
        above = above.parent
    return above is not None


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

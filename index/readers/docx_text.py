"""The text of a Word file's paragraph as it prints, signs and formulas too; what it has and does not print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from index.clause import LeftOut
from index.readers.docx_symbols import UNKNOWN, sign_of, signs_in
from index.readers.raised import RAISED, bracketed, raised

_T, _TAB, _BR, _CR, _RUN, _SYM = (qn(f"w:{tag}") for tag in ("t", "tab", "br", "cr", "r", "sym"))
_HYPHEN, _TEXT_BOX, _DELETED = qn("w:noBreakHyphen"), qn("w:txbxContent"), qn("w:delText")
_PROPERTIES = frozenset({qn("w:pPr"), qn("w:rPr")})
_GONE = frozenset({qn("w:del"), qn("w:moveFrom")})
"""What a tracked change takes away or moves elsewhere."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A text box once more, for old versions of Word."""
_OFF = ("0", "false", "off")
"""How a property that is on where it is named is put out."""
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RAISE, _LOWER, _FRACTION = "\x01", "\x02", "\x03"
"""Stand before and after what is raised, and before a fraction, until the whole line is known; no XML has them."""
_RAISED_RUN = re.compile(f"{_RAISE}([^{_LOWER}]*){_LOWER}")


@dataclass(frozen=True, slots=True)
class Styles:
    """Ids of the styles of a file that say how characters print, by themselves or by the style that they are based on."""

    raising: frozenset[str] = frozenset()
    hiding: frozenset[str] = frozenset()

    @classmethod
    def of(cls, styles: etree._Element) -> Styles:
        """Those of a file's styles."""
        given: dict[str, etree._Element] = {
            style.get(qn("w:styleId")) or "": style for style in styles.iter(qn("w:style"))
        }

        def says(name: str, tag: str, depth: int = 0) -> str | None:
            """The value that a style gives to a property of characters, "" where it only names it; None where it is silent."""
            style = given.get(name)
            if style is None or depth > len(given):
                return None
            found, based = style.find(f"{qn('w:rPr')}/{qn(tag)}"), style.find(qn("w:basedOn"))
            if found is not None:
                return found.get(qn("w:val")) or ""
            return None if based is None else says(based.get(qn("w:val")) or "", tag, depth + 1)

        return cls(
            frozenset(name for name in given if says(name, "w:vertAlign") == "superscript"),
            frozenset(name for name in given if says(name, "w:vanish") not in (None, *_OFF)),
        )


NO_STYLES = Styles()


def text_of(paragraph: etree._Element, styles: Styles = NO_STYLES) -> str:
    """The text of a paragraph, a line feed where its lines are broken by hand; a text box is a paragraph of its own. What is
    raised, and a fraction, does not go on the figure before it: "10⁶", "1 1/2"."""
    text = "".join(_pieces(paragraph, styles)).replace(f"{_LOWER}{_RAISE}", "")
    text = _RAISED_RUN.sub(lambda found: raised(found[1], text[max(found.start() - 2, 0) : found.start()]), text)
    return re.sub(rf"(?<=\d){_FRACTION}(?=\d)", " ", text).replace(_FRACTION, "")


def _pieces(paragraph: etree._Element, styles: Styles) -> Iterator[str]:
    for child in paragraph:
        if child.tag == _T:
            yield _as_printed((child.text or "").replace("\n", " "), child.getparent(), styles)
        elif child.tag == _SYM:
            yield _sign(child)
        elif child.tag == _TAB:
            yield " "
        elif child.tag in (_BR, _CR):
            yield "\n"
        elif child.tag == _HYPHEN:
            yield "\u2011"
        elif child.tag == f"{_MATH}oMath":
            yield _formula(child)
        elif not (
            child.tag in (_DELETED, _TEXT_BOX, FALLBACK)
            or child.tag in _PROPERTIES | _GONE
            or _is_hidden(child, styles)
        ):
            yield from _pieces(child, styles)


def unseen(body: etree._Element, styles: Styles = NO_STYLES) -> Iterator[LeftOut]:
    """What the paragraphs of a body have and do not print: deleted or moved, and hidden text; one a paragraph and kind."""
    for paragraph in body.iter(qn("w:p")):
        found: dict[str, list[str]] = {"deleted text": [], "hidden": []}
        for element in paragraph.iter(_RUN):
            within = {above.tag for above in element.iterancestors()}
            if FALLBACK in within or next(element.iterancestors(qn("w:p"))) is not paragraph:
                continue
            kind = "deleted text" if within & _GONE else "hidden" if _is_hidden(element, styles) else None
            if kind:
                found[kind] += [child.text or "" if child.tag in (_T, _DELETED) else " " for child in element]
        for kind, texts in found.items():
            if text := " ".join("".join(texts).split()):
                yield LeftOut(kind, text)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property that is on where it is named is there and not put out."""
    return element is not None and element.get(qn("w:val")) not in _OFF


def _is_hidden(element: etree._Element, styles: Styles) -> bool:
    """Whether a run is hidden: by itself, else by its style, else by that of its paragraph."""
    if element.tag != _RUN:
        return False
    vanish, style = (element.find(f"{qn('w:rPr')}/{qn(tag)}") for tag in ("w:vanish", "w:rStyle"))
    if vanish is not None:
        return is_on(vanish)
    if style is not None and style.get(qn("w:val")) in styles.hiding:
        return True
    paragraph = next(element.iterancestors(qn("w:p")), None) if styles.hiding else None
    whole = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if paragraph is not None else None
    return whole is not None and whole.get(qn("w:val")) in styles.hiding


def _as_printed(text: str, run: etree._Element | None, styles: Styles) -> str:
    """The text of a run in its font, marked where it is raised."""
    printed = signs_in(text, _font(run))
    return f"{_RAISE}{printed}{_LOWER}" if _is_raised(run, styles) else printed


def _is_raised(run: etree._Element | None, styles: Styles) -> bool:
    properties = run.find(qn("w:rPr")) if run is not None else None
    if properties is None:
        return False
    align, style = properties.find(qn("w:vertAlign")), properties.find(qn("w:rStyle"))
    if align is not None:
        return bool(align.get(qn("w:val")) == "superscript")
    return style is not None and style.get(qn("w:val")) in styles.raising


def _font(run: etree._Element | None) -> str:
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") if run is not None else None
    return fonts.get(qn("w:ascii")) or "" if fonts is not None else ""


def _sign(sym: etree._Element) -> str:
    try:
        return sign_of(sym.get(qn("w:font")) or "", int(sym.get(qn("w:char")) or "", 16))
    except ValueError:
        return UNKNOWN


def _formula(element: etree._Element) -> str:
    """A formula on one line: what is printed raised is raised or stands after "^", a fraction has a stroke."""
    if element.tag in (_T, f"{_MATH}t"):
        return element.text or ""
    if element.tag in _GONE:
        return ""
    kind = str(element.tag).removeprefix(_MATH)
    inner = [(str(child.tag).removeprefix(_MATH), _formula(child)) for child in element]
    if kind == "f":
        parts = dict(inner)
        return f"{_FRACTION}{bracketed(parts.get('num', ''))}/{bracketed(parts.get('den', ''))}"
    if kind == "rad":
        parts = dict(inner)
        return f"{parts.get('deg', '').translate(RAISED)}√{bracketed(parts.get('e', ''))}"
    if kind == "d":
        begins, parted, ends = (_given(element, f"dPr/{name}", usual) for name, usual in _DELIMITERS)
        return begins + parted.join(text for name, text in inner if name == "e") + ends
    text = "".join(text for _, text in inner)
    if kind == "sup" and text:
        figures = text.translate(RAISED)
        return figures if not any(char in figures for char in text) else f"^{bracketed(text)}"
    return (_given(element, "naryPr/chr", "∫") if kind == "nary" else "") + text


_DELIMITERS = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))


def _given(element: etree._Element, path: str, usual: str) -> str:
    found = element.find("/".join(_MATH + name for name in path.split("/")))
    return usual if found is None else found.get(f"{_MATH}val") or ""

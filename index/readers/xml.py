"""Akoma Ntoso XML as the United Nations publishes its resolutions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from lxml import etree

from index.errors import FileRefusedError
from index.readers.parts import LeftOut, Paragraph, Parts, is_short

_LANGUAGES = {
    "ara": "ar", "zho": "zh", "chi": "zh", "eng": "en", "fra": "fr", "fre": "fr", "rus": "ru", "spa": "es",
}  # fmt: skip
_BLOCKS = frozenset({"p", "heading", "subheading", "longTitle", "docTitle"})
_HEADINGS = frozenset({"heading", "subheading", "preface", "longTitle", "docTitle"})


def parts(data: bytes, name: str) -> Parts:
    """Take an XML file apart. Raises FileRefusedError for what is no Akoma Ntoso, or declares entities."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise FileRefusedError(
            f"{name} declares a document type or entities, which are not read; bring it without them."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FileRefusedError(f"{name} is damaged XML ({error.msg}); bring a sound copy.") from error
    if _tag(root) != "akomaNtoso":
        raise FileRefusedError(
            f"{name} is XML of another kind ({_tag(root)}); known is Akoma Ntoso. Bring it as text, HTML, DOCX or PDF."
        )
    left_out: list[LeftOut] = []
    found = list(_paragraphs(root, left_out))
    if not found:
        raise FileRefusedError(f"{name} holds no paragraph: there is nothing to read in it.")
    return Parts(
        tuple(found), tuple(left_out), title=_title(root), symbol=_symbol(root),
        language=_language(root), date=_date(root),
    )  # fmt: skip


def _paragraphs(root: etree._Element, left_out: list[LeftOut]) -> Iterator[Paragraph]:
    number = ""
    for element in root.iter(etree.Element):
        tag = _tag(element)
        inside = {_tag(ancestor) for ancestor in element.iterancestors()}
        if "meta" in inside or "authorialNote" in inside:
            continue
        if tag == "authorialNote":
            left_out.append(LeftOut("footnote", f"{element.get('marker', '')} {_text(element)}".strip()))
        elif tag == "img":
            left_out.append(LeftOut("picture", element.get("title") or ""))
        elif tag == "num":
            number = _text(element)
        elif tag in _BLOCKS and not inside & _BLOCKS:
            text = " ".join(part for part in (number, _text(element)) if part)
            number = ""
            if text:
                heading = tag in _HEADINGS or bool(inside & _HEADINGS)
                yield Paragraph(text, heading or is_short(text))


def _text(element: etree._Element) -> str:
    """The text of an element without its footnotes, white space as single spaces."""
    return " ".join(_raw(element).split())


def _raw(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _tag(child) != "authorialNote":
            pieces.append(" " if _tag(child) in ("eol", "br") else _raw(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _tag(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _first(root: etree._Element, tag: str) -> etree._Element | None:
    return next(root.iter(f"{{*}}{tag}"), None)


def _title(root: etree._Element) -> str | None:
    """The last title: before it stand those of the masthead ("Resolution adopted by …")."""
    titles = [
        _text(element) for element in root.iter("{*}docTitle") if "attachment" not in map(_tag, element.iterancestors())
    ]
    return titles[-1] if titles else None


def _language(root: etree._Element) -> str | None:
    element = _first(root, "FRBRlanguage")
    return _LANGUAGES.get(element.get("language", "")) if element is not None else None


def _date(root: etree._Element) -> datetime.date | None:
    """The date of adoption."""
    element = _first(root, "FRBRdate")
    try:
        return datetime.date.fromisoformat(element.get("date", "")) if element is not None else None
    except ValueError:
        return None


def _symbol(root: etree._Element) -> str | None:
    """A resolution of the General Assembly has the symbol A/RES/ and its number."""
    element = _first(root, "FRBRuri")
    found = re.search(r"/unga/[\d-]+/(\d+)-(\d+)/", element.get("value", "")) if element is not None else None
    return f"A/RES/{found.group(1)}/{found.group(2)}" if found else None

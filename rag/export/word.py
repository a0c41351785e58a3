"""A paper as a Word file."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

from rag.export.paper import Line, LineKind, Paper

_FONTS = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "SimSun", "cs": "Traditional Arabic"}
"""Those of UN documents; a program that has not got one takes another of the same script."""
_LOCALES = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
_STYLES: dict[LineKind, str] = {
    "title": "Title", "question": "Heading 2", "quotation": "Quote", "citation": "Caption", "fact": "Caption",
}  # fmt: skip
"""Of Word's own; all else is "Normal"."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(paper: Paper) -> bytes:
    """A .docx file. Arabic runs from right to left; what Word cannot hold (control characters) is shown as U+FFFD."""
    from docx import Document  # takes a moment to load, which no other command should wait for
    from docx.shared import Pt, RGBColor

    file = Document()
    properties = file.core_properties
    properties.title, properties.author, properties.comments = paper.lines[0].text, "Clauses", ""
    properties.language = paper.language
    for name, size in (("Title", 22), ("Heading 2", 13), ("Quote", 12), ("Caption", 10), ("Normal", 11)):
        style, bold = file.styles[name], name == "Heading 2"
        style.font.italic = style.font.cs_italic = False  # nor is anything quoted bold: neither suits Chinese or Arabic
        style.font.bold = style.font.cs_bold = bold
        style.font.size = Pt(size)
        resize(style, size)
        style.font.color.rgb = RGBColor(0x1F, 0x23, 0x28)
    file.styles["Quote"].paragraph_format.left_indent = Pt(28)
    file.styles["Quote"].paragraph_format.right_indent = Pt(28)
    for line in paper.lines:
        _add(line, paper.language, file)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _add(line: Line, own: str, file: Any) -> None:
    text = _NO_XML.sub("\ufffd", f"— {line.text}" if line.kind == "citation" else line.text)
    paragraph = file.add_paragraph(style=_STYLES.get(line.kind, "Normal"))
    rightward = right_to_left(line.text, line.language, own)
    if rightward:
        turn(paragraph)
    paragraph.paragraph_format.keep_with_next = line.kind in ("question", "quotation")
    say(paragraph.add_run(text), line.language or own, rightward)


def turn(paragraph: Any) -> None:
    """Let a paragraph run from right to left."""
    _property(paragraph._p.get_or_add_pPr(), "bidi")


def say(run: Any, language: str, rightward: bool) -> None:
    """Give a run, before anything else is set of it, the fonts of UN documents, its language and its direction."""
    properties = run._r.get_or_add_rPr()
    _property(properties, "rFonts", **_FONTS)
    if rightward:
        _property(properties, "rtl")
    locale = _LOCALES.get(language, language)
    kind = {"ar": "bidi", "zh": "eastAsia"}.get(locale[:2], "val")
    _property(properties, "lang", **{kind: locale})


def resize(style: Any, size: int) -> None:
    """Give Arabic the size in points that a style has, and take out what tears its letters apart."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for name in ("spacing", "kern", "szCs"):
        for found in properties.findall(qn(f"w:{name}")):
            properties.remove(found)
    _property(properties, "szCs", val=str(size * 2))
    properties.find(qn("w:sz")).addnext(properties[-1])


def right_to_left(text: str, language: str | None, own: str) -> bool:
    """Whether a text is Arabic: by its language, or by its first letter where that is not known; `own` where it has none."""
    if language is not None:
        return language == "ar"
    sides = (unicodedata.bidirectional(character) for character in text)
    first = next((side for side in sides if side in ("L", "R", "AL")), None)
    return own == "ar" if first is None else first != "L"


def _property(properties: Any, name: str, **values: str) -> None:
    """Add `<w:name w:key="value"/>`; the caller keeps to the order that the schema wants."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    properties.append(element)

"""Word files with numbers that Word prints by itself, made from raw XML."""

from __future__ import annotations

import io

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(at: int, format: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A `w:lvl`; `more` stands where the schema has pStyle, lvlRestart and isLgl."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def word_file(abstracts: list[str], nums: list[str], styles: list[str], paragraphs: list[tuple[str, str]]) -> bytes:
    """A file with these `w:abstractNum` and `w:num`, styles of paragraphs (XML), and paragraphs: what stands in their `w:pPr`,
    and their text."""
    made = docx.Document()
    part = made.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    for child in list(part.element):
        part.element.remove(child)
    for xml in (*abstracts, *nums):
        part.element.append(parse_xml(xml.replace(">", f" {W}>", 1)))
    for xml in styles:
        made.styles.element.append(parse_xml(xml.replace(">", f" {W}>", 1)))
    for properties, text in paragraphs:
        paragraph = made.add_paragraph(text)
        paragraph._p.insert(0, parse_xml(f"<w:pPr {W}>{properties}</w:pPr>"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def num(number: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def abstract(number: int, *levels: str, more: str = "") -> str:
    inside = f'<w:multiLevelType w:val="multilevel"/>{more}{"".join(levels)}'
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def style(name: str, numbering: str = "", based_on: str = "Normal", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    own = f"<w:pPr>{numbering}</w:pPr>" if numbering else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}{own}</w:style>'


def numbered(number: int | None = None, at: int | None = None) -> str:
    """A `w:numPr`."""
    level_of = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    list_of = "" if number is None else f'<w:numId w:val="{number}"/>'
    return f"<w:numPr>{level_of}{list_of}</w:numPr>"


def styled(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'

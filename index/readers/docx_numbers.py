"""The numbers that Word prints before paragraphs by itself, of lists and of styles (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from index.readers.docx_text import is_on
from index.readers.numbers import han, mark_for, repeated_letters, roman, russian_letters
from index.structure.marks import Mark

LEVELS = 9
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": repeated_letters,
    "upperLetter": lambda number: repeated_letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "russianLower": russian_letters,
    "russianUpper": lambda number: russian_letters(number).upper(),
    "ordinal": lambda number: f"{number}{_ordinal_ending(number)}",
    "none": lambda _: "",
    "arabicAbjad": lambda number: repeated_letters(number, _ABJAD),
    "arabicAlpha": lambda number: repeated_letters(number, _ARABIC),
    "hindiNumbers": lambda number: str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "decimalFullWidth": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if 0 < number <= 20 else str(number),
    "decimalEnclosedParen": lambda number: f"({number})",
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
         "ideographDigital"), han,
    ),
}  # fmt: skip
"""How numbers are written by `w:numFmt`; in a form that is not here none is printed, since a wrong one is worse."""


@dataclass(slots=True)
class _Level:
    """One level of a list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """"%1.%2": the numbers of which levels, and what stands about them."""
    restart: int | None = None
    """After a paragraph of which level, from 1, or one above it this level begins anew; 0 for never, None for any above it."""
    legal: bool = False
    """Whether the numbers of all levels are in figures."""
    style: str | None = None
    """Id of the paragraph style that has this level."""


@dataclass(slots=True)
class _List:
    """A list as paragraphs name it by `w:numId`."""

    abstract: str
    levels: dict[int, _Level]
    anew: dict[int, int]
    """By level: the number that this list begins with, though others like it came before."""
    used: set[int] = field(default_factory=set)
    """Levels that have begun anew."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What Word prints before a paragraph."""

    label: str
    """"12.", "(c)"; empty for a bullet and for numbers in a form that is not known here."""
    mark: Mark | None
    known: bool
    """False where a number is printed that is not known here."""
    bullet: bool = False


class Numbering:
    """The numbers of a document; every paragraph must be asked for once, in order."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iterchildren(qn("w:style"))}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")
            ),
            None,
        )
        self._lists = self._read(document)
        self._counts: dict[str, dict[int, int]] = {}
        self._bodies: dict[str, dict[int, bool]] = {}

    def of(self, paragraph: etree._Element, *, heading: bool) -> Printed | None:
        """What Word prints before the next paragraph; None where it prints nothing. heading: whether the paragraph is one,
        under which numbers are of paragraphs, not of items."""
        found = self._list_of(paragraph)
        if found is None:
            return None
        numbers, at = found
        level = numbers.levels.get(at)
        if level is None:
            return None
        counts = self._count(numbers, at)
        bodies = self._bodies.setdefault(numbers.abstract, {})
        below = level.text.count("%") == 1 and any(bodies.get(above) for above in range(at))
        bodies[at] = not heading
        for deeper in range(at + 1, LEVELS):
            bodies.pop(deeper, None)
        if level.format == "bullet" or not level.text.strip():
            return Printed("", None, True, bullet=level.format == "bullet")
        label = self._label(numbers, at, counts)
        return Printed(label, mark_for(label, below=below), True) if label else Printed("", None, label is not None)

    def _count(self, numbers: _List, at: int) -> dict[int, int]:
        """Count one more on a level; return the counts of all levels that have begun."""
        counts = self._counts.setdefault(numbers.abstract, {})
        if at in numbers.anew and at not in numbers.used:
            counts[at] = numbers.anew[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = numbers.levels[at].start
        numbers.used.add(at)
        for deeper in range(at + 1, LEVELS):
            level = numbers.levels.get(deeper)
            after = deeper if level is None or level.restart is None else level.restart
            if at < after:
                counts.pop(deeper, None)
        return counts

    def _label(self, numbers: _List, at: int, counts: dict[int, int]) -> str | None:
        level = numbers.levels[at]
        written = level.text
        for place in sorted({int(n) - 1 for n in re.findall(r"%([1-9])", level.text)}):
            other = numbers.levels.get(place) or _Level()
            write = _FORMATS.get("decimal" if level.legal and other.format != "none" else other.format)
            if write is None:
                return None
            written = written.replace(f"%{place + 1}", write(counts.get(place, other.start)))
        return " ".join(written.split())

    def _list_of(self, paragraph: etree._Element) -> tuple[_List, int] | None:
        """The list that a paragraph belongs to, by itself or by its style, and its level, from 0."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or self._default
        chain = self._chain(style)
        named = [_value(own.find(qn("w:numId"))) if own is not None else None]
        named += [_value(s.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")) for s in chain]
        number = next((n for n in named if n is not None), None)
        numbers = self._lists.get(number or "0")
        if numbers is None:
            return None
        at = _whole(own.find(qn("w:ilvl"))) if own is not None else None
        if at is None:
            at = 0 if named[0] is not None else self._level_of(chain, numbers)
        return numbers, min(max(at, 0), LEVELS - 1)

    def _level_of(self, chain: list[etree._Element], numbers: _List) -> int:
        """The level that a style has: the one that names it, else the one that it or a style it is based on names."""
        for style in chain:
            name = style.get(qn("w:styleId"))
            linked = next((at for at, level in numbers.levels.items() if level.style == name), None)
            given = _whole(style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}"))
            if linked is not None or given is not None:
                return linked if linked is not None else given or 0
        return 0

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and those it is based on, itself first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = _value(chain[-1].find(qn("w:basedOn")))
        return chain

    def _read(self, document: WordDocument) -> dict[str, _List]:
        try:
            part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(part.blob, parser)
        abstracts = {a.get(qn("w:abstractNumId")): a for a in root.iterchildren(qn("w:abstractNum"))}
        nums = {n.get(qn("w:numId")): n for n in root.iterchildren(qn("w:num"))}
        found: dict[str, _List] = {}
        for number, num in nums.items():
            abstract = self._abstract(_value(num.find(qn("w:abstractNumId"))), abstracts, nums)
            if number in (None, "0") or abstract not in abstracts:
                continue
            levels = {
                at: _level(lvl)
                for lvl in abstracts[abstract].iterchildren(qn("w:lvl"))
                if (at := _number(lvl.get(qn("w:ilvl")))) is not None
            }
            anew: dict[int, int] = {}
            for override in num.iterchildren(qn("w:lvlOverride")):
                at = _number(override.get(qn("w:ilvl")))
                if at is None:
                    continue
                lvl = override.find(qn("w:lvl"))
                if lvl is not None:
                    levels[at] = _level(lvl)
                start = _whole(override.find(qn("w:startOverride")))
                if start is not None:
                    anew[at] = start
            found[number] = _List(abstract, levels, anew)
        return found

    def _abstract(self, name: str | None, abstracts: dict[str, etree._Element], nums: dict[str, etree._Element]) -> str:
        """The definition of a list; where it only links to a numbering style, that of the style."""
        seen: set[str] = set()
        while name in abstracts and name not in seen:
            seen.add(name)
            style = self._styles.get(_value(abstracts[name].find(qn("w:numStyleLink"))) or "")
            if style is None:
                break
            num = nums.get(_value(style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")) or "")
            if num is None:
                break
            name = _value(num.find(qn("w:abstractNumId")))
        return name or ""


def _level(lvl: etree._Element) -> _Level:
    start = _whole(lvl.find(qn("w:start")))
    return _Level(
        start=0 if start is None else start,
        format=_value(lvl.find(qn("w:numFmt"))) or "decimal",
        text=_value(lvl.find(qn("w:lvlText"))) or "",
        restart=_whole(lvl.find(qn("w:lvlRestart"))),
        legal=is_on(lvl.find(qn("w:isLgl"))),
        style=_value(lvl.find(qn("w:pStyle"))),
    )


def _value(element: etree._Element | None) -> str | None:
    value = element.get(qn("w:val")) if element is not None else None
    return str(value) if value is not None else None


def _whole(element: etree._Element | None) -> int | None:
    return _number(_value(element))


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value, re.ASCII) else None


def _ordinal_ending(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")

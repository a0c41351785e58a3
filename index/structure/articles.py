"""Articles of treaties, rules and statutes: which lines open one, and which only speak of another instrument's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clause import Step
from index.readers.parts import Paragraph
from index.structure.ahead import titles_an_article
from index.structure.labels import Draft
from index.structure.marks import Mark
from index.structure.ordinals import ordinal
from index.structure.place import Place

_PARTED = re.compile(r"[.:：–—-]\s*$|\s{2,}$|[\t\u3000]$|条\s+$")
"""What parts the number of an article from its text."""
_GOES_ON = re.compile(r"[,،、，]|\d(?<=[^\s\u3000]\d)")
"""What comes after the number, however it is parted, where a sentence goes on: "Article 13, paragraph 2", "Article 3.2"."""
_SPEAKS_OF = re.compile(
    r"[(（]|\d(?!\d?[.．、]\s)|[第规所的和及与或至应不]|(?:من|في|ت?نص|ينص|و|أو|إلى|and|or|et|ou|y|o|и|или)(?!\w)"
)
"""What comes after the number alone where a sentence speaks of an article: "Article 13 (2) of …", "第十三条规定"."""


def read_article(paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: Place, drafts: list[Draft]) -> bool:
    """Append the block of an article's own line, or of an article with its text on the line; False where a sentence only begins
    with the name of one."""
    text, title = paragraphs[position].text, paragraphs[position].short or titles_an_article(paragraphs, position)
    if not _opens(paragraphs, position, mark, place, title=title):
        return False
    place.article = (
        Step("rule" if mark.kind == "rule" else "paragraph" if mark.kind == "paragraph" else "article", mark.number),
    )
    place.last_article = _count(mark) or place.last_article
    place.article_titles, place.parted = (), False
    place.numbered, place.items, place.last_number, place.last_decimal = (), (), 0, ""
    if title:
        place.article_titles = (text,)
        drafts.append(Draft("heading", [text], place.path, place.part_title, 0))
    else:
        drafts.append(Draft("paragraph", [text], place.part + place.article, place.headings, mark.length))
    return True


def _opens(paragraphs: Sequence[Paragraph], position: int, mark: Mark, place: Place, *, title: bool) -> bool:
    """Whether a line opens an article. Its number is parted from the text by a mark, or it goes on from the article before, or
    it is the first and the second stands below."""
    text = paragraphs[position].text
    parted = _PARTED.search(text[: mark.length]) is not None
    if len(text) == mark.length:
        return True
    if _GOES_ON.match(text, mark.length) or (text[mark.length].islower() and not (title and parted)):
        return False
    if parted:
        return True
    if _SPEAKS_OF.match(text, mark.length):
        return False
    if title:
        return True
    count = _count(mark)
    if count == 1:
        return any(
            (other := p.begins_with) and other.kind == mark.kind and _count(other) == 2
            for p in paragraphs[position + 1 :]
        )
    return count is not None and count in (place.last_article, place.last_article + 1)


def _count(mark: Mark) -> int | None:
    """What the number of an article counts; that of "5 bis" is 5."""
    return ordinal(re.split(r"\s", mark.number)[0].upper())

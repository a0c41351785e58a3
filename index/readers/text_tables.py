"""Rows of tables in plain text: lines with wide gaps under each other, or with figures at their end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from index.readers.parts import Paragraph
from index.readers.rows import ends_in_figures
from index.structure.phrases import is_signature
from index.symbols import is_masthead

ROWS = 3
"""Short lines with a gap under each other, from which on they are rows of a table."""
_GAP = re.compile(r"\s{3,}|\t")


def rows_marked(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The same paragraphs, those that are rows of a table marked as such; none of them is a heading."""
    found: list[Paragraph] = []
    for gapped, group in groupby(paragraphs, key=_has_gap):
        own = list(group)
        table = gapped and len(own) >= ROWS and not any(is_signature(paragraph.text) for paragraph in own)
        found += [
            replace(paragraph, short=False, row=True)
            if paragraph.short and (table or ends_in_figures(paragraph.text))
            else paragraph
            for paragraph in own
        ]
    return found


def _has_gap(paragraph: Paragraph) -> bool:
    """Whether a short line has a gap elsewhere than behind its number, and is not of a masthead of two columns."""
    mark = paragraph.begins_with
    pieces = _GAP.split(paragraph.text[mark.length if mark else 0 :])
    return paragraph.short and len(pieces) > 1 and not any(map(is_masthead, pieces))

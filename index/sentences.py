"""Sentences of a clause as spans. The splitter only says where; the text is never rewritten."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from index.clause import Sentence

_CLOSING = tuple(",;:.!?)]’”»،؛。，、；：？！）》」』")
_NO_START = re.compile(r"[a-zа-яё\d]")
"""A sentence does not begin so: the splitter stopped after "para." or inside a quotation."""
_NO_END = re.compile(r"(?:\b[A-Z]|\b(?:paras?|No|nos?|arts?|vol|Corr|Add|Rev|chap|sect|párr|núm|п|пп|ст))\.\s*$")


def sentences(text: str, language: str | None, offset: int = 0) -> tuple[Sentence, ...]:
    """Split a clause's text into sentences.

    Spans are without white space at either end, in order, and cover every visible character of `text`;
    `offset` is added to all of them.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _boundaries(text, language):
        if end < len(text) and _joins(text[start:end], text[end:]):
            continue
        spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    trimmed = ((s + len(text[s:e]) - len(text[s:e].lstrip()), s + len(text[s:e].rstrip())) for s, e in spans)
    return tuple(Sentence(offset + s, offset + e) for s, e in trimmed if s < e)


def _boundaries(text: str, language: str | None) -> list[int]:
    # Lone surrogates cannot cross into the splitter; a stand-in of the same length keeps the offsets.
    clean = re.sub(r"[\ud800-\udfff]", "�", text)
    found = get_sentence_boundaries(language or "en", clean)
    if any(clean[b["start_index"] : b["end_index"]] != b["text"] for b in found):
        return [len(text)]  # offsets that do not slice the text are of no use: the clause stays whole
    return [b["end_index"] for b in found]


def _joins(left: str, right: str) -> bool:
    """Whether a boundary between `left` and `right` is none."""
    ended, following = left.rstrip(), right.lstrip()[:1]
    if not ended or following in _CLOSING or _NO_END.search(left):
        return True
    return bool(_NO_START.match(following)) and not ended.endswith(("。", "！", "？", "؟"))

"""When a question leans on the one before it, and what to search with then."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORT = 24
"""Columns of a question (a Chinese character takes two) below which it is taken to lean on the one before."""
_LEANS = re.compile(
    r"^\s*(?:and|what about|how about|why|那|那么|还有|为什么|et|qu'en est-il|pourquoi|y|¿y|¿por qué|и|а|почему|و|وماذا|لماذا)\b"
    r"|呢[？?]?\s*$",
    re.IGNORECASE,
)


def search_text(question: str, history: Sequence[str]) -> str:
    """What to search with: the question, after the previous one where it says too little alone."""
    if not history:
        return question
    width = sum(2 if ord(c) >= 0x2E80 else 1 for c in question)
    if width <= SHORT or _LEANS.search(question):
        return f"{history[-1]} {question}"
    return question

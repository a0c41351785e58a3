"""Raised characters on one line, so that none goes on the figure before it: "10⁶", "2020¹,²", "10^n"."""

from __future__ import annotations

import re

RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_FIGURE = re.compile(r"[+−-]?[0-9]+[+−-]?\s*")
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_EXPONENT = re.compile(r"[^\W_]+(?:(?:[+−-]|,\s?)[^\W_]+)*")
_ORDINAL = re.compile(r"st|nd|rd|th|[oa]s?|ers?|re|ère|e|è?mes?|й|го|я", re.IGNORECASE)
"""What is printed raised after a number, as in "1st", "2e", "3o"."""
_COUNTED = re.compile(r"\d$|(?:^|[\W\d_])[^\W\d_]$")
"""Before an exponent: a figure, or a letter that stands alone."""


def raised(text: str, before: str) -> str:
    """The text as it prints: figures are raised; letters that are an exponent, or a mark of a note, stand after "^".

    before: what stands before it on the line, its last two characters at least."""
    if _FIGURE.fullmatch(text):
        return text.translate(RAISED)
    if not re.search(r"[^\W\d_]", text):
        return text.translate(_DIGITS)
    exponent = _EXPONENT.fullmatch(text) and not _ORDINAL.fullmatch(text)
    if exponent and _COUNTED.search(before) and (before[-1:].isdecimal() or len(text) == 1):
        return f"^{bracketed(text)}"
    return re.sub(r"^[0-9]+", lambda found: found[0].translate(_DIGITS), text) if before[-1:].isdecimal() else text


def bracketed(text: str) -> str:
    """The text in brackets where it is more than one figure or word."""
    return text if len(text) < 2 or text.isalnum() else f"({text})"

"""Lines of a PDF to one text: white space as the language has it, hyphens only where a word has one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from index.readers.pdf_glyphs import BREAK
from index.readers.pdf_layout import Line

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[-‐‑][^\W_]+)*")
_LAST_WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)*(?:[-‐‑][^\W_]+)*)$")


class Joiner:
    """Joins lines; knows the words of the document, to tell the hyphen of a word from the hyphen of a line's end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.words: Counter[str] = Counter()
        broken: list[tuple[str, str]] = []
        after = ""
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            text = line.text
            if after:
                text = text[len(after) :]
            after = ""
            if text.endswith((BREAK, "-", "‐", "\xad")) and following is not None:
                head, tail = _LAST_WORD.search(text[:-1]), _WORD.match(following.text)
                if head and tail:
                    broken.append((head.group(), tail.group()))
                    text, after = text[: head.start()], tail.group()
            for word in _WORD.findall(text.lower()):
                self.words[word] += 1
                self.words.update(word.split("-") if "-" in word else ())
        self.spaced = self._prints_space(line.text for line in lines)
        decided = [self._evidence(head, tail) for head, tail in broken]
        self.soft = decided.count(True) > decided.count(False)
        """What most of the decided breaks of the document are: a hyphen of the line's end (True) or of the word."""
        self.breaks = True in decided
        """Whether the document breaks any word at a line's end."""
        self.assumed: list[str] = []

    def join(self, lines: Sequence[str]) -> str:
        """One text from lines: white space as the language has it, hyphens only where the word has one."""
        joined = lines[0]
        for line in lines[1:]:
            if joined.endswith("\xad"):
                joined = joined[:-1] + line
            elif joined.endswith(BREAK) or (joined.endswith(("-", "‐")) and _LAST_WORD.search(joined[:-1])):
                joined = self._mend(joined[:-1], joined[-1], line)
            else:
                joined += self._between(joined, line) + line
        # Within a line, and at the end of a text, a soft hyphen that is printed is a hyphen.
        return joined.replace(BREAK, "-").replace("\xad", "-").strip()

    def notes(self) -> tuple[str, ...]:
        """A sentence on the words of which nothing told whether their hyphen is their own."""
        if not self.assumed:
            return ()
        named = ", ".join(dict.fromkeys(self.assumed[:8]))
        more = ", …" if len(self.assumed) > 8 else ""
        return (f"Nothing tells whether the hyphen at a line's end belongs to the word; read as {named}{more}.",)

    def _mend(self, joined: str, hyphen: str, line: str) -> str:
        head, tail = _LAST_WORD.search(joined), _WORD.match(line)
        printed = "-" if hyphen == BREAK else hyphen
        if not head or not tail or _OPEN_URL.search(joined):
            return joined + printed + line
        soft = self._evidence(head.group(), tail.group())
        if soft is None:
            # No compound is made of two pieces that are no words.
            pieces = re.split(r"[-‐‑]", head.group().lower())[-1], re.split(r"[-‐‑]", tail.group().lower())[0]
            soft = self.soft or (self.breaks and not any(self.words[piece] for piece in pieces))
            self.assumed.append(head.group() + ("" if soft else printed) + tail.group())
        return joined + ("" if soft else printed) + line

    def _evidence(self, head: str, tail: str) -> bool | None:
        """True where the hyphen goes when the line's end goes, False where it is the word's, None where nothing tells."""
        if not (head[-1].isalpha() and tail[0].islower()):
            return False  # "COVID-19", "2014-2023", "Niño-Southern"
        head, tail = head.lower(), tail.lower()
        last = re.split(r"[-‐‑]", head)[-1]
        first = re.split(r"[-‐‑]", tail)[0]
        whole, apart = self._seen(head + tail, last + first), self._seen(head + "-" + tail, last + "-" + first)
        if whole != apart:
            return whole > apart
        if not _VOWEL.search(last) or not _VOWEL.search(first):
            return None if len(last) > 1 else False
        if "а" <= last[-1] <= "я" or last[-1] == "ё":
            # Russian papers break words by syllables; a word's own hyphen stands before few endings, between two words
            # ("государства-члены") and behind an adjective's stem ("социально-экономического").
            known = bool(self.words[first]), bool(self.words[last])
            stem = len(last) > 4 and last.endswith("о") and known[0]
            return not (first in _RUSSIAN_TAILS or last in _RUSSIAN_HEADS or all(known) or stem)
        if len(last) >= 3 and len(first) >= 3 and self.words[last] and self.words[first]:
            return False  # both are words: "slow-onset"
        return None

    def _seen(self, *forms: str) -> int:
        return sum(self.words[form] for form in set(forms))

    def _between(self, left: str, right: str) -> str:
        """The white space that a line's end stood for."""
        wide_left, wide_right = _is_wide(left[-1], right[0]), _is_wide(right[0], left[-1])
        if wide_left and wide_right:
            return ""
        if wide_left or wide_right:
            both = left[-1].isalnum() and right[0].isalnum()
            return " " if both and self.spaced else ""
        if _OPEN_URL.search(left) and left[-1] in "./-_?=&#%" and (right[0].islower() or right[0].isdigit()):
            return ""
        glued = left[-1] in "/–—" and left[-2:-1].isalnum() and right[0].isalnum()
        return "" if glued else " "

    @staticmethod
    def _prints_space(lines: Iterable[str]) -> bool:
        """Whether the text prints a space between Chinese and a number or Latin word more often than not."""
        apart = tight = 0
        for line in lines:
            apart += len(re.findall(r"[一-鿿]\s[0-9A-Za-z]|[0-9A-Za-z]\s[一-鿿]", line))
            tight += len(re.findall(r"[一-鿿][0-9A-Za-z]|[0-9A-Za-z][一-鿿]", line))
        return apart > tight


_OPEN_URL = re.compile(r"(?:https?://|www\.)\S*$")
_VOWEL = re.compile(r"[aeiouyáéíóúàâèêëîïôùûüœæаеёиоуыэюя]")
_RUSSIAN_TAILS = frozenset({"то", "либо", "нибудь", "таки", "ка"})
_RUSSIAN_HEADS = frozenset({"кое", "кой", "из", "по", "во", "вице", "экс"})


def _is_wide(char: str, neighbour: str) -> bool:
    """Wide in print; quotation marks and dashes are as wide as their neighbour."""
    wide = unicodedata.east_asian_width(char) in "WF"
    return wide or (char in "“”‘’—…·" and unicodedata.east_asian_width(neighbour) in "WF")

"""Two wordings of a passage compared word by word, and what kind of difference it is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Literal

from rapidfuzz.distance import Indel

from rag.check.check import Difference
from rag.check.quotation_marks import HAN

Finding = Literal["negation", "numbers", "words", "order", "cut", "spaces", "case", "marks"]
"""What differs, gravest first: a negation, a figure, words; parts that do not stand in this order in one document; an end
within a printed word; spaces between letters; capitals; punctuation and other marks."""
_TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"(?:(?<![\w\s])|(?<=\s)|^)[-−–](?=\d)|\d+(?:[.,٫٬\u00a0\u202f ]?\d+)*|[%‰٪]")
_NEGATIONS = frozenset(
    """not no nor never neither none without cannot nothing nobody ne pas ni jamais aucun aucune sans non rien nunca jamás sin
    ningún ninguna ninguno tampoco nada не ни нет без никогда нельзя никто ничто لا لم لن ليس ليست غير دون بدون عدم ولا فلا ولم
    ولن""".split()  # noqa: SIM905 - a list of fifty words in marks is hard to read
)
_NEGATION = re.compile(r"\b\w+n['’]t\b|\bn['’](?=\w)|[不未無无勿莫否]|没有|沒有|非(?!洲)|[^\W\d_]+", re.IGNORECASE)
_OPEN_PUNCTUATION = "‘’‚‛“”„‟‹›«»`´′″「」『』﹁﹂﹃﹄〝〞〟"


def differences(quoted: str, printed: str) -> tuple[Difference, ...]:
    """Where two wordings part, in words, Chinese in characters. Together the parts spell both, white space too."""
    left, right = _TOKEN.findall(quoted), _TOKEN.findall(printed)
    starts = [_offsets(tokens) for tokens in (left, right)]
    found: list[Difference] = []
    for op in Indel.opcodes([_alike(t) for t in left], [_alike(t) for t in right]):
        mine = quoted[starts[0][op.src_start] : starts[0][op.src_end]]
        theirs = printed[starts[1][op.dest_start] : starts[1][op.dest_end]]
        found.append(_named(mine, theirs, same=op.tag == "equal"))
    return _joined(found)


def findings(quoted: str, printed: str) -> tuple[Finding, ...]:
    """What kinds of difference there are between two wordings, gravest first; empty for the same letters, marks and spacing."""
    said: list[Finding] = []
    if _negations(quoted) != _negations(printed):
        said.append("negation")
    if _NUMBER.findall(_flat(quoted)) != _NUMBER.findall(_flat(printed)):
        said.append("numbers")
    bare, other = _letters(quoted), _letters(printed)
    if bare.casefold() != other.casefold():
        return (*said, "words")
    if bare != other:
        said.append("case")
    if _marks(quoted) != _marks(printed):
        said.append("marks")
    elif not same_spacing(quoted.casefold(), printed.casefold()):
        said.append("spaces")
    return tuple(said)


def same_spacing(quoted: str, printed: str) -> bool:
    """Whether letters and figures are parted by white space alike; white space beside Chinese or a mark says nothing."""
    return _spaced(quoted) == _spaced(printed)


def negation_in(text: str) -> bool:
    """Whether a text holds a word of negation of one of the six languages."""
    return bool(_negations(text))


def inside_word(left: str, right: str) -> bool:
    """Whether a word or figure runs over the border between two stretches of text, as in "il|legal" or "1|15"."""
    if re.search(r"\d[.,]$", left) and re.match(r"\d", right):
        return True
    if re.search(r"\d$", left) and re.match(r"[.,]\d", right):
        return True
    return re.search(rf"[^\W{HAN}]\Z", left) is not None and re.match(rf"[^\W{HAN}]", right) is not None


def _offsets(tokens: list[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _alike(token: str) -> str:
    return " " if token.isspace() else token


def _named(mine: str, theirs: str, *, same: bool) -> Difference:
    if same or not (mine.strip() or theirs.strip()):
        return Difference("same", mine, theirs)
    return Difference("changed" if mine and theirs else "added" if mine else "missing", mine, theirs)


def _joined(parts: list[Difference]) -> tuple[Difference, ...]:
    """Neighbours of one kind as one; what is added beside what is missing is a change."""
    found: list[Difference] = []
    for part in parts:
        if found and (found[-1].kind == "same") == (part.kind == "same"):
            before = found.pop()
            mine, theirs = before.quoted + part.quoted, before.printed + part.printed
            part = _named(mine, theirs, same=part.kind == "same")
        found.append(part)
    return tuple(found)


def _flat(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _negations(text: str) -> Counter[str]:
    found = (word.casefold().replace("’", "'") for word in _NEGATION.findall(_flat(text)))
    return Counter(w for w in found if w in _NEGATIONS or re.fullmatch(r"\w+n't|n'|[不未無无勿莫否非]|[没沒]有", w))


def _letters(text: str) -> str:
    """A text without white space, punctuation and signs that are not seen."""
    return "".join(c for c in _flat(text) if not _is_mark(c) and not c.isspace())


def _marks(text: str) -> str:
    return "".join(_flat(text).split()).casefold()


def _is_mark(char: str) -> bool:
    """Punctuation, quotation marks, dashes, signs that are not seen, the Arabic stroke that widens a word; % is none."""
    category = unicodedata.category(char)
    return (
        (category[0] == "P" and char not in "%‰٪")
        or category in ("Cf", "Cc")
        or char in _OPEN_PUNCTUATION
        or char == "ـ"
    )


def _spaced(text: str) -> str:
    single = " ".join(text.split())
    return re.sub(rf"(?<![^\W{HAN}]) | (?![^\W{HAN}])", "", single)

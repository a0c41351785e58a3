"""A text to the tokens that are searched: stems, character bigrams for Chinese, numbers and symbols whole; and to the words
that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC
    from snowballstemmer.basestemmer import BaseStemmer

_STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
_HAN = "㐀-鿿豈-﫿"
_TOKEN = re.compile(
    rf"(?P<symbol>(?=[a-z./]*\d)[a-z]+(?:\.\d+)?(?:/[a-z0-9]+(?:\.[a-z0-9]+)*)+)|(?P<number>\d+(?:[.,]\d+)*)|(?P<han>[{_HAN}]+)|(?P<word>[^\W\d_{_HAN}]+)"
)
"""A symbol has a number in it: "migrants/refugees" is two words."""
_DENYING = frozenset("不无非未反没")
"""Chinese for "not", "without", "non-", "un-", "anti-": 不发达国家 is not 发达国家."""
_PARTICLES = frozenset(
    "的地得了着过吗呢吧啊呀嘛么和与及跟或而且但则若如即既因为故所以于在从自到至向往对给替把将被由让使令叫比按用凭靠经据除"
    "是有这那此该其之某各每哪谁何几多少很太最更较极都也还就才只又再已曾正将要会能可应当须想愿肯敢能否我你您他她它们咱者"
    "个些种次位名件条项份年月日号第上下中里内外前后左右间时来去起出进回一二三四五六七八九十百千万亿两半等本贵做作说问请"
)
"""Chinese characters that are no matter of a question where they stand as words of their own."""
_HAN_RUN = re.compile(rf"[{_HAN}]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)")


def tokens(text: str, language: str | None) -> list[str]:
    """The tokens of a text in a language, in order, with repeats.

    Chinese runs give overlapping character bigrams (a lone character itself); with them BM25 beat words cut by a
    dictionary (docs/log.md). Latin words in a text of another script are stemmed as English.
    """
    return [token for part, han in _parts(text, language) for token in (_bigrams(part) if han else (part,))]


def words(text: str, language: str | None) -> dict[str, tuple[str, ...]]:
    """The words of a text in a language, in order, each with the tokens that it is searched by: itself, in Chinese the
    bigrams within a word of the dictionary. For a Chinese word of one character, which has none, stands the bigram that ends
    with it (or begins, at the beginning); particles are left out, and what denies is part of a longer word after it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part, han in _parts(text, language):
        found |= {word: tuple(_bigrams(word)) for word in _cut(part)} if han else {part: (part,)}
    return found


def _parts(text: str, language: str | None) -> Iterator[tuple[str, bool]]:
    """Stems, numbers, symbols and runs of Chinese characters, and whether it is such a run."""
    plain = _fold(text)
    if language == "fr":
        plain = _ELISION.sub("", plain)
    for match in _TOKEN.finditer(plain):
        token = match.group()
        yield _stem(token, _stemming(token, language)) if match.lastgroup == "word" else token, match.lastgroup == "han"


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _cut(run: str) -> Iterator[str]:
    """The words of a run of Chinese characters, of two characters and more."""
    import rjieba  # its dictionary takes a moment, and only Chinese needs it

    end, denied = 0, ""
    for word in rjieba.cut(run, hmm=True):  # the model finds words that no dictionary has yet: 新冠
        end += len(word)
        if len(word) > 1:
            yield denied + word
        elif word not in _PARTICLES and word not in _DENYING and len(run) > 1:
            yield run[end - 2 : end] if end > 1 else run[:2]
        denied = word if word in _DENYING else ""


def plain_script(text: str) -> str:
    """A text without Arabic vowel signs, Chinese in simplified characters, accents as one character with their letter; for
    search only, never for what is shown."""
    return _simplified(_ARABIC_MARKS.sub("", unicodedata.normalize("NFC", _LONE_SURROGATE.sub(" ", text))))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _ARABIC_MARKS.sub("", plain)
    return _simplified(_LONE_SURROGATE.sub(" ", plain_digits(plain)))


def plain_digits(text: str) -> str:
    """A text with the digits of all scripts as 0 to 9."""
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)


def _simplified(text: str) -> str:
    """Traditional Chinese characters as simplified ones; for search only, never for what is shown."""
    return _converter().convert(text) if _HAN_RUN.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _stemming(word: str, language: str | None) -> str:
    first = word[0]
    if "Ѐ" <= first <= "ӿ":
        return "ru"
    if "؀" <= first <= "ۿ":
        return "ar"
    return language if language in ("en", "es", "fr") else "en"


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    if language == "ar" and len(word) > 4:
        word = word.removeprefix("و") if word.startswith("وال") else word  # "and" is written together with its word
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> BaseStemmer:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language])

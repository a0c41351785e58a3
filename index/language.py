"""Which of the six languages a text is in: by its script, and among en, es and fr by a detector."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""ISO 639-1 codes of the official languages of the United Nations, in the order the UN lists them."""
FEW_WORDS, SURE = 2, 0.8
"""Of so few words in Latin letters ("BIO", "Asia?") the language is taken only where the detector is this sure, 0 to 1."""
SAMPLE = 4000
"""Characters that are looked at; more says nothing new."""

_WORDS = {
    "zh": re.compile(r"[㐀-鿿豈-﫿]"),
    "ar": re.compile(r"[ؠ-ي]+"),
    "ru": re.compile(r"[Ѐ-ӿ]+"),
    "latin": re.compile(r"[A-Za-zÀ-ɏ]{2,}"),
}
_HAN_PER_WORD = 1.5


def detect(text: str, default: str | None = None, *, least: float = 0.0) -> str | None:
    """Return the language that most words of a text are written in, or `default` where there are no words or, for Latin
    letters, where the detector is less than `least` sure of it, 0 to 1."""
    sample = re.sub(r"[\ud800-\udfff]", " ", text[:SAMPLE])
    words = {name: float(len(pattern.findall(sample))) for name, pattern in _WORDS.items()}
    words["zh"] /= _HAN_PER_WORD
    script = max(words, key=lambda name: words[name])
    if not words[script]:
        return default
    if script != "latin":
        return script
    sure = _latin_detector().compute_language_confidence_values(sample)
    if default is not None and sure[0].value < (SURE if words[script] <= FEW_WORDS else least):
        return default
    return sure[0].language.iso_code_639_1.name.lower() if sure[0].value else default


@lru_cache(maxsize=1)
def _latin_detector() -> LanguageDetector:
    # Imported here: the language models take a moment that `clauses --help` need not wait for.
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Language.ENGLISH, Language.SPANISH, Language.FRENCH).build()

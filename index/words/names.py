"""Names of countries and regions in the six languages, from CLDR: the same place has one code in all of them."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from index.language import LANGUAGES

# How UN text and people name a place where CLDR has another form. Facts of usage, a line a place.
_ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "US": ("USA", "America"), "GB": ("UK", "Britain", "Great Britain"), "RU": ("Russian Federation",),
        "TR": ("Turkey",), "NL": ("Dutch", "The Netherlands"), "PH": ("Philippine",), "KR": ("Republic of Korea",),
        "SY": ("Syrian Arab Republic",), "VN": ("Viet Nam",), "CZ": ("Czech Republic",),
    },
    "fr": {"GB": ("Grande-Bretagne",), "RU": ("Fédération de Russie",), "VN": ("Viet Nam",)},
    "es": {"GB": ("Gran Bretaña",), "RU": ("Federación de Rusia",), "NL": ("Holanda",), "US": ("EE.UU.",)},
    "ru": {"RU": ("Российская Федерация",), "GB": ("Великобритания",), "US": ("США",), "NL": ("Голландия",)},
    "zh": {"RU": ("俄罗斯联邦",), "VN": ("越南",), "GB": ("联合王国",)},
    "ar": {"RU": ("الاتحاد الروسي",), "VN": ("فييت نام",), "GB": ("بريطانيا",)},
}  # fmt: skip
_NOT_PLACES = frozenset({"ZZ", "QO", "EU", "EZ", "UN", "001"})


def places(text: str, language: str | None) -> frozenset[str]:
    """Codes (ISO 3166, UN M49) of the places that a text names, in its language."""
    if language not in LANGUAGES:
        return frozenset()
    pattern, codes = _pattern(language)
    return frozenset(codes[_key(match.group(1), language)] for match in pattern.finditer(_fold(text)))


def names_of(code: str, language: str | None) -> tuple[str, ...]:
    """The names of a place in a language; none in a language that is not one of the six."""
    if language not in LANGUAGES:
        return ()
    plain = _plain(Locale(language).territories.get(code, ""))
    return tuple(name for name in (plain, *_ALSO[language].get(code, ())) if name)


@lru_cache(maxsize=8)
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    for code, name in Locale(language).territories.items():
        if code in _NOT_PLACES or code.startswith("X"):
            continue
        for form in (_plain(name), *_ALSO[language].get(code, ())):
            codes.setdefault(_key(_fold(form), language), code)
    if language == "zh":
        codes = {key: code for key, code in codes.items() if len(key) > 1}
    longest_first = sorted(codes, key=len, reverse=True)
    body = "|".join(map(re.escape, longest_first))
    if language == "zh":
        return re.compile(f"({body})"), codes
    if language == "ru":  # cases: a stem, then an ending
        return re.compile(rf"\b({body})\w{{0,3}}\b"), codes
    if language == "ar":  # particles before, written together
        return re.compile(rf"\b[وفبلك]{{0,2}}({body})\b"), codes
    return re.compile(rf"\b({body})\b"), codes


def _plain(name: str) -> str:
    """A name without what CLDR adds in brackets."""
    return re.sub(r"\s*[(（].*?[)）]", "", name)


def _fold(text: str) -> str:
    return text.casefold().replace("’", "'")


def _key(form: str, language: str) -> str:
    """A name as it is looked up: in Russian without its case ending."""
    return re.sub(r"[аяыиоеуюйь]{1,2}$", "", form) if language == "ru" and len(form) > 4 else form

"""Names of countries and regions in the six languages, from CLDR: the same place has one code in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from index.language import LANGUAGES

# How UN text and people name a place where CLDR has another form. Facts of usage, a line a place.
_ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "US": ("USA", "America"), "RU": ("Russian Federation",),
        "TR": ("Turkey",), "NL": ("Dutch", "The Netherlands"), "PH": ("Philippine",), "KR": ("Republic of Korea",),
        "SY": ("Syrian Arab Republic",), "VN": ("Viet Nam",), "CZ": ("Czech Republic",),
        "KP": ("Democratic People's Republic of Korea", "DPRK"), "CD": ("Democratic Republic of the Congo", "DRC"),
        "CG": ("Congo", "Republic of the Congo"), "GN": ("Guinea-Conakry",), "LA": ("Lao People's Democratic Republic",),
        "CV": ("Cabo Verde",), "GB": ("UK", "Britain", "Great Britain", "Northern Ireland"),
    },
    "fr": {
        "GB": ("Grande-Bretagne", "Irlande du Nord"), "RU": ("Fédération de Russie",), "VN": ("Viet Nam",), "NG": ("Nigéria",),
        "KR": ("République de Corée",), "KP": ("République populaire démocratique de Corée",),
        "CD": ("République démocratique du Congo", "RDC"), "CG": ("Congo", "République du Congo"), "CV": ("Cabo Verde",),
    },
    "es": {
        "GB": ("Gran Bretaña", "Irlanda del Norte"), "RU": ("Federación de Rusia",), "NL": ("Holanda",), "US": ("EE.UU.",),
        "KR": ("República de Corea",), "KP": ("República Popular Democrática de Corea",), "CG": ("República del Congo",),
        "ML": ("Malí",), "GW": ("Guinea-Bissau",), "SZ": ("Eswatini",),
    },
    "ru": {
        "RU": ("Российская Федерация",), "GB": ("Великобритания", "Северная Ирландия"), "US": ("США",), "NL": ("Голландия",),
        "KP": ("Корейская Народно-Демократическая Республика",), "CD": ("Демократическая Республика Конго", "ДРК"),
        "CG": ("Конго", "Республика Конго"), "TL": ("Тимор-Лешти",),
    },
    "zh": {
        "RU": ("俄罗斯联邦",), "VN": ("越南",), "GB": ("联合王国", "北爱尔兰"), "KR": ("大韩民国",),
        "KP": ("朝鲜民主主义人民共和国",), "CD": ("刚果民主共和国", "刚果（金）", "刚果(金)"),
        "CG": ("刚果共和国", "刚果（布）", "刚果(布)", "刚果"),
        "DO": ("多米尼加",),
    },
    "ar": {
        "RU": ("الاتحاد الروسي",), "VN": ("فييت نام",), "GB": ("بريطانيا", "أيرلندا الشمالية"), "KR": ("جمهورية كوريا",),
        "KP": ("جمهورية كوريا الشعبية الديمقراطية",), "CD": ("جمهورية الكونغو الديمقراطية",),
        "CG": ("الكونغو", "جمهورية الكونغو"), "GW": ("غينيا - بيساو",), "DO": ("الجمهورية الدومينيكية",),
    },
}  # fmt: skip
_OTHERS: dict[str, tuple[str, ...]] = {
    "en": (
        "New Guinea", "guinea pig", "guinea pigs", "New Mexico", "Gulf of Mexico", "New Jersey", "South China Sea",
        "East China Sea", "Niger Delta", "Lake Chad", "Indian Ocean",
    ),
    "fr": (
        "Nouvelle-Guinée", "golfe de Guinée", "golfe du Mexique", "Nouveau-Mexique", "New Jersey", "mer de Chine", "lac Tchad",
    ),
    "es": ("Nueva Guinea", "golfo de Guinea", "golfo de México", "Nuevo México", "Nueva Jersey", "mar de China", "lago Chad"),
    "ru": ("Новая Гвинея", "Гвинейский залив", "Южно-Китайское море"),
    "zh": (
        "发展中国家", "沿海地", "近海地", "上海地", "中海地", "浅海地", "深海地", "内蒙古", "蒙古族", "印度洋",
        "印度河", "印度教", "马里兰", "马里亚纳", "阿马里", "马里布", "·马里", "参加纳", "增加纳", "许多哥",
        "纽芬兰", "纽埃尔", "尼西亚", "诺西亚", "捷克斯洛伐克", "朝鲜半岛", "朝鲜族", "新墨西哥", "墨西哥湾",
        "几内亚湾", "新几内亚", "新泽西", "南美国家", "北美国家", "拉美国家", "欧美国家",
    ),
    "ar": ("غينيا الجديدة", "خليج غينيا", "خليج المكسيك", "المحيط الهندي"),
}  # fmt: skip
"""Words that a name stands in and that do not name its place; the longest of all at a spot is what is said there."""
_CAPITAL = {
    "en": {"TD", "TR"}, "ru": {"TG", "TD", "CU", "PE", "ML", "GH", "QA", "CL", "MO"}, "fr": {"DM", "RE"},
    "es": {"CU", "GD", "RE", "IR", "QA"},
}  # fmt: skip
"""Places whose names are other words too (Того "of that", перу "to the pen", reunión "meeting"): there the capital tells them."""
_CASE = "(?:[аяыиеуюойь]|[ое]й|[ое]ю|[оеаяыи]м|[аяыи]ми|[аяыи]х|[ое]го|[ое]му|ую|юю|ая|яя|ое|ее|ый|ий|ые|ие|ов|ев)"
"""Endings of Russian names and of the adjectives in them."""
_KIN = "家(?![庭长具电用族禽畜乡政人])"
"""After 国: of 国家, "countries", not of a family's or a household's word: 中国家庭."""
_NOT_PLACES = frozenset({"ZZ", "QO", "EU", "EZ", "UN", "001"})


def places(text: str, language: str | None) -> frozenset[str]:
    """Codes (ISO 3166, UN M49) of the places that a text names, in its language. Of names that hold one another ("Guinea",
    "Equatorial Guinea") the longest that stands there is meant."""
    return frozenset(code for code, _, _ in where_named(text, language))


def where_named(text: str, language: str | None) -> Iterator[tuple[str, int, int]]:
    """The places that a text names, in order: code, and where the name begins and ends."""
    if language not in LANGUAGES:
        return
    pattern, codes = _pattern(language)
    for found in pattern.finditer(_plain_quotes(text)):
        code = codes[found.lastindex - 1] if found.lastindex else None
        if code is not None:
            yield code, found.start(), found.end()


def names_of(code: str, language: str | None) -> tuple[str, ...]:
    """The names of a place in a language; none in a language that is not one of the six."""
    if language not in LANGUAGES:
        return ()
    plain = _plain(Locale(language).territories.get(code, ""))
    return tuple(name for name in (plain, *_ALSO[language].get(code, ())) if name)


@lru_cache(maxsize=8)
def _pattern(language: str) -> tuple[re.Pattern[str], list[str | None]]:
    """A pattern with a group for each name, and the code of each group; None for words that name no place."""
    forms: dict[str, str | None] = {}
    for code, name in Locale(language).territories.items():
        if code in _NOT_PLACES or code.startswith("X"):
            continue
        for form in _ALSO[language].get(code, ()):
            forms[_plain_quotes(form)] = code
        forms.setdefault(_plain_quotes(_plain(name)), code)
    forms |= {form: None for form in _OTHERS[language]}
    by_first: dict[str, list[str]] = {}
    for form in sorted((form for form in forms if len(form) > 1), key=lambda form: (-len(form), form)):
        by_first.setdefault(form[0].lower(), []).append(form)
    pieces, codes = [], list[str | None]()
    for first, named in by_first.items():  # by the first letter: most places in a text begin none of them
        words = []
        for form in named:
            written, code = _written(form, language), forms[form]
            words.append(f"((?-i:{written}))" if code in _CAPITAL.get(language, ()) else f"({written})")
            codes.append(code)
        pieces.append(f"(?={re.escape(first)})(?:{'|'.join(words)})")
    body = "|".join(pieces)
    if language == "zh":
        return re.compile(body), codes
    if language == "ar":  # particles before, written together
        return re.compile(rf"\b[وفبلك]{{0,2}}(?:{body})\b"), codes
    return re.compile(rf"\b(?:{body})(?!\w)", re.IGNORECASE), codes


def _written(form: str, language: str) -> str:
    """The pattern of a name: words with a space or a stroke between, in Russian in all cases."""
    if language == "zh":
        return re.escape(form) + (f"(?!{_KIN})" if form.endswith("国") else "")
    if language == "ar" and form == "مالي":  # "financial" too
        return rf"(?:(?<=في )|(?<=إلى )|(?<=جمهورية )|(?<=حكومة )|(?<=شمال )|(?<=دولة )){form}"
    words = [word for word in re.split(r"[\s—–-]+", form) if word]
    return r"[\s—–-]+".join(_in_all_cases(word) if language == "ru" else re.escape(word) for word in words)


def _in_all_cases(word: str) -> str:
    if word.isupper():
        return re.escape(word)
    ending = re.search(r"(?:ая|яя|ые|ие|ый|ий|ое|(?<![аоуэ])а|[яьйы]|(?<=и)и)$", word)
    if ending and len(word) > 3:
        return re.escape(word[: ending.start()]) + _CASE
    declined = re.search(r"[бвгджзклмнпрстфхцчшщ]$", word) is not None
    return re.escape(word) + (f"{_CASE}?" if declined else "")


def _plain(name: str) -> str:
    """A name without what CLDR adds in brackets."""
    return re.sub(r"\s*[(（].*?[)）]", "", name)


def _plain_quotes(text: str) -> str:
    return text.replace("’", "'")

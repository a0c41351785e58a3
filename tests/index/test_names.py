"""Places by name."""

from __future__ import annotations

import pytest

from index.words.names import names_of, places


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "What did Germany and the Philippine Government say of Marseille?", {"DE", "PH"}),
        ("zh", "法国政府与马里、摩洛哥等国", {"FR", "ML", "MA"}),
        ("es", "¿Qué compromiso asumió Alemania?", {"DE"}),
        ("fr", "l’Afrique, la Belgique, au Maroc", {"002", "BE", "MA"}),
        ("ru", "во Франции и Германии, о России", {"FR", "DE", "RU"}),
        ("ar", "المهاجرون في فرنسا وألمانيا", {"FR", "DE"}),
        (None, "Germany", set()),
    ],
)
def test_places(language: str | None, text: str, codes: set[str]) -> None:
    assert places(text, language) == codes


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("zh", "发展中国家、非洲国家和其中国家", {"002"}), ("zh", "中国和发展中国家", {"CN"}),
        ("zh", "中国家庭与美国", {"CN", "US"}),
        ("zh", "拉美国家和各国家", set()), ("zh", "中国", {"CN"}), ("zh", "沿海地区和海地", {"HT"}), ("zh", "沿海地区", set()),
        ("zh", "赤道几内亚和巴布亚新几内亚", {"GQ", "PG"}), ("zh", "几内亚、几内亚比绍和几内亚湾", {"GN", "GW"}),
        ("zh", "尼日尔", {"NE"}), ("zh", "尼日利亚", {"NG"}), ("zh", "南苏丹", {"SS"}), ("zh", "苏丹", {"SD"}),
        ("zh", "刚果民主共和国", {"CD"}), ("zh", "刚果", {"CG"}), ("zh", "多米尼加共和国", {"DO"}), ("zh", "多米尼克", {"DM"}),
        ("zh", "印度洋和印度尼西亚", {"ID"}),
        ("zh", "大不列颠及北爱尔兰联合王国", {"GB"}),
        ("zh", "朝鲜民主主义人民共和国", {"KP"}),
        ("en", "Equatorial Guinea, Papua New Guinea and Guinea-Bissau", {"GQ", "PG", "GW"}), ("en", "Guinea", {"GN"}),
        ("en", "guinea pigs of New Guinea", set()), ("en", "Nigeria", {"NG"}), ("en", "the Niger", {"NE"}),
        ("en", "Dominican Republic", {"DO"}), ("en", "Dominica", {"DM"}), ("en", "South Sudan", {"SS"}),
        ("en", "Sudan", {"SD"}),
        ("en", "Democratic Republic of the Congo", {"CD"}), ("en", "the Congo", {"CG"}),
        ("en", "Democratic People’s Republic of Korea", {"KP"}), ("en", "Republic of Korea", {"KR"}),
        ("en", "the United Kingdom of Great Britain and Northern Ireland", {"GB"}), ("en", "Ireland", {"IE"}),
        ("en", "New Mexico and New Jersey", set()), ("en", "germany", {"DE"}), ("en", "a hanging chad and a roast turkey", set()),
        ("en", "Chad and Turkey", {"TD", "TR"}),
        ("fr", "la Papouasie-Nouvelle-Guinée et la Guinée équatoriale", {"PG", "GQ"}), ("fr", "la Guinée", {"GN"}),
        ("fr", "la République démocratique du Congo", {"CD"}), ("fr", "le Soudan du Sud", {"SS"}), ("fr", "le Nigéria", {"NG"}),
        ("fr", "la République dominicaine", {"DO"}), ("fr", "l’Irlande du Nord", {"GB"}),
        ("es", "Guinea Ecuatorial y Papua", {"GQ"}), ("es", "Sudán del Sur", {"SS"}), ("es", "República Dominicana", {"DO"}),
        ("es", "República Popular Democrática de Corea", {"KP"}), ("es", "República Democrática del Congo", {"CD"}),
        ("ru", "в Экваториальной Гвинее", {"GQ"}), ("ru", "Папуа-Новой Гвинеи", {"PG"}), ("ru", "Гвинеи-Бисау", {"GW"}),
        ("ru", "Гвинеи", {"GN"}), ("ru", "Южного Судана", {"SS"}), ("ru", "Судану", {"SD"}), ("ru", "в Нигере", {"NE"}),
        ("ru", "в Нигерии", {"NG"}), ("ru", "Доминиканской Республики", {"DO"}), ("ru", "в Доминике", {"DM"}),
        ("ru", "Демократической Республике Конго", {"CD"}), ("ru", "Китаем", {"CN"}), ("ru", "того же самого, у кита", set()),
        ("ru", "в Того", {"TG"}), ("ru", "Соединенным Штатам", {"US"}), ("ru", "с США", {"US"}), ("ru", "Нидерландов", {"NL"}),
        ("ru", "малину", set()), ("ru", "Мали", {"ML"}),
        ("ar", "جنوب السودان", {"SS"}), ("ar", "غينيا الاستوائية", {"GQ"}), ("ar", "بابوا غينيا الجديدة", {"PG"}),
        ("ar", "دعم مالي", set()), ("ar", "في مالي", {"ML"}), ("ar", "جمهورية الكونغو الديمقراطية", {"CD"}),
        ("ar", "نيجيريا والنيجر", {"NG", "NE"}),
        ("es", "¿En qué fechas fue la reunión? Se irán. Para catar.", set()), ("es", "Irán y la Reunión", {"IR", "RE"}),
        ("fr", "après la réunion", set()), ("fr", "à La Réunion", {"RE"}),
    ],
)  # fmt: skip
def test_a_name_within_another_or_within_a_word_is_not_meant(language: str, text: str, codes: set[str]) -> None:
    assert places(text, language) == codes


def test_names_go_the_other_way() -> None:
    assert "菲律宾" in names_of("PH", "zh") and "Viet Nam" in names_of("VN", "en") and names_of("PH", "xx") == ()

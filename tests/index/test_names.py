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


def test_names_go_the_other_way() -> None:
    assert "菲律宾" in names_of("PH", "zh") and "Viet Nam" in names_of("VN", "en") and names_of("PH", "xx") == ()

"""Plain text without blank lines between paragraphs: numbers, indents and the words of a preamble part them."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from index.readers.read import read_document
from index.readers.text import paragraphs

UN_GA = Path(__file__).parents[3] / "shared" / "eval" / "un_ga" / "txt"
RESOLUTION = {
    "en": [
        "A/RES/91/4", "Bread for all", "The General Assembly,",
        "Recalling that bread is made of flour and of water in every country of the world,",
        "Guided by the purposes of mills, which turn when there is wind and stand when there is none, in all seasons,",
        "Noting with concern that in some towns bread is dear, and that it is sold to those who can pay for it,",
        "1. Decides that bread shall be baked in all towns and in all villages, on all days of the week;",
        "2. Calls upon the millers of all the countries:",
        "(a) To grind the flour of wheat and of rye, and that of barley where there is nothing else;",
        "(b) To tell the bakers in good time of what they have ground, and of what they have not;",
        "3. Requests the Secretary-General to report on the matter at the next session of the Assembly.",
    ],
    "fr": [
        "A/RES/91/4", "Du pain pour tous", "L’Assemblée générale,",
        "Rappelant que le pain est fait de farine et d’eau dans tous les pays du monde,",
        "Consciente que les moulins tournent quand il y a du vent et s’arrêtent quand il n’y en a pas, en toute saison,",
        "S’inquiétant de ce que le pain soit cher dans certaines villes et ne soit vendu qu’à ceux qui peuvent payer,",
        "1. Décide que le pain sera cuit dans toutes les villes et dans tous les villages, tous les jours ;",
        "2. Prie le Secrétaire général de lui faire rapport sur la question à sa prochaine session ordinaire.",
    ],
    "ru": [
        "A/RES/91/4", "Хлеб для всех", "Генеральная Ассамблея,",
        "напоминая о том, что хлеб делают из муки и воды во всех странах мира и во все времена,",
        "с обеспокоенностью отмечая, что в некоторых городах хлеб дорог и продается только тем, кто может платить,",
        "будучи убеждена в том, что мельницы вращаются, когда есть ветер, и стоят, когда его нет, во все времена года,",
        "1. постановляет, что хлеб должен выпекаться во всех городах и во всех деревнях каждый день недели;",
        "2. просит Генерального секретаря представить доклад по этому вопросу на следующей сессии.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", RESOLUTION)
@pytest.mark.parametrize("indent", ["", "    "])
def test_at_every_width_paragraphs_are_those_that_were_wrapped(language: str, indent: str) -> None:
    """At some of these widths the last line of each paragraph is full."""
    wanted = RESOLUTION[language]
    for width in range(60, 96):
        lines = [line for text in wanted for line in textwrap.wrap(text, width, initial_indent=indent)]
        assert [paragraph.text for paragraph in paragraphs("\n".join(lines))][1:] == wanted[1:], width


TREATY = [
    "CHAPTER I", "Of bread and of those who bake it", "Article 1",
    "The Parties agree that bread shall be baked in all of their towns and that nobody shall go without it at any time.",
    "Article 2", "Everybody who bakes bread has duties to the town in which the oven stands, which are those of its laws.",
    "CHAPTER II", "Of mills", "Article 3",
    "The mills of the Parties stand where the wind is, and those who own them shall let others use them for a fee.",
    "Article 4", "A mill that has stood for a year without turning is no mill within the meaning of this treaty, and is let go.",
    "Annex", "The fees for the use of a mill shall not exceed the lowest fees that are asked of those who own another one.",
]  # fmt: skip


@pytest.mark.parametrize("indent", ["", "  "])
def test_titles_of_articles_chapters_and_annexes_begin_anew(indent: str) -> None:
    """Here only paragraphs are indented; at some of these widths the last line of each is full."""
    for width in range(60, 96):
        lines = [
            line
            for text in TREATY
            for line in textwrap.wrap(text, width, initial_indent=indent if text.endswith(".") else "")
        ]
        found = [paragraph.text for paragraph in paragraphs("\n".join(lines))]
        assert [text for text in TREATY if text not in found] == [], width


def test_one_line_a_paragraph_stays_so() -> None:
    assert [paragraph.text for paragraph in paragraphs("\n".join(RESOLUTION["en"]))] == RESOLUTION["en"]


def test_a_line_that_only_looks_like_the_next_paragraph_is_none() -> None:
    text = (
        "1. The bakers of the town sell bread on all days of the week, as is said in\n"
        "paragraph 14 of the report of the millers of the towns, and in paragraph\n"
        "2. Of the millers it is said there that they grind the flour of the wheat,\n"
        "Recalling what they ground before the year in which there was no more wind.\n"
        "2. The millers of the town grind the flour of all the farmers of that year.\n"
    )
    assert [paragraph.text[:12] for paragraph in paragraphs(text)] == ["1. The baker", "2. The mille"]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru"])
def test_a_resolution_without_blank_lines_has_the_paragraphs_that_it_has_with_them(
    language: str, tmp_path: Path
) -> None:
    file = UN_GA / "77-176" / f"{language}.txt"
    if not file.is_file():
        pytest.skip(f"{file} is not on this machine")
    wanted = [line for block in read_document(file).text.split("\n\n") for line in block.split("\n")]
    for indent in ("", "   "):
        lines = [
            line for text in wanted for line in textwrap.wrap(text, 78, initial_indent=indent, break_on_hyphens=False)
        ]
        found = ["".join(paragraph.text.split()) for paragraph in paragraphs("\n".join(lines))]
        assert len({"".join(text.split()) for text in wanted} - set(found)) <= 1

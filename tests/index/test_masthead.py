"""What the head of a document says of it."""

from __future__ import annotations

import datetime

import pytest

from index.bodies import body_named, body_of_symbol
from index.masthead import Masthead, masthead_of

DAY = datetime.date(2031, 12, 14)


@pytest.mark.parametrize(
    ("lines", "session", "item", "title"),
    [
        (["United Nations", "A/RES/85/9", "General Assembly", "Distr.: General", "3 January 2032", "Eighty-fifth session",
          "Agenda item 20 (b)", "Resolution adopted by the General Assembly on 14 December 2031", "85/9. Bread for all",
          "The General Assembly,"],
         "Eighty-fifth session", "Agenda item 20 (b)", "Bread for all"),
        (["Nations Unies", "A/RES/85/9", "Assemblée générale", "Quatre-vingt-cinquième session", "Point 20 b) de l’ordre du jour",
          "Résolution adoptée par l’Assemblée générale le 14 décembre 2031", "85/9. Du pain pour tous"],
         "Quatre-vingt-cinquième session", "Point 20 b) de l’ordre du jour", "Du pain pour tous"),
        (["Naciones Unidas", "A/RES/85/9", "Asamblea General", "Octogésimo quinto período de sesiones", "Tema 20 b) del programa",
          "Resolución aprobada por la Asamblea General el 14 de diciembre de 2031", "85/9. Pan para todos"],
         "Octogésimo quinto período de sesiones", "Tema 20 b) del programa", "Pan para todos"),
        (["A/RES/85/9", "Генеральная Ассамблея", "Восемьдесят пятая сессия", "Пункт 20 b) повестки дня",
          "Резолюция, принятая Генеральной Ассамблеей 14 декабря 2031 года", "85/9. Хлеб для всех"],
         "Восемьдесят пятая сессия", "Пункт 20 b) повестки дня", "Хлеб для всех"),
        (["A/RES/85/9", "大会", "第八十五届会议", "议程项目20(b)", "2031年12月14日大会决议", "85/9. 人人有面包"],
         "第八十五届会议", "议程项目20(b)", "人人有面包"),
        (["A/RES/85/9", "الجمعية العامة", "الدورة الخامسة والثمانون", "البند 20 (ب) من جدول الأعمال",
          "قرار اتخذته الجمعية العامة في 14 كانون الأول/ديسمبر 2031", "85/9. - الخبز للجميع"],
         "الدورة الخامسة والثمانون", "البند 20 (ب) من جدول الأعمال", "الخبز للجميع"),
    ],
)  # fmt: skip
def test_a_resolutions_head_is_read_in_six_languages(lines: list[str], session: str, item: str, title: str) -> None:
    found = masthead_of(lines)
    assert found == Masthead("A/RES/85/9", title, DAY, "General Assembly", session, item)


def test_a_report_is_titled_by_what_stands_above_its_author() -> None:
    lines = ["A/90/1", "General Assembly", "Distr.: General", "26 October 2035", "Ninetieth session", "Agenda item 98",
             "Bread and mills", "Bread of the year", "Report of the Secretary-General", "Summary"]  # fmt: skip
    found = masthead_of(lines)
    assert (found.title, found.date) == ("Bread of the year", datetime.date(2035, 10, 26))


def test_the_symbol_may_stand_in_a_running_head_only_and_one_cited_further_on_is_none() -> None:
    assert masthead_of(["On bread", "1. Bread is dear."], ["26-01320", "A/80/621"]).symbol == "A/80/621"
    assert (
        masthead_of(["On bread", "1. Bread is dear.", "See 14 December 2031", "Closed session", "Second session"])
        == Masthead()
    )


def test_nothing_is_invented() -> None:
    assert masthead_of([]) == masthead_of(["Bread", "31 February 2031", "Closed session", "is dear"]) == Masthead()


def test_bodies_are_known_by_name_and_by_symbol() -> None:
    assert (
        body_named("The General Assembly,")
        == body_named("L'Assemblée générale,")
        == body_named("大会，")
        == "General Assembly"
    )
    assert body_named("إن الجمعية العامة،") == "General Assembly"
    assert body_named("The General Assembly of bakers") is None
    assert [body_of_symbol(s) for s in ("A/HRC/RES/59/25", "A/RES/77/176", "S/2025/354", "ST/AI/1", "E/CN.6/1")] == [
        "Human Rights Council", "General Assembly", "Security Council", None, None,
    ]  # fmt: skip

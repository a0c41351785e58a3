"""What the head of a document says of it."""

from __future__ import annotations

import datetime

import pytest

from index.bodies import body_named, body_of_symbol
from index.masthead import Masthead, masthead_of
from index.symbols import symbol_of

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


@pytest.mark.parametrize(
    "end",
    [
        ["92nd plenary meeting", "14 December 2031"], ["92nd plenary meeting, 14 December 2031."],
        ["34th meeting 14 December 2031"],
        ["92e séance plénière", "14 décembre 2031"], ["1re séance plénière", "14 décembre 2031"],
        ["92ª sesión plenaria", "14 de diciembre de 2031"], ["92a. sesión plenaria", "14 de diciembre de 2031"],
        ["92-е пленарное заседание", "14 декабря 2031 года"], ["1976-е пленарное заседание,", "14 декабря 2031 г."],
        ["第92次全体会议", "2031年12月14日"], ["第九十二次全体会议", "2031年12月14日"],
        ["الجلسة العامة 92", "14 كانون الأول/ديسمبر 2031"], ["الجلسة 34", "14 كانون الأول/ديسمبر 2031"],
    ],
)  # fmt: skip
def test_a_resolution_was_adopted_at_the_meeting_that_its_end_names(end: list[str]) -> None:
    head = ["A/RES/85/9", "Distr.", "GENERAL", "3 January 2032", "85/9. Bread for all", "The General Assembly,"]
    text = [
        "1. Recalls the 91st plenary meeting",
        "13 December 2031",
        *end,
        "Annex",
        "93rd plenary meeting",
        "1 January 2032",
    ]
    assert masthead_of(head, whole=[*head, *text]).date == DAY
    assert (
        masthead_of(head, whole=[*head, "That day was the", *end[1:]]).date is None
    )  # and not the day of distribution
    assert masthead_of(["A/85/9", *head[1:]], whole=[*head, *text]).date == datetime.date(2032, 1, 3)


def test_a_committees_paper_is_not_titled_by_its_treaty() -> None:
    head = ["United Nations", "CMW/C/GC/9", "International Convention on the Protection of the Rights of All Bakers",
    "Distr.: General",
            "21 July 2031", "Original: English", "Committee on the Protection of the Rights of All Bakers",
            "General comment No. 9 (2031) on bread"]  # fmt: skip
    assert masthead_of(head).title == "General comment No. 9 (2031) on bread"
    assert masthead_of(["CRC/C/9", "Convention on the Rights of the Child", "Distr.: General"]).title is None


def test_a_russian_report_on_a_matter_is_its_title() -> None:
    head = ["A/HRC/90/1", "Совет по правам человека", "Девяностая сессия", "Пункт 3 повестки дня",
    "Поощрение и защита всего хлеба",
            "Доклад о средствах выпечки хлеба", "Доклад Специального докладчика по вопросу о хлебе"]  # fmt: skip
    assert masthead_of(head).title == "Доклад о средствах выпечки хлеба"


def test_several_resolutions_have_no_title_of_one() -> None:
    lines = ["77/1. Bread", "The General Assembly,", "77/2. Mills", "The General Assembly,"]
    assert masthead_of(lines, whole=lines).title is None and masthead_of(lines[:2], whole=lines[:2]).title == "Bread"


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


@pytest.mark.parametrize(
    ("symbol", "recalled", "date"),
    [
        ("A/RES/75/163", "又回顾大会1991年12月19日第46/182号决议通过", None),
        ("A/RES/75/163", "2020年12月16日大会决议", datetime.date(2020, 12, 16)),
        ("S/RES/2719 (2023)", "Adopted on 31 October 2000", None),
        ("A/HRC/RES/59/25", "Adopted on 8 July 2025", datetime.date(2025, 7, 8)),
    ],
)
def test_a_date_of_another_year_than_the_symbols_is_that_of_a_document_recalled(
    symbol: str, recalled: str, date: datetime.date | None
) -> None:
    assert masthead_of([symbol, recalled]).date == date


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


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("S/RES/9652 (2031)", "S/RES/9652 (2031)"), ("S/RES/9652(2031)", "S/RES/9652 (2031)"),
        *((same, same) for same in ("A/RES/9106 (XX)", "A/RES/9106(XX)", "A/RES/9201(S-VI)", "ICCD/COP(95)/23/Add.1",
                                    "UNHCR/HCP/2034/2", "IOM/C/910/INF/1", "E/CN.9/Sub.2/2033/12", "A/81/6 (Sect. 25)")),
        ("United Nations      A/RES/91/280", "A/RES/91/280"), ("\u200eA/RES/91/280\u200f", "A/RES/91/280"),
        ("AND/OR", None), ("HIV/AIDS", None), ("A/RES/91/280 is cited", None), ("N/A", None),
    ],
)  # fmt: skip
def test_a_symbol_may_have_a_bracket_and_any_series(line: str, symbol: str | None) -> None:
    assert symbol_of(line) == symbol


@pytest.mark.parametrize(
    "lines",
    [
        ["Resolution 9652 (2031)", "Adopted by the Security Council at its 9139th meeting, on 14 December 2031",
         "The Security Council,"],
        ["Résolution 9652 (2031)", "Adoptée par le Conseil de sécurité à sa 9139e séance, le 14 décembre 2031",
         "Le Conseil de sécurité,"],
        ["Resolución 9652 (2031)",
         "Aprobada por el Consejo de Seguridad en su 9139ª sesión, celebrada el 14 de diciembre de 2031",
         "El Consejo de Seguridad,"],
        ["Резолюция 9652 (2031),", "принятая Советом Безопасности на его 9139-м заседании 14 декабря 2031 года",
         "S/RES/9652 (2031)"],
        ["第9652(2031)号决议", "安全理事会2031年12月14日第9139次会议通过", "安全理事会，"],
        ["القرار 9652 (2031)", "الذي اتخذه مجلس الأمن في جلسته 9139، المعقودة في 14 كانون الأول/ديسمبر 2031", "إن مجلس الأمن،"],
    ],
)  # fmt: skip
def test_a_resolution_of_the_security_council_is_known_by_its_title(lines: list[str]) -> None:
    found = masthead_of(lines)
    assert (found.symbol, found.date, found.body) == ("S/RES/9652 (2031)", DAY, "Security Council")


def test_a_resolution_of_no_known_body_gets_no_symbol_from_its_title() -> None:
    assert masthead_of(["Resolution 9652 (2031)", "The bakers met."]).symbol is None


def test_what_a_symbol_does_not_tell_stays_unknown() -> None:
    assert body_of_symbol("E/ESCWA/CL2.GPID/2020/1") is None
    assert body_of_symbol("E/RES/2031/10") == body_of_symbol("E/2031/4") == "Economic and Social Council"

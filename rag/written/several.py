"""Several places in one citation: "paras. 12 and 13", "12-14", "12 (a) and (b)"."""

from __future__ import annotations

import re

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
UNITS = "段条节"
_PLACE = rf"(?:第?\s?(?:\d{{1,3}}|{HAN_NUMBER})\s?[段条节]?(?:\s?\([a-z]{{1,4}}\))*|\([a-z]{{1,4}}\))"
_RANGE = r"-|–|—|to|through|à|au|a|по|إلى|至|到"
_SEVERAL = re.compile(
    rf"(?:(?<![\w.])|(?=第)){_PLACE}(?:\s*[,،、]\s*{_PLACE})*\s*(?:[,،]?\s*(?:and|et|y|e|и|و|和|及|与|&)|{_RANGE})\s*{_PLACE}(?![\w./])"
)
_AT_MOST = 10
"""Places that a range may have; one of more names none."""


def each_place(text: str) -> list[str]:
    """A citation of several places ("paras. 12 and 13", "12-14", "12 (a) and (b)") as one of each, of one place as it is; none
    where a range makes no sense or is too long."""
    run = _SEVERAL.search(text)
    if run is None:
        return [text]
    found: list[str] = []
    last, end = "", 0
    for place in re.finditer(_PLACE, run.group()):
        number, before = _number(place.group()), _number(last)
        if re.fullmatch(rf"\s*(?:{_RANGE})\s*", run.group()[end : place.start()]):
            if not (before.isdecimal() and number.isdecimal() and int(before) < int(number) < int(before) + _AT_MOST):
                return []
            found += map(str, range(int(before) + 1, int(number)))
        if last and not number and "(" not in last:  # "para. 12, (a) and (b)"
            found.pop()
        last, end = place.group() if number else _beside(last, place.group()), place.end()
        found.append(last)
    unit = next((one for one in UNITS if one in run.group()), "")
    each = [one if not unit or unit in one else f"{one}{unit}" for one in found]
    return [f"{text[: run.start()]}{one}{text[run.end() :]}" for one in each]


def _number(place: str) -> str:
    found = re.match(rf"第?\s?(\d+|{HAN_NUMBER})", place)
    return found[1] if found else ""


def _beside(place: str, items: str) -> str:
    """The place that items alone name after another: "(ii)" after "12 (a) (i)" is 12 (a) (ii), "(b)" is 12 (b)."""
    roman = re.match(r"\(([ivx]+)\)", items) is not None
    before = [found for found in re.finditer(r"\s?\(([a-z]+)\)", place) if (set(found[1]) <= set("ivx")) is roman]
    return place[: before[-1].start()] + items if before else place + items

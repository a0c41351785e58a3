"""Where the reading of a document stands: in which part, section, article, numbered paragraph and item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from index.clause import Step, StepKind
from index.structure.counting import follows_letter, nested
from index.structure.ordinals import rank


@dataclass(slots=True)
class Place:
    """Where the reading of a document stands."""

    part: tuple[Step, ...] = ()
    """() before anything, the letter or the annex after their titles."""
    part_title: tuple[str, ...] = ()
    divisions: tuple[tuple[int, str], ...] = ()
    """Parts and chapters of a treaty, which no label has, with their rank, outermost first."""
    section: tuple[Step, ...] = ()
    section_titles: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()
    """Of headings without a number, below the section."""
    article: tuple[Step, ...] = ()
    article_titles: tuple[str, ...] = ()
    last_article: int = 0
    """What the number of the last article of the part counts."""
    numbered: tuple[Step, ...] = ()
    """The last printed paragraph number, under which lettered items stand."""
    items: tuple[Step, ...] = ()
    """The item read last, with those that it stands under."""
    forms: tuple[str, ...] = ()
    """How the marks of these are printed: "()", ")", "."."""
    last_number: int = 0
    last_decimal: str = ""
    """The printed number of the last paragraph that has a stop in it: "25.16"."""
    parted: bool = False
    """Whether a heading without a number was read last: what comes next says whether it ended the article and the numbered
    paragraph above it, or only parts their items."""
    preamble: int = 0
    """Position of the first paragraph after a resolution's preamble."""
    speech: tuple[Step, ...] = ()
    """The section that the preamble stands in: "B" of a resolution that is two."""
    preambular: int = 0
    several: bool = False
    """Whether the paper has several resolutions, each under its number and title."""
    second_sections: dict[int, int] = field(default_factory=dict)
    """Where a second section's number or letter stands last on a line of its own, by rank."""
    table: tuple[Step, ...] = ()
    """Path of the row that names the columns of the table read last."""
    counts: Counter[tuple[Step, ...]] = field(default_factory=Counter)
    """Of unnumbered paragraphs, by path."""

    @property
    def path(self) -> tuple[Step, ...]:
        """Of what stands in the section or article itself: headings, lettered items without a numbered paragraph."""
        return self.part + (self.article or self.section)

    @property
    def headings(self) -> tuple[str, ...]:
        above = self.part_title + tuple(title for _, title in self.divisions) + self.section_titles
        return above + self.subheadings + self.article_titles


def enter(place: Place, step: Step, title: Sequence[str]) -> None:
    """Enter a letter, one of several resolutions, an annex, which stands under the resolution above, or an appendix, which
    stands under the annex above."""
    under: dict[StepKind, tuple[StepKind, ...]] = {
        "appendix": ("resolution", "draft", "annex"), "annex": ("resolution", "draft"), "schedule": ("resolution", "draft"),
    }  # fmt: skip
    above = tuple(takewhile(lambda outer: outer.kind in under.get(step.kind, ()), place.part))
    place.part, place.part_title = (*above, step), ("\n".join(title),)
    place.divisions, place.section, place.section_titles, place.subheadings = (), (), (), ()
    place.last_number, place.last_decimal, place.preamble, place.parted, place.speech = 0, "", 0, False, ()
    place.last_article = 0
    end_article(place)


def enter_section(place: Place, number: str, title: str) -> None:
    """Enter a section: under those that are counted in a higher way. A letter that goes on in the alphabet is a letter, also
    where it could be a Roman number ("H.", "I.")."""
    goes_on = [
        n for n, step in enumerate(place.section) if rank(step.number) == 1 and follows_letter(step.number, number)
    ]
    depth = goes_on[0] if goes_on else sum(rank(step.number) < rank(number) for step in place.section)
    place.section = (*place.section[:depth], Step("section", number))
    place.section_titles = (*place.section_titles[:depth], title)
    place.subheadings, place.parted, place.preamble = (), False, 0
    end_article(place)


def enter_item(place: Place, form: str, number: str, *, directly: bool) -> None:
    """Enter an item: beside or under those that are open. directly: whether it stands right below an item."""
    place.items = nested(place.items, number, form, place.forms, directly=directly)
    place.forms = (*place.forms[: len(place.items) - 1], form)


def end_article(place: Place) -> None:
    """What stood above a heading has ended: the article, the numbered paragraph and its items."""
    place.article, place.article_titles, place.numbered, place.items = (), (), (), ()


def goes_on(place: Place, number: str) -> bool:
    """Whether a number is the one after that of the last numbered paragraph: "13" after "12", "25.17" after "25.16"."""
    chapter, stop, count = number.rpartition(".")
    if stop and count.isdecimal():
        return place.last_decimal == f"{chapter}.{int(count) - 1}"
    return bool(place.last_number) and number.isdecimal() and int(number) == place.last_number + 1


def goes_by_number(place: Place) -> bool:
    """Whether the path is that of a numbered paragraph, which may or may not have its section."""
    return bool(place.numbered) and not place.article


def numbered_path(place: Place) -> tuple[Step, ...]:
    """Path of the numbered paragraph that was read last, or of the section where there is none."""
    if not place.numbered:
        return place.path
    return place.part + place.article + place.numbered

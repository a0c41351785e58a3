"""Labels of a whole document: where sections are part of them, and what tells those apart that the print calls the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clause import CITED_KINDS, BlockKind, Step, StepKind

_CONTAINERS: frozenset[StepKind] = frozenset(
    {"letter", "resolution", "draft", "annex", "appendix", "schedule", "section", "article", "rule", "paragraph"}
)
"""What other blocks stand under: also its title or heading is told apart."""


@dataclass(slots=True)
class Draft:
    """A block before it has offsets."""

    kind: BlockKind
    lines: list[str]
    path: tuple[Step, ...]
    headings: tuple[str, ...]
    mark: int = 0
    """Characters of the printed number and the space after it."""
    page: int | None = None
    section: tuple[Step, ...] | None = None
    """Of a numbered paragraph and what stands under it: the section that it stands in, which is part of its path only where
    numbers begin anew in each; None for other blocks."""


def name_sections(drafts: Sequence[Draft]) -> None:
    """Put the section before the number in each part of the document where most sections begin at 1."""
    parts: dict[tuple[Step, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.section is not None:
            parts.setdefault(draft.path[: _number_at(draft)], []).append(draft)
    for members in parts.values():
        depth = _depth(members)
        for draft in members if depth else ():
            at = _number_at(draft)
            draft.path = (*draft.path[:at], *(draft.section or ())[:depth], *draft.path[at:])


def _number_at(draft: Draft) -> int:
    return next(n for n, step in enumerate(draft.path) if step.kind == "paragraph")


def _depth(members: Sequence[Draft]) -> int:
    """How many steps of the section tell numbers of a part apart; 0 where they go on through it."""
    numbered: list[tuple[tuple[Step, ...], str]] = []
    for draft in members:
        at, number = draft.path[-1].kind == "paragraph", draft.path[_number_at(draft)].number
        if at or not numbered or numbered[-1] != (draft.section or (), number):  # "2. (a) …" has no paragraph above
            numbered.append((draft.section or (), number))
    best, fewest = 0, _repeated(numbered, 0)
    for depth in range(1, max((len(section) for section, _ in numbered), default=0) + 1):
        first: dict[tuple[Step, ...], str] = {}
        for section, number in numbered:
            first.setdefault(section[:depth], number)
        anew = sum(number.isdecimal() and int(number) == 1 for number in first.values())
        if anew >= 2 and 2 * anew >= len(first) and (repeated := _repeated(numbered, depth)) < fewest:
            best, fewest = depth, repeated
    return best


def _repeated(numbered: Sequence[tuple[tuple[Step, ...], str]], depth: int) -> int:
    return len(numbered) - len({(section[:depth], number) for section, number in numbered})


def tell_apart(drafts: Sequence[Draft]) -> None:
    """Count those that have the same path ("para. 1", "para. 1 [2]"); what stands under the second goes with it."""
    seen: Counter[tuple[Step, ...]] = Counter()
    now: dict[tuple[Step, ...], tuple[Step, ...]] = {}
    for draft in drafts:
        if draft.kind not in CITED_KINDS and draft.path[-1].kind not in _CONTAINERS:
            continue
        above = draft.path[:-1]
        for depth in range(len(above), 0, -1):
            if above[:depth] in now:
                above = now[above[:depth]] + above[depth:]
                break
        path = (*above, draft.path[-1])
        seen[path] += 1
        told = (*above, replace(path[-1], again=seen[path]))
        now[draft.path] = told
        draft.path = told

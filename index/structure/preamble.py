"""Where the preamble of a resolution ends, and what its paragraphs begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from index.readers.parts import Paragraph
from index.structure.phrases import is_preambular, is_speaker
from index.structure.titles import is_annex


def end_of_preamble(paragraphs: Sequence[Paragraph], start: int) -> int:
    """The position after the last preambular paragraph, where the preamble begins at `start`.

    The last one that ends with a comma, before the first number: those above it may end otherwise ("Bearing in mind:" and
    its items). Where operative paragraph 1 follows, also those that end with a semicolon, as some print them.
    """
    stop, numbered = len(paragraphs), False
    for position in range(start, len(paragraphs)):
        text = paragraphs[position].text
        mark = paragraphs[position].begins_with
        numbered = mark is not None and mark.kind == "number"
        if (mark and mark.kind != "letter") or is_speaker(text) or (paragraphs[position].short and is_annex(text)):
            stop = position
            break
    end = max(
        (position + 1 for position in range(start, stop) if is_preambular(paragraphs[position].text)), default=start
    )
    while numbered and end < stop and _goes_on(paragraphs, end, stop):
        end += 1
    return end


def opening_of_preamble(paragraphs: Sequence[Paragraph], position: int) -> Literal["speaker", "first"] | None:
    """What stands at `position` where the preamble of a treaty, a declaration or a committee's conclusion begins: the name of
    those who speak ("The States Parties to the present Convention,"), or the first of several such paragraphs; else None."""
    text = paragraphs[position].text
    below = paragraphs[position + 1] if position + 1 < len(paragraphs) else None
    if below is None or not is_preambular(text) or not below.text.endswith(_ENDS) or not opens_preambular(below.text):
        return None
    if opens_preambular(text):
        return "first"
    longest = SPEAKER_HAN if text[0] >= "\u3400" else SPEAKER
    return "speaker" if len(text) <= longest and paragraphs[position].begins_with is None else None


def run_of_preamble(paragraphs: Sequence[Paragraph], start: int) -> int:
    """The position after the last paragraph of such a preamble: those from `start` on that end as they do, with their items.
    No number follows that would say where it ends at the latest."""
    listed = False
    for position in range(start, len(paragraphs)):
        text, mark = paragraphs[position].text, paragraphs[position].begins_with
        if mark is not None and not (listed and mark.kind == "letter"):
            return position
        if mark is None:
            listed = text.endswith((":", "："))
        if not (text.endswith(_ENDS) or _goes_on(paragraphs, position, len(paragraphs))):
            return position
    return len(paragraphs)


def _goes_on(paragraphs: Sequence[Paragraph], position: int, stop: int) -> bool:
    """Whether a paragraph belongs to a preamble that ends with semicolons: it ends so, or opens items that do."""
    text = paragraphs[position].text
    if text.endswith((";", "；", "؛")):
        return True
    below = paragraphs[position + 1].begins_with if position + 1 < stop else None
    return text.endswith((":", "：")) and below is not None and below.kind == "letter"


SPEAKER = 100
"""Characters that the name of those who speak has at most."""
SPEAKER_HAN = 20
"""The same in Chinese."""
_ENDS = (",", "，", "،", ";", "；", "؛")
_OPENS = re.compile(
    r"Whereas\b|لما كان"
    r"|(?!\w+j?qing|\w+jing)[A-Z]\w+ing\b|(?:Guided|Convinced|Deeply|Gravely|Seriously|Profoundly|Fully|Strongly|Alarmed|Concerned"
    r"|Mindful|Aware|Conscious|Cognizant|Determined|Encouraged|Desirous|Disturbed|Appalled|Inspired|Dismayed|Confident|Committed"
    r"|Shocked|Outraged|Resolved)\b"
    r"|(?:[A-ZÀ-Ý]\w+|S[’']\w+|Se \w+|Ne \w+)ant\b|(?:Consciente?|Convaincue?|Préoccupée?|Profondément"
    r"|Vivement|Gravement|Alarmée?|Animée?|Résolue?|Soucieuse|Guidée?|Inquiète|Déterminée?|Encouragée?|Désireuse|Indignée?"
    r"|Attachée|Troublée|Consternée)\b"
    r"|[A-ZÁ-Ú]\w+ndo\b|(?:Convencid|Preocupad|Alarmad|Guiad|Decidid|Resuelt|Inspirad|Animad|Deseos|Alentad|Perturbad)[ao]\b"
    r"|(?:Profundamente|Gravemente|Seriamente|Hondamente|Sumamente|Muy)\b"
    r"|(?:(?:вновь|также|далее|особо|глубоко|вместе с тем|с (?:удовлетворением|признательностью|обеспокоенностью|озабоченностью"
    r"|тревогой|сожалением|интересом|глубокой \w+|серьезной \w+|большой \w+|удовольствием))\s+)*"
    r"(?:ссылаясь|подтверждая|признавая|учитывая|напоминая|отмечая|принимая|приветствуя|выражая|сознавая|осознавая|памятуя"
    r"|руководствуясь|подчеркивая|подчёркивая|будучи|исходя|рассмотрев|обращая|заявляя|осуждая|поддерживая|считая|рассматривая"
    r"|изучив|имея|полагая|констатируя|одобряя|воздавая|стремясь|желая|преисполненн|испытывая|постановляя|заслушав)"
    r"|و?إذ(?=\s)"
    r"|(?:又|还|并|也|再次|深为|深切|严重|强烈|高度|充分|特别|进一步|着重|欣见)*(?:回顾|重申|认识到|注意到|铭记|强调|欢迎|深信|确认"
    r"|考虑到|关切|表示|赞赏|意识到|承认|谴责|申明|鼓励|指出|遵循|念及|审议|决心|感到|震惊|肯定|赞扬|期待|感谢|鉴于|相信|支持)"
)
"""Words that preambular paragraphs begin with: in Latin letters with a capital, in Russian small."""


def opens_preambular(text: str) -> bool:
    """Whether a line begins as preambular paragraphs do, in any of the six languages."""
    first = text.split(maxsplit=1)[0] if text else ""
    if len(first) > 1 and first.isupper():  # "RECALLING …"
        text = first.capitalize() + text[len(first) :]
    return _OPENS.match(text) is not None

"""A citation as people write it, in any of the six languages: which document it names, and which place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from index.clause import Clause, Document, Step, StepKind
from index.language import LANGUAGES
from index.snapshot import Snapshot
from index.structure.counting import FIRST
from index.structure.ordinals import ordinal
from prompts import message
from rag.written.documents import NAMED, plain, squeezed, without_names
from rag.written.several import HAN_NUMBER, each_place

WORDS: dict[StepKind | Literal["filler"], str] = {
    "annex": r"annexe?s?|anexos?|приложени[еяию]|(?:ال)?مرفق|附件",
    "appendix": r"appendi(?:x|ce)|apéndice|добавлени[еяию]|(?:ال)?تذييل|附录",
    "schedule": r"schedule|附表",
    "section": r"section|sect?\.?|sección|secc?\.?|раздела?е?|разд\.?|(?:ال)?فرع",
    "article": r"articles?|art\.?|artículo|стать[яие]|ст\.?|(?:ال)?مادة",
    "rule": r"rule|règle|regla|правил[оа]|(?:ال)?قاعدة|规则",
    "preambular": r"preambular|preamble|pp\.?|préambule|préambulaire|preámbulo|преамбул[аые]|序言(?:部分)?|(?:ال)?ديباجة",
    "paragraph": r"paragraphe?s?|paras?\.?|par\.?|párrafos?|párrs?\.?|пункт(?:[аеуы]|ов|а[мх]|ами)?|п\.?"
    r"|(?:ال)?فقر(?:ة|ت[اي]ن|ات)|[¶§]",
    "filler": r"operative|op\.?|执行部分|dispositif|dispositiv[oa]|постановляющ\w+|(?:ال)?منطوق"
    r"|sub-?(?:paragraph|para\.?)s?|alinéas?|al\.|apartado|inciso|подпункт[аеу]?|пп\.|الفرعية|分段|[段款项节条]"
    r"|resolutions?|res\.?|résolutions?|resolución|резолюци[яию]|рез\.?|(?:ال)?قرار|号?决议|号|decision|décision|decisión|решени[ея]"
    r"|مقرر|号?决定|of|the|in|to|du|de|la|le|les|l'|del|à|au|в|к|от|из|من|في|المؤرخ|年|的|联合国|united|nations|"
    r"un|doc\.?|documento?|документа?|оон|وثيقة|الوثيقة|года|en\s+date|dated|let\.|lettre|letra|lit\.|litt\.?|\(\s*\)|[“”«»\"《》]|"
    r"第|no\.?|nos\.?|n°|núm\.?|number|[,،;:.–—-]",
}
"""What each kind of place is called, small letters; "filler" says nothing of the place."""
_TOKEN = re.compile(
    r"\s+"
    rf"|第?\s?(?P<counted>\d{{1,3}}|{HAN_NUMBER})\s?(?P<unit>[段条节])"
    r"|(?P<number>\d{1,3}(?:\.\d{1,2})?(?:\s?(?:bis|ter)\b)?)(?:\s?\.?(?P<letter>[a-z])(?![\w)]))?(?!\d)"
    rf"|\((?P<item>[a-z]{{1,4}}|[ivx]{{5,7}}|\d{{1,2}}|[а-яё]|[ء-ي]{{1,2}}|{HAN_NUMBER})\)"
    r"|(?P<bare>[a-z]{1,4}|[ivx]{5,7}|[а-яё])\)"
    rf"|(?P<outer>{WORDS['annex']}|{WORDS['appendix']}|{WORDS['schedule']}|{WORDS['section']})"
    rf"(?:\s*(?P<its>[ivx]{{1,5}}|\d{{1,2}}|[a-h]|{HAN_NUMBER})(?![\w)]))?(?![a-zà-ÿа-яё])"
    r"|(?P<word>" + "|".join(f"(?:{words})(?![a-zà-ÿа-яё])" for words in WORDS.values()) + ")"
)
_PAGE = re.compile(
    r"(?<=[\s,،)\]])(?:p|page|pág|página|с|стр|ص|الصفحة)(?![^\W\d_])\.?\s*(\d{1,4})$|第\s?(\d{1,4})\s?页$"
)
"""The page at the end of a citation; "pp." is also short for preambular paragraphs."""
_ORDINAL_FIGURES = re.compile(
    r"(?<![\w/.])(\d{1,2})(?:(?:er|ère|e|[eè]me)(?=\s+(?:alinéas?\s+d[ue]\s+(?:la\s+)?préamb|par|sect|art|annexe))"
    r"|(?:st|nd|rd|th)(?=\s+(?:pre|op|para|sect|art|annex))|-(?:й|я|го|м|е)(?=\s+(?:пункт|абзац|стат|раздел)))(?!\d)"
)
_ITEM_ALONE = re.compile(
    r"\b(alinéa|al\.|apartado|inciso|letra|lettre|let\.|lit\.|sub-?para(?:graph|\.)?|подпункт[аеу]?)\s+([a-z])(?=\s+(?:d[ue]|of|del?|пункта)\b|$)"
)
"""An item without its bracket: "alinéa p du paragraphe 12"."""
_UNITS: dict[str, StepKind] = {"段": "paragraph", "条": "article", "节": "section"}
_ORDER: tuple[StepKind, ...] = (
    "annex", "appendix", "schedule", "section", "article", "rule", "preambular", "paragraph",
)  # fmt: skip
"""From the outside in."""


def clauses_written(name: str, snapshot: Snapshot) -> list[Clause] | None:
    """The clauses that a citation means ("resolution 77/176, para. 12 (c)", "第77/176号决议第12段"), those under the fewest
    places that it does not name. None for what is no such citation: where a word of it is not understood, since half a
    citation is another one. A document that is not here has no clauses."""
    text, documents = without_names(_ordinary(name), snapshot.documents)
    page = _PAGE.search(text.strip(" .;"))
    text = _ITEM_ALONE.sub(r"\1 (\2)", text.strip(" .;")[: page.start()] if page else text)
    places = [_steps(one) for one in each_place(_with_figures(text))]
    if not places or not all(places):
        return None
    hashes = {document.sha256 for document in documents}
    clauses = [clause for clause in snapshot.clauses if clause.document in hashes]
    if page:  # where a clause begins; it may end on the next one
        pages = (None, int(page[1] or page[2]), int(page[1] or page[2]) - 1)
        clauses = [clause for clause in clauses if clause.page in pages]
    return [clause for wanted in dict.fromkeys(places) for clause in _at(wanted, clauses)]


def _ordinary(name: str) -> str:
    """A citation with its ordinals as figures and short forms without stops ("U.N.", "G.A.")."""
    text = _ORDINAL_FIGURES.sub(r"\1", plain(re.sub(r"(?<=\d)\.?[ºª]", " ", name)))
    return re.sub(r"\b(?:[a-z]\.\s?){2,}", lambda short: re.sub(r"[.\s]", "", short.group()) + " ", text)


def _at(wanted: Sequence[tuple[StepKind, str]], clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses at a place, those under the fewest places that it does not name."""
    fits = [(_fit(clause.path, wanted), clause) for clause in clauses]
    best = min((fit for fit, _ in fits if fit is not None), default=None)
    if best is None and wanted[-1][0] == "paragraph":  # "2. (a) …": its first item stands on its line
        fits = [
            (_fit(clause.path[:-1], wanted), clause)
            for clause in clauses
            if clause.path[-1].kind == "item" and clause.path[-1].number in FIRST and clause.text[:1].isdigit()
        ]
        best = min((fit for fit, _ in fits if fit is not None), default=None)
    return [clause for fit, clause in fits if fit is not None and fit == best]


def names_document(name: str, document: Document) -> bool:
    """Whether a name is that of a document and nothing else, as citations have it: "resolution 77/176", "大会第77/176号决议",
    "A/RES/77/176", also with body and date."""
    text = _ordinary(name)
    if NAMED.search(text) is None:
        return False
    rest, documents = without_names(text, [document])
    filler = rf"(?:\s|(?:{WORDS['filler']})(?![a-zà-ÿа-яё]))*"
    return bool(documents) and re.fullmatch(filler, rest) is not None


def _steps(text: str) -> tuple[tuple[StepKind, str], ...]:
    """The place that the rest of a citation names, () for none and where something in it is not understood."""
    outer: dict[StepKind, str] = {}
    items: list[str] = []
    pending: StepKind | None = None
    preamble, at = False, 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.end() == at:
            return ()
        at = token.end()
        item = token["item"] or token["bare"]
        number, word = token["counted"] or token["number"], token["outer"] or token["word"]
        if number:
            kind = _UNITS[token["unit"]] if token["unit"] else pending or "paragraph"
            if outer.get(kind) or (items and kind == "paragraph" and pending is None):
                return ()  # "12 14": more than one place
            outer[kind], pending = number, None
            items += [token["letter"]] if token["letter"] else []
        elif item:
            items.append(item)
        elif word:
            kinds = [kind for kind, words in WORDS.items() if re.fullmatch(words, word)]
            kind_named = next((kind for kind in kinds if kind != "filler"), None)
            if kind_named == "preambular":
                preamble = True
            elif kind_named is not None:
                if token["outer"]:
                    if kind_named in outer:
                        return ()
                    outer[kind_named] = token["its"] or ""
                pending = None if token["outer"] and kind_named != "section" else kind_named
                pending = None if token["outer"] and token["its"] else pending
    if preamble:
        outer["preambular"] = outer.pop("paragraph", "")
        if not outer["preambular"]:
            return ()
    steps = [(kind, outer[kind]) for kind in _ORDER if kind in outer]
    return (*steps, *(("item", item) for item in items))


def _fit(path: Sequence[Step], wanted: Sequence[tuple[StepKind, str]]) -> int | None:
    """How far a label path is from the place that is wanted: 0 for just this, more for places between that are not named;
    None for another place."""
    at, others = 0, 0
    for step in path:
        if at < len(wanted) and step.kind == wanted[at][0] and _same(step.number, wanted[at][1]):
            at += 1
            others += 10 * (step.again - 1)
            last = True
        else:
            others += 1 if step.kind == "section" else 100
            last = False
    return others if at == len(wanted) and last else None


def _same(printed: str, wanted: str) -> bool:
    """Whether a printed number is the one that is wanted, however it is counted ("II", "2", "二")."""
    one, other = squeezed(plain(printed)), squeezed(wanted)
    if not other or one == other:
        return True
    counts = ordinal(printed), ordinal(wanted.upper()) or ordinal(wanted)
    return counts[0] is not None and counts[0] == counts[1]


def _with_figures(text: str) -> str:
    """Ordinal numbers in words ("third preambular para.") as figures."""
    return _ordinal_words().sub(lambda found: f" {_figures()[found.group()]} ", text)


@lru_cache(maxsize=1)
def _figures() -> dict[str, int]:
    lists = [message("cite.ordinals", language).split("|") for language in LANGUAGES if language != "zh"]
    return {plain(word): number for words in lists for number, word in enumerate(words, 1)}


@lru_cache(maxsize=1)
def _ordinal_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_figures(), key=len, reverse=True)))})(?!\w)")

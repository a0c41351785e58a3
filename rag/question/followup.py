"""When a question leans on the one before it, and what to search with then. By words of the six languages, no model."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from index.words.names import where_named
from index.words.tokens import plain_script
from rag.question.framing import bare

MAX_CARRIED = 400
"""Characters of earlier questions that are searched with, the latest kept."""
SHORT = {"zh": 8}
"""What a question may name besides its opening word ("And …") and still go on from another: Chinese characters, or words."""
_SHORT_WORDS = 3
FILE = "followup.toml"
_WHO_DOES = r"^(?:who|qui|quién|quiénes|кто|谁|من) ?\w+"
"""Somebody asked for and what they do, which is nothing that a pronoun after it could stand for: "Who funds it?"."""
_NAMING_NOTHING = ("opens", "standing_in", "owned", "empty", "general", "printed")
_STANDING_FOR_EARLIER = ("standing_in", "points", "owned", "clitic")
_ARTICLES = r"(?<!\w)(?:the|le|la|les|l['’]?|el|los|las|عن)(?!\w)|[呢'’]"
"""What may stand between the opening word of a follow-up and the place that it names: "And the Philippines?"."""
_SCRIPTS = (("zh", r"[㐀-鿿]"), ("ar", r"[؀-ۿ]"), ("ru", r"[Ѐ-ӿ]"))


@lru_cache(maxsize=128)
def _words(name: str, language: str) -> str:
    """One list of a language as a regular expression; one that finds nothing where the list is empty."""
    found = "|".join(_lists()[language][name]) or "(?!)"
    return found.replace("ё", "е") if language == "ru" else found


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = tomllib.loads(
        (resources.files("rag.question") / FILE).read_text(encoding="utf-8")
    )
    return found


def searched(question: str, history: Sequence[str]) -> tuple[str, ...]:
    """The texts that are searched with, oldest first, the question last: those before it that it leans on, cut to the last
    MAX_CARRIED characters. One that names but another of several ("And the second?") is the question before it, asked of
    that one; one that asks but where or how that is written ("In which paragraph?") is the question before it. What one
    leans on that names but another country ("And the Philippines?") is asked of that one."""
    parts: list[str] = []
    for asked in (*history, question):
        if parts and (of_another := _of_another(asked, parts[-1])):
            parts[-1] = of_another
        elif parts and _asks_how_written(asked, parts[-1]):
            continue
        else:
            parts = [*_of_another_place(parts, asked), asked] if parts and leans(asked) else [asked]
    room = MAX_CARRIED
    kept: list[str] = []
    for part in reversed(parts[:-1]):
        if room > 0:
            kept.append(part[-room:].strip())
            room -= len(part) + 1
    return (*reversed([part for part in kept if part]), parts[-1])


def _of_another(asked: str, before: str) -> str | None:
    """The question before with the ordinal of one that says nothing else in place of its own; None where they have not one
    each, in the same language."""
    written = plain_script(asked.strip())
    for language in _languages(written):
        plain = _plain(written, language)
        words = f"({_words('ordinals', language)})"
        joined = "[وف]?" if language == "ar" else ""
        ordinal = re.compile(words if language == "zh" else rf"(?<!\w){joined}{words}(?!\w)", re.IGNORECASE)
        own, theirs = list(ordinal.finditer(plain)), list(ordinal.finditer(before))
        if len(own) == len(theirs) == 1 and _adds_nothing(ordinal.sub(" ", plain), before, language):
            return before[: theirs[0].start(1)] + own[0][1] + before[theirs[0].end(1) :]
    return None


def _of_another_place(earlier: list[str], asked: str) -> list[str]:
    """Earlier questions with the country, or region, that `asked` names in the place of theirs, where it names but that one
    ("And the Philippines?"); without follow-ups that did so too. There must be one."""
    written = plain_script(asked.strip())
    for language in _languages(written):
        if place := _another(written, language):
            code, start, end = place
            others = [earlier[0], *(text for text in earlier[1:] if not _another(text, language))]
            return [_named_instead(text, code, written[start:end], language) for text in others]
    return earlier


def _another(text: str, language: str) -> tuple[str, int, int] | None:
    """The place that a follow-up asks about and nothing else: "And the Philippines?", not "And from Germany?"."""
    named = list(where_named(text, language))
    if len(named) != 1:
        return None
    rest = _plain(_replaced(text, named, " "), language)
    rest = re.sub(_ARTICLES, " ", rest.removeprefix(_opening(rest, language)))
    return named[0] if _opening(_plain(text, language), language) and not rest.strip() else None


def _named_instead(text: str, code: str, name: str, language: str) -> str:
    """A text with a place, by its code and name, instead of the one of its kind that it names; itself where it names more."""
    theirs = [place for place in where_named(text, language) if place[0].isdigit() == code.isdigit()]
    return _replaced(text, theirs, name) if len({other for other, _, _ in theirs}) == 1 else text


def _replaced(text: str, places: Sequence[tuple[str, int, int]], name: str) -> str:
    for _, start, end in reversed(places):
        text = text[:start] + name + text[end:]
    return text


def _asks_how_written(asked: str, before: str) -> bool:
    """Whether a question asks only where what was asked before, in the same script, stands or how it is worded."""
    written = plain_script(asked.strip())
    for language in _languages(written):
        plain = _plain(written, language)
        written_there = _found(_words("printed", language), plain, language)
        more = _content(plain, language) or _found(_words("general", language), plain, language)
        if _own(plain, language) and written_there and not more and language in _languages(plain_script(before)):
            return True
    return False


def _adds_nothing(plain: str, before: str, language: str) -> bool:
    """Whether a follow-up names and asks nothing that the question before it does not."""
    earlier, asking = _plain(plain_script(before), language), _words("asking", language)
    if language == "zh":
        return all(part in earlier for part in (*re.findall(asking, plain), *_content(plain, language)))
    asks = [word for word in re.findall(r"\w+", plain) if re.fullmatch(asking, word)]
    return {*asks, *_content(plain, language)} <= set(re.findall(r"\w+", earlier))


def leans(question: str) -> bool:
    """Whether a question says too little alone: it goes on from another, points back, or names nothing to search for."""
    plain = plain_script(question.strip())
    return any(_leans_in(plain, language) for language in _languages(plain))


def names_nothing(question: str) -> bool:
    """Whether a question has no word that could be searched for: "Why?", "For example?", "1"."""
    written = plain_script(question)
    return not re.search(r"[^\W\d_]", written) or any(
        _own(plain, language) and not _content(plain, language)
        for language in _languages(written)
        for plain in [_plain(written, language)]
    )


def asks_something(question: str, language: str) -> bool:
    """Whether a question has a word that asks, as "And in Africa?" has not."""
    return _found(_words("asking", language), _plain(plain_script(question), language), language) is not None


def stands_for_earlier(pronoun: str, question: str, language: str) -> bool:
    """Whether a pronoun, a regular expression for small letters, stands for something said before the question: turns of
    speech aside, nothing of matter is named ahead of it there."""
    plain = _plain(plain_script(question), language)
    found = re.search(pronoun, plain)
    return found is not None and not _content(plain[: found.start()], language)


def asks_by_itself(question: str, language: str, named: str) -> bool:
    """Whether a follow-up asks something whole of the document named before it: a word that asks, more than one that names, and
    nothing that stands for anything else said before. `named`: the pronouns of the document, a regular expression."""
    whole = _plain(plain_script(question), language)
    plain = re.sub(named, " ", whole)
    if not asks_something(question, language):
        return False
    if any(_found(_words(name, language), plain, language) for name in _STANDING_FOR_EARLIER):
        return False
    content = _content(whole, language)
    return len("".join(content)) > 2 if language == "zh" else len(content) > 1


def _languages(question: str) -> Sequence[str]:
    """The languages whose words to look for: by script; of Latin ones all three, since a short question hardly tells."""
    for language, script in _SCRIPTS:
        if re.search(script, question):
            return (language,)
    return ("en", "fr", "es")


def _plain(question: str, language: str) -> str:
    """The question in small letters, without marks and without turns of speech whose pronoun stands for nothing."""
    plain = " ".join(re.sub(r"[?？!！.。,，、;；:：¿¡«»“”\"؟،؛()]+", " ", question.lower()).split())
    if language == "zh":
        plain = "".join(plain.split())
    if language == "ru":
        plain = plain.replace("ё", "е")
    return re.sub(_words("settled", language), " ", plain).strip()


def _leans_in(question: str, language: str) -> bool:
    if not _own(_plain(question, language), language):
        return False
    if language != "zh" or re.search("关于|有关|对|文", question):  # without these 说了什么 asks what somebody said
        question = bare(question, language)
    plain = _plain(question, language)
    content = _content(plain, language)
    opened = _opening(plain, language)
    if opened and (len("".join(content)) if language == "zh" else len(content)) <= SHORT.get(language, _SHORT_WORDS):
        return True
    if _found(_words("points", language), plain, language) or _found(_words("clitic", language), plain, language):
        return True
    for name in ("standing_in", "owned"):
        found = _found(_words(name, language), plain, language)
        if not found or (name == "owned" and len(content) > _SHORT_WORDS):
            continue
        if opened or not _content(re.sub(_WHO_DOES, "", plain[: found.start()]), language):
            return True
    return not content or _asks_of_one(question, plain, content, language)


def _asks_of_one(question: str, plain: str, content: list[str], language: str) -> bool:
    """Whether all that is named is what somebody did or said, with nothing of the matter: "What did France do?"."""
    if language == "zh":
        short = len("".join(content)) <= 4 and bool(re.search(_words("doing", "zh"), plain))
        return short or (plain.endswith("呢") and len("".join(content)) <= SHORT["zh"])
    acronym = bool(re.search(r"\b[A-Z]{2,}\b|\b[А-Я]{3,}\b", question))
    return len(content) == 1 and not acronym and bool(_found(_words("doing", language), plain, language))


def _found(words: str, plain: str, language: str) -> re.Match[str] | None:
    return re.search(words if language == "zh" else rf"(?<![\w])(?:{words}){_end(language)}", plain)


def _opening(plain: str, language: str) -> str:
    """The word that a question which goes on from another opens with, "and"; empty where it does not."""
    opened = re.match(rf"(?:{_words('opens', language)}){_end(language)}", plain)
    return opened[0] if opened else ""


def _end(language: str) -> str:
    return "" if language == "zh" else r"(?!\w)"


def _content(plain: str, language: str) -> list[str]:
    """The words that name something to search for; in Chinese what is left between the words that do not."""
    nothing = "|".join(_words(name, language) for name in _NAMING_NOTHING)
    if language == "zh":
        return [part for part in re.split(rf"{nothing}|{_words('points', language)}|\s", plain) if part]
    words = re.findall(r"\w+", plain)
    return [word for word in words if not re.fullmatch(nothing, word)]


def _own(plain: str, language: str) -> bool:
    """Whether the words that ask are this language's: "y" and "a" mean other things in its neighbours."""
    if language in ("ar", "ru", "zh"):
        return True
    lists = ("empty", "opens", "general", "printed")
    counts = {
        other: len(re.findall(rf"(?<!\w)(?:{'|'.join(_words(name, other) for name in lists)})(?!\w)", plain))
        for other in ("en", "fr", "es")
    }
    return 0 < counts[language] == max(counts.values())

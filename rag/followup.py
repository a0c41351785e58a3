"""When a question leans on the one before it, and what to search with then. By words of the six languages, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_CARRIED = 400
"""Characters of earlier questions that are searched with, the latest kept."""

_OPENS = {
    "en": r"and|but|or|so|also|what about|how about|what else|anything else|why|why not|how so|really",
    "fr": r"et|mais|ou|alors|aussi|qu['’]en est-il|qu['’]en est il|quoi d['’]autre|pourquoi|comment cela",
    "es": r"y|e|pero|o|entonces|también|qué hay de|qué pasa con|qué más|por qué|cómo así",
    "ru": r"и|а|но|или|тогда|также|а как насчёт|как насчёт|что ещё|почему|зачем",
    "ar": r"و\w+|لكن|أو|إذن|أيضا|ماذا عن|لماذا|كيف ذلك",
    "zh": r"那|那么|还有|此外|另外|为什么|为何|而|但是|或者",
}
"""Words that open a question which goes on from another."""
_POINTS = {
    "en": r"it|they|them|this|that|these|those|he|she|him|there|such|the same|one|ones",
    "fr": r"cela|ça|celui-ci|celle-ci|ceux-ci|celles-ci|ils|elles|ceci|y|en",
    "es": r"eso|esto|ello|ellos|ellas|aquello|éste|ésta|allí|lo mismo",
    "ru": r"это|этого|этому|этом|они|их|им|ними|он|она|оно|там|такие|такой",
    "ar": r"ذلك|هذا|هذه|تلك|هؤلاء|هم|هي|هو|هناك|عنها|عنه|عنهم|منها|منه|لها|لهم|فيها|فيه",
    "zh": r"它|它们|他们|她们|其|这个|那个|这些|那些|这样|那样|这|那里|这里",
}
"""Words that point back at something said before."""
_OWNED = {
    "en": r"its|their|his|her|hers|theirs",
    "fr": r"leurs?|son|sa|ses",
    "es": r"sus?",
    "ru": r"его|её|ее|их",
    "ar": r"\w+(?:هم|ها)",
    "zh": r"其",
}
"""Words that may point back, or at the subject beside them: they count where little else is named."""
_EMPTY = {
    "en": r"what|who|whom|whose|when|where|which|how|why|is|are|was|were|be|do|does|did|done|doing|has|have|had|can|could|"
    r"should|would|will|the|a|an|of|in|on|at|to|for|by|with|from|about|many|much|more|exactly|say|says|said|please|tell|me|us",
    "fr": r"que|qu|qui|quoi|quand|où|quel|quelle|quels|quelles|comment|pourquoi|combien|est|sont|était|a|ont|fait|faire|font|"
    r"le|la|les|l|un|une|des|de|du|d|à|au|aux|dans|sur|pour|par|avec|ce|se|dit|t|il|elle|plus",
    "es": r"qué|que|quién|quiénes|cuándo|dónde|cuál|cuáles|cómo|por|cuántos|cuántas|cuánto|es|son|era|fue|ha|han|hizo|hace|"
    r"hacen|hacer|el|la|los|las|un|una|de|del|a|al|en|para|con|dice|se|más|lo",
    "ru": r"что|кто|когда|где|какой|какая|какие|какое|как|почему|сколько|ли|в|на|по|о|об|для|с|к|из|у|не|сделала?|сделали|"
    r"делает|делают|говорит|говорится|ещё",
    "ar": r"ما|ماذا|من|متى|أين|أي|كيف|لماذا|كم|هل|في|على|عن|إلى|مع|فعلت?|فعلوا|تفعل|يفعل|قال|قيل|تقول",
    "zh": r"什么|谁|何时|哪里|哪些|哪个|哪|怎么样|怎么|怎样|如何|多少|几|是|的|了|吗|呢|吧|有|在|对|做|说|"
    r"要|能|会|请问|又|也|都|就|关于",
}
"""Words that ask, or hold a sentence together, and name nothing."""
_DOING = {
    "en": r"do|does|did|done|doing|say|says|said",
    "fr": r"fait|faire|font|dit",
    "es": r"hizo|hace|hacen|hacer|dice",
    "ru": r"сделала?|сделали|делает|делают|говорит|говорится",
    "ar": r"فعلت?|فعلوا|تفعل|يفعل|تقول|قال",
    "zh": r"怎么做|做了什么|怎么说|如何做|怎样做|做|呢",
}
"""Verbs that say nothing without what was asked before: "What did France do?"."""
_SCRIPTS = (("zh", r"[㐀-鿿]"), ("ar", r"[؀-ۿ]"), ("ru", r"[Ѐ-ӿ]"))


def search_text(question: str, history: Sequence[str]) -> str:
    """What to search with: the question, after those before it that it leans on."""
    carried = ""
    for asked in (*history, question):
        carried = f"{carried} {asked}"[-MAX_CARRIED - len(asked) :].strip() if carried and leans(asked) else asked
    return carried


def leans(question: str) -> bool:
    """Whether a question says too little alone: it goes on from another, points back, or names nothing to search for."""
    return any(_leans_in(question.strip().lower(), language) for language in _languages(question))


def _languages(question: str) -> Sequence[str]:
    """The languages whose words to look for: by script; of Latin ones all three, since a short question hardly tells."""
    for language, script in _SCRIPTS:
        if re.search(script, question):
            return (language,)
    return ("en", "fr", "es")


def _leans_in(question: str, language: str) -> bool:
    plain = re.sub(r"[?？!！.。,，;；:：¿¡«»“”\"]+", " ", question).strip()
    if language == "zh":
        return _leans_in_chinese(plain)
    plain = re.sub(r"^(ما|من) (?:هي|هو|هم)\b", r"\1", plain)  # "what is", not "they"
    content = _content(plain, language)
    if re.match(rf"(?:{_OPENS[language]})\b", plain) and len(content) <= 3:
        return True
    if re.search(rf"\b(?:{_POINTS[language]})\b", plain) and _own(plain, language):
        return True
    if len(content) <= 2 and re.search(rf"\b(?:{_OWNED[language]})\b", plain) and _own(plain, language):
        return True
    doing = re.search(rf"\b(?:{_DOING[language]})\b", plain)
    return _own(plain, language) and (not content or bool(doing and len(content) <= 1))


def _leans_in_chinese(plain: str) -> bool:
    squeezed = "".join(plain.split())
    content = re.sub(rf"{_EMPTY['zh']}|{_OPENS['zh']}", "", squeezed)
    if re.match(rf"(?:{_OPENS['zh']})", squeezed) and len(content) <= 8:
        return True
    if squeezed.endswith("呢") and len(content) <= 8:
        return True
    if re.search(rf"(?:{_POINTS['zh']})", re.sub(r"(?:这|本)次|尤其|其他|其它|其中|极其", "", squeezed)):
        return True
    doing = re.search(rf"(?:{_DOING['zh']})", squeezed)
    return not content or bool(doing and len(content) <= 4)


def _content(plain: str, language: str) -> list[str]:
    words = re.findall(r"\w+(?:-\w+)*", plain)
    return [
        w
        for w in words
        if not re.fullmatch(rf"(?:{_EMPTY[language]}|{_OPENS[language]}|{_POINTS[language]}|{_OWNED[language]})", w)
    ]


def _own(plain: str, language: str) -> bool:
    """Whether the words that ask are this language's: "y" and "a" mean other things in its neighbours."""
    if language in ("ar", "ru"):
        return True
    counts = {other: len(re.findall(rf"\b(?:{_EMPTY[other]})\b", plain)) for other in ("en", "fr", "es")}
    return 0 < counts[language] == max(counts.values())

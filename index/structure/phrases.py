"""Lines that are known by their words: somebody signs, a body speaks, a preamble goes on, a note stands under the text."""

from __future__ import annotations

import re

_SIGNED = re.compile(r"[(（](?:签名|签字|signed|signé|firmado|подпись|توقيع)[^)）]{0,12}[)）]", re.IGNORECASE)
_NOTE = re.compile(r"^(?:\*{1,3}|[†‡§])\s*\S")
_SPEAKER = re.compile(
    r"(?:the (?:general assembly|security council|economic and social council|human rights council)"
    r"|l[’']assemblée générale|le conseil (?:de sécurité|économique et social|des droits de l[’']homme)"
    r"|la asamblea general|el consejo (?:de seguridad|económico y social|de derechos humanos)"
    r"|генеральная ассамблея|совет безопасности|экономический и социальный совет|совет по правам человека"
    r"|(?:إن )?(?:الجمعية العامة|مجلس الأمن|المجلس الاقتصادي والاجتماعي|مجلس حقوق الإنسان)"
    r"|大会|联合国大会|安全理事会|经济及社会理事会|人权理事会)\s*[,，،]?",
    re.IGNORECASE,
)
_PREAMBULAR_END = (",", "，", "،")


def is_signature(text: str) -> bool:
    """Whether a line says that somebody signed."""
    return _SIGNED.search(text) is not None


def is_note(text: str) -> bool:
    """Whether a paragraph is a note under the text ("* …")."""
    return _NOTE.match(text) is not None


def is_speaker(text: str) -> bool:
    """Whether a line names the body that speaks in a resolution: its preamble follows."""
    return _SPEAKER.fullmatch(text) is not None


def is_preambular(text: str) -> bool:
    """Whether a paragraph of a resolution's preamble ends as they do, with a comma."""
    return text.endswith(_PREAMBULAR_END)

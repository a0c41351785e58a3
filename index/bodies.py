"""The bodies of the United Nations whose documents people cite: their names in six languages, their symbols."""

from __future__ import annotations

import re

from index.language import LANGUAGES

BODIES: dict[str, tuple[tuple[str, ...], str]] = {
    "General Assembly": (
        ("الجمعية العامة", "大会", "Assemblée générale", "Генеральная Ассамблея", "Asamblea General"),
        r"A/(?!HRC|CN|AC|CONF)",
    ),
    "Security Council": (
        ("مجلس الأمن", "安全理事会", "Conseil de sécurité", "Совет Безопасности", "Consejo de Seguridad"),
        r"S/",
    ),
    "Economic and Social Council": (
        ("المجلس الاقتصادي والاجتماعي", "经济及社会理事会", "Conseil économique et social",
         "Экономический и Социальный Совет", "Consejo Económico y Social"),
        r"E/(?:RES/|DEC/|INF/|L\.|NGO/|SR\.|\d)",
    ),
    "Human Rights Council": (
        ("مجلس حقوق الإنسان", "人权理事会", "Conseil des droits de l’homme", "Совет по правам человека",
         "Consejo de Derechos Humanos"),
        r"A/HRC/",
    ),
    "Trusteeship Council": (
        ("مجلس الوصاية", "托管理事会", "Conseil de tutelle", "Совет по Опеке", "Consejo de Administración Fiduciaria"),
        r"T/",
    ),
    "Committee on Migrant Workers": (
        ("اللجنة المعنية بالعمال المهاجرين", "移徙工人委员会", "Comité des travailleurs migrants",
         "Комитет по трудящимся-мигрантам", "Comité de Trabajadores Migratorios"),
        r"CMW/",
    ),
    "Human Rights Committee": (
        ("اللجنة المعنية بحقوق الإنسان", "人权事务委员会", "Comité des droits de l’homme", "Комитет по правам человека",
         "Comité de Derechos Humanos"),
        r"CCPR/",
    ),
    "Committee on the Rights of the Child": (
        ("لجنة حقوق الطفل", "儿童权利委员会", "Comité des droits de l’enfant", "Комитет по правам ребенка",
         "Comité de los Derechos del Niño"),
        r"CRC/",
    ),
}  # fmt: skip
"""By English name: the names in ar, zh, fr, ru and es, and how symbols of its documents begin (ST/LIB/SER.B/5/REV.5)."""


def body_named(text: str) -> str | None:
    """The body that a line names and nothing else; its English name. An article before it and a comma after it may stand."""
    plain = _plain(text)
    return next((body for body, (others, _) in BODIES.items() if plain in map(_plain, (body, *others))), None)


def body_of_symbol(symbol: str) -> str | None:
    """The body whose document has this symbol ("A/HRC/RES/59/25"); None where the symbol does not tell."""
    return next((body for body, (_, start) in BODIES.items() if re.match(start, symbol)), None)


def names_of(body: str) -> tuple[str, ...]:
    """A body's names in all six languages; of one that is not listed its name as it is."""
    return (body, *BODIES[body][0]) if body in BODIES else (body,)


def name_in(body: str, language: str | None) -> str:
    """A body's name in a language; the English one, or of one that is not listed its name as it is, where there is none."""
    order = ("en", *(code for code in LANGUAGES if code != "en"))
    names = dict(zip(order, names_of(body), strict=False))
    return names.get(language or "en", body)


def _plain(text: str) -> str:
    bare = re.sub(r"^(?:the|la|le|el|إن)\s+|^l[’']|[,，،]$", "", text.strip().casefold().replace("'", "’"))
    return " ".join(bare.replace("’", "'").split())

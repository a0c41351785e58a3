"""The head of the page: its name, and the choice of its language."""

from __future__ import annotations

from babel import Locale

from index.language import LANGUAGES
from page.escape import text, tongue
from prompts import DEFAULT, message


def head_html(tagline: str) -> str:
    """The name, a line below it, and the six languages in their own names."""
    choices = "".join(
        f'<option value="{code}"{tongue(code)}>{text(Locale(code).get_display_name() or code)}</option>'
        for code in LANGUAGES
    )
    return (
        f'<header class="cl-name"><h1>{text(message("page.title", DEFAULT))}</h1><p>{tagline}</p>'
        f'<select id="cl-language" aria-label="Language · 语言 · اللغة · Langue · Idioma · Язык">{choices}</select></header>'
    )

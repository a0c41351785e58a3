"""The head of the page: its name, and the choice of its language."""

from __future__ import annotations

from babel import Locale

from index.language import LANGUAGES
from page.escape import text, tongue
from prompts import DEFAULT, message


def head_html(tagline: str) -> str:
    """The name, a line below it, earlier conversations (assets/past.js fills them in), and the six languages in their own names;
    a region that says aloud what has changed."""
    choices = "".join(
        f'<option value="{code}"{tongue(code)}>{text(Locale(code).get_display_name() or code)}</option>'
        for code in LANGUAGES
    )
    return (
        f'<header class="cl-name"><h1>{text(message("page.title", DEFAULT))}</h1><p>{tagline}</p>'
        '<details id="cl-earlier" hidden><summary></summary><div class="cl-shelf"><ul></ul>'
        '<button type="button" id="cl-forget"></button></div></details>'
        f'<select id="cl-language" aria-label="Language · 语言 · اللغة · Langue · Idioma · Язык">{choices}</select></header>'
        '<p id="cl-changed" role="status"></p><div id="cl-live" class="cl-unseen" role="status" aria-live="polite"></div>'
    )

"""What stands on the page before the first question."""

from __future__ import annotations

from collections.abc import Sequence

from index.clause import Document
from page.escape import flat, text, tongue
from prompts import message
from rag.examples import EXAMPLES as EXAMPLES
from rag.examples import Example


def welcome_html(documents: Sequence[Document], language: str, examples: Sequence[Example]) -> str:
    """Before the first question: what can be asked, of which documents, and questions that they answer."""
    said = {key: text(message(f"page.{key}", language)) for key in ("welcome", "library", "try")}
    names = [f"<li{tongue(d.language)}>{text(flat(d.title))}</li>" for d in documents[:6]]
    if len(documents) > 6:
        names.append(f"<li>{text(message('page.more', language, count=len(documents) - 6))}</li>")
    shelf = (
        f"<h2>{said['library']}</h2><ul>{''.join(names)}</ul>"
        if names
        else f"<p>{text(message('empty', language))}</p>"
    )
    buttons = "".join(
        f'<button type="button" class="cl-example" value="{number}"{tongue(example.language)}>'
        f"{text(example.question)}</button>"
        for number, example in enumerate(examples)
    )
    tried = f'<h2>{said["try"]}</h2><div class="cl-examples">{buttons}</div>' if buttons else ""
    return f'<div class="cl-welcome"{tongue(language)}><p class="cl-promise">{said["welcome"]}</p>{shelf}{tried}</div>'

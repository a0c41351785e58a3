"""Words of asking ("what", "多少", "quel"): how much a token says of what a question is about."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

FILE = "asking.json"


def matter(token: str, language: str | None) -> float:
    """What a token of a question says of its matter: 0 for one that stands in every question, 1 for one that is rare."""
    return asking_words().get(language or "", {}).get(token, 1.0)


@lru_cache(maxsize=1)
def asking_words() -> dict[str, dict[str, float]]:
    """By language: the tokens that are common in questions, with their weight. The file says what they were counted in."""
    file = Path(str(resources.files("index"))) / "lexicon" / FILE
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return dict(data["words"])

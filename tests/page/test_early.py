"""What is changed of Gradio's responses before the browser gets them, without a browser."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from typing import Any

import pytest

from index.language import LANGUAGES
from page.early import EarlyScript
from prompts import message

PAGE = b"""<!doctype html><html
\tlang="en"
\tstyle="margin: 0"><head><meta charset="utf-8" />
<meta property="og:url" content="https://gradio.app/" />
<meta
\tproperty="og:image"
\tcontent="https://raw.githubusercontent.com/x.jpg"
/>
<meta name="twitter:creator" content="@Gradio" />
<meta name="viewport" content="width=device-width" /></head><body>\xc3\xa9</body></html>"""


def served(
    path: str, body: bytes, *, status: int = 200, method: str = "GET", language: str = "en", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a request that passes the middleware; the app sends the body in two pieces."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        given = {"content-length": str(len(body)), **{name.replace("_", "-"): v for name, v in headers.items()}}
        pairs = [(name.encode(), value.encode()) for name, value in given.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body[:50], "more_body": True})
        await send({"type": "http.response.body", "body": body[50:]})

    async def send(piece: Any) -> None:
        sent.append(piece)

    scope = {
        "type": "http", "path": path, "method": method, "query_string": b"",
        "headers": [(b"accept-language", language.encode())],
    }  # fmt: skip
    serving = EarlyScript(app)(scope, None, send)  # type: ignore[arg-type]
    with suppress(StopIteration):  # nothing here waits; the browser's tests have an event loop of their own
        serving.send(None)
    got = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], got, b"".join(piece.get("body", b"") for piece in sent[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_its_own_head_and_nobody_elses(language: str) -> None:
    status, headers, body = served("/", PAGE, language=language)
    shown = body.decode()
    assert status == 200 and headers["content-length"] == str(len(body))
    assert shown.index("<head><script>") < shown.index("charset")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in shown
    assert "<title>Clauses</title>" in shown and 'name="description"' in shown and "é</body>" in shown
    assert "og:" not in shown and "twitter:" not in shown and "github" not in shown and 'name="viewport"' in shown


@pytest.mark.parametrize(
    ("path", "method"), [("/config", "GET"), ("/", "HEAD"), ("/", "POST"), ("/gradio_api/x", "GET")]
)
def test_all_else_goes_through_untouched(path: str, method: str) -> None:
    assert served(path, PAGE, method=method) == (200, {"content-length": str(len(PAGE))}, PAGE)


def test_what_is_encoded_goes_through_untouched() -> None:
    packed = gzip.compress(PAGE)
    status, headers, body = served("/", packed, content_encoding="gzip")
    assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", PAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_queue_is_said_in_the_language_of_the_page(language: str) -> None:
    full = b'{"detail": "Queue is full. Max size is 64 and size is 64."}'
    status, headers, body = served("/gradio_api/queue/join", full, status=503, method="POST", language=language)
    assert (status, headers["retry-after"], headers["content-length"]) == (429, "2", str(len(body)))
    assert json.loads(body) == {"detail": message("people.busy", language)}
    taken = b'{"event_id": "x"}'
    assert served("/gradio_api/queue/join", taken, method="POST")[2] == taken

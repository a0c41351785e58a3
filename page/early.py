"""What the browser gets before Gradio runs: the page's language and description, not Gradio's; a full queue in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.escape import text, tongue
from page.words import CHOSEN, asset, language_of
from prompts import DEFAULT, message

_SOCIAL = re.compile(rb"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*")
"""Gradio's cards for social networks: they name its own site and pictures."""
_HTML = re.compile(rb"<html\s+lang=\"[^\"]*\"")
_FULL, _TOO_MANY = 503, 429
Change = Callable[[Message, bytes, str], bytes]


class EarlyScript:
    """ASGI middleware: the page's head and the answer of a full queue are changed; all else goes through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        change: Change | None = None
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/":
            change = _head
        elif scope["type"] == "http" and scope["path"].endswith("/queue/join"):
            change = _full
        if change is None:
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        await self._app(scope, receive, _held(send, change, language_of(asked.cookies, asked.headers)))


def _held(send: Send, change: Change, language: str) -> Send:
    """A `send` that holds a response back until it is whole, and changes it; one that is encoded goes through."""
    started: Message | None = None
    body = b""

    async def held(sent: Message) -> None:
        nonlocal started, body
        if sent["type"] == "http.response.start":
            started = sent
            if "content-encoding" in MutableHeaders(scope=sent):
                await send(sent)
            return
        if started is None or "content-encoding" in MutableHeaders(scope=started):
            await send(sent)
            return
        body += sent.get("body", b"")
        if sent.get("more_body"):
            return
        whole = change(started, body, language)
        headers = MutableHeaders(scope=started)
        if "content-length" in headers:
            headers["content-length"] = str(len(whole))
        await send(started)
        await send({"type": "http.response.body", "body": whole})

    return held


def _head(_: Message, body: bytes, language: str) -> bytes:
    """The page with its language, title and description, and assets/early.js as the first thing in its head."""
    script = asset("early.js").replace("CHOSEN", CHOSEN)
    title = text(message("page.title", DEFAULT))
    description = text(message("page.welcome", language))
    ours = f'<script>{script}</script><title>{title}</title><meta name="description" content="{description}">'
    body = _HTML.sub(f"<html{tongue(language)}".encode(), _SOCIAL.sub(b"", body), count=1)
    return body.replace(b"<head>", b"<head>" + ours.encode(), 1)


def _full(started: Message, body: bytes, language: str) -> bytes:
    """Gradio's page has one English sentence for a full queue (503); for 429 it shows the sentence that it is sent."""
    if started["status"] != _FULL:
        return body
    started["status"] = _TOO_MANY
    MutableHeaders(scope=started)["retry-after"] = "2"
    return json.dumps({"detail": message("people.busy", language)}).encode()

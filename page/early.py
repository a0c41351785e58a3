"""A script that runs before Gradio does: Gradio puts what it is given for the head in later, when its words are chosen."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.words import CHOSEN, asset

_HEAD = b"<head>"


class EarlyScript:
    """ASGI middleware: the page itself gets assets/early.js as the first thing in its head; all else goes through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._script = f"<script>{asset('early.js').replace('CHOSEN', CHOSEN)}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def held(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start":
                started = message
                return
            body += message.get("body", b"")
            if message.get("more_body") or started is None:
                return
            whole = body.replace(_HEAD, _HEAD + self._script, 1)
            headers = MutableHeaders(scope=started)
            if "content-length" in headers:
                headers["content-length"] = str(len(whole))
            await send(started)
            await send({"type": "http.response.body", "body": whole})

        await self._app(scope, receive, held)

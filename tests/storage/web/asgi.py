"""Asks an application as a server would: the bytes of the address reach it as they are written here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Reply:
    """A response, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Return what the body says as JSON."""
        return json.loads(self.body)


def ask(app: ASGIApp, target: str, *, method: str = "GET", **headers: str) -> Reply:
    """Return the reply to *target*, a path with its query as the bytes on the wire (ASCII)."""
    return asyncio.run(_ask(app, target.encode("ascii"), method, headers))


def ask_at_once(app: ASGIApp, targets: Sequence[str]) -> list[Reply]:
    """Return the replies to requests that are all under way together."""

    async def all_of_them() -> list[Reply]:
        return await asyncio.gather(*(_ask(app, target.encode("ascii"), "GET", {}) for target in targets))

    return asyncio.run(all_of_them())


def encoded(text: str) -> str:
    """Return any text, lone surrogates too, as a part of an address."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


async def _ask(app: ASGIApp, target: bytes, method: str, headers: Mapping[str, str]) -> Reply:
    sent: list[Message] = []
    path, _, query = target.partition(b"?")
    given = {"host": "localhost", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "server": ("localhost", 80),
        "root_path": "",
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    names = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Reply(start["status"], names, b"".join(part.get("body", b"") for part in parts))

"""What every request and answer passes: limits, the server's names, and headers that keep browsers safe."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storage.web.answers import Refusal
from storage.web.rendering import refused

LONGEST_PATH = 4_000  # bytes
LONGEST_QUERY_STRING = 32_000  # bytes: a query of 2,000 Chinese characters is 18,000
HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
TOO_LONG = (
    f"The address is too long to be a question: its path may have {LONGEST_PATH:,} bytes,"
    f" its parameters {LONGEST_QUERY_STRING:,}."
)
NO_HOST = "The request names no host, or none that could be one."
OTHER_NAME = "This server does not go by that name; start it with --public-url to give it one."
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SECURITY_HEADERS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]


class Guard:
    """Refuses what is too long or meant for another server, and adds the headers to every answer.

    Another page in the reader's browser can point a name of its own at this address (DNS rebinding)
    and read what only this machine may; a request under such a name is refused.
    """

    def __init__(self, app: ASGIApp, *, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_security(message["headers"])
            await send(message)

        refused = self._refusal(scope)
        await (refused or self._app)(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if (
            len(scope.get("raw_path") or b"") > LONGEST_PATH
            or len(scope["query_string"]) > LONGEST_QUERY_STRING
        ):
            return _answer(scope["path"], HTTPStatus.REQUEST_URI_TOO_LONG, TOO_LONG)
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        match = HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if match is None:
            return _answer(scope["path"], HTTPStatus.BAD_REQUEST, NO_HOST)
        if self._names and match[1].lower() not in self._names:
            return _answer(scope["path"], HTTPStatus.MISDIRECTED_REQUEST, OTHER_NAME)
        return None


def _answer(path: str, status: HTTPStatus, sentence: str) -> ASGIApp:
    answer = refused(path, Refusal(status, sentence))
    return Response(answer.body, answer.status, media_type=answer.media_type)


def _with_security(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return *headers* with ours, except where an answer set a stricter one itself."""
    given = {name.lower() for name, _ in headers}
    return [*headers, *(pair for pair in _SECURITY_HEADERS if pair[0] not in given)]

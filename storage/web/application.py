"""The web application: every endpoint of the table behind one guard, answered in worker threads."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from storage.errors import ArchiveError
from storage.web import parameters
from storage.web.answers import Answer, Refusal, refusal_of
from storage.web.door import Door
from storage.web.endpoints import Endpoint
from storage.web.guard import Guard
from storage.web.questions import Question
from storage.web.rendering import refused
from storage.web.table import ENDPOINTS

logger = logging.getLogger(__name__)

WORKERS = 4  # threads that ask the archive; Python runs one at a time, SQLite more


def make_application(door: Door, *, public_url: str | None = None, names: Collection[str] = ()) -> ASGIApp:
    """Return the application for the archive behind *door*, which stays the caller's to close.

    *public_url* is what readers know this server by; it is answered under that name, and under *names*
    (every name, where there are none).
    """
    limiter = CapacityLimiter(WORKERS)

    app = Starlette(
        routes=[
            Route(endpoint.path, _handler(endpoint, door, limiter, public_url)) for endpoint in ENDPOINTS
        ],
        exception_handlers={HTTPException: _not_routed, Exception: _crashed},
    )
    app.router.redirect_slashes = False  # a redirect to a path of the reader's is an open one
    return Guard(app, names=frozenset(names))


def _handler(
    endpoint: Endpoint, door: Door, limiter: CapacityLimiter, public_url: str | None
) -> Callable[[Request], object]:
    async def handle(request: Request) -> Response:
        base_url = public_url or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"
        work = partial(_answer, endpoint, door, request, base_url.rstrip("/"))
        return _response(request, await to_thread.run_sync(work, limiter=limiter))

    return handle


def _answer(endpoint: Endpoint, door: Door, request: Request, base_url: str) -> Answer:
    """Return the endpoint's answer, or the refusal as its readers take it; runs in a worker thread."""
    try:
        given = _given(request.scope["query_string"])
        if endpoint.is_for_programs:
            parameters.require_known(endpoint.parameters, [name for name, _ in given])
        asked = parameters.read(endpoint.parameters, request.path_params, given)
        return endpoint.answer(
            Question(door=door, asked=asked, path=request.scope["path"], base_url=base_url)
        )
    except ArchiveError as error:
        return refused(request.scope["path"], refusal_of(error))
    except Refusal as refusal:
        return refused(request.scope["path"], refusal)


def _given(query_string: bytes) -> Sequence[tuple[str, str]]:
    """Return the parameters in *query_string*.

    :raises Refusal: if they are no UTF-8: what was asked for would be something else
    """
    try:
        return parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        sentence = "The parameters are not written in UTF-8 (in which 港 is %E6%B8%AF); send them so."
        raise Refusal(HTTPStatus.BAD_REQUEST, sentence) from error


def _response(request: Request, answer: Answer) -> Response:
    """Return *answer* with its entity tag, or 304 where the reader has that already."""
    tag = f'"{sha256(answer.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", **answer.headers}
    if answer.status == HTTPStatus.OK and {tag, "*"} & _known_tags(request):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(answer.body, answer.status, headers, answer.media_type)


def _known_tags(request: Request) -> set[str]:
    given = request.headers.get("if-none-match", "")
    return {tag.strip().removeprefix("W/") for tag in given.split(",")}


async def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {
        HTTPStatus.NOT_FOUND: "There is nothing at this address; /openapi.json lists what there is.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This server only reads: it answers GET and HEAD.",
    }
    status = HTTPStatus(error.status_code)
    answer = refused(request.scope["path"], Refusal(status, sentences.get(status, status.description)))
    return Response(answer.body, status, error.headers, answer.media_type)


async def _crashed(request: Request, error: Exception) -> Response:
    logger.error("%s: no answer", request.scope["path"], exc_info=error)
    sentence = "Something went wrong here; the server's log says what."
    answer = refused(request.scope["path"], Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, sentence))
    return Response(answer.body, answer.status, media_type=answer.media_type)

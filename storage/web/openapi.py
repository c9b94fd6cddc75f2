"""The OpenAPI 3.1 document, made from the table of endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from storage.web.answers import HTML, JSON, PROBLEM, Answer, json_answer
from storage.web.endpoints import Endpoint
from storage.web.records import ProblemRecord
from storage.web.schemas import Schemas

if TYPE_CHECKING:
    from storage.web.questions import Question

REFUSALS = {
    "400": "A parameter cannot be read; the answer says which and why",
    "404": "There is no such thing in the archive",
    "414": "The address is too long to be a question",
    "503": "The archive cannot be asked now; the answer says why",
}


def document(endpoints: Iterable[Endpoint]) -> dict[str, object]:
    """Return the document of *endpoints*."""
    schemas = Schemas()
    paths = {endpoint.path: {"get": _operation(endpoint, schemas)} for endpoint in endpoints}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "hotnews",
            "version": version("hotnews"),
            "description": "The archive of record for government news: read-only.",
        },
        "paths": paths,
        "components": {"schemas": schemas.components},
    }


def _operation(endpoint: Endpoint, schemas: Schemas) -> dict[str, object]:
    refusal = schemas.of(ProblemRecord)
    return {
        "operationId": re.sub(r"\W+", "_", endpoint.path).strip("_") or "search_page",
        "summary": endpoint.summary,
        "parameters": [
            {
                "name": parameter.name,
                "in": parameter.where,
                "required": parameter.where == "path",
                "description": parameter.description,
                "schema": parameter.schema,
            }
            for parameter in endpoint.parameters
        ],
        "responses": {
            "200": {"description": endpoint.summary, "content": _content(endpoint, schemas)},
            "304": {"description": "What the reader's entity tag names is still the answer"},
        }
        | {
            status: {"description": text, "content": _refusal_content(endpoint, refusal)}
            for status, text in REFUSALS.items()
        },
    }


def _content(endpoint: Endpoint, schemas: Schemas) -> dict[str, object]:
    returns = endpoint.returns or {HTML: str}
    return {
        media_type.partition(";")[0]: {"schema": {"type": "object"} if kind is dict else schemas.of(kind)}
        for media_type, kind in returns.items()
    }


def _refusal_content(endpoint: Endpoint, refusal: object) -> dict[str, object]:
    if endpoint.is_for_programs:
        return {PROBLEM: {"schema": refusal}}
    return {"text/html": {"schema": {"type": "string"}}}


@lru_cache
def _whole_document() -> dict[str, object]:
    from storage.web.table import ENDPOINTS as EVERY

    return document(EVERY)


def openapi(_question: Question) -> Answer:
    """Answer with the document."""
    return json_answer(_whole_document())


ENDPOINTS = (Endpoint(path="/openapi.json", answer=openapi, summary="This document", returns={JSON: dict}),)

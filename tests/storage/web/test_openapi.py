"""The OpenAPI document says what the server does: schemathesis asks what the document allows and forbids."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from starlette.types import ASGIApp

from storage.export.data_dictionary import FIELDS
from storage.export.rows import COLUMNS
from storage.web.table import ENDPOINTS
from tests.storage.web.conftest import Ask

Ids = Callable[[object], str]
PATHS = [endpoint.path for endpoint in ENDPOINTS]


@pytest.fixture(scope="module")
def schema(app: ASGIApp) -> BaseSchema:
    """Return the document as a reader of it has it."""
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_the_document_is_an_openapi_document(get: Ask) -> None:
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(get("/openapi.json").json)] == []


def test_every_endpoint_stands_in_the_document(get: Ask) -> None:
    document = get("/openapi.json").json

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == set(PATHS)
    operations = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(operations) == len(set(operations))
    for path in document["paths"].values():
        assert list(path) == ["get"]


def test_the_document_says_what_each_field_of_an_article_means(get: Ask) -> None:
    described = get("/openapi.json").json["components"]["schemas"]["ArticleRecord"]

    assert {name: field["description"] for name, field in described["properties"].items()} == {
        name: field.meaning for name, field in FIELDS.items()
    }
    assert described["required"] == COLUMNS


def test_every_parameter_in_a_path_stands_in_the_document(get: Ask) -> None:
    for path, item in get("/openapi.json").json["paths"].items():
        named = {p["name"] for p in item["get"]["parameters"] if p["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


@pytest.mark.parametrize("path", PATHS)
def test_what_the_document_allows_and_forbids_is_answered_as_it_says(schema: BaseSchema, path: str) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        response = case.call()
        # A cursor is a word of the archive's own; one that it never gave is refused.
        unknown = response.status_code == HTTPStatus.BAD_REQUEST and "there is no" in response.text.lower()
        case.validate_response(response, excluded_checks=[positive_data_acceptance] if unknown else [])

    ask()


@pytest.fixture(scope="module")
def names(get: Ask, ids: Ids) -> Callable[[str], dict[str, str]]:
    """Return what gives the values of a path's parameters: names of things that exist."""
    run = get("/api/runs").json["runs"][0]["run"]

    def names_in(path: str) -> dict[str, str]:
        article = ids("http://haiqu.test/1.html") if "/stories" in path else ids("harbour")
        number = "1" if path.startswith("/articles/{id}/evidence") else "2"
        values = {"id": article, "number": number, "key": run if "/runs/" in path else "ningbo"}
        return {name: value for name, value in values.items() if f"{{{name}}}" in path}

    return names_in


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_of_the_schema_that_the_document_gives(
    schema: BaseSchema, names: Callable[[str], dict[str, str]], path: str
) -> None:
    case = schema[path]["GET"].Case(path_parameters=names(path))

    response = case.call()

    case.validate_response(response)
    assert response.status_code == HTTPStatus.OK

"""The JSON API and its document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.export import COLUMNS
from storage.web.records import ArticleRecord
from storage.web.table import ENDPOINTS
from tests.storage.web.conftest import Ask

Ids = Callable[[object], str]
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}
API = [endpoint.path for endpoint in ENDPOINTS if endpoint.path.startswith("/api/")]


def test_every_endpoint_stands_in_the_document(get: Ask) -> None:
    document = get("/openapi.json").json

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {endpoint.path for endpoint in ENDPOINTS}
    operations = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(operations) == len(set(operations))
    for path in document["paths"].values():
        assert list(path) == ["get"]


def test_every_parameter_in_a_path_stands_in_the_document(get: Ask) -> None:
    for path, item in get("/openapi.json").json["paths"].items():
        named = {p["name"] for p in item["get"]["parameters"] if p["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


@pytest.fixture
def concrete(get: Ask, ids: Ids) -> Callable[[str], str]:
    """Return what puts the names of things that exist into a path."""
    run = get("/api/runs").json["runs"][0]["run"]

    def fill(path: str) -> str:
        article = ids("http://haiqu.test/1.html") if path.startswith("/api/stories") else ids("harbour")
        values = {"{id}": article, "{number}": "2", "{key}": run if "/runs/" in path else "ningbo"}
        for name, value in values.items():
            path = path.replace(name, value)
        return path

    return fill


@pytest.mark.parametrize("path", API)
def test_an_answer_is_of_the_schema_that_the_document_gives(
    get: Ask, concrete: Callable[[str], str], path: str
) -> None:
    document = get("/openapi.json").json
    content = document["paths"][path]["get"]["responses"]["200"]["content"]

    reply = get(concrete(path))

    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    faults = list(faults_of(reply.json, content["application/json"]["schema"], document))
    assert faults == []


def faults_of(value: Any, schema: dict[str, Any], document: dict[str, Any], place: str = "$") -> list[str]:
    """Return where *value* is not of *schema*: the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return faults_of(value, document["components"]["schemas"][name], document, place)
    if "anyOf" in schema:
        tried = [faults_of(value, choice, document, place) for choice in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    kind = schema.get("type")
    if kind and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{place}: {value!r} is no {kind}"]
    faults: list[str] = []
    if "enum" in schema and value not in schema["enum"]:
        faults.append(f"{place}: {value!r} is none of {schema['enum']}")
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "date-time":
        assert datetime.fromisoformat(value).tzinfo
    if kind == "array":
        places = schema.get("prefixItems") or [schema["items"]] * len(value)
        for number, (entry, part) in enumerate(zip(value, places, strict=True)):
            faults += faults_of(entry, part, document, f"{place}[{number}]")
    if kind == "object":
        known = schema.get("properties", {})
        faults += [f"{place}: lacks {name}" for name in schema.get("required", []) if name not in value]
        for name, entry in value.items():
            part = known.get(name, schema.get("additionalProperties", {}))
            faults += (
                [f"{place}: {name} is unknown"]
                if part is False
                else faults_of(entry, part, document, f"{place}.{name}")
            )
    return faults


def test_an_article_has_the_fields_of_an_export() -> None:
    assert list(ArticleRecord.__annotations__) == COLUMNS


@pytest.mark.parametrize(
    ("path", "rows", "identity"),
    [
        ("/api/search?q=", "hits", "id"),
        ("/api/search?q=open&sort=relevance", "hits", "id"),
        ("/api/articles?", "articles", "id"),
        ("/api/changes?change=new", "changes", "article"),
        ("/api/changes?change=edited", "changes", "article"),
        ("/api/changes?change=removed", "changes", "article"),
        ("/api/stories?", "stories", "id"),
        ("/api/runs?", "runs", "run"),
    ],
)
def test_pages_of_one_row_make_the_whole_list(get: Ask, path: str, rows: str, identity: str) -> None:
    whole = [row[identity] for row in get(f"{path}&limit=500").json[rows]]
    name = "before" if "runs" in path else "after"
    paged, cursor = [], None
    while True:
        page = get(f"{path}&limit=1" + (f"&{name}={cursor.replace('+', '%2B')}" if cursor else "")).json
        paged += [row[identity] for row in page[rows]]
        cursor = page["next"]
        if cursor is None:
            break

    assert paged == whole
    assert whole


def test_a_known_entity_tag_is_answered_without_a_body(get: Ask) -> None:
    tag = get("/api/sites").headers["etag"]

    again = get("/api/sites", if_none_match=f'"other", W/{tag}')

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_filters_narrow_the_articles(get: Ask) -> None:
    def ids_of(query: str) -> list[str]:
        return [row["url"] for row in get(f"/api/articles?{query}").json["articles"]]

    assert len(ids_of("site=haiqu")) == 2
    assert ids_of("state=gone") == ["http://ningbo.test/news/gone.html"]
    assert len(ids_of("language=zh")) == 2
    assert ids_of("site=ningbo&q=friday") == ["http://ningbo.test/news/harbour.html"]
    assert len(ids_of("published_from=2024-05-03&published_to=2024-05-05")) == 3


@pytest.mark.parametrize(
    ("target", "status", "sentence"),
    [
        ("/api/search?limt=3", 400, "known: q, sort, limit, after"),
        ("/api/search?limit=0", 400, "from 1 to 500"),
        ("/api/search?limit=501", 400, "from 1 to 500"),
        ("/api/search?limit=%D9%A3", 400, "whole number"),
        ("/api/articles?published_from=yesterday", 400, "a day like 2019-06-08"),
        ("/api/articles/none", 404, "no article"),
        ("/api/coverage?run=none", 400, "no run"),
        ("/api/nothing", 404, "nothing at this address"),
        ("/feed.atom?change=lost", 400, "new, edited, removed"),
    ],
)
def test_a_refusal_is_told_as_problem_details(get: Ask, target: str, status: int, sentence: str) -> None:
    reply = get(target)

    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert sentence in reply.json["detail"]


def test_differences_are_given_word_by_word(get: Ask, ids: Ids) -> None:
    found = get(f"/api/articles/{ids('harbour')}/differences/2").json

    assert [p["text"] for p in found["title"]["after"] if p["changed"]] == ["Friday"]
    assert found["paragraphs"][0]["kind"] == "changed"


def test_every_address_for_programs_and_what_it_takes_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `/")]
    for endpoint in ENDPOINTS:
        if not endpoint.is_for_programs:
            continue
        (row,) = [line for line in rows if f"`{endpoint.path}`" in line]
        taken = [parameter.name for parameter in endpoint.parameters if parameter.where == "query"]
        assert all(f"`{name}`" in row for name in taken), row

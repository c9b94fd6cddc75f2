"""The JSON API: lists, filters, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.web.table import ENDPOINTS
from tests.storage.web.conftest import Ask

Ids = Callable[[object], str]


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
    assert get("/api/sites", if_none_match="*").status == 304


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
        ("/api/articles?state=achived", 400, "one of: archived, rejected, lost, suspected, gone, moved"),
        ("/api/articles?published_from=yesterday", 400, "a day like 2019-06-08"),
        ("/api/articles/none", 404, "no article"),
        ("/api/coverage?run=none", 400, "no run"),
        ("/api/runs/none", 404, "no run"),
        ("/api/runs?before=none", 400, "no run"),
        ("/api/search?after=none", 400, "no article 'none' to go on after"),
        ("/api/stories?after=none", 400, "no story 'none' to go on after"),
        ("/api/changes?after=none", 400, "no change 'none' to go on after"),
        ("/api/stories/none", 404, "no story"),
        ("/api/sites/none", 404, "no site"),
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

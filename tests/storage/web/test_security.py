"""Archived content is hostile, readers are careless, and other pages in their browsers are worse."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from storage import Archive
from storage.database.engine import reading
from storage.web.table import ENDPOINTS
from tests.storage.web.asgi import ask, encoded
from tests.storage.web.conftest import Ask, Serve
from tests.storage.web.filled import HANDLER, HOSTILE_PAGE, SCRIPT, SCRIPT_URL

Ids = Callable[[object], str]


@pytest.mark.parametrize("path", [endpoint.path for endpoint in ENDPOINTS])
def test_every_answer_carries_the_headers_that_keep_browsers_safe(get: Ask, path: str) -> None:
    headers = get(path.replace("{", "").replace("}", "")).headers

    assert headers["content-security-policy"].startswith(("default-src 'none'", "sandbox"))
    assert "script" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]
)
@pytest.mark.parametrize("path", ["/", "/articles/x", "/api/search", "/nothing"])
def test_nothing_but_reading_is_answered(get: Ask, method: str, path: str) -> None:
    assert get(path, method=method).status in {404, 405}


def test_asking_changes_nothing(get: Ask, ids: Ids, filled_url: str) -> None:
    with Archive(filled_url) as archive:
        before = archive_bytes(archive)

        for endpoint in ENDPOINTS:
            get(endpoint.path.replace("{id}", ids("harbour")).replace("{number}", "1"))

        assert archive_bytes(archive) == before


def archive_bytes(archive: Archive) -> bytes:
    """Return all that a SQLite archive holds."""
    with reading(archive._engine) as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver.serialize()


@pytest.mark.parametrize("given", ["https://evil.test", "null", "http://127.0.0.1:8000.evil.test"])
def test_a_page_of_another_site_gets_no_leave_to_read(get: Ask, given: str) -> None:
    headers = get("/api/search", origin=given, sec_fetch_site="cross-site").headers

    assert not [name for name in headers if name.startswith("access-control-")]
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-forwarded-proto", "x-original-url", "x-http-method-override", "range"]
)
def test_no_header_of_a_reader_leads_elsewhere(get: Ask, name: str) -> None:
    reply = get("/feed.atom", **{name.replace("-", "_"): "evil.test"})

    assert reply.status == 200
    assert "evil.test" not in reply.text


def test_head_is_answered_like_get(get: Ask) -> None:
    assert get("/", method="HEAD").headers["etag"] == get("/").headers["etag"]


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/?q=harbour",
        "/?q=source:x",
        "/articles/{hostile}",
        "/articles/{hostile}/differences/1",
        "/changes",
        "/sites/ningbo",
        "/runs",
        f"/?q={encoded(SCRIPT)}",
        f"/?q={encoded('site:' + HANDLER)}",
        f"/changes?q={encoded(HANDLER)}",
        f"/runs?site={encoded(HANDLER)}",
        f"/articles/{encoded(SCRIPT)}",
        f"/sites/{encoded(HANDLER)}",
        f"/runs/{encoded(HANDLER)}",
        f"/statistics?by={encoded(SCRIPT)}",
        f"/{encoded(SCRIPT)}",
    ],
)
def test_no_text_becomes_markup(get: Ask, ids: Ids, target: str) -> None:
    page = get(target.replace("{hostile}", ids("hostile"))).text

    assert SCRIPT not in page
    assert "<img src=x" not in page
    assert 'onerror="' not in page


def test_a_run_with_hostile_words_is_shown_as_text(get: Ask) -> None:
    run = get("/api/runs?site=ningbo").json["runs"][-1]["run"]

    assert SCRIPT not in get(f"/runs/{run}").text


def test_only_web_addresses_become_links(get: Ask, ids: Ids) -> None:
    for name in ("hostile", SCRIPT_URL):
        page = get(f"/articles/{ids(name)}").text
        assert 'href="javascript' not in page.lower()
        assert "javascript://ningbo.test" in page  # shown as text
    assert 'href="https://files.test/a.pdf"' in get(f"/articles/{ids('hostile')}").text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.test",
        "/\\evil.test",
        "http:evil",
        "https://[",
        "http://",
        "urn:sha256:00",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_not_of_the_web_is_text(url: str) -> None:
    from storage.web.rendering import weblink

    assert "<a" not in weblink(url)


@pytest.mark.parametrize(
    "path",
    [
        "//evil.test/",
        "//evil.test/%2e%2e",
        "/%5cevil.test",
        "/sites//evil.test",
        "/articles/x/",
        "/runs/",
        "//",
    ],
)
def test_nothing_is_redirected(get: Ask, path: str) -> None:
    reply = get(path)

    assert reply.status == 404
    assert "location" not in reply.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/style.css",
        "/../storage/web/names.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/style.css/../../command.py",
        "/articles/..%2f..%2fetc%2fpasswd",
        "/sites/..",
        "/templates/base.html",
        "/style.css%00",
        "/icon.svg%2f..%2f",
    ],
)
def test_no_path_leads_to_a_file(get: Ask, path: str) -> None:
    assert get(path).status == 404


def test_evidence_is_a_text_file_to_keep_never_a_page(get: Ask, ids: Ids) -> None:
    reply = get(f"/articles/{ids('harbour')}/evidence/1")

    assert reply.body == HOSTILE_PAGE
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="{ids("harbour")}-1.txt"'
    assert reply.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_lost_evidence_is_told_in_a_sentence(get: Ask, ids: Ids, tmp_path: Path) -> None:
    reply = get(f"/articles/{ids('secret')}/evidence/1")

    assert reply.status == 404
    assert "it is withheld" in reply.text


@pytest.mark.parametrize(
    "value", ["x\r\nSet-Cookie: a=b", "x\r\n\r\n<script>", "\r\n", "\x00", "Å\r\nLocation: //evil.test"]
)
def test_no_value_of_a_reader_reaches_a_header(get: Ask, value: str) -> None:
    for target in (f"/?q={encoded(value)}", f"/articles/{encoded(value)}", f"/feed.atom?q={encoded(value)}"):
        reply = get(target)
        assert {"set-cookie", "location"}.isdisjoint(reply.headers)
        assert all("\n" not in text and "\r" not in text for text in reply.headers.values())


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8000", "localhost.evil.test"])
def test_a_server_on_loopback_answers_to_no_other_name(serve: Serve, filled_url: str, host: str) -> None:
    from storage.web.names import names_of

    app = serve(filled_url, names=names_of("127.0.0.1", None))

    assert ask(app, "/", host=host).status == 421
    told = ask(app, "/api/search", host=host)
    assert (told.status, told.headers["content-type"]) == (421, "application/problem+json")
    assert "--public-url" in told.json["detail"]
    assert ask(app, "/", host="127.0.0.1:8000").status == 200
    assert ask(app, "/", host="[::1]:8000").status == 200


@pytest.mark.parametrize("host", ["", "a b", 'x"><script>', "evil.test/path", "a@b", "x:99999999", "[zz]"])
def test_a_host_that_is_none_is_refused(app: ASGIApp, host: str) -> None:
    assert ask(app, "/feed.atom", host=host).status == 400


def test_names_follow_the_address_listened_at() -> None:
    from storage.web.names import names_of

    assert names_of("0.0.0.0", None) == frozenset()
    assert names_of("127.0.0.1", "https://news.example/") >= {"news.example", "localhost"}
    assert names_of("::1", None) >= {"[::1]"}


@pytest.mark.parametrize(
    "target",
    ["/" + "a" * 5_000, "/?q=" + "a" * 40_000, "/?" + "&" * 40_000, "/api/search?q=" + "a" * 100_000],
)
def test_an_address_that_is_too_long_is_refused_before_it_is_read(get: Ask, target: str) -> None:
    reply = get(target)

    assert reply.status == 414
    assert "too long to be a question" in reply.text
    told = "application/problem+json" if target.startswith("/api") else "text/html; charset=utf-8"
    assert reply.headers["content-type"] == told


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE article; --",
        '" OR 1=1 --',
        "a* NEAR(b c, 9999999)",
        "title:) OR (",
        "{title body}: x",
        "^x",
        '"' * 999,
        "(" * 999,
        "-" * 999,
        "* * *",
        "published:9999-99..",
        "site:' UNION SELECT 1",
        "%",
        "_" * 300,
    ],
)
def test_no_query_is_syntax_to_the_engine(get: Ask, query: str) -> None:
    for path in ("/", "/api/search", "/api/facets", "/feed.atom", "/changes", "/api/articles"):
        assert get(f"{path}?q={encoded(query)}").status == 200, (path, query)

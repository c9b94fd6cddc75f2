"""An empty archive, an absent one, one of another version, one that a crawl writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Archive
from storage.database.engine import writing
from storage.web.table import ENDPOINTS
from tests.storage.samples import article, start, visit
from tests.storage.web.asgi import ask, ask_at_once
from tests.storage.web.conftest import Serve

ASKING = [
    endpoint.path
    for endpoint in ENDPOINTS
    if endpoint.path not in {"/style.css", "/icon.svg", "/openapi.json"}
]
LISTS = [path for path in ASKING if "{" not in path]


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_archive_has_pages_that_say_so(serve: Serve, archive_url: str, path: str) -> None:
    assert ask(serve(archive_url), path).status == 200


def test_the_first_page_of_an_empty_archive_says_what_to_do(serve: Serve, sqlite_url: str) -> None:
    page = ask(serve(sqlite_url), "/").text

    assert "The archive is empty" in page
    assert "hotnews demo" in page


@pytest.mark.parametrize("path", ASKING)
def test_an_absent_archive_is_told_in_a_sentence_at_every_address(
    serve: Serve, tmp_path: Path, path: str
) -> None:
    reply = ask(
        serve(f"sqlite:///{tmp_path / 'none.db'}"),
        path.replace("{number}", "1").replace("{", "").replace("}", ""),
    )

    assert reply.status == 503
    assert "there is no archive yet; `hotnews crawl`" in reply.text


def test_an_archive_that_comes_later_is_shown(serve: Serve, tmp_path: Path) -> None:
    app = serve(f"sqlite:///{tmp_path / 'later.db'}")
    assert ask(app, "/").status == 503

    Archive.create(f"sqlite:///{tmp_path / 'later.db'}").close()

    assert ask(app, "/").status == 200


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [("9999", "newer than this version&#39;s"), ("0000", "schema 0000")],
)
def test_an_archive_of_another_version_is_told_in_a_sentence(
    serve: Serve, sqlite_url: str, schema: str, sentence: str
) -> None:
    app = serve(sqlite_url)
    assert ask(app, "/").status == 200
    with Archive(sqlite_url) as archive, writing(archive._engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :schema"), {"schema": schema})

    reply = ask(app, "/")

    assert reply.status == 503
    assert sentence in reply.text


def test_another_database_is_told_in_a_sentence(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_bytes(b"This is no database at all. " * 100)

    reply = ask(serve(f"sqlite:///{tmp_path / 'other.db'}"), "/api/sites")

    assert reply.status == 503
    assert "no SQLite database" in reply.json["detail"]


def test_an_archive_put_in_place_of_another_is_shown(serve: Serve, sqlite_url: str, tmp_path: Path) -> None:
    app = serve(sqlite_url)
    assert ask(app, "/api/counts").json["counts"]["articles"] == 0
    with Archive.create(f"sqlite:///{tmp_path / 'new.db'}") as archive:
        archive.record(start(archive), visit(1, article()))
    (tmp_path / "new.db").replace(tmp_path / "archive.db")

    assert ask(app, "/api/counts").json["counts"]["articles"] == 1


def test_pages_are_answered_while_a_crawl_holds_the_write_lock(serve: Serve, sqlite_url: str) -> None:
    app = serve(sqlite_url)
    with Archive(sqlite_url) as archive:
        archive.record(start(archive), visit(1, article("Harbour opens")))
        with writing(archive._engine) as connection:
            connection.execute(text("UPDATE site SET title = 'unfinished'"))
            reply = ask(app, "/?q=harbour")

    assert reply.status == 200
    assert "<mark>Harbour</mark> opens" in reply.text


def test_a_list_pages_on_unshaken_while_a_crawl_adds_to_its_head(serve: Serve, sqlite_url: str) -> None:
    app = serve(sqlite_url)
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"Article {n}")) for n in range(6)])
        first = ask(app, "/api/changes?limit=3").json
        archive.record_all(run, [visit(n, article(f"Article {n}")) for n in range(6, 9)])
        second = ask(app, f"/api/changes?limit=3&after={first['next']}").json

    assert [row["title"] for row in first["changes"] + second["changes"]] == [
        f"Article {n}" for n in range(5, -1, -1)
    ]


def test_many_readers_at_once_all_get_their_answer(serve: Serve, filled_url: str) -> None:
    replies = ask_at_once(serve(filled_url), ["/?q=harbour"] * 20)

    assert [reply.status for reply in replies] == [200] * 20

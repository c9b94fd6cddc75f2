from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading
from storage.errors import BadQuery, NoSuchArticle
from storage.export.files import json_lines
from tests.storage.samples import DAY, START, article, edited, start, url, visit

SECRET = article("Secret title", "Secret body 秘密.", source="Xinhua")


def everything_readable(archive: Archive) -> str:
    views = ("articles", "revisions", "stories", "changes", "removals")
    with reading(archive._engine) as connection:
        rows = [row for view in views for row in connection.execute(text(f"SELECT * FROM {view}")).all()]
    hits = [*archive.search("secret"), *archive.search("秘密"), *archive.search("")]
    shown = [*json_lines(archive.exported()), archive.history(url(1)), archive.article(url(1)), hits, rows]
    return str(shown)


def test_a_withheld_article_is_hidden_everywhere_and_its_chain_stays(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, SECRET))
    chain = archive.history(url(1))[0].chain

    archive.withhold(url(1), reason="court order")

    assert "ecret" not in everything_readable(archive)
    assert archive.article(url(1)).withheld == "court order"
    assert [revision.chain for revision in archive.history(url(1))] == [chain]
    assert archive.count("secret").number == archive.count("秘").number == 0


def test_an_edit_of_a_withheld_article_stays_hidden_until_it_is_released(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, SECRET))
    archive.withhold(url(1), reason="court order")
    archive.record(run, visit(1, edited(SECRET, "Secret edit."), START + DAY))

    assert "ecret" not in everything_readable(archive)

    archive.release(url(1))

    assert [hit.title for hit in archive.search("edit")] == ["Secret title"]
    assert archive.count("秘").number == 0


def test_withholding_twice_keeps_the_later_reason(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, SECRET))
    archive.withhold(url(1), reason="first")
    archive.withhold(url(1), reason="second")

    assert archive.article(url(1)).withheld == "second"
    archive.release(url(1))
    assert archive.count("secret").number == 1


@pytest.mark.parametrize(
    ("name", "reason", "error"), [("nothing", "x", NoSuchArticle), (url(1), " ", BadQuery)]
)
def test_withholding_needs_an_article_and_a_reason(
    archive: Archive, name: str, reason: str, error: type[Exception]
) -> None:
    archive.record(start(archive), visit(1, SECRET))

    with pytest.raises(error):
        archive.withhold(name, reason=reason)

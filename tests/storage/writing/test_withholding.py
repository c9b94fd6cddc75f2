"""Articles that are withheld, and what tells their text later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading
from storage.errors import BadQuery, NoSuchArticle
from storage.export.files import json_lines
from storage.records import FingerprintedArticle, Missing
from tests.storage.samples import DAY, START, article, edited, next_run, start, url, visit
from tests.storage.story_samples import published, release

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


LONG = article("Secret title", "Secret body: " + "the quay and the names of all who work there. " * 3)


@pytest.mark.parametrize(
    ("first", "again", "is_withheld"),
    [
        (LONG, LONG, True),
        (LONG, article("Another title", *LONG.paragraphs), True),
        (article("Secret title", "See annex."), article("Secret title", "See annex."), True),
        (article("Secret title", "See annex."), article("Another title", "See annex."), False),
        (LONG, article("Secret title", "Another text."), False),
    ],
)
@pytest.mark.parametrize("name", [2, "http://elsewhere.test/1.html"])
def test_a_text_that_is_withheld_does_not_come_back_under_another_address(
    archive: Archive,
    name: object,
    first: FingerprintedArticle,
    again: FingerprintedArticle,
    is_withheld: bool,
) -> None:
    run = start(archive)
    archive.record(run, visit(1, first))
    archive.withhold(url(1), reason="court order")

    archive.record(run, visit(name, again, START + DAY))

    (other,) = [row for row in archive.articles() if row.url != url(1)]
    reason = f"the text of {archive.article(url(1)).id}, which is withheld: court order"
    assert other.withheld == (reason if is_withheld else None)
    assert ("names of all" in everything_readable(archive)) is False


def test_a_moved_text_stays_withheld_whichever_page_is_visited_first(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(1, SECRET), visit(2, LONG)])
    for number in (1, 2):
        archive.withhold(url(number), reason="court order")
    run = next_run(archive, run)
    archive.record_all(run, [visit(1, Missing(status=404), START + DAY), visit("1b", SECRET, START + DAY)])
    archive.record_all(run, [visit("2b", LONG, START + DAY), visit(2, Missing(status=404), START + DAY)])

    assert {row.url: row.state for row in archive.articles()} == {
        url("1b"): "archived",
        url(2): "moved",
        url("2b"): "archived",
    }
    assert "ecret" not in everything_readable(archive)


def test_a_copy_that_is_shown_again_stays_shown(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, LONG))
    archive.withhold(url(1), reason="court order")
    archive.record(run, visit(2, LONG))
    archive.release(url(2))

    archive.record(next_run(archive, run), visit(2, LONG, START + DAY))

    assert archive.article(url(2)).withheld is None
    assert archive.count("quay").number == 1


def test_a_run_warns_of_what_tells_a_withheld_text(archive: Archive) -> None:
    run = start(archive)
    text = release(1)
    archive.record(run, published(1, text))
    withheld = archive.withhold(url(1), reason="court order")
    run = next_run(archive, run)
    more = replace(text, paragraphs=(*text.paragraphs, "One more sentence was added by another office."))
    archive.record_all(run, [published(2, text), published(3, more), published(4, release(2))])

    told = {each.url: each.text for each in archive.told_again(run)}

    same, longer = archive.article(url(2)).id, archive.article(url(3)).id
    assert told == {
        url(2): f"{same} is withheld: the text of {withheld}, which is withheld: court order",
        url(3): f"{longer} is shown and tells the text of {withheld}, which is withheld: court order",
    }
    assert archive.others_that_tell(withheld) == [(longer, url(3))]

"""What one visit writes: articles, revisions, states of pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from storage.archive import Archive
from storage.records import (
    BodyKind,
    Change,
    CopyKind,
    FailureCause,
    Link,
    Mention,
    Missing,
    Precision,
    Rejected,
    RunKind,
)
from tests.storage.samples import (
    DAY,
    HOUR,
    START,
    article,
    edited,
    failed,
    finish,
    start,
    url,
    visit,
)


def test_a_new_article_is_archived_with_everything_it_carries(archive: Archive) -> None:
    run = start(archive)
    found = article(
        "宁波港开放",
        "第一段。",
        "Second paragraph.",
        published_at=START,
        published_precision=Precision.MINUTE,
        source="Xinhua",
        author="A. Author",
        editor="E. Editor",
        body_kind=BodyKind.PDF,
        tables=((("a", "b"), ("c", "d")),),
        attachments=(Link(url="http://ningbo.test/a.pdf", title="Notice", media_type="application/pdf"),),
        images=(Link(url="http://ningbo.test/i.png"),),
        mentions=(Mention(text="on the 8th", day=START.date()),),
        template_version="t1",
    )

    outcome = archive.record(run, visit(1, found))

    row = archive.article(url(1))
    assert outcome.change is Change.NEW
    assert outcome.article_id == row.id
    assert (row.title, row.paragraphs) == ("宁波港开放", ("第一段。", "Second paragraph."))
    assert (row.published_at, row.published_precision) == (START, "minute")
    assert (row.source, row.author, row.editor, row.body_kind) == ("Xinhua", "A. Author", "E. Editor", "pdf")
    assert row.tables == found.tables
    assert row.attachments == found.attachments
    assert row.images == found.images
    assert row.mentions == found.mentions
    assert (row.site, row.section, row.state, row.revisions) == ("ningbo", "news", "archived", 1)


def test_archiving_twice_is_unchanged(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    outcome = archive.record(run, visit(1, article(), START + HOUR))

    assert outcome.change is Change.UNCHANGED
    assert archive.article(url(1)).last_seen == START + HOUR
    assert archive.counts()["revisions"] == 1


def test_an_edit_is_a_revision_and_the_former_text_stays(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(), digest="aa"))

    outcome = archive.record(run, visit(1, edited(article(), "Other words."), START + DAY, digest="bb"))

    first, second = archive.history(url(1))
    assert outcome.change is Change.REVISED
    assert (first.cause, second.cause) == ("first", "edited")
    assert (first.body, second.body) == ("Harbour opens: the body.", "Other words.")
    assert archive.article(url(1)).revision == 2


def test_another_reading_of_the_same_bytes_is_ours_not_the_publishers_edit(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(), digest="aa"))

    outcome = archive.record(
        run, visit(1, edited(article(), "Read anew.", extractor_version="2"), digest="aa")
    )

    assert outcome.change is Change.REEXTRACTED
    assert archive.history(url(1))[-1].cause == "reextracted"


def test_a_new_extractor_that_reads_another_date_makes_a_reextracted_revision(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    same = archive.record(run, visit(1, article(source="Xinhua")))
    other = archive.record(run, visit(1, article(source="Xinhua", extractor_version="2")))

    assert (same.change, other.change) == (Change.UNCHANGED, Change.REEXTRACTED)
    assert archive.article(url(1)).source == "Xinhua"


def test_errors_of_lost_pages_are_known_to_the_next_run(archive: Archive) -> None:
    run = start(archive)
    for name, cause, detail in (
        (1, FailureCause.CHALLENGE, "a"),
        (2, FailureCause.CHALLENGE, "b"),
        (3, FailureCause.TIMEOUT, "c"),
    ):
        archive.record(run, visit(name, failed(cause, detail)))
    archive.record(run, visit(2, article(), START + HOUR))

    assert archive.lost_errors(run, FailureCause.CHALLENGE) == {"challenge: a"}


EARLIER = date(2024, 4, 2)


@pytest.mark.parametrize(
    ("fields", "at", "is_edit"),
    [
        ({"published_day": EARLIER}, START + DAY, True),
        ({"published_day": None}, START + DAY, False),  # it is stated no more: what it was stays
        ({"published_day": EARLIER, "published_from": "list row"}, START + DAY, False),
        ({"published_day": EARLIER, "extractor_version": "2"}, START + DAY, False),  # another reading: ours
        ({"published_day": (START + DAY).date()}, START + DAY, False),  # it prints the day of the visit
        ({"published_day": (START + DAY).date()}, START + 4 * DAY, True),
    ],
)
def test_another_day_of_publication_that_a_page_states_is_an_edit(
    archive: Archive, fields: dict[str, Any], at: datetime, *, is_edit: bool
) -> None:
    run = start(archive)
    first = article(published_from="meta PubDate")
    archive.record(run, visit(1, first, digest="aa"))

    outcome = archive.record(run, visit(1, replace(first, **fields), at, digest="bb"))
    again = archive.record(run, visit(1, replace(first, **fields), at + HOUR, digest="cc"))

    assert (outcome.change is Change.REVISED) is is_edit
    assert again.change is not Change.REVISED
    assert len([each for each in archive.history(url(1)) if each.cause == "edited"]) == is_edit
    if is_edit:
        assert archive.article(url(1)).published_day == fields["published_day"]


def test_a_re_extraction_run_never_reports_edits(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(), digest="aa"))
    finish(archive, run)
    again = archive.start_run(None, (), kind=RunKind.REEXTRACT, code_version="2", options={})

    outcome = archive.record(again, visit(1, edited(article(), "Other."), digest="aa"))

    assert outcome.change is Change.REEXTRACTED


def test_a_re_extraction_of_older_bytes_than_the_latest_comes_too_late(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(), digest="aa"))
    archive.record(run, visit(1, edited(article(), "The publisher's edit."), digest="bb"))
    finish(archive, run)
    again = archive.start_run(None, (), kind=RunKind.REEXTRACT, code_version="2", options={})

    outcome = archive.record(again, visit(1, edited(article(), "Old bytes, read anew."), digest="aa"))

    assert outcome.change is Change.UNCHANGED
    assert archive.article(url(1)).body == "The publisher's edit."


def test_a_re_extraction_says_nothing_of_the_site(archive: Archive) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record(run, visit(1, article(), digest="aa", etag="e"))
    archive.record(run, visit(1, Missing(status=404), at=START + DAY))
    archive.record(run, visit(2, Rejected(reason="empty-body"), digest="bb"))
    finish(archive, run)
    again = archive.start_run(None, (), kind=RunKind.REEXTRACT, code_version="2", options={})

    archive.record(again, visit(1, edited(article(), "Read anew."), at=START + 2 * DAY, digest="aa"))
    archive.record(again, visit(2, article("Found"), digest="bb"))

    first, anew = archive.history(url(1))
    assert (archive.article(url(1)).state, archive.article(url(1)).last_seen) == ("gone", START)
    assert (first.seen_at, anew.seen_at) == (START, again.started_at)
    assert archive.article(url(2)).state == "archived"


def test_the_same_page_twice_in_one_batch_is_one_article(archive: Archive) -> None:
    run = start(archive)

    outcomes = archive.record_all(
        run,
        [
            visit("http://ningbo.test/a/index.html", article()),
            visit("https://NINGBO.test/a/?utm_source=x#top", article()),
            visit("http://ningbo.test/a/", edited(article(), "Edited.")),
        ],
    )

    assert [outcome.change for outcome in outcomes] == [Change.NEW, Change.UNCHANGED, Change.REVISED]
    assert archive.counts()["articles"] == 1
    assert [hit.title for hit in archive.search("Edited")] == ["Harbour opens"]


def test_equal_texts_are_copies_of_the_earliest_in_one_batch_and_across_batches(archive: Archive) -> None:
    run = start(archive)
    first, second = archive.record_all(
        run, [visit(1, article("A", "Same text.")), visit(2, article("B", "Same text."))]
    )
    third = archive.record(run, visit(3, article("C", "Same text.")))

    assert first.copy_of is None
    assert (second.copy_of, second.copy_kind) == (first.article_id, CopyKind.COPY)
    assert (third.copy_of, third.copy_kind) == (first.article_id, CopyKind.COPY)
    (story,) = archive.stories()
    assert (story.size, story.first_article) == (3, first.article_id)
    assert {row.duplicate_of for row in archive.articles()} == {None, first.article_id}


def test_articles_without_text_are_no_copies_of_each_other(archive: Archive) -> None:
    run = start(archive)
    empty = {"paragraphs": (), "text_digest": "e3b0", "body_kind": BodyKind.PDF}
    first = article("A", published_from=None)
    second = article("B", published_from=None)

    outcomes = archive.record_all(
        run, [visit(1, replace(first, **empty)), visit(2, replace(second, **empty))]
    )

    assert [outcome.copy_of for outcome in outcomes] == [None, None]


def test_text_that_engines_refuse_is_stored_without_it(archive: Archive) -> None:
    run = start(archive)
    odd = "a\x00b\ud800c"

    archive.record_all(
        run,
        [
            visit(1, article(f"T{odd}", f"P{odd}", source=odd, attachments=(Link(url=odd, title=odd),))),
            visit(f"http://ningbo.test/{odd}", failed(detail=odd), rule=odd),
            visit(3, Rejected(reason="crashed", detail=odd), etag=odd, last_modified=odd),
        ],
    )

    row = archive.article(url(1))
    assert (row.title, row.body, row.source) == ("Tab\ufffdc", "Pab\ufffdc", "ab\ufffdc")


@pytest.mark.parametrize("odd", ["\\N", "\\.", "a\tb\\tc\\", "50 % of %s and {} ?", "'\"$1"])
def test_what_means_something_to_an_engine_is_only_text(archive: Archive, odd: str) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(odd, odd, "", odd, source=odd, tables=(((odd,),),))))

    row = archive.article(url(1))
    assert (row.title, row.body, row.source) == (odd, f"{odd}\n\n{odd}", odd)
    assert row.tables == (((odd,),),)


def test_a_failed_batch_leaves_nothing_behind(archive: Archive) -> None:
    run = start(archive)
    poison = visit(2, article(language=object()))

    with pytest.raises(StatementError):
        archive.record_all(run, [visit(1, article()), poison])

    assert archive.counts() | {"sites": 0, "sections": 0, "runs": 0} == dict.fromkeys(archive.counts(), 0)
    assert archive.record(run, visit(1, article())).change is Change.NEW


def test_public_ids_depend_on_the_url_alone(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(name, article(f"T{name}")) for name in (3, 1, 2)])

    assert archive.article(url(1)).id == "nfs3xwvw3baptivifce2"


def test_times_come_back_aware_and_in_utc(archive: Archive) -> None:
    run = start(archive)
    tokyo = START.astimezone(timezone(timedelta(hours=9)))
    archive.record(run, visit(1, article(published_at=tokyo), tokyo))

    row = archive.article(url(1))
    assert row.first_seen == START
    assert row.first_seen.utcoffset() == timedelta(0)
    assert row.published_at is not None
    assert row.published_at.utcoffset() == timedelta(0)

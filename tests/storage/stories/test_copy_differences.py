"""`hotnews stories ID`: copies in order of time, and the words in which they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from click.testing import CliRunner, Result

from crawler.cli import cli
from storage.archive import Archive
from storage.errors import NoSuchArticle
from tests.storage.story_samples import published, record, release

SOURCE = release(3, paragraphs=3)
LED = replace(SOURCE, paragraphs=("XINHUA -- " + " ".join(SOURCE.paragraphs),))


def stories(archive_url: str, *asked: str) -> Result:
    return CliRunner().invoke(cli, ["stories", "--archive", archive_url, *asked])


def test_copies_stand_in_order_of_time_whichever_arrived_first(archive: Archive) -> None:
    first, late, soon = record(
        archive,
        published("first", SOURCE, date(2026, 3, 1)),
        published("late", SOURCE, date(2026, 3, 9)),
        published("soon", LED, date(2026, 3, 2)),
    )

    (story,) = archive.stories()
    output = stories(archive.url, story.id).output

    order = [member.article for member in story.members]
    assert order == [outcome.article_id for outcome in (first, soon, late)]
    assert [line.split()[1] for line in output.splitlines()[3:]] == ["1", "8"]


def test_the_words_of_a_copy_are_compared_whatever_its_paragraphs(archive: Archive) -> None:
    record(archive, published("first", SOURCE), published("led", LED, date(2026, 3, 2)))
    (story,) = archive.stories()

    (copy,) = archive.copy_differences(story)
    output = stories(archive.url, story.id, "--diff").output

    assert [piece.text for piece in copy.text.after if piece.changed] == ["XINHUA -- "]
    assert not any(piece.changed for piece in copy.text.before)
    assert "{+XINHUA -- +}" in output


def test_a_name_that_means_nothing_is_told(archive: Archive) -> None:
    record(archive, published("first", SOURCE))

    assert isinstance(stories(archive.url, "nonsense").exception, NoSuchArticle)
    assert stories(archive.url, "--diff").exit_code == 2

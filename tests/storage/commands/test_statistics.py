"""`hotnews stats`, for people and for programs."""

from __future__ import annotations

import json
from datetime import date

from click.testing import CliRunner

from crawler.cli import cli
from storage.archive import Archive
from tests.storage.samples import article, edited, finish, next_run, start, visit


def stats(archive_url: str, *options: str) -> str:
    result = CliRunner().invoke(cli, ["stats", "--archive", archive_url, *options])
    assert result.exit_code == 0, result.output
    return result.output


def filled(archive: Archive) -> str:
    run = start(archive)
    days = (date(2024, 3, 2), date(2024, 3, 30), date(2024, 5, 1))
    articles = [article(f"Title {day}", f"It happened on {day}.", published_day=day) for day in days]
    archive.record_all(run, [visit(number, found) for number, found in enumerate(articles)])
    run = next_run(archive, run)
    archive.record(run, visit(0, edited(articles[0], "It happened later.", published_day=days[0])))
    finish(archive, run)
    return archive.url


def test_a_person_sees_each_period_in_which_something_happened(archive: Archive) -> None:
    lines = [line.split() for line in stats(filled(archive)).splitlines()]

    assert ["month", "published", "ningbo", "edited", "removed"] in lines
    assert ["2024-03", "2", "2", "-", "-"] in lines
    assert ["2024-05", "1", "1", "1", "-"] in lines
    assert not any(line[:1] == ["2024-04"] for line in lines)


def test_programs_get_json_lines(archive: Archive) -> None:
    records = [json.loads(line) for line in stats(filled(archive), "--json").splitlines()]

    counts = {each["of"]: each["number"] for each in records if each["what"] == "count"}
    published = [each for each in records if each["what"] == "published"]
    assert (counts["articles"], counts["revisions"]) == (3, 4)
    assert [(each["first"], each["end"], each["articles"]) for each in published] == [
        ("2024-03-01", "2024-04-01", 2),
        ("2024-05-01", "2024-06-01", 1),
    ]
    assert sum(each["edited"] for each in records if each["what"] == "changes") == 1


def test_an_empty_archive_has_no_statistics_and_says_so(archive: Archive) -> None:
    finish(archive, start(archive))

    assert stats(archive.url).splitlines()[0].split()[0] == "articles"
    records = map(json.loads, stats(archive.url, "--json").splitlines())
    assert {each["what"] for each in records} == {"count"}

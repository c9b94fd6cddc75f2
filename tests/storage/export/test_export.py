"""Exports: what a row holds, in every format, whole and as increments."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyarrow import parquet

from crawler.cli import cli
from storage.archive import Archive
from storage.errors import BadQuery, MissingExtra
from storage.export.files import BYTE_ORDER_MARK, FORMULA_STARTS, json_lines, write_csv
from storage.export.parquet import write_parquet
from storage.export.rows import COLUMNS, export_row, time_text
from storage.queries.articles import TIMES
from storage.records import ArchivableVisit, Link, Mention, Missing, Moved, Precision
from storage.rows import ArticleFilter
from tests.storage.samples import (
    DAY,
    NINGBO,
    START,
    article,
    edited,
    finish,
    list_visit,
    next_run,
    start,
    url,
    visit,
)

CONTRACT = (
    "id site section url title body published published_precision published_from source language first_seen"
    " last_seen state revision revisions story duplicate_of duplicate_kind digest"
).split()

ALL_TITLES = {"A", "=SUM(A1)", "'quoted"}


def exported(archive: Archive, wanted: ArticleFilter = ArticleFilter()) -> list[dict[str, object]]:
    return [json.loads(line) for line in json_lines(archive.exported(wanted))]


def fill(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(
        run,
        [
            list_visit(1, 2, 3),
            visit(1, article("A", "One.", "Two.", published_at=START, published_precision=Precision.MINUTE)),
            visit(2, article("=SUM(A1)", "One.", "Two.", attachments=(Link(url="http://x.test/a.pdf"),))),
            visit(3, article("'quoted", "宁波", published_day=None, published_from="no date on the page")),
        ],
    )
    archive.record(run, visit(3, edited(article("'quoted"), "宁波港。"), START + DAY))


@pytest.fixture(scope="module")
def filled(shared_archive_url: str) -> Iterator[Archive]:
    """Open a filled archive, for tests that only ask."""
    with Archive(shared_archive_url) as archive:
        fill(archive)
        yield archive


def test_an_export_carries_the_names_that_scripts_rely_on(filled: Archive) -> None:
    for row in exported(filled):
        assert set(CONTRACT) <= set(row)
        assert list(row) == COLUMNS


def test_rows_come_in_order_of_id(filled: Archive) -> None:
    ids = [str(row["id"]) for row in exported(filled)]

    assert ids == sorted(ids)


def test_values_are_as_documented(filled: Archive) -> None:
    rows = {row["title"]: row for row in exported(filled)}
    first = rows["A"]
    assert first["body"] == "One.\nTwo."
    assert first["published"] == "2024-05-06T16:00+08:00"
    assert first["first_seen"] == "2024-05-06T08:00:00+00:00"
    assert rows["=SUM(A1)"]["published"] == "2024-05-01"
    assert rows["=SUM(A1)"]["duplicate_of"] == first["id"]
    assert rows["=SUM(A1)"]["duplicate_kind"] == "copy"
    assert rows["=SUM(A1)"]["story"] == first["story"]


def test_where_there_is_no_date_the_reason_stands(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(published_day=None, published_from="no date on the page")))

    (row,) = exported(archive)

    assert (row["published"], row["published_reason"]) == (None, "no date on the page")


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1+1", "＋1", "－1", "＠x", "'x", "plain", "it's"],
)
def test_csv_runs_no_formula_and_gives_every_value_back(archive: Archive, title: str) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(title)))
    file = io.StringIO(newline="")

    write_csv(archive.exported(), file, mark_byte_order=BYTE_ORDER_MARK)

    text = file.getvalue()
    assert text.startswith(BYTE_ORDER_MARK)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    cell = row["title"]
    assert cell.startswith("'") is (title not in {"plain", "it's"})
    assert (cell[1:] if cell.startswith("'") else cell) == title


def test_every_form_holds_the_same(archive: Archive) -> None:
    fill(archive)
    linked = article(
        "Linked",
        "Tomorrow it opens.",
        images=(Link(url="http://x.test/a.png", title="A", media_type="image/png"),),
        tables=((("a", "b"), ("1", "2")),),
        mentions=(Mention(text="Tomorrow", day=date(2024, 5, 7)),),
    )
    archive.record_all(start(archive, None), [visit(4, linked), visit(5, article("Hidden", "Secret."))])
    archive.withhold(url(5), reason="asked for")
    lines = exported(archive)
    text, binary = io.StringIO(newline=""), io.BytesIO()

    write_csv(archive.exported(), text)
    write_parquet(archive.exported(), binary)

    rows = [
        {name: json.dumps(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in lines
    ]
    table = parquet.read_table(binary)
    assert [row | {name: time_text(row[name]) for name in TIMES} for row in table.to_pylist()] == rows
    assert {str(table.schema.field(name).type) for name in TIMES} == {"timestamp[us, tz=UTC]"}
    assert {str(table.schema.field(name).type) for name in ("revision", "revisions")} == {"int32"}
    cells = [
        {name: "" if value in (None, "[]") else str(value) for name, value in row.items()} for row in rows
    ]
    assert [unquoted(row) for row in csv.DictReader(io.StringIO(text.getvalue(), newline=""))] == cells


def test_an_article_alone_is_shown_as_in_an_export(filled: Archive) -> None:
    alone = [json.loads(json.dumps(export_row(row))) for row in filled.articles()]

    assert alone == exported(filled)


def unquoted(row: dict[str, str]) -> dict[str, str]:
    return {name: cell.removeprefix("'") for name, cell in row.items()}


def test_a_data_frame_holds_what_an_export_holds(filled: Archive) -> None:
    frame = filled.to_pandas(ArticleFilter(site="ningbo"))

    assert list(frame.columns) == COLUMNS
    assert list(frame["title"]) == [row["title"] for row in exported(filled)]
    assert frame["first_seen"].min() == START
    assert frame["gone_at"].isna().all()
    empty = filled.to_pandas(ArticleFilter(site="nowhere"))
    assert empty.empty
    assert [*empty.dtypes] == [*frame.dtypes]
    assert frame.dtypes["editor"] == frame.dtypes["title"]  # though nobody is known to have edited anything
    assert frame["editor"].isna().all()


def test_a_data_frame_without_pandas_names_what_to_install(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtra, match="pip install pandas"):
        archive.to_pandas()


def test_no_field_of_a_csv_row_is_run(archive: Archive) -> None:
    evil = '=HYPERLINK("http://evil.test")'
    fields = dict.fromkeys(("source", "author", "editor", "published_from", "language"), evil)
    link = Link(url=evil, title=evil, media_type=evil)
    hostile = article(evil, evil, attachments=(link,), tables=(((evil,),),), published_day=None, **fields)
    archive.record(start(archive), visit(1, hostile))
    archive.withhold(url(1), reason="@SUM(A1)")
    archive.record(start(archive, None), visit(2, hostile))
    file = io.StringIO(newline="")

    write_csv(archive.exported(), file)

    cells = [cell for row in csv.reader(io.StringIO(file.getvalue(), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS[:-1])] == []
    assert "'@SUM(A1)" in cells


def test_an_empty_export_still_names_its_columns(archive: Archive) -> None:
    file = io.StringIO()

    write_csv(archive.exported(), file)

    assert file.getvalue().strip().split(",") == COLUMNS


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (ArticleFilter(site="ningbo"), ALL_TITLES),
        (ArticleFilter(site="nowhere"), set()),
        (ArticleFilter(section="news", state="archived"), ALL_TITLES),
        (
            ArticleFilter(published_from=date(2024, 5, 1), published_to=date(2024, 5, 1)),
            ALL_TITLES,
        ),
        (ArticleFilter(published_from=date(2024, 5, 2)), set()),
        (ArticleFilter(query="宁波"), {"'quoted"}),
        (ArticleFilter(query="two -sum"), {"A"}),
        (ArticleFilter(language="zh"), set()),
    ],
)
def test_filters_narrow_an_export(filled: Archive, wanted: ArticleFilter, titles: set[str]) -> None:
    assert {row["title"] for row in exported(filled, wanted)} == titles


def test_an_incremental_export_holds_what_later_runs_changed(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(1, article("A")), visit(2, article("B"))])
    later = next_run(archive, run)
    archive.record_all(later, [visit(1, article("A")), visit(2, edited(article("B"), "Edited."))])

    rows = exported(archive, ArticleFilter(since_run=run.key))

    assert [(row["url"], row["revision"]) for row in rows] == [(url(2), 2)]


def test_what_was_imported_since_counts_as_changed_however_old_it_is(archive: Archive) -> None:
    first = start(archive)
    archive.record(first, visit(1, article("Crawled"), START))
    open_import = start(archive, None)
    finish(archive, first)
    crawl = start(archive)
    finish(archive, crawl)
    archive.record(open_import, visit(2, article("Old"), START, section=None))
    finish(archive, open_import)

    changed = {
        "before the import": ArticleFilter(changed_since=START + DAY),
        "after it": ArticleFilter(changed_since=datetime.now(UTC) + DAY),
        "after a crawl beside it": ArticleFilter(since_run=crawl.key),
        "after its own run": ArticleFilter(since_run=open_import.key),
    }
    titles = {when: [row["title"] for row in exported(archive, wanted)] for when, wanted in changed.items()}

    assert titles == {
        "before the import": ["Old"],
        "after it": [],
        "after a crawl beside it": ["Old"],
        "after its own run": [],
    }


def test_increments_laid_over_each_other_are_the_full_export(archive: Archive) -> None:
    texts = {number: article(f"T{number}", f"Text number {number}.") for number in range(1, 8)}
    run = start(archive, removal_checks=1, removal_days=0)
    now = datetime.now(UTC)
    archive.record_all(run, [visit(number, text, START) for number, text in texts.items()])
    kept = {row["id"]: row for row in exported(archive)}

    steps: list[list[ArchivableVisit]] = [
        [visit(1, Missing(status=404), now + DAY), visit(2, Moved(to=url(12)), now + DAY)],
        [visit(12, texts[2], now + 2 * DAY), visit(3, texts[3], now + 2 * DAY)],
        [visit(1, texts[1], now + 3 * DAY), visit(4, edited(texts[4], "Edited."), now + 3 * DAY)],
        [
            visit(20, edited(texts[5], *texts[5].paragraphs, published_day=date(2024, 4, 1)), now + 4 * DAY)
        ],  # the original
        [visit(6, Missing(status=404), now + 5 * DAY), visit(7, texts[7], now + 5 * DAY)],
    ]
    for number, visits in enumerate(steps):
        before, run = run, next_run(archive, run, removal_checks=1, removal_days=0)
        archive.record_all(run, visits)
        if number == 3:
            archive.withhold(url(7), reason="asked")
        increment = exported(archive, ArticleFilter(since_run=before.key))
        kept |= {row["id"]: row for row in increment}
        assert url(3) not in {row["url"] for row in increment}

        assert _without_looks(kept.values()) == _without_looks(exported(archive))


def _without_looks(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Return *rows* in order of id, without when each page was last looked at."""
    shown = [{name: value for name, value in row.items() if name != "last_seen"} for row in rows]
    return sorted(shown, key=lambda row: str(row["id"]))


def test_reading_goes_on_while_a_run_writes(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(n, article(f"T{n}")) for n in range(20)])

    rows = archive.articles()
    first = next(rows)
    archive.record(run, visit(99, article("Later")))

    assert len([first, *rows]) == 20


def test_csv_begins_with_a_byte_order_mark_where_it_is_asked_for(filled: Archive, tmp_path: Path) -> None:
    target = tmp_path / "articles.csv"
    arguments = ["export", "--bom", "-o", str(target), "--archive", filled.url]

    made = CliRunner().invoke(cli, [*arguments, "--format", "csv"])
    refused = CliRunner().invoke(cli, arguments)

    assert (made.exit_code, refused.exit_code) == (0, 2)
    assert target.read_bytes().startswith("\ufeffid,site".encode())
    assert "--bom is for --format csv" in refused.output


def test_the_form_of_data_is_refused_where_there_is_no_package(archive: Archive) -> None:
    refused = CliRunner().invoke(cli, ["export", "--data", "csv", "--archive", archive.url])

    assert refused.exit_code == 2
    assert "--data is for --format package" in refused.output


@pytest.mark.parametrize("form", ["csv", "package"])
def test_a_site_that_the_archive_does_not_hold_is_named(filled: Archive, tmp_path: Path, form: str) -> None:
    arguments = ["export", "--format", form, "-o", str(tmp_path / "out.zip"), "--archive", filled.url]

    unknown, known = (
        CliRunner().invoke(cli, [*arguments, "--site", site]) for site in ("nowhere", NINGBO.key)
    )

    assert (unknown.exit_code, unknown.stderr) == (0, "the archive holds no site 'nowhere'\n")
    assert (known.exit_code, known.stderr) == (0, "")


def test_an_unknown_section_and_days_out_of_order_are_named(filled: Archive) -> None:
    def asked(*options: str) -> tuple[int, str]:
        made = CliRunner().invoke(cli, ["export", *options, "--archive", filled.url])
        return made.exit_code, made.stderr.splitlines()[-1] if made.stderr else ""

    assert asked("--section", "nowhere") == (0, "the archive holds no section 'nowhere'")
    assert asked("--section", "news") == (0, "")
    assert asked("--section", "news", "--site", "no") == (0, "the archive holds no section 'news' of 'no'")
    assert asked("--since", "2024-05-02", "--until", "2024-05-01") == (
        2,
        "Error: --since 2024-05-02 is later than --until 2024-05-01: exchange them",
    )


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_an_export_that_fails_leaves_the_file_that_was_there(
    filled: Archive, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "articles"
    target.write_text("of yesterday")
    arguments = ["export", "--format", form, "-o", str(target), "--archive", filled.url]

    failed = CliRunner().invoke(cli, [*arguments, "--since-run", "none"])
    kept = target.read_text()
    made = CliRunner().invoke(cli, arguments)

    assert isinstance(failed.exception, BadQuery)
    assert made.exit_code == 0
    assert kept == "of yesterday"
    assert target.stat().st_size > len(kept)
    assert list(tmp_path.glob("articles*")) == [target]


def test_an_export_of_a_state_that_there_is_not_names_those_there_are(archive: Archive) -> None:
    refused = CliRunner().invoke(cli, ["export", "--state", "removed", "--archive", archive.url])

    assert refused.exit_code == 2
    assert "'gone'" in refused.output


def test_a_time_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(BadQuery, match="changed_since is no datetime with a time zone"):
        list(archive.articles(ArticleFilter(changed_since=datetime(2024, 5, 7, 8))))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("since", "titles"),
    [
        ("2024-05-07", {"B"}),
        ("2024-05-06T08:00", {"A", "B"}),
        ("2024-05-06T16:00:00+08:00", {"A", "B"}),
        ("2024-05-06T08:00:01Z", {"B"}),
    ],
)
def test_changed_since_takes_a_time_as_exports_write_it(
    archive: Archive, since: str, titles: set[str]
) -> None:
    archive.record_all(
        start(archive), [visit(1, article("A", "One.")), visit(2, article("B", "Another."), START + DAY)]
    )

    told = CliRunner().invoke(cli, ["export", "--changed-since", since, "--archive", archive.url])
    refused = CliRunner().invoke(cli, ["export", "--changed-since", "May", "--archive", archive.url])

    assert {json.loads(line)["title"] for line in told.stdout.splitlines()} == titles
    assert refused.exit_code == 2
    assert "'May' is no time like 2026-05-06" in refused.output

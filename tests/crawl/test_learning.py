"""What complete runs teach, and what the runs after them make of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.demo.declaration import demo_site
from crawler.demo.site import DemoSite
from storage import Archive
from storage.records import RunKind
from storage.rows import RevisionRow, RunRow
from storage.verdicts import Verdict
from tests.crawl.conftest import Crawled, Workplace, crawled_into, workplace_at
from tests.crawler.furnished import FURNITURE, FurnishedSite

MakeWorkplace = Callable[[DemoSite], Workplace]
VISITS = "/zwgk/202605/t20260512_5132730.html"  # shows a counter: no two of its answers are the same


def furnished(workplace: Workplace) -> set[str]:
    """Return the articles in which furniture stands."""
    return {path for path, row in workplace.rows().items() if set(FURNITURE) & {*row["body"].split("\n")}}


def version(workplace: Workplace) -> str | None:
    with Archive(workplace.archive_url) as archive:
        learned = archive.templates("demo").get("demo")
        return learned and learned.version


def history(workplace: Workplace, path: str) -> list[RevisionRow]:
    with Archive(workplace.archive_url) as archive:
        return archive.history(workplace.server.url + path.lstrip("/"))


def last_run(workplace: Workplace) -> RunRow:
    with Archive(workplace.archive_url) as archive:
        return archive.runs(limit=1)[0]


@pytest.fixture(scope="module")
def furnished_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Return a complete crawl of a site with furniture."""
    folder = tmp_path_factory.mktemp("crawled")
    with crawled_into(f"sqlite:///{folder}/archive.db", folder, FurnishedSite) as crawled:
        yield crawled


@pytest.fixture
def learned(furnished_crawl: Crawled, tmp_path: Path) -> Iterator[tuple[FurnishedSite, Workplace]]:
    """Return that site and a copy of what the crawl has learned: where each test begins."""
    with furnished_crawl.copy(tmp_path / "copy") as workplace:
        assert isinstance(workplace.site, FurnishedSite)
        yield workplace.site, workplace


@pytest.fixture
def furnished_site(archive_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Return a workplace at a site with furniture, on each engine."""
    yield from workplace_at(archive_url, tmp_path, FurnishedSite())


def test_a_run_uses_what_the_last_one_learned_and_calls_it_no_edit(furnished_site: Workplace) -> None:
    first = furnished_site.crawl()
    everywhere = furnished(furnished_site)
    learned = version(furnished_site)
    change = furnished_site.site.advance()
    second = furnished_site.crawl({"revisit": "all"})

    assert (first.exit_code, second.exit_code) == (0, 0), second.log
    assert len(everywhere) > 100
    assert furnished(furnished_site) == {change.removed}
    assert change.edited is not None
    causes = [row.cause for row in history(furnished_site, change.edited)]
    before, ours, edited = history(furnished_site, change.edited)
    assert causes == ["first", "reextracted", "edited"]
    assert [line for line in before.paragraphs if line not in FURNITURE] == [*ours.paragraphs]
    assert (before.template_version, ours.template_version, edited.template_version) == (
        None,
        learned,
        learned,
    )
    assert [row.cause for row in history(furnished_site, VISITS)] == ["first", "reextracted"]
    assert last_run(furnished_site).counts["revised"] == 1


def test_an_incomplete_run_teaches_nothing_and_one_that_went_on_the_same(
    make_workplace: MakeWorkplace, furnished_crawl: Crawled
) -> None:
    workplace = make_workplace(FurnishedSite())

    lost = workplace.crawl(RETRY_TIMES=0)
    nothing = version(workplace)
    workplace.crawl()

    assert lost.exit_code == 3
    assert nothing is None
    assert version(workplace) == version(furnished_crawl.workplace) is not None


def test_reextraction_uses_the_template_of_today(learned: tuple[FurnishedSite, Workplace]) -> None:
    _, workplace = learned

    done = workplace.hotnews("reextract", "--yes", "--jobs", "1")

    assert done.exit_code == 0, done.log
    assert furnished(workplace) == set()
    assert {row.cause for row in history(workplace, VISITS)} == {"first", "reextracted"}


def test_a_drift_names_the_first_page_and_the_rule_that_broke_and_keeps_the_page(
    learned: tuple[FurnishedSite, Workplace],
) -> None:
    site, workplace = learned
    good = workplace.rows()
    site.text = b""

    crawl = workplace.crawl({"revisit": "all"})

    assert crawl.exit_code == 4
    (kept,) = workplace.folder.rglob("fixtures/demo/*.html")
    url = kept.read_text(errors="replace").split()[3]
    reason = crawl.log.splitlines()[-1]
    assert f"first on {url}: " in reason
    assert "found the body on 5 of 5 pages before" in reason
    assert str(kept) in reason
    expected = json.loads(kept.with_suffix(".json").read_text())
    row = good["/" + url.removeprefix(workplace.server.url)]
    assert (expected["title"], expected["paragraphs"]) == (row["title"], row["body"].split("\n"))


def test_a_redesigned_list_is_kept_with_what_it_named_before(
    learned: tuple[FurnishedSite, Workplace],
) -> None:
    site, workplace = learned
    site.redesign()

    crawl = workplace.crawl({"revisit": "none"})

    (kept,) = workplace.folder.rglob("fixtures/demo/hot-news/list.html")
    expected = json.loads(kept.with_suffix(".json").read_text())
    assert "the list rules of hanweb find nothing any more" in crawl.log.splitlines()[-1]
    assert len(expected["entries"]) == 20
    assert expected["entries"][0]["url"].startswith(workplace.server.url)


def test_a_run_far_outside_of_what_complete_runs_measured_has_drifted(
    learned: tuple[FurnishedSite, Workplace],
) -> None:
    site, workplace = learned
    measures = last_run(workplace).measures
    with Archive(workplace.archive_url) as archive:
        for _ in range(2):
            declared = demo_site(workplace.server.url).record()
            run = archive.start_run(declared, [], kind=RunKind.CRAWL, code_version="1", options={})
            archive.finish_run(run, verdict=Verdict.COMPLETE, reason="", counts={}, measures=measures)
    site.text = b"<p>The text of this article is shown to registered readers of the press desk alone.</p>"

    crawl = workplace.crawl({"revisit": "all"})

    assert crawl.exit_code == 4
    assert "median characters of a body: 80, expected " in crawl.log.splitlines()[-1]
    assert "after 3 complete runs; first on http://" in crawl.log.splitlines()[-1]
    assert last_run(workplace).measures["body_characters"].low == pytest.approx(
        measures["body_characters"].value / 5, rel=0.01
    )


def test_another_layout_is_warned_of_while_the_text_is_read_as_before(
    learned: tuple[FurnishedSite, Workplace],
) -> None:
    site, workplace = learned
    site.bare = True
    change = site.advance()

    crawl = workplace.crawl({"revisit": "all"})

    warnings = {each.section: each for each in last_run(workplace).warnings}
    assert crawl.exit_code == 0, crawl.log
    assert workplace.rows().keys() >= set(change.added)
    assert warnings["hot-news"].kind == "layout"
    assert warnings["hot-news"].url.startswith(workplace.server.url)
    assert "warning: hot-news: " in crawl.log


def test_edits_of_most_articles_at_once_are_warned_of(learned: tuple[FurnishedSite, Workplace]) -> None:
    site, workplace = learned
    site.notice = b"<p>Errors are to be told to the press desk in writing within three days.</p>"

    crawl = workplace.crawl({"revisit": "all"})

    warnings = {each.section: each for each in last_run(workplace).warnings}
    assert crawl.exit_code == 0, crawl.log
    assert {each.kind for each in warnings.values()} == {"edits"}
    assert warnings["hot-news"].url.startswith(workplace.server.url)
    assert "read otherwise: edits or a redesign" in crawl.log


def test_two_readings_that_disagree_are_an_early_warning(make_workplace: MakeWorkplace) -> None:
    site = FurnishedSite()
    site.teaser = (
        b"<p>Readers find the whole of this announcement a little further down on this very page.</p>"
    )
    workplace = make_workplace(site)

    crawl = workplace.crawl()

    key = last_run(workplace).run
    shown = workplace.hotnews("runs", key)
    (record,) = map(json.loads, workplace.hotnews("runs", key, "--json").output.splitlines())
    assert crawl.exit_code == 0, crawl.log
    assert {each["kind"] for each in record["warnings"]} == {"disagreement"}
    assert record["measures"]["agreement"]["value"] < 0.5
    assert "disagree on 3 of 3 pages" in " ".join(shown.output.split())

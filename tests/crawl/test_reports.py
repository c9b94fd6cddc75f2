"""Reports of whole crawls: the run's verdict, whatever it is, and that of a run that could not begin."""

from __future__ import annotations

from tests.crawl.conftest import Workplace


def test_a_crawl_leaves_its_verdict_for_the_monitoring(sqlite_workplace: Workplace) -> None:
    folder = sqlite_workplace.folder / "metrics"

    crawl = sqlite_workplace.crawl({"limit": "2"}, REPORT_METRICS=folder)

    assert crawl.exit_code == 0
    text = (folder / "hotnews-demo.prom").read_text("utf-8")
    assert 'hotnews_run_exit_code{site="demo"} 0' in text
    assert 'hotnews_run_count{site="demo",count="new"} 2' in text


def test_a_run_that_cannot_begin_is_reported_too(sqlite_workplace: Workplace) -> None:
    (sqlite_workplace.folder / "no.db").write_text("this is no database, but long enough to be one" * 20)
    environment = {
        "HOTNEWS_ARCHIVE": f"sqlite:///{sqlite_workplace.folder}/no.db",
        "HOTNEWS_METRICS": str(sqlite_workplace.folder / "metrics"),
    }

    crawl = sqlite_workplace.run(*sqlite_workplace.scrapy("demo"), environment=environment)

    assert crawl.exit_code == 2
    text = (sqlite_workplace.folder / "metrics" / "hotnews-demo.prom").read_text("utf-8")
    assert 'hotnews_run_exit_code{site="demo"} 2' in text


def test_a_destination_that_cannot_be_one_stops_the_run_before_it_begins(sqlite_workplace: Workplace) -> None:
    crawl = sqlite_workplace.crawl(REPORT_WEBHOOK="nowhere")

    assert crawl.exit_code == 2
    assert "REPORT_WEBHOOK (HOTNEWS_WEBHOOK): an http or https URL is needed" in crawl.log
    assert sqlite_workplace.requests() == []

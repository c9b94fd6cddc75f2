"""Each row of the exit-code table, produced for real."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import requires
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crawler.crawling import due_sites
from crawler.demo import trouble
from crawler.demo.site import DemoSite
from crawler.demo.trouble import Robots
from crawler.network.tls import VERSIONS
from crawler.scrapy_version import LEAST
from storage import Archive
from storage.records import RunKind
from tests.crawl.conftest import HOTNEWS, SECONDS, Workplace, path_with
from tests.postgres_server import free_port

MakeWorkplace = Callable[[DemoSite], Workplace]


def verdict_in_archive(workplace: Workplace) -> str | None:
    with Archive(workplace.archive_url) as archive:
        return archive.runs(limit=1)[0].verdict


def test_0_complete(sqlite_workplace: Workplace) -> None:
    assert sqlite_workplace.crawl().exit_code == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


@pytest.mark.parametrize("spider", ["broken", "spoiled"])
def test_1_crashed_when_a_callback_or_middleware_raises_and_the_other_pages_go_on(
    sqlite_workplace: Workplace, spider: str
) -> None:
    module = sqlite_workplace.folder / "broken_spiders.py"
    module.write_text(BROKEN_SPIDER)
    environment = {"PYTHONPATH": path_with(sqlite_workplace.folder)}
    command = sqlite_workplace.scrapy(
        spider, {"base_url": sqlite_workplace.server.url}, SPIDER_MODULES="broken_spiders"
    )

    crawl = sqlite_workplace.run(*command, environment=environment)

    assert crawl.exit_code == 1
    assert "ZeroDivisionError" in crawl.log
    assert len(sqlite_workplace.rows()) > 90
    assert verdict_in_archive(sqlite_workplace) == "crashed"


BROKEN_SPIDER = """
from crawler.middlewares.schemes import SchemeMiddleware
from crawler.spiders.demo import DemoSpider


class BrokenSpider(DemoSpider):
    name = "broken"

    def parse_article(self, response, page, hops):
        if page.url.endswith("3.html"):
            1 / 0
        return super().parse_article(response, page, hops)


class SpoiledSpider(DemoSpider):
    name = "spoiled"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        SchemeMiddleware.process_request = spoil
        return super().from_crawler(crawler, *args, **kwargs)


def spoil(self, request):
    if request.url.endswith("3.html"):
        1 / 0
"""


@pytest.mark.parametrize(
    ("spider", "arguments", "says"),
    [
        ("nowhere", {}, "no site is called 'nowhere'"),
        ("https://www.example.gov/", {}, "any other list page is crawled by: adhoc -a start=URL"),
        ("adhoc", {}, "adhoc needs a list page"),
        ("adhoc", {"start": "ftp://example.gov/"}, "is not an http or https URL"),
        ("adhoc", {"start": "http://["}, "start='http://[' is not an http or https URL"),
        ("adhoc", {"start": "http://example.gov:99999/"}, "is not an http or https URL"),
        ("adhoc", {"start": "http://127.0.0.1/", "platform": "wordprss"}, "no platform is called 'wordprss'"),
        ("demo", {"revisit": "sometimes"}, "say all, due or none"),
        ("demo", {"revist": "all"}, "-a revist: no such argument; there are: base_url, trouble, revisit"),
        ("ningbo", {"start": "https://www.example.gov/"}, "-a start: no such argument"),
        ("demo", {"limit": "-3"}, "say a number of pages"),
    ],
)
def test_2_usage_is_one_clear_line(
    sqlite_workplace: Workplace, spider: str, arguments: dict[str, str], says: str
) -> None:
    crawl = sqlite_workplace.run(*sqlite_workplace.scrapy(spider, arguments, LOG_LEVEL="ERROR"))

    assert crawl.exit_code == 2
    assert says in crawl.log
    assert "Traceback" not in crawl.log
    assert sqlite_workplace.requests() == []


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"DISK_LEAST_FREE_MB": "abc"}, "DISK_LEAST_FREE_MB='abc': say a whole number"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL='LOUD': say one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        (
            {"LOG_FILE": "none/crawl.log"},
            "LOG_FILE='none/crawl.log' cannot be written: No such file or directory;"
            " name a file in a folder that is there",
        ),
        (
            {"TWISTED_REACTOR": "twisted.internet.selectreactor.SelectReactor"},
            "TWISTED_REACTOR='twisted.internet.selectreactor.SelectReactor':"
            " say twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        ),
        ({"DOWNLOAD_DELAY": "1s"}, "DOWNLOAD_DELAY='1s': say a number"),
        ({"DOWNLOAD_DELAY": "-1"}, "DOWNLOAD_DELAY='-1': say 0 or more"),
        ({"DOWNLOAD_TIMEOUT": "nan"}, "DOWNLOAD_TIMEOUT='nan': say 1 or more"),
        ({"CONCURRENT_REQUESTS_PER_DOMAIN": "0"}, "CONCURRENT_REQUESTS_PER_DOMAIN='0': say 1 or more"),
        (
            {"DOWNLOAD_TLS_MAX_VERSION": "2"},
            f"DOWNLOAD_TLS_MAX_VERSION='2': say one of {', '.join(VERSIONS)}",
        ),
        (
            {"DOWNLOADER_CLIENT_TLS_CIPHERS": "none"},
            "DOWNLOADER_CLIENT_TLS_CIPHERS='none': say ciphers as OpenSSL lists them",
        ),
        ({"EVIDENCE_ENABLED": "maybe"}, "EVIDENCE_ENABLED='maybe': say 1 or 0"),
        ({"REMOVAL_CHECKS": "0"}, "REMOVAL_CHECKS='0': say 1 or more"),
        ({"DISK_BUDGET_MB": "-5"}, "DISK_BUDGET_MB='-5': say 0 or more"),
        ({"REMOVAL_CHEKS": "1"}, "-s REMOVAL_CHEKS: there is no such setting; did you mean REMOVAL_CHECKS?"),
        ({"LISTED_MOST": "0"}, "LISTED_MOST=0: say 1 or more"),
    ],
)
def test_2_a_setting_that_is_no_value_is_one_clear_line(
    sqlite_workplace: Workplace, setting: dict[str, str], says: str
) -> None:
    crawl = sqlite_workplace.run(*sqlite_workplace.scrapy("demo", **setting))

    assert crawl.exit_code == 2
    assert crawl.log.splitlines()[-1] == f"crawl: {says}"
    assert "Traceback" not in crawl.log


def test_2_an_older_scrapy_with_known_holes_is_refused_before_anything_is_asked(
    sqlite_workplace: Workplace,
) -> None:
    command = sqlite_workplace.scrapy("demo", {"base_url": sqlite_workplace.server.url})

    crawl = sqlite_workplace.run("-c", OLDER_SCRAPY, *command[2:])

    assert crawl.exit_code == 2
    assert crawl.log.splitlines()[-1].startswith("crawl: Scrapy 2.14.1 is installed, this version needs")
    assert sqlite_workplace.requests() == []


OLDER_SCRAPY = """
import runpy, scrapy
scrapy.__version__, scrapy.version_info = "2.14.1", (2, 14, 1)
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def test_the_least_scrapy_is_the_one_that_the_distribution_requires() -> None:
    least = ".".join(map(str, LEAST))

    assert f"scrapy>={least}" in (requires("hotnews") or ())


def test_2_a_file_that_is_no_archive_is_left_alone(sqlite_workplace: Workplace) -> None:
    path = sqlite_workplace.folder / "notes.db"
    path.write_text("these are my notes, not a database\n" * 100)
    sqlite_workplace.archive_url = f"sqlite:///{path}"

    crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 2
    assert str(path) in crawl.log.splitlines()[-1]
    assert path.read_text().startswith("these are my notes")


def test_3_incomplete_while_a_page_is_lost_and_complete_once_it_is_had(sqlite_workplace: Workplace) -> None:
    first = sqlite_workplace.crawl(RETRY_TIMES=0)  # one page answers 500 twice before it recovers
    second = sqlite_workplace.crawl(RETRY_TIMES=2)

    assert first.exit_code == 3
    assert "1 listed pages could not be fetched yet" in first.log.splitlines()[-1]
    assert second.exit_code == 0, second.log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_3_incomplete_when_it_is_told_to_stop_and_what_was_fetched_is_stored(
    sqlite_workplace: Workplace, number: signal.Signals
) -> None:
    command = sqlite_workplace.scrapy(
        "demo",
        {"base_url": sqlite_workplace.server.url},
        DOWNLOAD_DELAY=0.1,
        CONCURRENT_REQUESTS_PER_DOMAIN=1,
    )
    child = subprocess.Popen(
        [sys.executable, "-P", *command], env=sqlite_workplace.environment(), stderr=subprocess.DEVNULL
    )
    wait_for_requests(sqlite_workplace, 12)
    child.send_signal(number)

    assert child.wait(timeout=SECONDS) == 3
    assert len(sqlite_workplace.rows()) > 3
    assert verdict_in_archive(sqlite_workplace) == "incomplete"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_3_incomplete_when_a_whole_group_is_told_to_stop_and_no_request_is_cut_off(
    sqlite_workplace: Workplace, number: signal.Signals
) -> None:
    child = hotnews_crawl(sqlite_workplace)
    os.killpg(child.pid, number)  # as Ctrl-C and `kill 0` do
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 3
    assert "stopped before the end (shutdown)" in log
    assert verdict_in_archive(sqlite_workplace) == "incomplete"


def test_3_incomplete_when_it_is_told_to_stop_again_and_again(sqlite_workplace: Workplace) -> None:
    child = hotnews_crawl(sqlite_workplace)
    while child.poll() is None:
        os.killpg(child.pid, signal.SIGTERM)
        time.sleep(0.05)  # nobody is faster at the keyboard
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 3, log
    assert "Traceback" not in log
    assert verdict_in_archive(sqlite_workplace) == "incomplete"


@pytest.mark.parametrize("begins", [["-m", "scrapy"], HOTNEWS])
def test_messages_that_nobody_takes_end_no_crawl(sqlite_workplace: Workplace, begins: Sequence[str]) -> None:
    fast = ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", "DOWNLOAD_DELAY=0"]
    base_url = f"base_url={sqlite_workplace.server.url}"
    with Path("/dev/full").open("w") as full:
        child = subprocess.run(
            [sys.executable, "-P", *begins, "crawl", "demo", "-a", base_url, *fast],
            env=sqlite_workplace.environment(),
            stdout=full,
            stderr=full,
            timeout=SECONDS,
            check=False,
        )

    assert child.returncode == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


def test_a_crawl_that_is_started_without_any_stream_is_as_any_other(sqlite_workplace: Workplace) -> None:
    script = f"exec {shlex.join([sys.executable, '-P', *HOTNEWS])} crawl demo"
    fast = "-s AUTOTHROTTLE_ENABLED=0 -s DOWNLOAD_DELAY=0 <&- >&- 2>&-"
    command = f"{script} -a base_url={sqlite_workplace.server.url} {fast}"

    done = subprocess.run(["/bin/sh", "-c", command], env=sqlite_workplace.environment(), check=False)

    assert done.returncode == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


def hotnews_crawl(workplace: Workplace) -> subprocess.Popen[str]:
    """Return a slow crawl of the demo site that has made some requests."""
    slowly = ["-s", "DOWNLOAD_DELAY=0.1", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"]
    command = ["crawl", "demo", "-a", f"base_url={workplace.server.url}", *slowly]
    child = subprocess.Popen(
        [sys.executable, "-P", *HOTNEWS, *command],
        env=workplace.environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A suite that runs in the background of a shell has Ctrl-C ignored, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, no lock
    )
    wait_for_requests(workplace, 12)
    return child


def wait_for_requests(workplace: Workplace, number: int) -> None:
    deadline = time.monotonic() + SECONDS
    while len(workplace.server.log) < number and time.monotonic() < deadline:
        time.sleep(0.02)  # the server's log is the only sign of how far another process is
    assert len(workplace.server.log) >= number


def test_4_drifted_when_the_list_was_redesigned(sqlite_crawled: Workplace) -> None:
    sqlite_crawled.site.redesign()

    crawl = sqlite_crawled.crawl()

    assert crawl.exit_code == 4
    assert "/col/col1001/index.html" in crawl.log.splitlines()[-1]


def test_4_drifted_when_a_list_page_is_empty_or_not_there(make_workplace: MakeWorkplace) -> None:
    workplace = make_workplace(DemoSite(trouble=True))

    assert workplace.adhoc(trouble.EMPTY_LIST).exit_code == 4
    assert workplace.adhoc("/no/such/list.html").exit_code == 4
    with Archive(workplace.archive_url) as archive:
        (certificate,) = archive.coverage(run=archive.runs(limit=1)[0].run)
    missing = workplace.server.url + "no/such/list.html"
    assert certificate.gaps == (f"list page 1 ({missing}): not-found",)
    assert (certificate.verdict, certificate.walked_to_end) == ("incomplete", False)


@pytest.mark.parametrize("robots", [Robots.FORBIDDING, Robots.UNREACHABLE])
def test_5_refused_when_robots_txt_forbids_or_cannot_be_had(
    make_workplace: MakeWorkplace, robots: Robots
) -> None:
    workplace = make_workplace(DemoSite(robots=robots))

    crawl = workplace.crawl()

    assert crawl.exit_code == 5
    assert {request.split()[1] for request in workplace.requests()} == {"/robots.txt"}
    assert workplace.rows() == {}


def test_5_refused_when_a_challenge_stands_where_the_list_was(make_workplace: MakeWorkplace) -> None:
    workplace = make_workplace(DemoSite(trouble=True))

    crawl = workplace.adhoc(trouble.CHALLENGED_LIST)

    assert crawl.exit_code == 5
    assert workplace.rows() == {}


def test_6_unreachable_when_nobody_answers(sqlite_workplace: Workplace) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"

    crawl = sqlite_workplace.crawl({"base_url": url}, RETRY_TIMES=0)

    assert crawl.exit_code == 6
    assert verdict_in_archive(sqlite_workplace) == "unreachable"


def test_6_unreachable_when_the_host_does_not_exist(sqlite_workplace: Workplace) -> None:
    command = sqlite_workplace.scrapy("adhoc", {"start": "http://no-such-host.invalid/news/"}, RETRY_TIMES=0)

    assert sqlite_workplace.run(*command).exit_code == 6


def test_7_storage_when_the_archive_cannot_be_made(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.archive_url = "sqlite:////proc/no/archive.db"

    crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 7
    assert "/proc/no" in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []


def test_7_storage_when_the_server_of_the_archive_is_down(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.archive_url = f"postgresql://me:secret@127.0.0.1:{free_port()}/news"

    crawl = sqlite_workplace.hotnews("crawl", "demo")

    assert crawl.exit_code == 7
    assert len(crawl.log.splitlines()) == 1, crawl.log
    assert "me:***@127.0.0.1" in crawl.log
    assert "the server cannot be reached" in crawl.log
    assert due_sites(["demo", "ningbo"], sqlite_workplace.archive_url) == [
        "demo",
        "ningbo",
    ]  # each reports it


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"DISK_LEAST_FREE_MB": 10**9}, "MB are free, a run begins with 1000000000 or more"),
        ({"DISK_BUDGET_MB": 1}, "MB of the 1 that DISK_BUDGET_MB allows"),
    ],
)
def test_7_storage_when_there_is_no_room_for_a_run(
    sqlite_workplace: Workplace, setting: dict[str, int], words: str
) -> None:
    evidence = sqlite_workplace.folder / "archive-evidence" / "demo"
    evidence.mkdir(parents=True)
    (evidence / "earlier.warc.gz").write_bytes(bytes(1_000_000))

    crawl = sqlite_workplace.crawl(**setting)

    assert crawl.exit_code == 7
    assert words in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []


def test_7_storage_when_the_disk_is_full_and_what_was_stored_stays(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.crawl({"limit": "20"})
    before = set(sqlite_workplace.rows())
    size = Path(sqlite_workplace.archive_url.removeprefix("sqlite:///")).stat().st_size
    limited = ["-c", f"{LIMIT_FILES.format(size=size + 200_000)}"]

    crawl = sqlite_workplace.run(
        *limited, *sqlite_workplace.scrapy("demo", {"base_url": sqlite_workplace.server.url})[2:]
    )

    assert crawl.exit_code == 7, crawl.log
    assert before <= set(sqlite_workplace.rows())


def test_7_storage_when_the_evidence_is_moved_away_in_mid_crawl(
    sqlite_workplace: Workplace,
) -> None:
    child = hotnews_crawl(sqlite_workplace)
    evidence = next(sqlite_workplace.folder.glob("*-evidence"))
    evidence.rename(evidence.with_name("elsewhere"))
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 7
    assert "the open file was moved or deleted" in log.splitlines()[-1]


# No file may grow beyond a size: what a full disk looks like to SQLite, without filling one.
LIMIT_FILES = """
import resource, signal, runpy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def test_7_storage_when_the_disk_of_the_server_is_full_and_what_was_stored_stays(
    postgres_workplace: Workplace,
) -> None:
    Archive.create(postgres_workplace.archive_url).close()
    engine = create_engine(postgres_workplace.archive_url)
    with engine.begin() as connection:
        connection.execute(text(FULL_AFTER_40))

    postgres_workplace.crawl({"limit": "20"})
    before = set(postgres_workplace.rows())
    full = postgres_workplace.crawl()
    stored = set(postgres_workplace.rows())
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full_disk ON article"))
    engine.dispose()
    again = postgres_workplace.crawl()

    assert full.exit_code == 7
    assert "the server's disk is full" in full.log.splitlines()[-1]
    assert "Traceback" not in full.log
    assert before <= stored
    assert len(before) <= len(stored) <= 40
    assert again.exit_code == 0, again.log
    assert len(postgres_workplace.rows()) > 90


# What a server answers whose disk takes no more: class 53, `disk_full`.
FULL_AFTER_40 = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.id > 40 THEN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION full_disk()
"""


def test_8_busy_while_another_live_run_holds_the_site(sqlite_workplace: Workplace) -> None:
    from crawler.demo.declaration import demo_site

    site = demo_site(sqlite_workplace.server.url)
    with Archive(sqlite_workplace.archive_url) as archive:
        archive.start_run(site.record(), [], kind=RunKind.CRAWL, code_version="test", options={})

        crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 8
    assert str(os.getpid()) in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []


def test_what_a_limit_did_not_come_to_is_not_called_lost(sqlite_workplace: Workplace) -> None:
    crawl = sqlite_workplace.crawl({"limit": "3"})

    counts, verdict = crawl.log.splitlines()[-2:]
    assert crawl.exit_code == 0
    assert "3 new" in counts
    assert "not fetched yet" in counts
    assert "lost" not in counts
    assert verdict.endswith("every listed page is archived or accounted for within limit 3")


def test_what_a_limit_did_not_come_to_is_counted_apart_everywhere(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.crawl({"limit": "3"})

    with Archive(sqlite_workplace.archive_url) as archive:
        (run,), certificates = archive.runs(), archive.coverage()

    assert (run.counts["lost"], sum(row.lost for row in certificates)) == (0, 0)
    assert 0 < run.counts["waiting"] <= sum(row.waiting for row in certificates)
    assert {row.verdict for row in certificates} == {"incomplete"}
    for shown in (("runs",), ("runs", run.run), ("coverage",)):
        answered = sqlite_workplace.hotnews(*shown)
        assert "waiting" in answered.output, shown


def test_what_is_older_than_asked_for_is_left_whatever_page_lists_it_and_in_the_next_run_too(
    sqlite_workplace: Workplace,
) -> None:
    crawls = [sqlite_workplace.crawl({"since": "2026-05-01"}) for _ in range(2)]

    with Archive(sqlite_workplace.archive_url) as archive:
        later, first = archive.runs()

    for crawl in crawls:
        assert crawl.exit_code == 0, crawl.log
        assert crawl.log.splitlines()[-1].endswith("within what is listed since 2026-05-01")
    assert (first.counts["lost"], later.counts["lost"], later.counts["new"]) == (0, 0, 0)
    assert first.counts["waiting"] == later.counts["waiting"] > 0


@pytest.mark.parametrize(
    ("redirected", "exit_code", "says"),
    [
        (">&-", 0, ""),
        (">/dev/full", 7, "hotnews: the output cannot be written: No space left on device"),
        ("-o /dev/full", 7, "hotnews: /dev/full cannot be written: No space left on device"),
        ("-o /no/folder", 2, "hotnews: Could not open file '/no/folder': No such file or directory"),
    ],
)
def test_an_output_that_takes_nothing_is_one_clear_line(
    sqlite_crawled: Workplace, redirected: str, exit_code: int, says: str
) -> None:
    script = f"import sys; sys.argv[0] = 'hotnews'; {HOTNEWS[1]}"
    command = f"exec {shlex.quote(sys.executable)} -P -c {shlex.quote(script)} export {redirected}"

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=sqlite_crawled.environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.strip()) == (exit_code, says)

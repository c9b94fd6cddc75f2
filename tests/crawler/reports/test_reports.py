"""Reports: what they say, when they are sent, and what a destination that fails does to a run: nothing."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.reports import Destinations, RunReport, deliver, delivery, report_of
from crawler.reports.errors import ReportSettingsError
from storage import Archive
from storage.records import RunKind, SiteRecord
from storage.rows import Warned
from storage.verdicts import Verdict
from tests.crawler.probing import Asked, running_servers

ENDED = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)


def report(verdict: Verdict = Verdict.DRIFTED, previous: Verdict | None = Verdict.COMPLETE) -> RunReport:
    return RunReport(
        site="ningbo",
        archive="sqlite:///a.db",
        verdict=verdict,
        reason="no entries on list page http://x/",
        run="ningbo-1",
        started_at=ENDED.replace(minute=0, hour=9),
        finished_at=ENDED,
        counts={"listed": 20, "new": 2},
        previous=previous,
        last_complete_at=ENDED.replace(hour=8),
    )


@contextmanager
def listening(status: int = 200) -> Iterator[tuple[str, list[Any]]]:
    """Yield the address of a webhook that answers *status*, and what it was sent."""
    taken: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Be quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook?secret=1", taken
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def mail_server() -> Iterator[tuple[int, list[str]]]:
    """Yield the port of a mail server that takes one message, and the lines it was sent."""
    lines: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_talk, args=(listener, lines))
        thread.start()
        yield listener.getsockname()[1], lines
        thread.join(timeout=10)


def _talk(listener: socket.socket, lines: list[str]) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as stream:

        def answer(text: str) -> None:
            stream.write(f"{text}\n")
            stream.flush()

        answer("220 here")
        in_message = False
        for line in stream:
            lines.append(line.rstrip("\r\n"))
            if in_message:
                in_message = line.strip() != "."
                if not in_message:
                    answer("250 taken")
            elif line.upper().startswith("DATA"):
                in_message = True
                answer("354 go on")
            elif line.upper().startswith("QUIT"):
                answer("221 bye")
                return
            else:
                answer("250 yes")


# When


@pytest.mark.parametrize(
    ("verdict", "previous", "changes", "problems"),
    [
        (Verdict.COMPLETE, Verdict.COMPLETE, False, False),
        (Verdict.COMPLETE, None, False, False),
        (Verdict.DRIFTED, None, True, True),
        (Verdict.DRIFTED, Verdict.COMPLETE, True, True),
        (Verdict.DRIFTED, Verdict.DRIFTED, False, True),
        (Verdict.REFUSED, Verdict.DRIFTED, True, True),
        (Verdict.COMPLETE, Verdict.DRIFTED, True, True),
        (Verdict.BUSY, Verdict.COMPLETE, False, False),
    ],
)
def test_reports_are_sent_when_they_are_news(
    verdict: Verdict, previous: Verdict | None, *, changes: bool, problems: bool
) -> None:
    with listening() as (url, taken):
        for when, wanted in (("changes", changes), ("problems", problems), ("always", verdict != "busy")):
            taken.clear()
            destinations = Destinations.from_settings({"REPORT_WEBHOOK": url, "REPORT_WHEN": when})
            assert list(deliver(report(verdict, previous), destinations)) == []
            assert bool(taken) == wanted, when


# What and where


def test_a_webhook_gets_the_verdict_with_its_reason_and_counts() -> None:
    with listening() as (url, taken):
        assert list(deliver(report(), Destinations.from_settings({"REPORT_WEBHOOK": url}))) == []

    assert taken == [
        {
            "text": "ningbo: drifted (exit 4, was complete): no entries on list page http://x/",
            "site": "ningbo",
            "run": "ningbo-1",
            "archive": "sqlite:///a.db",
            "verdict": "drifted",
            "exit_code": 4,
            "reason": "no entries on list page http://x/",
            "previous_verdict": "complete",
            "started_at": "2026-06-08T09:00:00+00:00",
            "finished_at": "2026-06-08T10:00:00+00:00",
            "last_complete_at": "2026-06-08T08:00:00+00:00",
            "counts": {"listed": 20, "new": 2},
            "warnings": [],
        }
    ]


def test_a_mail_says_it_in_its_subject() -> None:
    with mail_server() as (port, lines):
        url = f"smtp://127.0.0.1:{port}?from=crawl@example.org&to=me@example.org,you@example.org"
        assert list(deliver(report(), Destinations.from_settings({"REPORT_MAIL": url}))) == []

    start, end = lines.index("data") + 1, lines.index(".")
    message = message_from_string("\n".join(lines[start:end]))
    assert message["Subject"].startswith("hotnews ningbo: drifted (exit 4, was complete)")
    assert message["To"] == "me@example.org, you@example.org"
    assert '"listed": 20' in str(message.get_payload())
    assert {"rcpt to:<me@example.org>", "rcpt to:<you@example.org>"} <= set(map(str.lower, lines))


def test_metrics_are_written_whole_after_every_run(tmp_path: Path) -> None:
    destinations = Destinations.from_settings({"REPORT_METRICS": str(tmp_path / "metrics")})

    assert list(deliver(report(Verdict.COMPLETE), destinations)) == []

    (path,) = (tmp_path / "metrics").iterdir()
    lines = path.read_text("utf-8").splitlines()
    assert path.name == "hotnews-ningbo.prom"
    assert 'hotnews_run_exit_code{site="ningbo"} 0' in lines
    assert 'hotnews_run_verdict{site="ningbo",verdict="complete"} 1' in lines
    assert 'hotnews_run_verdict{site="ningbo",verdict="drifted"} 0' in lines
    assert 'hotnews_run_duration_seconds{site="ningbo"} 3600' in lines
    assert f'hotnews_run_finished_timestamp_seconds{{site="ningbo"}} {ENDED.timestamp():.0f}' in lines
    assert 'hotnews_run_count{site="ningbo",count="listed"} 20' in lines
    names = [line.split("{")[0] for line in lines if not line.startswith("#")]
    assert {f"# TYPE {name} gauge" for name in names} <= set(lines)


def test_a_report_knows_how_the_runs_before_ended(archive: Archive) -> None:
    keys = []
    site = SiteRecord(key="ningbo", title="Ningbo", base_url="http://english.ningbo.gov.cn/")
    for verdict in (Verdict.COMPLETE, Verdict.DRIFTED, Verdict.REFUSED):
        run = archive.start_run(
            site,
            [],
            kind=RunKind.CRAWL,
            code_version="1",
            options={},
        )
        archive.finish_run(run, verdict=verdict, reason="so it is", counts={"listed": 3})
        keys.append(run.key)

    told = report_of(archive.url, keys[-1], site="ningbo", verdict=Verdict.REFUSED, reason="so it is")

    assert (told.previous, told.counts) == (Verdict.DRIFTED, {"listed": 3})
    assert told.last_complete_at == next(row.finished_at for row in archive.runs() if row.run == keys[0])
    assert told.is_news


def test_a_warning_is_news_once(archive: Archive) -> None:
    site = SiteRecord(key="ningbo", title="Ningbo", base_url="http://english.ningbo.gov.cn/")
    warned = Warned(kind="layout", section="news", url="http://english.ningbo.gov.cn/1", text="2 of 3 pages")
    told = []
    for _ in range(2):
        run = archive.start_run(site, [], kind=RunKind.CRAWL, code_version="1", options={})
        archive.finish_run(run, verdict=Verdict.COMPLETE, reason="", counts={}, warnings=[warned])
        told.append(report_of(archive.url, run.key, site="ningbo", verdict=Verdict.COMPLETE, reason=""))

    assert [each.is_news for each in told] == [True, False]
    assert told[0].as_json()["warnings"][0]["section"] == "news"


# What fails


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_webhook_that_refuses_is_named_without_its_secret(status: int) -> None:
    with listening(status) as (url, taken):
        (line,) = deliver(report(), Destinations.from_settings({"REPORT_WEBHOOK": url}))

    assert len(taken) == 1
    assert line.startswith("ningbo: the webhook at 127.0.0.1 did not take the report: HTTP Error")
    assert "secret" not in line


def test_a_webhook_that_answers_for_ever_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LONGEST", 0.3)
    with running_servers() as start:
        server = start()

        def drip(asked: Asked) -> Iterator[bytes]:
            yield b"HTTP/1.1 200 OK\r\n"
            while not asked.over.wait(0.05):
                yield b"X-More: more\r\n"

        server.otherwise = drip
        (line,) = deliver(report(), Destinations.from_settings({"REPORT_WEBHOOK": server.url("/secret")}))

        assert line == "ningbo: the webhook did not take the report in 0.3 seconds"
        assert server.paths() == ["/secret"]
        left_behind = [thread for thread in threading.enumerate() if thread.name == "report"]
        server.over.set()
        for thread in left_behind:
            thread.join()


def test_every_destination_is_tried_although_one_fails(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    (tmp_path / "file").touch()
    with listening() as (url, taken):
        settings = {
            "REPORT_METRICS": str(tmp_path / "file" / "folder"),
            "REPORT_WEBHOOK": url,
            "REPORT_MAIL": f"smtp://127.0.0.1:{port}?from=a@example.org&to=b@example.org",
        }
        lines = list(deliver(report(), Destinations.from_settings(settings)))

    assert len(taken) == 1
    assert [line.split(":")[1] for line in lines] == [
        f" the metrics could not be written to {tmp_path}/file/folder/hotnews-ningbo.prom",
        " the mail server 127.0.0.1",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REPORT_WEBHOOK", "file:///etc/passwd"),
        ("REPORT_WEBHOOK", "hook"),
        ("REPORT_WEBHOOK", "http://["),
        ("REPORT_WEBHOOK", "https://example.org:99999/"),
        ("REPORT_MAIL", "me@example.org"),
        ("REPORT_MAIL", "smtp://host:port?from=a@b&to=c@d"),
        ("REPORT_MAIL", "smtp://host?from=a@example.org"),
        ("REPORT_MAIL", "http://host?from=a@example.org&to=b@example.org"),
        ("REPORT_WHEN", "sometimes"),
    ],
)
def test_a_destination_that_cannot_be_one_is_named(name: str, value: str) -> None:
    with pytest.raises(ReportSettingsError, match=name):
        Destinations.from_settings({name: value})

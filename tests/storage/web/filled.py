"""An archive with one of everything a page must show: edits, copies, removals, evidence, hostile content."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from crawler.evidence import EvidenceWriter, Exchange
from storage import Archive
from storage.records import (
    EvidencePointer,
    Link,
    Missing,
    Rejected,
    SiteRecord,
    Visit,
)
from storage.rows import Measure, Warned
from storage.verdicts import Verdict
from tests.storage.samples import DAY, NEWS, START, article, failed, fetch, list_visit, start, url, visit

SCRIPT = "<script>document.title='broken'</script>"
HANDLER = '"><img src=x onerror="document.title=\'broken\'">'
SCRIPT_URL = "javascript://ningbo.test/%0adocument.title='broken'"
OVERRIDE = "\u202egnirts desrever\u202c"
HOSTILE_PAGE = f"<html><body>{SCRIPT}<p>The page as it came.</p></body></html>".encode()
HUGE_TITLE = "A very long title " * 60_000  # 1 MB
HAIQU = SiteRecord(key="haiqu", title="海曙区人民政府", base_url="http://haiqu.test/", language="zh")
CHINESE = ("宁波港口今日开放，首批货轮抵港。", "市政府研究部署防汛工作，参会人员共三百人。" * 3)
HARBOUR = article(
    "Harbour opens on Monday",
    "The mayor opened three bridges on Monday.",
    "The harbour is open to everyone.",
    published_day=date(2024, 5, 3),
    source="Ningbo Daily",
)
HOSTILE = article(
    f"{SCRIPT} harbour {HANDLER}",
    f"{SCRIPT} {OVERRIDE} {HANDLER}",
    source=HANDLER,
    author=SCRIPT,
    published_day=date(2024, 5, 2),
    published_from=SCRIPT,
    attachments=(Link(url=SCRIPT_URL, title=SCRIPT), Link(url="https://files.test/a.pdf", title="A file")),
    tables=((("cell", SCRIPT),),),
)


def fill(archive: Archive) -> None:
    """Write two runs of one site and one of another."""
    pointer = _evidence(archive.evidence_root)
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(run, [list_visit("harbour", "hostile", "gone", "rejected", "lost", total=9)])
    archive.record_all(
        run,
        [
            visit("harbour", HARBOUR, evidence=pointer, digest=sha256(HOSTILE_PAGE).hexdigest()),
            visit("hostile", HOSTILE),
            visit(SCRIPT_URL, article("Script address", "Its address is a script.")),
            visit("huge", article(HUGE_TITLE, "A short text.", published_day=date(2024, 4, 1))),
            visit("gone", article("Removed later", "This page will be removed.")),
            visit("suspected", article("Missing once", "This page will be missing once.")),
            visit("secret", article("Secret title", "Secret words of a withheld text.")),
            visit("undated", article("No date", "Nobody knows when.", published_day=None)),
            visit("rejected", Rejected(reason="empty-body")),
            visit("lost", failed()),
        ],
    )
    archive.finish_section(run, NEWS.slug, walked_to_end=True, full=True, stated_total=9, gaps=(SCRIPT,))
    counts = {"listed": 5, "new": 8, "rejected": 1, "lost": 1}
    archive.finish_run(
        run,
        verdict=Verdict.INCOMPLETE,
        reason=f"1 page lost {SCRIPT}",
        counts=counts,
        measures={f"first_listed/{SCRIPT}": Measure(value=1234.5, low=600.0)},
        warnings=[Warned(kind="layout", section="news", url=SCRIPT_URL, text=f"2 of 3 pages {SCRIPT}")],
    )
    _fill_second_run(archive)
    _fill_other_site(archive)
    archive.withhold(url("secret"), reason="a court order")


def _fill_second_run(archive: Archive) -> None:
    later = article(
        "Harbour opens on Friday",
        "The mayor opened four bridges on Friday.",
        "The harbour is open to everyone.",
        published_day=date(2024, 5, 3),
        source="Ningbo Daily",
    )
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(
        run,
        [
            visit("harbour", later, at=START + DAY),
            visit("gone", Missing(status=404), at=START + DAY, status=404),
        ],
    )
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="all there", counts={"listed": 5, "revised": 1})
    run = start(archive, removal_checks=3, removal_days=9)
    archive.record(run, visit("suspected", Missing(status=404), at=START + 2 * DAY, status=404))
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="all there", counts={"listed": 5})


def _fill_other_site(archive: Archive) -> None:
    run = start(archive, site=HAIQU)
    fields = {"language": "zh", "published_day": date(2024, 5, 5), "source": "宁波日报"}
    original = article("宁波港口开放", *CHINESE, **fields)
    archive.record_all(
        run,
        [
            Visit(fetch=fetch("http://haiqu.test/1.html", site=HAIQU, section=None), result=original),
            Visit(fetch=fetch("http://haiqu.test/2.html", site=HAIQU, section=None), result=original),
        ],
    )
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="all there", counts={"listed": 2, "new": 2})


def _evidence(root: Path) -> EvidencePointer:
    writer = EvidenceWriter(root, site="ningbo", run="r1", software="hotnews", settings={})
    try:
        exchange = Exchange(
            url=url("harbour"),
            at=START,
            request_headers=(),
            status=200,
            headers=((b"Content-Type", b"text/html"),),
            body=HOSTILE_PAGE,
            address="127.0.0.1",
        )
        return writer.append(exchange).result(timeout=30)
    finally:
        writer.close()

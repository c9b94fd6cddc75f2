"""What `hotnews import` makes of files, through the same pipelines as a crawl."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.importing.command import import_
from crawler.rereading.reextract import Reextraction
from storage import Archive
from storage.export.rows import export_row
from storage.records import (
    Fetch,
    FetchKind,
    Listed,
    ListPage,
    RunKind,
    SectionRecord,
    SiteRecord,
    Visit,
)
from storage.verdicts import Verdict
from storage.writing.learning import StoredTemplate
from tests.crawl.conftest import HOTNEWS, Place
from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows
from tests.shared import SHARED, needs_shared


def dump(*, top: tuple[str, ...], end: tuple[str, ...]) -> str:
    return "\n".join([*top, TITLE, "", "\n\n".join(PARAGRAPHS), "", *end])


def page(*, breadcrumb: str, toggle: str, end: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<html><head><title>{TITLE}</title></head><body>
    <div class="path">{breadcrumb}</div>
    <div class="eye">{toggle}<a href="javascript:setColor('FAFBE6')"></a></div>
    <div class="main"><p class="con-title">{TITLE}</p><div id="zoom">{body}</div>
    <div class="tools">{end}</div></div>
    </body></html>"""


@pytest.mark.parametrize(
    ("top", "end"),
    [
        (("Home>Hot News", "Eyesight Protection:"), ("print】 【close",)),
        (("Home > News > Hot News",), ("【print】 【close】",)),
        (("HOME>HOT NEWS", "EYESIGHT PROTECTION："), ("[Print] [Close]",)),
        (("首页 > 新闻中心 > 要闻", "视力保护色："), ("打印本页 关闭窗口",)),
        (("\u00a0Home\u00a0>\u00a0Hot News\u00a0",), ("（打印）（关闭）",)),
    ],
)
def test_a_text_dump_gives_its_title_and_paragraphs_and_nothing_else(
    do_import: Import, rows: Rows, tmp_path: Path, top: tuple[str, ...], end: tuple[str, ...]
) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(dump(top=top, end=end), encoding="utf-8")

    assert do_import(path).exit_code == 0

    (row,) = rows()
    assert row["title"] == TITLE
    assert row["body"] == "\n".join(PARAGRAPHS)
    assert row["published"] is None
    assert row["published_from"].startswith("none: ")
    assert row["url"].startswith("urn:sha256:")


@pytest.mark.parametrize(
    ("breadcrumb", "toggle", "end"),
    [
        (
            "<a href='/'>Home</a>&gt;<a href='/n/'>Hot News</a>",
            "Eyesight Protection:",
            "【<a>print</a>】 【<a>close</a>】",
        ),
        ("Home&gt;Hot News", "Eyesight Protection：", "print】 【close"),
        ("HOME &gt; HOT NEWS", "EYESIGHT PROTECTION:", "[<a>Print</a>]&nbsp;[<a>Close</a>]"),
        ("当前位置：首页&gt;新闻", "视力保护色：", "<a>打印本页</a> <a>关闭窗口</a>"),
        ("Home&nbsp;&gt;&nbsp;Hot&nbsp;News", "Eyesight&nbsp;Protection:", "［Ｐｒｉｎｔ］　［Ｃｌｏｓｅ］"),
    ],
)
def test_the_html_form_gives_the_same_text(
    do_import: Import, rows: Rows, tmp_path: Path, breadcrumb: str, toggle: str, end: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(breadcrumb=breadcrumb, toggle=toggle, end=end), encoding="utf-8")

    assert do_import(path, "--url", "https://english.example.gov.cn/art/2019/6/8/art_1_2.html").exit_code == 0

    (row,) = rows()
    assert (row["title"], row["body"]) == (TITLE, "\n".join(PARAGRAPHS))
    assert row["published"] == "2019-06-08"  # the address tells


@needs_shared
def test_the_reference_article_is_exact_and_importing_it_again_changes_nothing(
    do_import: Import, rows: Rows
) -> None:
    reference = SHARED / "examples" / "ningbo-hot-news.txt"
    lines = [line for line in reference.read_text(encoding="utf-8").splitlines() if line.strip()]

    first, second = do_import(reference), do_import(reference)

    (row,) = rows()
    assert row["title"] == lines[2]
    assert row["body"].split("\n") == lines[3:8]
    assert row["published"] is None
    assert "1 new" in first.stderr
    assert "1 unchanged" in second.stderr


@needs_shared
def test_every_shared_government_page_is_archived_or_rejected_by_name(do_import: Import, rows: Rows) -> None:
    folder = SHARED / "corpora" / "gov-pages-dev"

    result = do_import(*sorted(folder.glob("*.html")))

    assert result.exit_code == 0, result.output
    assert "33 documents" in result.stderr
    assert "zh_shwjw_404.html: rejected (not-found)" in result.stderr
    assert len(rows()) >= 24


def test_folders_and_gzipped_pages_are_searched(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    markup = page(breadcrumb="Home&gt;News", toggle="", end="").encode()
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "a.html.gz").write_bytes(gzip.compress(markup))
    (tmp_path / "deep" / "ignored.png").write_bytes(b"\x89PNG")

    result = do_import(tmp_path)

    assert "1 document: 1 new" in result.stderr
    assert len(rows()) == 1


def test_a_page_names_its_own_url_where_nobody_else_does(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    markup = page(breadcrumb="", toggle="", end="")
    canonical = markup.replace("<head>", '<head><link rel="canonical" href="https://www.example.gov/a.html">')
    saved = f"<!-- saved from url=(0030)https://www.example.gov/b.html -->\n{markup}"
    (tmp_path / "canonical.html").write_text(canonical)
    (tmp_path / "saved.html").write_text(saved)
    (tmp_path / "fixture.html").write_text(f"<!-- saved from https://www.example.gov/c.html -->\n{markup}")

    do_import(tmp_path)

    assert {row["url"] for row in rows()} == {
        "https://www.example.gov/a.html",
        "https://www.example.gov/b.html",
        "https://www.example.gov/c.html",
    }


def test_a_url_for_several_files_is_refused_before_anything_is_written(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(page(breadcrumb="", toggle="", end=""))

    result = do_import(tmp_path, "--url", "https://www.example.gov/")

    assert result.exit_code == 2
    assert "there are 2 files" in result.stderr
    assert rows() == []


@pytest.mark.parametrize(
    "payload",
    [b"\x00" * 5000, b"\xff\xfe" * 900, b"<html>" * 3000, "<p>\ud800</p>".encode("utf-8", "surrogatepass")],
)
def test_hostile_bytes_are_rejected_by_name_never_by_a_traceback(
    do_import: Import, tmp_path: Path, payload: bytes
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(payload)

    result = do_import(path)

    assert result.exit_code == 0, result.output
    assert "1 rejected" in result.stderr


def documents(folder: Path) -> Path:
    """Write one document of each kind and return their folder."""
    folder.mkdir()
    (folder / "page.html").write_text(page(breadcrumb="Home &gt; News", toggle="Eyesight", end="print"))
    (folder / "dump.txt").write_text(dump(top=("Home>Hot News",), end=("print】 【close",)))
    row = {"url": "http://a.example.gov/1", "title": "Row", "text": "One.\nTwo.", "published": "2019-06-08"}
    markup = {"url": "http://a.example.gov/2", "html": page(breadcrumb="", toggle="", end="")}
    (folder / "rows.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(markup)}\n")
    return folder


def test_what_was_imported_is_kept_as_it_was(do_import: Import, archive_url: str, tmp_path: Path) -> None:
    folder = documents(tmp_path / "documents")

    do_import(folder)

    with Archive(archive_url) as archive:
        kept = {archive.evidence(row.id).payload: archive.evidence(row.id) for row in archive.articles()}
        assert not [found for found in archive.verify() if hasattr(found, "problem")]
    assert {each.kind for each in kept.values()} == {"resource"}
    assert {(folder / "page.html").read_bytes(), (folder / "dump.txt").read_bytes()} < set(kept)
    assert sorted(each.header("Content-Type") or "" for each in kept.values()) == [
        "application/json",
        "text/html",
        "text/html; charset=utf-8",
        "text/plain",
    ]


def test_what_is_imported_again_is_not_kept_again(do_import: Import, tmp_path: Path) -> None:
    folder = documents(tmp_path / "documents")
    do_import(folder)
    before = {path: path.stat().st_size for path in (tmp_path / "evidence").rglob("*")}

    do_import(folder)

    assert {path: path.stat().st_size for path in (tmp_path / "evidence").rglob("*")} == before


def test_re_extraction_reads_what_was_imported_the_same(
    do_import: Import, archive_url: str, tmp_path: Path
) -> None:
    do_import(documents(tmp_path / "documents"))

    with Archive(archive_url) as archive:
        report = Reextraction(archive, site=None, since=None, jobs=1).preview()

    assert (report.pages, report.changed, report.unread, report.damages) == (4, 0, 0, 0)


def test_an_export_loads_into_an_empty_archive_again(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    markup = page(breadcrumb="Home&gt;News", toggle="", end="").replace(
        '</div>\n    <div class="tools">',
        "<table><tr><th>Day</th><th>Ships</th></tr><tr><td>Monday</td><td>12</td></tr></table>"
        '<a href="/files/report.pdf">Report</a></div>\n    <div class="tools">',
    )
    path = tmp_path / "page.html"
    path.write_text(markup, encoding="utf-8")
    do_import(path, "--url", "https://english.example.gov.cn/art/2019/6/8/art_1_2.html")
    exported = rows()
    (tmp_path / "export.jsonl").write_text("".join(json.dumps(row) + "\n" for row in exported))
    copy = f"sqlite:///{tmp_path}/copy.db"

    result = CliRunner().invoke(import_, [str(tmp_path / "export.jsonl"), "--archive", copy])

    assert result.exit_code == 0, result.output
    with Archive(copy) as archive:
        again = [export_row(row) for row in archive.articles()]
    assert again == exported


LISTED = "https://www.example.gov/news/1.html"


def test_a_page_of_a_known_site_is_read_by_the_template_its_section_learned(
    do_import: Import, archive_url: str, tmp_path: Path
) -> None:
    site = SiteRecord(key="www.example.gov", title="Example", base_url="https://www.example.gov/")
    section = SectionRecord(slug="news", title="News", url="https://www.example.gov/news/")
    furniture = "Write to the port office if you miss a tide."
    with Archive.create(archive_url) as archive:
        run = archive.start_run(site, [section], kind=RunKind.CRAWL, code_version="1", options={})
        fetch = Fetch(url=section.url, site=site, section="news", kind=FetchKind.LIST, at=datetime.now(UTC))
        archive.record(run, Visit(fetch=fetch, result=ListPage(entries=(Listed(url=LISTED),))))
        template = StoredTemplate(
            version="v1", learner="1", learned_from={}, rules={"news": ((furniture.lower(),),)}
        )
        archive.finish_run(run, verdict=Verdict.COMPLETE, reason="", counts={}, template=template)
    lines = "".join(f"<p>{line}</p>" for line in (PARAGRAPHS[0], furniture, PARAGRAPHS[1]))
    markup = f"<html><body><h1>{TITLE}</h1><div class='article-content'>{lines * 2}</div></body></html>"
    saved = tmp_path / "page.html"
    saved.write_text(markup, encoding="utf-8")

    result = do_import("--url", LISTED, saved)

    assert result.exit_code == 0, result.output
    with Archive(archive_url) as archive:
        row = archive.article(LISTED)
    assert row.template_version == "v1"
    assert furniture not in row.paragraphs
    assert set(row.paragraphs) == set(PARAGRAPHS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_import_that_is_told_to_stop_ends_with_3_and_says_so_in_its_run(
    archive_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    pipe = tmp_path / "rows.jsonl"
    os.mkfifo(pipe)
    command = [sys.executable, "-P", *HOTNEWS, "import", str(pipe), "--archive", archive_url]
    row = {"url": "https://a.example/1", "title": TITLE, "text": PARAGRAPHS[0]}
    inherited = signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may ignore it, as nohup does
    with subprocess.Popen(command, cwd=tmp_path) as child:
        signal.signal(number, inherited)
        with pipe.open("w", encoding="utf-8") as rows:
            rows.write(json.dumps(row))  # the pipe opened once the import read from it: its run has begun
            rows.flush()
            child.send_signal(number)
        exit_code = child.wait(30)  # what it reads ended after the signal, lest it came just before a read

    with Archive(archive_url) as archive:
        (run,) = archive.runs()
    assert (exit_code, run.verdict, run.reason) == (3, "incomplete", "stopped before its end")


@pytest.mark.parametrize("command", ["import --url {} page.html", "extract {}"])
@pytest.mark.parametrize("url", ["http://[", "https://www.example.gov:99999/1.html"])
def test_what_is_no_url_is_one_clear_line(tmp_path: Path, command: str, url: str) -> None:
    (tmp_path / "page.html").write_text(f"<h1>{TITLE}</h1>", encoding="utf-8")

    done = Place(f"sqlite:///{tmp_path}/archive.db", tmp_path).hotnews(*command.format(url).split())

    assert (done.exit_code, done.log.splitlines()[-1].endswith(f"{url} is no URL")) == (2, True), done.log


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--platform", "hanwebb", "is not one of 'wechat'"), ("--url", "page", "--url page is no URL")],
)
def test_a_mistake_in_an_option_is_named_before_anything_is_archived(
    tmp_path: Path, option: str, value: str, said: str
) -> None:
    file, archive = tmp_path / "page.html", tmp_path / "archive.db"
    file.write_text(page(breadcrumb="", toggle="", end=""), encoding="utf-8")

    result = CliRunner().invoke(import_, [str(file), option, value, "--archive", str(archive)])

    assert result.exit_code == 2
    assert said in result.stderr
    assert not archive.exists()


def test_a_folder_without_documents_says_which_files_it_is_searched_for(
    do_import: Import, tmp_path: Path
) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG")

    result = do_import(tmp_path)

    assert result.exit_code == 0
    assert "folders are searched for .arc .eml .htm .html" in result.stderr

"""`hotnews explain`: every field with its rule and its place on the stored page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from crawler.cli import cli
from crawler.extract.version import extractor_version
from crawler.rereading import provenance
from storage import Archive
from storage.commands import rendering
from tests.terminal import Terminal

URL = "https://www.example.gov/news/2026/06/08/harbour.html"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour opens - Example Government</title>
<meta name="author" content="Press Office"><meta property="og:title" content="Harbour opens"></head>
<body><nav><a href="/">Home</a> <a href="/news/">News</a></nav>
<main><article><h1>Harbour opens</h1><p class="date">Published: 8 June 2026</p>
<div class="text"><p>The new harbour opened on Monday after four years of works on the shore.</p>
<p>Ferries now leave every hour, and the first of them carried three hundred people to the islands.</p>
<p>The mayor thanked everyone who had worked on it, and the fishermen who had waited for so long.</p>
<p>[Print] [Close]</p></div></article></main></body></html>"""


def run(*arguments: str, archive: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--archive", archive])
    assert result.exit_code == 0, result.output
    return result.output


def records(archive: str, name: str = URL) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("explain", name, "--json", archive=archive).splitlines()]


@pytest.fixture
def imported(archive_url: str, tmp_path: Path) -> str:
    """Return the URL of an archive that holds the page."""
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    run("import", "--url", URL, str(tmp_path / "page.html"), archive=archive_url)
    return archive_url


def test_each_field_names_its_rule_its_place_and_what_lost(imported: str) -> None:
    fields = {each["field"]: each for each in records(imported) if each["what"] == "field"}

    title, published, author, body = (fields[name] for name in ("title", "published", "author", "body"))
    assert (title["value"], title["path"]) == ("Harbour opens", "/html/body/main/article/h1")
    assert {lost["rule"] for lost in title["lost"]} >= {"meta og:title", "title element"}
    assert published["value"] == "2026-06-08"
    assert published["path"] == "/html/body/main/article/p"
    assert published["excerpt"] == "Published: 8 June 2026"
    assert {lost["rule"] for lost in published["lost"]} == {"url"}
    assert (author["value"], author["rule"]) == ("Press Office", "meta author")
    assert author["path"] == '//meta[@name="author"]'
    assert body["path"] == "/html/body/main/article/div"
    assert body["rule"] == "blocks"
    assert fields["language"]["value"] == "en"
    assert "no rule found one" in run("explain", URL, archive=imported)


RICH = """<!-- saved from https://www.ndrc.gov.cn/xwdt/202606/t20260618_1.html -->
<html lang="zh"><head><meta charset="utf-8"><title>夏粮收购平稳</title>
<meta name="ArticleTitle" content="夏粮收购平稳"><meta name="PubDate" content="2026-06-18 16:00"></head><body>
<div class="article"><div class="article_title">夏粮收购平稳</div>
<div class="ly">发布时间：2026/06/18 来源：经贸司 [ 打印 ]</div>
<div class="article_con"><div class="TRS_Editor"><style>.TRS_Editor P{line-height:2;}</style>
<p>截至六月中旬，主产区累计收购小麦两千余万吨，进度快于常年，价格总体平稳。</p>
<p>各地普遍开通了预约收购，粮车到库后平均等候时间不到一小时，6月10日起售粮款当天结清。</p>
<p><img src="/img/grain.jpg" alt="粮车" width="600"></p></div></div>
<div class="attachment">附件：<a href="./P1.pdf">收购点一览表</a></div></div></body></html>"""


def test_what_stands_beside_the_text_is_explained_too(archive_url: str, tmp_path: Path) -> None:
    (tmp_path / "rich.html").write_text(RICH, "utf-8")
    run("import", str(tmp_path / "rich.html"), archive=archive_url)
    address = "https://www.ndrc.gov.cn/xwdt/202606/t20260618_1.html"

    found = [each for each in records(archive_url, address) if each["what"] == "field"]

    fields = {each["field"]: each for each in found}
    assert fields["published"]["value"] == "2026-06-18T16:00+08:00"
    assert fields["published"]["path"] == '//meta[@name="PubDate"]'
    assert {"value": "2026-06-18T16:00+08:00", "rule": "meta PubDate"} in fields["published"]["lost"]
    assert fields["body"]["rule"] == "platform trs"
    assert fields["body"]["excerpt"].startswith("截至六月中旬")
    assert [lost["rule"] for lost in fields["body"]["lost"]] == ["blocks"]
    assert fields["attachment"]["value"] == "收购点一览表 https://www.ndrc.gov.cn/xwdt/202606/P1.pdf"
    assert fields["attachment"]["path"].endswith("/a")
    assert fields["image"]["path"].endswith("/img")
    assert fields["mention"]["value"] == "6月10日 = 2026-06-10"
    assert "6月10日" in fields["mention"]["excerpt"]
    assert fields["body_kind"]["value"] == "text"


def test_every_line_fits_a_terminal_of_80_columns(
    archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rich.html").write_text(RICH, "utf-8")
    run("import", str(tmp_path / "rich.html"), archive=archive_url)
    monkeypatch.setattr(rendering, "QuietConsole", Terminal)

    shown = run("explain", "https://www.ndrc.gov.cn/xwdt/202606/t20260618_1.html", archive=archive_url)

    assert [line for line in shown.splitlines() if cell_len(line) > 80] == []


def test_removed_lines_decoding_and_evidence_are_told(imported: str) -> None:
    found = records(imported)

    (page,) = (each for each in found if each["what"] == "page")
    assert (page["encoding"], page["encoding_by_page"]) == ("utf-8", "utf-8")
    assert (page["extractor_version"], page["differing"]) == (extractor_version(), [])
    assert page["file"].endswith(".warc.gz")
    assert "[Print] [Close]" in {each["text"] for each in found if each["what"] == "removed"}


def test_a_person_reads_the_same(imported: str) -> None:
    shown = run("explain", URL, archive=imported)

    assert "published: 2026-06-08" in shown
    assert "in /html/body/main/article/h1" in shown
    assert "lost: Harbour opens - Example Government (by title element)" in shown
    assert "[Print] [Close]" in shown


def test_what_is_read_otherwise_today_is_named(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read_whole = provenance.read_whole
    monkeypatch.setattr(
        provenance, "read_whole", lambda *page: replace(read_whole(*page), source="The harbour")
    )

    (page,) = (each for each in records(imported) if each["what"] == "page")

    assert page["differing"] == ["source"]
    assert "today's rules read otherwise: source; `hotnews reextract`" in run(
        "explain", URL, archive=imported
    )


def test_a_withheld_article_is_explained_without_its_page(imported: str) -> None:
    run("withhold", URL, "--reason", "a court asked for it", archive=imported)

    found = records(imported)

    assert found[0]["evidence"] == "it is withheld (a court asked for it)"
    assert {each["what"] for each in found} == {"article", "field"}
    assert "the page cannot be read again: it is withheld" in run("explain", URL, archive=imported)


def test_an_article_whose_evidence_is_gone_says_so(imported: str) -> None:
    with Archive(imported) as archive:
        for file in archive.evidence_root.rglob("*.warc.gz"):
            file.unlink()

    (told, *_) = records(imported)
    assert told["evidence"] != "read again"
    assert ".warc.gz" in told["evidence"]


def test_a_row_that_came_as_fields_and_a_text_dump_are_explained_too(
    archive_url: str, tmp_path: Path
) -> None:
    row = {
        "url": f"{URL}?id=2",
        "title": "Harbour opens",
        "text": "It opened on Monday.",
        "published": "2026-06-08",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    (tmp_path / "dump.txt").write_text("Home>Hot News\nHarbour opens\n\nThe new harbour opened.\n", "utf-8")
    run("import", str(tmp_path / "rows.jsonl"), archive=archive_url)
    run("import", "--url", f"{URL}?id=3", str(tmp_path / "dump.txt"), archive=archive_url)

    fields = records(archive_url, f"{URL}?id=2")
    dump = records(archive_url, f"{URL}?id=3")

    assert fields[0]["evidence"] == "it came as fields, not as a page"
    assert {each["field"]: each["value"] for each in fields if each["what"] == "field"}[
        "published"
    ] == "2026-06-08"
    assert dump[0]["evidence"] == "read again"
    title, body = (next(e for e in dump if e.get("field") == name) for name in ("title", "body"))
    assert (title["value"], title["rule"]) == ("Harbour opens", "line over the text")
    assert body["rule"] == "lines of the text"

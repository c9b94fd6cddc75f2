"""Rows as other tools write them: under their own names, in their own wrapping, in any encoding."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

URL = "https://www.harbour.example/news/1.html"
TEXT = "\n".join(PARAGRAPHS)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
DAY = "2024-05-05"
OURS = {"url": URL, "title": TITLE, "text": TEXT, "published": DAY}
BY_TOOL: dict[str, Any] = {
    "news-please": {
        "authors": ["Jane Doe"],
        "date_download": "2024-05-06 08:00:00",
        "date_publish": "2024-05-05 10:00:00",
        "maintext": TEXT,
        "text": None,
        "title": TITLE,
        "title_page": None,
        "url": URL,
    },
    "newspaper": {
        "url": URL,
        "title": TITLE,
        "text": "\n\n".join(PARAGRAPHS),
        "authors": ["Jane Doe"],
        "publish_date": f"{DAY}T00:00:00",
        "keywords": ["harbour"],
    },
    "trafilatura": {
        "title": TITLE,
        "author": "Jane Doe",
        "hostname": "harbour.example",
        "date": DAY,
        "raw_text": " ".join(PARAGRAPHS),
        "text": TEXT,
        "source": URL,
        "source-hostname": "Harbour Gazette",
    },
    "Scrapy's item loaders": {
        "url": [URL],
        "title": [TITLE],
        "text": list(PARAGRAPHS),
        "date": [DAY],
        "author": ["Jane Doe"],
    },
    "a spider's own names": {
        "link": URL,
        "Headline": TITLE,
        "content": TEXT,
        "pub-date": "5 May 2024",
        "byline": "Jane Doe",
    },
    "Fundus": {
        "title": TITLE,
        "authors": ["Jane Doe"],
        "publishing_date": f"{DAY} 10:00:00",
        "plaintext": TEXT,
        "body": {"summary": [], "sections": []},
        "html": {"requested_url": URL},
    },
    "a reader mode": {
        "url": URL,
        "title": TITLE,
        "byline": "Jane Doe",
        "publishedTime": DAY,
        "content": f"<div id='readability-page-1'>{MARKUP}</div>",
        "textContent": TEXT,
    },
    "schema.org": {
        "@type": "NewsArticle",
        "@id": URL,
        "headline": TITLE,
        "articleBody": TEXT,
        "datePublished": DAY,
        "author": {"@type": "Person", "name": "Jane Doe"},
    },
    "WordPress": [
        {
            "id": 7,
            "date": f"{DAY}T10:00:00",
            "link": URL,
            "title": {"rendered": TITLE},
            "content": {"rendered": MARKUP, "protected": False},
            "byline": "Jane Doe",
        }
    ],
    "JSON Feed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour",
        "items": [
            {
                "id": URL,
                "title": TITLE,
                "content_html": MARKUP,
                "date_published": DAY,
                "authors": [{"name": "Jane Doe"}],
            }
        ],
    },
    "a search engine": {
        "took": 3,
        "hits": {"total": 1, "hits": [{"_id": "7", "_source": {**OURS, "author": "Jane Doe"}}]},
    },
}


@pytest.mark.parametrize("tool", BY_TOOL)
@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows.jl"])
def test_a_row_of_another_tool_is_the_article_that_it_holds(
    do_import: Import, rows: Rows, tmp_path: Path, tool: str, name: str
) -> None:
    (tmp_path / name).write_text(json.dumps(BY_TOOL[tool]), "utf-8")

    result = do_import(tmp_path / name)

    (row,) = rows()
    assert result.exit_code == 0, result.stderr
    assert (row["url"], row["title"], row["body"]) == (URL, TITLE, TEXT)
    assert str(row["published"]).startswith(DAY)
    assert row["author"] == "Jane Doe"
    assert row["source"] == ("Harbour Gazette" if tool == "trafilatura" else None)


def test_markup_in_a_text_is_read_and_its_table_stands_apart(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    table = "<table><tr><th>Day</th><th>Ships</th></tr><tr><td>Monday</td><td>12</td></tr></table>"
    row = {**OURS, "title": "Ships &amp; <em>tides</em>", "text": f"<div>{MARKUP}</div>{table}"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")

    do_import(tmp_path / "rows.jsonl")

    (found,) = rows()
    assert (found["title"], found["body"]) == ("Ships & tides", TEXT)
    assert [[list(cells) for cells in table] for table in found["tables"]] == [
        [["Day", "Ships"], ["Monday", "12"]]
    ]


def test_a_page_in_place_of_a_text_is_read_as_the_page_that_it_is(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    page = f"<!DOCTYPE html><html><body><nav>Home &gt; News</nav><h1>{TITLE}</h1>{MARKUP}</body></html>"
    (tmp_path / "rows.jsonl").write_text(json.dumps({"url": URL, "content": page}), "utf-8")

    do_import(tmp_path / "rows.jsonl")

    assert [(row["title"], row["body"]) for row in rows()] == [(TITLE, TEXT)]


def test_what_an_export_says_of_markup_stays_as_it_is(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    text = "The office explains on its page why <br> and &amp; stand in texts of the old system."
    row = {**OURS, "text": text, "published_from": "label Published"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")

    do_import(tmp_path / "rows.jsonl")

    assert [row["body"] for row in rows()] == [text]


def test_the_beginning_of_a_text_alone_is_no_article(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({**OURS, "text": f"{TEXT[:90]}… [+1234 chars]"}), "utf-8")

    result = do_import(tmp_path / "rows.jsonl")

    assert (result.exit_code, rows()) == (3, [])
    assert "rows.jsonl:1: the text was cut by whoever gave it" in result.stderr


@pytest.mark.parametrize(
    ("text", "imported", "problems"),
    [
        (f"[{json.dumps(OURS)}][{json.dumps(OURS | {'url': f'{URL}?2'})}]", 2, 0),  # a feed written twice
        (f"{json.dumps(OURS)}\n{json.dumps(OURS | {'url': f'{URL}?2'})}\n", 2, 0),
        (json.dumps([OURS], indent=2), 1, 0),
        (f"[\n{json.dumps(OURS)},\n{json.dumps(OURS)[:60]}", 1, 1),  # of a crawl that was killed
        (f"[\n{json.dumps(OURS)},\n", 1, 1),
        (f"[\n{{broken,\n{json.dumps(OURS)}\n]", 1, 1),
        (json.dumps([OURS]).replace("\\n", "\n"), 1, 0),
    ],
)
@pytest.mark.parametrize("name", ["feed.json", "feed.jsonl"])
def test_each_row_of_a_json_file_is_read_and_what_is_none_is_counted(
    do_import: Import, rows: Rows, tmp_path: Path, text: str, imported: int, problems: int, name: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")

    result = do_import(tmp_path / name)

    assert len(rows()) == imported
    assert (result.exit_code, f"{problems} unreadable" in result.stderr) == (3 * problems, problems > 0)


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress, zstd.compress, bytes])
@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst", ""])
def test_compression_is_told_by_the_content_whatever_the_name_says(
    do_import: Import, rows: Rows, tmp_path: Path, compress: Callable[[bytes], bytes], suffix: str
) -> None:
    path = tmp_path / f"rows.jsonl{suffix}"
    path.write_bytes(compress(json.dumps(OURS).encode()))

    result = do_import(path)

    assert (result.exit_code, [row["title"] for row in rows()]) == (0, [TITLE]), result.stderr


def test_the_rows_before_the_end_of_a_file_that_was_cut_are_imported_and_the_place_is_told(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    lines = "".join(f"{json.dumps(OURS | {'url': f'{URL}?{number}'})}\n" for number in range(50))
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-30])

    result = do_import(path)

    assert result.exit_code == 3
    assert len(rows()) >= 40
    assert f"{path}: damaged or cut off behind row {len(rows())} (" in result.stderr
    assert "get the file again and import it again" in result.stderr


def test_each_line_may_have_an_encoding_of_its_own(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    said = {
        "utf-8": "Café am Hafen",
        "cp1252": "Über den Hafen",
        "gb18030": "东海市启动老旧小区加装电梯三年行动",
    }
    lines = [
        json.dumps({**OURS, "url": f"{URL}?{codec}", "title": title}, ensure_ascii=False).encode(codec)
        for codec, title in said.items()
    ]
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join(lines))

    result = do_import(tmp_path / "rows.jsonl")

    assert result.exit_code == 0, result.stderr
    assert {row["title"] for row in rows()} == set(said.values())


XML = {
    "trafilatura": f'<doc title="{TITLE}" author="Jane Doe" date="{DAY}" source="{URL}">\n<main>'
    f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></main><comments/></doc>",
    "Scrapy": f"<items><item><url>{URL}</url><title>{TITLE}</title><author><value>Jane Doe</value></author>"
    f"<text><value>{PARAGRAPHS[0]}</value><value>{PARAGRAPHS[1]}</value></text><date>{DAY}</date></item></items>",
    "a feed": '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title>'
    f"<item><title>{TITLE}</title><link>{URL}</link><dc:creator>Jane Doe</dc:creator>"
    f"<pubDate>Sun, 05 May 2024 10:00:00 +0200</pubDate><description>The office opened.</description>"
    f"<content:encoded><![CDATA[{MARKUP}]]></content:encoded></item></channel></rss>",
}


@pytest.mark.parametrize("tool", XML)
def test_rows_in_xml_are_read(do_import: Import, rows: Rows, tmp_path: Path, tool: str) -> None:
    (tmp_path / "rows.xml").write_text(f"<?xml version='1.0' encoding='utf-8'?>\n{XML[tool]}", "utf-8")

    result = do_import(tmp_path / "rows.xml")

    (row,) = rows()
    assert result.exit_code == 0, result.stderr
    assert (row["url"], row["title"], row["body"], row["author"]) == (URL, TITLE, TEXT, "Jane Doe")
    assert str(row["published"]).startswith(DAY)


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (
            "<sitemap><loc>https://www.harbour.example/</loc></sitemap>",
            "no item, entry or doc in this XML file",
        ),
        (f"{XML['Scrapy'][:-8]}<item>", "damaged or cut off behind row 1"),
        ("<rss><item><title>T</title><description>Only that.</description></item></rss>", "a row needs text"),
    ],
)
def test_xml_without_an_article_says_what_it_lacks(
    do_import: Import, tmp_path: Path, xml: str, says: str
) -> None:
    (tmp_path / "rows.xml").write_text(xml, "utf-8")

    result = do_import(tmp_path / "rows.xml")

    assert (result.exit_code, says in result.stderr) == (3, True), result.stderr


def test_a_list_of_nothing_but_mistakes_is_given_up_after_a_thousand(
    do_import: Import, tmp_path: Path
) -> None:
    (tmp_path / "rows.json").write_text("[\n" + '{"a":[\n' * 3_000, "utf-8")

    result = do_import(tmp_path / "rows.json")

    assert (result.exit_code, "1000 unreadable" in result.stderr) == (3, True)
    assert "nothing behind it could be read" in result.stderr

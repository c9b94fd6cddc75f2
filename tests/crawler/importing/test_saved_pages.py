"""Pages as browsers, SingleFile, HTTrack and the Wayback Machine save them, and WARC files in WACZ."""

from __future__ import annotations

import gzip
import quopri
from base64 import encodebytes
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from storage.verdicts import Verdict
from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows
from tests.crawler.importing.test_warc import warc_record

URL = "https://www.harbour.example.gov/news/1.html"
CHINESE = "市政府召开常务会议"
TEXT = "5月13日,市长李明主持召开市政府常务会议,研究部署安全生产工作,审议通过三项议题,要求压实责任。"
ARCHIVED = "2026-03-04T09:00:00"


def markup(head: str = "", *, note: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"<!DOCTYPE html><html>{note}<head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"


def mhtml(page: bytes, *, encoding: str, encode: Callable[[bytes], bytes], charset: str = "utf-8") -> bytes:
    """Return *page* wrapped as browsers do, behind the page of a frame that it shows."""
    frame = encode(b"<html><body><p>Weather: 12 degrees, a little wind from the west.</p></body></html>")
    parts = (
        ("Content-ID: <frame@blink>\r\nContent-Location: https://www.weather.example/now", frame),
        (f"Content-ID: <page@blink>\r\nContent-Location: {URL}", encode(page)),
    )
    header = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL + "\r\nSubject: news\r\n"
        "Date: Wed, 4 Mar 2026 09:00:00 GMT\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; start="<page@blink>"; boundary="----b"\r\n\r\n'
    )
    return (
        header.encode()
        + b"".join(
            f"------b\r\nContent-Type: text/html; charset={charset}\r\n"
            f"Content-Transfer-Encoding: {encoding}\r\n{named}\r\n\r\n".encode()
            + part
            + b"\r\n"
            for named, part in parts
        )
        + b"------b--\r\n"
    )


@pytest.mark.parametrize(
    ("encoding", "encode"), [("quoted-printable", quopri.encodestring), ("base64", encodebytes)]
)
@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "saved-page"])
def test_the_page_that_a_browser_wrapped_is_read_with_its_address_and_time(
    do_import: Import,
    rows: Rows,
    tmp_path: Path,
    encoding: str,
    encode: Callable[[bytes], bytes],
    name: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(mhtml(markup().encode(), encoding=encoding, encode=encode))

    do_import(path)

    (row,) = rows()
    assert (row["url"], row["title"], row["body"]) == (URL, TITLE, "\n".join(PARAGRAPHS))
    assert row["first_seen"].startswith(ARCHIVED)


def test_a_wrapped_page_whose_date_cannot_be_is_read(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    page = mhtml(markup().encode(), encoding="base64", encode=encodebytes)
    path = tmp_path / "page.mhtml"
    path.write_bytes(page.replace(b"Date: Wed, 4 Mar 2026", b"Date: Wed, 4 Mar 99999999999"))

    do_import(path)

    assert [(row["url"], row["title"]) for row in rows()] == [(URL, TITLE)]


def test_a_wrapped_page_is_read_in_the_encoding_that_its_part_names(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    page = f"<html><body><h1>{CHINESE}</h1><p>{TEXT}</p></body></html>".encode("gbk")
    path = tmp_path / "page.mhtml"
    path.write_bytes(mhtml(page, encoding="base64", encode=encodebytes, charset="gbk"))

    do_import(path)

    assert [(row["title"], row["body"]) for row in rows()] == [(CHINESE, TEXT)]


@pytest.mark.parametrize(
    "payload", [b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", b" ", b"\0"]
)
def test_a_wrapped_page_without_a_page_is_unreadable(
    do_import: Import, tmp_path: Path, payload: bytes
) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(payload)

    result = do_import(path)

    assert "no page in this MHTML file" in result.output
    assert result.exit_code == Verdict.INCOMPLETE.exit_code


@pytest.mark.parametrize(
    "note",
    [
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Wed Mar 04 2026 10:00:00 GMT+0100"
        " (Central European Standard Time)\n-->",
        "<!-- Mirrored from www.harbour.example.gov/news/1.html by HTTrack Website Copier/3.x [XR&CO'2014],"
        " Wed, 04 Mar 2026 09:00:00 GMT -->",
    ],
)
def test_the_note_of_whoever_saved_a_page_tells_its_address_and_time(
    do_import: Import, rows: Rows, tmp_path: Path, note: str
) -> None:
    (tmp_path / "page.html").write_text(markup(note=note), encoding="utf-8")

    do_import(tmp_path / "page.html")

    (row,) = rows()
    assert row["url"].partition("://")[2] == URL.partition("://")[2]
    assert row["first_seen"].startswith(ARCHIVED)


@pytest.mark.parametrize(
    ("canonical", "saved", "expected"),
    [
        (URL, f"{URL}?from=timeline", URL),
        ("https://www.harbour.example.gov/", URL, URL),  # one for the whole site
        (URL, URL.replace("1.html", "1_2.html"), URL.replace("1.html", "1_2.html")),  # of the first part
        ("", f"https://web.archive.org/web/20260304090000/{URL}", URL),
    ],
)
def test_the_canonical_address_goes_before_a_note_if_it_can_be_the_pages_own(
    do_import: Import, rows: Rows, tmp_path: Path, canonical: str, saved: str, expected: str
) -> None:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    note = f"<!-- saved from url=({len(saved):04}){saved} -->" if saved else ""
    (tmp_path / "page.html").write_text(markup(link, note=note), encoding="utf-8")

    do_import(tmp_path / "page.html")

    assert [row["url"] for row in rows()] == [expected]


def test_the_warc_files_of_a_wacz_file_are_read(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    response = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"
    with ZipFile(tmp_path / "crawl.wacz", "w") as package:
        for name in ("a", "b"):
            record = gzip.compress(warc_record(f"{name}.html", response, markup().encode()))
            package.writestr(f"archive/{name}.warc.gz", record)
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')

    do_import(tmp_path)

    assert {row["url"].rpartition("/")[2] for row in rows()} == {"a.html", "b.html"}


@pytest.mark.parametrize("cut", [40, 400])
def test_a_damaged_wacz_file_is_unreadable(do_import: Import, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "crawl.wacz"
    with ZipFile(path, "w") as package:
        package.writestr("archive/a.warc.gz", gzip.compress(warc_record("a.html", "HTTP/1.1 200 OK", b"<p>")))
    path.write_bytes(path.read_bytes()[:-cut])

    result = do_import(path)

    assert "1 unreadable" in result.output
    assert result.exit_code == Verdict.INCOMPLETE.exit_code


def test_a_copy_in_the_wayback_machine_is_read_as_the_site_published_it(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    copy = f"https://web.archive.org/web/20260304090000/{URL}"
    toolbar = (
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div><p>Web crawl data of an organisation that crawls the web"
        " and freely provides its archives to the public.</p></div><!-- END WAYBACK TOOLBAR INSERT -->"
    )
    file = '<p><a href="/web/20260304090000/https://www.harbour.example.gov/hours.pdf">Opening hours</a></p>'
    link = f'<link rel="canonical" href="{copy}">'
    page = markup(link).replace("<body>", f"<body>{toolbar}").replace("</body>", f"{file}</body>")
    (tmp_path / "page.html").write_text(f"<!-- saved from url=(0080){copy} -->{page}", encoding="utf-8")

    do_import(tmp_path / "page.html")

    (row,) = rows()
    assert (row["url"], row["body"]) == (URL, "\n".join(PARAGRAPHS))
    assert [each["url"] for each in row["attachments"]] == ["https://www.harbour.example.gov/hours.pdf"]
    assert row["first_seen"].startswith(ARCHIVED)


def test_saved_pages_and_dumps_in_a_zip_file_are_read(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "pages.zip", "w") as folder:
        folder.writestr("2026/a.html", markup(f'<link rel="canonical" href="{URL}">'))
        folder.writestr("2026/seal.png", b"\x89PNG")
        folder.writestr("b.txt", "\n\n".join((CHINESE, TEXT)))
        folder.writestr("c.mhtml", "no message")

    result = do_import(tmp_path / "pages.zip")

    assert {row["title"] for row in rows()} == {TITLE, CHINESE}
    assert "pages.zip:c.mhtml: no page in this MHTML file" in result.output


@pytest.mark.parametrize("name", ["pages.zip", "crawl.wacz"])
def test_a_zip_file_with_nothing_to_read_is_no_success(do_import: Import, tmp_path: Path, name: str) -> None:
    with ZipFile(tmp_path / name, "w") as folder:
        folder.writestr("seal.png", b"\x89PNG")

    result = do_import(tmp_path / name)

    assert "1 unreadable" in result.output
    assert result.exit_code == Verdict.INCOMPLETE.exit_code


def test_a_text_that_shows_the_header_of_a_message_is_a_text(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    header = "MIME-Version: 1.0", "Content-Type: multipart/related"
    (tmp_path / "a.txt").write_text("\n\n".join((CHINESE, TEXT, *header)), encoding="utf-8")

    do_import(tmp_path / "a.txt")

    assert [row["title"] for row in rows()] == [CHINESE]


def test_the_frames_that_a_browser_saved_beside_a_page_are_no_pages(
    do_import: Import, tmp_path: Path
) -> None:
    frame = f"<html><body><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p></body></html>"
    for folder in ("page_files", "other_files"):
        (tmp_path / "saved" / folder).mkdir(parents=True)
        (tmp_path / "saved" / folder / "saved_resource.html").write_text(frame.replace("first", folder))
    (tmp_path / "saved" / "page.html").write_text(frame)

    result = do_import(tmp_path / "saved")

    assert "2 documents" in result.stderr


@pytest.mark.parametrize("payload", [bytes(range(256)) * 20, b"\x1f\x8b\x08\x00\x01\x02\x03\x04" * 50])
def test_a_text_file_of_other_bytes_is_no_article(do_import: Import, tmp_path: Path, payload: bytes) -> None:
    path = tmp_path / "dump.txt"
    path.write_bytes(payload)

    assert "rejected (not-html)" in do_import(path).stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030", "utf-8-sig"])
def test_a_text_is_one_in_any_encoding(do_import: Import, rows: Rows, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_bytes("\r\n\r\n".join((TITLE, *PARAGRAPHS)).encode(encoding))

    do_import(path)

    assert [row["title"] for row in rows()] == [TITLE]

"""WARC files of other tools are read as their pages were shown."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from storage.verdicts import Verdict
from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import


def warc_record(name: str, http: str, payload: bytes) -> bytes:
    block = http.replace("\n", "\r\n").encode() + b"\r\n\r\n" + payload
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
            f"WARC-Date: 2026-05-06T08:00:00Z\r\nWARC-Target-URI: https://www.harbour.example.gov/{name}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


@pytest.mark.parametrize("stored", [bytes, gzip.compress])
def test_the_warc_file_of_another_tool_is_read_as_its_pages_were_shown(
    do_import: Import,
    rows: Callable[[], list[dict[str, Any]]],
    tmp_path: Path,
    stored: Callable[[bytes], bytes],
) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><body><h1>{TITLE}</h1>{body}</body></html>".encode()
    sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page[:90], page[90:])) + b"0\r\n\r\n"
    chunked = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nTransfer-Encoding: chunked"
    records = (
        warc_record("transferred.html", chunked, sent),
        warc_record("torn.html", chunked, sent[:120]),
        warc_record("old.html", "HTTP/1.1 301 Moved\nLocation: /transferred.html", b""),
        warc_record("seal.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG"),
    )
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(map(stored, records)))

    result = do_import(path)

    (row,) = rows()
    assert (row["title"], row["body"]) == (TITLE, "\n".join(PARAGRAPHS))
    assert "torn: its last chunk is missing" in result.output
    assert "2 documents: 1 moved, 1 new, 1 unreadable" in result.output
    assert result.exit_code == Verdict.INCOMPLETE.exit_code


def test_a_warc_file_that_is_cut_or_odd_loses_no_other_record_and_no_half_page_is_archived(
    do_import: Import, rows: Callable[[], list[dict[str, Any]]], tmp_path: Path
) -> None:
    page = f"<html><body><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>".encode()
    html, untyped = "HTTP/1.1 200 OK\nContent-Type: text/html", "HTTP/1.1 200 OK\nServer: any"
    marked = warc_record("marked.html", html, page)
    records = (
        warc_record("none.html", "", b""),
        warc_record("bracket.html", html, page).replace(b"https://www", b"https://["),
        marked.replace(b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date"),
        warc_record("short.html", f"{html}\nContent-Length: {len(page) + 9}", page),
        warc_record("untyped.html", untyped, page),
        warc_record("end.html", html, page)[:-40],
    )
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(records))

    result = do_import(path)

    (row,) = rows()
    assert row["url"].endswith("untyped.html")
    assert (result.exit_code, result.stderr.count("torn")) == (3, 3), result.stderr
    assert "is no URL" in result.stderr
    assert "the record holds no HTTP response" in result.stderr

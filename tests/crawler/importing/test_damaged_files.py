"""Web archives that are cut off, damaged or of older forms: what is whole is imported, the rest is named."""

from __future__ import annotations

import gzip
import json
import plistlib
import sys
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_STORED, ZipFile

import pytest

from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SITE = "https://www.harbour.example/"
PAGE = f"<html><body><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>".encode()
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def record(name: str, block: bytes = HTTP + PAGE, kind: str = "response", **headers: str) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        "WARC-Date": "2026-05-06T08:00:00Z",
        "WARC-Target-URI": name if ":" in name else SITE + name,
        "Content-Type": "application/http" if kind in ("response", "revisit") else "text/html",
        "Content-Length": str(len(block)),
        **{f"WARC-{header.replace('_', '-')}": value for header, value in headers.items()},
    }
    head = "".join(f"{header}: {value}\r\n" for header, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def packed(records: list[bytes]) -> list[bytes]:
    return [gzip.compress(each) for each in records]


FOUR = [record(f"{number}.html") for number in range(4)]


def joined(pieces: list[bytes]) -> bytes:
    return b"".join(pieces)


@pytest.mark.parametrize("form", [list, packed])
@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (lambda pieces: [pieces[0], b"\0" * 10 + pieces[1][10:], *pieces[2:]], {0, 2, 3}),
        (lambda pieces: [pieces[0], pieces[1][:90], *pieces[2:]], {0, 2, 3}),  # what a full disk left
        (lambda pieces: [pieces[0], b"\r\nrubbish\r\n", *pieces[1:]], {0, 1, 2, 3}),
        (lambda pieces: [*pieces[:3], pieces[3][:150]], {0, 1, 2}),
        (lambda pieces: [*pieces, b"\0" * 3_000], {0, 1, 2, 3}),
    ],
    ids=["overwritten", "cut amid", "rubbish between", "cut at the end", "filled up"],
)
def test_behind_a_damaged_record_reading_goes_on(
    do_import: Import,
    rows: Rows,
    tmp_path: Path,
    form: Callable[[list[bytes]], list[bytes]],
    damage: Callable[[list[bytes]], list[bytes]],
    left: set[int],
) -> None:
    (tmp_path / "crawl.warc").write_bytes(joined(damage(form(FOUR))))

    result = do_import(tmp_path / "crawl.warc")

    assert {row["url"] for row in rows()} == {f"{SITE}{number}.html" for number in left}
    assert {row["body"] for row in rows()} == {"\n".join(PARAGRAPHS)}
    assert (result.exit_code, "1 unreadable" in result.stderr) == (3, True), result.stderr


def test_a_record_that_is_longer_than_it_says_takes_no_other_with_it(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    wrong = FOUR[1].replace(b"Content-Length: ", b"Content-Length: 9")
    (tmp_path / "crawl.warc").write_bytes(joined([FOUR[0], wrong, *FOUR[2:]]))

    result = do_import(tmp_path / "crawl.warc")

    assert {row["url"] for row in rows()} == {f"{SITE}{number}.html" for number in (0, 2, 3)}
    assert (result.exit_code, result.stderr.count("torn")) == (3, 1), result.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("crawl.warc", PAGE, "no WARC file"),
        ("crawl.warc.gz", gzip.compress(PAGE), "no WARC file"),
        ("crawl.warc", b"", "the file is empty"),
        ("page.html", b"", "the file is empty"),
        ("rows.jsonl", b"", "the file is empty"),
        ("rows.jsonl.gz", b"\x1f\x8b\x08\0broken", "get the file again"),
        ("rows.jsonl.gz", b"\x1f\x8b\x08\0" + b"\x07" * 90, "damaged from its beginning on"),
        ("crawl.wacz", b"PK\x03\x04 and no more", "or only the beginning of one; get the file again"),
        ("index.cdx", b" CDX N b a m s k r M S V g\n", "but an index of WARC files; import those"),
        ("old.db", b"SQLite format 3\0\0\0", "import what `hotnews export` writes"),
        (
            "crawl.arc",
            b"filedesc://a.arc 0.0.0.0 20090506080000 text/plain 3\n1 0\nnone",
            "no record of an ARC",
        ),
    ],
)
def test_a_file_that_is_none_says_what_to_do_and_ends_with_3(
    do_import: Import, rows: Rows, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)

    result = do_import(tmp_path / name)

    assert (result.exit_code, rows()) == (3, [])
    assert f"{tmp_path / name}: " in result.stderr
    assert says in result.stderr, result.stderr


@pytest.mark.parametrize("name", ["crawl.warc.gz.open", "crawl.warc.gz.tmp", "crawl", "crawl.warc.zst"])
def test_a_warc_file_is_one_whatever_it_is_called(
    do_import: Import, rows: Rows, tmp_path: Path, name: str
) -> None:
    compress = zstd.compress if name.endswith(".zst") else gzip.compress
    (tmp_path / name).write_bytes(joined([compress(each) for each in FOUR]))

    result = do_import(tmp_path / name)

    assert (result.exit_code, len(rows())) == (0, 4), result.stderr


def test_a_page_that_another_address_had_first_is_archived_at_both(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    digest = f"sha1:{sha1(PAGE).hexdigest()}"
    records = [
        record("first.html", Payload_Digest=digest),
        record(
            "second.html", HTTP, "revisit", Payload_Digest=digest, Refers_To_Target_URI=f"{SITE}first.html"
        ),
        record(
            "third.html", HTTP, "revisit", Payload_Digest="sha1:0", Refers_To_Target_URI=f"{SITE}zeroth.html"
        ),
        record("first.html", HTTP, "revisit", Payload_Digest=digest),
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(joined(packed(records)))

    result = do_import(tmp_path / "crawl.warc.gz")

    assert {row["url"] for row in rows()} == {f"{SITE}first.html", f"{SITE}second.html"}
    assert f"{SITE}third.html had the page of {SITE}zeroth.html, which another file holds" in result.stderr
    assert result.exit_code == 3


def test_what_browsertrix_notes_about_a_page_is_no_page_and_a_file_of_a_disk_is_one(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    records = [
        record(f"urn:pageinfo:{SITE}", b"{}", "resource"),
        record(f"urn:text:{SITE}", PAGE, "resource"),
        record("dns:www.harbour.example", b"192.0.2.1", "response"),
        record("file:///home/reader/page.html", PAGE, "resource"),
    ]
    (tmp_path / "crawl.warc").write_bytes(joined(records))

    result = do_import(tmp_path / "crawl.warc")

    (row,) = rows()
    assert (result.exit_code, row["title"]) == (0, TITLE), result.stderr
    assert row["url"].startswith("urn:sha256:")


def test_the_texts_that_common_crawl_keeps_are_read_as_dumps(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    text = "\n".join(("Home > News", TITLE, *PARAGRAPHS)).encode()
    converted = record("1.html", text, "conversion").replace(b"text/html", b"text/plain")
    (tmp_path / "crawl.warc.wet.gz").write_bytes(gzip.compress(converted))

    do_import(tmp_path / "crawl.warc.wet.gz")

    assert [(row["url"], row["title"], row["body"]) for row in rows()] == [
        (f"{SITE}1.html", TITLE, "\n".join(PARAGRAPHS))
    ]


def arc_record(name: str, block: bytes = HTTP + PAGE) -> bytes:
    return f"{SITE}{name} 192.0.2.1 20090506080000 text/html {len(block)}\n".encode() + block + b"\n"


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_arc_files_are_read(
    do_import: Import, rows: Rows, tmp_path: Path, compress: Callable[[bytes], bytes]
) -> None:
    about = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20090506080000 text/plain %d\n" % len(about) + about + b"\n"
    moved = b"HTTP/1.1 301 Moved\r\nLocation: /1.html\r\n\r\n"
    records = [
        head,
        arc_record("1.html"),
        arc_record("old.html", moved),
        arc_record("2.html"),
        arc_record("3.html"),
    ]
    (tmp_path / "a.arc").write_bytes(
        joined([compress(each) for each in records])[: -60 if compress is bytes else None]
    )

    result = do_import(tmp_path / "a.arc")

    numbers = (1, 2) if compress is bytes else (1, 2, 3)
    assert {row["url"] for row in rows()} == {f"{SITE}{number}.html" for number in numbers}
    assert {row["first_seen"][:10] for row in rows()} == {"2009-05-06"}
    assert ("bytes are there" in result.stderr, "1 moved" in result.stderr) == (compress is bytes, True)


def test_a_web_archive_of_safari_is_its_page(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    main = {
        "WebResourceData": PAGE,
        "WebResourceURL": f"{SITE}1.html",
        "WebResourceTextEncodingName": "UTF-8",
    }
    (tmp_path / "page.webarchive").write_bytes(
        plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    )

    do_import(tmp_path)

    assert [(row["url"], row["title"]) for row in rows()] == [(f"{SITE}1.html", TITLE)]


@pytest.mark.parametrize("payload", [b"bplist00", b"bplist00" + b"\xff" * 90, plistlib.dumps({"a": 1})])
def test_a_web_archive_without_a_page_is_unreadable(
    do_import: Import, tmp_path: Path, payload: bytes
) -> None:
    (tmp_path / "page.webarchive").write_bytes(payload)

    result = do_import(tmp_path / "page.webarchive")

    assert (result.exit_code, "no page in this web archive" in result.stderr) == (3, True)


def test_half_of_a_page_in_mhtml_is_not_archived(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {SITE}1.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n------B\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Location: {SITE}1.html\r\n\r\n"
    ).encode()
    (tmp_path / "half.mhtml").write_bytes(head + PAGE[:200])
    (tmp_path / "whole.mhtml").write_bytes(head + PAGE + b"\r\n------B--\r\n")

    result = do_import(tmp_path)

    assert len(rows()) == 1
    assert "half.mhtml: the MHTML file ends within its page; save it again" in result.stderr
    assert result.exit_code == 3


def test_a_zip_file_may_hold_documents_of_every_kind_and_a_damaged_one_among_them(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    row = {"url": f"{SITE}row", "title": TITLE, "text": "\n".join(PARAGRAPHS)}
    with ZipFile(path, "w", ZIP_STORED) as folder:
        folder.writestr("__MACOSX/._page.html", b"\0\5\x16\7")
        folder.writestr("a.html", PAGE.replace(b"Second", b"Third"))
        folder.writestr("crawl/crawl.warc.gz", joined(packed(FOUR)))
        folder.writestr("page.html", PAGE)
        folder.writestr("rows.jsonl", json.dumps(row))
    path.write_bytes(path.read_bytes().replace(b"Third", b"Fifth"))  # its checksum is another one now

    result = do_import(path)

    assert {row["url"] for row in rows() if row["url"].startswith("http")} == {
        f"{SITE}row",
        *(f"{SITE}{number}.html" for number in range(4)),
    }
    assert len(rows()) == 6
    assert f"{path}:a.html: Bad CRC-32" in result.stderr
    assert result.exit_code == 3


def test_pages_of_a_mirror_are_found_whatever_their_names_are(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir()
    for name in ("show.php?id=7", "7.aspx", "article"):
        (folder / name).write_bytes(PAGE.replace(b"Second", name.encode()))
    for name in ("style.css", "seal.png", "._article.html", "table.csv"):
        (folder / name).write_bytes(b"\0")
    (folder / "a.html").write_bytes(b"<!-- note --><!DOCTYPE html>" + PAGE)
    (folder / "a-Dateien").mkdir()
    (folder / "a-Dateien" / "frame.html").write_bytes(PAGE)

    result = do_import(folder)

    assert len(rows()) == 4
    assert (
        "3 files are left out: 1 .png, 1 .css, 1 .csv (a file that is named is read in any case)"
        in result.stderr
    )
    assert result.exit_code == 0

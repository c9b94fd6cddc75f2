"""What can be imported: saved pages, text dumps, WARC files and rows, read one document at a time."""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.importing.packages import DESCRIPTOR, PackageDamaged, package_rows, table_rows
from crawler.importing.payloads import TornPayload, page_in
from crawler.importing.saved_pages import MHTML_SUFFIXES, is_mhtml, saved_at, unwrapped
from crawler.network.addresses import address_in_header, is_well_formed
from crawler.reading import TEXT_TYPE
from pipelines.normalise import CLOCK_SKEW
from storage.safe_text import harmless

HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
ROWS_SUFFIXES = frozenset({".jsonl", ".ndjson"})
WARC_SUFFIXES = frozenset({".warc"})
WACZ_SUFFIXES = frozenset({".wacz"})  # WARC files in a ZIP file, with indexes for replay
PACKAGE_SUFFIXES = frozenset({".zip"})
TABLE_SUFFIXES = frozenset({".csv", ".parquet"})  # these and .json where they are named: folders hold others
JSON_SUFFIXES = frozenset({".json"})  # as `scrapy crawl -o items.json` writes them
PAGE_SUFFIXES = HTML_SUFFIXES | MHTML_SUFFIXES | TEXT_SUFFIXES  # of files with one document each
SUFFIXES = PAGE_SUFFIXES | ROWS_SUFFIXES | WARC_SUFFIXES | WACZ_SUFFIXES
LOOKS_LIKE_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml|%@)", re.IGNORECASE
)
HTML_TYPE, JSON_TYPE = "text/html", "application/json"  # of what is kept as evidence
HTML_TYPES = ("text/html", "application/xhtml")
UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # its LE begins as that of 16
TEXTS_OF_A_ROW = ("text", "body", "withheld")  # the last: why there is none
LARGEST_DOCUMENT = 50 * 1024 * 1024
FIRST_FETCH = datetime(1991, 8, 6, tzinfo=UTC)  # the first web page


class UnreadableDocument(Exception):
    """A document, or a whole file, that cannot be read as what its name says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document to import; exactly one of *html*, *dump* and *row* is there."""

    origin: str  # for messages: file, or file and record
    html: bytes | None = None
    dump: bytes | None = None
    row: dict[str, Any] | None = None
    url: str | None = None
    site: str | None = None
    section: str | None = None
    listed_section: str | None = None  # that lists the page, as the archive knows
    status: int = 200
    location: str | None = None
    http_charset: str | None = None
    fetched_at: datetime | None = None

    @property
    def payload(self) -> bytes:
        """Return the bytes the document is known by."""
        if self.row is not None:
            return json.dumps(self.row, ensure_ascii=True, sort_keys=True).encode()
        return self.html if self.html is not None else self.dump or b""

    @property
    def media_type(self) -> str:
        """Return what the payload is, with the encoding that somebody told."""
        if self.row is not None:
            return JSON_TYPE
        charset = f"; charset={self.http_charset}" if self.http_charset else ""
        return (HTML_TYPE if self.html is not None else TEXT_TYPE) + charset

    @property
    def urn(self) -> str:
        """Return the name of a document of which no URL is known."""
        return f"urn:sha256:{sha256(self.payload).hexdigest()}"


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to import, folders searched in order of the names; a named file always counts."""
    for path in paths:
        if (path / DESCRIPTOR).is_file():
            yield path / DESCRIPTOR
        elif path.is_dir():
            yield from (
                file for file in sorted(path.rglob("*")) if file.is_file() and suffix_of(file) in SUFFIXES
            )
        else:
            yield path


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind of a file, `.gz` taken off."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def read_documents(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield what *path* holds; what cannot be read is yielded as the error that says so.

    :raises UnreadableDocument: if the file cannot be opened at all.
    """
    suffix = suffix_of(path)
    try:
        if suffix in WARC_SUFFIXES:
            with path.open("rb") as stream:
                yield from read_warc(stream, str(path))
        elif suffix in WACZ_SUFFIXES:
            yield from read_wacz(path)
        elif suffix in ROWS_SUFFIXES:
            yield from read_rows(path)
        elif suffix in TABLE_SUFFIXES:
            yield from read_table(path, suffix.removeprefix("."))
        elif path.name == DESCRIPTOR:
            yield from read_package(path)
        elif suffix in PACKAGE_SUFFIXES:
            yield from read_zip(path)
        elif suffix in JSON_SUFFIXES:
            yield from read_json(path)
        else:
            yield read_page_or_dump(path, suffix)
    except (OSError, EOFError, PackageDamaged, BadZipFile, zlib.error) as error:
        raise UnreadableDocument(f"{path}: {error}") from error


def read_page_or_dump(path: Path, suffix: str) -> Document:
    """Return the one document of a saved page or a text dump; an unknown suffix is decided by the content."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        payload = file.read(LARGEST_DOCUMENT + 1)
    return read_payload(payload, str(path), suffix)


def read_payload(payload: bytes, origin: str, suffix: str = "") -> Document:
    """Return *payload* as a saved page or, where neither suffix nor content says so, as a text dump.

    :raises UnreadableDocument: if it is too large, or no text.
    """
    if len(payload) > LARGEST_DOCUMENT:
        raise UnreadableDocument(f"{origin}: larger than {LARGEST_DOCUMENT >> 20} MB")
    if suffix in MHTML_SUFFIXES or (suffix not in TEXT_SUFFIXES and is_mhtml(payload)):
        return read_mhtml(payload, origin)
    if suffix in HTML_SUFFIXES or (suffix not in TEXT_SUFFIXES and LOOKS_LIKE_MARKUP.match(payload)):
        return Document(origin=origin, html=payload, fetched_at=fetch_time(saved_at(payload)))
    if suffix not in TEXT_SUFFIXES and is_binary(payload):
        raise UnreadableDocument(f"{origin}: neither a page nor a text")
    return Document(origin=origin, dump=payload)


def read_mhtml(payload: bytes, origin: str) -> Document:
    """Return the page in an MHTML file. :raises UnreadableDocument: if it holds none."""
    page = unwrapped(payload)
    if page is None:
        raise UnreadableDocument(f"{origin}: no page in this MHTML file")
    known = page.url is not None and is_well_formed(page.url)
    return Document(
        origin=origin,
        html=page.html,
        url=page.url if known else None,
        http_charset=page.charset,
        fetched_at=fetch_time(page.at),
    )


def is_binary(payload: bytes) -> bool:
    """Return whether *payload* is no text in any encoding: pictures, PDF and archives of files are not."""
    return payload.startswith(b"%PDF-") or (b"\0" in payload and not payload.startswith(UTF_16_OR_32))


def read_rows(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a line; `text`, `body` or `html` holds its content."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield read_row(line, f"{path}:{number}")


def read_row(line: bytes, origin: str) -> Document | UnreadableDocument:
    """Return one row as a document, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return UnreadableDocument(f"{origin}: not JSON ({error})")
    if not isinstance(row, dict):
        return UnreadableDocument(f"{origin}: a row is a JSON object with url, title and text (or html)")
    return row_document(row, origin)


def read_json(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the list that a JSON file is. :raises UnreadableDocument: if it is none."""
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        try:
            rows = json.load(file)
        except (ValueError, RecursionError) as error:
            raise UnreadableDocument(f"{path}: not JSON ({error})") from error
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if isinstance(row, dict):
            yield row_document(row, f"{path}:{number}")
        else:
            yield UnreadableDocument(
                f"{path}:{number}: a row is an object with url, title and text (or html)"
            )


def read_zip(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield what a ZIP file holds: the rows of a data package, else saved pages and text dumps."""
    with ZipFile(path) as folder:
        names = sorted(folder.namelist())
        if DESCRIPTOR in names:
            yield from read_package(path)
            return
        pages = [name for name in names if Path(name).suffix.lower() in PAGE_SUFFIXES]
        for name in pages:
            yield read_member(folder, name, f"{path}:{name}")
    if not pages:
        raise UnreadableDocument(f"{path}: neither a data package of hotnews nor pages or text dumps in it")


def read_member(folder: ZipFile, name: str, origin: str) -> Document | UnreadableDocument:
    """Return the page or text called *name* in a ZIP file, or what is wrong with it."""
    try:
        with opened(folder, name, origin) as file:
            return read_payload(file.read(LARGEST_DOCUMENT + 1), origin, Path(name).suffix.lower())
    except UnreadableDocument as error:
        return error


def opened(folder: ZipFile, name: str, origin: str) -> IO[bytes]:
    """Return the file called *name* in a ZIP file.

    :raises UnreadableDocument: if it has a password, or a compression that Python lacks
    """
    try:
        return folder.open(name)
    except RuntimeError as error:
        raise UnreadableDocument(f"{origin}: {error}") from error


def read_package(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of the data package at *path*."""
    for number, row in enumerate(package_rows(path), 1):
        yield row_document(row, f"{path}:{number}")


def read_table(path: Path, form: str) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of a CSV or Parquet file."""
    for number, row in enumerate(table_rows(path, form), 1):
        yield row_document(row, f"{path}:{number}")


def row_document(row: dict[str, Any], origin: str) -> Document | UnreadableDocument:
    """Return a row as a document, or what is wrong with it."""
    html = row.get("html")
    if not isinstance(html, str) and not any(isinstance(row.get(name), str) for name in TEXTS_OF_A_ROW):
        return UnreadableDocument(f"{origin}: a row needs text, body or html")
    url = text_or_none(row.get("url"))
    if url is not None and not is_well_formed(url):
        return UnreadableDocument(f"{origin}: {url[:200]} is no URL")
    return Document(
        origin=origin,
        html=html.encode("utf-8", "surrogatepass") if isinstance(html, str) else None,
        row=None if isinstance(html, str) else row,
        url=url,
        site=text_or_none(row.get("site")),
        section=text_or_none(row.get("section")),
        http_charset="utf-8" if isinstance(html, str) else None,
        fetched_at=read_time(row.get("fetched_at") or row.get("first_seen")),
    )


def text_or_none(value: object) -> str | None:
    """Return *value* if it is text that says something, without what would command a terminal."""
    return harmless(value).strip() or None if isinstance(value, str) else None


def read_time(value: object) -> datetime | None:
    """Return an ISO time, in UTC where it names no zone, or None."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return fetch_time(time)


def fetch_time(time: datetime | None) -> datetime | None:
    """Return *time* in UTC, None where nothing can have been fetched then: before the web, in the future."""
    if time is None:
        return None
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if FIRST_FETCH <= aware <= datetime.now(UTC) + CLOCK_SKEW else None


def read_published(value: object) -> datetime | date | None:
    """Return the ISO day or time with a zone in *value*, or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if len(text) <= 10:
            return date.fromisoformat(text)
        time = datetime.fromisoformat(text)
        time.astimezone(UTC)  # the first and last day that Python knows lie beyond it in some zones
    except (ValueError, OverflowError):
        return None
    return time


def read_wacz(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield the pages among the records of the WARC files in a WACZ file."""
    with ZipFile(path) as package:
        files = [
            name
            for name in sorted(package.namelist())
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))
        ]
        for name in files:
            origin = f"{path}:{name}"
            with opened(package, name, origin) as stream:
                yield from read_warc(stream, origin)
    if not files:
        raise UnreadableDocument(f"{path}: no WARC file in it")


def read_warc(stream: IO[bytes], origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield the pages among the records of a WARC file, gzipped or not."""
    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
        place = f"{origin}@{record.stream_pos}"
        url = harmless(record.headers.get("WARC-Target-URI") or "").strip("<>")
        if not is_well_formed(url):
            yield UnreadableDocument(f"{place}: {url[:200]} is no URL")
            continue
        if urlsplit(url).scheme not in {"http", "https", "urn"}:
            continue
        document = warc_document(record, url, place)
        if document is not None:
            yield document


def whole_payload(record: Any) -> bytes:
    """Return the payload of *record*. :raises TornPayload: if it is not all there."""
    if reason := record.headers.get("WARC-Truncated"):
        raise TornPayload(f"whoever recorded it cut it ({reason})")
    promised = min(record.content_length, LARGEST_DOCUMENT)
    payload: bytes = record.reader.read(LARGEST_DOCUMENT)
    if len(payload) < promised:
        raise TornPayload(f"{len(payload)} of {promised} bytes are there")
    return payload


def warc_document(record: Any, url: str, origin: str) -> Document | UnreadableDocument | None:
    """Return the page of one record, or None where it holds something else than a page."""
    http = record.http_headers
    media_type = record.headers.get("Content-Type") if http is None else record.http_content_type
    status = http.status_code if http is not None else 200
    # Servers that name no type send pages too; what a page is not is rejected by name.
    if status == 200 and media_type and not media_type.lower().startswith(HTML_TYPES):
        return None
    if status is None:
        return UnreadableDocument(f"{origin}: the record holds no HTTP response")
    try:
        html = page_in(whole_payload(record), list(http or ()), limit=LARGEST_DOCUMENT)
    except TornPayload as error:
        return UnreadableDocument(f"{origin}: the recorded response is torn: {error}")
    return Document(
        origin=origin,
        html=html,
        url=url,
        status=status,
        location=address_in_header(http.get("Location")) if http is not None else None,
        http_charset=record.http_charset,
        fetched_at=fetch_time(record.record_date),
    )

"""What can be imported: saved pages, text dumps, WARC files and rows, read one document at a time."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from crawler.importing.packages import DESCRIPTOR, PackageDamaged
from crawler.importing.rows import read_json, read_package, read_rows, read_table
from crawler.importing.saved_pages import MHTML_SUFFIXES, is_mhtml, saved_at, unwrapped
from crawler.importing.types import LARGEST_DOCUMENT, UTF_16_OR_32, Document, UnreadableDocument, fetch_time
from crawler.importing.web_archives import read_wacz, read_warc
from crawler.importing.zip_files import opened
from crawler.network.addresses import is_well_formed

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


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to import, folders searched in order of the names; a named file always counts."""
    for path in paths:
        if (path / DESCRIPTOR).is_file():
            yield path / DESCRIPTOR
        elif path.is_dir():
            yield from filter(_is_document, sorted(path.rglob("*")))
        else:
            yield path


def _is_document(file: Path) -> bool:
    return file.is_file() and suffix_of(file) in SUFFIXES and not _is_of_page(file)


def _is_of_page(file: Path) -> bool:
    """Return whether a browser saved *file* with the page that stands beside its folder: frames of it."""
    page, mark, _ = file.parent.name.rpartition("_files")
    return bool(page and mark) and any(
        (file.parents[1] / f"{page}{kind}").is_file() for kind in (".html", ".htm")
    )


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


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind of a file, `.gz` taken off."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


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
    if suffix not in TEXT_SUFFIXES and is_no_text(payload):
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


def is_no_text(payload: bytes) -> bool:
    """Return whether *payload* is no text in any encoding: pictures, PDF and archives of files are not."""
    return payload.startswith(b"%PDF-") or (b"\0" in payload and not payload.startswith(UTF_16_OR_32))

"""What can be imported: saved pages, text dumps, WARC files and rows, read one document at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile, ZipFile

from lxml import etree

from crawler.importing.arc_files import MAGIC as ARC_MAGIC
from crawler.importing.arc_files import read_arc
from crawler.importing.compressed import CUT, DAMAGED, inflated, is_compressed, opened_as_it_is
from crawler.importing.packages import DESCRIPTOR, PackageDamaged
from crawler.importing.payload_files import read_payload
from crawler.importing.rows import read_package, read_table, rows_of
from crawler.importing.suffixes import (
    ARC_SUFFIXES,
    JSON_SUFFIXES,
    KNOWN_SUFFIXES,
    MEMBER_SUFFIXES,
    PACKAGE_SUFFIXES,
    PAGE_SUFFIXES,
    ROWS_SUFFIXES,
    TABLE_SUFFIXES,
    WACZ_SUFFIXES,
    WARC_SUFFIXES,
    XML_SUFFIXES,
    suffix_of,
)
from crawler.importing.types import GET_ANEW, LARGEST_DOCUMENT, Document, UnreadableDocument
from crawler.importing.web_archives import read_wacz, read_warc
from crawler.importing.xml_rows import read_xml
from crawler.importing.zip_files import opened
from storage.file_errors import LET_IN, told

_DAMAGED = (*DAMAGED, PackageDamaged, BadZipFile, etree.XMLSyntaxError)
_BUFFER = 1 << 16
_NOBODYS = ("__MACOSX/", "._")
# How files begin whose names do not tell.
_BEGINNINGS = {b"WARC/": ".warc", ARC_MAGIC: ".arc", b"PK\x03\x04": ".zip", b"PAR1": ".parquet"}
_HTML = re.compile(rb"<html\b", re.IGNORECASE)


def read_documents(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield what *path* holds; what cannot be read is yielded as the error that says so.

    :raises UnreadableDocument: if the file cannot be opened at all.
    """
    try:
        if path.name == DESCRIPTOR:
            yield from read_package(path)
            return
        with opened_as_it_is(path) as file:
            suffix = kind_of(path, file)
            if suffix not in WACZ_SUFFIXES | PACKAGE_SUFFIXES:
                yield from documents_in(file, str(path), suffix)
                return
        yield from read_wacz(path) if suffix in WACZ_SUFFIXES else read_zip(path)
    except BadZipFile as error:
        raise UnreadableDocument(f"{path}: {error}, or only the beginning of one; {GET_ANEW}") from error
    except CUT as error:
        raise UnreadableDocument(f"{path}: {error}; {GET_ANEW}") from error
    except PermissionError as error:
        raise UnreadableDocument(f"{path}: {told(error, LET_IN)}") from error
    except _DAMAGED as error:
        raise UnreadableDocument(f"{path}: {error}") from error


def kind_of(path: Path, file: BufferedReader[Any]) -> str:
    """Return the suffix that tells the kind of a file, its content's where its own is an unknown one."""
    suffix = suffix_of(path)
    if suffix in KNOWN_SUFFIXES or not file.seekable():
        return suffix
    with inflated(file) as content:
        head = content.peek(_BUFFER)
    file.seek(0)
    return next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), suffix)


def documents_in(
    file: BufferedReader[Any], origin: str, suffix: str
) -> Iterator[Document | UnreadableDocument]:
    """Yield the documents of an open *file*, whose kind *suffix* tells."""
    if not file.peek(1):
        raise UnreadableDocument(f"{origin}: the file is empty")
    if suffix in WARC_SUFFIXES:
        yield from read_warc(file, origin)
        return
    with inflated(file) as content:
        head = content.peek(_BUFFER)
        if content is file and is_compressed(head) and suffix not in PAGE_SUFFIXES:
            raise UnreadableDocument(f"{origin}: damaged from its beginning on; {GET_ANEW}")
        if suffix in ARC_SUFFIXES:
            yield from read_arc(content, origin)
        elif suffix in ROWS_SUFFIXES | JSON_SUFFIXES:
            yield from rows_of(content, origin)
        elif suffix in TABLE_SUFFIXES:
            yield from read_table(content, origin, suffix)
        elif suffix in XML_SUFFIXES and not _HTML.search(head):
            yield from read_xml(content, origin)
        else:
            yield read_payload(content.read(LARGEST_DOCUMENT + 1), origin, suffix)


def read_zip(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield what a ZIP file holds: the rows of a data package, else documents of any kind."""
    with ZipFile(path) as folder:
        names = sorted(folder.namelist())
        if DESCRIPTOR in names:
            yield from read_package(path)
            return
        kept = [name for name in names if suffix_of(Path(name)) in MEMBER_SUFFIXES and not _is_nobodys(name)]
        for name in kept:
            yield from read_member(folder, name, f"{path}:{name}")
    if not kept:
        raise UnreadableDocument(
            f"{path}: neither a data package of hotnews nor pages, text dumps, WARC files or rows in it"
        )


def _is_nobodys(name: str) -> bool:
    return name.startswith(_NOBODYS) or Path(name).name.startswith(_NOBODYS)


def read_member(folder: ZipFile, name: str, origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield the documents of the file called *name* in a ZIP file, or what is wrong with it."""
    try:
        with opened(folder, name, origin) as file:
            buffered = BufferedReader(cast("Any", file), _BUFFER)
            yield from documents_in(buffered, origin, suffix_of(Path(name)))
    except UnreadableDocument as error:
        yield error
    except _DAMAGED as error:
        yield UnreadableDocument(f"{origin}: {error}; {GET_ANEW}")

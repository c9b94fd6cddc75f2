"""What was fetched lies on disk, whole and readable by anyone, before anybody is told so."""

from __future__ import annotations

import gzip
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastwarcIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.evidence import SavedPage
from storage.evidence.responses import (
    evidence_record,
    read_evidence,
)
from storage.evidence.warc import scan_records
from storage.records import EvidencePointer
from tests.crawler.evidence.conftest import AT, EXCHANGE, PAGE, OpenWriter, files


def test_a_response_comes_back_as_it_was_received(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()

    evidence = read_evidence(tmp_path, pointer)

    assert (evidence.url, evidence.kind, evidence.status) == (EXCHANGE.url, "response", 200)
    assert evidence.at == AT.replace(microsecond=0)
    assert evidence.payload == PAGE
    assert evidence.headers == (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'))
    assert evidence.header("etag") == '"1"'
    assert evidence.payload_digest == sha256(PAGE).hexdigest()


def test_a_compressed_response_is_kept_compressed_and_read_decoded(
    tmp_path: Path, open_writer: OpenWriter
) -> None:
    body = gzip.compress(PAGE)
    exchange = replace(EXCHANGE, body=body, headers=((b"Content-Encoding", b"gzip"),))

    evidence = read_evidence(tmp_path, open_writer().append(exchange).result())

    assert evidence.received == body
    assert evidence.payload == PAGE


@pytest.mark.parametrize("status", [301, 404, 412, 503])
def test_other_answers_are_evidence_too(tmp_path: Path, open_writer: OpenWriter, status: int) -> None:
    exchange = replace(EXCHANGE, status=status, body=b"", headers=((b"Location", b"/"),))

    evidence = read_evidence(tmp_path, open_writer().append(exchange).result())

    assert (evidence.status, evidence.payload, evidence.header("location")) == (status, b"", "/")


def test_an_imported_page_becomes_a_resource(tmp_path: Path, open_writer: OpenWriter) -> None:
    page = SavedPage(url="urn:sha256:00", at=AT, media_type="text/plain", body=b"a\r\n\r\nb\r\n\r\n")

    evidence = read_evidence(tmp_path, open_writer().append(page).result())

    assert (evidence.kind, evidence.status, evidence.payload) == ("resource", None, page.body)
    assert evidence.header("content-type") == "text/plain"


def test_nothing_secret_is_kept(tmp_path: Path, open_writer: OpenWriter) -> None:
    open_writer().append(EXCHANGE).result()

    with files(tmp_path)[0].open("rb") as file:
        requests = [record.block for record in scan_records(file) if record.kind == "request"]

    assert requests == [
        b"GET /art/1.html?a=1 HTTP/1.1\r\nHost: english.ningbo.gov.cn\r\nUser-Agent: hotnews\r\n\r\n"
    ]


@pytest.mark.parametrize("url", ["http://a.gov.cn/\r\nWARC-Type: warcinfo", "http://a.gov.cn/ \u3000\0x"])
@pytest.mark.parametrize("value", [b"a\r\nSet-Cookie: b", b"a\0\r\n\r\n<script>"])
def test_no_url_and_no_header_can_write_a_field_of_its_own(
    tmp_path: Path, open_writer: OpenWriter, url: str, value: bytes
) -> None:
    exchange = replace(EXCHANGE, url=url, headers=((b"X", value),))

    evidence = read_evidence(tmp_path, open_writer().append(exchange).result())

    assert evidence.kind == "response"
    assert [name for name, _ in evidence.headers] == ["X"]
    assert evidence.payload == PAGE


# Revisits


def test_an_identical_payload_is_a_revisit_of_the_first_record(
    tmp_path: Path, open_writer: OpenWriter
) -> None:
    first = open_writer().append(EXCHANGE).result()
    later = replace(EXCHANGE, at=AT.replace(day=25), headers=((b"ETag", b'"2"'),), original=first)

    pointer = open_writer(run="r2").append(later).result()

    record = evidence_record(tmp_path, pointer)
    evidence = read_evidence(tmp_path, pointer)
    assert record.kind == "revisit"
    assert record.field("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert record.field("WARC-Refers-To-Target-URI") == EXCHANGE.url
    assert record.field("WARC-Refers-To-Date") == "2026-11-24T08:30:15Z"
    assert PAGE not in record.block
    assert (evidence.payload, evidence.header("etag")) == (PAGE, '"2"')


def test_a_revisit_of_a_revisit_refers_to_the_full_record(tmp_path: Path, open_writer: OpenWriter) -> None:
    writer = open_writer()
    first = writer.append(EXCHANGE).result()
    second = writer.append(replace(EXCHANGE, original=first)).result()

    third = writer.append(replace(EXCHANGE, original=second)).result()

    record = evidence_record(tmp_path, third)
    assert record.field("WARC-Refers-To") == evidence_record(tmp_path, first).field("WARC-Record-ID")
    assert record.field("WARC-Refers-To-File-Offset") == str(first.offset)
    assert read_evidence(tmp_path, third).payload == PAGE


def test_a_revisit_decodes_the_payload_as_the_first_record_encoded_it(
    tmp_path: Path, open_writer: OpenWriter
) -> None:
    writer = open_writer()
    first = replace(EXCHANGE, body=gzip.compress(PAGE), headers=((b"Content-Encoding", b"gzip"),))
    original = writer.append(first).result()

    pointer = writer.append(replace(EXCHANGE, original=original)).result()

    evidence = read_evidence(tmp_path, pointer)
    assert evidence.payload == PAGE
    # Replay tools put the first record's payload under these headers.
    assert evidence.header("content-encoding") == "gzip"


def test_a_page_whose_first_record_is_lost_is_stored_in_full_again(
    tmp_path: Path, open_writer: OpenWriter
) -> None:
    lost = EvidencePointer(file="ningbo/gone.warc.gz", offset=0, length=10)

    pointer = open_writer().append(replace(EXCHANGE, original=lost)).result()

    assert read_evidence(tmp_path, pointer).kind == "response"


# Other readers


@pytest.fixture
def warc(tmp_path: Path, open_writer: OpenWriter) -> Path:
    """Return a file with each kind of record in it."""
    writer = open_writer()
    first = writer.append(EXCHANGE).result()
    writer.append(replace(EXCHANGE, original=first)).result()
    encoded = replace(EXCHANGE, body=gzip.compress(PAGE), headers=((b"Content-Encoding", b"gzip"),))
    writer.append(encoded).result()
    writer.append(SavedPage(url="urn:sha256:00", at=AT, media_type="text/plain", body=b"text")).result()
    writer.close()
    return tmp_path / first.file


KINDS = ["warcinfo", "response", "request", "revisit", "request", "response", "request", "resource"]


def test_warcio_reads_every_record_and_every_digest(warc: Path) -> None:
    with warc.open("rb") as file:
        records = [
            (record.rec_type, record.content_stream().read(), record.digest_checker.passed)
            for record in WarcioIterator(file, check_digests=True)
        ]

    assert [kind for kind, _, _ in records] == KINDS
    assert [body for kind, body, _ in records if kind == "response"] == [PAGE, PAGE]
    assert [passed for kind, _, passed in records if kind == "response"] == [True, True]
    assert False not in [passed for _, _, passed in records]


def test_warcio_finds_each_record_at_the_place_we_name(warc: Path) -> None:
    with warc.open("rb") as file:
        ours = [(record.offset, record.length) for record in scan_records(file)]
        file.seek(0)
        iterator = WarcioIterator(file)
        theirs = [(iterator.get_record_offset(), iterator.get_record_length()) for _ in iterator]

    assert ours == theirs


def test_fastwarc_reads_every_record_and_every_digest(warc: Path) -> None:
    with warc.open("rb") as file:
        records = [
            (str(record.record_type), record.reader.read())
            for record in FastwarcIterator(file, verify_digests=True, auto_decode="content")
        ]

    assert [kind for kind, _ in records] == KINDS
    assert [body for kind, body in records if kind == "response"] == [PAGE, PAGE]

"""What was fetched lies on disk, whole and readable by anyone, before anybody is told so."""

from __future__ import annotations

import gzip
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastwarcIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.evidence import EvidenceNotWritable, EvidenceWriter, Exchange, SavedPage, repair
from crawler.evidence.files import MOST_NAME_CHARACTERS, open_mark, safe_name
from storage.errors import ArchiveError
from storage.evidence.responses import (
    EvidenceDamaged,
    EvidenceMissing,
    evidence_record,
    read_evidence,
    scan_evidence,
)
from storage.evidence.warc import DamagedRecord, scan_records
from storage.records import EvidencePointer

AT = datetime(2026, 11, 24, 8, 30, 15, 250_000, tzinfo=UTC)
PAGE = "<html><head><title>港口</title></head><body><p>The port opened.</p></body></html>".encode()
EXCHANGE = Exchange(
    url="https://english.ningbo.gov.cn/art/1.html?a=1",
    at=AT,
    request_headers=(
        (b"User-Agent", b"hotnews"),
        (b"Cookie", b"secret=1"),
        (b"Authorization", b"Basic c2VjcmV0"),
    ),
    status=200,
    headers=((b"Content-Type", b"text/html; charset=utf-8"), (b"ETag", b'"1"')),
    body=PAGE,
    address="192.0.2.7",
)

GZIP_HEADER = range(10)  # flags, time and system: they carry nothing of the record
LAST_DEFLATED = 9  # bytes before the end: the bits that fill it up mean nothing
OpenWriter = Callable[..., EvidenceWriter]


@pytest.fixture
def open_writer(tmp_path: Path) -> Iterator[OpenWriter]:
    """Yield a function that opens a writer; all are closed in the end."""
    opened: list[EvidenceWriter] = []

    def open_one(*, site: str = "ningbo", run: str = "r1", **options: int) -> EvidenceWriter:
        settings = {"DOWNLOAD_DELAY": "1", "ROBOTSTXT_OBEY": "True"}
        opened.append(
            EvidenceWriter(tmp_path, site=site, run=run, software="hotnews/0.1", settings=settings, **options)
        )
        return opened[-1]

    yield open_one
    for writer in opened:
        writer.close()


def files(root: Path) -> list[Path]:
    """Return the WARC files under *root*, oldest first."""
    return sorted(root.rglob("*.warc.gz"))


# What comes out is what went in


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


# Files


def test_each_file_opens_with_what_wrote_it(tmp_path: Path, open_writer: OpenWriter) -> None:
    open_writer().append(EXCHANGE).result()

    with files(tmp_path)[0].open("rb") as file:
        first = next(scan_records(file))

    assert first.kind == "warcinfo"
    assert first.field("WARC-Filename") == files(tmp_path)[0].name
    assert first.block.decode().splitlines() == [
        "software: hotnews/0.1",
        "format: WARC File Format 1.1",
        "site: ningbo",
        "run: r1",
        "DOWNLOAD_DELAY: 1",
        "ROBOTSTXT_OBEY: True",
    ]


def test_files_roll_by_size_and_each_can_be_read_alone(tmp_path: Path, open_writer: OpenWriter) -> None:
    writer = open_writer(roll_bytes=1)

    pointers = [writer.append(EXCHANGE).result() for _ in range(3)]

    assert [pointer.file for pointer in pointers] == [f"ningbo/ningbo-r1-0000{n}.warc.gz" for n in (1, 2, 3)]
    assert [len(list(scan_evidence(tmp_path, pointer.file))) for pointer in pointers] == [1, 1, 1]


def test_no_file_is_ever_overwritten(tmp_path: Path, open_writer: OpenWriter) -> None:
    first = open_writer().append(EXCHANGE).result()

    again = open_writer().append(EXCHANGE).result()

    assert first.file != again.file
    assert read_evidence(tmp_path, first).payload == PAGE


def test_a_run_that_fetches_nothing_leaves_no_file(tmp_path: Path, open_writer: OpenWriter) -> None:
    open_writer().close()

    assert list(tmp_path.iterdir()) == []


def test_closing_writes_what_is_waiting_and_refuses_what_comes_later(
    tmp_path: Path, open_writer: OpenWriter
) -> None:
    writer = open_writer()
    waiting = [writer.append(EXCHANGE) for _ in range(250)]

    writer.close()

    assert {read_evidence(tmp_path, future.result(0)).payload for future in waiting} == {PAGE}
    with pytest.raises(EvidenceNotWritable, match="closed"):
        writer.append(EXCHANGE).result(1)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../../etc/passwd",
            "/etc/passwd",
            "..",
            ".",
            "",
            ".hidden",
            "a/b",
            "a\\b",
            "a\0b",
            "con",
            "NUL.txt",
        ),
        *("x" * 300, "宁波", "127.0.0.1:8000", "a b", "a\nb", "\udc80"),
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, open_writer: OpenWriter, name: str) -> None:
    pointer = open_writer(site=name, run=name).append(EXCHANGE).result()

    path = tmp_path / pointer.file
    assert path.resolve().parent.parent == tmp_path.resolve()
    assert len(path.name) <= 2 * MOST_NAME_CHARACTERS + 60
    assert read_evidence(tmp_path, pointer).payload == PAGE


def test_names_that_had_to_be_changed_stay_apart() -> None:
    names = ["a/b", "a\\b", "a:b", "a_b", "宁波", "温州"]

    assert len({safe_name(name) for name in names}) == len(names)
    assert safe_name("english.ningbo-1") == "english.ningbo-1"


# Damage


@pytest.mark.parametrize("kept", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_torn_end_is_cut_to_the_last_whole_record(
    tmp_path: Path, open_writer: OpenWriter, kept: float
) -> None:
    pointers = [open_writer().append(EXCHANGE).result()]
    path = tmp_path / pointers[0].file
    whole = path.read_bytes()
    torn = whole[: int(len(whole) * kept)]
    path.write_bytes(whole + torn[:-1])

    cut = repair(path)

    assert path.read_bytes().startswith(whole)
    assert len(whole) + len(torn) - 1 - cut == path.stat().st_size
    with path.open("rb") as file:
        assert all(record.length for record in scan_records(file))


@pytest.mark.parametrize(
    "end", [b"\0" * 5000, b"rubbish", b"\x1f\x8b\x08rubbish", gzip.compress(b"no record", mtime=0)]
)
def test_an_end_that_is_no_record_is_cut(tmp_path: Path, open_writer: OpenWriter, end: bytes) -> None:
    path = tmp_path / open_writer().append(EXCHANGE).result().file
    whole = path.read_bytes()
    path.write_bytes(whole + end)

    assert repair(path) == len(end)
    assert path.read_bytes() == whole


def test_damage_in_the_middle_costs_no_record_behind_it(tmp_path: Path, open_writer: OpenWriter) -> None:
    writer = open_writer()
    first, second = writer.append(EXCHANGE).result(), writer.append(EXCHANGE).result()
    path = tmp_path / first.file
    damaged = bytearray(path.read_bytes())
    damaged[first.offset + 20] ^= 0xFF
    path.write_bytes(damaged)

    assert repair(path) == 0
    assert path.read_bytes() == damaged
    assert read_evidence(tmp_path, second).payload == PAGE


def test_a_whole_file_is_left_alone(tmp_path: Path, open_writer: OpenWriter) -> None:
    path = tmp_path / open_writer().append(EXCHANGE).result().file

    assert repair(path) == 0


def test_the_next_run_mends_what_a_dead_one_left(tmp_path: Path, open_writer: OpenWriter) -> None:
    dead = tmp_path / open_writer().append(EXCHANGE).result().file
    whole = dead.read_bytes()
    dead.write_bytes(whole + whole[:40])
    assert open_mark(dead).exists()

    open_writer(run="r2").append(EXCHANGE).result()

    assert dead.read_bytes() == whole
    assert not open_mark(dead).exists()


def test_a_finished_file_carries_no_mark(tmp_path: Path, open_writer: OpenWriter) -> None:
    writer = open_writer()
    path = tmp_path / writer.append(EXCHANGE).result().file

    writer.close()

    assert not open_mark(path).exists()


def test_a_flipped_bit_is_noticed(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()
    path = tmp_path / pointer.file
    assert read_evidence(tmp_path, pointer).payload == PAGE
    content = bytearray(path.read_bytes())

    for place in range(pointer.offset, pointer.offset + pointer.length, 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        if place - pointer.offset not in {*GZIP_HEADER, pointer.length - LAST_DEFLATED}:
            with pytest.raises(EvidenceDamaged, match=f"{pointer.file} at {pointer.offset}"):
                read_evidence(tmp_path, pointer)


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.rename(path.with_name("elsewhere"))])
def test_a_file_that_is_deleted_or_moved_while_it_grows_takes_nothing_more(
    tmp_path: Path, open_writer: OpenWriter, lose: Callable[[Path], object]
) -> None:
    writer = open_writer()
    lose(tmp_path / writer.append(EXCHANGE).result().file)

    with pytest.raises(EvidenceNotWritable, match="moved or deleted"):
        writer.append(EXCHANGE).result()


def test_a_forged_payload_is_noticed(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()
    path = tmp_path / pointer.file
    content = path.read_bytes()
    record = gzip.decompress(content[pointer.offset : pointer.offset + pointer.length])
    forged = gzip.compress(record.replace(b"opened", b"closed"))
    path.write_bytes(content[: pointer.offset] + forged)

    with pytest.raises(EvidenceDamaged, match="digest"):
        read_evidence(tmp_path, replace(pointer, length=len(forged)))


@pytest.mark.parametrize("file", ["ningbo/none.warc.gz", "none/none.warc.gz"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    with pytest.raises(EvidenceMissing, match=file):
        read_evidence(tmp_path, EvidencePointer(file=file, offset=0, length=10))


@pytest.mark.parametrize(("offset", "length"), [(1, 0), (10_000_000, 0), (-1, 0), (0, 5)])
def test_a_pointer_beside_the_record_is_damage(
    tmp_path: Path, open_writer: OpenWriter, offset: int, length: int
) -> None:
    pointer = open_writer().append(EXCHANGE).result()

    with pytest.raises(EvidenceDamaged):
        read_evidence(tmp_path, replace(pointer, offset=max(pointer.offset + offset, 0), length=length))


@pytest.mark.parametrize("file", ["../secret", "/etc/hostname", "a/../../secret"])
def test_no_pointer_leads_out_of_the_folder(tmp_path: Path, file: str) -> None:
    with pytest.raises(EvidenceDamaged, match="leads out"):
        read_evidence(tmp_path, EvidencePointer(file=file, offset=0, length=10))


def test_a_scan_names_the_place_of_damage(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()
    path = tmp_path / pointer.file
    path.write_bytes(path.read_bytes()[:-5])

    with pytest.raises(EvidenceDamaged, match=pointer.file):
        list(scan_evidence(tmp_path, pointer.file))
    with pytest.raises(DamagedRecord), path.open("rb") as file:
        list(scan_records(file))


ENDLESS_WRITER = """
    import sys
    from dataclasses import astuple, replace
    from pathlib import Path
    from tests.crawler.test_evidence import EXCHANGE, EvidenceWriter

    writer = EvidenceWriter(Path(sys.argv[1]), site="a", run="1", software="", settings={}, roll_bytes=20_000)
    body = bytes(range(256)) * 40
    while True:
        futures = [writer.append(replace(EXCHANGE, body=body)) for _ in range(7)]
        for future in futures:
            print(*astuple(future.result()), flush=True)
"""


@pytest.mark.parametrize("lines", [1, 30])
def test_what_was_acknowledged_before_a_kill_is_there_after_it(
    tmp_path: Path, open_writer: OpenWriter, lines: int
) -> None:
    command = [sys.executable, "-c", textwrap.dedent(ENDLESS_WRITER), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        acknowledged += [line for line in child.stdout if line.endswith("\n")]

    open_writer(site="a", run="2").append(EXCHANGE).result()

    for file, offset, length in map(str.split, acknowledged):
        pointer = EvidencePointer(file=file, offset=int(offset), length=int(length))
        assert read_evidence(tmp_path, pointer).status == 200
    for path in files(tmp_path):
        with path.open("rb") as opened:
            kinds = [record.rec_type for record in WarcioIterator(opened)]
        assert kinds[:1] in ([], ["warcinfo"])


# The disk


@pytest.mark.parametrize("limit", [100, 1500, 2500])
def test_a_full_disk_is_an_error_with_a_name_and_leaves_whole_records(tmp_path: Path, limit: int) -> None:
    """The size limit of the process stands in for the disk."""
    script = f"""
        import resource
        from pathlib import Path
        from tests.crawler.test_evidence import EXCHANGE, EvidenceWriter, EvidenceNotWritable
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        writer = EvidenceWriter(Path({str(tmp_path)!r}), site="a", run="1", software="", settings={{}})
        outcomes = []
        for _ in range(6):
            try:
                writer.append(EXCHANGE).result(10)
                outcomes.append("stored")
            except EvidenceNotWritable as error:
                outcomes.append(error.exit_code)
        writer.close()
        print(outcomes)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )

    outcomes = eval(done.stdout)
    stored = outcomes.count("stored")
    assert outcomes == ["stored"] * stored + [7] * (6 - stored)
    assert stored < 6
    found = [evidence for path in files(tmp_path) for evidence in scan_evidence(tmp_path, f"a/{path.name}")]
    assert len(found) == stored


def test_a_folder_that_cannot_be_made_is_an_error_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "ningbo").write_text("in the way")
    writer = EvidenceWriter(tmp_path, site="ningbo", run="1", software="", settings={})

    with pytest.raises(ArchiveError, match="cannot be written"):
        writer.append(EXCHANGE).result(10)
    with pytest.raises(EvidenceNotWritable):
        writer.append(EXCHANGE).result(10)


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

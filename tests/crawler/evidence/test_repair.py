"""Damage: a torn end is cut, what is damaged elsewhere is noticed and costs nothing else."""

from __future__ import annotations

import gzip
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from crawler.evidence import EvidenceNotWritable, repair
from crawler.evidence.files import open_mark
from storage.evidence.responses import (
    EvidenceDamaged,
    EvidenceLost,
    read_evidence,
)
from storage.evidence.warc import DamagedRecord, scan_records
from storage.records import EvidencePointer
from tests.crawler.evidence.conftest import EXCHANGE, PAGE, OpenWriter, files

GZIP_HEADER = range(10)  # flags, time and system: they carry nothing of the record
LAST_DEFLATED = 9  # bytes before the end: the bits that fill it up mean nothing


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


def test_a_record_of_another_page_is_noticed(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()
    digest = read_evidence(tmp_path, pointer).digest

    assert read_evidence(tmp_path, replace(pointer, digest=digest)).payload == PAGE
    with pytest.raises(EvidenceDamaged, match="not the one whose digest its row keeps"):
        read_evidence(tmp_path, replace(pointer, digest=digest[::-1]))


def test_a_file_that_cannot_be_opened_is_lost(tmp_path: Path) -> None:
    (tmp_path / "folder.warc.gz").mkdir()

    with pytest.raises(EvidenceLost, match=r"folder\.warc\.gz: Is a directory; restore it"):
        read_evidence(tmp_path, EvidencePointer(file="folder.warc.gz", offset=0, length=10))


@pytest.mark.parametrize("file", ["ningbo/none.warc.gz", "none/none.warc.gz"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    with pytest.raises(EvidenceLost, match=file):
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


def test_a_scan_ends_at_what_is_damaged(tmp_path: Path, open_writer: OpenWriter) -> None:
    pointer = open_writer().append(EXCHANGE).result()
    path = tmp_path / pointer.file
    path.write_bytes(path.read_bytes()[:-5])

    with pytest.raises(DamagedRecord), path.open("rb") as file:
        list(scan_records(file))


ENDLESS_WRITER = """
    import sys
    from dataclasses import astuple, replace
    from pathlib import Path
    from crawler.evidence import EvidenceWriter
    from tests.crawler.evidence.conftest import EXCHANGE

    writer = EvidenceWriter(Path(sys.argv[1]), site="a", run="1", software="", settings={}, roll_bytes=20_000)
    body = bytes(range(256)) * 40
    while True:
        futures = [writer.append(replace(EXCHANGE, body=body)) for _ in range(7)]
        for future in futures:
            print(*astuple(future.result())[:3], flush=True)
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

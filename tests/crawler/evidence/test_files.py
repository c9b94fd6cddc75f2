"""The WARC files of a run: how they begin, roll and end, what they are called, a disk that is full."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from crawler.evidence import EvidenceNotWritable, EvidenceWriter
from crawler.evidence.files import MOST_NAME_CHARACTERS, WarcFile, safe_name
from storage.errors import ArchiveError
from storage.evidence.responses import (
    read_evidence,
)
from storage.evidence.warc import scan_records
from tests.crawler.evidence.conftest import EXCHANGE, PAGE, OpenWriter, files
from tests.crawler.kept_evidence import evidence_of


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
    assert [len(evidence_of(tmp_path, pointer.file)) for pointer in pointers] == [1, 1, 1]


def test_what_comes_within_a_moment_is_synced_together(
    open_writer: OpenWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    append = WarcFile.append

    def watched(file: WarcFile, content: bytes) -> None:
        append(file, content)
        synced.append(content)

    monkeypatch.setattr("crawler.evidence.writer.GATHER_SECONDS", 0.5)
    monkeypatch.setattr(WarcFile, "append", watched)
    writer = open_writer()
    pointers = [future.result(60) for future in [writer.append(EXCHANGE) for _ in range(3)]]

    opening, batch = synced
    first, *_, last = pointers
    assert first.offset == len(opening)
    assert last.offset + last.length < first.offset + len(batch)  # a request follows the last response


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


# The disk


@pytest.mark.parametrize("limit", [100, 1500, 2500])
def test_a_full_disk_is_an_error_with_a_name_and_leaves_whole_records(tmp_path: Path, limit: int) -> None:
    """The size limit of the process stands in for the disk."""
    script = f"""
        import resource
        from pathlib import Path
        from crawler.evidence import EvidenceNotWritable, EvidenceWriter
        from tests.crawler.evidence.conftest import EXCHANGE
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
    found = [evidence for path in files(tmp_path) for evidence in evidence_of(tmp_path, f"a/{path.name}")]
    assert len(found) == stored


def test_a_folder_that_cannot_be_made_is_an_error_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "ningbo").write_text("in the way")
    writer = EvidenceWriter(tmp_path, site="ningbo", run="1", software="", settings={})

    with pytest.raises(ArchiveError, match="cannot be written"):
        writer.append(EXCHANGE).result(10)
    with pytest.raises(EvidenceNotWritable):
        writer.append(EXCHANGE).result(10)

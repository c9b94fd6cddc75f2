"""Checks one WARC file against the rows that point into it: pure, so that any pool can run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from storage.evidence.responses import ANOTHER_PAGE, EVIDENCE_KINDS, EvidenceError, evidence_in, evidence_path
from storage.evidence.warc import DamagedRecord, WarcRecord, open_mark, read_record
from storage.file_errors import LET_IN
from storage.records import EvidencePointer
from storage.verification.findings import Check, Finding, Status

REMEDY = "restore the file from a backup; the article itself stays readable, only its proof is lost"
ORPHANS = "nothing: answers that were asked for again after an error, or that a killed run had not stored yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a row says of one record."""

    offset: int
    length: int
    digest: str | None  # of the decoded payload
    subject: str  # the article's id, or the URL of a page without one


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What one file holds and what is wrong with it."""

    file: str
    records: int
    findings: tuple[Finding, ...]


def check_file(root: Path, file: str, expected: Sequence[Expected]) -> FileReport:
    """Read *file* under the evidence folder *root* and compare each record with what rows *expected*."""
    checker = _FileChecker(root, file, expected)
    findings = tuple(checker.findings())
    return FileReport(file=file, records=checker.records, findings=findings)


class _FileChecker:
    def __init__(self, root: Path, file: str, expected: Sequence[Expected]) -> None:
        self._root = root
        self._file = file
        self._expected = _by_offset(expected)
        self._orphans: list[int] = []
        self._may_grow = False
        self.records = 0

    def findings(self) -> Iterator[Finding]:
        try:
            path = evidence_path(self._root, EvidencePointer(file=self._file, offset=0, length=0))
            self._may_grow = open_mark(path).exists()  # asked before: its writer may close it meanwhile
            with path.open("rb") as opened:
                yield from self._read(opened)
        except PermissionError as error:
            yield self._unread(error)
        except (OSError, EvidenceError) as error:
            yield self._lost(error)

    def _read(self, opened: BinaryIO) -> Iterator[Finding]:
        missing = set(self._expected)
        size, offset = opened.seek(0, 2), 0
        while offset < size:
            try:
                record = read_record(opened, offset)
            except DamagedRecord as error:
                later = min((place for place in missing if place > offset), default=size)
                yield from self._torn(offset, error, is_end=later == size)
                missing.discard(offset)
                offset = later
                continue
            missing.discard(offset)
            yield from self._check(record)
            offset += record.length
        for place in sorted(missing):
            yield from self._wrong(place, "no record begins there")
        if self._orphans:
            yield self._orphaned()

    def _check(self, record: WarcRecord) -> Iterator[Finding]:
        self.records += 1
        digest = record.field("WARC-Block-Digest")
        if digest is not None and digest != f"sha256:{sha256(record.block).hexdigest()}":
            yield from self._wrong(record.offset, "the content of the record is not what its digest says")
        elif record.offset in self._expected:
            for wanted in self._expected[record.offset]:
                yield from self._compare(record, wanted)
        elif record.kind in EVIDENCE_KINDS:
            self._orphans.append(record.offset)

    def _compare(self, record: WarcRecord, wanted: Expected) -> Iterator[Finding]:
        pointer = EvidencePointer(file=self._file, offset=record.offset, length=record.length)
        try:
            payload = evidence_in(self._root, pointer, record).payload
        except (EvidenceError, ValueError) as error:
            yield self._damage(record.offset, str(error), wanted.subject)
            return
        if record.length != wanted.length:
            yield self._damage(
                record.offset,
                f"the record has {record.length} bytes, its row says {wanted.length}",
                wanted.subject,
            )
        if wanted.digest is not None and sha256(payload).hexdigest() != wanted.digest:
            yield self._damage(record.offset, ANOTHER_PAGE, wanted.subject)

    def _torn(self, offset: int, error: DamagedRecord, *, is_end: bool) -> Iterator[Finding]:
        if is_end and offset not in self._expected and self._may_grow:
            yield Finding(
                check=Check.EVIDENCE,
                status=Status.ORPHAN,
                subject=self._file,
                problem=f"the file ends in a torn record, or one that is being written, at {offset}",
                remedy="nothing: no row points at it, and the next run of the site cuts it off",
            )
        else:
            yield from self._wrong(offset, str(error))

    def _wrong(self, offset: int, problem: str) -> Iterator[Finding]:
        wanted = self._expected.get(offset)
        if not wanted:
            yield self._damage(offset, problem, None)
        for each in wanted or ():
            yield self._damage(offset, problem, each.subject)

    def _damage(self, offset: int, problem: str, subject: str | None) -> Finding:
        of = f" (evidence of {subject})" if subject else ""
        return Finding(
            check=Check.EVIDENCE, subject=f"{self._file} at {offset}{of}", problem=problem, remedy=REMEDY
        )

    def _unread(self, error: PermissionError) -> Finding:
        return Finding(
            check=Check.EVIDENCE,
            status=Status.UNREAD,
            subject=self._file,
            problem=f"{error.strerror}: nothing is known of its {self._told_records()}",
            remedy=LET_IN,
        )

    def _lost(self, error: OSError | EvidenceError) -> Finding:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Finding(
            check=Check.EVIDENCE,
            subject=self._file,
            problem=f"the file cannot be read ({reason}), and with it {self._told_records()}",
            remedy="restore the file from a backup, or name its folder by HOTNEWS_EVIDENCE",
        )

    def _told_records(self) -> str:
        """Return how many records rows name in the file, and whose the first is."""
        records = [each for place in sorted(self._expected) for each in self._expected[place]]
        return f"{len(records)} records; the first is of {records[0].subject}" if records else "0 records"

    def _orphaned(self) -> Finding:
        return Finding(
            check=Check.EVIDENCE,
            status=Status.ORPHAN,
            subject=f"{self._file} at {self._orphans[0]}",
            problem=f"{len(self._orphans)} whole records are of no row; the first begins here",
            remedy=ORPHANS,
        )


def _by_offset(expected: Sequence[Expected]) -> Mapping[int, list[Expected]]:
    found: dict[int, list[Expected]] = {}
    for each in expected:
        found.setdefault(each.offset, []).append(each)
    return found

"""Opens what the archive points at: the response a page gave, as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, ClassVar

from storage.errors import ArchiveError
from storage.evidence.content_encoding import UndecodableBody, content_encodings, decode_body
from storage.evidence.warc import DamagedRecord, Fields, WarcRecord, read_record, split_http
from storage.file_errors import NO_PERMISSION, told
from storage.records import EvidencePointer

MOST_PAYLOAD_BYTES = 256 * 1024 * 1024
ANOTHER_PAGE = "the page is not the one whose digest its row keeps"
EVIDENCE_KINDS = frozenset({"response", "revisit", "resource"})


class EvidenceError(ArchiveError):
    """The evidence cannot be read; the message names the file and the offset."""


class EvidenceMissing(EvidenceError):
    """None was kept."""


class EvidenceLost(EvidenceError):
    """The file that the archive points at is not there, or cannot be read."""

    exit_code: ClassVar[int] = 7


class EvidenceUnreadable(EvidenceError):
    """The file that the archive points at is there, and this user may not read it."""

    exit_code: ClassVar[int] = 7


class EvidenceWithheld(EvidenceError):
    """The article is withheld, and so is its evidence."""


class EvidenceDamaged(EvidenceError):
    """The record that the archive points at is not whole, or not what it says."""

    exit_code: ClassVar[int] = 7


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One response as received, or one imported file."""

    url: str
    at: datetime
    kind: str  # response, revisit (the payload is an earlier record's) or resource (imported)
    status: int | None
    headers: Fields  # of this response
    received: bytes  # the payload as it came over the wire
    encodings: tuple[str, ...]  # that the payload is still under
    payload_digest: str  # sha256 of the payload as received, hex
    pointer: EvidencePointer

    @cached_property
    def payload(self) -> bytes:
        """Return the payload without its content encodings.

        :raises EvidenceDamaged: if it cannot be decoded.
        """
        try:
            return decode_body(self.received, self.encodings, limit=MOST_PAYLOAD_BYTES)
        except UndecodableBody as error:
            raise _damaged(self.pointer, error) from error

    @property
    def digest(self) -> str:
        """Return the digest of the decoded payload: sha256, hex."""
        return sha256(self.payload).hexdigest() if self.encodings else self.payload_digest

    def header(self, name: str) -> str | None:
        """Return the first header *name* of the response."""
        return next((value for header, value in self.headers if header.lower() == name.lower()), None)


def read_evidence(root: Path, pointer: EvidencePointer) -> Evidence:
    """Return the evidence at *pointer* under the evidence folder *root*.

    :raises EvidenceLost: if the file is not there, or cannot be read.
    :raises EvidenceUnreadable: if this user may not read it.
    :raises EvidenceDamaged: if the record is not whole, or its payload is not what its digest says.
    """
    record = evidence_record(root, pointer)
    try:
        evidence = evidence_in(root, pointer, record)
    except ValueError as error:  # a `DamagedRecord`, or a date or number that is none
        raise _damaged(pointer, error) from error
    require_page(pointer, evidence)
    return evidence


def require_page(pointer: EvidencePointer, evidence: Evidence) -> None:
    """:raises EvidenceDamaged: if *evidence* is not what *pointer* expects: files were exchanged, say."""
    if pointer.digest not in {None, evidence.digest}:
        raise _damaged(pointer, ANOTHER_PAGE)


def evidence_in(root: Path, pointer: EvidencePointer, record: WarcRecord) -> Evidence:
    """Return what *record*, read at *pointer*, holds; of a revisit the payload is read where it lies.

    :raises EvidenceError: if that cannot be read.
    :raises ValueError: if the payload is not what its digest says, or the record is none of a page.
    """
    original = original_of(record)
    status, headers, payload = record_message(record)
    source_headers = headers
    if original is not None:
        _, source_headers, payload = record_message(evidence_record(root, original))
    digest = sha256(payload).hexdigest()
    if record.field("WARC-Payload-Digest") != f"sha256:{digest}":
        raise DamagedRecord(f"the payload of the record at {record.offset} is not what its digest says")
    values = [value for name, value in source_headers if name.lower() == "content-encoding"]
    return Evidence(
        url=record.field("WARC-Target-URI") or "",
        at=datetime.fromisoformat(record.field("WARC-Date") or ""),
        kind=record.kind,
        status=status,
        headers=headers,
        received=payload,
        encodings=content_encodings(values),
        payload_digest=digest,
        pointer=pointer,
    )


def evidence_record(root: Path, pointer: EvidencePointer) -> WarcRecord:
    """Return the WARC record at *pointer*, a revisit as such.

    :raises EvidenceError: as `read_evidence`.
    """
    with _open(root, pointer) as file:
        try:
            record = read_record(file, pointer.offset)
        except DamagedRecord as error:
            raise _damaged(pointer, error) from error
        except OSError as error:
            raise _unopened(pointer, error) from error
    if pointer.length not in {0, record.length}:
        raise _damaged(pointer, f"{record.length} bytes, not {pointer.length}")
    return record


def evidence_path(root: Path, pointer: EvidencePointer) -> Path:
    """Return the path of the pointer's file.

    :raises EvidenceDamaged: if it leads out of *root*.
    :raises EvidenceLost: if links lead to each other.
    """
    try:
        path = (root / pointer.file).resolve()
    except RuntimeError as error:  # pathlib's word for it, before Python 3.13
        raise _lost(pointer, "links lead to each other") from error
    if not path.is_relative_to(root.resolve()):
        raise EvidenceDamaged(f"{pointer.file!r} leads out of the evidence folder")
    return path


def _open(root: Path, pointer: EvidencePointer) -> BinaryIO:
    try:
        return evidence_path(root, pointer).open("rb")
    except FileNotFoundError as error:
        raise _lost(pointer, f"there is no such file under {root}") from error
    except OSError as error:
        raise _unopened(pointer, error) from error


_RESTORE = "restore it from a backup, or name its folder by HOTNEWS_EVIDENCE"


def _lost(pointer: EvidencePointer, problem: str) -> EvidenceLost:
    return EvidenceLost(f"{pointer.file}: {problem}; {_RESTORE}")


def _unopened(pointer: EvidencePointer, error: OSError) -> EvidenceError:
    kind = EvidenceUnreadable if error.errno in NO_PERMISSION else EvidenceLost
    return kind(f"{pointer.file}: {told(error, _RESTORE)}")


def _damaged(pointer: EvidencePointer, problem: object) -> EvidenceDamaged:
    return EvidenceDamaged(
        f"{pointer.file} at {pointer.offset}: {problem}; `hotnews verify` names all that is damaged,"
        " restore it from a backup"
    )


def original_of(record: WarcRecord) -> EvidencePointer | None:
    """Return where the payload of a revisit *record* lies; the length is not known there."""
    file, offset = record.field("WARC-Refers-To-Filename"), record.field("WARC-Refers-To-File-Offset")
    if record.kind != "revisit" or file is None or offset is None:
        return None
    return EvidencePointer(file=file, offset=int(offset), length=0)


def record_message(record: WarcRecord) -> tuple[int | None, Fields, bytes]:
    """Return the status, the headers and the payload that *record* itself holds.

    :raises DamagedRecord: if it is no HTTP message.
    """
    if record.kind == "resource":
        return None, (("Content-Type", record.field("Content-Type") or ""),), record.block
    line, headers, payload = split_http(record.block)
    status = line.split(" ")[1:2]
    if not status or not status[0].isdigit():
        raise DamagedRecord(f"the record at {record.offset} holds no HTTP response")
    return int(status[0]), headers, payload

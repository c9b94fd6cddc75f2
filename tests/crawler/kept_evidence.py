"""All that one WARC file holds."""

from __future__ import annotations

from pathlib import Path

from storage.evidence.responses import EVIDENCE_KINDS, Evidence, evidence_in
from storage.evidence.warc import scan_records
from storage.records import EvidencePointer


def evidence_of(root: Path, file: str) -> list[Evidence]:
    """Return the evidence in *file* under *root*, in its order, without requests and file information."""
    with (root / file).open("rb") as opened:
        return [
            evidence_in(root, EvidencePointer(file=file, offset=record.offset, length=record.length), record)
            for record in scan_records(opened)
            if record.kind in EVIDENCE_KINDS
        ]

"""Where the evidence of a fetch lies, as its row tells."""

from __future__ import annotations

from typing import Any

from storage.records import EvidencePointer


def pointer_in(row: Any) -> EvidencePointer:
    """Return where the record lies of a *row* of fetches that has one, with the digest of what it holds."""
    return EvidencePointer(
        file=row.warc_file, offset=row.warc_offset, length=row.warc_length, digest=row.digest
    )

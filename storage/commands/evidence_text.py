"""Evidence as people and scripts read it: where it lies, what it is, its headers; never the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.safe_text import printable

if TYPE_CHECKING:
    from storage.evidence.responses import Evidence


def record(found: Evidence, path: Path) -> dict[str, Any]:
    """Return *found*, which lies in the file *path*, as one record."""
    return {
        "url": found.url,
        "at": found.at,
        "kind": found.kind,
        "status": found.status,
        "headers": found.headers,
        "bytes": len(found.payload),
        "digest": sha256(found.payload).hexdigest(),
        "file": str(path),
        "offset": found.pointer.offset,
        "length": found.pointer.length,
    }


def lines(found: Evidence, path: Path) -> Iterator[str]:
    """Yield the same as lines of text, in which nothing can speak to a terminal."""
    facts = record(found, path) | {"at": found.at.isoformat()}
    for name, value in facts.items():
        if name != "headers" and value is not None:
            yield f"{name}: {printable(str(value))}"
    yield ""
    for name, value in found.headers:
        yield printable(f"{name}: {value}")

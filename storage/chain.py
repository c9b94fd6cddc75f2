"""The hash chains: a changed or deleted revision shows, and so does a deleted tail."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def next_link(*, key: str, number: int, digest: str, payload_digest: str | None, previous: str | None) -> str:
    """Return the chain value of a revision; no times in it, so that a re-import gives the same."""
    parts = (key, str(number), digest, payload_digest or "", previous or "")
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def run_digest(chains: Iterable[str], previous: str | None) -> str:
    """Return the digest of a run over its revisions' *chains*, in order, and the site's previous run."""
    digest = sha256((previous or "").encode())
    for chain in chains:  # one at a time: a first crawl has tens of thousands
        digest.update(f"\n{chain}".encode())
    return digest.hexdigest()

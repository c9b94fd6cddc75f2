"""Addresses as pages and callers give them: some are ill-formed."""

from __future__ import annotations

from urllib.parse import urlsplit


def well_formed(url: str) -> str:
    """Return *url*, or nothing where it is ill-formed: it says nothing then."""
    try:
        urlsplit(url)
    except ValueError:
        return ""
    return url

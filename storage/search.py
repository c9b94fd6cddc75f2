"""Search: any text is a legal query; newest first."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.rows import SearchHit


def search(connection: Connection, query: str, *, limit: int) -> list[SearchHit]:
    """Return the newest articles that match *query*."""
    raise NotImplementedError

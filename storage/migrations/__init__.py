"""Schema migrations: Alembic's, forward only, run by `hotnews upgrade`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine


def migrate(engine: Engine) -> None:
    """Bring the schema of *engine* to the newest revision."""
    raise NotImplementedError(engine)

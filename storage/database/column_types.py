"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, String
from sqlalchemy.types import TypeDecorator, UserDefinedType

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite's row id must be INTEGER


class JsonValue(TypeDecorator[Any]):
    """JSON; on PostgreSQL binary, whose types are imported only there: they bring in asyncio."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


Json = JsonValue()


class TsQuery(UserDefinedType[str]):
    """PostgreSQL's text search query."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name."""
        return "TSQUERY"


class UtcTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC to the second; SQLite keeps ISO text that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """Return text for SQLite, whose own DateTime drops the zone."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())  # type: ignore[arg-type]
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Return *value* as the engine stores it; :raises ValueError: if it is naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}")
        return _utc_text(value) if dialect.name == "sqlite" else _whole_second(value)

    def process_result_value(self, value: object, dialect: Dialect) -> datetime | None:
        """Return the stored time, aware, in UTC."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        return None


@lru_cache(maxsize=1024)  # one visit's time stands in several tables
def _utc_text(value: datetime) -> str:
    return _whole_second(value).isoformat()


def _whole_second(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(microsecond=0)


class UtcText(TypeDecorator[str]):
    """A stored `UtcTime` as exports have it, ISO text: what SQLite keeps is shown as it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that times are stored as."""
        return UtcTime().load_dialect_impl(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None] | None:
        """Return what makes text of a stored time, None where it is text."""
        if dialect.name == "sqlite":
            return None
        return lambda value: value.astimezone(UTC).isoformat() if value is not None else None

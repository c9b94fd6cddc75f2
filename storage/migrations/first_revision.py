"""Write revision 0001 from the models; only until the first release, afterwards revisions stay.

python -m storage.migrations.first_revision
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation
from sqlalchemy import create_engine
from sqlalchemy.types import TypeEngine

from storage.column_types import JsonValue, Number, UtcTime
from storage.first_schema import limit_indexes
from storage.migrations import VERSIONS
from storage.models import metadata

HEAD = '''"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.column_types import Json, Number, UtcTime
from storage.search_index import create_search_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
'''


def main() -> None:
    """Write the revision."""
    limit_indexes()
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"target_metadata": metadata, "render_item": _render}
        )
        directives = produce_migrations(context, metadata)
        assert directives.upgrade_ops is not None
        directives.upgrade_ops.ops.sort(key=_place(directives.upgrade_ops.ops))
        code = render_python_code(directives.upgrade_ops, render_item=_render)
    body = f"    {code}\n    create_search_index(op.get_bind())\n"
    (VERSIONS / "v0001_first_schema.py").write_text(HEAD + body, encoding="utf-8")


def _place(operations: Sequence[MigrateOperation]) -> Callable[[MigrateOperation], tuple[int, str]]:
    """Return what keeps tables in their order and sorts the indexes of each by name."""
    places: dict[int, tuple[int, str]] = {}
    table = 0
    for operation in operations:
        table += isinstance(operation, CreateTableOp)
        name = operation.index_name if isinstance(operation, CreateIndexOp) else ""
        places[id(operation)] = (table, str(name))
    return lambda operation: places[id(operation)]


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, TypeEngine):
        if isinstance(item, UtcTime):
            return "UtcTime()"
        if isinstance(item, JsonValue):
            return "Json"
        if item is Number:
            return "Number"
    return False


if __name__ == "__main__":
    main()

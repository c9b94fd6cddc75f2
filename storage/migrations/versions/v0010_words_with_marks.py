"""Words keep their vowel signs, lose their points: the index is made anew where a text has any."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Of what the tokens of this revision differ from those before; most archives hold none.
CONCERNED = re.compile(
    "[\u0483-\u0489\u0591-\u0dff\u0f00-\u0fff\u135d-\u135f\u1700-\u177f\u1800-\u1cff\u1dc0-\u1dff\u200c\u200d"
    "\u20d0-\u20f0\u2de0-\u2dff\ua66f-\ua6f1\ua800-\ua95f\ua980-\uabff\ufb1d-\ufdff\ufe70-\ufefc]"
)
TEXTS = sa.text(
    "SELECT revision.title, revision.body, article.source FROM article"
    " JOIN revision ON revision.id = article.latest_revision"
).execution_options(stream_results=True)


def upgrade() -> None:
    connection = op.get_bind()
    if not sa.inspect(connection).has_table("search_index"):  # it is made anew in any case
        return
    with connection.execute(TEXTS) as texts:
        concerned = any(CONCERNED.search(text) for row in texts for text in row if text)
    if concerned:
        op.execute("DROP TABLE search_index")

"""What tells the text of a withheld article, or a part of it: found by the copies that are known."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select, union

from storage.models import article, page, relation, revision, section
from storage.rows import Warned

_withheld = article.alias("withheld")
_TELLS = (
    select(
        article.c.public_id,
        article.c.withheld,
        page.c.url,
        section.c.slug,
        _withheld.c.public_id.label("of"),
        _withheld.c.withheld.label("reason"),
    )
    .join(page, page.c.id == article.c.page_id)
    .outerjoin(section, section.c.id == article.c.section_id)
)
_IN_STORY = _TELLS.join(_withheld, _withheld.c.story_id == article.c.story_id)
_CONTAINS = _TELLS.join(relation, relation.c.article_id == article.c.id).join(
    _withheld, _withheld.c.id == relation.c.other_id
)


def told_in_run(connection: Connection, run_id: int) -> list[Warned]:
    """Return a warning for each article with a text of the run that tells what is withheld elsewhere."""
    of_run = article.c.id.in_(select(revision.c.article_id).where(revision.c.run_id == run_id))
    is_other = (_withheld.c.withheld.is_not(None), _withheld.c.id != article.c.id)
    rows = _rows(connection, *(each.where(of_run, *is_other) for each in (_IN_STORY, _CONTAINS)))
    first = {row.public_id: row for row in reversed(rows)}
    return [
        Warned(kind="withheld", section=row.slug or "", url=row.url, text=_sentence(row))
        for row in sorted(first.values(), key=lambda row: row.public_id)
    ]


def others_that_tell(connection: Connection, public_id: str) -> list[tuple[str, str]]:
    """Return the id and URL of each article that is shown and tells the text of the one of that id."""
    shown = (article.c.withheld.is_(None), article.c.id != _withheld.c.id, _withheld.c.public_id == public_id)
    return [
        (row.public_id, row.url)
        for row in _rows(connection, *(e.where(*shown) for e in (_IN_STORY, _CONTAINS)))
    ]


def _rows(connection: Connection, *statements: Select[Any]) -> list[Any]:
    found = union(*statements).subquery()
    return list(connection.execute(select(found).order_by(found.c.public_id, found.c.of)))


def _sentence(row: Any) -> str:
    """Return what is to be known of an article: it is withheld itself, or is to be looked at."""
    if row.withheld is not None:
        return f"{row.public_id} is withheld: {row.withheld}"
    return f"{row.public_id} is shown and tells the text of {row.of}, which is withheld: {row.reason}"

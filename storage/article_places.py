"""Where articles stand: the page, site and section of each, joined to a statement about articles."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from storage.models import article, page, section, site


def with_places(statement: Select[Any]) -> Select[Any]:
    """Return *statement*, which selects from articles, joined to the page, site and section of each."""
    return (
        statement.join(page, page.c.id == article.c.page_id)
        .join(site, site.c.id == article.c.site_id)
        .outerjoin(section, section.c.id == article.c.section_id)
    )

"""What a query asks of the row of an article, the same on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, true

from storage.database.row_lists import as_rows
from storage.language_tags import is_in_language
from storage.models import article as a
from storage.models import page, section, site
from storage.records import PageState
from storage.search.document_numbers import DATED, first_number
from storage.search.marked_fields import sources_with
from storage.search.newest_spans import Span
from storage.search.query_language import And, Character, Equals, Node, Not, Or, Phrase, Published
from storage.stories.ids import is_in_story

cited = a.alias("cited")
HasWords = Callable[[ColumnElement[int], Node], ColumnElement[bool]]


def condition(connection: Connection, node: Node, has: HasWords) -> ColumnElement[bool]:
    """Return what *node* asks of an article's row; *has* tells whether its document has words."""
    match node:
        case And(wanted):
            return and_(true(), *(condition(connection, part, has) for part in wanted))
        case Or(wanted):
            return or_(false(), *(condition(connection, part, has) for part in wanted))
        case Not(part):
            # Also of what has no source, language or section at all, of which no value is true.
            return condition(connection, part, has).is_not(true())
        case Equals("source", value):
            return _of_source(connection, value)
        case Equals(field, value):
            return _field(field, value)
        case Published():
            span = numbers_of(node)
            return and_(a.c.document >= span.first, a.c.document < span.end)
        case Phrase() | Character():
            return has(a.c.document, node)


def _field(field: str, value: str) -> ColumnElement[bool]:
    match field:
        case "site":
            # One number, not a list of one: so that the index of a site's articles keeps their order.
            number = select(site.c.id).where(site.c.key == value).scalar_subquery()
            return a.c.site_id == func.coalesce(number, 0)
        case "section":
            return a.c.section_id.in_(select(section.c.id).where(section.c.slug == value))
        case "lang":
            return is_in_language(value)
        case "state":
            return _in_state(value)
        case "story":
            return is_in_story(value)
    raise ValueError(f"there is no field {field}")


def _of_source(connection: Connection, value: str) -> ColumnElement[bool]:
    """Return whether the source holds *value*."""
    return a.c.source.in_(as_rows(connection, sources_with(connection, value), a.c.source.type))


def _in_state(value: str) -> ColumnElement[bool]:
    """Return whether the article's page is in a state; the few that are removed have an index."""
    rare = {PageState.GONE.value: page.c.gone_at, PageState.SUSPECTED.value: page.c.suspected_at}
    if value in rare:
        shown = select(cited.c.id).join_from(
            page, cited, (cited.c.id == page.c.article_id) & (cited.c.page_id == page.c.id)
        )
        return a.c.id.in_(shown.where(rare[value].is_not(None), page.c.state == value))
    found = select(page.c.id).where(page.c.id == a.c.page_id, page.c.state == value)
    return found.correlate(a).exists()  # also within a statement that has pages of its own


def numbers_of(days: Published) -> Span:
    """Return the document numbers of *days*; no undated document's."""
    first, last = days.first or date.min, days.last or date.max
    return Span(first_number(first), first_number(last) + DATED)

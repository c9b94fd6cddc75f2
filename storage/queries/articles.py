"""Articles as rows: one by its id or URL, those that pass a filter, the revisions of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, type_coerce

from storage.article_places import with_places
from storage.database.column_types import UtcText
from storage.database.row_lists import as_rows
from storage.errors import BadQuery, NoSuchArticle
from storage.language_tags import is_in_language
from storage.models import (
    article as a,
)
from storage.models import (
    attachment,
    fetch,
    image,
    membership,
    page,
    revision,
    run,
    section,
    site,
    story,
)
from storage.records import STATES_OF_ARTICLES, Link, Mention, RunKind
from storage.rows import (
    ArticleFilter,
    ArticleRow,
    RevisionRow,
)
from storage.safe_text import storable
from storage.stories.ids import STORY_ID, is_in_story, story_first
from storage.url_keys import page_id

if TYPE_CHECKING:
    from sqlalchemy import Row, Table

    from storage.export.rows import Columns

CHUNK = 1_000  # articles in memory at once: attachments and images are asked for so many
original = a.alias("original")
latest = revision.alias("latest")

ARTICLES: Select[Any] = with_places(
    select(
        a.c.public_id.label("id"),
        site.c.key.label("site"),
        site.c.timezone,
        section.c.slug.label("section"),
        page.c.url,
        latest.c.id.label("revision_id"),
        latest.c.title,
        latest.c.body,
        latest.c.body_kind,
        latest.c.tables,
        latest.c.mentions,
        latest.c.published_day,
        latest.c.published_at,
        latest.c.published_offset,
        latest.c.published_precision,
        latest.c.published_from,
        latest.c.source,
        latest.c.author,
        latest.c.editor,
        a.c.language,
        a.c.first_seen,
        page.c.last_seen,
        page.c.state,
        page.c.gone_at,
        latest.c.number.label("revision"),
        a.c.revisions,
        STORY_ID.label("story"),
        original.c.public_id.label("duplicate_of"),
        membership.c.kind.label("duplicate_kind"),
        membership.c.score.label("duplicate_score"),
        latest.c.digest,
        latest.c.text_digest,
        latest.c.extractor_version,
        latest.c.template_version,
        a.c.withheld,
    )
    .join_from(a, latest, latest.c.id == a.c.latest_revision)
    .outerjoin(story, story.c.id == a.c.story_id)
    .outerjoin(story_first, story_first.c.id == story.c.first_article)
    .outerjoin(membership, membership.c.article_id == a.c.id)
    .outerjoin(original, original.c.id == membership.c.linked_to)
)

TIMES = ("first_seen", "last_seen", "gone_at")
EXPORTED: Select[Any] = ARTICLES.with_only_columns(
    *(
        type_coerce(column, UtcText()).label(column.name) if column.name in TIMES else column
        for column in ARTICLES.selected_columns
    ),
    maintain_column_froms=True,
)


def articles(connection: Connection, wanted: ArticleFilter) -> Iterator[ArticleRow]:
    """Yield the articles that *wanted* describes, in order of id."""
    for columns in _streamed(connection, _in_order(connection, ARTICLES, wanted)):
        yield from _article_rows(columns)


def article_columns(connection: Connection, wanted: ArticleFilter) -> Iterator[Columns]:
    """Yield the articles that *wanted* describes, in order of id, up to `CHUNK` at a time, by columns.

    These are the fields of an `ArticleRow`, the paragraphs as its body and the `TIMES` as ISO text.
    """
    return _streamed(connection, _in_order(connection, EXPORTED, wanted))


def _in_order(connection: Connection, articles: Select[Any], wanted: ArticleFilter) -> Select[Any]:
    return articles.where(*_conditions(connection, wanted)).order_by(a.c.public_id)


def _streamed(connection: Connection, statement: Select[Any]) -> Iterator[Columns]:
    with connection.execution_options(yield_per=CHUNK).execute(statement) as result:
        for rows in result.partitions():
            yield _columns(connection, rows)


def revision_columns(connection: Connection, wanted: ArticleFilter) -> Iterator[Columns]:
    """Yield every revision of the articles that *wanted* describes, oldest first, by columns."""
    statement: Select[Any] = (
        ARTICLES.with_only_columns(
            a.c.public_id.label("article"),
            site.c.timezone,
            a.c.withheld,
            revision.c.id.label("revision_id"),
            revision.c.body_kind,
            revision.c.tables,
            revision.c.mentions,
            revision.c.published_offset,
            *(revision.c[name] for name in _REVISION_COLUMNS),
        )
        .join(revision, revision.c.article_id == a.c.id)
        .where(*_conditions(connection, wanted))
        .order_by(a.c.public_id, revision.c.number)
    )
    return _streamed(connection, statement)


def articles_page(
    connection: Connection, wanted: ArticleFilter, *, limit: int, after: str | None
) -> list[ArticleRow]:
    """Return the first *limit* articles that *wanted* describes, in order of id, behind the id *after*."""
    statement = _in_order(connection, ARTICLES, wanted).limit(limit)
    if after is not None:
        statement = statement.where(a.c.public_id > storable(after))
    return _rows(connection, connection.execute(statement).all())


def articles_of_rows(connection: Connection, article_numbers: Sequence[int]) -> dict[int, ArticleRow]:
    """Return articles by row number."""
    numbered = ARTICLES.add_columns(a.c.id.label("row_number")).where(a.c.id.in_(article_numbers))
    rows = connection.execute(numbered).all()
    return {row.row_number: found for row, found in zip(rows, _rows(connection, rows), strict=True)}


def article(connection: Connection, id_or_url: str) -> ArticleRow:
    """Return the article of an id or URL. :raises NoSuchArticle: if there is none."""
    number = article_number(connection, id_or_url)
    return articles_of_rows(connection, [number])[number]


def article_number(connection: Connection, id_or_url: str) -> int:
    """Return the row number of an article. :raises NoSuchArticle: if there is none."""
    wanted = storable(id_or_url.strip())
    number = connection.scalar(select(a.c.id).where(a.c.public_id == wanted.lower()))
    if number is not None:
        return int(number)
    ids = (page_id(wanted), wanted.lower())
    known = select(page.c.article_id, page.c.state, page.c.reason).where(page.c.public_id.in_(ids))
    found = connection.execute(known).first()
    if found is None:
        raise NoSuchArticle(f"the archive holds no article {wanted[:200]!r}; a search shows ids and URLs")
    if found.article_id is None:
        state = f"{found.state} ({found.reason})" if found.reason else found.state
        raise NoSuchArticle(
            f"the archive holds no article {wanted[:200]!r}: this page is {state};"
            " `hotnews evidence` shows what it answered, if anything was kept"
        )
    return int(found.article_id)


def _conditions(connection: Connection, wanted: ArticleFilter) -> list[ColumnElement[bool]]:
    _require_legible(wanted)
    equal = (
        (site.c.key, wanted.site),
        (section.c.slug, wanted.section),
        (latest.c.source, wanted.source),
        (page.c.state, wanted.state),
    )
    conditions = [column == storable(value) for column, value in equal if value is not None]
    if wanted.language is not None:
        conditions.append(is_in_language(storable(wanted.language)))
    if wanted.story is not None:
        conditions.append(is_in_story(storable(wanted.story)))
    if wanted.published_from is not None:
        conditions.append(latest.c.published_day >= wanted.published_from)
    if wanted.published_to is not None:
        conditions.append(latest.c.published_day <= wanted.published_to)
    if wanted.changed_since is not None:
        conditions.append(or_(_has_changed_since(wanted.changed_since), _is_read_since(wanted.changed_since)))
    if wanted.query is not None:
        from storage.search.matching import documents_of

        conditions.append(a.c.document.in_(documents_of(connection, wanted.query)))
    if wanted.since_run is not None:
        from storage.queries.runs import end_of

        number, ended_at = end_of(connection, wanted.since_run)
        read = _is_read_since(ended_at, but_in=number)
        conditions.append(or_(latest.c.run_id > number, _has_changed_since(ended_at), read))
    return conditions


def _has_changed_since(moment: datetime) -> ColumnElement[bool]:
    """Return whether an article's text, state, address, section or story changed, or it was withheld."""
    return or_(latest.c.seen_at >= moment, page.c.changed_at >= moment, a.c.changed_at >= moment)


def _is_read_since(moment: datetime, *, but_in: int = 0) -> ColumnElement[bool]:
    """Return whether an article's text was imported or read anew since, whenever the page was fetched."""
    is_open = or_(run.c.finished_at.is_(None), run.c.finished_at >= moment)
    return latest.c.run_id.in_(
        select(run.c.id).where(run.c.kind != RunKind.CRAWL.value, run.c.id != but_in, is_open)
    )


def _require_legible(wanted: ArticleFilter) -> None:
    """Check what an engine would take for something that no article has.

    :raises BadQuery: if there is no such state, a day is none, or a moment names no zone
    """
    if wanted.state is not None and wanted.state not in STATES_OF_ARTICLES:
        raise BadQuery(f"there is no state {wanted.state!r}; it is one of {', '.join(STATES_OF_ARTICLES)}")
    for name in ("published_from", "published_to"):
        day = getattr(wanted, name)
        if day is not None and not isinstance(day, date):
            raise BadQuery(f"{name} is no day: {day!r}; give it a datetime.date")
    since = wanted.changed_since
    if since is not None and (not isinstance(since, datetime) or since.tzinfo is None):
        raise BadQuery(f"changed_since is no datetime with a time zone: {since!r}; give it one, such as UTC")


def _rows(connection: Connection, rows: Sequence[Row[Any]]) -> list[ArticleRow]:
    return list(_article_rows(_columns(connection, rows))) if rows else []


def _columns(connection: Connection, rows: Sequence[Row[Any]]) -> Columns:
    """Return *rows*, at least one, by columns, with their links; of withheld articles no text."""
    columns: dict[str, Sequence[Any]] = dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))
    columns.pop("row_number", None)
    columns |= _without_withheld(columns)
    for name, read in (("tables", _tables), ("mentions", _mentions)):
        columns[name] = [read(stored) if stored else () for stored in columns[name]]
    revisions = columns.pop("revision_id")
    for table in (attachment, image):
        links = _links(connection, table, revisions)
        columns[f"{table.name}s"] = [links.get(number, ()) for number in revisions]
    return columns


_WITHHELD = {"title": "", "body": "", "tables": None, "mentions": None, "revision_id": None}


def _without_withheld(columns: Columns) -> Columns:
    """Return the columns of `_WITHHELD` with nothing where the article is withheld."""
    hidden = [place for place, reason in enumerate(columns["withheld"]) if reason is not None]
    if not hidden:
        return {}
    shown = {name: list(columns[name]) for name in _WITHHELD}
    for name, values in shown.items():
        for place in hidden:
            values[place] = _WITHHELD[name]
    return shown


def _article_rows(columns: Columns) -> Iterator[ArticleRow]:
    """Yield the rows of *columns*."""
    known = {name: values for name, values in columns.items() if name != "body"}
    known["paragraphs"] = [*map(_paragraphs, columns["body"])]
    for values in zip(*known.values(), strict=True):
        yield ArticleRow(**dict(zip(known, values, strict=True)))


def _tables(stored: list[list[list[str]]]) -> tuple[Any, ...]:
    return tuple(tuple(map(tuple, table)) for table in stored)


def _mentions(stored: list[dict[str, str]]) -> tuple[Any, ...]:
    return tuple(Mention(text=m["text"], day=date.fromisoformat(m["day"])) for m in stored)


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(body.split("\n")) if body else ()


def _links(
    connection: Connection, table: Table, revisions: Sequence[int | None]
) -> dict[int, tuple[Link, ...]]:
    numbers = as_rows(connection, [number for number in revisions if number is not None])
    wanted = table.c.revision_id.in_(numbers)
    rows = connection.execute(select(table).where(wanted).order_by(table.c.revision_id, table.c.number))
    found: dict[int, tuple[Link, ...]] = {}
    for row in rows:
        link = Link(url=row.url, title=row.title, media_type=row.media_type)
        found[row.revision_id] = (*found.get(row.revision_id, ()), link)
    return found


def history(connection: Connection, id_or_url: str) -> list[RevisionRow]:
    """Return the revisions of an article, oldest first."""
    number = article_number(connection, id_or_url)
    rows = connection.execute(
        select(
            a.c.public_id.label("article"),
            a.c.withheld,
            run.c.key.label("run"),
            fetch.c.status,
            fetch.c.warc_file,
            fetch.c.warc_offset,
            fetch.c.warc_length,
            revision.c.id.label("revision_id"),
            revision.c.tables,
            *(revision.c[name] for name in _REVISION_COLUMNS),
        )
        .join_from(revision, a, a.c.id == revision.c.article_id)
        .join(fetch, fetch.c.id == revision.c.fetch_id)
        .join(run, run.c.id == revision.c.run_id)
        .where(a.c.id == number)
        .order_by(revision.c.number)
    ).all()
    attachments = _links(connection, attachment, [row.revision_id for row in rows])
    return [_revision_row(dict(row._mapping), attachments) for row in rows]


_REVISION_COLUMNS = (
    "number",
    "cause",
    "seen_at",
    "title",
    "body",
    "published_day",
    "published_at",
    "published_precision",
    "published_from",
    "source",
    "author",
    "editor",
    "digest",
    "text_digest",
    "chain",
    "payload_digest",
    "extractor_version",
    "template_version",
)


def _revision_row(values: dict[str, Any], attachments: Mapping[int, tuple[Link, ...]]) -> RevisionRow:
    links, tables = attachments.get(values.pop("revision_id"), ()), _tables(values.pop("tables") or [])
    if values.pop("withheld") is not None:
        values |= dict.fromkeys(("warc_file", "warc_offset", "warc_length")) | {"title": "", "body": ""}
        links, tables = (), ()
    return RevisionRow(paragraphs=_paragraphs(values.pop("body")), tables=tables, attachments=links, **values)

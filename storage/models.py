"""The tables, the same on SQLite and PostgreSQL.

They are Core tables: the write path inserts plain rows in batches and the read side answers frozen
rows, so no class is mapped and opening an archive does not import the ORM. Row numbers are given by
`row_numbers`, under the one writer's lock, and never leave `storage`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from storage.database.column_types import Json, Number, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

FEW = "few"  # among what is known of an index: the condition of the rows it holds


def _row_number() -> Column[int]:
    return Column("id", Number, primary_key=True, autoincrement=False)


def _link(name: str, target: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    return Column(name, Number, ForeignKey(f"{target}.id"), nullable=nullable, primary_key=primary_key)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _few(table: str, column: str, condition: ColumnElement[bool]) -> Index:
    """Return an index of the few rows for which *condition* holds; the others cost nothing.

    PostgreSQL is told the condition when tables are made, see `first_schema.limit_indexes`.
    """
    return Index(f"ix_{table}_{column}", column, sqlite_where=condition, info={FEW: condition})


site = Table(
    "site",
    metadata,
    _row_number(),
    Column("key", Text, nullable=False, unique=True),
    _text("title"),
    _text("base_url"),
    _text("country", nullable=True),
    _text("language", nullable=True),
    _text("timezone", nullable=True),
    _text("platform", nullable=True),
)

section = Table(
    "section",
    metadata,
    _row_number(),
    _link("site_id", "site"),
    _text("slug"),
    _text("title"),
    _text("url"),
    Column("backfilled_at", UtcTime),  # first walked to its end
    Column("last_full_walk", UtcTime),
    Column("stated_total", Integer),
    # A walk began and did not come to where it had to be: the next one must not stop early.
    Column("walk_open", Boolean, nullable=False, default=False),
    UniqueConstraint("site_id", "slug"),
)

run = Table(
    "run",
    metadata,
    _row_number(),
    Column("key", Text, nullable=False, unique=True),  # what people and scripts call it
    _link("site_id", "site", nullable=True),
    _text("kind"),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    _text("verdict", nullable=True),
    _text("reason", nullable=True),
    Column("counts", Json, nullable=False),
    Column("measures", Json, nullable=False),  # name -> {value, low, high}: what its articles were like
    Column("warnings", Json, nullable=False),  # of a change that no verdict speaks of yet
    Column("options", Json, nullable=False),
    _text("code_version"),
    _text("host"),
    _text("digest", nullable=True),  # over its revisions' chains and the site's previous run
    Index(None, "site_id", "id"),
)

lease = Table(
    "lease",
    metadata,
    _link("site_id", "site", primary_key=True),
    _link("run_id", "run"),
    _text("host"),
    _text("boot_id"),
    Column("pid", Integer, nullable=False),
    _text("pid_started"),
    Column("heartbeat_at", UtcTime, nullable=False),
)

section_coverage = Table(
    "section_coverage",
    metadata,
    _link("run_id", "run", primary_key=True),
    _link("section_id", "section", primary_key=True),
    Column("walked_to_end", Boolean, nullable=False),
    Column("full_walk", Boolean, nullable=False),
    Column("stated_total", Integer),
    Column("listed", Integer, nullable=False),  # entries its list pages named in this run
    Column("known", Integer, nullable=False),  # entries they ever named
    Column("archived", Integer, nullable=False),
    Column("rejected", Json, nullable=False),  # reason -> pages
    Column("lost", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
    Column("gaps", Json, nullable=False),
    _text("verdict"),  # complete, incomplete, unknown
)

page = Table(
    "page",
    metadata,
    _row_number(),
    Column("public_id", Text, nullable=False, unique=True),  # digest of the URL key: short, any engine
    _text("url"),
    _text("url_key"),
    _link("site_id", "site"),
    Column("article_id", Number),  # the article it shows; several URLs may show one
    _text("state"),
    _text("reason", nullable=True),  # of a rejection or of the last failure
    Column("attempts", Integer, nullable=False),  # failures in a row
    Column("misses", Integer, nullable=False),  # removal checks in a row
    Column("next_visit", UtcTime),
    _text("etag", nullable=True),
    _text("last_modified", nullable=True),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False),  # last 200, 304 or listing
    Column("suspected_at", UtcTime),
    Column("gone_at", UtcTime),
    Column("moved_to", Number),
    Column("last_run_id", Number),  # the run that last visited it
    Column("changed_at", UtcTime),  # when it came into its state, or an article came to it
    Index(None, "site_id", "next_visit"),
    # Few pages are gone, suspected or moved, and readers ask for just those.
    _few("page", "gone_at", Column("gone_at").is_not(None)),
    _few("page", "suspected_at", Column("suspected_at").is_not(None)),
    _few("page", "moved_to", Column("moved_to").is_not(None)),
)

listing = Table(
    "listing",
    metadata,
    _link("section_id", "section", primary_key=True),
    _link("page_id", "page", primary_key=True),
    _text("title", nullable=True),
    Column("day", Date),
    Column("first_listed", UtcTime, nullable=False),
    Column("last_listed", UtcTime, nullable=False),
    Column("delisted_at", UtcTime),  # absent from a full walk since
    _link("run_id", "run"),  # the run that last saw it listed
    Index(None, "page_id"),
    sqlite_with_rowid=False,
)

fetch = Table(
    "fetch",
    metadata,
    _row_number(),
    _link("run_id", "run"),
    _link("page_id", "page", nullable=True),
    _text("url"),
    _text("kind"),
    Column("at", UtcTime, nullable=False),
    Column("waited", Float),
    _text("rule", nullable=True),
    Column("status", Integer),
    Column("elapsed", Float),
    Column("bytes", Number),
    _text("digest", nullable=True),
    _text("warc_file", nullable=True),
    Column("warc_offset", Number),
    Column("warc_length", Number),
    _text("result"),  # what the visit changed
    _text("error", nullable=True),
    Index(None, "page_id"),
    Index(None, "run_id"),
)

article = Table(
    "article",
    metadata,
    _row_number(),
    Column("public_id", Text, nullable=False, unique=True),  # that of its first page
    _link("page_id", "page"),  # the URL it is cited by
    _link("site_id", "site"),
    _link("section_id", "section", nullable=True),
    _text("language", nullable=True),
    Column("first_seen", UtcTime, nullable=False),
    Column("latest_revision", Number, nullable=False),
    Column("revisions", Integer, nullable=False),
    _text("text_digest"),  # of the latest revision
    _text("source", nullable=True),  # of the latest revision: facets read no text
    Column("document", Number, nullable=False),  # its place in newest-first order, see `search_index`
    Column("story_id", Number),
    _text("withheld", nullable=True),  # the reason, where it is
    Column("changed_at", UtcTime),  # when it was withheld, shown again, or put elsewhere among the stories
    Index(None, "text_digest"),
    Index(None, "document", "site_id", "source", "withheld"),  # facets of a query read nothing else
    Index(None, "site_id", "document", "withheld"),
    Index(None, "source", "document", "site_id", "withheld"),
    _few("article", "latest_revision", Column("revisions") > 1),
    Index("ix_article_story_id", "story_id", sqlite_where=Column("story_id").is_not(None)),
)

revision = Table(
    "revision",
    metadata,
    _row_number(),
    _link("article_id", "article"),
    Column("number", Integer, nullable=False),
    _text("title"),
    _text("body"),  # paragraphs joined by one newline
    _text("body_kind"),
    Column("tables", Json),
    Column("mentions", Json),
    Column("published_day", Date),  # on the site's calendar
    Column("published_at", UtcTime),  # null without an hour
    Column("published_offset", Integer),  # minutes east of UTC, as the page gave it
    _text("published_precision", nullable=True),
    _text("published_from", nullable=True),  # the rule, or why there is no date
    _text("source", nullable=True),
    _text("author", nullable=True),
    _text("editor", nullable=True),
    _text("digest"),
    _text("text_digest"),
    _text("chain"),
    _text("payload_digest", nullable=True),
    _link("fetch_id", "fetch"),
    _link("run_id", "run"),
    _text("extractor_version"),
    _text("template_version", nullable=True),
    _text("cause"),  # first, edited, reextracted
    Column("seen_at", UtcTime, nullable=False),
    UniqueConstraint("article_id", "number"),
    Index(None, "run_id"),
    _few("revision", "seen_at", Column("cause") == literal_column("'edited'")),
)


def _links_of_revision(name: str) -> Table:
    return Table(
        name,
        metadata,
        _link("revision_id", "revision", primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        _text("url"),
        _text("title", nullable=True),
        _text("media_type", nullable=True),
        sqlite_with_rowid=False,
    )


attachment = _links_of_revision("attachment")
image = _links_of_revision("image")

site_template = Table(
    "site_template",
    metadata,
    _link("site_id", "site", primary_key=True),
    Column("version", Text, primary_key=True),
    _link("run_id", "run"),  # the complete run after which it was learned last
    _text("learner"),  # the version of what learned it
    Column("learned_from", Json, nullable=False),  # section -> [[article, digest of its payload], ...]
    Column("rules", Json, nullable=False),  # section -> lines of furniture, layout by layout
)

story = Table(
    "story",
    metadata,
    _row_number(),
    _link("first_article", "article"),  # whose public id is the story's
    Column("size", Integer, nullable=False),
)

membership = Table(
    "membership",
    metadata,
    _link("article_id", "article", primary_key=True),
    _link("story_id", "story"),
    _link("linked_to", "article", nullable=True),  # null for the story's first
    _text("kind", nullable=True),
    Column("score", Float),
    _text("algorithm", nullable=True),
    Index(None, "story_id"),
)

relation = Table(
    "relation",
    metadata,
    _link("article_id", "article", primary_key=True),
    _link("other_id", "article", primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("score", Float),
    _text("algorithm", nullable=True),
    Index(None, "other_id"),
)


copy_link = Table(
    "copy_link",
    metadata,
    _link("article_id", "article", primary_key=True),
    _link("other_id", "article", primary_key=True),
    _text("kind"),  # what the article is to the other
    Column("score", Float, nullable=False),
    Column("container_id", Number, nullable=False),  # the longer of the two
    Column("start", Float, nullable=False),  # where the shared part lies in it, as shares
    Column("end", Float, nullable=False),
    _text("algorithm"),
    Index(None, "other_id"),
    sqlite_with_rowid=False,
)


def _fingerprints(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("hash", Integer, primary_key=True, autoincrement=False),  # signed 32 bits
        Column("article_id", Number, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


fingerprint = _fingerprints("fingerprint")
fingerprint_hot = _fingerprints("fingerprint_hot")  # small; merged into the other in key order

fingerprint_filter = Table(  # of the merged fingerprints; see `storage.stories.fingerprint_filter`
    "fingerprint_filter",
    metadata,
    Column("slice", Integer, primary_key=True, autoincrement=False),
    Column("checksum", Number, nullable=False),  # of the bits
    Column("bits", LargeBinary, nullable=False),
)

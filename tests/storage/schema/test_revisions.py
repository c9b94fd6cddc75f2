"""Archives of every schema: made, recognised and brought forward with their data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from storage.archive import Archive
from storage.database.engine import make_engine, reading, writing
from storage.errors import ArchiveOutOfDate
from storage.locations import parse_url
from storage.migrations import VERSIONS, configuration, migrate, search_index
from storage.models import metadata
from storage.queries.changes import ChangeKind
from storage.schema.revisions import HEAD, REVISIONS, UNFILLED, stored_revision
from storage.schema.upgrading import upgrade
from storage.schema.views import VIEWS
from storage.search.index import FTS_COLUMNS, Document, add_documents
from storage.verification.findings import Check, Finding
from tests.storage.conftest import set_revision
from tests.storage.samples import article, finish, start, url, visit

NEXT_REVISION = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("page") as page:
        page.add_column(sa.Column("note", sa.Text(), nullable=False, server_default="none yet"))
"""


INDEX_BEFORE_0003 = (
    "DROP TABLE search_index",
    "CREATE VIRTUAL TABLE search_index USING fts5(title, body, characters, content='', tokenize='ascii')",
    "INSERT INTO search_index (rowid, title, body, characters)"
    " SELECT document, lower(title), lower(body), '' FROM article"
    " JOIN revision ON revision.id = article.latest_revision",
)


INDEX_BEFORE_0008 = {
    "sqlite": ("INSERT INTO search_index (search_index) VALUES ('delete-all')",),
    "postgresql": ("ALTER TABLE search_index DROP COLUMN site_id, DROP COLUMN source",),
}
STORY_BEFORE_0009 = {
    "sqlite": (
        "DROP TABLE story",
        "CREATE TABLE story (id INTEGER NOT NULL, public_id TEXT NOT NULL, first_article INTEGER NOT NULL,"
        " size INTEGER NOT NULL, CONSTRAINT pk_story PRIMARY KEY (id),"
        " CONSTRAINT uq_story_public_id UNIQUE (public_id),"
        " CONSTRAINT fk_story_first_article FOREIGN KEY (first_article) REFERENCES article (id))",
    ),
    "postgresql": (
        "ALTER TABLE story ADD COLUMN public_id TEXT NOT NULL",
        "ALTER TABLE story ADD CONSTRAINT uq_story_public_id UNIQUE (public_id)",
    ),
}


def go_back(connection: Connection, revision: str) -> None:
    """Undo what 0008 and 0009 did, where there are no stories, and call the schema by an earlier revision."""
    for name in ("article", "page"):
        connection.execute(text(f"ALTER TABLE {name} DROP COLUMN changed_at"))
    for statement in STORY_BEFORE_0009[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    connection.execute(text("DROP INDEX ix_article_source_document_site_id_withheld"))
    connection.execute(text("DROP INDEX ix_revision_seen_at"))
    connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_the_constant_head_is_that_of_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(configuration())

    assert scripts.get_current_head() == HEAD
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_an_archive_is_created_once(empty_url: str) -> None:
    with Archive.create(empty_url) as first, Archive.create(empty_url) as second:
        assert (first.created, second.created) == (True, False)


def test_creating_makes_the_folders(tmp_path: Path) -> None:
    with Archive.create(f"sqlite:///{tmp_path}/new/deep/archive.db") as archive:
        assert archive.created
        assert archive.masked_url == f"sqlite:///{tmp_path}/new/deep/archive.db"
        assert archive.evidence_root.parent == tmp_path / "new/deep"


def test_the_migrations_make_the_schema_that_the_models_describe(empty_url: str) -> None:
    engine = make_engine(parse_url(empty_url))

    migrate(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_view_names()) == set(VIEWS)
    engine.dispose()
    with Archive(empty_url) as archive:
        archive.record(start(archive), visit(1, article()))


def _is_ours(_item: object, name: str | None, kind: str, *_: object) -> bool:
    # The search index differs from engine to engine and is no model.
    return not (kind == "table" and str(name).startswith("search_index"))


def test_an_older_archive_migrates_forward_with_its_data(archive_url: str, tmp_path: Path) -> None:
    (tmp_path / "v9999.py").write_text(NEXT_REVISION)
    with Archive(archive_url) as archive:
        run = start(archive)
        archive.record(run, visit(1, article()))
        finish(archive, run)
        engine = archive._engine

        migrate(engine, versions=(VERSIONS, tmp_path))

        with reading(engine) as connection:
            assert connection.scalar(text("SELECT note FROM page")) == "none yet"
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
            assert connection.scalar(text("SELECT title FROM articles")) == "Harbour opens"
        assert archive.article(url(1)).title == "Harbour opens"
        assert _foreign_keys(engine) == 1


def test_an_archive_of_the_first_revision_migrates_forward_with_its_data(archive_url: str) -> None:
    with Archive(archive_url) as archive:
        run = start(archive)
        archive.record(run, visit(1, article()))
        finish(archive, run)
        engine = archive._engine
        with writing(engine) as connection:
            connection.execute(text("DROP TABLE fingerprint_filter"))  # what 0002 brought
            if engine.dialect.name == "sqlite":
                for statement in INDEX_BEFORE_0003:
                    connection.exec_driver_sql(statement)
            go_back(connection, "0001")

        migrate(engine)

        assert archive.article(url(1)).title == "Harbour opens"
        assert [hit.title for hit in archive.search("harbour")] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]
        archive.record(start(archive), visit(2, article()))
        assert archive.article(url(2)).duplicate_of == archive.article(url(1)).id
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
            assert compare_metadata(context, metadata) == []


def test_an_index_of_0003_is_made_anew_with_the_body_first(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        archive.record(start(archive), visit(1, article()))
        with writing(archive._engine) as connection:
            for statement in INDEX_BEFORE_0003[:2]:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO search_index (rowid, title) VALUES (1, 'harbour opens')")
            go_back(connection, "0003")

        migrate(archive._engine)

        with reading(archive._engine) as connection:
            row = connection.execute(text("SELECT * FROM search_index"))
            assert tuple(row.keys()) == FTS_COLUMNS
        assert [hit.title for hit in archive.search("title:harbour")] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_an_index_of_0004_gets_the_marks_of_spans_and_titles(postgres_url: str) -> None:
    with Archive(postgres_url) as archive:
        archive.record(start(archive), visit(1, article()))
        with writing(archive._engine) as connection:
            connection.exec_driver_sql(
                "UPDATE search_index SET tokens = ts_filter(tokens, '{a}')"
            )  # no marks
            go_back(connection, "0004")
        assert archive.search("title:harbour") == []

        migrate(archive._engine)

        assert [hit.title for hit in archive.search("title:harbour -missing")] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_an_index_of_0005_gets_the_filter_of_neighbours(postgres_url: str) -> None:
    with Archive(postgres_url) as archive:
        archive.record(start(archive), visit(1, article()))
        with writing(archive._engine) as connection:
            connection.execute(text("ALTER TABLE search_index DROP COLUMN neighbours"))
            go_back(connection, "0005")

        migrate(archive._engine)

        assert [hit.title for hit in archive.search('"harbour opens"')] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_an_index_of_0006_gets_the_marks_of_arrival_and_fields(postgres_url: str) -> None:
    with Archive(postgres_url) as archive:
        archive.record(start(archive), visit(1, article()))
        with writing(archive._engine) as connection:
            connection.exec_driver_sql("UPDATE search_index SET tokens = ts_filter(tokens, '{a}')")
            go_back(connection, "0006")
        assert archive.changes(ChangeKind.NEW, query="harbour") == []
        assert archive.search("harbour site:ningbo") == []

        migrate(archive._engine)

        assert [row.title for row in archive.changes(ChangeKind.NEW, query="harbour")] == ["Harbour opens"]
        assert [hit.title for hit in archive.search("harbour site:ningbo lang:en")] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_an_index_of_0007_gets_marks_of_fields_on_sqlite_and_fields_on_postgresql(archive_url: str) -> None:
    with Archive(archive_url) as archive:
        archive.record(start(archive), visit(1, article(language="zh-Hans", source="Office")))
        with writing(archive._engine) as connection:
            for statement in INDEX_BEFORE_0008[archive._engine.dialect.name]:
                connection.exec_driver_sql(statement)
            go_back(connection, "0007")

        migrate(archive._engine)

        assert [hit.title for hit in archive.search("site:ningbo lang:zh-Hans source:office")] == [
            "Harbour opens"
        ]
        assert archive.facets("harbour").sources == (("Office", 1),)
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


@pytest.mark.parametrize(
    ("title", "source", "made_anew"),
    [
        ("मंत्री ने योजना शुरू की", None, True),
        ("Harbour opens", "وزارة الاقتصاد", True),
        ("Harbour opens – 港口开放", "Bureau ‘Été’", False),
    ],
)
def test_an_index_of_0009_is_made_anew_where_a_text_has_words_with_marks(
    archive_url: str, title: str, source: str | None, made_anew: bool
) -> None:
    with Archive(archive_url) as archive:
        archive.record(start(archive), visit(1, article(title, source=source)))
        with writing(archive._engine) as connection:
            if archive._engine.dialect.name == "sqlite":
                connection.exec_driver_sql(INDEX_BEFORE_0008["sqlite"][0])
            else:
                connection.exec_driver_sql("DELETE FROM search_index")
        set_revision(archive_url, "0009")

        migrate(archive._engine)

        assert [hit.title for hit in archive.search(f'"{title}"')] == ([title] if made_anew else [])


def test_an_upgrade_that_is_stopped_while_it_fills_the_index_goes_on(
    archive_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(archive_url) as archive:
        visits = [visit(number, article(f"Harbour {number}")) for number in range(5)]
        archive.record_all(start(archive), visits)
        with writing(archive._engine) as connection:
            go_back(connection, "0007")
        engine = archive._engine
        batches: list[int] = []

        def add_and_stop(connection: Connection, documents: list[Document]) -> None:
            add_documents(connection, documents)
            batches.append(len(documents))
            if len(batches) == 3:
                raise RuntimeError("power cut")

        monkeypatch.setattr(search_index, "_TEXTS", search_index._TEXTS.limit(2))
        monkeypatch.setattr(search_index, "add_documents", add_and_stop)

        with pytest.raises(RuntimeError):
            upgrade(engine)
        assert stored_revision(engine) == f"{HEAD}{UNFILLED}"
        with pytest.raises(ArchiveOutOfDate, match="run `hotnews upgrade`, which goes on"):
            archive.require_current()
        assert upgrade(engine) is None  # it was backed up before

        assert batches == [2, 2, 1, 1, 0]
        archive.require_current()
        assert len(archive.search("harbour")) == 5
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_a_revision_that_drops_the_search_index_has_it_made_anew_as_it_is_now(
    archive_url: str, tmp_path: Path
) -> None:
    (tmp_path / "v9999.py").write_text(f"{NEXT_REVISION}    op.drop_table('search_index')\n")
    with Archive(archive_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(1, article()), visit(2, article("Harbour closes"))])
        archive.withhold(archive.article(url(2)).id, reason="court order")

        migrate(archive._engine, versions=(VERSIONS, tmp_path))

        assert [hit.title for hit in archive.search("harbour")] == ["Harbour opens"]
        found = [each for each in archive.verify() if isinstance(each, Finding)]
        assert not [each for each in found if each.check is Check.SEARCH]


def test_no_later_change_of_the_search_index_reaches_a_revision() -> None:
    living = "from storage.search.index import"
    using = {path.name for path in VERSIONS.glob("v*.py") if living in path.read_text("utf-8")}

    assert using == {"v0001_first_schema.py"}  # which makes an empty one, for later revisions to drop


def test_a_migration_that_fails_leaves_the_archive_as_it_was(archive_url: str, tmp_path: Path) -> None:
    (tmp_path / "v9999.py").write_text(NEXT_REVISION + "    raise RuntimeError('power cut')\n")
    with Archive(archive_url) as archive:
        archive.record(start(archive), visit(1, article()))

        with pytest.raises(RuntimeError):
            migrate(archive._engine, versions=(VERSIONS, tmp_path))

        with reading(archive._engine) as connection:
            columns = {column["name"] for column in inspect(connection).get_columns("page")}
        assert "note" not in columns
        assert archive.article(url(1)).title == "Harbour opens"
    Archive(archive_url).close()


def _foreign_keys(engine: Engine) -> int:
    if engine.dialect.name == "postgresql":
        return 1
    with engine.connect() as connection:
        return int(connection.scalar(text("PRAGMA foreign_keys")) or 0)


def test_an_upgrade_backs_up_first(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(sqlite_url) as archive:
        archive.record(start(archive), visit(1, article()))
    set_revision(sqlite_url, "0001")
    engine = make_engine(parse_url(sqlite_url))
    monkeypatch.setattr("storage.migrations.migrate", lambda _: set_revision(sqlite_url, HEAD))

    backup = upgrade(engine)

    assert backup is not None
    with closing(sqlite3.connect(backup)) as connection, connection:
        assert connection.execute("SELECT title FROM articles").fetchall() == [("Harbour opens",)]
    connection.close()
    Archive(sqlite_url).close()
    engine.dispose()


def test_upgrading_a_current_archive_changes_nothing(archive_url: str) -> None:
    engine = make_engine(parse_url(archive_url))

    assert upgrade(engine) is None
    engine.dispose()

"""The search index as it is written, with the text that it finds."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.search.document_numbers import article_of, document_number
from storage.search.hits import WEIGHTS
from storage.search.index import FTS_COLUMNS, Document, add_documents, remove_documents
from storage.search.matching import MAPPED, documents_of
from storage.search.tokens import tokens
from tests.storage.samples import START

VOCABULARY = "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, search_index, {})"
BODIES = (
    'Plain ASCII text: covid-19, don\'t, snake_case, A.B.C. and "quotes"; 100% (sure)!',
    "English – “quoted”, don’t… A·B（c）\u00a0d、e",
    "Mixed café – “quoted”, 宁波市 2024年。",
    "x" * 70 + " a word longer than words are",
    "UPPER lower 123abc",
    "Décision à Łódź: 3½ km², Straße Nó 5 €, İstanbul ŒUVRE",
    "wordsthatgoonandonandonandonandonandonandonandonandonandonandon é",
    "é" * 70 + " is too long",
    "宁波2024年5月，A股\ue002上涨。 x " + "y" * 80,
    "",
)


@pytest.mark.parametrize("body", BODIES)
def test_the_index_holds_our_tokens_whatever_way_the_text_takes(sqlite_url: str, body: str) -> None:
    document = Document(
        article_id=1, site_id=1, language=None, source=None, day=START.date(), title="Title", body=body
    )
    with Archive(sqlite_url) as archive:
        with writing(archive._engine) as connection:
            add_documents(connection, [document])
        with reading(archive._engine) as connection:
            connection.execute(
                text("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, search_index, instance)")
            )
            rows = connection.execute(text("SELECT term FROM temp.v WHERE col = 'body' ORDER BY \"offset\""))
            assert [row.term for row in rows] == tokens(body)


@pytest.mark.parametrize("body", BODIES)
def test_what_was_put_in_comes_out_whole(sqlite_url: str, body: str) -> None:
    document = Document(
        article_id=1, site_id=1, language=None, source=None, day=None, title="Title 宁", body=body
    )
    with Archive(sqlite_url) as archive:
        with writing(archive._engine) as connection:
            add_documents(connection, [document])
            remove_documents(connection, [document])
            connection.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
        with reading(archive._engine) as connection:
            connection.execute(text(VOCABULARY.format("row")))
            assert connection.execute(text("SELECT term FROM temp.v")).all() == []


def test_a_documents_number_is_its_day_then_its_article() -> None:
    numbers = [document_number(None, 9), document_number(START.date(), 1), document_number(START.date(), 2)]

    assert numbers == sorted(numbers)
    assert [article_of(number) for number in numbers] == [9, 1, 2]


def test_each_column_of_the_index_has_its_weight_in_its_place() -> None:
    assert tuple(WEIGHTS) == FTS_COLUMNS


def test_a_connection_maps_the_file_once_it_searches_the_text(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive, reading(archive._engine) as connection:
        before = connection.exec_driver_sql("PRAGMA mmap_size").scalar()
        connection.execute(documents_of(connection, "harbour"))

        assert before == 0
        assert connection.exec_driver_sql("PRAGMA mmap_size").scalar() == MAPPED

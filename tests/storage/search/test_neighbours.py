"""The filter of neighbouring tokens, by which PostgreSQL finds phrases."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.search.index import Document, add_documents
from storage.search.matching import documents_of
from storage.search.neighbours import BITS, MOST_BYTES, filter_of, numbers_of
from tests.storage.samples import START

words = st.lists(st.text(min_size=1, max_size=5), max_size=60)


def is_set(found: bytes, first: str, second: str) -> bool:
    byte, bit = divmod(numbers_of([first, second])[0] % (len(found) * BITS), BITS)
    return bool(found[byte] >> bit & 1)


@given(words, words)
def test_all_neighbours_of_each_text_are_in_the_filter(title: list[str], body: list[str]) -> None:
    found = filter_of(title, body)

    assert found
    assert all(is_set(found, *pair) for pair in [*pairwise(title), *pairwise(body)])


def test_a_fifth_of_the_bits_is_set_and_others_are_not_found() -> None:
    body = [f"word{number}" for number in range(700)]

    found = filter_of(body)

    assert len(found) == 351
    assert 0.15 < int.from_bytes(found).bit_count() / (len(found) * BITS) < 0.25
    assert sum(is_set(found, *pair) for pair in pairwise(reversed(body))) < 200


def test_the_filter_of_the_longest_text_fits_into_a_page() -> None:
    assert len(filter_of(["x"] * 15_000)) == MOST_BYTES


def test_tokens_are_read_only_where_the_filter_has_all_pairs_of_a_phrase(postgres_url: str) -> None:
    document = Document(
        article_id=1,
        site_id=1,
        language=None,
        source=None,
        day=START.date(),
        title="Cold chain",
        body="one two three, 宁波市人民",
    )
    with Archive(postgres_url) as archive:
        with writing(archive._engine) as connection:
            add_documents(connection, [document])
        queries = [
            '"cold chain"',
            '"one two three"',
            '"one two thr"*',
            "波市人民",
            '"three two" OR "one two"',
        ]
        assert _found(archive, queries) == [1, 1, 1, 1, 1]

        with writing(archive._engine) as connection:
            connection.execute(text("UPDATE search_index SET neighbours = '\\x00'"))

        assert _found(archive, [*queries, "one three", 'one -"two three"', '"波市"']) == [
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            1,
        ]


def _found(archive: Archive, queries: list[str]) -> list[int]:
    with reading(archive._engine) as connection:
        return [len(connection.execute(documents_of(connection, query)).all()) for query in queries]

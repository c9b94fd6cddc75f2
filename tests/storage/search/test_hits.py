"""What a query finds, in which order, on both engines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import writing
from storage.records import Missing
from storage.rows import Order
from storage.search.hits import newest
from storage.search.index import Document, add_documents, remove_documents
from storage.search.matching import matching
from storage.search.query_language import parse
from storage.search.tokens import tokens
from tests.storage.samples import DAY, NINGBO, START, article, edited, list_visit, start, url, visit

TEXTS = {
    "harbour": article(
        "Harbour opens", "Ningbo's harbour opened.", published_day=date(2024, 5, 1), source="Xinhua"
    ),
    "zh": article(
        "宁波市人民政府",
        "宁波市人民政府今天发布消息，第5号公告。",
        published_day=date(2024, 6, 2),
        language="zh-CN",
        source="寧波ＡＢ電視臺",
    ),
    "cafe": article(
        "CAFÉ news", "The Ｃafé in Ｎｉｎｇｂｏ is open; hot news today.", published_day=date(2019, 6, 8)
    ),
    "undated": article("No date", "A harbour without a date. 府", published_day=None),
    "mixed": article("A股市场", "B座 A股市场 covid-19 vaccine", published_day=date(2024, 5, 3)),
}


def fill(archive: Archive) -> Archive:
    run = start(archive)
    archive.record_all(run, [list_visit(*TEXTS), *(visit(name, found) for name, found in TEXTS.items())])
    return archive


@pytest.fixture
def filled(archive: Archive) -> Archive:
    return fill(archive)


@pytest.fixture(scope="module")
def shared(shared_archive_url: str) -> Iterator[Archive]:
    """Open one filled archive for all the tests that only ask."""
    with Archive(shared_archive_url) as archive:
        yield fill(archive)


def found(archive: Archive, query: str, **options: object) -> list[str]:
    hits = archive.search(query, **options)  # type: ignore[arg-type]
    return [hit.url.rpartition("/")[2].removesuffix(".html") for hit in hits]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("harbour", ["harbour", "undated"]),
        ("HARBOUR opens", ["harbour"]),
        ("harbour NOT NOT site:ningbo", ["harbour", "undated"]),
        ("harbour NOT NOT lang:zh", []),
        ("harbour -(-source:xinhua OR 宁)", ["harbour"]),
        ("cafe", ["cafe"]),
        ("café", ["cafe"]),
        ("ｃａｆｅ", ["cafe"]),
        ("ningbo", ["harbour", "cafe"]),
        ('"hot news"', ["cafe"]),
        ('"news hot"', []),
        ("“hot news”", ["cafe"]),
        ("harbour OR cafe", ["harbour", "cafe", "undated"]),
        ("harbour|cafe", ["harbour", "cafe", "undated"]),
        ("harbour -date", ["harbour"]),
        ("harbour NOT date", ["harbour"]),
        ("-harbour -cafe", ["zh", "mixed"]),
        ("(harbour OR cafe) -date", ["harbour", "cafe"]),
        ("harb*", ["harbour", "undated"]),
        ("vacc*", ["mixed"]),
        ("title:harbour", ["harbour"]),
        ('title:"harbour opens"', ["harbour"]),
        ("title:宁波", ["zh"]),
        ("title:股", ["mixed"]),
        ("宁波", ["zh"]),
        ("波市", ["zh"]),
        ("市人民政", ["zh"]),
        ("人民政府今天发布", ["zh"]),
        ("政府发布", []),
        ("府", ["zh", "undated"]),
        ("今", ["zh"]),
        ("5号", ["zh"]),
        ("第5号公", ["zh"]),
        ("A股", ["mixed"]),
        ("股市场", ["mixed"]),
        ("covid-19", ["mixed"]),
        ("site:ningbo harbour", ["harbour", "undated"]),
        ("site:nowhere harbour", []),
        ("site:nowhere OR harbour", ["harbour", "undated"]),
        ("section:news 宁波", ["zh"]),
        ("source:Xinhua", ["harbour"]),
        ("source:xinhua", ["harbour"]),
        ("source:Ｘｉｎｈｕａ", ["harbour"]),
        ("source:宁波AB电视台", ["zh"]),
        ("source:ab電視", ["zh"]),
        ("source:nobody", []),
        ("宁波 -source:电视", []),
        ("lang:zh", ["zh"]),
        ("lang:en harbour", ["harbour", "undated"]),
        ("published:2024", ["zh", "mixed", "harbour"]),
        ("published:2024-05", ["mixed", "harbour"]),
        ("published:2024-05-01", ["harbour"]),
        ("published:2019-06..2024-05-01", ["harbour", "cafe"]),
        ("published:..2020", ["cafe"]),
        ("published:2024-06..", ["zh"]),
        ("published:2024 harbour", ["harbour"]),
        ("-published:2024", ["cafe", "undated"]),
        ("state:archived harbour", ["harbour", "undated"]),
        ("state:gone", []),
        ("", ["zh", "mixed", "harbour", "cafe", "undated"]),
        ("*", ["zh", "mixed", "harbour", "cafe", "undated"]),
        ("published:never", []),
        ("nothing-like-this", []),
    ],
)
def test_queries_find_what_they_say_newest_first(shared: Archive, query: str, names: list[str]) -> None:
    assert found(shared, query) == names
    assert shared.count(query).number == len(names)


def test_an_edited_article_is_found_by_its_new_words_only(filled: Archive) -> None:
    run = start(filled, None)

    text = edited(TEXTS["harbour"], "Quay. 码头", published_day=date(2024, 7, 1))
    filled.record(run, visit("harbour", text, START + DAY))

    assert found(filled, "quay") == found(filled, "码") == ["harbour"]
    assert found(filled, "opened") == []
    assert found(filled, "published:2024")[0] == "harbour"


def test_relevance_puts_the_title_first(shared: Archive) -> None:
    assert found(shared, "harbour", order=Order.RELEVANCE)[0] == "harbour"


def test_paging_is_stable_while_articles_arrive(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(n, article(f"News {n}", f"text {n}")) for n in range(10)])
    first = archive.search("news", limit=4)
    archive.record(run, visit(99, article("News 99", published_day=date(2024, 6, 1))))

    second = archive.search("news", limit=4, after=first[-1].id)
    third = archive.search("news", limit=4, after=second[-1].id)

    assert [hit.title for hit in [*first, *second, *third]] == [f"News {n}" for n in reversed(range(10))]


def test_facets_count_sites_months_and_sources(shared: Archive) -> None:
    facets = shared.facets("")

    assert facets.sites == (("ningbo", 5),)
    assert dict(facets.months) == {"2024-05": 2, "2024-06": 1, "2019-06": 1}
    assert facets.sources == (("Xinhua", 1), ("寧波ＡＢ電視臺", 1))
    assert facets.count.exact


@pytest.mark.parametrize("query", ["", "harbour", "-harbour", "harbour OR -宁波", "source:xinhua", "nothing"])
@pytest.mark.parametrize("counted", [2, 10_000])
@pytest.mark.parametrize("order", list(Order))
def test_the_first_page_is_what_search_and_facets_say(
    shared: Archive, monkeypatch: pytest.MonkeyPatch, query: str, counted: int, order: Order
) -> None:
    monkeypatch.setattr("storage.search.counting.COUNTED", counted)
    monkeypatch.setattr("storage.search.hits.RANKED", counted)

    hits, facets = shared.first_page(query, limit=2, order=order)

    assert hits == shared.search(query, limit=2, order=order)
    assert facets == shared.facets(query)
    assert facets.count == shared.count(query)
    assert sum(number for _, number in facets.sites) == facets.count.number


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("harbour", ["harbour"]),
        ("harb*", ["harbour"]),
        ("宁波", ["宁波"]),
        ("今", ["今"]),
        ('"hot news"', ["hot news"]),
        ("café", ["Ｃafé"]),
    ],
)
def test_snippets_mark_what_was_found(shared: Archive, query: str, marked: list[str]) -> None:
    hit = next(hit for hit in shared.search(query) if hit.marks)

    assert [hit.snippet[start:end] for start, end in hit.marks] == marked


@pytest.mark.parametrize(
    ("query", "marked"), [("title:harb*", ["Harbour"]), ("title:宁波", ["宁波"]), ("", [])]
)
def test_titles_mark_what_was_found(archive: Archive, query: str, marked: list[str]) -> None:
    archive.record(start(archive), visit("a", article("Harbour 宁波 opens", "A text.")))

    (hit,) = archive.search(query)

    assert [hit.title[start:end] for start, end in hit.title_marks] == marked


def test_chinese_counts_equal_a_substring_scan(archive: Archive) -> None:
    chance = random.Random(3)
    letters = "宁波市人民政府发布消息公告"
    words = ["".join(chance.choices(letters, k=chance.choice((1, 2, 3)))) for _ in range(60)]
    bodies = ["".join(chance.choices([*words, "，", "。", " 2024 "], k=60)) for _ in range(120)]
    run = start(archive)
    archive.record_all(run, [visit(n, article(f"T{n}", body)) for n, body in enumerate(bodies)])

    for length in (1, 2, 3, 6):
        for _ in range(10):
            body = chance.choice(bodies)
            place = chance.randrange(len(body) - length)
            query = body[place : place + length]
            if all("\u4e00" <= character <= "\u9fff" for character in query):
                assert archive.count(query).number == sum(query in text for text in bodies), query


OTHERS = (
    "lately",
    '"everywhere often"',
    "everywhere -often",
    "often published:2020..2023",
    "often published:..1999-12-31",
    "title:often",
    "title:oft*",
    'title:"often told" seldom',
    "-title:often everywhere",
    "long",
    "none",
)


def test_the_newest_hits_are_the_same_however_often_their_words_are_there(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search.newest_spans.NEAR", 5)
    words = {"everywhere": 1, "often": 3, "seldom": 40, "rare": 151}
    documents = [
        Document(
            article_id=number,
            site_id=1,
            language=None,
            source=None,
            day=START.date() - DAY * (number // 7) ** 2 if number > 20 else None,
            title="T" if number % 6 else "Often told",
            body=" ".join(word for word, step in words.items() if number % step == 0),
        )
        for number in range(1, 301)
    ]
    documents[3] = replace(documents[3], body="long " * 400 + "often lately")  # in pieces on PostgreSQL
    documents += [
        Document(
            article_id=number,
            site_id=1,
            language=None,
            source=None,
            day=START.date(),
            title="",
            body="lately",
        )
        for number in (301, 302)
    ]
    with writing(archive._engine) as connection:
        add_documents(connection, documents)
        connection.execute(text("ANALYZE"))  # PostgreSQL parts the documents by what it knows of them

        for word in (*words, *OTHERS):
            node = parse(word)
            statement = matching(connection, node)
            every = sorted(connection.scalars(statement).all(), reverse=True)
            for limit in (1, 20, 500):
                assert newest(connection, node, limit) == every[:limit], (word, limit)
                assert newest(connection, node, limit, every[0] if every else 1) == every[1 : limit + 1]


def test_a_long_text_is_found_whole(archive: Archive) -> None:
    run = start(archive)
    body = "same " * 3_000 + " ".join(f"word{n}" for n in range(40_000)) + " 宁波 the end"
    archive.record(run, visit(1, article("Long", body)))

    phrase = '"word39998 word39999 宁波"'
    for query in (
        "same same",
        phrase,
        "word1 word39999 end",
        "word7 -word8x",
        "宁波",
        "波",
    ):
        assert archive.count(query).number == 1, query
    assert archive.count("word1 -word39999").number == 0


def test_removing_a_document_takes_all_of_it_out(archive: Archive) -> None:
    document = Document(
        article_id=7,
        site_id=1,
        language=None,
        source=None,
        day=START.date(),
        title="Harbour 宁波",
        body="text 消息",
    )
    with writing(archive._engine) as connection:
        add_documents(connection, [document])
        remove_documents(connection, [document])

    for query in ("harbour", "宁波", "text", "息"):
        assert archive.count(query).number == 0


@given(st.text(max_size=60))
def test_any_text_is_a_query(query: str) -> None:
    parse(query)


QUERIES = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="\"()-|*: ab宁波'\\\x00\ud800", max_size=30),
    st.lists(
        st.sampled_from(
            [
                "OR",
                "NOT",
                "-",
                "(",
                ")",
                '"',
                "title:",
                "site:x",
                "published:",
                "2024..",
                "宁",
                "a*",
                "NEAR",
                "AND",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=150)
@given(query=QUERIES, order=st.sampled_from(Order))
@example(query="harbour NOT NOT site:ningbo", order=Order.RELEVANCE)
@example(query="harbour -(-site:ningbo OR 宁)", order=Order.RELEVANCE)
def test_no_query_is_an_error_on_any_engine(shared: Archive, query: str, order: Order) -> None:
    hits = shared.search(query, order=order)

    assert shared.count(query).number == len(hits)


@given(st.text(max_size=200))
def test_tokens_hold_no_blank_and_no_quote(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not set(token) & set(" '\"\\")


def test_sites_differ(filled: Archive) -> None:
    other = replace(NINGBO, key="other")
    too = visit("http://other.test/1", article("Harbour too"), site=other, section=None)
    filled.record(start(filled, None), too)

    assert len(found(filled, "site:ningbo harbour")) == 2
    assert len(found(filled, "site:other harbour")) == 1
    assert url("harbour") in [hit.url for hit in filled.search("harbour")]


def test_a_removed_article_is_found_by_its_state(filled: Archive) -> None:
    run = start(filled, None, removal_checks=1, removal_days=0)
    filled.record(run, visit("harbour", Missing(status=404), START + DAY))

    assert found(filled, "state:gone") == ["harbour"]

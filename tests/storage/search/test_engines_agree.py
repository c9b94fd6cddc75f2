"""Whatever is asked, both engines give the same answer: hits in order, counts, facets and changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage import Archive
from storage.queries.changes import ChangeKind
from storage.records import FingerprintedArticle, Missing, RunKind, SiteRecord
from storage.rows import Order
from storage.writing.runs import Run
from tests.conftest import database_url, postgres_database
from tests.storage.samples import DAY, NEWS, NINGBO, START, article, edited, finish, visit

WORDS = ("harbour", "bridge", "opens", "宁波", "港口开放", "市")
SITES = (NINGBO, SiteRecord(key="har-bin", title="Harbin", base_url="https://harbin.test/"))
LANGUAGES = ("en", "zh", "zh-Hans", "zh-hans", "zh'x", None)
SOURCES = ("Office 1", "OFFICE １", "Office '2'", "新华社", None)
TERMS = (
    *WORDS,
    '"harbour bridge"',
    "har*",
    "title:bridge",
    "title:宁波",
    *(f"site:{site.key}" for site in SITES),
    "site:nowhere",
    *(f"lang:{language}" for language in ("en", "zh", "zh-Hans", "ZH", "zh'x")),
    "source:office",
    'source:"office 1"',
    "source:新华",
    "source:nobody",
    "section:news",
    "state:gone",
    "published:2024",
    "published:2024-05-06..",
)
QUERIES = st.recursive(
    st.sampled_from(TERMS),
    lambda part: st.one_of(
        part.map("-{}".format),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Archive, Archive]]:
    """Open an archive of the same articles on each engine; its spans are small, so that there are some."""
    server = request.getfixturevalue("postgres_server")
    path = tmp_path_factory.mktemp("both") / "archive.db"
    with postgres_database(server) as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.search.newest_spans.NEAR", 3)
        urls = (f"sqlite:///{path}", database_url(server, name))
        with Archive.create(urls[0]) as one, Archive.create(urls[1]) as other:
            yield fill(one), fill(other)


def fill(archive: Archive) -> Archive:
    """Write a hundred articles, some of which are edited, gone or withheld."""
    chance = random.Random(5)
    for place, site in enumerate(SITES):
        run = begin(archive, site)
        names = [f"{place}-{number}" for number in range(50)]
        texts = {name: made_up(name, chance) for name in names}
        archive.record_all(
            run, [visit(name, text, site=site, section="news") for name, text in texts.items()]
        )
        finish(archive, run)
        run = begin(archive, site)
        for number, name in enumerate(names[:12]):
            later = Missing(status=404) if number % 3 else edited(texts[name], made_up(name, chance).body)
            archive.record(run, visit(name, later, at=START + DAY, site=site, section="news"))
        archive.withhold(archive.search(f"site:{site.key}")[0].id, reason="asked for")
    return archive


def begin(archive: Archive, site: SiteRecord) -> Run:
    options = {"removal_checks": 1, "removal_days": 0}
    return archive.start_run(site, [NEWS], kind=RunKind.CRAWL, code_version="1", options=options)


def made_up(name: str, chance: random.Random) -> FingerprintedArticle:
    body = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
    return article(
        f"{chance.choice(WORDS)} {name}",
        body,
        language=chance.choice(LANGUAGES),
        source=chance.choice(SOURCES),
        published_day=chance.choice([None, date(2024, 5, 1) + timedelta(days=chance.randrange(9))]),
    )


@pytest.mark.postgres
@settings(max_examples=150)
@given(query=st.lists(QUERIES, max_size=3).map(" ".join))
@example(query="harbour -(-site:ningbo)")
def test_both_engines_answer_alike(both: tuple[Archive, Archive], query: str) -> None:
    one, other = (answers(archive, query) for archive in both)

    assert one == other


def answers(archive: Archive, query: str) -> dict[str, object]:
    hits = archive.search(query, limit=100)
    page = archive.search(query, limit=5, after=hits[4].id) if len(hits) > 4 else []
    assert page == hits[5:10]
    assert archive.search(query, limit=1) == hits[:1]
    assert {*archive.search(query, limit=100, order=Order.RELEVANCE)} == {*hits}
    return {
        "hits": hits,
        "count": archive.count(query),
        "facets": archive.facets(query),
        **{kind: [row.article for row in archive.changes(kind, query=query)] for kind in ChangeKind},
    }

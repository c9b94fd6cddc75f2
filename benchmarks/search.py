"""Measure search: newest 20, relevance and counts over many made-up articles, 60 % English, 40 % Chinese.

    python -m benchmarks.search [--articles 300000] [--url sqlite:///...] [--queries 200]

An archive that is there already is used as it is, so that a second look costs no building. `engine`
is the time of the statements that find the hits: of SQLite the CPU time, on the driver's own connection,
so that a busy machine shows the same; `whole` is `Archive.search` with its rows and snippets. Counts of
Chinese queries are compared with a substring scan of every folded text.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter, process_time, thread_time

from sqlalchemy import Connection, event, select

from benchmarks.archive import BATCH, SECTION, SITE, sample_visits
from storage.archive import Archive
from storage.database.engine import reading
from storage.models import revision
from storage.records import ArchivableVisit, RunKind
from storage.rows import Order
from storage.search import hits as search
from storage.search.folding import fold
from storage.search.matching import matching, newest_first
from storage.search.query_language import parse
from storage.verdicts import Verdict
from storage.writing import article_writes

LIMIT = 20
KINDS = ("en word", "en AND", "en phrase", "zh 1", "zh 2", "zh 3", "zh 6", "published", "title")


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=300_000)
    options.add_argument("--queries", type=int, default=200, help="of each kind")
    options.add_argument("--url", help="keep the archive there, or use the one that is there")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{folder}/archive.db"
        with Archive.create(url) as archive:
            if archive.created:
                build(archive, chosen.articles)
            report(archive, chosen.queries)


def build(archive: Archive, articles: int) -> None:
    """Fill the archive; the duplicate decision is left out, it is measured elsewhere."""
    article_writes.link_copies = lambda _connection, _texts: []  # type: ignore[assignment]
    run = archive.start_run(SITE, [SECTION], kind=RunKind.CRAWL, code_version="bench", options={})
    began = process_time()
    batch = []
    for visit in mixed(articles):
        batch.append(visit)
        if len(batch) == BATCH:
            archive.record_all(run, batch)
            batch = []
    if batch:
        archive.record_all(run, batch)
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="made up", counts={})
    rate = articles / (process_time() - began)
    print(f"built {articles} articles, {rate:.0f} a CPU second, making them included")


def mixed(articles: int) -> Iterator[ArchivableVisit]:
    """Yield sample visits, three English ones to two Chinese ones."""
    kept = 0
    for number, visit in enumerate(sample_visits(2 * articles)):
        if (number % 2 and kept % 5 > 2) or (not number % 2 and kept % 5 <= 2):
            kept += 1
            yield visit
        if kept == articles:
            return


def report(archive: Archive, queries: int) -> None:
    """Print a line for each kind of query."""
    bodies = sample_bodies(archive, 2_000)
    print(f"{'newest 20':12} {'engine ms, median':>18} {'p99':>8} {'whole ms, median':>18} {'p99':>8}")
    everything: tuple[list[float], list[float]] = ([], [])
    for kind in KINDS:
        asked = list(make_queries(kind, bodies, queries))
        engine = times(lambda query: newest(archive, query), asked)
        whole = times(lambda query: archive.search(query, limit=LIMIT), asked)
        show(kind, engine, whole)
        everything[0].extend(engine)
        everything[1].extend(whole)
    show("all of them", *map(sorted, everything))
    ranked = times(
        lambda query: archive.search(query, limit=LIMIT, order=Order.RELEVANCE),
        [query for kind in KINDS for query in make_queries(kind, bodies, max(queries // 10, 5))],
    )
    print(f"{'relevance':12} {'':18} {'':8} {middle(ranked):18.3f} {last(ranked):8.2f}")
    right, asked_of = compare_counts(archive, bodies)
    print(f"counts of Chinese queries equal to a substring scan: {right} of {asked_of}")


def show(name: str, engine: Sequence[float], whole: Sequence[float]) -> None:
    """Print the times of queries, both ascending."""
    print(f"{name:12} {middle(engine):18.3f} {last(engine):8.2f} {middle(whole):18.3f} {last(whole):8.2f}")


def newest(archive: Archive, query: str) -> float:
    """Return how long the engine takes for the numbers of the newest hits."""
    node = parse(query)
    with reading(archive._engine) as connection:
        if connection.dialect.name == "postgresql":
            return time_of_statements(connection, lambda: search.newest(connection, node, LIMIT))
        statement = matching(connection, node)
        statement = statement.order_by(newest_first(statement)).limit(LIMIT)
        compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})
        values = compiled.construct_params()
        cursor = connection.connection.cursor()
        began = thread_time()
        cursor.execute(str(compiled), [values[name] for name in compiled.positiontup or ()])
        cursor.fetchall()
        spent = thread_time() - began
        cursor.close()
    return spent


def time_of_statements(connection: Connection, ask: Callable[[], object]) -> float:
    """Return how long a server takes for all the statements of *ask*."""
    moments: list[float] = []

    def stop(*_: object) -> None:
        moments.append(perf_counter())

    event.listen(connection, "before_cursor_execute", stop)
    event.listen(connection, "after_cursor_execute", stop)
    ask()
    return sum(moments[1::2]) - sum(moments[::2])


def times(ask: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    """Return the milliseconds of each query, ascending; what *ask* returns as a time counts."""
    spent = []
    for query in queries:
        began = perf_counter()
        answer = ask(query)
        spent.append(1_000 * (answer if isinstance(answer, float) else perf_counter() - began))
    return sorted(spent)


def middle(spent: Sequence[float]) -> float:
    """Return the median of ascending times."""
    return spent[len(spent) // 2]


def last(spent: Sequence[float]) -> float:
    """Return the 99th percentile of ascending times."""
    return spent[min(len(spent) - 1, len(spent) * 99 // 100)]


def sample_bodies(archive: Archive, count: int) -> list[str]:
    """Return some of the stored texts, spread over the archive."""
    with reading(archive._engine) as connection:
        total = archive.counts()["revisions"]
        step = total // count // 5 * 5 + 1  # English and Chinese repeat every five
        return list(connection.scalars(select(revision.c.body).where(revision.c.id % step == 0)))


def make_queries(kind: str, bodies: Sequence[str], count: int) -> Iterator[str]:
    """Yield queries of a kind, made of words that the texts hold."""
    chance = random.Random(kind)
    english = [body for body in bodies if body.isascii()]
    chinese = [body for body in bodies if not body.isascii()]
    for _ in range(count):
        words = chance.choice(english).split()
        place = chance.randrange(len(words) - 3)
        if kind.startswith("zh"):
            length = int(kind[3:])
            text = chance.choice(chinese).split("\n")[0]
            start = chance.randrange(len(text) - length)
            yield text[start : start + length]
        elif kind == "en word":
            yield words[place]
        elif kind == "en AND":
            yield f"{words[place]} {chance.choice(words)}"
        elif kind == "en phrase":
            yield f'"{words[place]} {words[place + 1]}"'
        elif kind == "title":
            yield f"title:{words[place]}"
        else:
            yield f"{words[place]} published:2016-{chance.randint(1, 12):02}"


def compare_counts(archive: Archive, bodies: Sequence[str]) -> tuple[int, int]:
    """Return how many counts equal those of a scan, and how many were compared."""
    queries = [query for kind in ("zh 1", "zh 2", "zh 3", "zh 6") for query in make_queries(kind, bodies, 10)]
    folded = {query: fold(query) for query in queries}
    scanned = dict.fromkeys(queries, 0)
    with reading(archive._engine) as connection:
        texts = connection.execution_options(yield_per=1_000).execute(
            select(revision.c.title, revision.c.body)
        )
        for title, body in texts:
            text = f"{fold(title)}\n{fold(body)}"
            for query, wanted in folded.items():
                scanned[query] += wanted in text
    equal = 0
    for query, number in scanned.items():
        found = archive.count(query)
        equal += found.number == number if found.exact else number > found.number
    return equal, len(scanned)


if __name__ == "__main__":
    main()

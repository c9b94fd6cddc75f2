"""The door: one class that writes what a run finds and answers what anybody asks.

The answers stand here; `archive_writing` and `archive_keeping` hold the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from storage.archive_keeping import ArchiveKeeping
from storage.archive_writing import ArchiveWriting
from storage.database.engine import reading
from storage.errors import BadQuery
from storage.queries import articles
from storage.rows import ArticleFilter, Order

if TYPE_CHECKING:
    from datetime import date

    from pandas import DataFrame

    from storage.evidence.responses import Evidence
    from storage.export.rows import Columns
    from storage.queries.changes import ChangeKind, ChangeRow
    from storage.queries.run_visits import RunVisits
    from storage.queries.sections import SectionRow
    from storage.queries.sightings import Sightings
    from storage.queries.sql import Answer
    from storage.queries.statistics import ChangeCount, Delay, PublishedCount, Span
    from storage.rows import (
        ArticleRow,
        CoverageRow,
        Facets,
        HitCount,
        RevisionRow,
        RunRow,
        SearchHit,
        SiteRow,
        StoryRow,
    )
    from storage.stories.copy_differences import CopyDifference
    from storage.stories.explanations import CopyExplanation

EVERYTHING = ArticleFilter()
_WordT = TypeVar("_WordT", bound=StrEnum)
MOST_ROWS = 2**31 - 2  # one more is looked for, and a driver counts rows in 32 bits


class Archive(ArchiveWriting, ArchiveKeeping):
    """An archive at a URL: `Archive(url)` opens an existing one, `Archive.create(url)` makes it if absent.

    Methods may be called from several threads. Each writing call is one transaction.

    :raises ArchiveError: whenever the archive cannot do what was asked; the message says why
    """

    def articles(self, filter: ArticleFilter = EVERYTHING) -> Iterator[ArticleRow]:  # noqa: A002
        """Yield the latest revision of each article, in order of id, from one state of the archive."""
        with reading(self._engine) as connection:
            yield from articles.articles(connection, filter)

    def exported(self, filter: ArticleFilter = EVERYTHING) -> Generator[Columns]:  # noqa: A002
        """Yield the articles as an export shows them, some hundreds at a time, by columns, in order of id."""
        from storage.export.rows import export_columns

        with reading(self._engine) as connection:
            yield from map(export_columns, articles.article_columns(connection, filter))

    def to_pandas(self, filter: ArticleFilter = EVERYTHING) -> DataFrame:  # noqa: A002
        """Return the articles as an export shows them in a pandas data frame, times as UTC.

        :raises MissingExtra: if pandas is not installed
        """
        from storage.export.frames import to_frame

        return to_frame(self.exported(filter))

    def article(self, id_or_url: str) -> ArticleRow:
        """Return an article by id or URL. :raises NoSuchArticle: if there is none."""
        return self._ask(articles.article, id_or_url)

    def history(self, id_or_url: str) -> list[RevisionRow]:
        """Return the revisions of an article, oldest first."""
        return self._ask(articles.history, id_or_url)

    def articles_page(
        self,
        filter: ArticleFilter = EVERYTHING,  # noqa: A002
        *,
        limit: int,
        after: str | None = None,
    ) -> list[ArticleRow]:
        """Return up to *limit* articles in order of id, from the one behind the id *after*."""
        return self._ask(articles.articles_page, filter, limit=_rows(limit), after=after)

    def evidence(self, id_or_url: str, *, revision: int | None = None, part: int = 1) -> Evidence:
        """Return the response behind an article (or the URL of a page that was none), as it was received.

        *part* is the number of the page, of an article that has several.
        """
        from storage.evidence import article_evidence
        from storage.evidence.responses import read_evidence

        pointers = self._ask(article_evidence.evidence_pointers, id_or_url, revision)
        return read_evidence(self.evidence_root, article_evidence.pointer_of(pointers, part, id_or_url))

    def evidence_parts(self, id_or_url: str, *, revision: int | None = None) -> int:
        """Return how many pages an article rests on: more than one where it has further parts."""
        from storage.evidence import article_evidence

        return len(self._ask(article_evidence.evidence_pointers, id_or_url, revision))

    def sightings(self, id_or_url: str) -> Sightings:
        """Return where an article was listed, how its pages answered and whether they are gone."""
        from storage.queries import sightings

        return self._ask(sightings.sightings, id_or_url)

    def changes(
        self, kind: ChangeKind, *, query: str = "", limit: int = 50, after: str | None = None
    ) -> list[ChangeRow]:
        """Return what appeared, was edited or was removed, newest first; *after* is the last row's cursor."""
        from storage.queries import changes

        wanted = _word(changes.ChangeKind, kind)
        return self._ask(changes.changes, wanted, query=query, limit=_rows(limit), after=after)

    def runs(self, site: str | None = None, *, limit: int = 20, before: str | None = None) -> list[RunRow]:
        """Return the latest runs, newest first; those before the run of key *before*."""
        from storage.queries import runs

        return self._with_untold_ends(self._ask(runs.runs, site, _rows(limit), before))

    def run(self, key: str) -> RunRow:
        """Return the run of that key. :raises BadQuery: if there is none."""
        from storage.queries import runs

        (row,) = self._with_untold_ends([self._ask(runs.run_row, key)])
        return row

    def find_run(self, key: str) -> RunRow | None:
        """Return the run of that key, None where there is none."""
        from storage.queries import runs

        found = self._ask(runs.find_run, key)
        return None if found is None else self._with_untold_ends([found])[0]

    def _with_untold_ends(self, rows: list[RunRow]) -> list[RunRow]:
        from storage.writing import untold_ends

        if not any(map(untold_ends.is_untold, rows)):
            return rows
        return untold_ends.runs_with(untold_ends.kept(self.evidence_root, self.masked_url), rows)

    def run_visits(self, key: str, *, limit: int = 200) -> RunVisits:
        """Return what came of the fetches of a run, and the first that brought no article."""
        from storage.queries import run_visits

        return self._ask(run_visits.run_visits, key, limit=_rows(limit))

    def coverage(self, site: str | None = None, *, run: str | None = None) -> list[CoverageRow]:
        """Return the certificates of a run, or of the latest run of each section."""
        from storage.queries import runs

        return self._ask(runs.coverage, site, run)

    def stories(
        self, story: str | None = None, *, limit: int = 50, after: str | None = None
    ) -> list[StoryRow]:
        """Return stories, the largest first, or the one that *story* means.

        That is a story's id, also one whose story has since been joined to another, or an article's.
        """
        from storage.stories import queries as story_queries

        with reading(self._engine) as connection:
            if story is None:
                return story_queries.stories(connection, _rows(limit), after)
            named = story_queries.story_named(connection, story)
            return [named] if named else []

    def copy_differences(self, story: StoryRow) -> list[CopyDifference]:
        """Return what each copy of *story* changed of the article that holds it there."""
        from storage.stories.copy_differences import copy_differences

        with reading(self._engine) as connection:
            names = [member.article for member in story.members]
            members = {name: articles.article(connection, name) for name in names}
            return list(copy_differences(story, members))

    def explain_copies(self, article: str) -> list[CopyExplanation]:
        """Return why an article is, or is not, a copy of those that share its words, with the numbers."""
        from storage.stories.explanations import explain_copies

        return self._ask(explain_copies, article)

    def sites(self, key: str | None = None) -> list[SiteRow]:
        """Return the sites with what the archive holds of them; that of *key* alone, where it is given."""
        from storage.queries import runs

        rows = self._ask(runs.sites, key)
        if all(row.last_verdict for row in rows if row.last_run):
            return rows
        from storage.writing import untold_ends

        return untold_ends.sites_with(untold_ends.kept(self.evidence_root, self.masked_url), rows)

    def sections(self, site: str | None = None) -> list[SectionRow]:
        """Return the sections of a site, or of all, with what the archive holds of them."""
        from storage.queries import sections

        return self._ask(sections.section_rows, site)

    def section_titles(self, sites: Collection[str]) -> Mapping[tuple[str, str], str]:
        """Return what the sections of *sites* are called, by site and slug; none that has no title."""
        from storage.queries import sections

        return self._ask(sections.section_titles, sites)

    def published_between(self) -> Span | None:
        """Return the days of the first and the last dated article."""
        from storage.queries import statistics

        return self._ask(statistics.published_between)

    def published_counts(self, spans: Sequence[Span]) -> list[PublishedCount]:
        """Return how many articles each site published in each of *spans*."""
        from storage.queries import statistics

        return self._ask(statistics.published_counts, spans)

    def published_outside(self, drawn: Span) -> int:
        """Return how many articles are undated, or were published on no day of *drawn*."""
        from storage.queries import statistics

        return self._ask(statistics.published_outside, drawn)

    def publication_delays(self) -> list[Delay]:
        """Return how many days after publication the newest articles were first seen."""
        from storage.queries import statistics

        return self._ask(statistics.publication_delays)

    def change_counts(self, spans: Sequence[Span]) -> list[ChangeCount]:
        """Return how many articles were edited and removed in each of *spans*."""
        from storage.queries import statistics

        return self._ask(statistics.change_counts, spans)

    def watched_since(self) -> date | None:
        """Return the day (UTC) of the first run; what changed before it could not be noticed."""
        from storage.queries import statistics

        return self._ask(statistics.watched_since)

    def counts(self) -> Mapping[str, int]:
        """Return how many articles, revisions, copies, pages, ... the archive holds."""
        from storage.queries import runs

        return self._ask(runs.counts)

    def article_count(self) -> int:
        """Return how many articles the archive holds, which is sooner told than all of `counts`."""
        from storage.queries import runs

        return self._ask(runs.article_count)

    def search(
        self, query: str, *, limit: int = 20, after: str | None = None, order: Order = Order.NEWEST
    ) -> list[SearchHit]:
        """Return the articles that match *query*, newest first; any text is a legal query.

        For the next page pass the id of the last hit as *after*. The language is that of
        `storage.search.query_language`.

        :raises BadQuery: if there is no article *after*, or no such *order*
        """
        from storage.search import hits

        order = _word(Order, order)
        return self._ask(hits.search, query, limit=_rows(limit), after=after, order=order)

    def select(self, statement: str, *, limit: int = 1000) -> Answer:
        """Return at most *limit* rows of a SELECT over the views (or tables) of the archive.

        :raises BadQuery: if it is no SELECT, is wrong, or takes too long
        """
        from storage.queries import sql

        return self._ask(sql.select, statement, limit=_rows(limit))

    def count(self, query: str) -> HitCount:
        """Return how many articles match *query*: exact to 10,000."""
        from storage.search import counting

        return self._ask(counting.count, query)

    def first_page(
        self, query: str, *, limit: int = 20, order: Order = Order.NEWEST
    ) -> tuple[list[SearchHit], Facets]:
        """Return the first hits of *query* and its facets, sooner than by asking for each."""
        from storage.search import counting

        order = _word(Order, order)
        return self._ask(counting.first_page, query, limit=_rows(limit), order=order)

    def facets(self, query: str) -> Facets:
        """Return the hits of *query* by site, month and source: the newest 10,000."""
        from storage.search import counting

        return self._ask(counting.facets, query)


def _word(words: type[_WordT], given: str) -> _WordT:
    """Return what of a closed set of *words* is given, be it as text. :raises BadQuery: if it is none."""
    try:
        return words(given)
    except ValueError as error:
        raise BadQuery(f"there is no {given!r} here; it is one of {', '.join(words)}") from error


def _rows(limit: int) -> int:
    """Return *limit*, or the most that both engines can count to.

    A negative one is no limit to one engine and refused by the other.

    :raises BadQuery: if it is negative
    """
    if limit < 0:
        raise BadQuery(f"at most {limit} rows are no answer; ask for none or more")
    return min(limit, MOST_ROWS)

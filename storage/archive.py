"""The door: one class that writes what a run finds and answers what anybody asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from storage import (
    article_evidence,
    backups,
    changes,
    due,
    leases,
    payloads,
    politeness,
    queries,
    robots,
    run_visits,
    runs,
    schema,
    search,
    section_rows,
    section_walks,
    sightings,
    sql,
    statistics,
    story_queries,
    withholding,
)
from storage.engine import make_engine, reading, writing
from storage.errors import LeaseLost
from storage.evidence import read_evidence
from storage.learning import Learning, current_templates, keep_template
from storage.leases import now as time_now
from storage.locations import evidence_root, masked, parse_url
from storage.places import Places
from storage.read_only import allow_questions_only
from storage.repository import record_visits
from storage.rows import ArticleFilter
from storage.runs import Run
from storage.search import Order

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from storage.backups import Backup
    from storage.changes import ChangeKind, ChangeRow
    from storage.copy_differences import CopyDifference
    from storage.evidence import Evidence
    from storage.explanations import CopyExplanation
    from storage.learning import StoredTemplate
    from storage.politeness import HostRow, RequestRow
    from storage.records import (
        ArchivableVisit,
        DuePage,
        EvidencePointer,
        Outcome,
        Revisit,
        RunKind,
        SectionRecord,
        SiteRecord,
    )
    from storage.rededup import Relinked
    from storage.rows import (
        ArticleRow,
        CoverageRow,
        Facets,
        HitCount,
        Measure,
        RevisionRow,
        RunRow,
        SearchHit,
        SectionEnd,
        SectionState,
        SiteRow,
        StoryRow,
        Warned,
    )
    from storage.run_visits import RunVisits
    from storage.section_rows import SectionRow
    from storage.sightings import Sightings
    from storage.sql import Answer
    from storage.statistics import ChangeCount, Delay, PublishedCount, Span
    from storage.stored_pages import StoredPage
    from storage.verdicts import Verdict
    from storage.verification import Checked, Finding

EVERYTHING = ArticleFilter()


class Archive:
    """An archive at a URL: `Archive(url)` opens an existing one, `Archive.create(url)` makes it if absent.

    Methods may be called from several threads. Each writing call is one transaction.

    :raises ArchiveError: whenever the archive cannot do what was asked; the message says why
    """

    def __init__(self, url: str) -> None:
        self._open(url)
        self._check()

    @classmethod
    def create(cls, url: str) -> Self:
        """Open the archive at *url*, made (and its folder) where there is none."""
        archive = cls.__new__(cls)
        archive._open(url)
        archive._check(schema.create)
        return archive

    @classmethod
    def read_only(cls, url: str, *, seconds: float) -> Self:
        """Open an existing archive for questions alone, each of which may take so many *seconds*."""
        archive = cls.__new__(cls)
        archive._open(url)
        allow_questions_only(archive._engine, seconds)
        archive._check()
        return archive

    def _open(self, url: str) -> None:
        parsed = parse_url(url)
        self.url = parsed.render_as_string(hide_password=False)
        self.masked_url = masked(parsed)
        self.evidence_root = evidence_root(parsed)
        self.created = False
        self._engine = make_engine(parsed)
        self._places: dict[int, Places] = {}

    def _check(self, make: Callable[[Engine], bool] = lambda _engine: False) -> None:
        """Have the archive made where it must be, and check its schema; closed if it is none of ours."""
        with ExitStack() as undo:
            undo.callback(self.close)
            self.created = make(self._engine)
            schema.require_current(self._engine)
            undo.pop_all()

    def require_current(self) -> None:
        """Check that the archive is still there and of this version. :raises ArchiveError: if not."""
        schema.require_current(self._engine)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What a run writes

    def start_run(
        self,
        site: SiteRecord | None,
        sections: Sequence[SectionRecord],
        *,
        kind: RunKind,
        code_version: str,
        options: Mapping[str, object],
    ) -> Run:
        """Start a run; with a site it takes the site's lease. :raises ArchiveBusy: if that is held.

        Of *options* the archive reads `revisit`, `removal_checks` and `removal_days`.
        """
        with writing(self._engine) as connection:
            run = runs.start(
                connection, site, sections, kind=kind, code_version=code_version, options=options
            )
        self._places[run.id] = Places(run)
        return run

    def heartbeat(self, run: Run) -> None:
        """Say that the run is alive. :raises LeaseLost: if another run took the site over."""
        if run.site is None:
            return
        with writing(self._engine) as connection:
            if not leases.beat(connection, run.id, time_now()):
                raise LeaseLost(f"{run.site.key}: run {run.key} was silent for too long; another took over")

    def record(self, run: Run, visit: ArchivableVisit) -> Outcome:
        """Write one visit; return what it changed."""
        return self.record_all(run, [visit])[0]

    def record_all(self, run: Run, visits: Sequence[ArchivableVisit]) -> list[Outcome]:
        """Write *visits* in one transaction, all or none; return what each changed."""
        places = self._places.setdefault(run.id, Places(run))
        with places.kept_if_written(), writing(self._engine) as connection:
            _require_lease(connection, run)
            return record_visits(connection, run, places, visits)

    def due_pages(
        self, run: Run, *, revisit: Revisit, now: datetime, sections: Collection[str] | None = None
    ) -> list[DuePage]:
        """Return the pages of the run's site that are due and not yet visited by this run."""
        with reading(self._engine) as connection:
            return due.due_pages(connection, run, revisit=revisit, now=now, sections=sections)

    def last_robots(self, url: str, *, since: datetime) -> EvidencePointer | None:
        """Return where the robots.txt that *url* gave last lies, if it gave one at or after *since*."""
        with reading(self._engine) as connection:
            return robots.last_robots(connection, url, since=since)

    def lost_pages(self, run: Run) -> int:
        """Return how many listed pages of the run's site were neither archived nor rejected yet."""
        with reading(self._engine) as connection:
            return due.lost_pages(connection, run)

    def section_state(self, run: Run, slug: str) -> SectionState:
        """Return how far earlier walks of a section came."""
        with reading(self._engine) as connection:
            return section_walks.section_state(connection, run.section_ids[slug])

    def finish_section(
        self,
        run: Run,
        slug: str,
        *,
        walked_to_end: bool,
        full: bool,
        stated_total: int | None = None,
        gaps: Sequence[str] = (),
    ) -> SectionEnd:
        """Keep how far a walk came; after a full one, absence from the list is a sign of removal."""
        with writing(self._engine) as connection:
            _require_lease(connection, run)
            return section_walks.finish_section(
                connection,
                run,
                run.section_ids[slug],
                walked_to_end=walked_to_end,
                full=full,
                stated_total=stated_total,
                gaps=gaps,
            )

    def finish_run(
        self,
        run: Run,
        *,
        verdict: Verdict,
        reason: str,
        counts: Mapping[str, int],
        measures: Mapping[str, Measure] = MappingProxyType({}),
        warnings: Sequence[Warned] = (),
        template: StoredTemplate | None = None,
    ) -> None:
        """Close a run with its verdict, certificates, digest and what was learned; give up its lease."""
        with writing(self._engine) as connection:
            _require_lease(connection, run)
            section_walks.certify(connection, run)
            if template is not None:
                keep_template(connection, run, template)
            runs.finish(
                connection,
                run,
                verdict=verdict,
                reason=reason,
                counts=counts,
                measures=measures,
                warnings=warnings,
            )
        self._places.pop(run.id, None)

    # What is learned from complete runs

    def templates(self, site: str | None = None) -> dict[str, StoredTemplate]:
        """Return the template that each site, or that one, learned last."""
        with reading(self._engine) as connection:
            return current_templates(connection, site)

    def learning(self, run: Run) -> Learning:
        """Return what is to be learned from *run* and from those before it."""
        return Learning(self._engine, run)

    # What looks after the archive

    def withhold(self, id_or_url: str, *, reason: str) -> str:
        """Hide the text and evidence of an article, whose chain stays whole; return its id."""
        with writing(self._engine) as connection:
            return withholding.withhold(connection, id_or_url, reason)

    def release(self, id_or_url: str) -> str:
        """Show a withheld article again; return its id."""
        with writing(self._engine) as connection:
            return withholding.release(connection, id_or_url)

    def verify(self, *, jobs: int = 1, evidence: Path | None = None) -> Iterator[Finding | Checked]:
        """Yield what is damaged or orphaned, and the end of each check; *jobs* processes read evidence."""
        from storage.verification import verify

        return verify(self._engine, evidence or self.evidence_root, jobs=jobs)

    def back_up(self, destination: Path) -> Backup:
        """Copy the archive with its evidence to a new folder; of PostgreSQL the evidence alone."""
        return backups.back_up(self._engine, self.evidence_root, destination)

    def dump_command(self, destination: Path) -> str | None:
        """Return the command that dumps the database to a folder; None on SQLite, which needs none."""
        sqlite = self._engine.dialect.name == "sqlite"
        return None if sqlite else backups.dump_command(self._engine, destination)

    def hosts(self, *, run: str | None = None) -> list[HostRow]:
        """Return what a run, or the last crawl of each site, asked of each host, and how long it waited."""
        with reading(self._engine) as connection:
            return politeness.hosts(connection, run)

    def requests(self, host: str | None = None, *, run: str | None = None) -> Iterator[RequestRow]:
        """Yield the requests of a run, or of the last crawl of each site, in order; those to *host* alone."""
        with reading(self._engine) as connection:
            yield from politeness.requests(connection, host, run)

    def last_payloads(self, urls: Iterable[str]) -> dict[str, tuple[str, EvidencePointer]]:
        """Return digest and evidence of what the page of each URL gave last, where it is kept."""
        with reading(self._engine) as connection:
            return payloads.payloads_of_urls(connection, urls)

    def stored_page(self, id_or_url: str) -> StoredPage | None:
        """Return the page that an article rests on; None where no evidence was kept, or it is withheld."""
        from storage.stored_pages import stored_page

        with reading(self._engine) as connection:
            return stored_page(connection, queries.article_number(connection, id_or_url))

    def stored_pages(
        self, *, site: str | None = None, since: datetime | None = None
    ) -> Iterator[tuple[str, list[StoredPage]]]:
        """Yield each WARC file with the pages in it that rest on it, without withheld ones."""
        from storage.stored_pages import stored_pages

        with reading(self._engine) as connection:
            yield from stored_pages(connection, site_key=site, since=since)

    def articles_without_evidence(self, site: str | None = None) -> int:
        """Return how many articles rest on no evidence, so that nothing of them can be read again."""
        from storage.stored_pages import articles_without_evidence

        with reading(self._engine) as connection:
            return articles_without_evidence(connection, site_key=site)

    def preview_rededup(self) -> list[Relinked]:
        """Return which articles `rededup` would put elsewhere, and change nothing."""
        from storage.rededup import preview_rededup

        return preview_rededup(self._engine)

    def rededup(self) -> list[Relinked]:
        """Decide all copies anew with this version's rules; return which articles that put elsewhere."""
        from storage.rededup import rededup

        return rededup(self._engine)

    # What anybody asks

    def articles(self, filter: ArticleFilter = EVERYTHING) -> Iterator[ArticleRow]:  # noqa: A002
        """Yield the latest revision of each article, in order of id, from one state of the archive."""
        with reading(self._engine) as connection:
            yield from queries.articles(connection, filter)

    def article(self, id_or_url: str) -> ArticleRow:
        """Return an article by id or URL. :raises NoSuchArticle: if there is none."""
        with reading(self._engine) as connection:
            return queries.article(connection, id_or_url)

    def history(self, id_or_url: str) -> list[RevisionRow]:
        """Return the revisions of an article, oldest first."""
        with reading(self._engine) as connection:
            return queries.history(connection, id_or_url)

    def articles_page(
        self,
        filter: ArticleFilter = EVERYTHING,  # noqa: A002
        *,
        limit: int,
        after: str | None = None,
    ) -> list[ArticleRow]:
        """Return up to *limit* articles in order of id, from the one behind the id *after*."""
        with reading(self._engine) as connection:
            return queries.articles_page(connection, filter, limit=limit, after=after)

    def evidence(self, id_or_url: str, *, revision: int | None = None) -> Evidence:
        """Return the response behind an article (or the URL of a page that was none), as it was received."""
        with reading(self._engine) as connection:
            pointer = article_evidence.evidence_pointer(connection, id_or_url, revision)
        return read_evidence(self.evidence_root, pointer)

    def sightings(self, id_or_url: str) -> Sightings:
        """Return where an article was listed, how its pages answered and whether they are gone."""
        with reading(self._engine) as connection:
            return sightings.sightings(connection, id_or_url)

    def changes(
        self, kind: ChangeKind, *, query: str = "", limit: int = 50, after: str | None = None
    ) -> list[ChangeRow]:
        """Return what appeared, was edited or was removed, newest first; *after* is the last row's cursor."""
        with reading(self._engine) as connection:
            return changes.changes(connection, kind, query=query, limit=limit, after=after)

    def runs(self, site: str | None = None, *, limit: int = 20, before: str | None = None) -> list[RunRow]:
        """Return the latest runs, newest first; those before the run of key *before*."""
        with reading(self._engine) as connection:
            return queries.runs(connection, site, limit, before)

    def run(self, key: str) -> RunRow:
        """Return the run of that key. :raises BadQuery: if there is none."""
        with reading(self._engine) as connection:
            return queries.run_row(connection, key)

    def find_run(self, key: str) -> RunRow | None:
        """Return the run of that key, None where there is none."""
        with reading(self._engine) as connection:
            return queries.find_run(connection, key)

    def run_visits(self, key: str, *, limit: int = 200) -> RunVisits:
        """Return what came of the fetches of a run, and the first that brought no article."""
        with reading(self._engine) as connection:
            return run_visits.run_visits(connection, key, limit=limit)

    def coverage(self, site: str | None = None, *, run: str | None = None) -> list[CoverageRow]:
        """Return the certificates of a run, or of the latest run of each section."""
        with reading(self._engine) as connection:
            return queries.coverage(connection, site, run)

    def stories(
        self, story: str | None = None, *, limit: int = 50, after: str | None = None
    ) -> list[StoryRow]:
        """Return stories, the largest first, or the one that *story* means.

        That is a story's id, also one whose story has since been joined to another, or an article's.
        """
        with reading(self._engine) as connection:
            if story is None:
                return story_queries.stories(connection, limit, after)
            named = story_queries.story_named(connection, story)
            return [named] if named else []

    def copy_differences(self, story: StoryRow) -> list[CopyDifference]:
        """Return what each copy of *story* changed of the article that holds it there."""
        from storage.copy_differences import copy_differences

        with reading(self._engine) as connection:
            names = [member.article for member in story.members]
            articles = {name: queries.article(connection, name) for name in names}
            return list(copy_differences(story, articles))

    def explain_copies(self, article: str) -> list[CopyExplanation]:
        """Return why an article is, or is not, a copy of those that share its words, with the numbers."""
        from storage.explanations import explain_copies

        with reading(self._engine) as connection:
            return explain_copies(connection, article)

    def sites(self, key: str | None = None) -> list[SiteRow]:
        """Return the sites with what the archive holds of them; that of *key* alone, where it is given."""
        with reading(self._engine) as connection:
            return queries.sites(connection, key)

    def sections(self, site: str | None = None) -> list[SectionRow]:
        """Return the sections of a site, or of all, with what the archive holds of them."""
        with reading(self._engine) as connection:
            return section_rows.section_rows(connection, site)

    def published_between(self) -> Span | None:
        """Return the days of the first and the last dated article."""
        with reading(self._engine) as connection:
            return statistics.published_between(connection)

    def published_counts(self, spans: Sequence[Span]) -> list[PublishedCount]:
        """Return how many articles each site published in each of *spans*."""
        with reading(self._engine) as connection:
            return statistics.published_counts(connection, spans)

    def publication_delays(self) -> list[Delay]:
        """Return how many days after publication the newest articles were first seen."""
        with reading(self._engine) as connection:
            return statistics.publication_delays(connection)

    def change_counts(self, spans: Sequence[Span]) -> list[ChangeCount]:
        """Return how many articles were edited and removed in each of *spans*."""
        with reading(self._engine) as connection:
            return statistics.change_counts(connection, spans)

    def counts(self) -> Mapping[str, int]:
        """Return how many articles, revisions, copies, pages, ... the archive holds."""
        with reading(self._engine) as connection:
            return queries.counts(connection)

    def search(
        self, query: str, *, limit: int = 20, after: str | None = None, order: Order = Order.NEWEST
    ) -> list[SearchHit]:
        """Return the articles that match *query*, newest first; any text is a legal query.

        For the next page pass the id of the last hit as *after*. The language is that of
        `storage.query_language`.

        :raises BadQuery: if there is no article *after*
        """
        with reading(self._engine) as connection:
            return search.search(connection, query, limit=limit, after=after, order=order)

    def select(self, statement: str, *, limit: int = 1000) -> Answer:
        """Return at most *limit* rows of a SELECT over the views (or tables) of the archive.

        :raises BadQuery: if it is no SELECT, is wrong, or takes too long
        """
        with reading(self._engine) as connection:
            return sql.select(connection, statement, limit=limit)

    def count(self, query: str) -> HitCount:
        """Return how many articles match *query*: exact to 10,000."""
        with reading(self._engine) as connection:
            return search.count(connection, query)

    def facets(self, query: str) -> Facets:
        """Return the hits of *query* by site, month and source: the newest 10,000."""
        with reading(self._engine) as connection:
            return search.facets(connection, query)


def _require_lease(connection: Connection, run: Run) -> None:
    if run.site is not None and run.site_id is not None:
        leases.require(connection, run.id, run.site_id, run.site.key)

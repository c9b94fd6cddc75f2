"""What a run writes to an archive: visits, walks, certificates and what was learned.

The modules that write are imported when something is written, so that reading costs nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from storage.database.engine import reading, writing
from storage.errors import LeaseLost
from storage.opening import OpenArchive

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.records import (
        ArchivableVisit,
        DuePage,
        EvidencePointer,
        FailureCause,
        Outcome,
        Revisit,
        RunKind,
        SectionRecord,
        SiteRecord,
    )
    from storage.rows import Measure, SectionEnd, SectionState, Unfetched, Warned
    from storage.verdicts import Verdict
    from storage.writing.early_ends import ClosedEarly
    from storage.writing.learning import Learning, StoredTemplate
    from storage.writing.runs import Run


class ArchiveWriting(OpenArchive):
    """The writing half of `storage.Archive`."""

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
        from storage.writing import runs, untold_ends
        from storage.writing.site_numbers import SiteNumbers

        untold = untold_ends.kept(self.evidence_root, self.masked_url)
        with writing(self._engine) as connection:
            untold_ends.tell(connection, untold)
            run = runs.start(
                connection, site, sections, kind=kind, code_version=code_version, options=options
            )
        untold_ends.forget(self.evidence_root, untold)
        self._site_numbers[run.id] = SiteNumbers(run)
        return run

    def closed_early(self, run: Run, counts: Callable[[], Mapping[str, int]]) -> ClosedEarly:
        """Return a context that closes *run*, with the *counts* by then, where an error ends its work."""
        from storage.writing.early_ends import ClosedEarly

        return ClosedEarly(self, run, counts)

    def heartbeat(self, run: Run) -> None:
        """Say that the run is alive. :raises LeaseLost: if another run took the site over."""
        from storage.writing import leases

        if run.site is None:
            return
        with writing(self._engine) as connection:
            if not leases.beat(connection, run.id, leases.now()):
                raise LeaseLost(f"{run.site.key}: run {run.key} was silent for too long; another took over")

    def record(self, run: Run, visit: ArchivableVisit) -> Outcome:
        """Write one visit; return what it changed."""
        return self.record_all(run, [visit])[0]

    def record_all(self, run: Run, visits: Sequence[ArchivableVisit]) -> list[Outcome]:
        """Write *visits* in one transaction, all or none; return what each changed."""
        from storage.writing import leases
        from storage.writing.site_numbers import SiteNumbers
        from storage.writing.visits import record_visits

        site_numbers = self._site_numbers.setdefault(run.id, SiteNumbers(run))
        with site_numbers.kept_if_written(), writing(self._engine) as connection:
            _require_lease(connection, run)
            if run.site is None:
                leases.note_work(connection, run.id, leases.now())
            return record_visits(connection, run, site_numbers, visits)

    def due_pages(
        self, run: Run, *, revisit: Revisit, now: datetime, sections: Collection[str] | None = None
    ) -> list[DuePage]:
        """Return the pages of the run's site that are due and not yet visited by this run."""
        from storage.writing import due

        return self._ask(due.due_pages, run, revisit=revisit, now=now, sections=sections)

    def last_robots(self, url: str, *, since: datetime) -> EvidencePointer | None:
        """Return where the robots.txt that *url* gave last lies, if it gave one at or after *since*."""
        from storage.writing import robots

        return self._ask(robots.last_robots, url, since=since)

    def unfetched_pages(self, run: Run) -> Unfetched:
        """Return how many listed pages of the run's site were neither archived nor rejected yet."""
        from storage.writing import due

        return self._ask(due.unfetched_pages, run)

    def denied_pages(self, run: Run) -> Mapping[str, int]:
        """Return how many listed pages the site of *run* refuses, by section."""
        from storage.writing import due

        return self._ask(due.denied_pages, run)

    def lost_errors(self, run: Run, cause: FailureCause) -> set[str]:
        """Return with which errors the pages of the run's site failed that are lost for that *cause*."""
        from storage.writing import due

        with reading(self._engine) as connection:
            return due.lost_errors(connection, run, cause)

    def new_copies(self, run: Run) -> int:
        """Return how many articles that the run brought are copies of others, as far as is known now."""
        from storage.stories import queries as story_queries

        return self._ask(story_queries.new_copies, run.id)

    def told_again(self, run: Run) -> list[Warned]:
        """Return a warning for each article of the run that tells a text which is withheld elsewhere."""
        from storage.stories import withheld_stories

        return self._ask(withheld_stories.told_in_run, run.id)

    def section_state(self, run: Run, slug: str) -> SectionState:
        """Return how far earlier walks of a section came."""
        from storage.writing import section_walks

        return self._ask(section_walks.section_state, run.section_ids[slug])

    def finish_section(
        self,
        run: Run,
        slug: str,
        *,
        walked_to_end: bool,
        full: bool,
        saw_the_end: bool = True,
        stated_total: int | None = None,
        repeated: int | None = None,
        gaps: Sequence[str] = (),
    ) -> SectionEnd:
        """Keep how far a walk came; after a full one, absence from the list is a sign of removal.

        Not where the walk ended in a page without entries: what was not listed may stand behind it. Of the
        stated total, *repeated* are entries counted twice; None where this walk did not see the whole list.
        """
        from storage.writing import section_walks, vanished_entries

        section, vanished = run.section_ids[slug], vanished_entries.Vanished()
        walk = section_walks.Walked(
            to_end=walked_to_end, full=full, stated_total=stated_total, repeated=repeated, gaps=gaps
        )
        if walked_to_end and full:
            with reading(self._engine) as connection:
                vanished = vanished_entries.vanished_entries(connection, run, section, surely=saw_the_end)
        *many, last = vanished.suspects()
        for pages in many:
            with writing(self._engine) as connection:
                _require_lease(connection, run)
                vanished_entries.suspect(connection, run, section, pages)
        with writing(self._engine) as connection:
            _require_lease(connection, run)
            vanished_entries.suspect(connection, run, section, last)
            return section_walks.finish_section(connection, run, section, walk, vanished)

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
        from storage.search.index_merges import merge_index
        from storage.writing import runs, section_walks
        from storage.writing.learning import keep_template

        merge_index(self._engine, run.id)
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
        self._site_numbers.pop(run.id, None)

    def keep_end(self, run: Run, *, verdict: Verdict, reason: str, counts: Mapping[str, int]) -> None:
        """Keep beside the evidence how a run ended, which the archive cannot be told: the next run does."""
        from storage.writing import leases, untold_ends

        end = untold_ends.UntoldEnd(
            archive=self.masked_url,
            run=run.key,
            at=leases.now(),
            verdict=verdict,
            reason=reason,
            counts=dict(counts),
        )
        untold_ends.keep(self.evidence_root, end)

    # What is learned from complete runs

    def templates(self, site: str | None = None) -> dict[str, StoredTemplate]:
        """Return the template that each site, or that one, learned last."""
        from storage.writing.learning import current_templates

        return self._ask(current_templates, site)

    def learning(self, run: Run) -> Learning:
        """Return what is to be learned from *run* and from those before it."""
        from storage.writing.learning import Learning

        return Learning(self._engine, run)


def _require_lease(connection: Connection, run: Run) -> None:
    from storage.writing import leases

    if run.site is not None and run.site_id is not None:
        leases.require(connection, run.id, run.site_id, run.site.key)

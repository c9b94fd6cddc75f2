"""What is done after the last page, outside the reactor: what a run teaches, and why it drifted."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from typing import TYPE_CHECKING

from crawler.account.bands import Band, learn_bands
from crawler.account.bulk_edits import bulk_edits
from crawler.account.drift import explain_list, explain_page
from crawler.account.findings import BrokenList, Field, Finding
from crawler.account.learning import learn_from
from crawler.account.second_opinion import (
    PAGES_A_SECTION,
    Opinion,
    Reader,
    mean_agreement,
    opinions_on,
    warnings_of,
)
from crawler.evidence.files import safe_name
from crawler.rereading.fixture_files import FOLDER
from storage.errors import ArchiveError
from storage.rows import Measure, Warned
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from crawler.account.ledger import Ledger
    from crawler.extract.body.template import SiteTemplates
    from crawler.sites import Site
    from storage import Archive
    from storage.writing.learning import Learning, StoredTemplate
    from storage.writing.runs import Run

logger = logging.getLogger(__name__)
PUBLISHING_DAYS = 100  # of which the longest pause is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """How a run ended, and what is kept of it beside its counts."""

    finding: Finding
    measures: Mapping[str, Measure] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()
    template: StoredTemplate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a run that is over leaves to conclude from."""

    archive: Archive
    run: Run
    site: Site
    ledger: Ledger
    templates: SiteTemplates | None  # that it started with
    template_pages: int  # of each section, to learn the next ones from
    broken_lists: Mapping[str, BrokenList]
    finish_reason: str


def conclude(ending: Ending) -> Conclusion:
    """Return the conclusion of a run that is over.

    A fault in learning must cost no run its verdict: the work is done by a worker, whose exception is
    logged. An `ArchiveError` is the run's own affair and is raised.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="conclusion") as worker:
        future = worker.submit(learned_conclusion, ending)
        error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, ArchiveError):
        raise error
    logger.error("%s: nothing was learned from this run", ending.site.name, exc_info=error)
    return Conclusion(finding=ending.ledger.verdict(ending.finish_reason))


def learned_conclusion(ending: Ending) -> Conclusion:
    """Return the conclusion of a run with all that can be learned from it; only a complete one teaches."""
    now, ledger, learning = datetime.now(UTC), ending.ledger, ending.archive.learning(ending.run)
    ledger.bands = learn_bands(learning.measured(), now=now, since=ending.site.expects.learned_since)
    reader = Reader(ending.archive, ending.archive.evidence_root, ending.site, ending.templates)
    opinions = opinions_on(learning.pages_of_run(each=PAGES_A_SECTION), reader)
    finding = ledger.verdict(ending.finish_reason)
    whole = finding.verdict is Verdict.COMPLETE and ledger.bound is None
    values = {**ledger.measured(now.date()), **more_values(opinions, learning, whole=whole)}
    warnings = (
        *warnings_of(opinions, learning.sections_before()),
        *bulk_edits(ledger.sections.values(), learning.first_edited()),
        *ending.archive.told_again(ending.run),
    )
    return Conclusion(
        finding=explained(finding, ending, learning, reader),
        measures={name: measure_of(value, ledger.bands.get(name)) for name, value in sorted(values.items())},
        warnings=warnings,
        template=learned_template(ending, learning) if whole else None,
    )


def more_values(opinions: Sequence[Opinion], learning: Learning, *, whole: bool) -> dict[str, float]:
    """Return what is measured on the archive rather than counted in the run."""
    found = {
        "agreement": mean_agreement(opinions),
        "longest_pause_days": learning.longest_pause_days(most=PUBLISHING_DAYS) if whole else None,
    }
    return {name: float(value) for name, value in found.items() if value is not None}


def measure_of(value: float, band: Band | None) -> Measure:
    """Return *value* with the band it was held against, rounded to what is worth keeping."""
    low, high = (band.low, band.high) if band else (None, None)
    return Measure(
        value=round(value, 3),
        low=None if low is None else round(low, 3),
        high=None if high is None else round(high, 3),
    )


def explained(finding: Finding, ending: Ending, learning: Learning, reader: Reader) -> Finding:
    """Return *finding*, where it is a drift with the first page and the rule that broke."""
    if finding.verdict is not Verdict.DRIFTED or finding.field is None:
        return finding
    try:
        if finding.field is not Field.LIST:
            return explain_page(finding, learning, reader, expected_length(ending.ledger))
        if (broken := ending.broken_lists.get(finding.url or "")) is not None:
            return explain_list(finding, broken, learning, reader.root / FOLDER / safe_name(ending.site.name))
    except OSError as error:
        logger.warning("%s: the page that broke could not be kept: %s", ending.site.name, error)
    return finding


def expected_length(ledger: Ledger) -> tuple[float, float]:
    """Return how long a body is expected to be: by the declaration, and by what was learned."""
    declared = ledger.expects.body_characters or (0, inf)
    learned = ledger.bands.get("body_characters", Band(runs=0))
    return max(declared[0], learned.low or 0), min(declared[1], learned.high or inf)


def learned_template(ending: Ending, learning: Learning) -> StoredTemplate | None:
    """Return the template that the archive teaches now, None where it is the one that is known."""
    site = ending.site.name
    known = ending.archive.templates(site).get(site)
    pages = learning.pages_to_learn_from(each=ending.template_pages)
    newest = learning.newest_pages(each=ending.template_pages)
    return learn_from(site, pages, newest, ending.archive.evidence_root, known=known)

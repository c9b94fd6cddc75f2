"""Sites with their sections, and runs with what they listed, archived and rejected."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from storage.errors import BadQuery
from storage.web import parameters
from storage.web.answers import Refusal
from storage.web.endpoints import Endpoint
from storage.web.narrowing import term_of
from storage.web.paging import page_of
from storage.web.rendering import page

if TYPE_CHECKING:
    from storage.rows import RunRow, SiteRow
    from storage.web.answers import Answer
    from storage.web.questions import Question

RUNS_A_PAGE = 50
RUNS_OF_A_SITE = 10
COUNTS = (
    *("list_pages", "listed", "new", "revised", "unchanged", "rejected", "missing", "moved"),
    *("lost", "waiting"),
)


def sites_page(question: Question) -> Answer:
    """Answer with every site."""
    return page("sites.html", at="/sites", sites=question.archive.sites())


def site_page(question: Question) -> Answer:
    """Answer with one site: its sections, their certificates, its latest runs."""
    site = the_site(question)
    removed = f"state:gone {term_of('site', site.key)}"
    return page(
        "site.html",
        at="/sites",
        site=site,
        sections=question.archive.sections(site.key),
        coverage={row.section: row for row in question.archive.coverage(site.key)},
        runs=question.archive.runs(site.key, limit=RUNS_OF_A_SITE),
        removed=question.archive.count(removed),
        removed_query=removed,
        titles=question.archive.section_titles({site.key}),
    )


def the_site(question: Question) -> SiteRow:
    """Return the site that the path names."""
    key = question.asked.text("key")
    found = question.archive.sites(key)
    if not found:
        raise Refusal(HTTPStatus.NOT_FOUND, f"the archive holds no site {key!r}")
    return found[0]


def runs_page(question: Question) -> Answer:
    """Answer with the latest runs."""
    site, before = question.asked.optional("site"), question.asked.optional("before")
    runs = question.archive.runs(site, limit=RUNS_A_PAGE + 1, before=before)
    shown, following = page_of(runs, RUNS_A_PAGE, lambda run: run.run)
    return page("runs.html", at="/runs", runs=shown, site=site, next=following)


def run_page(question: Question) -> Answer:
    """Answer with one run."""
    run = the_run(question)
    coverage = question.archive.coverage(run=run.run)
    return page(
        "run.html",
        at="/runs",
        run=run,
        counts=[(name, run.counts[name]) for name in COUNTS if name in run.counts],
        coverage=coverage,
        titles=question.archive.section_titles({row.site for row in coverage}),
        visits=question.archive.run_visits(run.run),
    )


def the_run(question: Question) -> RunRow:
    """Return the run that the path names."""
    try:
        return question.archive.run(question.asked.text("key"))
    except BadQuery as error:
        raise Refusal(HTTPStatus.NOT_FOUND, str(error)) from error


PAGES = (
    Endpoint(path="/sites", answer=sites_page, summary="The sites"),
    Endpoint(
        path="/sites/{key}",
        answer=site_page,
        summary="One site with its sections",
        parameters=(parameters.path("key", "A site's name."),),
    ),
    Endpoint(
        path="/runs",
        answer=runs_page,
        summary="The latest runs",
        parameters=(
            parameters.text("site", "Only that site."),
            parameters.text("before", "The last run of the page before."),
        ),
    ),
    Endpoint(
        path="/runs/{key}",
        answer=run_page,
        summary="One run",
        parameters=(parameters.path("key", "A run's key."),),
    ),
)

"""The JSON API: what the pages show, for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from storage.export.data_dictionary import ArticleRecord
from storage.export.rows import export_row
from storage.queries.periods import Scale, change_spans, published_spans
from storage.queries.sightings import Sightings
from storage.records import STATES_OF_ARTICLES
from storage.revision_differences import RevisionDifference
from storage.revision_differences import difference as difference_of
from storage.rows import ArticleFilter, Order, StoryRow
from storage.search.hit_records import hit_record
from storage.web import records
from storage.web.answers import JSON, Answer, json_answer
from storage.web.article_page import against_parameter, id_parameter, number_parameter, two_revisions
from storage.web.change_pages import changes_asked_for, kind_parameter
from storage.web.endpoints import Endpoint
from storage.web.paging import page_of
from storage.web.parameters import Parameter, choice, cursor, day, number, path, query, text
from storage.web.run_pages import the_run, the_site
from storage.web.search_page import order_parameter
from storage.web.statistics_page import scale_parameter
from storage.web.story_pages import the_story

if TYPE_CHECKING:
    from storage.web.questions import Question

MOST_ROWS = 500


def search(question: Question) -> Answer:
    """Answer with a page of hits."""
    asked, archive = question.asked, question.archive
    words, order, limit = asked.text("q"), Order(asked.text("sort")), asked.number("limit")
    found = archive.search(words, limit=limit + 1, after=asked.optional("after"), order=order)
    hits, following = page_of(found, limit, lambda hit: hit.id)
    return json_answer(
        records.SearchRecord(
            query=words,
            order=order.value,
            count=archive.count(words),
            hits=[*map(hit_record, hits)],
            next=following,
        )
    )


def facets(question: Question) -> Answer:
    """Answer with the facets of a query."""
    words = question.asked.text("q")
    return json_answer(records.FacetsRecord(query=words, facets=question.archive.facets(words)))


def articles(question: Question) -> Answer:
    """Answer with a page of articles."""
    asked, limit = question.asked, question.asked.number("limit")
    wanted = ArticleFilter(
        site=asked.optional("site"),
        section=asked.optional("section"),
        source=asked.optional("source"),
        language=asked.optional("language"),
        state=asked.optional("state"),
        story=asked.optional("story"),
        published_from=asked.value("published_from", date),
        published_to=asked.value("published_to", date),
        query=asked.optional("q"),
    )
    found = question.archive.articles_page(wanted, limit=limit + 1, after=asked.optional("after"))
    shown, following = page_of(found, limit, lambda row: row.id)
    return json_answer(records.ArticlesRecord(articles=[*map(export_row, shown)], next=following))


def article(question: Question) -> Answer:
    """Answer with one article."""
    return json_answer(export_row(question.archive.article(question.asked.text("id"))))


def revisions(question: Question) -> Answer:
    """Answer with the revisions of an article."""
    return json_answer(records.RevisionsRecord(revisions=question.archive.history(question.asked.text("id"))))


def sightings(question: Question) -> Answer:
    """Answer with what was seen of an article's pages."""
    return json_answer(question.archive.sightings(question.asked.text("id")))


def difference(question: Question) -> Answer:
    """Answer with two revisions, word by word."""
    _, before, after = two_revisions(question)
    return json_answer(difference_of(before, after))


def changes(question: Question) -> Answer:
    """Answer with a page of changes."""
    _, shown, following = changes_asked_for(question, question.asked.number("limit"))
    return json_answer(records.ChangesRecord(changes=shown, next=following))


def stories(question: Question) -> Answer:
    """Answer with a page of stories."""
    limit = question.asked.number("limit")
    found = question.archive.stories(limit=limit + 1, after=question.asked.optional("after"))
    shown, following = page_of(found, limit, lambda row: row.id)
    return json_answer(records.StoriesRecord(stories=shown, next=following))


def story(question: Question) -> Answer:
    """Answer with one story."""
    return json_answer(the_story(question))


def sites(question: Question) -> Answer:
    """Answer with every site."""
    return json_answer(records.SitesRecord(sites=question.archive.sites()))


def site(question: Question) -> Answer:
    """Answer with one site."""
    found = the_site(question)
    sections, coverage = question.archive.sections(found.key), question.archive.coverage(found.key)
    return json_answer(records.SiteRecord(site=found, sections=sections, coverage=coverage))


def certificates(question: Question) -> Answer:
    """Answer with certificates of completeness."""
    rows = question.archive.coverage(question.asked.optional("site"), run=question.asked.optional("run"))
    return json_answer(records.CoverageRecord(coverage=rows))


def runs(question: Question) -> Answer:
    """Answer with a page of runs."""
    asked, limit = question.asked, question.asked.number("limit")
    found = question.archive.runs(asked.optional("site"), limit=limit + 1, before=asked.optional("before"))
    shown, following = page_of(found, limit, lambda row: row.run)
    return json_answer(records.RunsRecord(runs=shown, next=following))


def run(question: Question) -> Answer:
    """Answer with one run."""
    found = the_run(question)
    coverage, visits = question.archive.coverage(run=found.run), question.archive.run_visits(found.run)
    return json_answer(records.RunRecord(run=found, coverage=coverage, visits=visits))


def published(question: Question) -> Answer:
    """Answer with how many articles each site published when."""
    archive, scale = question.archive, Scale(question.asked.text("by"))
    counts = [
        records.SpanCount(
            first=count.span.first, end=count.span.end, name=count.site, articles=count.articles
        )
        for count in archive.published_counts(published_spans(archive, scale))
    ]
    return json_answer(records.SpanCountsRecord(by=scale.value, counts=counts))


def changed(question: Question) -> Answer:
    """Answer with how many articles were edited and removed when."""
    archive, scale = question.archive, Scale(question.asked.text("by"))
    counts = [
        records.SpanCount(first=row.span.first, end=row.span.end, name=name, articles=articles)
        for row in archive.change_counts(change_spans(archive, scale))
        for name, articles in (("edited", row.edited), ("removed", row.removed))
        if articles
    ]
    return json_answer(records.SpanCountsRecord(by=scale.value, counts=counts))


def delays(question: Question) -> Answer:
    """Answer with how late articles were first seen."""
    return json_answer(records.DelaysRecord(delays=question.archive.publication_delays()))


def counts(question: Question) -> Answer:
    """Answer with how much the archive holds."""
    return json_answer(records.CountsRecord(counts=question.archive.counts()))


def _limit() -> Parameter:
    return number("limit", "How many at most.", default=20, most=MOST_ROWS)


def _endpoint(
    address: str, answer: Callable[[Question], Answer], returns: type, summary: str, *taken: Parameter
) -> Endpoint:
    return Endpoint(
        path=f"/api/{address}", answer=answer, summary=summary, parameters=taken, returns={JSON: returns}
    )


_ID, _SCALE = id_parameter(), scale_parameter()
_FILTERS = (
    text("site", "Only that site."),
    text("section", "Only that section."),
    text("source", "With exactly that source."),
    text("language", "Only that language, zh-CN included where it is zh."),
    choice("state", "Only articles whose page is in that state.", STATES_OF_ARTICLES),
    text("story", "In the story of that id."),
    day("published_from", "Published on that day or later."),
    day("published_to", "Published on that day or earlier."),
)

ENDPOINTS = (
    _endpoint(
        "search",
        search,
        records.SearchRecord,
        "Search, newest first or most relevant",
        query(),
        order_parameter(),
        _limit(),
        cursor(),
    ),
    _endpoint("facets", facets, records.FacetsRecord, "A query's hits by site, month and source", query()),
    _endpoint(
        "articles", articles, records.ArticlesRecord, "Whole articles", *_FILTERS, query(), _limit(), cursor()
    ),
    _endpoint("articles/{id}", article, ArticleRecord, "One article", _ID),
    _endpoint(
        "articles/{id}/revisions", revisions, records.RevisionsRecord, "The revisions of an article", _ID
    ),
    _endpoint(
        "articles/{id}/sightings",
        sightings,
        Sightings,
        "Where an article was listed, and how its pages answered",
        _ID,
    ),
    _endpoint(
        "articles/{id}/differences/{number}",
        difference,
        RevisionDifference,
        "Two revisions of an article, word by word",
        _ID,
        number_parameter(),
        against_parameter(),
    ),
    _endpoint(
        "changes",
        changes,
        records.ChangesRecord,
        "What is new, edited or removed, newest first",
        kind_parameter(),
        query(),
        _limit(),
        cursor(),
    ),
    _endpoint(
        "stories", stories, records.StoriesRecord, "Stories, the most republished first", _limit(), cursor()
    ),
    _endpoint(
        "stories/{id}",
        story,
        StoryRow,
        "One story with its copies",
        path("id", "A story's id, or that of an article in it."),
    ),
    _endpoint("sites", sites, records.SitesRecord, "The sites"),
    _endpoint(
        "sites/{key}", site, records.SiteRecord, "One site with its sections", path("key", "A site's name.")
    ),
    _endpoint(
        "coverage",
        certificates,
        records.CoverageRecord,
        "Certificates: of a run, or the latest of each section",
        text("site", "Only that site."),
        text("run", "Only the run with that key."),
    ),
    _endpoint(
        "runs",
        runs,
        records.RunsRecord,
        "Runs, newest first",
        text("site", "Only that site."),
        _limit(),
        cursor("before"),
    ),
    _endpoint("runs/{key}", run, records.RunRecord, "One run", path("key", "A run's key.")),
    _endpoint(
        "statistics/published",
        published,
        records.SpanCountsRecord,
        "Articles by day and site",
        scale_parameter(),
    ),
    _endpoint(
        "statistics/changes",
        changed,
        records.SpanCountsRecord,
        "Edits and removals over time",
        scale_parameter(),
    ),
    _endpoint("statistics/delays", delays, records.DelaysRecord, "Days from publication to first sight"),
    _endpoint("counts", counts, records.CountsRecord, "How much the archive holds"),
)

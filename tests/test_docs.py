"""The documentation is complete and its links lead somewhere."""

from __future__ import annotations

import ast
import dataclasses
import re
import sys
from enum import StrEnum
from pathlib import Path
from subprocess import run

import pytest
from scrapy.settings import default_settings
from sqlalchemy import create_engine, text

from crawler import settings, sites
from crawler.account.ledger import Ledger
from crawler.extract import NotAnArticle
from crawler.network.failures import ROBOTS
from storage import records
from storage.models import metadata
from storage.schema.views import VIEWS, create_views
from storage.search import query_language
from storage.verdicts import PRECEDENCE, Verdict
from storage.writing.page_states import NOT_FOUND, TOO_MANY_REDIRECTS, UNFETCHABLE
from tests.doc_pages import CODE, DOCS, PAGES, REFERENCE, ROOT, documented, name_of, prose, rows

LONGEST_PAGE = 200  # lines
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


# Pages


@every_page
def test_a_page_answers_its_question_in_under_200_lines(page: Path) -> None:
    lines = page.read_text("utf-8").count("\n")

    assert lines < LONGEST_PAGE or page.name == "CHANGELOG.md"


@every_page
def test_links_lead_to_a_page_and_to_a_heading_that_are_there(page: Path) -> None:
    local = [link for link in LINK.findall(prose(page)) if not link.startswith(("http://", "https://"))]

    broken = [link for link in local if not leads_somewhere(page, link)]

    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in {slug(title) for title in HEADING.findall(target.read_text("utf-8"))}


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_page_is_linked_from_another_one() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(prose(page))
    }

    assert [name_of(page) for page in PAGES if page not in linked and page != ROOT / "README.md"] == []


# The reference


def test_generated_pages_are_up_to_date() -> None:
    # In a process of its own: click remembers of a command how it was called first.
    command = [sys.executable, DOCS / "generate.py", "--check"]
    stale = run(command, check=False, capture_output=True, text=True)

    assert (stale.returncode, stale.stdout) == (0, ""), f"run: python docs/generate.py\n{stale.stderr}"


def source_of(*folders: str) -> str:
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return "\n".join(path.read_text("utf-8") for path in paths)


def test_every_setting_is_documented_with_its_value_and_scrapys_default() -> None:
    ours = {name: value for name, value in vars(settings).items() if name.isupper()}
    read = re.findall(r'settings(?:\.get\w*\(|\[)"([A-Z_]+)"', source_of("crawler"))
    shown = {CODE.findall(row[0])[0]: row for row in rows(REFERENCE / "settings.md") if "`" in row[0]}

    wrong = [row for name, row in shown.items() if row[1] and value_of(row[1]) != ours.get(name)]
    changed = rows(REFERENCE / "settings.md", "Scrapy's that we change")[1:]
    wrong += [row for row in changed if row[2] and value_of(row[2]) != scrapys(row[0])]

    assert {*shown} == {*ours} | {name for name in read if not hasattr(default_settings, name)}
    assert wrong == []


def value_of(cell: str) -> object:
    return ast.literal_eval(cell.strip("`"))


def scrapys(name: str) -> object:
    return getattr(default_settings, name.strip("`"))


def test_every_environment_variable_is_documented() -> None:
    read = re.findall(r"\bHOTNEWS_[A-Z_]*[A-Z]\b", source_of("crawler", "pipelines", "storage", "tests"))

    assert {*documented(REFERENCE / "environment.md")} == {*read}


def test_every_exit_code_is_documented_in_the_order_that_decides() -> None:
    page = REFERENCE / "exit-codes.md"
    order = ", ".join(verdict.value for verdict in PRECEDENCE)

    assert [row[:2] for row in rows(page)[1:]] == [[str(each.exit_code), each.value] for each in Verdict]
    assert order in " ".join(prose(page).split())


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Changes", records.Change),
        ("Copies", records.CopyKind),
        ("Page states", records.PageState),
        ("Causes of a failure", records.FailureCause),
    ],
)
def test_every_outcome_is_documented(heading: str, words: type[StrEnum]) -> None:
    assert documented(REFERENCE / "outcomes.md", heading) == [*words]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("`body_kind`", records.BodyKind),
        ("`published_precision`", records.Precision),
        ("`kind` of a run", records.RunKind),
        ("`kind` of a fetch", records.FetchKind),
        ("`cause` of a revision", records.Cause),
        ("`--revisit`", records.Revisit),
    ],
)
def test_every_word_of_a_closed_set_is_documented(field: str, words: type[StrEnum]) -> None:
    shown = dict(rows(REFERENCE / "outcomes.md", "Other closed sets of words")[1:])

    assert CODE.findall(shown[field]) == [*words]


def test_every_reason_of_a_rejection_is_documented() -> None:
    source = source_of("crawler", "pipelines", "storage")
    literal = r'(?:NotAnArticle\(|Rejected\(reason=|is_rejected\(page, fetch\.at, |^    reason = )"([a-z-]+)"'
    kinds = re.findall(r"'([a-z-]+)'", NotAnArticle.__doc__ or "")
    used = {
        *re.findall(literal, source, re.MULTILINE),
        *kinds,
        ROBOTS,
        NOT_FOUND,
        TOO_MANY_REDIRECTS,
        UNFETCHABLE,
    }

    # A challenge is a failure, and `rejected` stands for its subclasses' words.
    assert used - {"challenge", "rejected"} == {
        *documented(REFERENCE / "outcomes.md", "Reasons of a rejection")
    }


def test_every_count_of_a_run_is_documented() -> None:
    assert {*Ledger().counts()} <= {*documented(REFERENCE / "counts.md", "A crawl")}


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_of_a_view_is_documented_in_order(view: str) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        create_views(connection)
        columns = [*connection.execute(text(f"SELECT * FROM {view}")).keys()]
    engine.dispose()

    assert [*documented(REFERENCE / "schema.md", view)] == columns


@pytest.mark.parametrize("declaration", [sites.Site, sites.Section, sites.Expectations])
def test_every_field_of_a_declaration_is_documented(declaration: type) -> None:
    fields = {field.name for field in dataclasses.fields(declaration)}

    assert {*documented(REFERENCE / "site.md", declaration.__name__)} == fields


def test_every_field_of_the_query_language_is_documented() -> None:
    shown = {name.partition(":")[0] for name in documented(REFERENCE / "query-language.md")}

    assert {"title", "published", *query_language.FIELDS} <= shown


@pytest.mark.parametrize("page", ["promises.md", "known-attacks.md"])
def test_every_promise_and_every_attack_names_tests_that_exist(page: str) -> None:
    told = rows(DOCS / "explanation" / page)[1:]
    existing = {*re.findall(r"\bdef (test_\w+)", source_of("tests"))}

    assert [row[0] for row in told if not CODE.findall(row[1])] == []
    assert {name for row in told for name in CODE.findall(row[1])} - existing == set()

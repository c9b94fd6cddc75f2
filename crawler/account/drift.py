"""After a drift: the first page that broke, the rule that did, and the page as a fixture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.account.findings import BrokenList, Field, Finding
from crawler.account.ledger import BODILESS
from crawler.evidence.files import safe_name
from crawler.extract.body.template import SiteTemplate, fits, lines_of_tree
from crawler.extract.markup.rules import family_of, matching_rules, rules_of
from crawler.rereading.fixture_files import (
    FOLDER,
    KeptPage,
    archived_record,
    listed_record,
    stem_of,
    unread_record,
    write_fixture,
)
from storage.evidence.responses import EvidenceError, read_evidence

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.account.second_opinion import Reader
    from storage.evidence.stored_pages import StoredPage
    from storage.writing.learning import Learning

ROWS_EXPECTED = 20  # of a list that has none any more
Length = tuple[float, float]  # the fewest and the most characters of a body
PAGES_COMPARED = 5  # of the section, as earlier runs read them


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What rules find on one page: its family with the sign of it, and the path for each field."""

    family: str | None
    sign: str | None
    paths: Mapping[str, str]
    date_rule: str | None  # that gave the archived date
    template: SiteTemplate | None
    lines: frozenset[str]


def explain_list(finding: Finding, broken: BrokenList, learning: Learning, folder: Path) -> Finding:
    """Return *finding* with the rules that find nothing any more and the place where the page is kept."""
    before = learning.last_listed(broken.section, most=ROWS_EXPECTED)
    kept, *_ = write_fixture(
        folder / safe_name(broken.section),
        "list",
        [KeptPage(finding.url or "", broken.markup)],
        expected=listed_record(before),
    )
    rules = f"the list rules of {broken.platform}" if broken.platform else "the list rules of all families"
    stood = f" any more, while {before[0].url} was listed before" if before else ""
    return with_more(finding, f"{rules} find nothing{stood}; kept as {kept}")


def explain_page(finding: Finding, learning: Learning, reader: Reader, length: Length) -> Finding:
    """Return *finding* with the first page that broke, the rule that did, and where the page is kept."""
    page = first_broken(finding, learning, length)
    if page is None:
        return finding
    try:
        pages = pages_behind(page, reader.root)
    except EvidenceError:
        return with_more(finding, f"first on {page.url}")
    head = page.head
    kept, *_ = write_fixture(
        reader.root / FOLDER / safe_name(page.site.key),
        stem_of(page.url, (head and head.published_day) or page.listed_day or page.at.date()),
        pages,
        expected=archived_record(reader.archive.article(head.public_id))
        if head
        else unread_record(page.listed_title, page.listed_day),
    )
    before = [each for each in learning.pages_before(each=PAGES_COMPARED) if each.section == page.section]
    rule = broken_rule(page, before, reader, finding.field)
    return with_more(finding, f"first on {page.url}{': ' if rule else ''}{rule}; kept as {kept}")


def pages_behind(page: StoredPage, root: Path) -> list[KeptPage]:
    """Return *page* and the further pages of its article, as they were received.

    :raises EvidenceError: if one of them cannot be read.
    """
    places = [(page.url, page.pointer), *((part.url, part.pointer) for part in page.parts)]
    return [KeptPage(url, read_evidence(root, place).payload) for url, place in places if place]


def with_more(finding: Finding, more: str) -> Finding:
    """Return *finding* with *more* to say."""
    return finding._replace(reason=f"{finding.reason}; {more}")


def first_broken(finding: Finding, learning: Learning, length: Length) -> StoredPage | None:
    """Return the first page of the run that shows what *finding* speaks of, in the section it names."""
    pages: Sequence[StoredPage] = ()
    if finding.field is Field.BODY:
        pages = learning.pages_without_article(BODILESS)
    elif finding.field is Field.TITLE:
        pages = learning.pages_without_article({"missing-title"})
    elif finding.field is Field.DATE:
        pages = learning.pages_without_date()
    elif finding.field is Field.LENGTH:
        pages = learning.pages_of_other_length(*length)
    return next((page for page in pages if finding.section in (None, page.section)), None)


def broken_rule(page: StoredPage, before: Sequence[StoredPage], reader: Reader, field: Field | None) -> str:
    """Return in words which rule found *field* on the pages *before* and not on *page*; "" if none did."""
    now = signs_on(page, reader)
    past = [signs for each in before if (signs := signs_on(each, reader)) is not None]
    return rule_between(now, past, field) if now and past else ""


def rule_between(now: Signs, past: Sequence[Signs], field: Field | None) -> str:
    """Return in words which rule found *field* in the *past* and does not *now*."""
    family, number = Counter(each.family for each in past).most_common(1)[0]
    if family is not None and now.family != family:
        sign = next(each.sign for each in past if each.family == family)
        return f"{family}, known by {sign} on {number} of {len(past)} pages before, is not recognised there"
    return broken_path(now, past, field) or broken_layout(now)


def broken_path(now: Signs, past: Sequence[Signs], field: Field | None) -> str:
    """Return in words which path, or which rule of a date, found *field* before and does not now."""
    name = "body" if field is Field.LENGTH else str(field)
    paths = Counter(each.paths[name] for each in past if name in each.paths)
    for path, number in paths.most_common(1):
        if now.paths.get(name) != path:
            return f"{now.family}'s rule {path} found the {name} on {number} of {len(past)} pages before"
    if field is Field.DATE:
        rules = Counter(each.date_rule for each in past if each.date_rule)
        for rule, number in rules.most_common(1):
            return f"the date came from {rule} on {number} of {len(past)} pages before"
    return ""


def broken_layout(now: Signs) -> str:
    """Return in words that the site's template does not fit, where it does not."""
    template = now.template
    if template is None or fits(template, now.lines):
        return ""
    stand = len(template.furniture & now.lines)
    return f"{stand} of {len(template.furniture)} lines of site template {template.version} stand there"


def signs_on(page: StoredPage, reader: Reader) -> Signs | None:
    """Return what today's rules find on *page*, None where it cannot be read."""
    found = reader.parsed(page)
    if found is None:
        return None
    parsed, platform = found
    family = family_of(parsed, platform)
    dated = page.head is not None and page.head.published_day is not None
    return Signs(
        family=family[0].name if family else None,
        sign=family[1] if family else None,
        paths=matching_rules(parsed, rules_of(family[0])) if family else {},
        date_rule=page.head.date_rule if page.head and dated else None,
        template=parsed.context.template,
        lines=lines_of_tree(parsed.tree),
    )

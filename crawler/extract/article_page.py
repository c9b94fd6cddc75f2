"""An article page: markup in, one article out, with the account of every decision."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from crawler.extract.arguments import require_markup
from crawler.extract.attachments import attachments_of
from crawler.extract.body.bios import without_bio
from crawler.extract.body.letters import Letter, letter_of, without_label
from crawler.extract.body.model import Model, clues_of, load_model
from crawler.extract.body.paragraphs import Body, body_of, passed_over, ruled_body
from crawler.extract.body.region import article_blocks
from crawler.extract.body.signatures import signature_of
from crawler.extract.credits import Credits, read_credits
from crawler.extract.dates.mentions import mentions_of
from crawler.extract.headlines.candidates import headlines_of
from crawler.extract.headlines.headline_credits import lines_at
from crawler.extract.headlines.unmarked_titles import is_cut_row, unmarked_title
from crawler.extract.images import image_elements, images_of, pictured_body
from crawler.extract.kinds.error_pages import shown_instead, shows_listed_title
from crawler.extract.kinds.page_kinds import (
    is_credited,
    kind_of_doubtful,
    kind_of_overview,
    kind_without_body,
    says_more_than_a_section,
)
from crawler.extract.kinds.unshown import opened
from crawler.extract.language import language_of
from crawler.extract.lines.blocks import read_blocks
from crawler.extract.markup.head import Head, read_head
from crawler.extract.markup.page import Page, read_page
from crawler.extract.markup.rules import Rules, containers_of, is_overview, noise_of, rules_for, values_of
from crawler.extract.parts import next_part_of
from crawler.extract.publication import read_publication
from crawler.extract.title import clean_title, is_only_stated, read_title
from crawler.extract.types import Candidate, ExtractedArticle, NotAnArticle, PageContext
from storage.records import BodyKind, Link

_ENOUGH = 60  # characters in a family's own container under a whole headline: a short notice, but no list


def extract_article(
    html: bytes, url: str, *, platform: str | None = None, context: PageContext = PageContext()
) -> ExtractedArticle:
    """Return the article of a page.

    :raises NotAnArticle: if the page is something else; its kind says what.
    """
    require_markup(html, url)
    page, model = read_page(html, url, context), load_model()
    try:
        return read_article(page, platform=platform, model=model)
    except NotAnArticle as error:
        for where, unfolded in opened(page, read_head(page), error.kind):
            with suppress(NotAnArticle):
                return _held_in(where, read_article(unfolded, platform=platform, model=model))
        raise


def _held_in(where: str, article: ExtractedArticle) -> ExtractedArticle:
    """Return *article* with its body's candidate telling *where* the page held what it did not show."""
    *others, body = article.candidates
    return replace(article, candidates=(*others, replace(body, rule=f"{body.rule}, of {where}")))


def read_article(page: Page, *, platform: str | None, model: Model) -> ExtractedArticle:
    """Return the article of *page*; *model* decides its lines where no family's rules find them."""
    head = read_head(page)
    rules, evidence = rules_for(page, platform) or (None, None)
    titles, body = _titles_and_body(page, head, rules, model, verbatim=platform is not None)
    title = titles[0].value
    attachments = attachments_of(page)
    body_kind = kind_of_body(page, body, title, attachments, rules)
    publication = read_publication(page, head, body, rules, title)
    language = language_of(head.language or page.context.language, title, body.lines)
    credit, body = _credited(page, head, rules, language, title, body)
    return ExtractedArticle(
        title=title,
        paragraphs=body.lines,
        published=publication.value,
        published_from=publication.rule,
        source=credit.source or body.office,
        author=credit.author,
        editor=credit.editor,
        language=language,
        tables=body.tables,
        attachments=attachments,
        images=_images_of(page, body, body_kind, rules, title),
        mentions=mentions_of(body.lines, publication.day),
        body_kind=body_kind,
        platform=rules.family if rules else None,
        platform_evidence=evidence,
        encoding=page.encoding,
        canonical_url=head.canonical,
        next_page=next_part_of(page, body),
        removed=body.removed,
        candidates=(*titles, *publication.candidates, *credit.candidates, _body_candidate(body)),
        template_version=page.context.template.version if page.context.template else None,
        read_at=page.context.fetched_at,
    )


def _credited(
    page: Page, head: Head, rules: Rules | None, language: str | None, title: str, body: Body
) -> tuple[Credits, Body]:
    """Return who *page* says it is from, and *body* without what it says of its author."""
    closing = [line.text for line in body.removed if line.position in ("end", "body")]
    credit = read_credits(
        head,
        page,
        rules,
        language,
        near=lines_at(title, body.read_lines()),
        closing=closing,
        signed=signature_of(body) if language == "vi" else None,
    )
    return credit, without_bio(body, credit.author)


def _body_candidate(body: Body) -> Candidate:
    size = f"{len(body.lines):,} paragraphs, {sum(map(len, body.lines)):,} characters"
    return Candidate(field="body", value=size, rule="platform rule" if body.ruled else "blocks")


def _images_of(page: Page, body: Body, kind: BodyKind, rules: Rules | None, title: str) -> tuple[Link, ...]:
    """Return the pictures of a text, or those that stand where a text should."""
    if kind is BodyKind.TEXT:
        return images_of(page, image_elements(body.readings))
    return pictured_body(page, rules, title)


def generic_lines(page: Page) -> Sequence[str]:
    """Return the body of *page* as it is read without any family's rules: a second opinion.

    :raises NotAnArticle: if it has no title.
    """
    head = read_head(page)
    title = titles_of(page, head, None)[0].value
    return read_body(page, head, title, None, load_model(), verbatim=False).lines


def _titles_and_body(
    page: Page, head: Head, rules: Rules | None, model: Model, *, verbatim: bool
) -> tuple[Sequence[Candidate], Body]:
    """Return the headlines of *page*, the best first, and its body: a letter has its own."""
    letter = letter_of(page)
    if letter and letter.title:
        titles: Sequence[Candidate] = (Candidate(field="title", value=letter.title, rule="letter"),)
    else:
        titles = titles_of(page, head, rules)
    title = titles[0].value
    if letter:
        return titles, letter_body(letter, title)
    return titles, read_body(page, head, title, rules, model, verbatim=verbatim)


def titles_of(page: Page, head: Head, rules: Rules | None) -> Sequence[Candidate]:
    """Return the headlines that *page* offers, the best first.

    :raises NotAnArticle: if there is none.
    """
    ruled = clean_title(next(values_of(page, rules.title), "")) if rules else None
    sure = bool(ruled and rules and not rules.shared_container)
    headlines = () if sure else headlines_of(page)
    listed = page.context.listed_title
    titles = read_title(head, headlines, listed=listed, ruled=ruled, sure=sure) or read_title(
        head, headlines_of(page, shortened=True), listed=listed, ruled=ruled, sure=sure
    )
    if not titles or is_only_stated(titles) or is_cut_row(titles):
        unmarked = unmarked_title(titles, headlines, read_blocks(page.tree).blocks)
        titles = (unmarked, *titles) if unmarked else titles
    if not titles:
        kind = kind_without_body(page)
        untitled = kind == "empty-body" and bool(page.text.strip())
        raise NotAnArticle("missing-title" if untitled else kind, page.url)
    return titles


def kind_of_body(
    page: Page, body: Body, title: str, attachments: Sequence[Link], rules: Rules | None
) -> BodyKind:
    """Return what carries the body.

    :raises NotAnArticle: if nothing does, or what looks like a body belongs to no article.
    """
    later = page.context.part_of is not None  # of an article: a short end over a pager is no list
    overview = "list" if rules and is_overview(page, rules) else kind_of_overview(page, attachments)
    if overview and not later:
        raise NotAnArticle(overview, page.url)
    if body.lines and (instead := shown_instead(page, body.lines)):
        raise NotAnArticle(instead, page.url, f"{body.lines[0][:80]!r}")
    if body.lines or body.tables:
        characters = sum(map(len, body.lines))
        if body.ruled and characters >= _ENOUGH and says_more_than_a_section(title):
            return BodyKind.TEXT
        kind = kind_of_doubtful(page, title, characters)
        if kind and not (kind == "list" and (later or _is_credited(page, title, body))):
            raise NotAnArticle(kind, page.url)
        return BodyKind.TEXT
    kind = kind_without_body(page)
    if kind != "empty-body" and not (later and kind == "list"):
        raise NotAnArticle(kind, page.url)
    if attachments:
        return BodyKind.PDF
    if pictured_body(page, rules, title):
        return BodyKind.IMAGES
    raise NotAnArticle(kind, page.url)


def _is_credited(page: Page, title: str, body: Body) -> bool:
    if page.context.listed_title and not shows_listed_title(page):  # another page in place of the one listed
        return False
    first = body.lines[0] if body.lines else ""
    return any(is_credited(title, reading.blocks, first) for reading in body.readings)


def letter_body(letter: Letter, title: str) -> Body:
    """Return the question and the answer of *letter* as a body, with the day of the answer."""
    body = ruled_body(letter.containers, frozenset(), breaks=True, title=title)
    lines = tuple(map(without_label, body.lines))
    return replace(body, lines=lines, facts=letter.facts, office=letter.office)


def read_body(
    page: Page, head: Head, title: str, rules: Rules | None, model: Model, *, verbatim: bool
) -> Body:
    """Return the body that the family's rules find, or else the one that *model* decides.

    A container that themes fill with more than the text is only taken *verbatim* where the site's
    declaration says so.
    """
    containers = containers_of(page, rules) if rules else []
    if rules and containers and (verbatim or not rules.shared_container):
        noise = noise_of(page, rules, containers)
        body = ruled_body(
            containers,
            noise,
            breaks=rules.line_breaks_end_paragraphs,
            title=title,
            template=page.context.template,
        )
        if body.lines or body.tables:
            return body
    reading = read_blocks(page.tree, noise=noise_of(page, rules, [page.tree]) if rules else frozenset())
    blocks = article_blocks(reading, clues_of(reading, head, title), model, containers)
    return body_of(
        blocks, [reading], title, template=page.context.template, removed=passed_over(reading, blocks)
    )

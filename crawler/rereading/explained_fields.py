"""Each stored field of an article: the rule that won, where on its page it stands, what other rules read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.extract.article_page import generic_lines
from crawler.extract.markup.page import Page
from crawler.extract.places import Place, place_of, place_of_date, place_of_lines, place_of_link
from crawler.extract.types import Candidate, ExtractedArticle, ExtractionError
from crawler.rereading.field_differences import shared_words
from storage.export.rows import published_text, zone_of
from storage.provenance import FieldExplanation, Lost
from storage.records import BodyKind, Precision

if TYPE_CHECKING:
    from storage.rows import ArticleRow

FIELDS = ("title", "published", "source", "author", "editor")
CARRIES = {
    BodyKind.TEXT: "the page has paragraphs or tables of its own",
    BodyKind.PDF: "a document stands where the text should",
    BodyKind.IMAGES: "pictures stand where the text should",
}


def explained_fields(
    row: ArticleRow, result: ExtractedArticle, markup: Page | None
) -> Iterator[FieldExplanation]:
    """Yield the stored fields of *row*, whose page reads as *result*; *markup* is None of a text dump."""
    for name in FIELDS:
        yield _chosen(row, name, result, markup)
    known = "letters and commonest words of the text, else as declared" if row.language else None
    yield _field("language", row.language, known, None)
    yield _body(result, markup)
    yield _field("body_kind", row.body_kind, CARRIES[BodyKind(row.body_kind)], None)
    for table in row.tables:
        size = f"{len(table)} rows of {max(map(len, table), default=0)} cells"
        cells = tuple(cell for cells in table for cell in cells if cell)
        yield _field("table", size, "table of data", place_of_lines(markup, cells) if markup else None)
    for link in row.attachments:
        place = place_of_link(markup, link.url) if markup else None
        yield _field("attachment", f"{link.title or ''} {link.url}".strip(), "link to a document", place)
    for link in row.images:
        place = place_of_link(markup, link.url) if markup else None
        yield _field("image", f"{link.title or ''} {link.url}".strip(), "picture beside the text", place)
    for mention in row.mentions:
        said = tuple(line for line in row.paragraphs if mention.text in line)[:1]
        place = place_of_lines(markup, said) if markup and said else None
        yield _field("mention", f"{mention.text} = {mention.day}", "date in the text", place)


def stored(row: ArticleRow, name: str) -> str | None:
    """Return the stored value of one of `FIELDS`."""
    if name == "published":
        return published_text(row)
    value: str | None = getattr(row, name)
    return value


def _field(
    name: str, value: str | None, rule: str | None, place: Place | None, lost: tuple[Lost, ...] = ()
) -> FieldExplanation:
    return FieldExplanation(
        field=name,
        value=value,
        rule=rule,
        path=place.path if place else None,
        excerpt=place.excerpt if place else None,
        lost=lost,
    )


def _chosen(row: ArticleRow, name: str, result: ExtractedArticle, markup: Page | None) -> FieldExplanation:
    """Return a field that several rules offer a value for."""
    offers = [each for each in result.candidates if each.field == name]
    winner = offers[0] if offers else None
    won = winner if name != "published" or result.published is not None else None
    place = _place(markup, won, result) if won and markup else None
    rule = row.published_from if name == "published" else winner.rule if winner else None
    lost = tuple(Lost(value=_as_stored(row, each), rule=each.rule) for each in offers[1:])
    return _field(name, stored(row, name), rule, place, lost)


def _as_stored(row: ArticleRow, offer: Candidate) -> str:
    """Return the value of *offer* as the row would show it, so that equal moments read alike."""
    if offer.field != "published" or len(offer.value) <= len("2019-06-08"):
        return offer.value
    moment = datetime.fromisoformat(offer.value)
    exact = moment.second or row.published_precision == Precision.SECOND
    if moment.tzinfo:
        moment = moment.astimezone(zone_of(row.timezone, row.published_offset))
    return moment.isoformat(timespec="seconds" if exact else "minutes")


def _body(result: ExtractedArticle, markup: Page | None) -> FieldExplanation:
    lines = result.paragraphs
    rule = next((each.rule for each in result.candidates if each.field == "body"), "blocks")
    ruled = rule == "platform rule"
    shown = ruled or rule == "blocks"  # else the rule says where the page holds it
    place = place_of_lines(markup, lines) if markup and lines and shown else None
    return _field(
        "body",
        f"{len(lines):,} paragraphs, {sum(map(len, lines)):,} characters",
        f"platform {result.platform}" if ruled else rule,
        place,
        _other_body(result, markup) if ruled and markup and lines else (),
    )


def _other_body(result: ExtractedArticle, markup: Page) -> tuple[Lost, ...]:
    """Return how the page reads without the platform's rules."""
    try:
        lines = generic_lines(markup)
    except ExtractionError as error:
        return (Lost(value=f"nothing ({error})", rule="blocks"),)
    if tuple(lines) == result.paragraphs:
        return (Lost(value=f"{len(lines):,} paragraphs, {sum(map(len, lines)):,} characters", rule="blocks"),)
    shared = shared_words("\n".join(result.paragraphs), "\n".join(lines))
    return (Lost(value=f"{len(lines):,} paragraphs, {shared:.0%} of the words shared", rule="blocks"),)


def _place(markup: Page, won: Candidate, result: ExtractedArticle) -> Place | None:
    if won.field == "published" and result.published is not None:
        return place_of_date(markup, result.published, won.rule)
    return place_of(markup, won.value, won.rule)

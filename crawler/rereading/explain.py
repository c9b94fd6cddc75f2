"""`hotnews explain`: where every field of an article comes from, and what it is to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from rich.text import Text

from crawler.rereading.provenance import explanation
from storage import Archive
from storage.commands.command_line import archive_option, json_option, write_json
from storage.commands.copies import show_copies
from storage.commands.listing import table
from storage.commands.prose import Prose
from storage.commands.rendering import console, time_text
from storage.json_values import plain
from storage.provenance import Explanation, FieldExplanation


@click.command()
@click.argument("article", metavar="ID|URL")
@archive_option
@json_option
def explain(article: str, archive: str, **asked: bool) -> None:
    """Explain where every field of an article comes from, and how it relates to others.

    The stored page is read again. For each field you see the rule that won, the element of the page that
    holds the value, and the values that lost; then each line that was removed, with its rule, and how the
    bytes were decoded. For each article that shares its words you see whether it is a copy, of which kind,
    or why not, with the numbers of the decision (lengths in words or Han characters).

    In JSON, `what` says what each line is: article, page, field, removed or copy.
    """
    with Archive(archive) as opened:
        found = explanation(opened, article)
    if asked["as_json"]:
        write_json(json_records(found))
    else:
        show(found)


def json_records(found: Explanation) -> Iterator[dict[str, Any]]:
    """Yield *found* as JSON has it, a record for each thing that is explained."""
    row = found.article
    yield {"what": "article", "id": row.id, "url": row.url, "evidence": found.missing or "read again"}
    if found.page:
        yield {"what": "page", **_plain(found.page)}
    yield from ({"what": "field", **_plain(each)} for each in found.fields)
    yield from ({"what": "removed", **_plain(each)} for each in found.removed)
    yield from ({"what": "copy", **_plain(each)} for each in found.copies)


def _plain(value: object) -> dict[str, Any]:
    record = plain(value)
    assert isinstance(record, dict)
    return record


def show(found: Explanation) -> None:
    """Print *found* for a person."""
    out = console()
    out.print(Prose(found.article.title or "Withheld", style="bold"))
    for line in (found.article.id, found.article.url, *_page_lines(found)):
        out.print(Text(line), soft_wrap=True)
    for each in found.fields:
        out.print()
        out.print(Prose(Text(f"{each.field}: ", style="bold").append(each.value or "-", style="not bold")))
        for line in _field_lines(each):
            out.print(Prose(line, indent=4))
    if found.removed:
        gone = table("taken off", "at", "rule")
        for off in found.removed:
            gone.add_row(Prose(off.text), off.position, off.rule)
        out.print()
        out.print(gone)
    out.print()
    show_copies(found.copies)


def _field_lines(field: FieldExplanation) -> Iterator[str]:
    """Yield what stands below a field: the rule, the place, who agrees, who offered something else."""
    where = f", in {field.path}" if field.path else ""
    if field.value is None and field.rule is None:
        yield "no rule found one"
    if field.rule:
        yield f"by {field.rule}{where}"
    if field.excerpt and field.excerpt != field.value:
        yield f"there: {field.excerpt}"
    agreeing = [lost.rule for lost in field.lost if lost.value == field.value]
    if agreeing:
        yield f"the same by {', '.join(agreeing)}"
    for lost in field.lost:
        if lost.value != field.value:
            yield f"lost: {lost.value} (by {lost.rule})"


def _page_lines(found: Explanation) -> Iterator[str]:
    page = found.page
    if page is None:
        yield f"the page cannot be read again: {found.missing}"
        return
    fetched = time_text(page.fetched_at)
    yield f"evidence: {page.file}"
    yield f"  at {page.offset}, {page.length} bytes; fetched {fetched} UTC"
    for part in page.parts:
        yield f"further page: {part.url}"
        yield f"  evidence: {part.file} at {part.offset}, {part.length} bytes"
    said = ", ".join(
        f"{who} says {what}"
        for who, what in (("HTTP", page.encoding_by_http), ("the page", page.encoding_by_page))
        if what
    )
    yield f"decoded as {page.encoding}" + (f" ({said})" if said else "")
    family = f"{page.platform} ({page.platform_evidence})" if page.platform else "no platform known"
    yield f"read as: {family}; rules {page.extractor_version}, template {page.template_version or 'none'}"
    if page.differing:
        names = ", ".join(page.differing)
        yield f"today's rules read otherwise: {names}; `hotnews reextract` would store that"

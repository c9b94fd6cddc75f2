"""The dictionary of the views: what a row is, and the type and meaning of each column in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from storage.export.data_dictionary import FIELDS


class Column(NamedTuple):
    """One column: text, day, time, integer, number, boolean or json; and what it says."""

    kind: str
    meaning: str


class View(NamedTuple):
    """One view: what a row of it is, and its columns."""

    row: str
    columns: Mapping[str, Column]


_KINDS = {"string": "text", "datetime": "time", "integer": "integer", "number": "number"}


def _exported(names: str) -> dict[str, Column]:
    """Return columns that are fields of an export row too."""
    return {name: Column(_KINDS[FIELDS[name].kind], FIELDS[name].meaning) for name in names.split()}


def _columns(kind: str, /, **meanings: str) -> dict[str, Column]:
    return {name: Column(kind, meaning) for name, meaning in meanings.items()}


_TEXT = {
    **_columns("text", title="Title; null where it is withheld"),
    **_columns("text", body="Paragraphs, joined by one newline; null where it is withheld"),
}
_PUBLISHED = {
    **_columns("day", published_day="Day of publication on the site's calendar"),
    **_columns("time", published_at="Time of publication; null where no hour is known"),
    **_exported("published_precision published_from"),
}
_ARTICLE = _columns("text", article="Id of the article", site="Site on which it was first listed")
_DECISION = {
    **_columns("number", score="How surely, 0 to 1"),
    **_columns("text", algorithm="Version of the rules that decided it"),
}

VIEW_DICTIONARY: Mapping[str, View] = {
    "articles": View(
        "an article, in its latest revision",
        {
            **_exported("id site section url"),
            **_TEXT,
            **_exported("body_kind"),
            **_PUBLISHED,
            **_exported(
                "source author editor language first_seen last_seen state gone_at revision revisions"
            ),
            **_columns(
                "text",
                story="Public id of its story; one that nobody copied is a story of its own, without a row in"
                " `stories`",
            ),
            **_exported("duplicate_of duplicate_kind duplicate_score digest text_digest extractor_version"),
            **_exported("withheld"),
        },
    ),
    "revisions": View(
        "a distinct text of an article",
        {
            **_columns("text", article="Id of the article"),
            **_columns("integer", revision="Number of the revision, from 1"),
            **_columns(
                "text", cause="`first`, `edited` by the publisher, `reextracted` by newer rules of ours"
            ),
            **_columns("time", seen_at="When it was fetched"),
            **_TEXT,
            **_PUBLISHED,
            **_exported("source author editor digest text_digest"),
            **_columns(
                "text",
                chain="SHA-256 over URL, number, digest, payload digest and the chain of the revision before",
                payload_digest="SHA-256 of the decoded page; of an article of several pages over their"
                " digests, a line each",
            ),
            **_exported("extractor_version template_version"),
            **_columns("integer", status="HTTP status of the response"),
            **_columns("text", warc_file="File of the evidence; null where none was kept"),
            **_columns(
                "integer", warc_offset="Where its record begins", warc_length="How long that is, in bytes"
            ),
            **_columns("text", run="The run that brought it"),
        },
    ),
    "changes": View(
        "a revision after the first, beside the one before it",
        {
            **_ARTICLE,
            **_columns("text", url="The URL it is cited by"),
            **_columns("integer", revision="Number of the later revision"),
            **_columns("text", cause="`edited` by the publisher, `reextracted` by newer rules of ours"),
            **_columns("time", seen_at="When it was fetched"),
            **_columns(
                "text",
                title="Title; null where it is withheld",
                title_before="Title of the revision before",
                digest="Digest of the later text",
                digest_before="Digest of the one before",
                run="The run that saw the change",
            ),
        },
    ),
    "removals": View(
        "an article that is suspected to be gone, or is",
        {
            **_ARTICLE,
            **_columns("text", url="The URL it is cited by", title="Title; null where it is withheld"),
            **_columns("text", state="`suspected` or `gone`"),
            **_columns("integer", checks="Visits in a row that found it missing"),
            **_columns(
                "time",
                suspected_at="When the first of them was",
                gone_at="When its removal was confirmed",
                last_seen="When it was last there",
            ),
        },
    ),
    "stories": View(
        "an article in a story",
        {
            **_columns("text", story="Public id of the story"),
            **_columns("integer", size="How many articles it has"),
            **_columns("text", first_article="Id of the first publisher's article"),
            **_ARTICLE,
            **_columns("text", title="Title; null where it is withheld"),
            **_columns("day", published_day="Day of publication on the site's calendar"),
            **_columns("time", first_seen="When it was first seen"),
            **_columns(
                "text",
                linked_to="Id of the article it is a copy of; null for the first",
                kind="In what way: `copy`, `excerpt`, `extended`, `revised`",
            ),
            **_DECISION,
        },
    ),
    "relations": View(
        "an article that contains another one without being its copy",
        {
            **_columns(
                "text",
                article="Id of the longer article",
                other="Id of the one whose text it has",
                kind="`contains`: a roundup, of a release that it collects; `follow-up`: a later report, of"
                " the release that it repeats as its background",
            ),
            **_DECISION,
        },
    ),
    "coverage": View(
        "a section in a run: its certificate",
        {
            **_columns("text", run="The run", site="Site", section="Section"),
            **_columns(
                "boolean",
                walked_to_end="Whether its list pages were walked to where they had to be",
                full_walk="Whether that was the end of the list",
            ),
            **_columns(
                "integer",
                stated_total="Number of entries the site claims; null where it claims none",
                listed="Entries that its list pages named in this run",
                known="Entries that they ever named",
                archived="Of these, pages with an article in the archive",
            ),
            **_columns("json", rejected="Reasons of rejection, each with its number of pages"),
            **_columns(
                "integer",
                lost="Pages that were asked for and could not be fetched yet. What a bound left is the rest:"
                " `known` less `archived`, `rejected` and `lost`",
                vanished="Known entries that a full walk no longer found",
            ),
            **_columns("json", gaps="What is known to be missing"),
            **_columns("text", verdict="`complete`, `incomplete`, `unknown` (the site states no total)"),
        },
    ),
    "runs": View(
        "a run and its verdict",
        {
            **_columns(
                "text",
                run="Its key",
                site="Site; null for an import",
                kind="`crawl`, `import`, `reextract`, `rededup`",
            ),
            **_columns(
                "time",
                started_at="When it began",
                finished_at="When it ended; null while it works, and of one that was killed until the next"
                " run closes it",
            ),
            **_columns(
                "text",
                verdict="How it ended; null while it works, and of one that was killed until the next run"
                " closes it as `crashed`. Which of the two it is, no view can know: it depends on whether"
                " a process is there: `interrupted` of `hotnews runs --json` tells",
                reason="What decided it",
            ),
            **_columns("json", counts="Its counts"),
            **_columns(
                "text",
                code_version="Version of hotnews",
                host="Where it ran",
                digest="SHA-256 over its revisions' chains and the site's previous run",
            ),
            **_columns(
                "json",
                measures="What it measured, each with the band it was held against",
                warnings="Its early warnings",
            ),
        },
    ),
}

"""The data dictionary: the fields of an export row in their order, each with its type and its meaning.

`ArticleRecord` is the one place that says them. Exports, data packages, Parquet, the JSON API with its
OpenAPI document and the reference take them from here.
"""

# No `from __future__ import annotations`: they are read here, and to compile each anew takes longer.
from types import NoneType
from typing import Annotated, Any, NamedTuple, NewType, TypedDict, get_args, get_origin, get_type_hints

TimeText = NewType("TimeText", str)  # ISO 8601 in UTC
DayText = NewType("DayText", str)  # ISO 8601


class LinkRecord(TypedDict):
    """An attachment or image of an article."""

    url: str
    title: str | None
    media_type: str | None


class MentionRecord(TypedDict):
    """A date inside the text."""

    text: str
    day: DayText


class ArticleRecord(TypedDict):
    """An article as exports show it."""

    id: Annotated[str, "Public id, derived from the URL: the same in every archive"]
    site: Annotated[str, "Site on which it was first listed"]
    section: Annotated[str | None, "Section in which it was first listed"]
    url: Annotated[str, "The URL it is cited by"]
    title: Annotated[str, "Title"]
    body: Annotated[str, "Paragraphs, joined by one newline"]
    body_kind: Annotated[str, "What carries the body: text, pdf or images"]
    published: Annotated[str | None, "Day of publication, or a time with the offset of the site's zone"]
    published_precision: Annotated[
        str | None, "How exactly the time of publication is known: day, minute, second"
    ]
    published_from: Annotated[str | None, "The rule that read the date, or why there is none"]
    published_reason: Annotated[str | None, "Why there is no date, only then"]
    source: Annotated[str | None, "Source, as the page names it"]
    author: Annotated[str | None, "Author, as the page names it"]
    editor: Annotated[str | None, "Editor, as the page names it"]
    language: Annotated[str | None, "Language, as BCP 47 names it"]
    first_seen: Annotated[TimeText, "When it was first seen, UTC"]
    last_seen: Annotated[TimeText, "When the page last answered (200 or 304) or was last listed, UTC"]
    state: Annotated[str, "State of the page: archived, suspected, gone, ..."]
    gone_at: Annotated[TimeText | None, "When its removal was confirmed, UTC"]
    revision: Annotated[int, "Number of this revision"]
    revisions: Annotated[int, "How many revisions there are"]
    story: Annotated[str | None, "Public id of its story: the articles that carry one text"]
    duplicate_of: Annotated[str | None, "Id of the article it is a copy of"]
    duplicate_kind: Annotated[str | None, "In what way it is a copy"]
    duplicate_score: Annotated[float | None, "How surely it is a copy, 0 to 1"]
    digest: Annotated[str, "SHA-256 over title, paragraphs, tables and attachments"]
    text_digest: Annotated[str, "SHA-256 over the normalised paragraphs"]
    extractor_version: Annotated[str, "Version of the rules that read the page"]
    template_version: Annotated[str | None, "Version of the site's template that read the page"]
    withheld: Annotated[str | None, "The reason, where title and body are withheld"]
    attachments: Annotated[list[LinkRecord], "Attachments: url, title, media_type"]
    images: Annotated[list[LinkRecord], "Images: url, title, media_type"]
    tables: Annotated[list[list[list[str]]], "Tables, apart from the body: lists of rows of cells"]
    mentions: Annotated[list[MentionRecord], "Dates inside the text: text, and the day it means"]


class Field(NamedTuple):
    """One field: its type, as Frictionless Table Schema calls it, its meaning, and whether it may be null."""

    kind: str
    meaning: str
    is_optional: bool


KINDS = {str: "string", int: "integer", float: "number", list: "array", TimeText: "datetime"}


def _field(hint: Any) -> Field:
    """Return the field of an annotated *hint*."""
    kind, meaning = get_args(hint)
    is_optional = NoneType in get_args(kind)
    kept = get_args(kind)[0] if is_optional else kind
    return Field(KINDS[get_origin(kept) or kept], meaning, is_optional)


FIELDS = {name: _field(hint) for name, hint in get_type_hints(ArticleRecord, include_extras=True).items()}
REVISION_FIELDS = {
    "article": Field("string", "Id of the article it is a revision of", is_optional=False),
    "number": Field("integer", "Its number, from 1", is_optional=False),
    "cause": Field(
        "string",
        "Why it is one: first, edited by the publisher, reextracted by newer rules of ours",
        is_optional=False,
    ),
    "seen_at": Field("datetime", "When it was first seen, UTC", is_optional=False),
    **{
        name: FIELDS[name]
        for name in (
            "title body body_kind published published_precision published_from source author editor digest"
            " text_digest"
        ).split()
    },
    "chain": Field(
        "string", "SHA-256 over its digests and the chain of the revision before", is_optional=False
    ),
    "payload_digest": Field("string", "SHA-256 of the page as it was received", is_optional=True),
    **{
        name: FIELDS[name]
        for name in "extractor_version template_version attachments images tables mentions".split()
    },
}


def table_schema() -> dict[str, object]:
    """Return the dictionary of articles as a Frictionless Table Schema."""
    return {"fields": _described(FIELDS), "primaryKey": "id", "missingValues": [""]}


def revision_schema() -> dict[str, object]:
    """Return the dictionary of revisions as a Frictionless Table Schema."""
    return {
        "fields": _described(REVISION_FIELDS),
        "primaryKey": ["article", "number"],
        "foreignKeys": [{"fields": "article", "reference": {"resource": "articles", "fields": "id"}}],
        "missingValues": [""],
    }


def _described(dictionary: dict[str, Field]) -> list[dict[str, str]]:
    fields = []
    for name, (kind, meaning, _) in dictionary.items():
        field = {"name": name, "type": kind, "description": meaning}
        fields.append(field | {"format": "any"} if kind == "datetime" else field)
    return fields

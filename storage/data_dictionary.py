"""The data dictionary: type (of Frictionless Table Schema) and meaning of each field of an export row."""

from __future__ import annotations

FIELDS: dict[str, tuple[str, str]] = {
    "id": ("string", "Public id, derived from the URL: the same in every archive"),
    "site": ("string", "Site on which it was first listed"),
    "section": ("string", "Section in which it was first listed"),
    "url": ("string", "The URL it is cited by"),
    "title": ("string", "Title"),
    "body": ("string", "Paragraphs, joined by one newline"),
    "body_kind": ("string", "What carries the body: text, images, a table, an attachment or a video"),
    "published": ("string", "Day of publication, or a time with the offset of the site's zone"),
    "published_precision": ("string", "How exactly the time of publication is known: day, minute, second"),
    "published_from": ("string", "The rule that read the date, or why there is none"),
    "published_reason": ("string", "Why there is no date, only then"),
    "source": ("string", "Source, as the page names it"),
    "author": ("string", "Author, as the page names it"),
    "editor": ("string", "Editor, as the page names it"),
    "language": ("string", "Language, as BCP 47 names it"),
    "first_seen": ("datetime", "When it was first seen, UTC"),
    "last_seen": ("datetime", "When the page last answered or was last listed, UTC"),
    "state": ("string", "State of the page: archived, suspected, gone, ..."),
    "gone_at": ("datetime", "When its removal was confirmed, UTC"),
    "revision": ("integer", "Number of this revision"),
    "revisions": ("integer", "How many revisions there are"),
    "story": ("string", "Public id of its story: the articles that carry one text"),
    "duplicate_of": ("string", "Id of the article it is a copy of"),
    "duplicate_kind": ("string", "In what way it is a copy"),
    "duplicate_score": ("number", "How surely it is a copy, 0 to 1"),
    "digest": ("string", "SHA-256 over title, paragraphs, tables and attachments"),
    "text_digest": ("string", "SHA-256 over the normalised paragraphs"),
    "extractor_version": ("string", "Version of the rules that read the page"),
    "template_version": ("string", "Version of the site's template that read the page"),
    "withheld": ("string", "The reason, where title and body are withheld"),
    "attachments": ("array", "Attachments: url, title, media_type"),
    "images": ("array", "Images: url, title, media_type"),
    "tables": ("array", "Tables, apart from the body: lists of rows of cells"),
    "mentions": ("array", "Dates inside the text: text, and the day it means"),
}


REVISION_FIELDS: dict[str, tuple[str, str]] = {
    "article": ("string", "Id of the article it is a revision of"),
    "number": ("integer", "Its number, from 1"),
    "cause": ("string", "Why it is one: first, edited by the publisher, reextracted by newer rules of ours"),
    "seen_at": ("datetime", "When it was first seen, UTC"),
    **{
        name: FIELDS[name]
        for name in (
            "title body body_kind published published_precision published_from source author editor digest"
            " text_digest"
        ).split()
    },
    "chain": ("string", "SHA-256 over its digests and the chain of the revision before"),
    "payload_digest": ("string", "SHA-256 of the page as it was received"),
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


def _described(dictionary: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    fields = []
    for name, (kind, description) in dictionary.items():
        field = {"name": name, "type": kind, "description": description}
        fields.append(field | {"format": "any"} if kind == "datetime" else field)
    return fields

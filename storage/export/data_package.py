"""Data packages: an export that can be cited, with its dictionary, query, counts and digests.

Frictionless Data Package 1.0: https://specs.frictionlessdata.io/data-package/. The same state of an
archive gives the same bytes: nothing in a package tells when, where or by whom it was written.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from storage.database.engine import reading
from storage.errors import BadQuery
from storage.export.data_dictionary import revision_schema, table_schema
from storage.export.files import json_lines, write_csv
from storage.export.parquet import write_parquet
from storage.export.rows import COLUMNS, REVISION_COLUMNS, export_columns, export_revisions, time_text
from storage.export.whole_files import filling
from storage.json_values import plain
from storage.models import article, revision
from storage.queries.articles import article_columns, revision_columns

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.export.rows import Columns
    from storage.rows import ArticleFilter

DESCRIPTOR = "datapackage.json"
ABOUT = (DESCRIPTOR, "README.md", "CITATION.cff")  # what tells of the data
PACKED = "package.zip"  # while it is packed
MEDIA_TYPES = {
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip file can say; one moment for all, so that bytes repeat
PERMISSIONS = 0o644 << 16


@dataclass(slots=True)
class Counted:
    """Rows on their way into a file, and what was counted of them."""

    batches: Iterable[Columns]
    counts: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Columns]:
        for columns in self.batches:
            self.sites.update(columns["site"])
            self.counts["articles"] += len(columns["id"])
            self.counts["undated"] += columns["published"].count(None)
            for name, counted in (("duplicate_of", "copies"), ("withheld", "withheld")):
                self.counts[counted] += len(columns["id"]) - columns[name].count(None)
            yield columns


def write_package(archive: Archive, wanted: ArticleFilter, target: Path, *, form: str) -> None:
    """Write the articles of *wanted* as a package to *target*: a `.zip` file, or else a new folder.

    *form* is jsonl, csv or parquet. Rows are streamed.

    :raises ArchiveBusy: if another export writes it now
    :raises BadQuery: if a folder is there already and holds something
    :raises MissingExtra: if the form needs a package that is not installed
    """
    target = target.resolve()
    zipped = target.suffix.lower() == ".zip"
    if not zipped:
        if target.is_dir() and any(target.iterdir()):
            raise BadQuery(f"{target}: the folder is not empty; name a new one")
        target.parent.mkdir(parents=True, exist_ok=True)
    data = (f"{name}.{each}" for name in ("articles", "revisions") for each in MEDIA_TYPES)
    with filling(target, (*data, *ABOUT, PACKED)) as folder:
        _write_folder(archive, wanted, folder, form)
        if zipped:
            _pack(folder, folder / PACKED)
        (folder / PACKED if zipped else folder).replace(target)


def _write_folder(archive: Archive, wanted: ArticleFilter, folder: Path, form: str) -> None:
    articles, revisions = (folder / f"{name}.{form}" for name in ("articles", "revisions"))
    with reading(archive._engine) as connection:  # one state of the archive for rows and digest
        counted = Counted(map(export_columns, article_columns(connection, wanted)))
        _write_rows(counted, articles, form, COLUMNS)
        texts = map(export_revisions, revision_columns(connection, wanted))
        _write_rows(texts, revisions, form, REVISION_COLUMNS)
        digest, changed = archive_state(connection)
    resources = [_resource(articles, form, table_schema()), _resource(revisions, form, revision_schema())]
    descriptor = _descriptor(resources, counted, wanted, digest=digest, changed=changed)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    for name, said in zip(ABOUT, (text, _readme(descriptor), _citation(digest, changed)), strict=True):
        (folder / name).write_text(said, encoding="utf-8", newline="")


def _write_rows(rows: Iterable[Columns], path: Path, form: str, names: Sequence[str]) -> None:
    if form == "parquet":
        with path.open("wb") as binary:
            write_parquet(rows, binary, names=names)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            write_csv(rows, file, heading=names)
        else:
            file.writelines(json_lines(rows))


def archive_state(connection: Connection) -> tuple[str, datetime | None]:
    """Return a SHA-256 over the chains of all articles, by id, and when the last revision was seen."""
    digest, changed = sha256(), None
    statement = (
        select(article.c.public_id, revision.c.chain, revision.c.seen_at)
        .join_from(article, revision, revision.c.id == article.c.latest_revision)
        .order_by(article.c.public_id)
    )
    for row in connection.execution_options(yield_per=1_000).execute(statement):
        digest.update(f"{row.public_id} {row.chain}\n".encode())
        changed = max(changed, row.seen_at) if changed else row.seen_at
    return digest.hexdigest(), changed


def _resource(path: Path, form: str, schema: Mapping[str, object]) -> dict[str, object]:
    """Return what a descriptor says of the file at *path*."""
    with path.open("rb") as file:
        resource: dict[str, object] = {
            "name": path.stem,
            "path": path.name,
            "format": form,
            "mediatype": MEDIA_TYPES[form],
            "encoding": "utf-8",
            "bytes": path.stat().st_size,
            "hash": f"sha256:{file_digest(file, 'sha256').hexdigest()}",
            "schema": schema,
        }
    if form == "csv":
        resource |= {"profile": "tabular-data-resource", "dialect": {"delimiter": ",", "header": True}}
    return resource


def _descriptor(
    resources: Sequence[object],
    counted: Counted,
    wanted: ArticleFilter,
    *,
    digest: str,
    changed: datetime | None,
) -> dict[str, object]:
    asked: Mapping[str, object] = {name: plain(value) for name, value in asdict(wanted).items() if value}
    return {
        "profile": "data-package",
        "name": "hotnews-articles",
        "title": "Articles of a hotnews archive",
        "description": "The latest revision of each article, a row each by id, and all their revisions.",
        "version": digest[:12],
        "resources": resources,
        "hotnews": {
            "query": asked,
            "counts": dict(sorted(counted.counts.items())),
            "articles_by_site": dict(sorted(counted.sites.items())),
            "archive_digest": f"sha256:{digest}",
            "last_change": time_text(changed),
            "code_version": version("hotnews"),
        },
    }


def _readme(descriptor: Mapping[str, Any]) -> str:
    said = {name: json.dumps(value, ensure_ascii=False) for name, value in descriptor["hotnews"].items()}
    return README.format(descriptor=DESCRIPTOR, **said)


def _citation(digest: str, changed: datetime | None) -> str:
    released = f"date-released: {changed.date().isoformat()}\n" if changed else ""
    return CITATION.format(version=digest[:12], digest=digest, released=released)


def _pack(folder: Path, target: Path) -> None:
    files = sorted(folder.iterdir())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            entry = zipfile.ZipInfo(path.name, date_time=EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, PERMISSIONS
            with path.open("rb") as source, packed.open(entry, "w", force_zip64=True) as member:
                while piece := source.read(1 << 20):
                    member.write(piece)


README = """# Articles of a hotnews archive

`{descriptor}` describes the files, the latest text of each article and all revisions of them: each field,
the digests, the query and the counts.

- Query: {query}
- Counts: {counts}
- Digest of the archive (over the hash chains of all its articles, by id): {archive_digest}
- Last change of the archive: {last_change}
- Written by hotnews {code_version}

Cite the archive by its digest, and an article by its id and revision: a revision never changes, and its
digest proves the text. `hotnews import` reads the package into another archive.
"""
CITATION = """cff-version: 1.2.0
message: Cite this data as below.
type: dataset
title: Articles of a hotnews archive
authors:
  - name: The publishers named in the column site
version: "{version}"
{released}identifiers:
  - type: other
    value: sha256:{digest}
    description: Digest over the hash chains of all articles of the archive
"""

"""A data package tells what it holds, repeats byte for byte and loads into another archive."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from crawler.importing.command import import_
from crawler.importing.packages import PackageDamaged, package_rows
from storage import Archive
from storage.commands.exporting import export
from storage.export.rows import COLUMNS, REVISION_COLUMNS, export_row
from storage.records import Link
from storage.verdicts import Verdict
from tests.storage.samples import DAY, START, article, edited, list_visit, start, url, visit

FORMS = ("jsonl", "csv", "parquet")
LONG = "宁波" * 100_000  # more than a CSV reader takes by itself
LISTS = ("attachments", "images", "tables", "mentions")
KEPT = (
    *("id", "url", "site", "title", "body", "body_kind", "published", "published_from"),
    *("source", "author", "editor", "language", "first_seen", "last_seen", "extractor_version"),
    *("template_version", "attachments", "images", "tables", "mentions"),
)

EDITED = START + 14 * DAY


def fill(archive: Archive) -> None:
    links = (Link(url="http://x.test/a.pdf", title="A file"),)
    run = start(archive)
    archive.record_all(
        run,
        [
            list_visit(1, 2, 3),
            visit(1, article("=SUM(A1)", "One.", "-2", attachments=links, tables=((("'a", "b"),),))),
            visit(
                2, article('\'quoted "text"', LONG, published_day=None, source="Xinhua, daily", editor="Wu")
            ),
            visit(
                3, article("宁波港口", "港口开放。", language="zh", attachments=links, tables=((("泊位",),),))
            ),
        ],
    )
    archive.record(
        run,
        visit(
            3,
            edited(
                article("宁波港口"),
                "港口明日开放。",
                published_day=EDITED.date(),
                language="zh",
                template_version="t1",
            ),
            EDITED,
        ),
    )


def write(archive: Archive, target: Path, *options: str) -> Result:
    arguments = ["--format", "package", "-o", str(target), "--archive", archive.url, *options]
    return CliRunner().invoke(export, arguments)


def rows_of(archive: Archive) -> list[dict[str, Any]]:
    return [json.loads(json.dumps(export_row(row))) for row in archive.articles()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["folder", "file.zip"])
def test_a_package_loads_into_an_empty_archive(
    archive: Archive, tmp_path: Path, form: str, name: str
) -> None:
    fill(archive)
    assert write(archive, tmp_path / name, "--data", form).exit_code == 0
    url = f"sqlite:///{tmp_path / 'other' / 'archive.db'}"

    result = CliRunner().invoke(import_, [str(tmp_path / name), "--archive", url])

    assert result.exit_code == 0, result.output
    latest = {row["id"]: row for row in package_rows(descriptor_of(tmp_path / name))}
    assert [{key: value for key, value in row.items() if key != "fetched_at"} for row in latest.values()] == (
        rows_of(archive)
    )
    with Archive(url) as other:
        assert [texts_of(other, row["id"]) for row in rows_of(other)] == (
            [texts_of(archive, row["id"]) for row in rows_of(archive)]
        )
        loaded = [{name: row[name] for name in KEPT} for row in rows_of(other)]
        assert loaded == [{name: row[name] for name in KEPT} for row in rows_of(archive)]
        assert lists_of(other, tmp_path / "again") == lists_of(archive, tmp_path / "first")


@pytest.mark.parametrize("form", FORMS)
def test_an_export_loads_into_an_empty_archive(archive: Archive, tmp_path: Path, form: str) -> None:
    fill(archive)
    file, url = tmp_path / f"articles.{form}", f"sqlite:///{tmp_path / 'other' / 'archive.db'}"
    CliRunner().invoke(export, ["--format", form, "-o", str(file), "--archive", archive.url])

    result = CliRunner().invoke(import_, [str(file), "--archive", url])

    assert result.exit_code == 0, result.output
    again, third_url = tmp_path / f"again.{form}", f"sqlite:///{tmp_path / 'third.db'}"
    CliRunner().invoke(export, ["--format", form, "-o", str(again), "--archive", url])
    CliRunner().invoke(import_, [str(again), "--archive", third_url])
    kept = [{name: row[name] for name in KEPT} for row in rows_of(archive)]
    for copy in (url, third_url):
        with Archive(copy) as other:
            assert [{name: row[name] for name in KEPT} for row in rows_of(other)] == kept


@pytest.mark.parametrize("form", [*FORMS, "package"])
def test_a_withheld_article_is_left_out_by_name(archive: Archive, tmp_path: Path, form: str) -> None:
    fill(archive)
    archive.withhold(url(3), reason="court order")
    file = tmp_path / ("articles.zip" if form == "package" else f"articles.{form}")
    CliRunner().invoke(export, ["--format", form, "-o", str(file), "--archive", archive.url])
    other = f"sqlite:///{tmp_path / 'other' / 'archive.db'}"

    result = CliRunner().invoke(import_, [str(file), "--archive", other])

    assert result.exit_code == 0
    assert "rejected (withheld)" in result.stderr
    with Archive(other) as loaded:
        assert {row.url for row in loaded.articles()} == {url(1), url(2)}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("others.csv", b"name,price\nbread,2\n", "no column is called text, body or html"),
        ("broken.parquet", b"PAR1 not really", "no parquet file"),
        ("latin.csv", b"\xff,title\n\xfe,a\n", "no column is called text, body or html"),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a page nor a text"),
        ("report.pdf", b"%PDF-1.7\n1 0 obj", "neither a page nor a text"),
    ],
)
def test_what_is_no_document_is_not_archived(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    url = f"sqlite:///{tmp_path / 'archive.db'}"

    result = CliRunner().invoke(import_, [str(tmp_path / name), "--archive", url])

    assert result.exit_code == Verdict.INCOMPLETE.exit_code
    assert f"{tmp_path / name}: {sentence}" in result.stderr
    with Archive(url) as archive:
        assert archive.counts()["articles"] == 0


def lists_of(archive: Archive, folder: Path) -> list[list[Any]]:
    """Return what each revision holds beside its text."""
    assert write(archive, folder).exit_code == 0
    rows = [json.loads(line) for line in (folder / "revisions.jsonl").read_text("utf-8").splitlines()]
    assert any(row["attachments"] and row["tables"] and row["number"] == 1 for row in rows)
    return [[row[name] for name in ("article", "number", "body_kind", *LISTS)] for row in rows]


def texts_of(archive: Archive, name: str) -> list[tuple[int, str, str, datetime]]:
    return [(each.number, each.title, each.body, each.seen_at) for each in archive.history(name)]


def descriptor_of(package: Path) -> Path:
    return package / "datapackage.json" if package.is_dir() else package


def test_the_descriptor_tells_file_query_counts_and_digests(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    write(archive, tmp_path / "all", "--data", "csv")
    write(archive, tmp_path / "some", "--query", "title:港口", "--language", "zh")

    described = json.loads((tmp_path / "all" / "datapackage.json").read_text("utf-8"))
    some = json.loads((tmp_path / "some" / "datapackage.json").read_text("utf-8"))
    resource, revisions = described["resources"]
    data = (tmp_path / "all" / resource["path"]).read_bytes()

    assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert resource["bytes"] == len(data)
    assert [field["name"] for field in resource["schema"]["fields"]] == COLUMNS
    assert [field["name"] for field in revisions["schema"]["fields"]] == REVISION_COLUMNS
    assert all(field["description"] for each in described["resources"] for field in each["schema"]["fields"])
    assert described["profile"] == "data-package"
    assert described["hotnews"]["counts"] == {"articles": 3, "copies": 0, "undated": 1, "withheld": 0}
    assert some["hotnews"]["query"] == {"query": "title:港口", "language": "zh"}
    assert some["hotnews"]["counts"]["articles"] == 1
    assert some["hotnews"]["archive_digest"] == described["hotnews"]["archive_digest"]
    assert described["hotnews"]["archive_digest"] in (tmp_path / "all" / "CITATION.cff").read_text("utf-8")
    assert described["hotnews"]["archive_digest"] in (tmp_path / "all" / "README.md").read_text("utf-8")


# What the specification (Data Package and Table Schema 1.0) requires of a descriptor.
FIELD_TYPES = ["string", "number", "integer", "boolean", "object", "array", "date", "time", "datetime", "any"]
NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
TABLE_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string"}, "type": {"enum": FIELD_TYPES}},
            },
        },
        "primaryKey": NAMES,
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "foreignKeys": {
            "type": "array",
            "items": {
                "required": ["fields", "reference"],
                "properties": {
                    "fields": NAMES,
                    "reference": {"required": ["resource", "fields"], "properties": {"fields": NAMES}},
                },
            },
        },
    },
}
PACKAGE_SCHEMA = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "profile": {"const": "data-package"},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                    "bytes": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"},
                    "mediatype": {"type": "string", "pattern": "^(.+)/(.+)$"},
                    "schema": TABLE_SCHEMA,
                },
            },
        },
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_a_descriptor_keeps_the_rules_of_data_packages(archive: Archive, tmp_path: Path, form: str) -> None:
    fill(archive)
    write(archive, tmp_path / "all", "--data", form)

    described = json.loads((tmp_path / "all" / "datapackage.json").read_text("utf-8"))
    jsonschema_rs.validate(PACKAGE_SCHEMA, described)
    columns = {
        each["name"]: {field["name"] for field in each["schema"]["fields"]} for each in described["resources"]
    }

    assert len(columns) == len(described["resources"])
    for resource in described["resources"]:
        key = resource["schema"]["primaryKey"]
        assert columns[resource["name"]] >= set([key] if isinstance(key, str) else key)
        for foreign in resource["schema"].get("foreignKeys", ()):
            assert foreign["fields"] in columns[resource["name"]]
            assert foreign["reference"]["fields"] in columns[foreign["reference"]["resource"]]


def test_a_package_holds_every_revision_of_its_articles(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    archive.withhold(url(2), reason="asked for")
    write(archive, tmp_path / "all")
    write(archive, tmp_path / "some", "--query", "title:港口")

    texts, some = (
        [json.loads(line) for line in (tmp_path / name / "revisions.jsonl").read_text("utf-8").splitlines()]
        for name in ("all", "some")
    )

    changed = archive.article(url(3)).id
    assert [(row["number"], row["cause"], row["body"]) for row in some] == [
        (1, "first", "港口开放。"),
        (2, "edited", "港口明日开放。"),
    ]
    assert some == [row for row in texts if row["article"] == changed]
    assert [row["chain"] for row in some] == [row.chain for row in archive.history(changed)]
    assert [row["body"] for row in texts if row["article"] == archive.article(url(2)).id] == [""]


@pytest.mark.parametrize("form", FORMS)
def test_one_state_of_an_archive_gives_the_same_bytes(archive: Archive, tmp_path: Path, form: str) -> None:
    fill(archive)
    for name in ("one.zip", "two.zip"):
        write(archive, tmp_path / name, "--data", form)
    first, second = ((tmp_path / name).read_bytes() for name in ("one.zip", "two.zip"))
    archive.record(start(archive, None), visit(4, article("Another")))
    write(archive, tmp_path / "three.zip", "--data", form)

    assert first == second
    assert (tmp_path / "three.zip").read_bytes() != first
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        names = ["CITATION.cff", "README.md", f"articles.{form}", "datapackage.json", f"revisions.{form}"]
        assert packed.namelist() == names


def test_a_folder_that_holds_something_is_not_written_over(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")

    result = write(archive, tmp_path / "mine")

    assert result.exit_code != 0
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_package_goes_to_a_file_or_folder(archive: Archive) -> None:
    result = CliRunner().invoke(export, ["--format", "package", "--archive", archive.url])

    assert (result.exit_code, "-o" in result.output) == (2, True)


@pytest.mark.parametrize("path", ["../secret.jsonl", "/etc/passwd", "a/b.jsonl", "..", ""])
def test_a_package_reads_no_file_but_its_own(tmp_path: Path, path: str) -> None:
    resource = {"name": "articles", "format": "jsonl", "path": path, "hash": "sha256:00"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}))

    with pytest.raises(PackageDamaged, match="beside it"):
        list(package_rows(tmp_path / "datapackage.json"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resources": [7]}', "no json", '{"resources": {"a": 1}}'])
def test_what_is_no_package_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text)

    result = CliRunner().invoke(import_, [str(tmp_path), "--archive", f"sqlite:///{tmp_path / 'a.db'}"])

    assert result.exit_code == 3
    assert "datapackage.json" in result.output


def test_data_that_were_changed_are_not_read(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    write(archive, tmp_path / "folder")
    data = tmp_path / "folder" / "articles.jsonl"
    data.write_text(data.read_text("utf-8").replace("Xinhua", "Nobody"), "utf-8")

    with pytest.raises(PackageDamaged, match="not the file"):
        list(package_rows(tmp_path / "folder" / "datapackage.json"))


def test_a_file_that_is_no_zip_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut")

    with pytest.raises(PackageDamaged):
        list(package_rows(tmp_path / "a.zip"))

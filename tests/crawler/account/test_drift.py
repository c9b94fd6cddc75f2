"""Which rule broke, told from what rules find on a page now and found on the pages before."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.account.drift import Signs, broken_layout, broken_path, rule_between
from crawler.account.findings import Field
from crawler.cli import cli
from crawler.extract.body.template import SiteTemplate
from crawler.rereading.fixture_files import KeptPage, slug_of, write_fixture
from storage.archive import Archive
from tests.storage.evidence_samples import fill
from tests.storage.samples import finish, start, url, visit

LINES = frozenset("abcdefghij")
TEMPLATE = SiteTemplate(site="demo", version="abc", furniture=LINES, layouts=(LINES,))


def signs(**found: object) -> Signs:
    known = {"family": "hanweb", "sign": "named", "paths": {}, "date_rule": None, "template": None}
    return Signs(**{"lines": frozenset(), **known, **found})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "past", "field", "says"),
    [
        (
            signs(),
            [signs(paths={"body": "//a"}), signs(paths={"body": "//a"}), signs(paths={"body": "//b"})],
            Field.BODY,
            "hanweb's rule //a found the body on 2 of 3 pages before",
        ),
        (signs(paths={"body": "//a"}), [signs(paths={"body": "//a"})], Field.BODY, ""),
        (
            signs(paths={"body": "//b"}),
            [signs(paths={"body": "//a"})],
            Field.LENGTH,
            "hanweb's rule //a found the body on 1 of 1 pages before",
        ),
        (
            signs(),
            [signs(date_rule="meta PubDate"), signs(date_rule="meta PubDate"), signs()],
            Field.DATE,
            "the date came from meta PubDate on 2 of 3 pages before",
        ),
        (signs(), [signs()], Field.TITLE, ""),
    ],
)
def test_the_path_that_found_it_before_and_not_now_is_the_one_that_broke(
    now: Signs, past: list[Signs], field: Field, says: str
) -> None:
    assert broken_path(now, past, field) == says


def test_a_page_in_other_clothes_says_how_little_of_the_template_is_left() -> None:
    assert broken_layout(signs(template=TEMPLATE, lines=frozenset("ab"))) == (
        "2 of 10 lines of site template abc stand there"
    )
    assert broken_layout(signs(template=TEMPLATE, lines=frozenset("abcd"))) == ""
    assert broken_layout(signs()) == ""


def test_a_family_that_is_not_recognised_any_more_is_named_with_its_sign() -> None:
    before = signs(family="drupal", sign="meta generator")

    said = rule_between(signs(family=None), [before], Field.BODY)

    assert said == "drupal, known by meta generator on 1 of 1 pages before, is not recognised there"


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://example.gov/art/2019/6/art_1001_58900.html", "art-1001-58900"),
        ("https://example.gov/news/opening/", "opening"),
        ("https://example.gov/", "page"),
        ("https://example.gov/%E6%96%B0%E9%97%BB.html", "page"),
        ("https://example.gov/?id=7", "page"),
    ],
)
def test_a_fixture_is_named_after_its_page(address: str, slug: str) -> None:
    assert slug_of(address) == slug


def test_what_a_developer_has_corrected_is_not_written_over(tmp_path: Path) -> None:
    address = "https://example.gov/a b"
    page, expected = write_fixture(tmp_path, "a", [KeptPage(address, b"<p>1")], expected={"title": "x"})
    expected.write_text("mine")

    write_fixture(tmp_path, "a", [KeptPage(address, b"<p>2")], expected={"title": "y"})

    assert page.read_bytes() == b"<!-- saved from https://example.gov/a%20b -->\n<p>1"
    assert expected.read_text() == "mine"


# The command


def fixture(archive: Archive, name: str, folder: Path) -> list[Path]:
    command = ["fixture", url(name), "--into", str(folder), "--archive", archive.url]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.stderr
    return [Path(line) for line in result.stdout.splitlines()]


def test_any_page_of_the_archive_becomes_a_test_of_its_site(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)

        page, expected = fixture(archive, "b", tmp_path / "pages")

    assert page == tmp_path / "pages" / "ningbo" / f"{date(2024, 5, 1)}-b.html"
    assert page.read_bytes().startswith(f"<!-- saved from {url('b')} -->\n<html>".encode())
    assert json.loads(expected.read_text())["title"] == "Harbour b opens"


def test_a_page_that_was_no_article_becomes_one_with_json_to_fill_in(sqlite_url: str, tmp_path: Path) -> None:
    from storage.records import Rejected
    from tests.storage.evidence_samples import evidence_of, keep

    with Archive(sqlite_url) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            pointer = keep(writer, "x", b"<p>no article</p>")
        digest = sha256(b"<p>no article</p>").hexdigest()
        archive.record(run, visit("x", Rejected(reason="empty-body"), digest=digest, evidence=pointer))
        finish(archive, run)

        page, expected = fixture(archive, "x", tmp_path)

    assert page == tmp_path / "ningbo.test" / "x.html"
    assert json.loads(expected.read_text())["paragraphs"] == []

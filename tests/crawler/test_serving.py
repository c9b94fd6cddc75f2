"""What the server tells of how a stored page is read."""

from __future__ import annotations

from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.importing.command import import_
from crawler.serving import explain
from storage import Archive
from storage.web.application import make_application
from storage.web.door import Door
from tests.doc_pages import ROOT
from tests.storage.web.asgi import Reply, ask

PAGE = ROOT / "tests" / "pages" / "shanghai-health" / "2023-03-14-spring.html"


@pytest.fixture
def imported(tmp_path: Path) -> str:
    """Name an archive that holds one saved page with its evidence."""
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    given = [str(PAGE), "--url", "https://wsjkw.sh.gov.cn/xwfb/20230314/a.html", "--archive", url]
    result = CliRunner().invoke(import_, given)
    assert result.exit_code == 0, result.output
    return url


def provenance(url: str, door: Door) -> Reply:
    with Archive(url) as archive:
        (row,) = archive.articles()
    return ask(make_application(door), f"/articles/{row.id}/provenance")


def test_the_provenance_of_a_page_names_rules_places_and_losers(imported: str) -> None:
    with Archive(imported) as archive:
        (row,) = archive.articles()
        found = explain(archive, row.id)

    with closing(Door(imported, explain)) as door:
        page = unescape(provenance(imported, door).text)

    assert found.page is not None
    assert found.page.file in page
    assert any(field.path for field in found.fields)
    assert any(field.lost for field in found.fields)
    assert found.removed
    for field in found.fields:
        assert f'<th scope="row">{field.field.replace("_", " ")}</th>' in page
        assert (field.rule or "no rule found one")[:60] in page
        assert all(lost.rule[:40] in page for lost in field.lost)
    assert all(line.rule[:40] in page for line in found.removed)


def test_a_server_without_rules_says_so(imported: str) -> None:
    with closing(Door(imported)) as door:
        reply = provenance(imported, door)

    assert reply.status == 404
    assert "cannot read pages again" in reply.text

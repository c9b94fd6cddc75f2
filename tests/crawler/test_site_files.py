"""A site's file that cannot be loaded is named, and costs the other sites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from scrapy.settings import Settings

from crawler import crawling, registry
from crawler.site_files import SiteLoader

SPIDER = """from crawler.spiders.base import SiteSpider

class {name}(SiteSpider):
    name = "{name}"
    {more}
"""
BROKEN = {
    "unclosed": ("site = (", "SyntaxError: '(' was never closed (unclosed.py, line 5)"),
    "unknown": ("site = Sit()", "NameError: name 'Sit' is not defined (line 5)"),
    "mistyped": ("site = dict(1, base_ur=2)", "TypeError: 'int' object is not iterable (line 5)"),
    "divided": ("site = 1 / 0", "ZeroDivisionError: division by zero (line 5)"),
    "missed": ("site = {}['port']", "KeyError: 'port' (line 5)"),
    "closed": (
        "site = open('nowhere')",
        "FileNotFoundError: [Errno 2] No such file or directory: 'nowhere' (line 5)",
    ),
    "insisting": ("assert False, 'no site yet'", "AssertionError: no site yet (line 5)"),
    "ending": ("raise SystemExit(3)", "SystemExit: 3 (line 5)"),
    "absent": ("import crawler.sitess", "ModuleNotFoundError: No module named 'crawler.sitess' (line 5)"),
}


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Return a package of sites, of which some are broken, some are called alike and two are sound.

    One of these stands in a folder that somebody made for it, without an `__init__.py`.
    """
    package = f"sites_of_{request.node.name.split('[')[0]}"
    (tmp_path / package / "land").mkdir(parents=True)
    (tmp_path / package / "__init__.py").touch()
    for name, (more, _) in BROKEN.items():
        (tmp_path / package / f"{name}.py").write_text(SPIDER.format(name=name, more=more))
    for file, name in (("one", "sound"), ("land/two", "lasting"), ("three", "twin"), ("four", "twin")):
        (tmp_path / package / f"{file}.py").write_text(SPIDER.format(name=name, more=""))
    monkeypatch.syspath_prepend(tmp_path)
    return package


def test_a_site_whose_class_has_no_name_is_named_by_its_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nameless_sites"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "port.py").write_text(
        SPIDER.format(name="Port", more="site = object()").replace('"Port"', '""')
    )
    monkeypatch.syspath_prepend(tmp_path)

    loader = SiteLoader.from_settings(Settings({"SPIDER_MODULES": ["nameless_sites"]}))

    assert loader.list() == []
    assert loader.broken == {"nameless_sites.port": "Port has no name; write: name = 'port'"}


@pytest.mark.filterwarnings("ignore:There are several spiders:UserWarning")
def test_each_file_is_loaded_by_itself(sites: str) -> None:
    loader = SiteLoader.from_settings(Settings({"SPIDER_MODULES": [sites]}))

    assert sorted(loader.list()) == ["lasting", "sound"]
    assert loader.broken == {
        **{f"{sites}.{name}": problem for name, (_, problem) in BROKEN.items()},
        f"{sites}.four and {sites}.three": "both declare a site called 'twin'; rename one",
    }


def test_a_broken_file_is_named_once_by_a_crawl_of_all_and_makes_it_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setattr(registry, "declared_sites", dict)
    monkeypatch.setattr(registry, "broken_files", lambda: {"crawler.spiders.uk.port": "NameError: Sit"})

    done = CliRunner().invoke(crawling.crawl, ["--due", "--archive", sqlite_url])

    assert done.exit_code == 2
    assert done.stderr == "crawler.spiders.uk.port: not crawled (exit 2): NameError: Sit\n"

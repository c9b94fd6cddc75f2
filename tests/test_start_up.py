"""What a reading command loads: nothing of the crawler's, and nothing of what writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage import Archive

HEAVY = (
    "alembic",
    "scrapy",
    "twisted",
    "sqlalchemy.orm",
    "sqlalchemy.dialects.postgresql",
    "dateutil",
    "rapidfuzz",
    "pyarrow",
    "storage.writing.visits",
    "storage.backups",
    "storage.search.tokens",
    "storage.stories.wording",
    "storage.writing.learning",
)
ASK = """
import sys
from crawler.cli import cli
cli(sys.argv[2:], standalone_mode=False)
loaded = [name for name in sys.argv[1].split(",") if name in sys.modules]
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""


@pytest.mark.parametrize("command", [["runs"], ["search", "宁波"], ["stories", "--json"]])
def test_a_reading_command_loads_only_what_reading_needs(command: list[str], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    Archive.create(url).close()

    asked = subprocess.run(
        [sys.executable, "-c", ASK, ",".join(HEAVY), *command, "--archive", url],
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 0, asked.stderr


def test_help_loads_no_database() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK, "sqlalchemy,rich", "--help"], capture_output=True, text=True, check=False
    )

    assert asked.returncode == 0, asked.stderr


COMPONENTS = """
import os, sys
os.environ["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS"):
    for component in build_component_list(settings.get_component_priority_dict_with_base(name)):
        load_object(component)
for error in settings["RETRY_EXCEPTIONS"]:
    load_object(error)
load_object(settings["SPIDER_LOADER_CLASS"]).from_settings(settings)
loaded = [name for name in sys.argv[1].split(",") if name in sys.modules]
sys.exit(f"loaded: {loaded}" if loaded else 0)
"""
UNUSED = (
    "aiohttp",
    "crawler.demo.content",
    "requests",
    "rich",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.extensions.telnet",
    "tldextract",
    "twisted.conch",
)


def test_a_crawl_loads_no_component_that_it_does_not_use() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", COMPONENTS, ",".join(UNUSED)], capture_output=True, text=True, check=False
    )

    assert loaded.returncode == 0, loaded.stderr

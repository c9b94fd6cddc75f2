"""What the documentation shows of other programs does what it says."""

from __future__ import annotations

import re
import shlex
import subprocess

from storage.archive import Archive
from storage.locations import parse_url
from tests.doc_pages import DOCS
from tests.storage.samples import article, start, visit

RECIPES = DOCS / "how-to" / "read-the-archive.md"


def test_psql_counts_the_articles_of_each_site(postgres_url: str) -> None:
    shown = re.search(r"^psql .*$", RECIPES.read_text("utf-8"), re.MULTILINE)
    assert shown is not None
    program, _, *question = shlex.split(shown[0])
    with Archive.create(postgres_url) as archive:
        archive.record_all(start(archive), [visit(1, article()), visit(2, article("Another"))])
    address = parse_url(postgres_url).set(drivername="postgresql")

    told = subprocess.run(
        [program, address.render_as_string(hide_password=False), "--no-align", "--tuples-only", *question],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["ningbo|2"]

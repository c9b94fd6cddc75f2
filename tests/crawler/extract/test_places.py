"""Where a value stands is found wherever a rule may have read it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.extract import PageContext
from crawler.extract.markup.page import Page, read_page
from crawler.extract.places import place_of, place_of_date


def page(head: str, body: str) -> Page:
    markup = f"<html lang='de'><head><title>x</title>{head}</head><body>{body}</body></html>"
    return read_page(markup.encode(), "https://www.example.gov/1.html", PageContext(language="de"))


@pytest.mark.parametrize(
    ("head", "path"),
    [
        ('<meta name="ContentSource" content="市卫生健康委员会">', '//meta[@name="ContentSource"]'),
        ('<meta name="ContentSource" content=" 市卫生健康\n委员会 ">', '//meta[@name="ContentSource"]'),
        ('<meta content="来源：市卫生健康委员会" property="source">', '//meta[@property="source"]'),
    ],
)
def test_a_rule_of_a_family_may_have_read_what_only_the_head_says(head: str, path: str) -> None:
    place = place_of(page(head, "<p>Text.</p>"), "市卫生健康委员会", "family")

    assert place is not None
    assert place.path == path


def test_a_date_may_stand_right_behind_its_label() -> None:
    info = "<ul><li>A</li><li><span>Datum:</span>26. Januar 2022</li></ul>"

    place = place_of_date(page("", info), date(2022, 1, 26), "platform rule")

    assert place is not None
    assert place.path == "/html/body/ul/li[2]"


def test_a_time_may_stand_in_a_script_as_seconds() -> None:
    script = '<script>var a = 1;</script><script>var ct = "1652831299";</script>'
    moment = datetime(2022, 5, 17, 23, 48, 19, tzinfo=UTC)

    place = place_of_date(page("", f"<p>Text.</p>{script}"), moment, "platform rule")

    assert place is not None
    assert place.path == "/html/body/script[2]"

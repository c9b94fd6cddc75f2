"""Warnings are of what changed: a section that no earlier run read has no layout to leave."""

from __future__ import annotations

from crawler.account.second_opinion import Opinion, warnings_of


def test_another_layout_is_warned_of_in_sections_that_were_read_before() -> None:
    opinions = [
        Opinion(section=section, url=f"https://www.example.gov/{section}/1", agreement=None, fits=False)
        for section in ("news", "press")
    ]

    (warning,) = warnings_of(opinions, {"news"})

    assert (warning.kind, warning.section) == ("layout", "news")
    assert list(warnings_of(opinions, set())) == []

"""What a log may be: by name, as settings files have it, or by number, as Python does."""

from __future__ import annotations

import logging

import pytest
from scrapy.settings import Settings

from crawler.errors import SiteDefinitionError
from crawler.setting_values import require_log, require_own_values


@pytest.mark.parametrize("level", ["DEBUG", "WARNING", logging.INFO, 15])
def test_a_level_is_a_name_or_a_number(level: str | int) -> None:
    require_log(Settings({"LOG_LEVEL": level}))


@pytest.mark.parametrize("level", ["loud", "debug", None])
def test_what_is_no_level_is_refused(level: str | None) -> None:
    with pytest.raises(SiteDefinitionError, match="say one of DEBUG"):
        require_log(Settings({"LOG_LEVEL": level}))


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"DOWNLOAD_DELAY": "often"}, "port: custom_settings has DOWNLOAD_DELAY='often'; say a number"),
        ({"DOWNLOAD_DELAY": None}, "port: custom_settings has DOWNLOAD_DELAY=None; say a number"),
        ({"RETRY_TIMES": -1}, "port: custom_settings has RETRY_TIMES=-1; say 0 or more"),
        ({"ROBOTSTXT_OBEY": "no"}, "port: custom_settings has ROBOTSTXT_OBEY='no'; say 1 or 0"),
        ({"DOWNLOADDELAY": 5}, "port: custom_settings has DOWNLOADDELAY; did you mean DOWNLOAD_DELAY?"),
        ([("DOWNLOAD_DELAY", 5)], 'port: custom_settings is no dict; write: {"DOWNLOAD_DELAY": 5}'),
    ],
)
def test_a_setting_that_a_site_brings_is_looked_at_like_one_of_the_command_line(
    own: object, says: str
) -> None:
    with pytest.raises(SiteDefinitionError) as raised:
        require_own_values("port", own)

    assert str(raised.value) == says


@pytest.mark.parametrize(
    "own", [None, {}, {"DOWNLOAD_DELAY": 2.5, "AUTOTHROTTLE_ENABLED": False}, {"RETRY_TIMES": "3"}]
)
def test_a_setting_that_a_site_brings_may_be_a_value_or_its_text(own: object) -> None:
    require_own_values("port", own)

"""What a log may be: by name, as settings files have it, or by number, as Python does."""

from __future__ import annotations

import logging

import pytest
from scrapy.settings import Settings

from crawler.errors import SiteDefinitionError
from crawler.setting_values import require_log


@pytest.mark.parametrize("level", ["DEBUG", "WARNING", logging.INFO, 15])
def test_a_level_is_a_name_or_a_number(level: str | int) -> None:
    require_log(Settings({"LOG_LEVEL": level}))


@pytest.mark.parametrize("level", ["loud", "debug", None])
def test_what_is_no_level_is_refused(level: str | None) -> None:
    with pytest.raises(SiteDefinitionError, match="say one of DEBUG"):
        require_log(Settings({"LOG_LEVEL": level}))

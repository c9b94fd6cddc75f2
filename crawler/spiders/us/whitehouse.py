"""The White House."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class WhiteHouseSpider(SiteSpider):
    """News of the White House."""

    name = "whitehouse"
    site = Site(
        name="whitehouse",
        title="The White House",
        base_url="https://www.whitehouse.gov/",
        sections=(Section("news", path="/news/", title="News"),),
        platform="wordpress",
        country="US",
        language="en",
        timezone="America/New_York",
        expects=Expectations(newest_within_days=14, fill_date=0.95),
    )

"""The Scottish Government."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class ScotlandSpider(SiteSpider):
    """News of the Scottish Government."""

    name = "scotland"
    site = Site(
        name="scotland",
        title="Scottish Government",
        base_url="https://www.gov.scot/",
        sections=(Section("news", path="/news/", title="News"),),
        platform="govscot",
        country="GB",
        language="en",
        timezone="Europe/London",
        expects=Expectations(newest_within_days=14, fill_date=0.9),
        inferred=("list rows",),  # stored pages show articles alone
    )

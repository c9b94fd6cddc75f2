"""Ningbo Municipal Government, English site."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class NingboSpider(SiteSpider):
    """Hot News of Ningbo."""

    name = "ningbo"
    site = Site(
        name="ningbo",
        title="Ningbo Municipal People's Government",
        base_url="https://english.ningbo.gov.cn/",
        # No stored page names the column's address: the front page, which lists it, stands in.
        sections=(Section("hot-news", path="/", title="Hot News"),),
        platform="hanweb",  # as on every stored page of the city's other sites
        country="CN",
        language="en",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(1, 500), fill_date=0.5),
        inferred=("sections", "platform"),
    )

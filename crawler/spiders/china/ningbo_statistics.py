"""Ningbo Municipal Bureau of Statistics."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class NingboStatisticsSpider(SiteSpider):
    """News of Ningbo's statistics bureau."""

    name = "ningbo-statistics"
    site = Site(
        name="ningbo-statistics",
        title="宁波市统计局",
        base_url="https://tjj.ningbo.gov.cn/",
        sections=(Section("news", path="/col/col1229629629/index.html", title="统计新闻"),),
        platform="hanweb",
        country="CN",
        language="zh",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(1, 1000), fill_date=0.9),
        inferred=("section title",),
    )

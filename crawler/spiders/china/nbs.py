"""National Bureau of Statistics of China."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class NbsSpider(SiteSpider):
    """News of the statistics system."""

    name = "nbs"
    site = Site(
        name="nbs",
        title="国家统计局",
        base_url="https://www.stats.gov.cn/",
        sections=(Section("news", path="/xw/tjxw/tjdt/", title="统计动态"),),
        platform="trs",
        country="CN",
        language="zh",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(1, 2000), newest_within_days=30, fill_date=0.95),
    )

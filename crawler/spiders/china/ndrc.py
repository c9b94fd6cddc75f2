"""National Development and Reform Commission."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class NdrcSpider(SiteSpider):
    """Press releases of the NDRC."""

    name = "ndrc"
    site = Site(
        name="ndrc",
        title="国家发展和改革委员会",
        base_url="https://www.ndrc.gov.cn/",
        sections=(Section("press-releases", path="/xwdt/xwfb/", title="新闻发布"),),
        platform="trs",
        country="CN",
        language="zh",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(1, 2000), newest_within_days=30, fill_date=0.95),
    )

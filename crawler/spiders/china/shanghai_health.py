"""Shanghai Municipal Health Commission."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class ShanghaiHealthSpider(SiteSpider):
    """Press releases and epidemic bulletins of Shanghai's health commission."""

    name = "shanghai-health"
    site = Site(
        name="shanghai-health",
        title="上海市卫生健康委员会",
        base_url="https://wsjkw.sh.gov.cn/",
        sections=(
            Section("press-releases", path="/xwfb/index.html", title="新闻发布"),
            Section("bulletins", path="/yqtb/index.html", title="疫情通报"),
        ),
        platform="etui",
        country="CN",
        language="zh",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(1, 2000), fill_date=0.95),
    )

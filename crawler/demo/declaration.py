"""The demo site as the crawler declares it."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo import county_pages, hanweb_pages, trouble, trs_pages, wordpress_pages
from crawler.demo.sections import ANNOUNCEMENTS, COUNTY, GOVERNMENT, HOT_NEWS
from crawler.demo.server import DEFAULT_PORT
from crawler.sites import Expectations, Section, Site


def demo_site(base_url: str) -> Site:
    """Return the declaration of a demo site that is served at *base_url*."""
    return Site(
        name="demo",
        title="Lanhai Municipal People's Government",
        base_url=base_url,
        sections=(
            Section(HOT_NEWS, path=hanweb_pages.COLUMN.path, title="Hot News"),
            Section(GOVERNMENT, path=trs_pages.list_path(0), title="政务要闻", platform="trs", language="zh"),
            Section(ANNOUNCEMENTS, path=wordpress_pages.FOLDER, title="Announcements", platform="wordpress"),
            Section(COUNTY, path=county_pages.COLUMN.path, title="海岛要闻", language="zh"),
        ),
        platform="hanweb",
        country="CN",
        language="en",
        timezone="Asia/Shanghai",
        expects=Expectations(articles_per_run=(0, 500)),
        private_addresses=True,
    )


def troubled_demo_site(base_url: str) -> Site:
    """Return the declaration of a demo site with its troublesome sections."""
    site = demo_site(base_url)
    sections = (
        Section("trouble", path=trouble.LIST, title="Trouble"),
        Section("redesigned", path=trouble.REDESIGNED_LIST, title="Redesigned"),
    )
    return replace(site, sections=(*site.sections, *sections))


DEMO = demo_site(f"http://127.0.0.1:{DEFAULT_PORT}/")

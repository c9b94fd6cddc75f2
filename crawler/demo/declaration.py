"""The demo site as the crawler declares it."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo import places
from crawler.demo.places import DEFAULT_PORT, column_path
from crawler.sites import Expectations, Section, Site


def demo_site(base_url: str) -> Site:
    """Return the declaration of a demo site that is served at *base_url*."""
    return Site(
        name="demo",
        title="Lanhai Municipal People's Government",
        base_url=base_url,
        sections=(
            Section(places.HOT_NEWS, path=column_path(places.HOT_NEWS_COLUMN), title="Hot News"),
            Section(
                places.GOVERNMENT,
                path=places.GOVERNMENT_FOLDER + "index.html",
                title="政务要闻",
                platform="trs",
                language="zh",
            ),
            Section(
                places.ANNOUNCEMENTS,
                path=places.ANNOUNCEMENTS_FOLDER,
                title="Announcements",
                platform="wordpress",
            ),
            Section(places.COUNTY, path=column_path(places.COUNTY_COLUMN), title="海岛要闻", language="zh"),
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
        Section("trouble", path=places.TROUBLE_LIST, title="Trouble"),
        Section("redesigned", path=places.REDESIGNED_LIST, title="Redesigned"),
    )
    return replace(site, sections=(*site.sections, *sections))


DEMO = demo_site(f"http://127.0.0.1:{DEFAULT_PORT}/")

"""The demo site, which `hotnews demo` serves on this machine."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.demo.declaration import DEMO, demo_site
from crawler.sites import Site
from crawler.spiders.base import SiteSpider


class DemoSpider(SiteSpider):
    """Lanhai, a government that exists on loopback alone."""

    name = "demo"
    site = DEMO

    @classmethod
    def site_for(cls, arguments: Mapping[str, str]) -> Site:
        """Return the site at `base_url`: the server may have been given another port."""
        return demo_site(arguments["base_url"]) if "base_url" in arguments else cls.site

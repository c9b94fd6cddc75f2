"""The demo site, which `hotnews demo` serves on this machine."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.demo.declaration import DEMO, demo_site, troubled_demo_site
from crawler.options import read_flag
from crawler.sites import Site
from crawler.spiders.base import SiteSpider


class DemoSpider(SiteSpider):
    """Lanhai, a government that exists on loopback alone."""

    name = "demo"
    site = DEMO
    arguments = ("base_url", "trouble")

    @classmethod
    def site_for(cls, arguments: Mapping[str, str]) -> Site:
        """Return the site at `base_url`, with its troublesome sections where `trouble` asks for them.

        The server may have been given another port than the declared one.
        """
        declare = troubled_demo_site if read_flag("trouble", arguments.get("trouble", "")) else demo_site
        return declare(arguments.get("base_url", cls.site.base_url))

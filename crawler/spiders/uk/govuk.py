"""GOV.UK, the site of the government of the United Kingdom."""

from __future__ import annotations

from crawler.sites import Expectations, Section, Site
from crawler.spiders.base import SiteSpider


class GovukSpider(SiteSpider):
    """News and communications of every department."""

    name = "govuk"
    site = Site(
        name="govuk",
        title="GOV.UK",
        base_url="https://www.gov.uk/",
        sections=(Section("news", path="/search/news-and-communications", title="News and communications"),),
        platform="govuk",
        country="GB",
        language="en",
        timezone="Europe/London",
        expects=Expectations(newest_within_days=3, fill_date=0.95),
    )

"""GOV.UK: finders and news lists, govspeak articles."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, meta, outermost, union

GOVUK = Platform(
    name="govuk",
    signs=Signs(
        url=re.compile(r"^https?://(?:www\.)?gov\.uk/"),
        classes=("govspeak", "gem-c-title", "gem-c-title__text", "gem-c-document-list", "govuk-template"),
    ),
    article=ArticleRules(
        title=(by_class("gem-c-title__text", tag="h1"), by_class("gem-c-heading__text", tag="h1")),
        date=(
            meta("govuk:first-published-at"),
            by_class("app-c-published-dates"),
            by_class("gem-c-published-dates"),
            by_class("publication-header__last-changed"),
        ),
        source=(
            by_class("gem-c-metadata") + "//a[@class='govuk-link'][1]",
            meta("govuk:primary-publishing-organisation"),
        ),
        # The summary under the headline stands over the text that it belongs to.
        body=(union(by_class("gem-c-lead-paragraph", tag="p"), outermost("govspeak")),),
        noise=(
            *(
                by_class("dont-print"),
                by_class("gem-c-metadata"),
                by_class("full-publication-update-history"),
            ),
            *(
                by_class("app-c-published-dates"),
                by_class("gem-c-print-link"),
                by_class("gem-c-devolved-nations"),
            ),
        ),
    ),
    read_list=list_reader(
        "govuk",
        by_class("gem-c-document-list__item", tag="li"),
        by_class("finder-results") + "//li",
    ),
)

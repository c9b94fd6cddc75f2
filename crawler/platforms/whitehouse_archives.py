"""The White House of 2009 to 2017, a Drupal 7 that is kept in the archives: `forall-body` fields."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.platforms import Platform, Signs
from crawler.platforms.drupal import DRUPAL
from crawler.platforms.lists.paths import by_class, union

_ITEMS = "/*[contains(@class, 'field-items')]"

WHITEHOUSE_ARCHIVES = Platform(
    name="whitehouse-archives",
    signs=Signs(
        url=re.compile(r"^https?://(?:obama|georgewbush-)?whitehouse\.archives\.gov/"),
        classes=("forall-body", "field-name-field-forall-body", "press-article-date"),
    ),
    article=replace(
        DRUPAL.article,
        body=(
            # The fields themselves carry `field-label-hidden`: it is their label that is hidden.
            union(
                by_class("field-name-field-forall-body") + _ITEMS,
                by_class("field-name-field-transcript") + _ITEMS,
            ),
        ),
        line_breaks_end_paragraphs=True,
        shared_container=False,
    ),
    read_list=DRUPAL.read_list,
)

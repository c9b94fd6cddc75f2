"""The table of every endpoint; what is not in it is not served, and the OpenAPI document is made from it."""

from __future__ import annotations

from storage.web import (
    api,
    article_page,
    change_pages,
    feeds,
    openapi,
    run_pages,
    search_page,
    statistics_page,
    story_pages,
    style,
)

ENDPOINTS = (
    *search_page.PAGES,
    *article_page.PAGES,
    *change_pages.PAGES,
    *story_pages.PAGES,
    *run_pages.PAGES,
    *statistics_page.PAGES,
    *style.PAGES,
    *feeds.ENDPOINTS,
    *api.ENDPOINTS,
    *openapi.ENDPOINTS,
)

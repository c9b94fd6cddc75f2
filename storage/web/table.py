"""The table of every endpoint; what is not in it is not served, and the OpenAPI document is made from it."""

from __future__ import annotations

from storage.web import article_page, run_pages, search_page, style

ENDPOINTS = (
    *search_page.PAGES,
    *article_page.PAGES,
    *run_pages.PAGES,
    *style.PAGES,
)

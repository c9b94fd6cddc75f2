# ruff: noqa: E501  # markup is kept as publishers send it
"""Hot News after a redesign overnight: nothing stands where it stood."""

from __future__ import annotations

from html import escape

from crawler.demo.content import Page
from crawler.demo.trouble_pages import REDESIGNED_LIST


def list_page() -> str:
    """Return a list page that a script would fill."""
    return REDESIGNED_LIST


def article_page(page: Page) -> str:
    """Return an article page whose text is handed to a script."""
    title = escape(page.text.title, quote=False)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lanhai</title><script src="/script/app.3f9a1c.js" defer></script></head>
<body><div id="app" data-page="article" data-headline="{escape(title)}"><div class="skeleton"></div></div>
<noscript>Please enable JavaScript to read the news.</noscript>
<footer>Copyright &copy; 2026 Lanhai Municipal People's Government</footer></body></html>
"""

# ruff: noqa: E501  # markup is kept as publishers send it
"""The WordPress section, Announcements: absolute links, `?paged=`, time elements and metas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from crawler.demo.content import Page
from crawler.demo.markup import body_markup, cut
from crawler.demo.places import ANNOUNCEMENTS_FOLDER

FOLDER = ANNOUNCEMENTS_FOLDER
PER_PAGE = 8
_SITE = "Lanhai International Office"


def page_count(entries: Sequence[Page]) -> int:
    """Return how many list pages the section has."""
    return max(1, -(-len(entries) // PER_PAGE))


def list_page(entries: Sequence[Page], number: int, base: str) -> str:
    """Return list page *number*, counted from 1; *base* is the site's scheme and host."""
    rows = "\n".join(_row(page, base) for page in entries[(number - 1) * PER_PAGE : number * PER_PAGE])
    here, last = base + FOLDER, page_count(entries)
    follow = f'<link rel="next" href="{here}?paged={number + 1}">\n' if number < last else ""
    links = [_page_link(each, number, here) for each in range(1, last + 1)]
    if number < last:
        links.append(f'<a class="next page-numbers" href="{here}?paged={number + 1}">Older posts</a>')
    main = f"""<header class="page-header"><h1 class="page-title">Announcements</h1></header>
{rows}
<nav class="navigation pagination"><h2 class="screen-reader-text">Posts navigation</h2><div class="nav-links">{" ".join(links)}</div></nav>"""
    return _shell("Announcements", follow, main, base)


def article_page(page: Page, newer: Page | None, older: Page | None, base: str) -> str:
    """Return the article page of *page*, which names its neighbours in the list."""
    title = escape(page.text.title, quote=False)
    main = f"""<article id="post-{_post_id(page)}" class="post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">{title}</h1>
<div class="entry-meta">Posted on {_time(page)} by <span class="author vcard">{page.author}</span></div></header>
<div class="entry-content">
{body_markup(page.text, page.style)}
</div>
<div class="sharedaddy"><h3 class="sd-title">Share this:</h3><ul><li><a>Twitter</a></li><li><a>Facebook</a></li><li><a>Email</a></li></ul></div>
<footer class="entry-footer">Posted in <a href="{base}{FOLDER}" rel="category tag">Announcements</a></footer>
</article>
<nav class="navigation post-navigation">{_neighbour("Previous", "prev", older, base)} {_neighbour("Next", "next-post", newer, base)}</nav>"""
    return _shell(title, _metas(page, base), main, base)


def _metas(page: Page, base: str) -> str:
    return f"""<link rel="canonical" href="{base}{page.path}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(page.text.title)}">
<meta property="og:site_name" content="{_SITE}">
<meta property="article:published_time" content="{_moment(page).isoformat()}">
"""


def _row(page: Page, base: str) -> str:
    summary = escape(cut(page.text.paragraphs[0], 180, ""), quote=False)
    title = escape(page.text.title, quote=False)
    return f"""<article class="post type-post status-publish hentry"><header class="entry-header">
<h2 class="entry-title"><a href="{base}{page.path}" rel="bookmark">{title}</a></h2><div class="entry-meta">{_time(page)}</div></header>
<div class="entry-summary"><p>{summary} [&hellip;]</p></div></article>"""


def _time(page: Page) -> str:
    if not isinstance(page.published, datetime):
        return f'<time class="entry-date" datetime="{page.day}">{page.day}</time>'
    shown = f"{page.published:%B} {page.published.day}, {page.published.year}"
    return f'<time class="entry-date published" datetime="{page.published.isoformat()}">{shown}</time>'


def _moment(page: Page) -> datetime:
    if not isinstance(page.published, datetime):
        raise TypeError(f"{page.path}: an announcement has an hour")
    return page.published


def _post_id(page: Page) -> int:
    return sum(page.path.encode()) % 9000 + 1000


def _page_link(number: int, current: int, here: str) -> str:
    if number == current:
        return f'<span aria-current="page" class="page-numbers current">{number}</span>'
    address = here if number == 1 else f"{here}?paged={number}"
    return f'<a class="page-numbers" href="{address}">{number}</a>'


def _neighbour(label: str, kind: str, page: Page | None, base: str) -> str:
    if page is None:
        return ""
    title = escape(page.text.title, quote=False)
    return f'<div class="nav-{kind}">{label}: <a href="{base}{page.path}">{title}</a></div>'


def _shell(title: str, head: str, main: str, base: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} &#8211; {_SITE}</title>
<meta name="generator" content="WordPress 6.8">
{head}<link rel="stylesheet" href="{base}/css/site.css">
</head>
<body class="wp-site">
<a class="skip-link screen-reader-text" href="#content">Skip to main content</a>
<header class="site-header"><p class="site-title"><a href="{base}/">{_SITE}</a></p>
<nav class="main-navigation"><ul><li><a href="{base}/">Home</a></li><li><a href="{base}{FOLDER}">Announcements</a></li>
<li><a href="{base}/col/col1001/index.html">Hot News</a></li></ul></nav></header>
<main id="content">
{main}
</main>
<aside class="widget-area"><section class="widget"><h2 class="widget-title">Subscribe</h2><p>Sign up for email alerts and we will
write to you when the ferries do not sail, when the library stays open longer and when the mayor answers questions in public.</p></section></aside>
<footer class="site-footer"><p>&copy; 2026 {_SITE}</p><p>Privacy Policy</p><p>Proudly powered by WordPress</p></footer>
<div class="cookie-notice">We use cookies to remember that you have read this notice. <a>Accept cookies</a></div>
</body>
</html>
"""

# ruff: noqa: E501  # markup is kept as publishers send it
"""The English Hanweb section, Hot News: what surrounds an article, and its list page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.demo.content import DatePlace, Page
from crawler.demo.hanweb_lists import Column, Paging, list_block
from crawler.demo.markup import body_markup
from crawler.demo.places import HOT_NEWS_COLUMN

COLUMN = Column(
    number=HOT_NEWS_COLUMN,
    unit=212860,
    web=16,
    web_name="Lanhai China",
    proxy="/module/web/jpage/dataproxy.jsp",
    paging=Paging.PAGED,
    per_page=5,
)
_SITE = "Lanhai Municipal People's Government"


def article_page(page: Page) -> str:
    """Return the article page of *page*."""
    heading = f'<p class="con-title">{escape(page.text.title, quote=False)}</p>'
    body = f'<div id="zoom" class="main-txt">\n{body_markup(page.text, page.style)}\n</div>'
    main = f'{_EYESIGHT}\n<div class="con-article">\n{heading}\n{body}\n{_closing(page)}\n</div>'
    return _shell(page.text.title, _metas(page), main)


def list_page(entries: Sequence[Page]) -> str:
    """Return the list page with its first group of rows."""
    main = (
        f'<h2 class="column-title">Hot News</h2>\n<div class="list">\n{list_block(COLUMN, entries)}\n</div>'
    )
    return _shell("Hot News", '<meta name="ColumnName" content="Hot News">\n', main)


def _metas(page: Page) -> str:
    metas = '<meta name="ColumnName" content="Hot News">\n'
    if page.date_from is DatePlace.META:
        metas += f'<meta name="ArticleTitle" content="{escape(page.text.title)}">\n'
        metas += f'<meta name="PubDate" content="{page.day}">\n'
    return metas


def _closing(page: Page) -> str:
    if page.date_from is DatePlace.URL and page.style == 1:
        return '<p class="tools"><a href="javascript:window.print()">[Print]</a> <a href="javascript:window.close()">[Close]</a></p>'
    return (
        '<div class="tools">【<a href="javascript:window.print()">print</a>】 '
        '【<a href="javascript:window.close()">close</a>】</div>'
    )


def _shell(title: str, metas: str, main: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title, quote=False)}</title>
<meta name="SiteName" content="{_SITE}">
<meta name="SiteDomain" content="english.lanhai.example">
<meta name="SiteIDCode" content="9902000001">
{metas}<link rel="stylesheet" type="text/css" href="/css/site.css">
<script type="text/javascript" src="/script/jquery.js"></script>
<script type="text/javascript" src="/script/jpage.js"></script>
<style type="text/css">.bt-data-time{{float:right;color:#999}} .main-txt p{{line-height:2em}}</style>
</head>
<body>
{_TOP}
<div class="location"><a href="/">Home</a>&gt;<a href="{COLUMN.path}">Hot News</a></div>
{main}
{_FOOT}
</body>
</html>
"""


_EYESIGHT = """<div class="eyesight">Eyesight Protection:
<a href="javascript:setColor('FAFBE6')"><img src="/images/almond.gif" alt="" width="12" height="12"></a>
<a href="javascript:setColor('FFF2E2')"><img src="/images/autumn.gif" alt="" width="12" height="12"></a>
<a href="javascript:setColor('FDE6E0')"><img src="/images/rouge.gif" alt="" width="12" height="12"></a>
<a href="javascript:setColor('E3EDCD')"><img src="/images/green.gif" alt="" width="12" height="12"></a>
<a href="javascript:setColor('DCE2F1')"><img src="/images/blue.gif" alt="" width="12" height="12"></a>
</div>"""

_TOP = f"""<div class="header"><a class="logo" href="/"><img src="/images/logo.png" alt="{_SITE}"></a>
<form class="search" action="/search" method="get"><input name="q" type="text" value="Search"><input type="submit" value="Go"></form></div>
<ul class="nav"><li><a href="/">Home</a></li><li><a href="/col/col1001/index.html">Hot News</a></li>
<li><a href="/announcements/">Announcements</a></li><li><a href="/zwgk/index.html">中文</a></li></ul>"""

_FOOT = f"""<div class="side"><h4>Services</h4><ul><li><a href="/internal/visa">Visa and Residence</a></li>
<li><a href="/internal/ferries">Ferries</a></li><li><a href="/internal/emergency">In an Emergency</a></li></ul></div>
<div class="footer"><p>About Us | Contact Us | Sitemap | Privacy Policy</p>
<p>Copyright &copy; 2026 {_SITE}. All rights reserved.</p><p>Sponsored by the Information Office of Lanhai</p></div>"""

# ruff: noqa: E501  # markup is kept as publishers send it
"""The Chinese TRS section, 政务要闻: relative links, metas, and lists that a script pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from posixpath import basename

from crawler.demo.content import Attachment, Page
from crawler.demo.markup import body_markup, cut
from crawler.demo.places import GOVERNMENT_FOLDER

FOLDER = GOVERNMENT_FOLDER
PER_PAGE = 12
VISITS = "@visits@"  # stands where the counter of a counted page goes


def page_count(entries: Sequence[Page]) -> int:
    """Return how many list pages the section has."""
    return max(1, -(-len(entries) // PER_PAGE))


def list_path(number: int) -> str:
    """Return the path of list page *number*, counted from 0."""
    return f"{FOLDER}index_{number}.html" if number else f"{FOLDER}index.html"


def list_page(entries: Sequence[Page], number: int) -> str:
    """Return list page *number*, counted from 0."""
    rows = "\n".join(_row(page) for page in entries[number * PER_PAGE : (number + 1) * PER_PAGE])
    main = f"""<div class="list-content"><ul>
{rows}
</ul></div>
<div class="page"><script>createPageHTML({page_count(entries)}, {number}, "index", "html");</script></div>"""
    return _shell("政务要闻", "", "utf-8", main)


def article_page(page: Page, newer: Page | None, older: Page | None) -> str:
    """Return the article page of *page*, which names its neighbours in the list."""
    title = escape(page.text.title, quote=False)
    hits = f' 浏览次数：<span id="hits">{VISITS}</span>' if page.counts_visits else ""
    main = f"""<div class="detail-title"><h1>{title}</h1></div>
<div class="detail-title-des">发布时间：{page.published:%Y-%m-%d %H:%M} 来源：{page.source}{hits} 【字体：<a>大</a> <a>中</a> <a>小</a>】 分享到：<span class="share"></span></div>
<div class="view"><div class="TRS_Editor">
{body_markup(page.text, page.style)}
</div></div>
{_attachments(page.text.attachments)}
<div class="pageSource">（责任编辑：{page.editor}）</div>
<div class="tools"><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></div>
<div class="updown"><p>上一篇：{_neighbour(newer)}</p><p>下一篇：{_neighbour(older)}</p></div>"""
    return _shell(title, _metas(page), page.charset, main)


def _metas(page: Page) -> str:
    return f"""<meta name="ArticleTitle" content="{escape(page.text.title)}">
<meta name="PubDate" content="{page.published:%Y-%m-%d %H:%M:%S}">
<meta name="ContentSource" content="{page.source}">
<meta name="others" content="页面生成时间 2026-06-30 03:11:07">
"""


def _row(page: Page) -> str:
    title, shown = escape(page.text.title), escape(cut(page.text.title, 24), quote=False)
    return f'<li><a href="./{page.path.removeprefix(FOLDER)}" title="{title}" target="_blank">{shown}</a><span>{page.day}</span></li>'


def _neighbour(page: Page | None) -> str:
    if page is None:
        return "没有了"
    return f'<a href="../{page.path.removeprefix(FOLDER)}">{escape(page.text.title, quote=False)}</a>'


def _attachments(attachments: Sequence[Attachment]) -> str:
    if not attachments:
        return ""
    links = "\n".join(f'<li><a href="./{each.name}">{each.title}</a></li>' for each in attachments)
    return f'<div class="fujian">附件：<ul>\n{links}\n</ul></div>'


def attachment_path(page: Page, attachment: Attachment) -> str:
    """Return the path of a file beside *page*."""
    return page.path.removesuffix(basename(page.path)) + attachment.name


def _shell(title: str, metas: str, charset: str, main: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{title}_澜海市人民政府</title>
<meta name="SiteName" content="澜海市人民政府">
<meta name="SiteDomain" content="www.lanhai.example">
<meta name="SiteIDCode" content="9902000000">
<meta name="ColumnName" content="政务要闻">
<meta name="ColumnType" content="要闻动态">
{metas}<link rel="stylesheet" href="/css/site.css">
<script src="/script/createpage.js" charset="gb2312"></script>
</head>
<body>
<div class="header"><a href="/">澜海市人民政府</a> <span>无障碍浏览 长者助手 简体 | 繁体</span>
<form action="/was5/web/search" method="get"><input type="text" name="searchword" value="请输入关键字"></form></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/index.html">政务要闻</a></li><li><a href="/col/col2005/index.html">沙屿县</a></li>
<li><a href="/col/col1001/index.html">English</a></li></ul>
<div class="location">您现在所在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/index.html">政务要闻</a></div>
{main}
<div class="footer"><p>友情链接 网站地图 联系我们</p><p>主办单位：澜海市人民政府办公室 版权所有 澜ICP备00000001号 澜公网安备 00000000000001号</p>
<p>网站支持IPv6</p></div>
</body>
</html>
"""

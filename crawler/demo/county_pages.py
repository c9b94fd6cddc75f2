# ruff: noqa: E501  # markup is kept as publishers send it
"""The county's section: an old Chinese Hanweb, GBK labelled gb2312, paged by POST."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.demo.content import Page
from crawler.demo.hanweb_lists import Column, Paging, list_block
from crawler.demo.markup import body_markup
from crawler.demo.places import COUNTY_COLUMN

COLUMN = Column(
    number=COUNTY_COLUMN,
    unit=80325,
    web=60,
    web_name="沙屿县人民政府",
    proxy="/module/jpage/dataproxy.jsp",
    paging=Paging.RANGED,
    per_page=3,
)


def article_page(page: Page, newer: Page | None, older: Page | None) -> str:
    """Return the article page of *page*, which names its neighbours in the list."""
    title = escape(page.text.title, quote=False)
    line = f"发布日期：{page.day} 浏览次数： 信息来源：{page.source}"
    main = f"""<table width="96%" align="center"><tr><td>
<p class="con-title">{title}</p>
<p class="small-title">{line} 字体：[<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a>]</p>
<p class="small-title">视力保护色： <a href="javascript:setColor('FAFBE6')"><img src="/images/almond.gif" alt="杏仁黄"></a><a href="javascript:setColor('E3EDCD')"><img src="/images/green.gif" alt="青草绿"></a></p>
<div id="zoom">
{body_markup(page.text, page.style)}
</div>
<p align="right"><span class="printer"><a href="javascript:window.print()">打印本页</a></span> <span class="close"><a href="javascript:window.close()">关闭窗口</a></span></p>
{_neighbour("上一条", newer)}
{_neighbour("下一条", older)}
</td></tr></table>"""
    return _shell(title, main)


def list_page(entries: Sequence[Page]) -> str:
    """Return the list page with its first group of rows."""
    return _shell("海岛要闻", f'<div class="list">{list_block(COLUMN, entries)}</div>')


def _neighbour(label: str, page: Page | None) -> str:
    if page is None:
        return f"<p>{label}：没有了</p>"
    return f'<p>{label}：<a href="{page.path}">{escape(page.text.title, quote=False)}</a></p>'


def _shell(title: str, main: str) -> str:
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>沙屿县人民政府 海岛要闻 {title}</title>
<script language="javascript" src="/script/jquery.js"></script>
<script language="javascript" src="/script/jpage.js"></script>
<link href="/css/site.css" rel="stylesheet" type="text/css">
</head>
<body>
<div class="header">沙屿县人民政府</div>
<div class="nav"><a href="/">首页</a> <a href="{COLUMN.path}">海岛要闻</a> <a href="/zwgk/index.html">市政府要闻</a></div>
<div class="location">当前位置：<a href="/">首页</a> &gt;&gt; <a href="{COLUMN.path}">海岛要闻</a></div>
{main}
<div class="footer">主办单位：沙屿县人民政府办公室 技术支持：沙屿县大数据中心 澜ICP备00000005号 网站标识码：9902000005</div>
</body>
</html>
"""

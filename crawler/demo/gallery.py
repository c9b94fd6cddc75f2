# ruff: noqa: E501  # markup is kept as publishers send it
"""The announcements once more, as lists of other systems: jpaas, Drupal, GOV.UK, script arrays.

No section of the demo site: each list stands below `/gallery/` for tests of list reading and for
`scrapy crawl adhoc`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

from crawler.demo.content import Page

JPAAS = "/gallery/jpaas/index.html"
JPAAS_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DRUPAL = "/gallery/drupal"
GOVUK = "/gallery/govuk"
ARRAYS = "/gallery/arrays/index.html"
LISTS = (JPAAS, DRUPAL, GOVUK, ARRAYS)
PER_PAGE = 8
_PARAMETERS = "{'parseType':'bulidstatic','webId':'5f3d','tplSetId':'a81c','pageType':'column','tagId':'信息列表','editType':'null','pageId':'77e0'}"


def gallery_answer(path: str, asked: Mapping[str, str], entries: Sequence[Page]) -> tuple[str, str] | None:
    """Return the text and content type of a list of *entries* at *path*, or None.

    :raises ValueError: if a page number is no number.
    """
    make = _MAKERS.get(path)
    return make(asked, entries) if make else None


def _jpaas(_asked: Mapping[str, str], _entries: Sequence[Page]) -> tuple[str, str]:
    unit = f'<script parseType="bulidstatic" url="{JPAAS_UNIT}" queryData="{_PARAMETERS}"></script>'
    return _shell("信息公开", f'<div class="page-content" id="list">{unit}</div>')


def _jpaas_unit(asked: Mapping[str, str], entries: Sequence[Page]) -> tuple[str, str]:
    number = int(json.loads(asked.get("paramJson", '{"pageNo":1}'))["pageNo"])
    rows = "".join(
        f'<li><a href="{page.path}" title="{escape(page.text.title)}" target="_blank">{_title(page)}</a><span class="fr">{page.day}</span></li>'
        for page in _shown(entries, number)
    )
    pager = f'<div class="pagination" id="page" rows="{PER_PAGE}" count="{len(entries)}"></div>'
    answer = {"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>{pager}"}}
    return json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8"


def _drupal(asked: Mapping[str, str], entries: Sequence[Page]) -> tuple[str, str]:
    number = int(asked.get("page", "0")) + 1
    rows = "\n".join(
        f'<div class="views-row"><time datetime="{page.day}T12:00:00Z">{page.day:%B %d, %Y}</time>'
        f'<h3 class="field-content"><a href="{page.path}">{_title(page)}</a></h3></div>'
        for page in _shown(entries, number)
        if page.day
    )
    following = ""
    if number * PER_PAGE < len(entries):
        following = f'<nav class="pager"><ul><li class="pager__item pager__item--next"><a href="?page={number}" rel="next">Next ›</a></li></ul></nav>'
    return _shell(
        "News",
        f'<div class="view view-news"><div class="view-content">\n{rows}\n</div>{following}</div>',
        "Drupal 10",
    )


def _govuk(asked: Mapping[str, str], entries: Sequence[Page]) -> tuple[str, str]:
    number = int(asked.get("page", "1"))
    rows = "\n".join(
        f'<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a class="govuk-link" href="{page.path}">{_title(page)}</a></div>'
        f'<ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute">Updated: '
        f'<time datetime="{page.day}">{page.day.day} {page.day:%B %Y}</time></li></ul></li>'
        for page in _shown(entries, number)
        if page.day
    )
    following = ""
    if number * PER_PAGE < len(entries):
        following = f'<nav class="govuk-pagination"><div class="govuk-pagination__next"><a class="govuk-link" rel="next" href="{GOVUK}?page={number + 1}">Next page</a></div></nav>'
    return _shell("News and communications", f'<ul class="gem-c-document-list">\n{rows}\n</ul>{following}')


def _arrays(_asked: Mapping[str, str], entries: Sequence[Page]) -> tuple[str, str]:
    lines = "\n".join(
        f"urls[i]='{page.path}';headers[i]=\"{page.text.title}\";year[i]='{page.day.year}';month[i]='{page.day.month}';day[i]='{page.day.day}';i++;"
        for page in entries
        if page.day
    )
    return _shell("通知公告", f"<script>var i=0;\n{lines}\n</script>")


def _shown(entries: Sequence[Page], number: int) -> Sequence[Page]:
    return entries[max(number - 1, 0) * PER_PAGE : max(number, 0) * PER_PAGE]


def _title(page: Page) -> str:
    return escape(page.text.title, quote=False)


def _shell(title: str, main: str, generator: str = "") -> tuple[str, str]:
    meta = f'<meta name="Generator" content="{generator}">' if generator else ""
    markup = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8">{meta}<title>{title}</title></head>
<body><div class="nav"><a href="/">Home</a></div>
<h1>{title}</h1>
{main}
<div class="footer">Copyright &copy; 2026 Lanhai</div></body></html>
"""
    return markup, "text/html; charset=utf-8"


_MAKERS: Mapping[str, Callable[[Mapping[str, str], Sequence[Page]], tuple[str, str]]] = {
    JPAAS: _jpaas,
    JPAAS_UNIT: _jpaas_unit,
    DRUPAL: _drupal,
    GOVUK: _govuk,
    ARRAYS: _arrays,
}

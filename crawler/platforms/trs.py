"""TRS WCM (拓尔思): most Chinese ministries and many cities; pages numbered by `createPageHTML`."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta, outermost

TRS = Platform(
    name="trs",
    signs=Signs(
        url=re.compile(r"/\d{6}/t\d{8}_\d+(?:_wap)?\.s?html?"),
        classes=("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "trs_paper_default", "Custom_UnionStyle"),
        text=("createPageHTML(", "/was5/web/search", "trssearchform", "countPage"),
        generator=re.compile(r"\bTRS\b"),
    ),
    article=ArticleRules(
        title=(
            by_class("detail-title") + "//h1",
            by_class("article-title"),
            by_class("article_title"),
            by_class("mainCon") + "//*[@class='title']",
            meta("ArticleTitle"),
        ),
        date=(
            meta("PubDate"),
            by_class("detail-title-des"),
            by_class("article-infos-source"),
            by_class("info"),
        ),
        source=(meta("ContentSource"), by_class("detail-title-des"), by_class("article-infos-source")),
        editor=(by_class("pageSource"), by_class("editor")),
        body=(
            outermost("TRS_Editor"),
            outermost("TRS_UEDITOR"),
            *(outermost("trs_editor_view"), outermost("trs_paper_default"), by_class("Custom_UnionStyle")),
            *(by_id("zoom"), by_class("common-detail-page-printer"), by_class("article_con")),
        ),
        noise=(
            "//style",
            by_class("pageSource"),
            "//*[@id='qr_container']",
            "//*[starts-with(@class, 'jiathis')]",
        ),
    ),
    read_list=list_reader("trs"),
)

"""DotNetNuke: committees and members of the US Congress, American states and counties."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class

DOTNETNUKE = Platform(
    name="dotnetnuke",
    signs=Signs(
        generator=re.compile(r"DotNetNuke|^DNN\b"),
        text=("/DesktopModules/", "dnn_ctr", "__dnnVariable"),
    ),
    article=ArticleRules(
        title=(by_class("eds_news_title"), by_class("edn_articleTitle"), by_class("title", tag="h1")),
        date=(by_class("edn_publishedDate"), by_class("date"), "//time/@datetime"),
        body=(
            *(by_class("edn_article"), by_class("article-content"), by_class("DNNArticle_Content")),
            by_class("Normal", tag="div"),
        ),
        shared_container=True,
        noise=(by_class("edn_socialWrapper"), by_class("DnnModule-Social")),
    ),
    read_list=list_reader("dotnetnuke"),
)

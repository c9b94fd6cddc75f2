"""WeChat official accounts, where many bureaus publish; the day stands in a script alone."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.lists.paths import by_class, by_id


def _scripted(before: str) -> str:
    """Return the path of what a script says in the quotes that *before* ends with."""
    mark = f'"{before}"' if "'" in before else f"'{before}'"
    quote = '"\'"' if before.endswith("'") else "'\"'"
    return f"substring-before(substring-after(//script[contains(., {mark})], {mark}), {quote})"


# Unix seconds, or the time of the account's country, as the pages of ten years write it.
_TIMES = (
    *(_scripted('var ct = "'), _scripted("var ct='"), _scripted("var ct = '"), _scripted('publish_time = "')),
    *(_scripted("oriCreateTime = '"), _scripted("createTime = '"), _scripted("create_time: '")),
)

WECHAT = Platform(
    name="wechat",
    signs=Signs(url=re.compile(r"^https?://mp\.weixin\.qq\.com/"), ids=("js_content", "activity-name")),
    article=ArticleRules(
        title=(by_id("activity-name"), "//meta[@property='og:title']/@content"),
        date=(*_TIMES, by_id("publish_time")),
        source=(by_id("js_name"), by_class("profile_nickname")),
        author=(by_id("js_author_name"), by_class("rich_media_meta_text", tag="span")),
        body=(by_id("js_content"),),
        noise=(by_id("js_pc_qr_code"), by_class("rich_media_tool"), by_class("qr_code_pc"), "//mpvoice"),
        line_breaks_end_paragraphs=True,
    ),
)

"""Pages of a few words that say why there is no article are never taken for one."""

from __future__ import annotations

import pytest

from crawler.extract import NotAnArticle, extract_article


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<div>该文章已下线</div><a href='/'>返回首页</a>", "not-found"),
        ("<h2>该内容已被发布者删除</h2>", "not-found"),
        (
            "<h2>此内容因违规无法查看</h2><p>由用户投诉并经平台审核，涉嫌违反相关法律法规和政策</p>",
            "not-found",
        ),
        ("<h2>此帐号已被屏蔽</h2><p>内容无法查看</p>", "not-found"),
        ("<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p>", "challenge"),
        ("<h3>当前访问疑似黑客攻击，已被创宇盾拦截</h3><p>可能原因：触发防护规则</p>", "challenge"),
        ("<script>location.href='/zwgk/1.htm'</script>", "shell"),
    ],
)
def test_a_page_of_a_few_words_is_what_it_says(body: str, kind: str) -> None:
    page = f"<html><head><meta charset=utf-8><title>提示</title></head><body>{body}</body></html>"

    with pytest.raises(NotAnArticle) as caught:
        extract_article(page.encode(), "https://www.city.example/n/1.html")

    assert caught.value.kind == kind


def test_a_page_that_only_sends_elsewhere_is_an_empty_shell() -> None:
    page = b"<html><head><meta http-equiv=Refresh content='0;url=/n/2.html'></head><body></body></html>"

    with pytest.raises(NotAnArticle) as caught:
        extract_article(page, "https://www.city.example/n/1.html")

    assert caught.value.kind == "shell"

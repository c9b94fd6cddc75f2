# ruff: noqa: E501 - markup reads better on one line
"""Every family is known by its signs, and the sign is kept."""

from __future__ import annotations

import subprocess
import sys

import pytest
from lxml import etree

from crawler.extract import PageContext
from crawler.extract.markup.page import read_page
from crawler.platforms import Platform
from crawler.platforms.registry import PLATFORMS, UnknownPlatform, detect, names, platform_named

SIGNS = [
    ("https://x.ningbo.gov.cn/art/2019/6/8/art_1_2.html", "", "hanweb", "url: /art/2019/6/8/art_"),
    ("https://x.gov.cn/a", "<script type='text/xml'><datastore></datastore></script>", "hanweb", "text: <datastore>"),
    ("https://x.gov.cn/a", "<script parseType='bulidstatic'></script>", "jpaas", "text: bulidstatic"),
    ("https://x.gov.cn/a", "<div class='view TRS_UEDITOR'></div>", "trs", "class: TRS_UEDITOR"),
    ("https://x.gov.cn/zw/202008/t20200805_13.html", "", "trs", "url: /202008/t20200805_13.html"),
    ("https://x.gov.cn/a", "<ucapcontent>x</ucapcontent>", "ucap", "text: <ucapcontent"),
    ("https://x.gov.cn/xw/content/post_1.html", "", "nfcms", "url: /content/post_1.html"),
    ("https://x.gov.cn/gkmlpt/index", "", "gkmlpt", "url: /gkmlpt/"),
    ("https://x.gov.cn/a", "<div id='ivs_content'></div>", "etui", "id: ivs_content"),
    ("https://x.gov.cn/a", "<div class='easysite-news-peruse'></div>", "easysite", "class: easysite-news-peruse"),
    ("https://x.gov.cn/a", "<div class='ewb-main'></div>", "epoint", "class: ewb-main"),
    ("https://x.edu.cn/info/1001/2345.htm", "", "vsb", "url: /info/1001/2345.htm"),
    ("https://mp.weixin.qq.com/s/abc", "", "wechat", "url: https://mp.weixin.qq.com/"),
    ("https://www.gov.cn/yaowen/a.htm", "", "govcn", "url: https://www.gov.cn/"),
    ("https://www.gov.uk/government/news/a", "", "govuk", "url: https://www.gov.uk/"),
    ("https://www.gov.scot/news/a/", "", "govscot", "url: https://www.gov.scot/"),
    ("https://x.gov/a", "<meta name='Generator' content='Drupal 10 (https://www.drupal.org)'>", "drupal", "generator: Drupal 10 (https://www.drupal.org)"),
    ("https://x.gov/a", "<div class='field forall-body'></div>", "whitehouse-archives", "class: forall-body"),
    ("https://x.gov/a", "<meta name='generator' content='WordPress 6.8'>", "wordpress", "generator: WordPress 6.8"),
    ("https://x.gov/a", "<link href='/etc.clientlibs/x.css'>", "aem", "text: /etc.clientlibs/"),
    ("https://x.gov/a", "<meta name='GENERATOR' content='Microsoft SharePoint'>", "sharepoint", "generator: Microsoft SharePoint"),
    ("https://x.int/a", "<div class='sf-content-block'></div>", "sitecore", "class: sf-content-block"),
    ("https://x.gov/a", "<script src='/DesktopModules/x.js'></script>", "dotnetnuke", "text: /DesktopModules/"),
    ("https://x.gov/index.php?option=com_content&id=1", "", "joomla", "url: ?option=com_content"),
    ("https://x.bund.de/a", "<meta name='generator' content='Government Site Builder'>", "gsb", "generator: Government Site Builder"),
    ("https://x.at/a", "<meta name='generator' content='TYPO3 CMS'>", "typo3", "generator: TYPO3 CMS"),
    ("https://www.mohw.gov.tw/lp-17-1.html", "", "taiwan", "url: https://www.mohw.gov.tw/"),
    ("https://www.chp.gov.hk/en/a.html", "", "hongkong", "url: https://www.chp.gov.hk/"),
    ("https://www.paul.senate.gov/news", "", "congress", "url: https://www.paul.senate.gov/"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "markup", "name", "evidence"), SIGNS)
def test_a_family_is_known_by_its_sign(url: str, markup: str, name: str, evidence: str) -> None:
    found = detect(
        read_page(f"<html><head></head><body>{markup}<p>text</p></body></html>".encode(), url, PageContext())
    )

    assert found is not None
    assert (found[0].name, found[1]) == (name, evidence)


def test_every_family_has_a_sign_that_is_tested() -> None:
    assert {name for _, _, name, _ in SIGNS} == set(names())


def test_a_page_without_signs_belongs_to_no_family() -> None:
    assert (
        detect(read_page(b"<html><body><p>Hello</p></body></html>", "https://example.org/", PageContext()))
        is None
    )


def test_an_unknown_platform_names_those_there_are() -> None:
    with pytest.raises(UnknownPlatform, match=r"'hanwep'.*hanweb") as caught:
        platform_named("hanwep")

    assert caught.value.name == "hanwep"


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_rule_is_an_absolute_path(platform: Platform) -> None:
    rules = platform.article
    for paths in (rules.title, rules.date, rules.source, rules.author, rules.editor, rules.body, rules.noise):
        for path in paths:
            etree.XPath(path)
            assert path.removeprefix("(").startswith(("//", "substring-before(substring-after(//")), path


def test_importing_the_platforms_loads_no_network_and_no_database() -> None:
    code = "import sys, crawler.platforms.registry; print(*[m for m in ('scrapy', 'twisted', 'sqlalchemy', 'click') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""

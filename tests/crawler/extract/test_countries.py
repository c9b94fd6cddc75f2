from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import extract_article
from crawler.extract.countries import country_of, country_of_host
from crawler.sites import undeclared_site


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("english.ningbo.gov.cn", "CN"),
        ("mp.weixin.qq.com", "CN"),
        ("www.gov.uk", "GB"),
        ("www.state.gov", "US"),
        ("www.army.mil", "US"),
        ("www.gov.me", "ME"),
        ("www.mintic.gov.co", "CO"),
        ("news.example.co", None),
        ("status.example.io", None),
        ("europa.eu", None),
        ("www.who.int", None),
        ("", None),
    ],
)
def test_the_country_of_a_host(host: str, country: str | None) -> None:
    assert country_of_host(host) == country
    assert country_of(f"https://{host}/news/1.html", "") == country


def test_a_site_nobody_declared_is_of_the_country_of_its_host() -> None:
    assert undeclared_site("https://mp.weixin.qq.com/s/abc").timezone == "Asia/Shanghai"
    assert undeclared_site("https://live.example.tv/").country is None


def test_days_of_an_authority_under_a_domain_that_is_sold_are_read_as_its_country_writes_them() -> None:
    page = """<html><head><title>Most otvoren</title></head><body><h1>Most otvoren</h1><p>Objavljeno: 08/05/2026</p>
        <p>Predsjednik opštine otvorio je danas novi most preko rijeke i zahvalio se svim radnicima.</p>
        <p>Most je dug dvjesta metara, a njegova izgradnja je trajala dvije godine i tri mjeseca.</p></body></html>"""

    article = extract_article(page.encode(), "https://www.gov.me/clanak/most-otvoren")

    assert article.published == date(2026, 5, 8)

"""Only plain http and https URLs go out."""

from __future__ import annotations

import pytest
from scrapy import Request

from crawler.middlewares.schemes import SchemeMiddleware
from crawler.network.failures import AddressRefused

OTHER_SCHEMES = """
    file:///etc/passwd FILE:///etc/passwd data:text/html,x ftp://a.gov.cn/x s3://bucket/x gopher://a.gov.cn/
    javascript://a.gov.cn/%0aalert(1) view-source:http://a.gov.cn/
"""
NO_HOSTS = "http:///x http://*.cn/ http://%00.cn/ http://a.cn:0/ http://a<b.cn/ http://a|b.cn/"
CREDENTIALS = "http://english.ningbo.gov.cn@127.0.0.1/ http://user:secret@a.gov.cn/ http://a.cn:80@b.cn/"
PLAIN = """
    http://a.gov.cn/ HTTPS://a.gov.cn/x http://a.gov.cn:8080/x?y http://a_b.gov.cn/ http://[2400:3200::1]/
    http://政府.cn/ http://127.0.0.1:8000/a@b
"""


@pytest.mark.parametrize("url", OTHER_SCHEMES.split())
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="only http and https"):
        SchemeMiddleware().process_request(Request(url))


@pytest.mark.parametrize("url", [*NO_HOSTS.split(), "http://a b.cn/"])
def test_what_can_be_no_host_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="no host"):
        SchemeMiddleware().process_request(Request(url))


@pytest.mark.parametrize("url", CREDENTIALS.split())
def test_credentials_in_a_url_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="credentials"):
        SchemeMiddleware().process_request(Request(url))


@pytest.mark.parametrize("url", PLAIN.split())
def test_plain_urls_pass(url: str) -> None:
    SchemeMiddleware().process_request(Request(url))

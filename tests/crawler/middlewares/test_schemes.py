"""Only http and https go out."""

from __future__ import annotations

import pytest
from scrapy import Request

from crawler.failures import AddressRefused
from crawler.middlewares.schemes import SchemeMiddleware


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "data:text/html,x",
            "ftp://a.gov.cn/x",
            "s3://bucket/x",
        ),
        *(
            "javascript://a.gov.cn/%0aalert(1)",
            "gopher://a.gov.cn/",
            "view-source:http://a.gov.cn/",
            "http:///x",
        ),
    ],
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused, match="only http and https"):
        SchemeMiddleware().process_request(Request(url))


@pytest.mark.parametrize("url", ["http://a.gov.cn/", "HTTPS://a.gov.cn/x", "http://a.gov.cn:8080/x?y"])
def test_http_and_https_pass(url: str) -> None:
    SchemeMiddleware().process_request(Request(url))

"""Public addresses pass, all others are refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from crawler.network.addresses import (
    address_in_header,
    as_browsers_read,
    literal_address,
    refusal_of,
    refusal_of_url,
)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("0.0.0.0", "this network"),
        ("0.1.2.3", "this network"),
        ("10.0.0.1", "private"),
        ("10.255.255.255", "private"),
        ("100.64.0.1", "carriers"),
        ("100.100.100.200", "carriers"),  # a cloud's metadata
        ("100.127.255.255", "carriers"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("168.63.129.16", "metadata"),
        ("169.254.169.254", "metadata"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.192", "protocols"),
        ("192.0.2.1", "documentation"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarks"),
        ("198.19.255.255", "benchmarks"),
        ("203.0.113.9", "documentation"),
        ("224.0.0.251", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::7f00:1", "not a public one"),  # IPv4-compatible
        ("::ffff:127.0.0.1", "disguise"),
        ("::ffff:10.0.0.1", "disguise"),
        ("::ffff:8.8.8.8", "disguise"),
        ("64:ff9b::a00:1", "NAT64"),
        ("64:ff9b:1::a00:1", "NAT64"),
        ("2001:0:0:1::1", "protocols"),  # Teredo
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),  # a cloud's metadata
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "not a public one"),
        ("ff02::1", "multicast"),
    ],
)
def test_refusal_of_names_what_is_wrong(address: str, name: str) -> None:
    assert name in (refusal_of(address) or "")


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.1.0.1"),
        *("223.5.5.5", "240e::1", "2606:4700::1111", "2400:3200::1"),
    ],
)
def test_refusal_of_lets_public_addresses_pass(address: str) -> None:
    assert refusal_of(address) is None


@pytest.mark.parametrize("host", ["english.ningbo.gov.cn", "2130706433", "0x7f.1", "", "127.1"])
def test_a_name_is_no_literal_address(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.gov.cn/x", None),
        ("https://a.gov.cn:8443/x?y#z", None),
        ("http://政府.cn/", None),
        ("http://[2400:3200::1]/", None),
        ("file:///etc/passwd", "only http and https URLs are fetched"),
        ("/relative", "only http and https URLs are fetched"),
        ("http://user@a.gov.cn/", "a URL with credentials is not fetched"),
        ("http:///x", "no host"),
        ("http://a b.cn/", "no host"),
        ("http://a.cn:0/", "no host"),
        ("http://a.cn:99999/", "no URL"),
        ("http://a.cn:x/", "no URL"),
        ("http://[", "no URL"),
        ("http://[x]/", "no URL"),
    ],
)
def test_refusal_of_url_says_why_a_url_is_not_fetched(url: str, reason: str | None) -> None:
    assert refusal_of_url(url) == reason


URLS = st.builds(
    "{}://{}{}{}/{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.text(max_size=20),
    st.sampled_from(["", ":", ":80", ":65536", ":-1"]),
    st.sampled_from(["", ".", "]"]),
    st.text(max_size=20),
)


@given(url=URLS)
def test_what_is_not_refused_can_be_asked_for(url: str) -> None:
    if refusal_of_url(url) is None:
        assert Request(url).url.lower().startswith("http")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://www.example.gov:80/news/", "http://www.example.gov/news/"),
        ("HTTPS://www.example.gov:443", "HTTPS://www.example.gov"),
        ("http://www.example.gov:443/", "http://www.example.gov:443/"),
        ("http://www.example.gov:8080/", "http://www.example.gov:8080/"),
        ("/search?of=http://www.example.gov:80/", "/search?of=http://www.example.gov:80/"),
        (" /a\\b c\n.html ", "/a/b%20c.html"),
    ],
)
def test_an_address_is_read_as_browsers_do(written: str, address: str) -> None:
    assert as_browsers_read(written) == address


@pytest.mark.parametrize(("encoding", "escaped"), [("utf-8", "%E6%96%B0"), ("gbk", "%D0%C2")])
def test_a_header_gives_back_the_bytes_of_an_address(encoding: str, escaped: str) -> None:
    value = "/新/1.html".encode(encoding).decode("latin-1")

    assert address_in_header(value) == f"/{escaped}/1.html"

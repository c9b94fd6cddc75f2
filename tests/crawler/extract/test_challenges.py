"""A firewall's page is recognised; a government's page never is taken for one."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path

import pytest

from crawler.extract.kinds.challenges import challenge_sign

ARTICLE = b"<html><body>" + b"<p>The port opened its new terminal.</p>" * 70 + b"</body></html>"
CLOUDFLARE = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'};</script></html>"
JIASULE = b"<script>document.cookie=('__jsl_clearance=')+'17|0|x';location.href=location.pathname</script>"
RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
ALIYUN = (
    b"<html><script>var arg1='9C07';setCookie('acw_sc__v2', x);document.location.reload()</script></html>"
)
DENIED = (
    b'<H1>Access Denied</H1>You don\'t have permission to access "http://x/" on this server.<P>Reference #18'
)
COOKIE_LOOP = b"<html><body><script>document.cookie='k=1';location.reload()</script></body></html>"
APPLICATION = b'<html><body><div id="app"></div><script src="/static/app.js"></script></body></html>'
SCRIPT_REDIRECT = b"<html><script>location.href='index.html'</script></html>"


@pytest.mark.parametrize(
    ("status", "body", "sign"),
    [
        (403, CLOUDFLARE, "cloudflare"),
        (503, CLOUDFLARE, "cloudflare"),
        (200, CLOUDFLARE, "cloudflare"),
        (521, JIASULE, "jiasule"),
        (200, JIASULE, "jiasule"),
        (412, RUISHU, "ruishu"),
        (202, RUISHU, "ruishu"),
        (200, ALIYUN, "aliyun"),
        (200, COOKIE_LOOP, "script that sets a cookie"),
        (403, "<p>请完成安全验证</p>".encode("gb18030"), "words"),
        (403, "<p>您的访问被拦截</p>".encode(), "words"),
        (200, "<h3>当前访问疑似黑客攻击，已被创宇盾拦截</h3>".encode(), "words"),
        (200, "<p>由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>".encode(), "words"),
        (200, "<h1>当前的网页被「D盾_防火墙」保护!</h1>".encode("gb18030"), "words"),
        (200, "<p>您的访问过于频繁，请输入验证码</p>".encode(), "words"),
        (200, "<p>当前环境异常，完成验证后即可继续访问。</p>".encode(), "words"),
        (200, DENIED, "akamai"),
        (412, b"<html><script>eval(x)</script></html>", "script with status 412"),
        (521, b"<script>eval(x)</script>", "script with status 521"),
    ],
)
def test_challenge_sign_names_the_firewall(status: int, body: bytes, sign: str) -> None:
    assert challenge_sign(status, {}, body) == sign


@pytest.mark.parametrize(
    ("headers", "sign"),
    [
        ({"cf-mitigated": "challenge"}, "cloudflare"),
        ({"x-amzn-waf-action": "captcha"}, "aws-waf"),
        ({"server": "nginx"}, None),
    ],
)
def test_challenge_sign_reads_the_headers(headers: dict[str, str], sign: str | None) -> None:
    assert challenge_sign(200, headers, ARTICLE) == sign


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, ARTICLE),
        (200, ARTICLE + CLOUDFLARE),  # an ordinary page behind the same firewall
        (200, ARTICLE + COOKIE_LOOP),
        (200, APPLICATION),
        (403, b"<h1>Forbidden</h1><p>You don't have permission to access /news/ on this server.</p>"),
        (200, SCRIPT_REDIRECT),
        (200, b""),
        (403, b"<h1>Forbidden</h1>"),
        (412, b"<h1>Precondition Failed</h1>"),
        (503, b"<h1>Service Unavailable</h1>"),
    ],
)
def test_challenge_sign_is_silent_on_what_is_none(status: int, body: bytes) -> None:
    assert challenge_sign(status, {}, body) is None


def saved_pages() -> list[Path]:
    """Return the pages of the shared corpora."""
    folder = Path(os.environ.get("HOTNEWS_SHARED", "../shared")) / "corpora"
    return sorted((*folder.glob("*/*.html"), *folder.glob("*/html/*.html.gz")))


@pytest.mark.corpus
def test_no_saved_page_is_taken_for_a_challenge() -> None:
    pages = saved_pages()

    signs = {
        path.name: challenge_sign(200, {}, gzip.decompress(body) if path.suffix == ".gz" else body)
        for path, body in ((path, path.read_bytes()) for path in pages)
    }

    assert len(pages) > 30
    assert [name for name, sign in signs.items() if sign] == []


@pytest.mark.parametrize(
    "unit", [b"<", b"<a ", b"<!--", b"&a", b"<script>", b"document.cookie", b"location ", b"$_ts"]
)
@pytest.mark.parametrize("status", [200, 412])
def test_the_patterns_are_linear(unit: bytes, status: int) -> None:
    body = b"<script>" + unit * (199_000 // len(unit))
    started = time.process_time()

    challenge_sign(status, {}, body)

    assert time.process_time() - started < 1

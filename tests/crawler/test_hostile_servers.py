"""A server can do its worst: each page ends with the name of what is wrong, and the crawl goes on.

The classes are those of the known vulnerabilities of crawlers; each is tried over a real connection.
"""

from __future__ import annotations

import gzip
import ssl
import zlib
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path

import brotli
import pytest
from backports import zstd

from tests.crawler.certificates import write_certificate
from tests.crawler.probing import Answer, Asked, Loopback, Parts, probe, reply, running_servers

PAGE = reply(200, b"<p>page</p>")
NewServer = Callable[[], Loopback]
MEBIBYTE = 1024 * 1024


def encoded(body: bytes, encoding: str) -> bytes:
    """Return an answer whose body is under *encoding*."""
    return reply(200, body, {"Content-Encoding": encoding})


# Bodies


def zeros(compress: Callable[[bytes], bytes]) -> bytes:
    """Return 64 MB of zeros, compressed."""
    return compress(b"\0" * 64 * MEBIBYTE)


def test_decompression_bombs_are_refused_in_bounded_memory_and_the_host_goes_on(server: Loopback) -> None:
    server.answers |= {
        "/gzip": encoded(zeros(lambda body: gzip.compress(body, 1)), "gzip"),
        "/deflate": encoded(zeros(lambda body: zlib.compress(body, 1)), "deflate"),
        "/br": encoded(zeros(lambda body: bytes(brotli.compress(body, quality=1))), "br"),
        "/zstd": encoded(zeros(zstd.compress), "zstd"),
        "/nested": encoded(
            gzip.compress(gzip.compress(zeros(lambda body: gzip.compress(body, 1)))), "gzip, gzip, gzip"
        ),
        "/members": encoded(gzip.compress(b"") * 200_000, "gzip"),
    }
    bombs = list(server.answers)
    server.answers["/page"] = PAGE

    probed = probe(*(server.url(path) for path in [*bombs, "/page"]))

    assert [result.get("cause") for result in probed.results] == [*["too-large"] * len(bombs), None]
    assert probed.results[-1]["status"] == 200
    assert probed.end["peak_kib"] < 160 * 1024


def test_bodies_without_end_or_without_truth_are_named(server: Loopback) -> None:
    page = b"<p>page</p>"
    endless_chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    cases: dict[str, tuple[Answer, str | None]] = {
        "/declared": (reply(200, page, {"Content-Length": str(50 * MEBIBYTE)}), "too-large"),
        "/endless": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536), "too-large"),
        "/endless-chunks": (endless(chunked, endless_chunk), "too-large"),
        "/short": (reply(200, page, {"Content-Length": "5000"}), "truncated"),
        "/half-chunk": (chunked + b"ff\r\n<p>", "truncated"),
        "/huge-chunk": (chunked + b"f" * 16 + b"\r\n<p>", "truncated"),
        "/torn-gzip": (encoded(gzip.compress(page)[:-9], "gzip"), "truncated"),
        "/plain-as-gzip": (encoded(page, "gzip"), "truncated"),
        "/negative": (reply(200, page, {"Content-Length": "-1"}), "connection"),
        "/no-number": (reply(200, page, {"Content-Length": "many"}), "connection"),
        "/slow": (drip, "timeout"),
        "/page": (PAGE, None),
    }
    server.answers |= {path: answer for path, (answer, _) in cases.items()}

    probed = probe(*map(server.url, cases), DOWNLOAD_TIMEOUT=4)

    named = dict(zip(cases, (result.get("cause") for result in probed.results), strict=True))
    assert named == {path: cause for path, (_, cause) in cases.items()}
    assert "Traceback" not in probed.log


def endless(head: bytes, part: bytes) -> Callable[[Asked], Parts]:
    """Return an answer that never ends."""

    def parts(_: Asked) -> Iterator[bytes]:
        yield head
        yield from repeat(part)

    return parts


def drip(asked: Asked) -> Iterator[bytes]:
    """Answer with a byte every now and then."""
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while not asked.over.wait(0.2):
        yield b"x"


# Headers


def test_hostile_headers_are_data(server: Loopback) -> None:
    cases: dict[str, tuple[Answer, str | None]] = {
        "/endless-line": (endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65_536), "too-large"),
        "/endless-lines": (endless(b"HTTP/1.1 200 OK\r\n", b"X-Y: z\r\n" * 4096), "too-large"),
        "/endless-folds": (endless(b"HTTP/1.1 200 OK\r\nX: y\r\n", b" folded\r\n" * 4096), "too-large"),
        "/endless-100": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "too-large"),
        "/no-http": (b"SSH-2.0-OpenSSH_9\r\n", "connection"),
        "/nothing": (b"", "connection"),
        "/no-status": (b"HTTP/1.1 abc\r\n\r\n", "connection"),
        "/nul": (reply(200, b"<p>", {"X": "a\0b"}), None),
        "/nul-name": (reply(200, b"<p>", {"X-\0": "b"}), None),
        "/latin": (
            b"HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Type: text/html; charset=\xff\r\n\r\n<p>",
            None,
        ),
        "/no-colon": (b"HTTP/1.1 200 OK\r\nrubbish\r\nContent-Length: 3\r\n\r\n<p>", None),
        "/charset": (reply(200, b"<p>", {"Content-Type": "text/html; charset=../../etc/passwd"}), None),
        "/type": (reply(200, b"\x7fELF", {"Content-Type": "\t;;;="}), None),
        "/disposition": (
            reply(200, b"<p>", {"Content-Disposition": "attachment; filename=../../x\0.html"}),
            None,
        ),
        "/referrer": (reply(200, b"<p>", {"Referrer-Policy": "scrapy.utils.misc.load_object"}), None),
        "/refresh": (reply(200, b"<p>", {"Refresh": "0; url=file:///etc/passwd"}), None),
    }
    server.answers |= {path: answer for path, (answer, _) in cases.items()}

    probed = probe(*map(server.url, cases), DOWNLOAD_TIMEOUT=10)

    named = dict(zip(cases, (result.get("cause") for result in probed.results), strict=True))
    assert named == {path: cause for path, (_, cause) in cases.items()}
    assert "Traceback" not in probed.log
    assert probed.end["peak_kib"] < 200 * 1024


# Addresses


def test_no_spelling_of_a_private_address_is_connected_to(server: Loopback) -> None:
    port = server.port
    server.answers["/"] = PAGE
    urls = [
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}/",
        f"http://LOCALHOST:{port}/",
        f"http://localhost.:{port}/",
        f"http://2130706433:{port}/",
        f"http://0x7f000001:{port}/",
        f"http://0x7f.0.0.1:{port}/",
        f"http://0177.0.0.1:{port}/",
        f"http://017700000001:{port}/",
        f"http://127.1:{port}/",
        f"http://127.0.1:{port}/",
        f"http://0:{port}/",
        f"http://0.0.0.0:{port}/",
        f"http://127.0.0.1.:{port}/",
        f"http://[::1]:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"http://[::ffff:7f00:1]:{port}/",
        f"http://[0:0:0:0:0:0:0:1]:{port}/",
        f"http://english.ningbo.gov.cn@127.0.0.1:{port}/",
        f"http://english.ningbo.gov.cn:80@127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}\\@english.ningbo.invalid/",
        f"http://１２７.０.０.１:{port}/",
        f"http://①②⑦.⓪.⓪.①:{port}/",
        f"http://127。0。0。1:{port}/",
        f"http://169.254.169.254:{port}/latest/meta-data/",
        f"http://10.0.0.1:{port}/",
        f"http://100.64.0.1:{port}/",
    ]

    probed = probe(*urls, ALLOW_PRIVATE_ADDRESSES=False, DOWNLOAD_TIMEOUT=3)

    assert server.asked == []
    reached = [result["url"] for result in probed.results if result.get("cause") not in {"address", "dns"}]
    assert reached == []
    refused = [result for result in probed.results if result["cause"] == "address"]
    assert len(refused) >= 20
    assert "Traceback" not in probed.log
    assert "CRITICAL" not in probed.log


def test_only_http_and_https_are_followed_from_anywhere(server: Loopback) -> None:
    secret = "file:///etc/hostname"
    targets = (
        secret,
        "data:text/html,x",
        "ftp://127.0.0.1/x",
        "s3://bucket/x",
        "javascript://x/%0a1",
        "/page",
    )
    server.answers |= {
        f"/{number}": reply(302, headers={"Location": to}) for number, to in enumerate(targets)
    }
    server.answers["/page"] = PAGE
    server.answers["/meta"] = reply(200, f'<meta http-equiv="refresh" content="0; url={secret}">'.encode())
    follow = {"follow": True}

    results = probe(
        *({"url": server.url(f"/{number}"), "meta": follow} for number in range(len(targets))),
        *targets[:5],
        server.url("/meta"),
    ).results

    assert [result.get("cause") for result in results[:5]] == ["address"] * 5
    assert results[5]["status"] == 200
    assert [result.get("cause") for result in results[6:11]] == ["address"] * 5
    assert results[11]["url"] == server.url("/meta")


# Secrets


def test_nothing_personal_crosses_to_another_origin_or_a_proxy_and_no_port_is_open(
    new_server: NewServer,
) -> None:
    first, second, proxy = new_server(), new_server(), new_server()
    cookies = {"Set-Cookie": "session=1; Path=/; Domain=127.0.0.1"}
    first.answers |= {
        "/page": reply(302, headers={"Location": second.url("/end"), **cookies}),
        "/form": reply(307, headers={"Location": second.url("/end"), **cookies}),
        "/home": reply(302, headers={"Location": first.url("/end"), **cookies}),
        "/end": PAGE,
    }
    second.answers["/end"] = PAGE
    secret = {"Authorization": "Basic c2VjcmV0", "Cookie": "token=secret", "Referer": "http://secret.gov.cn/"}

    probed = probe(
        {"url": first.url("/page"), "headers": secret, "meta": {"follow": True}},
        {
            "url": first.url("/form"),
            "headers": secret,
            "meta": {"follow": True},
            "method": "POST",
            "body": "secret",
        },
        {"url": first.url("/home"), "headers": secret, "meta": {"follow": True}},
        environment={"http_proxy": proxy.url("/"), "HTTP_PROXY": proxy.url("/")},
    )

    assert proxy.asked == []
    assert [result["listening"] for result in probed.results] == [[], [], []]
    assert second.paths() == ["/end", "/end"]
    for asked in (*second.asked, *(asked for asked in first.asked if asked.path == "/end")):
        assert asked.headers.keys() & {"authorization", "cookie", "referer"} == set()
        assert (asked.method, asked.body) == ("GET", b"")


# TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a file with a key and a certificate that nobody signed, for another name."""
    return write_certificate(tmp_path / "server.pem")


def test_a_certificate_that_proves_nothing_is_refused_unless_the_site_is_an_exception(
    certificate: Path, new_server: NewServer
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    unencrypted = new_server()
    with running_servers(context) as start:
        server = start()
        server.answers["/page"] = PAGE
        url = f"https://localhost:{server.port}/page"

        plain = f"https://localhost:{unencrypted.port}/page"
        refused, no_tls = probe(url, plain).results
        (accepted,) = probe(url, DOWNLOAD_VERIFY_CERTIFICATES=False).results

    assert refused["cause"] == "tls"
    assert no_tls["cause"] == "tls"
    assert accepted["status"] == 200

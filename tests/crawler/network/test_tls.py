"""Servers prove who they are, by the system's certificates and the settings of the crawl."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.network.failures import failure_of
from crawler.network.tls import tls_context
from storage.records import FailureCause
from tests.crawler.certificates import write_certificate
from tests.crawler.network.test_connections import Server, handling


def context_of(**settings: Any) -> ssl.SSLContext:
    """Return the context of a crawl with these settings."""
    merged = Settings()
    merged.setmodule("crawler.settings")
    merged.setdict(settings)
    return tls_context(merged)


def test_certificates_and_names_are_checked_by_default() -> None:
    context = context_of()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_setting_opens_the_way_to_old_servers() -> None:
    context = context_of(
        DOWNLOAD_TLS_MIN_VERSION="TLSv1.0",
        DOWNLOAD_TLS_MAX_VERSION="TLSv1.2",
        DOWNLOADER_CLIENT_TLS_CIPHERS="DEFAULT:@SECLEVEL=0",
    )

    assert context.minimum_version is ssl.TLSVersion.TLSv1
    assert context.maximum_version is ssl.TLSVersion.TLSv1_2
    assert context.security_level == 0


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate of `localhost` that the system trusts."""
    path = write_certificate(tmp_path / "server.pem", "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def ask(certificate: Path, name: str, server: Server | None = None) -> list[Response]:
    """Return what two requests over TLS to *name* bring."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    async def crawl() -> list[Response]:
        async with handling(server or Server(), tls=context) as asked:
            return [await asked(name=name), await asked(name=name)]

    return asyncio.run(crawl())


def test_a_server_that_proves_its_name_is_read_over_one_connection(certificate: Path) -> None:
    server = Server()

    assert [response.body for response in ask(certificate, "localhost", server)] == [b"page", b"page"]
    assert server.connections == 1


def test_a_server_that_proves_another_name_is_refused(certificate: Path) -> None:
    with pytest.raises(DownloadFailedError, match="certificate is not valid for") as caught:
        ask(certificate, "127.0.0.1")

    assert failure_of(caught.value).cause is FailureCause.TLS


def test_a_body_up_to_the_end_of_a_connection_over_tls_is_whole(certificate: Path) -> None:
    until_end = b"HTTP/1.0 200 OK\r\n\r\n" + b"page" * 50_000
    server = Server([until_end, until_end])

    assert [len(response.body) for response in ask(certificate, "localhost", server)] == [200_000, 200_000]

"""Every way a download can end has its word."""

from __future__ import annotations

import ssl

import pytest
import scrapy.exceptions
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.network.failures import (
    CAUSES,
    AddressRefused,
    BodyTooLarge,
    BodyTruncated,
    FetchFailed,
    HostPaused,
    RobotsForbidden,
    RobotsUnreachable,
    failure_of,
)
from storage.records import Failed, FailureCause


def raised_for(outer: Exception, inner: BaseException) -> Exception:
    """Return *outer* as `raise outer from inner` leaves it."""
    outer.__cause__ = inner
    return outer


TLS = ssl.SSLCertVerificationError("certificate verify failed")


@pytest.mark.parametrize(
    ("exception", "cause"),
    [
        (CannotResolveHostError("no such host"), FailureCause.DNS),
        (UnicodeError("label too long"), FailureCause.DNS),
        (DownloadConnectionRefusedError("refused"), FailureCause.CONNECTION),
        (OSError("broken"), FailureCause.CONNECTION),
        (raised_for(DownloadFailedError("no TLS"), TLS), FailureCause.TLS),
        (DownloadTimeoutError("took longer"), FailureCause.TIMEOUT),
        (ResponseDataLossError("12 bytes of 20"), FailureCause.TRUNCATED),
        (raised_for(ResponseDataLossError("12 bytes"), TLS), FailureCause.TRUNCATED),
        (TimeoutError(), FailureCause.TIMEOUT),
        (DownloadCancelledError(""), FailureCause.TOO_LARGE),
        (NotSupported("Unsupported URL scheme 'file'"), FailureCause.ADDRESS),
        (UnsupportedURLSchemeError("gopher"), FailureCause.ADDRESS),
        (IgnoreRequest("max redirections reached"), FailureCause.REFUSED),
        (RobotsForbidden("Disallow: /"), FailureCause.ROBOTS),
        (RobotsUnreachable("503"), FailureCause.ROBOTS),
        (AddressRefused("10.0.0.1 is private"), FailureCause.ADDRESS),
        (BodyTooLarge("11 MB"), FailureCause.TOO_LARGE),
        (BodyTruncated("gzip"), FailureCause.TRUNCATED),
        (HostPaused("Retry-After: 9999"), FailureCause.REFUSED),
        (ZeroDivisionError("a fault of ours"), FailureCause.CRASHED),
    ],
    ids=lambda value: str(value) if isinstance(value, FailureCause) else type(value).__name__,
)
def test_failure_of_names_what_ended_the_fetch(exception: Exception, cause: FailureCause) -> None:
    assert failure_of(exception).cause is cause


def test_failure_of_keeps_our_own_words() -> None:
    expected = Failed(cause=FailureCause.ROBOTS, detail="robots.txt answered 503")

    assert failure_of(RobotsUnreachable("robots.txt answered 503")) == expected


def test_failure_of_tells_the_innermost_reason_in_one_line() -> None:
    failed = failure_of(raised_for(DownloadFailedError("no TLS"), OSError("certificate\nverify  failed")))

    assert failed.detail == "OSError: certificate verify failed"


def test_failure_of_bounds_the_detail() -> None:
    assert len(failure_of(IgnoreRequest("x" * 10_000)).detail) == 300


def test_every_download_error_of_scrapy_has_a_cause() -> None:
    known = tuple(kind for _, kinds in CAUSES for kind in kinds)
    downloads = [
        error
        for name, error in vars(scrapy.exceptions).items()
        if isinstance(error, type) and name.startswith(("Download", "Response", "Cannot", "Unsupported"))
    ]

    assert len(downloads) == 7
    assert [error for error in downloads if not issubclass(error, known)] == []


def test_our_failures_never_reach_the_log_as_errors() -> None:
    assert issubclass(FetchFailed, IgnoreRequest)

"""Names every way in which a fetch can fail, with the word that the archive keeps."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)

from storage.records import Failed, FailureCause, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

DETAIL_CHARACTERS = 300
ROBOTS = "robots"  # the reason of an article that robots.txt forbids
# The host itself is out of reach: the run is unreachable, not refused.
UNREACHABLE = frozenset({FailureCause.DNS, FailureCause.CONNECTION, FailureCause.TLS, FailureCause.ADDRESS})


class FetchFailed(IgnoreRequest):
    """A fetch that one of our own components ended; Scrapy hands it to the errback and logs nothing."""

    cause = FailureCause.REFUSED

    def __init__(self, detail: str, cause: FailureCause | None = None) -> None:
        self.detail = detail
        self.cause = cause or self.cause
        super().__init__(detail)


class RobotsForbidden(FetchFailed):
    """The site's robots.txt asks us not to fetch this URL."""

    cause = FailureCause.ROBOTS


class RobotsUnreachable(FetchFailed):
    """The site's robots.txt cannot be read, so that nothing on the host may be fetched (RFC 9309).

    Where the host itself cannot be reached, the cause is what stopped us.
    """

    cause = FailureCause.ROBOTS


class AddressRefused(FetchFailed):
    """The URL leads to an address, or by a scheme, that the crawler does not go to."""

    cause = FailureCause.ADDRESS


class BodyTooLarge(FetchFailed):
    """The body is larger than `DOWNLOAD_MAXSIZE`, as received or after inflation."""

    cause = FailureCause.TOO_LARGE


class HeadersTooLarge(FetchFailed):
    """The headers of a response do not end."""

    cause = FailureCause.TOO_LARGE


class BodyTruncated(FetchFailed):
    """The body ends before its encoding says that it is complete."""

    cause = FailureCause.TRUNCATED


class HostPaused(FetchFailed):
    """The host asked for a longer pause than a run can wait for."""


# The first row that fits anything in an exception's chain decides, so the telling ones come first.
CAUSES: tuple[tuple[FailureCause, tuple[type[BaseException], ...]], ...] = (
    (FailureCause.TRUNCATED, (ResponseDataLossError,)),
    (FailureCause.TLS, (ssl.SSLError,)),
    (FailureCause.TIMEOUT, (DownloadTimeoutError, TimeoutError)),
    (FailureCause.DNS, (CannotResolveHostError, UnicodeError)),
    (FailureCause.TOO_LARGE, (DownloadCancelledError,)),  # nothing but the size limit cancels a download
    (FailureCause.ADDRESS, (UnsupportedURLSchemeError, NotSupported)),
    (FailureCause.CONNECTION, (DownloadConnectionRefusedError, DownloadFailedError, OSError)),
    (FailureCause.REFUSED, (IgnoreRequest, StopDownload)),
)
DOWNLOAD_ERRORS: tuple[type[BaseException], ...] = tuple(kind for _, kinds in CAUSES for kind in kinds)


def failure_of(exception: BaseException) -> Failed:
    """Return the result of a fetch that ended in *exception*; one that is no download error is a crash."""
    chain = tuple(_chain(exception))
    for link in chain:
        if isinstance(link, FetchFailed):
            return Failed(cause=link.cause, detail=link.detail[:DETAIL_CHARACTERS])
    for cause, types in CAUSES:
        if any(isinstance(link, types) for link in chain):
            return Failed(cause=cause, detail=_detail(chain))
    return Failed(cause=FailureCause.CRASHED, detail=_detail(chain))


def _chain(exception: BaseException) -> Iterator[BaseException]:
    """Yield *exception* and what it was raised for."""
    link: BaseException | None = exception
    while link is not None:
        yield link
        link = link.__cause__


def _detail(chain: tuple[BaseException, ...]) -> str:
    """Return the last link of *chain* that says something, in one line."""
    for link in reversed(chain):
        if message := " ".join(str(link).split()):
            return f"{type(link).__name__}: {message}"[:DETAIL_CHARACTERS]
    return type(chain[0]).__name__


def result_of(error: BaseException) -> Rejected | Failed:
    """Return what it means for an article that a request of it ended in *error*."""
    if isinstance(error, RobotsForbidden):  # the site's lasting wish: accounted for, not lost
        return Rejected(reason=ROBOTS, detail=error.detail)
    return failure_of(error)

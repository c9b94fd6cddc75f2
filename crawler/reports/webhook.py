"""A report as JSON, posted to an address of the user's choice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from crawler.network.addresses import is_well_formed
from crawler.reports.errors import ReportNotDelivered, ReportSettingsError

if TYPE_CHECKING:
    from crawler.reports.report import RunReport

SECONDS = 10


class _NoRedirects(HTTPRedirectHandler):
    """A redirect would turn the POST into a GET and carry the report elsewhere."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow none; the answer's status is the error."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes reports. It may hold a secret: only its host is ever shown."""

    url: str

    @classmethod
    def at(cls, url: str) -> Webhook:
        """Return the webhook at *url*.

        :raises ReportSettingsError: if it is no http or https URL.
        """
        parts = urlsplit(url) if is_well_formed(url) else None
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise ReportSettingsError("REPORT_WEBHOOK (HOTNEWS_WEBHOOK): an http or https URL is needed")
        return cls(url)

    def send(self, report: RunReport) -> None:
        """Post *report*.

        :raises ReportNotDelivered: if it is not taken within ten seconds.
        """
        body = json.dumps(report.as_json(), ensure_ascii=False).encode()
        request = Request(self.url, body, {"Content-Type": "application/json", "User-Agent": "hotnews"})  # noqa: S310 - `at` lets only http and https pass
        try:
            with build_opener(_NoRedirects).open(request, timeout=SECONDS) as response:
                response.read(1)
        except (OSError, HTTPException, ValueError) as error:
            host = urlsplit(self.url).hostname
            raise ReportNotDelivered(
                f"{report.site}: the webhook at {host} did not take the report: {error}"
            ) from error

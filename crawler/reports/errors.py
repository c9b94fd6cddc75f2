"""Errors of reports.

ReportSettingsError     a destination that cannot be one; the run does not start
ReportNotDelivered      a destination that did not take a report; the run's verdict stays what it is
"""

from __future__ import annotations

from crawler.errors import CrawlError


class ReportSettingsError(CrawlError):
    """A destination of reports that cannot be one."""


class ReportNotDelivered(Exception):
    """A destination did not take a report."""

"""Tells people and monitoring how a run ended: a webhook, an e-mail, a Prometheus text file."""

from crawler.reports.delivery import Destinations, deliver
from crawler.reports.report import RunReport, report_of, report_of_refusal

__all__ = ["Destinations", "RunReport", "deliver", "report_of", "report_of_refusal"]

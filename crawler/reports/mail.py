"""A report as an e-mail."""

from __future__ import annotations

import json
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.reports.errors import ReportNotDelivered, ReportSettingsError

if TYPE_CHECKING:
    from crawler.reports.report import RunReport

SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}
FORM = "smtp[s]://[USER:PASSWORD@]HOST[:PORT]?from=ADDRESS&to=ADDRESS[,ADDRESS]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A mail server, and from whom to whom it carries reports."""

    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: str = ""
    tls: bool = False  # from the first byte; otherwise as soon as the server offers it

    @classmethod
    def at(cls, url: str) -> Mailbox:
        """Return the mailbox that *url* describes, in the form of `FORM`.

        :raises ReportSettingsError: if a part of it is missing.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme)
        except ValueError:
            port = None
        asked = parse_qs(parts.query) if port else {}
        recipients = tuple(filter(None, ",".join(asked.get("to", ())).replace(" ", "").split(",")))
        sender = asked.get("from", [""])[0]
        addresses = (sender, *(recipients or ("",)))
        if not port or not parts.hostname or not all("@" in address for address in addresses):
            raise ReportSettingsError(f"REPORT_MAIL (HOTNEWS_MAIL): {FORM} is needed")
        return cls(
            host=parts.hostname,
            port=port,
            sender=sender,
            recipients=recipients,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or ""),
            tls=parts.scheme == "smtps",
        )

    def send(self, report: RunReport) -> None:
        """Send *report*.

        :raises ReportNotDelivered: if the server does not take it.
        """
        try:
            with self._connected() as server:
                server.send_message(self.message(report))
        except (OSError, smtplib.SMTPException) as error:
            raise ReportNotDelivered(
                f"{report.site}: the mail server {self.host}:{self.port} did not take the report: {error}"
            ) from error

    def message(self, report: RunReport) -> EmailMessage:
        """Return *report* as a message: the headline as its subject, every number below."""
        message = EmailMessage()
        message["Subject"] = " ".join(f"hotnews {report.headline}".split())[:200]
        message["From"] = self.sender
        message["To"] = ", ".join(self.recipients)
        facts = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        message.set_content(f"{report.headline}\n\n{facts}\n")
        return message

    def _connected(self) -> smtplib.SMTP:
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self.user is not None:
            server.login(self.user, self.password)
        return server

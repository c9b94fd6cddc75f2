"""How connections over TLS are secured, by the settings that Scrapy has for it."""

from __future__ import annotations

import ssl
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

VERSIONS = {
    "TLSv1.0": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
LIMITS = {"DOWNLOAD_TLS_MIN_VERSION": "minimum_version", "DOWNLOAD_TLS_MAX_VERSION": "maximum_version"}
CIPHERS = "DOWNLOADER_CLIENT_TLS_CIPHERS"
OP_LEGACY_SERVER_CONNECT = 0x4  # Python names it from 3.12 on


def tls_context(settings: BaseSettings) -> ssl.SSLContext:
    """Return what connections are checked by: the system's certificates, unless a setting says otherwise.

    Old servers that cannot renegotiate safely are spoken with: nothing secret goes to them.
    """
    # Not `create_default_context`, which from Python 3.13 on refuses certificates that browsers take.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.options |= OP_LEGACY_SERVER_CONNECT
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # Python's own limit, which Debian's leaves to OpenSSL
    context.set_ciphers(settings[CIPHERS])
    for name, limit in LIMITS.items():
        if version := settings[name]:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # who names an old version knows
                setattr(context, limit, VERSIONS[version])
    if settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"):
        context.load_default_certs()
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def are_ciphers(value: str) -> bool:
    """Return whether OpenSSL knows a cipher by *value*."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).set_ciphers(value)
    except ssl.SSLError:
        return False
    return True

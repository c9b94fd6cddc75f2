"""Says which URLs and addresses a crawler of public sites has no business at."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https"})
BREAKS = re.compile(r"[\x00-\x1f]+")
DEFAULT_PORT = re.compile(
    r"\A(?:http://[^/?#]{1,255}(?=:80(?:[/?#]|\Z))|https://[^/?#]{1,255}(?=:443(?:[/?#]|\Z)))", re.IGNORECASE
)
BEYOND_ASCII = re.compile(r"[\x80-\xff]")
HOST = re.compile(r"[\w.:-]+")  # a name, in any script, or an address

# Written out, since the standard library's own answer differs between Python versions.
REFUSED_NETWORKS = tuple(
    (ip_network(network), name)
    for network, name in (
        ("0.0.0.0/8", "of this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by carriers (NAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a retired 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "an IPv4 address behind 6to4"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
    )
)
# What `ALLOW_PRIVATE_ADDRESSES` opens; a cloud's metadata service is no site for anybody.
PRIVATE = frozenset({"private", "loopback", "shared by carriers (NAT)"})
PUBLIC_IPV6 = ip_network("2000::/3")


def as_browsers_read(address: str) -> str:
    """Return *address*, as a page writes it, as the URL standard of WHATWG has it.

    That is without line breaks and the scheme's own port, its blanks escaped, backslashes as slashes.
    """
    path, mark, query = BREAKS.sub("", address).strip().replace(" ", "%20").partition("?")
    path = path.replace("\\", "/")
    if origin := DEFAULT_PORT.match(path):
        path = origin[0] + path[origin.end() :].lstrip(":").lstrip("0123456789")
    return path + mark + query


def address_in_header(value: str | None) -> str | None:
    """Return the address that a header, read byte by byte as Latin-1, holds: bytes that are no ASCII escaped.

    So the server gets back the bytes that it sent, whatever encoding it meant.
    """
    return value and BEYOND_ASCII.sub(lambda byte: f"%{ord(byte[0]):02X}", as_browsers_read(value))


def refusal_of_url(url: str) -> str | None:
    """Return why *url* is not fetched, wherever it stood, or None if it may be."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "no URL"
    if parts.scheme not in SCHEMES:
        return "only http and https URLs are fetched"
    if "@" in parts.netloc:  # parsers disagree on where the host begins then
        return "a URL with credentials is not fetched"
    return None if HOST.fullmatch(parts.hostname or "") and port != 0 else "no host"


def is_well_formed(url: str) -> bool:
    """Return whether *url* can be taken apart: its brackets may not be balanced, its port no port."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return True


def refusal_of(address: str) -> str | None:
    """Return what is wrong with *address*, or None if it is a public one.

    :raises ValueError: if it is no IP address.
    """
    parsed = ip_address(address)
    for network, name in REFUSED_NETWORKS:
        if parsed.version == network.version and parsed in network:
            return name
    return None if isinstance(parsed, IPv4Address) or parsed in PUBLIC_IPV6 else "not a public one"


def refusal_unless_private(address: str) -> str | None:
    """Return what is wrong with *address* where private and loopback ones are allowed.

    :raises ValueError: if it is no IP address.
    """
    reason = refusal_of(address)
    return None if reason in PRIVATE else reason


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that *host* spells out, or None if it is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None

"""When two URLs are the same page: the canonical URL key, and the public id made of it."""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from urllib.parse import quote, unquote_to_bytes, urlsplit

from storage.safe_text import storable

TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|gclid|gclsrc|dclid|fbclid|msclkid|yclid|mc_[ce]id"
    r"|_ga|_gl|igshid|wt\.mc_id|share_token|isappinstalled|jsessionid|phpsessid|from_source|spm)",
    re.IGNORECASE,
)
# What a server puts into the address of a document for one visit alone: sessions, signatures that expire.
PASSING = re.compile(
    r"(?:\w*session_?id|(?:access_|csrf_?|x-)?token|nonce|sign(?:ature)?|sig|auth_key|expires?|timestamp|rand(?:om)?"
    r"|_t|_|cb|x-(?:amz|oss|goog)-[\w-]+|(?:aws|oss)accesskeyid|security-token|key-pair-id)",
    re.IGNORECASE,
)
# By a name that sessions have and a value that no number is.
SESSION = re.compile(
    r"(?:sid|sess|session|\w{0,20}session_?id|osc?sid|zenid|\w{0,20}token|_?csrf\w{0,20}|nonce)="
    r"(?P<value>(?=[^&#]{0,60}\d)(?=[^&#]{0,60}[a-z])[\w,.-]{16,128})",
    re.IGNORECASE,
)
# Seconds or milliseconds since 1970, a fraction as scripts make it by chance; no number of an article.
MOMENT = r"1[4-9]\d{8}(?:\d{3})?|0?\.\d{6,20}"
MOMENT_NAMES = r"_|_t|t|ts|r|v|rnd|rand(?:om)?|time(?:stamp)?|nocache"
# The same, and what is no parameter but a long number.
CLOCK = re.compile(rf"(?:t|ts|r|time|v)=(?:{MOMENT})|[0-9a-f]{{16,}}|\d{{10,}}", re.IGNORECASE)
# Where the path names the file, a number that counts visits; one of a version (`v=3`) is told by its name.
COUNTER = re.compile(r"(?:t|ts|time)=\d{1,20}", re.IGNORECASE)
FILE_IN_PATH = re.compile(r"\.(?!(?:aspx?|ashx|jspx?|php\d?|do|cgi|action|s?html?)$)\w{2,5}$", re.IGNORECASE)
OF_HOST = {"mp.weixin.qq.com": re.compile(r"scene|clicktime|enterid|chksm|sessionid|from|subscene|ascene")}
DEFAULT_PAGE = re.compile(r"/(?:index|default)\.(?:html?|shtml|jsp|aspx?|php)$", re.IGNORECASE)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
WAP_TWIN = re.compile(r"_wap(?=\.s?html?$)", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
PATH_SAFE = "/:@!$&'()*+,;=~-._"
QUERY_SAFE = "/:@!$'()*,;~-._?"
ID_CHARACTERS = 20  # 100 bits: short enough to cite, too long to collide on purpose
ID_BYTES = 13  # hold them


def url_key(url: str) -> str:
    """Return the canonical key of *url*: equal keys are one page.

    Scheme, fragment, default port, tracking parameters, the order of parameters, default page names,
    `_wap` twins and spellings of the same bytes make no difference; every other parameter does.
    """
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname, parts.port
    except ValueError:
        return url.strip()
    if parts.scheme not in DEFAULT_PORTS or not name:
        return url.strip()
    host = _host(name)
    if port is not None and port not in DEFAULT_PORTS.values():
        host = f"{host}:{port}"
    query = _query(parts.query, OF_HOST.get(name))
    return f"{host}{_path(parts.path)}{'?' + query if query else ''}"


def lasting_url(url: str) -> str:
    """Return *url* of a document without the parameters that are others at every visit.

    They stay where nothing else of the address tells which document it is.
    """
    address, question, query = url.partition("?")
    if not question:
        return SESSION_IN_PATH.sub("", url)
    query, mark, fragment = query.partition("#")
    parts = query.split("&")
    address = SESSION_IN_PATH.sub("", address)
    names_file = FILE_IN_PATH.search(address) is not None
    kept = [part for part in parts if not (_is_passing(part) or (names_file and COUNTER.fullmatch(part)))]
    if len(kept) == len(parts) or not (kept or names_file):
        return f"{address}?{query}{mark}{fragment}"
    return f"{address}{'?' + '&'.join(kept) if kept else ''}{mark}{fragment}"


def untracked_url(url: str) -> str:
    """Return *url* without the session in its path and without the parameters that its key ignores."""
    address, question, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = "&".join(part for part in query.split("&") if not _is_tracking(part, None))
    return f"{SESSION_IN_PATH.sub('', address)}{question if kept else ''}{kept}{mark}{fragment}"


def public_id(key: str) -> str:
    """Return the citable id of the page with canonical *key*: the same on every engine, for ever."""
    digest = sha256(key.encode("utf-8", "surrogatepass")).digest()[:ID_BYTES]
    return b32encode(digest).decode("ascii")[:ID_CHARACTERS].lower()


def page_id(url: str) -> str:
    """Return the citable id of the page at *url*."""
    return public_id(storable(url_key(url)))


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return host


def _path(path: str) -> str:
    path = SESSION_IN_PATH.sub("", _normal_escapes(path or "/", PATH_SAFE))
    return WAP_TWIN.sub("", DEFAULT_PAGE.sub("/", path))


def _query(query: str, tracking: re.Pattern[str] | None) -> str:
    """Return the parameters that mean something, sorted; `a` and `a=` stay different."""
    kept = [part for part in query.split("&") if part and not _is_tracking(part, tracking)]
    return "&".join(sorted(_parameter(part) for part in kept))


def _is_passing(part: str) -> bool:
    return _is_tracking(part, PASSING) or any(each.fullmatch(part) for each in (CLOCK, SESSION))


def _is_tracking(part: str, of_host: re.Pattern[str] | None) -> bool:
    name = part.partition("=")[0]
    return TRACKING.fullmatch(name) is not None or (
        of_host is not None and of_host.fullmatch(name) is not None
    )


def _parameter(part: str) -> str:
    name, equals, value = part.partition("=")
    return _normal_escapes(name, QUERY_SAFE) + equals + _normal_escapes(value, QUERY_SAFE + "=")


def _normal_escapes(text: str, safe: str) -> str:
    """Return *text* with every byte escaped or not in the one normal way; `+` and `%2B` stay apart."""
    if text.isascii() and "%" not in text and " " not in text:
        return text if _is_plain(text) else quote(text, safe=safe + "+")
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(_escape(piece, safe) for piece in pieces if piece)


def _is_plain(text: str) -> bool:
    return not re.search(r"[\x00-\x20\"<>\\^`{|}\x7f]", text)


def _escape(piece: str, safe: str) -> str:
    if len(piece) == 3 and piece[0] == "%":
        byte = unquote_to_bytes(piece)
        # An escaped delimiter is not the delimiter: only what is never special is unescaped.
        return byte.decode("latin-1") if re.fullmatch(rb"[A-Za-z0-9._~-]", byte) else piece.upper()
    return quote(piece, safe=safe + "+", errors="surrogatepass")

"""The documents that an article carries beside its text, with absolute URLs and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.extract.markup.links import absolute, base_of, in_furniture, titled, unique
from crawler.extract.markup.page import Page
from crawler.extract.text import text_of
from storage.records import Link

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ofd": "application/ofd",
    "wps": "application/vnd.ms-works",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
    "hwp": "application/vnd.hancom.hwp",
    "hwpx": "application/vnd.hancom.hwpx",
    "csv": "text/csv",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}
# What an endpoint may hand out beside; with an address of its own it is a picture of the page.
_HANDED_TYPES = MEDIA_TYPES | {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
}
# Liferay has the key of a document behind its name: plan.pdf/9c3b7a10-52f1-4d0e-a3a6-0d0f6c1b2e77?t=17
_END_OF_NAME = r"(?:$|[?#&]|/[\da-f]{8}-)"
_SUFFIX = re.compile(rf"\.({'|'.join(MEDIA_TYPES)}){_END_OF_NAME}", re.IGNORECASE)
# Of lower-case addresses, a line each: a file, or an endpoint that may hand one out.
_SUFFIX_OF_ANY = re.compile(rf"\.(?:{'|'.join(MEDIA_TYPES)})\s*{_END_OF_NAME}", re.MULTILINE)
_RENDITION = "/pdf"  # how a register of documents ends an address: /doc/document/PE-31-2026-INIT/en/pdf
# Words, one of which is in each address of an endpoint that may hand a file out.
_ENDPOINTS = (
    "down",
    "attach",
    "atch",
    "file",
    "document",
    "dokument",
    "dl-",
    "/media/",
)
# What kind of file it is only the words of such a link tell: "plan.hwp [112 KB]", "Plan (PDF, 1.2 MB)".
_SIZE = r"(?:[\[(（【][^\[\]()（）【】]{0,40}[\])）】]|\d[\d.,]{0,7}\s?[kmg]i?[bo]\b)"
_FILE_NAME = re.compile(
    rf"\.({'|'.join(_HANDED_TYPES)})\s?{_SIZE}?\s?(?:다운로드|다운|내려받기|download|下载|下載)?\s?{_SIZE}?$",
    re.IGNORECASE,
)
_FILE_KIND = re.compile(
    rf"[\[(（【]\s?({'|'.join(MEDIA_TYPES)})(?![A-Za-z])[^\[\]()（）【】]{{0,40}}[\])）】]$", re.IGNORECASE
)
# What tells a file wherever it lies: "(pdf, 340 KB)" says what a reader is about to fetch.
_SIZED_FILE = re.compile(
    rf"[\[(（【]\s?({'|'.join(MEDIA_TYPES)})(?![A-Za-z])[^\[\]()（）【】]{{0,20}}?\d\s?[kmg]i?[bo]\b[^\[\]()（）【】]{{0,20}}[\])）】]",
    re.IGNORECASE,
)
_OPENING, _CLOSING = tuple("[(（【"), tuple("])）】")
# What a link to a file says in place of its name, and how such an address tells one file from another.
_DOWNLOAD = re.compile(
    r"download|herunterladen|télécharger|descargar|baixar|scarica|pobierz|stáhnout|ladda ner|last ned|indir"
    r"|скачать|завантажити|татах|unduh|muat turun|tải (?:về|xuống)|λήψη|הורדה|下载|下載|다운로드|내려받기"
    r"|ダウンロード|تحميل|تنزيل|دانلود|ดาวน์โหลด|डाउनलोड|ডাউনলোড|බාගත|பதிவிறக்க",
    re.IGNORECASE,
)
_IDENTIFIED = re.compile(r"\d{2}|[0-9a-f]{8}-[0-9a-f]{4}")
_SHOWN = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|m4a|mov|ogg)(?:$|[?#])", re.IGNORECASE)
_BEHIND_LABEL = re.compile(r"^[^:：]{1,20}[:：]\s?(?=\S)")
_CLICKS = etree.XPath("//a/@onclick", smart_strings=False)
_SCRIPTED = ("Down(", "ownload(", "ownFile(", "FileDown")  # in the names of functions that open files
_MOST_TEXTS = 12  # beside a link that a function follows
# How the standard framework of Korea's government opens a file, everywhere by the same address.
_EGOV_FILE = re.compile(
    r"fn_egov_down[Ff]ile\(\s{0,4}['\"]([^'\"]{1,100})['\"]\s{0,4},\s{0,4}['\"]([^'\"]{0,20})['\"]"
)
_PICTURED = etree.XPath("string(.//img/@alt)", smart_strings=False)


def attachments_of(page: Page) -> tuple[Link, ...]:
    """Return the documents that *page* links outside of its furniture or shows in a viewer, each once."""
    return unique((*_linked_documents(page), *_scripted_documents(page), *_shown_documents(page)))


def _linked_documents(page: Page) -> Iterator[Link]:
    together = page.elements.addresses.lower()
    endpoints = [word for word in _ENDPOINTS if word in together]
    files = _SUFFIX_OF_ANY.search(together)
    handed = f"{_RENDITION}\n" in f"{together}\n"
    sized = any(_ends_in_brackets(anchor) for _, anchor in page.elements.anchors)
    if not (files or endpoints or handed or sized):
        return
    base = base_of(page)
    known: dict[tuple[etree._Element, bool], bool] = {}
    for href, anchor in page.elements.anchors:
        if files and (match := _SUFFIX.search(href.strip())):
            link = _document(anchor, base, match[1])
        elif handed and href.rstrip().endswith(_RENDITION) and _is_elsewhere(href, base):
            link = _document(anchor, base, "pdf")
        elif endpoints and any(map(href.lower().__contains__, endpoints)):
            link = _handed_out(anchor, href, base)
        elif sized and _ends_in_brackets(anchor):
            link = _sized_file(anchor, href, base)
        else:
            continue
        if link is not None and not in_furniture(anchor, known):
            yield link


def _ends_in_brackets(anchor: etree._Element) -> bool:
    """Return whether something in brackets stands at the end of the words of *anchor* or right behind."""
    behind = anchor.tail
    if behind and behind.lstrip().startswith(_OPENING):
        return True
    last = anchor[-1] if len(anchor) else None
    words = anchor.text if last is None else last.tail or last.text
    return words is not None and words.rstrip().endswith(_CLOSING)


def _is_elsewhere(href: str, base: str) -> bool:
    """Return whether *href* leads to another host: on its own it is the page itself, as a file."""
    url = absolute(base, href)
    return url is not None and urlsplit(url).hostname != urlsplit(base).hostname


def _document(anchor: etree._Element, base: str, suffix: str) -> Link | None:
    """Return the file that *anchor* links by its address, which ends with *suffix*."""
    url, title = _target(anchor, base)
    return Link(url=url, title=title, media_type=_type_of(suffix)) if url else None


def _target(anchor: etree._Element, base: str) -> tuple[str | None, str | None]:
    url = absolute(base, anchor.get("href") or "")
    title = titled(anchor.get("title")) or titled(text_of(anchor))
    return url, title or (unquote(urlsplit(url).path.rpartition("/")[2]) if url else None)


def _handed_out(anchor: etree._Element, href: str, base: str) -> Link | None:
    """Return the file that the endpoint at *href* hands out, if the words of *anchor* say what file it is."""
    opened = _EGOV_FILE.search(href)
    address = f"/cmm/fms/FileDown.do?atchFileId={opened[1]}&fileSn={opened[2]}" if opened else href
    said = _said_of(anchor)
    for each in said:
        match = _FILE_NAME.search(each) or _FILE_KIND.search(each)
        if match and (url := absolute(base, address)):
            return Link(url=url, title=each, media_type=_type_of(match[1]))
    behind = _FILE_KIND.match(" ".join((anchor.tail or "").split()))
    name, url = titled(text_of(anchor)), absolute(base, address) if behind else None
    if behind and name and url:
        return Link(url=url, title=name, media_type=_type_of(behind[1]))
    return _unnamed_file(anchor, href, base, said)


def _sized_file(anchor: etree._Element, href: str, base: str) -> Link | None:
    """Return the file at *href* if the words of *anchor*, or those right behind it, say its kind and size."""
    name = titled(text_of(anchor))
    match = _SIZED_FILE.match((anchor.tail or "").lstrip()) or _SIZED_FILE.search(name or "")
    url = absolute(base, href) if match and name else None
    return Link(url=url, title=name, media_type=_type_of(match[1])) if match and url else None


def _said_of(anchor: etree._Element) -> Sequence[str]:
    """Return what *anchor* says: in its text, to who points at it, as the name of a file, to who listens."""
    named = anchor.get("download")
    heard = anchor.get("aria-label") if named is not None else None
    said = (titled(text_of(anchor)), titled(anchor.get("title")), titled(named), titled(heard))
    return tuple(dict.fromkeys(filter(None, said)))


def _unnamed_file(anchor: etree._Element, href: str, base: str, said: Sequence[str]) -> Link | None:
    """Return the file of the same site that *anchor* is there to download: of what kind nothing tells."""
    if not _IDENTIFIED.search(href) or _SHOWN.search(href):
        return None
    heard = (*said, titled(anchor.get("aria-label")), titled(_PICTURED(anchor)))
    asks = next((each for each in heard if each and _DOWNLOAD.search(each)), None)
    if asks is None and anchor.get("download") is None:
        return None
    url = absolute(base, href)
    if url is None or urlsplit(url).hostname != urlsplit(base).hostname:
        return None
    title = _BEHIND_LABEL.sub("", asks) if asks else next(iter(said), None)
    return Link(url=url, title=title)


def _scripted_documents(page: Page) -> Iterator[Link]:
    """Yield the files that functions of *page* open, where their names stand at the links to them."""
    scripts = "\n".join((page.elements.addresses, *_CLICKS(page.tree)))
    if not any(sign in scripts for sign in _SCRIPTED):
        return
    from crawler.platforms.lists.script_links import Clicks  # platforms import this package

    clicks, known = Clicks(page=page), dict[tuple[etree._Element, bool], bool]()
    for anchor in page.elements.with_tag("a"):
        script = f"{anchor.get('onclick') or ''}{anchor.get('href') or ''}"
        if not any(sign in script for sign in _SCRIPTED) or in_furniture(anchor, known):
            continue
        row = anchor.getparent()
        beside = titled("".join(islice(row.itertext(), _MOST_TEXTS))) if row is not None else None
        named = (each for each in (*_said_of(anchor), beside) if each and _FILE_NAME.search(each))
        name = next(named, None)
        match = _FILE_NAME.search(name) if name else None
        if match and (url := clicks.destination(anchor)):
            yield Link(url=url, title=name, media_type=_type_of(match[1]))


def _shown_documents(page: Page) -> Iterator[Link]:
    """Yield the documents that viewers on *page* show: `viewer.html?file=plan.pdf`."""
    for viewer in page.tree.iter("iframe", "embed", "object"):
        source = viewer.get("src") or viewer.get("data") or ""
        match = _SUFFIX.search(unquote(source)) if source else None
        if match and (url := absolute(base_of(page), unquote(source.rpartition("file=")[2] or source))):
            yield Link(url=url, title=None, media_type=_type_of(match[1]))


def _type_of(suffix: str) -> str:
    """Return the media type of a file whose name ends so, in any case: the large i of Turkish has a dot."""
    return _HANDED_TYPES[suffix.casefold().replace("\u0307", "")]

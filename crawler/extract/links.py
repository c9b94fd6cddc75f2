"""What an article carries beside its text: attachments and images, with absolute URLs and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, islice, takewhile
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from crawler.extract.blocks import Reading
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.text import text_of
from crawler.network.addresses import as_browsers_read
from storage.records import Link

MOST_LINKS = 200
LONGEST_TITLE = 300
LARGEST_ICON = 50  # pixels
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
# An address that joining leaves as it is: most are written out in full, and joining takes ten times as long.
_WHOLE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[^?#]*(?:\?[^#]+)?(?:#.+)?")
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
_MAIN = etree.XPath("//article|//main")
_PICTURED = etree.XPath("string(.//img/@alt)", smart_strings=False)
# Where a site keeps its own documents (a leaflet, an annual report) on every page.
_FURNITURE = re.compile(
    r"\b(footer|foot|nav|navigation|menu|sidebar|header|breadcrumb|related|eyesight|share|tools?|toolbar"
    r"|files?|documents?|downloads?|attachments?|materials)\b"
)
_FILES = frozenset(
    {
        *("file", "files", "document", "documents", "download", "downloads", "attachment", "attachments"),
        "materials",
    }
)
_OF_FILES = frozenset({"related"})  # what is called so beside these are the article's own
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "header"})
# Spacers, icons and counters are no pictures of the article.
_NO_PICTURE = re.compile(
    r"(?:icon|logo|spacer|blank|pixel|transparent|1x1|loading|arrow|btn|button|qrcode)", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|tiff?)(?:$|[?#])", re.IGNORECASE)
_UNSEEN = frozenset({"title", "script", "style"})
_NEAR_HEADLINE = 6  # elements around a headline; what lies farther out holds the page
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def attachments_of(page: Page) -> tuple[Link, ...]:
    """Return the documents that *page* links outside of its furniture or shows in a viewer, each once."""
    return _unique((*_linked_documents(page), *_scripted_documents(page), *_shown_documents(page)))


def _linked_documents(page: Page) -> Iterator[Link]:
    together = page.elements.addresses.lower()
    endpoints = [word for word in _ENDPOINTS if word in together]
    files = _SUFFIX_OF_ANY.search(together)
    handed = f"{_RENDITION}\n" in f"{together}\n"
    if not (files or endpoints or handed):
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
        else:
            continue
        if link is not None and not _in_furniture(anchor, known):
            yield link


def _is_elsewhere(href: str, base: str) -> bool:
    """Return whether *href* leads to another host: on its own it is the page itself, as a file."""
    url = absolute(base, href)
    return url is not None and urlsplit(url).hostname != urlsplit(base).hostname


def _document(anchor: etree._Element, base: str, suffix: str) -> Link | None:
    """Return the file that *anchor* links by its address, which ends with *suffix*."""
    url, title = _target(anchor, base)
    return Link(url=url, title=title, media_type=_type_of(suffix)) if url else None


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
    name, url = _text(text_of(anchor)), absolute(base, address) if behind else None
    if behind and name and url:
        return Link(url=url, title=name, media_type=_type_of(behind[1]))
    return _unnamed_file(anchor, href, base, said)


def _said_of(anchor: etree._Element) -> Sequence[str]:
    """Return what *anchor* says: in its text, to who points at it, as the name of a file, to who listens."""
    named = anchor.get("download")
    heard = anchor.get("aria-label") if named is not None else None
    said = (_text(text_of(anchor)), _text(anchor.get("title")), _text(named), _text(heard))
    return tuple(dict.fromkeys(filter(None, said)))


def _unnamed_file(anchor: etree._Element, href: str, base: str, said: Sequence[str]) -> Link | None:
    """Return the file of the same site that *anchor* is there to download: of what kind nothing tells."""
    if not _IDENTIFIED.search(href) or _SHOWN.search(href):
        return None
    heard = (*said, _text(anchor.get("aria-label")), _text(_PICTURED(anchor)))
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
        if not any(sign in script for sign in _SCRIPTED) or _in_furniture(anchor, known):
            continue
        row = anchor.getparent()
        beside = _text("".join(islice(row.itertext(), _MOST_TEXTS))) if row is not None else None
        named = (each for each in (*_said_of(anchor), beside) if each and _FILE_NAME.search(each))
        name = next(named, None)
        match = _FILE_NAME.search(name) if name else None
        if match and (url := clicks.destination(anchor)):
            yield Link(url=url, title=name, media_type=_type_of(match[1]))


def _type_of(suffix: str) -> str:
    """Return the media type of a file whose name ends so, in any case: the large i of Turkish has a dot."""
    return _HANDED_TYPES[suffix.casefold().replace("\u0307", "")]


def _shown_documents(page: Page) -> Iterator[Link]:
    """Yield the documents that viewers on *page* show: `viewer.html?file=plan.pdf`."""
    for viewer in page.tree.iter("iframe", "embed", "object"):
        source = viewer.get("src") or viewer.get("data") or ""
        match = _SUFFIX.search(unquote(source)) if source else None
        if match and (url := absolute(base_of(page), unquote(source.rpartition("file=")[2] or source))):
            yield Link(url=url, title=None, media_type=_type_of(match[1]))


def images_of(page: Page, elements: Iterable[etree._Element]) -> tuple[Link, ...]:
    """Return the pictures among *elements*, each once, without icons and spacers."""
    base = base_of(page)
    known: dict[tuple[etree._Element, bool], bool] = {}
    return _unique(
        Link(url=url, title=_text(image.get("alt") or image.get("title")))
        for image in elements
        if not _is_small(image)
        and not _in_furniture(image, known)
        and (url := absolute(base, _source_of(image)))
        and not _NO_PICTURE.search(urlsplit(url).path)
    )


def pictured_body(page: Page, rules: Rules | None, title: str) -> tuple[Link, ...]:
    """Return the pictures that stand where the text of *page* should: in its place, or below the *title*."""
    containers: list[etree._Element] = []
    for path in rules.body if rules else ():
        containers.extend(node for node in path.find(page) if isinstance(node, etree._Element))
    pictures = (image for container in containers or _MAIN(page.tree) for image in container.iter("img"))
    return images_of(page, pictures) or images_of(page, _below_headline(page, title))


def _below_headline(page: Page, title: str) -> Sequence[etree._Element]:
    """Return the pictures that follow the headline in the innermost element that holds both."""
    elements = (element for element in page.tree.iter(etree.Element) if element.tag not in _UNSEEN)
    headline = next((element for element in elements if (element.text or "").strip() == title), None)
    around = islice(headline.iterancestors(), _NEAR_HEADLINE) if headline is not None else ()
    for outer in takewhile(lambda element: element.tag not in ("body", "html"), around):
        below = dropwhile(lambda element: element is not headline, outer.iter(etree.Element))
        if shown := [each for each in below if each.tag == "img" and not _leads_away(each)]:
            return shown
    return ()


def _leads_away(image: etree._Element) -> bool:
    """Return whether *image* is a link to anything but a larger picture of itself."""
    link = next(image.iterancestors("a"), None)
    return link is not None and not _PICTURE.search(link.get("href") or "")


def _is_small(image: etree._Element) -> bool:
    """Return whether *image* says that it is no larger than an icon or a swatch."""
    sizes = (image.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size.isdecimal() and int(size) <= LARGEST_ICON for size in sizes)


def base_of(page: Page) -> str:
    """Return what links of *page* are relative to."""
    bases = (element.get("href") for element in page.elements.with_tag("base"))
    return absolute(page.url, next(filter(None, bases), "")) or page.url


def absolute(base: str, address: str) -> str | None:
    """Return *address* as an http(s) URL, or None where it is none."""
    cleaned = as_browsers_read(address)
    if not cleaned or cleaned.startswith(("javascript:", "data:", "mailto:", "#")):
        return None
    if _WHOLE.fullmatch(cleaned):
        return cleaned
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def _source_of(image: etree._Element) -> str:
    return next((value for name in _LAZY_SOURCES if (value := image.get(name))), "")


def _target(anchor: etree._Element, base: str) -> tuple[str | None, str | None]:
    url = absolute(base, anchor.get("href") or "")
    title = _text(anchor.get("title")) or _text(text_of(anchor))
    return url, title or (unquote(urlsplit(url).path.rpartition("/")[2]) if url else None)


def _text(value: str | None) -> str | None:
    return " ".join(value.split())[:LONGEST_TITLE] or None if value else None


def _in_furniture(element: etree._Element, known: dict[tuple[etree._Element, bool], bool]) -> bool:
    """Return whether *element* lies in furniture; *known* keeps what lies around the elements before it."""
    passed = []
    found = among_files = False
    for parent in element.iterancestors():
        here = (parent, among_files)
        if here in known:
            found = known[here]
            break
        passed.append(here)
        name, identifier = parent.get("class"), parent.get("id")
        named = (name or identifier) and parent.tag not in {"body", "html"}
        words = _telling_words(name, identifier) if named else frozenset()
        among_files = among_files or bool(words & _FILES)
        if parent.tag in _FURNITURE_TAGS or words - _FILES - (_OF_FILES if among_files else frozenset()):
            found = True
            break
    known.update(dict.fromkeys(passed, found))
    return found


@lru_cache(maxsize=4096)
def _telling_words(name: str | None, identifier: str | None) -> frozenset[str]:
    """Return the words in the names of an element that tell furniture or files."""
    return frozenset(_FURNITURE.findall(f"{name or ''} {identifier or ''}".lower()))


def _unique(links: Iterable[Link]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def image_elements(readings: Iterable[Reading]) -> Iterator[etree._Element]:
    """Yield the pictures of what was read as the body."""
    for reading in readings:
        yield from (element for _, element in reading.images)

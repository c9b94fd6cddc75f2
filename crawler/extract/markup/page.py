"""A page, decoded and parsed once; everything that reads markup starts here."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from lxml import etree

from crawler.extract.markup.addresses import well_formed
from crawler.extract.markup.element_index import ElementIndex
from crawler.extract.markup.encoding import decode
from crawler.extract.markup.saved_notes import as_published
from crawler.extract.types import NotAnArticle, PageContext

# A CMS that prints </html> after its head leaves the article outside of the root: `.//p` and every CSS
# selector then find nothing. Without these end tags the parser keeps all of it inside the body.
_EARLY_END = re.compile(rb"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\s*>")
# A page may leave </head> and <body> out; the parser knows of the elements of HTML 4 alone that they end its
# head, and keeps a page that begins with another one in there.
_OF_HEAD = frozenset("title meta link script style base noscript template object basefont bgsound".split())
_BODY = (b"<body", b"<BODY")
_DEEP_TAGS = re.compile(
    rb"</?(?:div|span|font|b|i|em|strong|section|article|table|tbody|tr|td|ul|ol|center|a|blockquote|dl|dd)\b[^<>]*>",
    re.IGNORECASE,
)
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
# One for all pages: to make one takes a fifth of a parse. Not lxml.html's: its Python element classes make
# every access to a node three times as slow. Ids are looked up in the index of elements, the parser need not
# collect them.
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, collect_ids=False)
_NOSCRIPT_TAG = re.compile(r"(</?noscript\b[^<>]{0,200}>)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LEAST_NOSCRIPT = 400  # characters; "please switch scripts on" says less
_EMPTY = b"<html><body></body></html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A decoded page and its tree. The tree belongs to this page alone: read it, never change it."""

    url: str
    text: str
    utf8: bytes  # the text as it was parsed
    tree: etree._Element
    encoding: str
    context: PageContext
    elements: ElementIndex


def read_page(markup: bytes, url: str, context: PageContext) -> Page:
    """Return *markup* decoded and parsed.

    :raises NotAnArticle: if the bytes are a file of another kind ('not-html').
    """
    if is_binary(markup):
        raise NotAnArticle("not-html", url, "the bytes are no text")
    decoded, encoding = decode(markup, context.http_charset)
    text = as_published(decoded)
    as_sent = text is decoded and _is_as_sent(text, encoding, markup)
    utf8 = markup if as_sent else text.encode("utf-8", "replace")
    tree = parse_bytes(utf8)
    return Page(
        url=well_formed(url),
        text=text,
        utf8=utf8,
        tree=tree,
        encoding=encoding,
        context=context,
        elements=ElementIndex(tree),
    )


def without_scripting(page: Page) -> Page | None:
    """Return *page* as a reader without scripts sees it, None where that is no more text.

    Some systems build an article by script and print it a second time for those who run none.
    """
    pieces = _NOSCRIPT_TAG.split(page.text)  # text, tag, text inside, tag, text ...
    inside = (text for tag, text in zip(pieces[1::2], pieces[2::2], strict=True) if tag[1] != "/")
    if sum(len(" ".join(_TAG.sub(" ", text).split())) for text in inside) < _LEAST_NOSCRIPT:
        return None
    return with_markup(page, _NOSCRIPT_TAG.sub("", page.text))


def with_markup(page: Page, text: str) -> Page:
    """Return *page* with the markup *text* in place of its own."""
    utf8 = text.encode("utf-8", "replace")
    tree = parse_bytes(utf8)
    return replace(page, text=text, utf8=utf8, tree=tree, elements=ElementIndex(tree))


def is_binary(markup: bytes) -> bool:
    """Return whether *markup* is an image, a document or an archive rather than text."""
    head = markup[:1024]
    return head.lstrip()[:8].startswith(_BINARY) or (
        head.count(0) * 4 > len(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    )


def _is_as_sent(text: str, encoding: str, markup: bytes) -> bool:
    """Return whether *markup* is UTF-8 of which decoding to *text* changed nothing."""
    return (
        encoding == "utf-8"
        and "\ufffd" not in text
        and b"\0" not in markup
        and not markup.startswith(codecs.BOM_UTF8)
    )


def parse(text: str) -> etree._Element:
    """Return the tree of *text*: one root that holds all of it, at any depth of nesting."""
    return parse_bytes(text.encode("utf-8", "replace"))


def parse_bytes(markup: bytes) -> etree._Element:
    """Return the tree of *markup*, which is UTF-8, as `parse` does."""
    tree, last_error = _parse(markup)
    if "Excessive depth" in last_error:
        # libxml2 drops what lies deeper than 2,048 levels; nobody nests text so deep on purpose.
        tree, _ = _parse(_DEEP_TAGS.sub(b" ", markup))
    return tree


def _parse(markup: bytes) -> tuple[etree._Element, str]:
    parsed = _parse_as_it_is(markup)
    # Few pages end early, and to look for all of their end tags takes a twentieth of a parse.
    if _ends_early(parsed[0]):
        return _parse_as_it_is(_EARLY_END.sub(b"", markup))
    if not any(tag in markup for tag in _BODY):
        _leave_head(parsed[0])
    return parsed


def _parse_as_it_is(markup: bytes) -> tuple[etree._Element, str]:
    try:
        tree = etree.fromstring(markup or _EMPTY, parser=_PARSER)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        tree = etree.fromstring(_EMPTY, parser=_PARSER)
    last = _PARSER.error_log.last_error
    return tree, last.message if last is not None else ""


def _leave_head(tree: etree._Element) -> None:
    """Move what stands in the head of *tree*, from the first element that belongs to the body on, there."""
    head = tree.find("head")
    inside = list(head) if head is not None else []
    ends = (at for at, each in enumerate(inside) if isinstance(each.tag, str) and each.tag not in _OF_HEAD)
    if (end := next(ends, None)) is None:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    inside[-1].tail = f"{inside[-1].tail or ''}{body.text or ''}"
    body.text = None
    body[:0] = inside[end:]


def _ends_early(tree: etree._Element) -> bool:
    """Return whether an element or a text stands behind the body of *tree*, or an element behind its root."""
    body = tree.find("body")
    behind = () if body is None else (body, *body.itersiblings())
    return (
        any((node.tail or "").strip() or (node is not body and isinstance(node.tag, str)) for node in behind)
        or next(tree.itersiblings(etree.Element), None) is not None
    )

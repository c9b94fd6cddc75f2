"""A page, decoded and parsed once; everything that reads markup starts here."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from crawler.extract.types import PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A decoded page and its tree. The tree belongs to this page alone: read it, never change it."""

    url: str
    text: str
    tree: html.HtmlElement
    encoding: str
    context: PageContext


def read_page(markup: bytes, url: str, context: PageContext) -> Page:
    """Return *markup* decoded and parsed."""
    encoding = context.http_charset or "utf-8"
    text = markup.decode(encoding, "replace").replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    return Page(url=url, text=text, tree=tree, encoding=encoding, context=context)

"""Rows in XML: feeds of Scrapy, what trafilatura writes, and feeds or exports that hold whole texts."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from lxml import etree

from crawler.extract.body.fragments import read_fragment
from crawler.importing.rows import row_document
from crawler.importing.types import GET_ANEW, Document, UnreadableDocument

_ROWS = frozenset({"item", "doc", "entry", "article", "post", "record", "row"})
_TEXTS = ("encoded", "content")  # of a feed; its description is the beginning of a text alone
_BY_TRAFILATURA = "main"
_AS_HTML = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "lb": "br",
    "ref": "a",
    "hi": "em",
    "quote": "blockquote",
}
_AS_HTML |= {"row": "tr", "cell": "td", "graphic": "img"}


def read_xml(file: BufferedReader[Any], origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield a document a row of an XML file. :raises UnreadableDocument: if it holds none."""
    number = 0
    rows = etree.iterparse(file, events=("start", "end"), resolve_entities=False, no_network=True)
    try:
        for number, row in enumerate(_rows_of(rows), 1):
            yield row_document(row, f"{origin}:{number}")
    except etree.XMLSyntaxError as error:
        yield UnreadableDocument(
            f"{origin}: damaged or cut off behind row {number} ({error.msg}); {GET_ANEW}"
        )
        return
    if number == 0:
        raise UnreadableDocument(f"{origin}: no item, entry or doc in this XML file")


def _rows_of(events: Iterator[tuple[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the outermost elements that are rows; each is forgotten once it was read."""
    outermost: etree._Element | None = None
    for event, element in events:
        if event == "start":
            is_row = outermost is None and _name(element) in _ROWS
            outermost = element if is_row else outermost
        elif outermost is not None and element is outermost:
            yield _row_of(outermost)
            _forget(outermost)
            outermost = None


def _forget(row: etree._Element) -> None:
    """Take *row*, and what stands before it, out of the tree."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]


def _row_of(element: etree._Element) -> dict[str, Any]:
    row: dict[str, Any] = dict(element.attrib)
    for child in element:
        name = _name(child)
        if name == _BY_TRAFILATURA:
            row["text"] = "\n".join(read_fragment(_as_html(child))[0])
        elif name == "link" and child.get("href"):
            row.setdefault("link", child.get("href"))
        else:
            row.setdefault("text" if name in _TEXTS else name, _value_of(child))
    return row


def _value_of(element: etree._Element) -> Any:
    """Return the text of *element*, or those of the values that it lists."""
    if len(element) and all(_name(child) == "value" for child in element):
        return ["".join(child.itertext()) for child in element]
    return "".join(element.itertext())


def _as_html(main: etree._Element) -> str:
    for element in main.iter(etree.Element):
        element.tag = _AS_HTML.get(_name(element), _name(element))
    return etree.tostring(main, encoding="unicode", with_tail=False)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""

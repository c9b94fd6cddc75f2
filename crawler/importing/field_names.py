"""Rows of other tools under our names: what each calls the fields of an article, and how it wraps them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from crawler.extract.body.fragments import is_markup, read_fragment
from crawler.network.addresses import is_well_formed

# Ours, and what others say, the likeliest first; compared without case, blanks, hyphens and underscores.
_THEIRS = {
    "text": (
        *("maintext", "articletext", "articlebody", "fulltext", "plaintext", "textcontent", "contenttext"),
        *("bodytext", "newstext", "content", "contentencoded", "contenthtml", "bodyhtml", "articlehtml"),
        *("article", "story", "正文", "内容", "內容", "texto", "contenu", "cuerpo", "inhalt"),
    ),
    "title": (
        *("headline", "heading", "titlepage", "articletitle", "newstitle", "ogtitle", "name"),
        *("标题", "標題", "titel", "titre", "título", "titulo"),
    ),
    "url": (
        *("link", "href", "permalink", "articleurl", "newsurl", "pageurl", "sourceurl", "originalurl"),
        *("canonicalurl", "canonicallink", "canonical", "respondedurl", "requestedurl", "finalurl", "weburl"),
        *("targeturi", "source", "guid", "id", "链接", "网址", "網址"),
    ),
    "published": (
        *("publishedat", "datepublished", "datepublish", "publishdate", "publicationdate", "publishingdate"),
        *("publisheddate", "publishedtime", "publishtime", "pubdate", "pubtime", "articledate", "newsdate"),
        *("postdate", "postedat", "releasedate", "firstpublishedat", "webpublicationdate"),
        *(
            "articlepublishedtime",
            "date",
            "datetime",
            "发布时间",
            "发布日期",
            "日期",
            "發布日期",
            "fecha",
            "datum",
        ),
    ),
    "author": ("authors", "byline", "creator", "dccreator", "writer", "作者"),
    "source": ("sourcehostname", "sitename", "publisher", "publishername", "newssource", "来源", "來源"),
    "language": ("lang", "metalang", "inlanguage"),
    "fetched_at": (
        *("datedownload", "downloaddate", "downloadedat", "crawldate", "crawledat", "crawltime", "scrapedat"),
        *("scrapedate", "scrapedtime", "retrievedat", "retrievaldate", "collectedat", "fetchtime"),
    ),
    "html": ("rawhtml", "htmlraw", "pagehtml", "fullhtml", "htmlcontent"),
}
_INSIDE = ("rendered", "name", "@value", "value", "#text", "text", "content")  # of an object for one value
_TIMES = frozenset({"published", "fetched_at"})
_ROW_INSIDE = ("_source", "html")  # objects that hold more of a row: those of search engines and of Fundus
_OF_AN_EXPORT = frozenset({"extractor_version", "published_from"})  # ours, where markup is what a text says
_NO_LETTER = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[a-z/][^<>]{0,500}>", re.IGNORECASE)
_ENTIRE = re.compile(r"\s{0,99}<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_DEEPEST = 3  # objects around the rows


def rows_in(value: Any) -> Sequence[Any]:
    """Return the rows of *value*: those that an answer of an interface is wrapped around, else itself."""
    if not isinstance(value, dict) or has_text(renamed(value)):
        return (value,)
    return _wrapped(value, 0) or (value,)


def _wrapped(answer: Mapping[str, Any], depth: int) -> Sequence[Any]:
    for each in answer.values():
        if isinstance(each, list) and any(isinstance(row, dict) and has_text(renamed(row)) for row in each):
            return each
        if isinstance(each, dict) and depth < _DEEPEST:
            if has_text(renamed(each)):
                return (each,)
            if inner := _wrapped(each, depth + 1):
                return inner
    return ()


def has_text(row: Mapping[str, Any]) -> bool:
    """Return whether *row* has what an article is made of, or says why it has not."""
    return any(isinstance(row.get(name), str) for name in ("text", "body", "html", "withheld"))


def renamed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return *row* with our fields filled from what another tool calls them; its own stay beside them."""
    whole = dict(row)
    for name in _ROW_INSIDE:
        whole = {**inner, **whole} if isinstance(inner := row.get(name), dict) else whole
    theirs: dict[str, Any] = {}
    for name, value in whole.items():
        if name not in _ROW_INSIDE:
            theirs.setdefault(_squeezed(name), value)
    known = dict(row)
    for ours in _THEIRS:
        given = next(_given(ours, row, theirs), None)
        if given is not None and given != row.get(ours):
            known[ours] = given
    if known.get("source") == known.get("url"):
        known["source"] = None
    return known if _OF_AN_EXPORT & row.keys() else _without_markup(known)


def _squeezed(name: object) -> str:
    return _NO_LETTER.sub("", str(name)).lower()


def _given(ours: str, row: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what a row says for a field of ours, the likeliest first."""
    if ours == "html" and (isinstance(row.get(ours), str) or next(_given("text", row, theirs), None)):
        return
    own = (row.get("text"), row.get("body"), theirs.get("body")) if ours == "text" else ()
    for value in (row.get(ours), *own, *map(theirs.get, (_squeezed(ours), *_THEIRS[ours]))):
        said = _said(value, ours)
        if said is None or (ours == "source" and _is_address(said)):
            continue
        if ours != "url" or value is row.get(ours) or _is_address(said):
            yield said


def _said(value: object, ours: str) -> Any:
    """Return what *value* says, None for nothing: it may be wrapped in a list or an object."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if ours in _TIMES else None
    if isinstance(value, dict):
        return next((said for name in _INSIDE if isinstance(said := value.get(name), str)), None)
    if isinstance(value, list):
        said = [each for each in (_said(each, ours) for each in value) if isinstance(each, str)]
        joined = {"text": "\n", "author": ", "}.get(ours)
        return (said[0] if joined is None else joined.join(said)) if said else None
    return None


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://")) and is_well_formed(value)


def _without_markup(row: dict[str, Any]) -> dict[str, Any]:
    """Return *row* with title and text as a reader sees them; a whole page in place of a text is a page."""
    if isinstance(title := row.get("title"), str) and ("&" in title or "<" in title):
        row["title"] = unescape(_TAG.sub("", title))
    name = "text" if isinstance(row.get("text"), str) else "body"
    text = row.get(name)
    if not isinstance(text, str) or isinstance(row.get("html"), str):
        return row
    if _ENTIRE.match(text):
        row["html"] = text
    elif is_markup(text):
        paragraphs, tables = read_fragment(text)
        row["text"] = "\n".join(paragraphs)
        row["tables"] = row.get("tables") or [[list(cells) for cells in table] for table in tables]
    elif "&" in text:
        row[name] = unescape(text)
    return row

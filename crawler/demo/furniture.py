# ruff: noqa: E501  # markup is kept as publishers send it
"""Everything of the demo site that is no news: home page, errors, robots.txt, sitemap, small files."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from http import HTTPStatus

from crawler.demo.editions import Edition
from crawler.demo.replies import Reply, plain_reply

HOME = "/"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STYLE = b"""body{font:16px/1.6 Georgia,serif;max-width:52rem;margin:0 auto;padding:1rem;color:#222}
.header,.site-header{border-bottom:3px solid #b22;padding:.5rem 0;font-size:1.3rem}.nav li,.main-navigation li{display:inline;margin-right:1rem}
.con-title,h1{font-size:1.6rem;font-weight:bold}.footer,.site-footer,.location{color:#777;font-size:.85rem}.eyesight,.tools{text-align:right}
"""


def home_page(edition: Edition) -> str:
    """Return the page a visitor sees first."""
    latest = "\n".join(
        f'<li><a href="{page.path}">{escape(page.text.title, quote=False)}</a></li>'
        for pages in edition.listed.values()
        for page in pages[:3]
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lanhai Municipal People's Government</title><link rel="stylesheet" href="/css/site.css"></head>
<body><div class="header">Lanhai Municipal People's Government</div>
<p>Lanhai is an invented city. Its government exists to be crawled: four sections on three systems of three decades.</p>
<ul><li><a href="/col/col1001/index.html">Hot News</a></li><li><a href="/zwgk/index.html">政务要闻</a></li>
<li><a href="/announcements/">Announcements</a></li><li><a href="/col/col2005/index.html">沙屿县 海岛要闻</a></li></ul>
<h2>Latest</h2>
<ul>
{latest}
</ul>
<div class="footer">Edition {edition.number}</div></body></html>
"""


def error_reply(status: int, *headers: tuple[str, str]) -> Reply:
    """Return an error with a page that says so."""
    reply = plain_reply(status, page_of_error(status, HTTPStatus(status).phrase).encode())
    return replace(reply, headers=(*reply.headers, *headers))


def page_of_error(status: int, title: str) -> str:
    """Return the page that names an error."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{status} {title}</title></head>
<body><h1>{status} {title}</h1><p>The page you asked for cannot be shown.</p><p><a href="/">Home</a></p></body></html>
"""


def robots(base: str) -> str:
    """Return robots.txt: one folder that no section needs is closed."""
    return f"User-agent: *\nDisallow: /internal/\nDisallow: /search\n\nSitemap: {base}/sitemap.xml\n"


def sitemap(base: str, paths: Iterable[str]) -> str:
    """Return the sitemap that names *paths*."""
    entries = "\n".join(f"<url><loc>{base}{path}</loc></url>" for path in paths)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    return f"{head}\n{entries}\n</urlset>\n"


def document(title: str) -> bytes:
    """Return a PDF of one page that says *title* (its ASCII part)."""
    words = title.encode("ascii", "ignore").decode().strip() or "Attachment"
    drawing = f"BT /F1 18 Tf 60 760 Td ({words}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    return _assembled(objects)


def _assembled(objects: Iterable[bytes]) -> bytes:
    pdf, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return pdf + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(pdf))

"""An empty page is the end of a list where it is a page of that list."""

from __future__ import annotations

import pytest

from crawler.walking.list_ends import is_end_of

HEAD = b'<html><title>News</title><body><div class="header">City</div><div id="nav">Home</div>'
FOOT = b'<div class="footer">Contact</div></body></html>'
ROWS = b'<ul class="list"><li class="row-1">A</li><li class="row-2">B</li></ul><div class="pager">Next</div>'
LISTED = HEAD + ROWS + FOOT


@pytest.mark.parametrize(
    ("before", "empty", "ends"),
    [
        (LISTED, HEAD + b'<ul class="list"></ul><div class="pager"></div>' + FOOT, True),
        (LISTED, HEAD + b"<p>No more news.</p>" + FOOT, True),
        (LISTED, HEAD + b"<h1>404 Not Found</h1>" + FOOT, False),
        (LISTED, b"<html><title>Error</title><body><p>The system is busy.</p></body></html>", False),
        (LISTED, HEAD + "<p>系统正在维护，请稍后再试。</p>".encode() + FOOT, False),
        (LISTED, b"", False),
        (LISTED, b'{"code": 500}', False),
        (b"<title>News</title><p><a>A</a></p>", b"<title>News</title>", True),
        (b"<title>News</title><p><a>A</a></p>", b"<title>Busy</title>", False),
        # What a script asks for more of
        (b'<li class="row">A</li>', b"", True),
        (b'<li class="row">A</li>', b"<html><body>Busy</body></html>", False),
        (b'{"rows": [1], "total": 1}', b'{"rows": [], "total": 1}', True),
        (b'{"rows": [1], "total": 1}', b'{"code": 500, "message": "busy"}', False),
        (b'{"code": 200, "data": [1]}', b'{"code": 200, "data": null}', True),
        (b'{"code": 200, "data": [1]}', b'{"code": 500, "data": null}', False),
        (
            b'{"code": 0, "msg": "", "data": [1]}',
            b'{"code": 40001, "msg": "token expired", "data": {}}',
            False,
        ),
        (b'{"success": true, "rows": [1]}', b'{"success": false, "rows": null}', False),
        (b'{"status": "ok", "rows": [1]}', b'{"status": "error", "rows": []}', False),
        (b'{"code": 200, "data": [1]}', '{"code": 404, "msg": "暂无数据", "data": null}'.encode(), True),
        (b'{"code": 200, "data": [1]}', b'{"code": 1, "msg": "No more data.", "data": []}', True),
        (b"[1]", b"[]", True),
        (b"[1]", b"busy", False),
        (b"<?xml version='1.0'?><rss><item/></rss>", b"<?xml version='1.0'?><rss></rss>", True),
    ],
)
def test_an_empty_page_ends_a_list_of_which_it_is_a_page(before: bytes, empty: bytes, ends: bool) -> None:
    assert is_end_of(before, empty) is ends

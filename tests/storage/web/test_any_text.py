"""Any text in any place gives an answer or a clear refusal, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp

from crawler.serving import explain
from storage import Archive
from storage.web.application import make_application
from storage.web.door import Door
from storage.web.endpoints import Endpoint
from storage.web.table import ENDPOINTS
from tests.storage.samples import article, start, visit
from tests.storage.web.asgi import ask, encoded

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),  # lone surrogates and controls too
        st.sampled_from(list("\"'()*:-|\\/.%&=?#;<>[]{}\x00\r\n宁波港ﬁＡ“”｜\u202e\ud800\U0001f6a2")),
    ),
    max_size=60,
)
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLEAR = {200, 400, 404}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=[endpoint.path for endpoint in ENDPOINTS])
@MANY
@given(data=st.data())
def test_any_text_as_any_parameter_gets_a_clear_answer(
    app: ASGIApp, endpoint: Endpoint, data: st.DataObject
) -> None:
    path, query = endpoint.path, []
    for parameter in endpoint.parameters:
        text = encoded(data.draw(ANY_TEXT, parameter.name))
        if parameter.where == "path":
            path = path.replace(f"{{{parameter.name}}}", text)
        elif data.draw(st.booleans(), f"give {parameter.name}"):
            query.append(f"{parameter.name}={text}")

    reply = ask(app, f"{path}?{'&'.join(query)}")

    assert reply.status in CLEAR
    assert reply.body


@MANY
@given(ANY_TEXT)
@example("\x00")
@example("\ud800")
@example("articles/\n")
def test_any_text_as_path_gets_a_clear_answer(app: ASGIApp, text: str) -> None:
    assert ask(app, f"/{encoded(text)}").status in CLEAR


@MANY
@given(st.binary(max_size=80))
def test_any_bytes_as_query_string_get_a_clear_answer(app: ASGIApp, query: bytes) -> None:
    wire = "".join(chr(byte) if 0x20 < byte < 0x7F and byte != 0x3F else f"%{byte:02x}" for byte in query)

    for path in ("/", "/api/search", "/feed.atom"):
        assert ask(app, f"{path}?{wire}").status in CLEAR


@pytest.mark.parametrize("query", ["q=%ff", "q=port%c3", "q=%ed%a0%80", "%ff=port", "q=port&x=%b8%db"])
@pytest.mark.parametrize("path", ["/", "/changes", "/api/search", "/feed.atom", "/feed.json"])
def test_what_is_no_utf_8_is_refused_and_not_searched_for(app: ASGIApp, path: str, query: str) -> None:
    reply = ask(app, f"{path}?{query}")

    assert reply.status == 400
    assert "UTF-8" in reply.text


@MANY
@given(ANY_TEXT)
def test_any_text_as_host_gets_a_clear_answer(app: ASGIApp, text: str) -> None:
    host = text.encode("latin-1", "ignore").decode("latin-1")

    assert ask(app, "/feed.atom", host=host).status in {200, 400}


NASTY = [
    "\x00",
    "\ud800",
    "'; --",
    '"',
    "(" * 80,
    "港\u202e",
    "ﬁ*",
    "A" * 1_500,
    "-a -b",
    "published:0001..9999",
    "\U0001f6a2",
]


@pytest.fixture(scope="module")
def app_on_either(shared_archive_url: str) -> Iterator[ASGIApp]:
    """Return the application over an archive of one article, on each engine."""
    with Archive(shared_archive_url) as archive:
        archive.record(start(archive), visit("one", article()))
    with closing(Door(shared_archive_url, explain)) as door:
        yield make_application(door)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=[endpoint.path for endpoint in ENDPOINTS])
def test_nasty_texts_get_a_clear_answer_on_both_engines(app_on_either: ASGIApp, endpoint: Endpoint) -> None:
    for text in map(encoded, NASTY):
        path = re.sub(r"{\w+}", text, endpoint.path)
        for query in [f"{p.name}={text}" for p in endpoint.parameters if p.where == "query"] or [text]:
            assert ask(app_on_either, f"{path}?{query}").status in CLEAR, (path, query)

"""The pages in a real browser: what is drawn, what is run, what the keyboard reaches."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp

from tests.storage.web.browser import ENTER, TAB, Browser, chromium, missing
from tests.storage.web.filled import SCRIPT, SCRIPT_URL

pytestmark = pytest.mark.browser
Ids = Callable[[object], str]
LIGHT, DARK = ("light", "rgb(251, 250, 247)"), ("dark", "rgb(23, 22, 20)")
PAGES = [
    "/",
    "/?q=harbour",
    "/articles/{harbour}",
    "/articles/{hostile}",
    "/articles/{harbour}/differences/2",
    "/articles/{harbour}/provenance",
    "/changes",
    "/stories",
    "/stories/{http://haiqu.test/1.html}",
    "/sites",
    "/sites/ningbo",
    "/runs",
    "/statistics",
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Yield one window for all tests."""
    reason = missing()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def base(app: ASGIApp) -> Iterator[str]:
    """Serve the filled archive on loopback."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)
    listening.close()


def address(base: str, target: str, ids: Ids) -> str:
    head, brace, rest = target.partition("{")
    name, _, tail = rest.partition("}")
    return f"{base}{head}{ids(name) if brace else ''}{tail}"


@pytest.mark.parametrize("target", PAGES)
def test_a_page_loads_without_a_complaint_of_the_browser(
    browser: Browser, base: str, ids: Ids, target: str
) -> None:
    browser.complaints()

    browser.open(address(base, target, ids))

    assert browser.complaints() == []
    assert browser.count("script") == 0
    assert browser.run("return document.styleSheets[0].cssRules.length") > 50


@pytest.mark.parametrize("target", PAGES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(
    browser: Browser, base: str, ids: Ids, target: str, width: int
) -> None:
    browser.resize(width, 800)

    browser.open(address(base, target, ids))

    assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "colour"), [LIGHT, DARK])
def test_pages_follow_the_colours_that_the_reader_prefers(
    browser: Browser, base: str, scheme: str, colour: str
) -> None:
    browser.prefer(scheme)
    browser.open(base)

    assert browser.run("return getComputedStyle(document.documentElement).backgroundColor") == colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("target", PAGES)
def test_every_text_has_the_contrast_that_weak_eyes_need(
    browser: Browser, base: str, ids: Ids, target: str, scheme: str
) -> None:
    browser.prefer(scheme)
    browser.resize(1280, 900)
    browser.open(address(base, target, ids))

    assert browser.run(CONTRAST) == []


CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
function rgba(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data;
}
function light(colour) {
  const part = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(colour[0] / 255) + 0.7152 * part(colour[1] / 255) + 0.0722 * part(colour[2] / 255);
}
function behind(element) {
  for (; element; element = element.parentElement) {
    const colour = rgba(getComputedStyle(element).backgroundColor);
    if (colour[3] > 250) return colour;
  }
  return rgba('white');
}
const faults = new Set();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
  if (element.closest('svg, .unseen, .skip')) continue;
  const pair = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
  const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  if (ratio < 4.5) faults.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
}
return [...faults];
"""


@pytest.mark.parametrize("target", PAGES)
def test_headings_skip_no_level_and_times_name_their_zone(
    browser: Browser, base: str, ids: Ids, target: str
) -> None:
    browser.open(address(base, target, ids))

    levels = browser.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert browser.run(ZONELESS) == []


ZONELESS = """
function heading(time) {
  const cell = time.closest('td, th'), table = time.closest('table');
  const row = table && table.querySelector('thead tr');
  return cell && row ? row.cells[cell.cellIndex].textContent : '';
}
return [...document.querySelectorAll('time')]
  .filter(time => !(time.parentElement.textContent + heading(time)).includes('UTC'))
  .map(time => time.parentElement.textContent);
"""


@pytest.mark.parametrize("target", ["/statistics", "/stories/{http://haiqu.test/1.html}"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_words_of_a_plot_can_be_read_on_any_screen(
    browser: Browser, base: str, ids: Ids, target: str, width: int
) -> None:
    browser.resize(width, 800)
    browser.open(address(base, target, ids))

    heights = browser.run(
        "return [...document.querySelectorAll('.plot .axis')]"
        ".filter(text => text.checkVisibility()).map(text => text.getBoundingClientRect().height)"
    )
    assert heights
    assert 12 <= min(heights) <= max(heights) <= 24


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_plot_shows_its_newest_end_and_no_label_over_another(
    browser: Browser, base: str, by: str, width: int
) -> None:
    browser.resize(width, 800)
    browser.open(f"{base}/statistics?by={by}")

    for places in browser.run(LABEL_PLACES):
        assert all(left >= 0 and right <= width for left, right in places)
        assert all(first[1] < second[0] for first, second in pairwise(sorted(places)))


LABEL_PLACES = """
return [...document.querySelectorAll('.plot .field')].map(field => {
  const labels = [...field.querySelectorAll('.axis')].filter(text => text.checkVisibility());
  const lowest = Math.max(...labels.map(text => +text.getAttribute('y')));
  return labels.filter(text => +text.getAttribute('y') == lowest)
    .map(text => text.getBoundingClientRect()).map(place => [place.left, place.right]);
});
"""


@pytest.mark.parametrize("target", PAGES)
def test_what_is_touched_on_a_phone_is_as_large_as_a_finger(
    browser: Browser, base: str, ids: Ids, target: str
) -> None:
    browser.resize(390, 800)
    browser.open(address(base, target, ids))

    assert browser.run(SMALL) == []


@pytest.mark.parametrize("target", ["/articles/{harbour}/provenance", "/sites", "/runs"])
def test_no_heading_of_a_row_is_broken_within_a_short_word(
    browser: Browser, base: str, ids: Ids, target: str
) -> None:
    browser.resize(390, 800)
    browser.open(address(base, target, ids))

    assert browser.run(BROKEN) == []


BROKEN = """
return [...document.querySelectorAll('.data tbody th')].filter(heading => {
  const range = document.createRange();
  range.selectNodeContents(heading);
  const words = heading.innerText.trim().split(/\\s+/);
  const lines = new Set([...range.getClientRects()].map(place => Math.round(place.top)));
  return words.every(word => word.length < 10) && lines.size > 2 * words.length;
}).map(heading => heading.innerText);
"""


SMALL = """
const touched = 'nav a, summary, button, input:not([type=hidden]), select, .facets a, .chips a, .foot a';
return [...document.querySelectorAll(touched)]
  .filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 44)
  .map(element => `${element.tagName} ${element.innerText} ${element.getBoundingClientRect().height}`);
"""


def test_a_search_in_both_languages_is_typed_and_sent_by_keyboard_alone(browser: Browser, base: str) -> None:
    for words, title in (("harbour", "Harbour opens on Friday"), ("宁波", "宁波港口开放")):
        browser.open(base)  # the search box has the focus at once
        browser.press(*words, ENTER)
        browser.wait_for_address("?q=")

        assert browser.run("return document.querySelector('#q').value") == words
        assert title in browser.text(".hits")
        assert words in browser.run(
            "return [...document.querySelectorAll('mark')].map(m => m.innerText).join()"
        )


def test_the_keyboard_leads_from_a_search_to_the_words_that_changed(browser: Browser, base: str) -> None:
    browser.open(f"{base}/?q=friday")
    browser.press(TAB)
    assert browser.focused() == "Skip to the content"
    browser.press(ENTER)
    reached = [_next(browser) for _ in range(6)]
    assert "Harbour opens on Friday" in reached

    while browser.focused() != "Harbour opens on Friday":
        browser.press(TAB)
    browser.press(ENTER)
    assert "Revision 2 of 2" in browser.text()
    while not browser.focused().startswith("What changed"):
        browser.press(TAB)
    browser.press(ENTER)

    assert browser.text("h1") == "What changed"
    assert browser.text("ins") == "Friday"


def _next(browser: Browser) -> str:
    browser.press(TAB)
    return browser.focused()


def test_what_has_the_focus_is_outlined(browser: Browser, base: str) -> None:
    browser.open(f"{base}/sites")
    browser.press(TAB, TAB)

    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_whatever_can_be_used_has_a_name_for_a_screen_reader(browser: Browser, base: str, ids: Ids) -> None:
    for target in PAGES:
        browser.open(address(base, target, ids))
        nodes = browser.devtools("Accessibility.getFullAXTree", {})["nodes"]
        used = [node for node in nodes if not node["ignored"] and node["role"]["value"] in USED]
        assert used, target
        assert [node["role"] for node in used if not node["name"]["value"].strip()] == [], target


USED = {"link", "button", "searchbox", "combobox", "table", "image", "main", "heading", "meter"} - {
    "main",
    "table",
}


def test_hostile_content_is_text(browser: Browser, base: str, ids: Ids) -> None:
    for target in ("/?q=harbour", "/articles/{hostile}", "/articles/{hostile}/differences/1", "/changes"):
        browser.open(address(base, target, ids))
        assert browser.title != "broken", target
        assert browser.count("main img, main script") == 0
        assert browser.count("main [onerror]") == 0

    browser.open(address(base, "/articles/{hostile}", ids))
    assert SCRIPT in browser.text(".text")
    assert browser.count("a[href^='javascript']") == 0


def test_a_script_for_an_address_is_shown_and_cannot_be_followed(
    browser: Browser, base: str, ids: Ids
) -> None:
    browser.open(f"{base}/articles/{ids(SCRIPT_URL)}")

    assert "javascript://ningbo.test" in browser.text("aside")
    assert browser.count("a[href^='javascript']") == 0


def test_a_right_to_left_override_turns_nothing_outside_its_paragraph(
    browser: Browser, base: str, ids: Ids
) -> None:
    browser.open(f"{base}/articles/{ids('hostile')}")

    assert browser.run("return getComputedStyle(document.querySelector('.text p')).unicodeBidi") in {
        "plaintext",
        "isolate",
    }
    assert browser.text("aside h2").lower() == "where it comes from"


@pytest.mark.parametrize(("word", "begins_at_the_right"), [("city", False), ("مدينة", True), ("עיר", True)])
def test_a_table_begins_where_its_script_begins(
    browser: Browser, base: str, ids: Ids, word: str, begins_at_the_right: bool
) -> None:
    browser.open(address(base, "/articles/{hostile}", ids))

    first, second = browser.run(
        "const cells = [...document.querySelectorAll('.text td')];"
        "cells.forEach(cell => cell.textContent = arguments[0]);"
        "return cells.map(cell => cell.getBoundingClientRect().x)",
        word,
    )

    assert (first > second) is begins_at_the_right


def test_a_title_of_a_megabyte_leaves_the_page_readable(browser: Browser, base: str, ids: Ids) -> None:
    browser.resize(390, 800)
    browser.open(f"{base}/articles/{ids('huge')}")

    assert browser.run("return document.querySelector('h1').getBoundingClientRect().height") < 800
    assert "A short text." in browser.text(".text")


def test_evidence_is_downloaded_and_never_shown(
    browser: Browser, base: str, ids: Ids, tmp_path: Path
) -> None:
    browser.devtools("Browser.setDownloadBehavior", {"behavior": "deny"})
    browser.open(f"{base}/articles/{ids('harbour')}")
    before = browser.url

    browser.run("document.querySelector('a[download]').click()")

    assert browser.url == before
    assert browser.title != "broken"

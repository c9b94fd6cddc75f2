"""A site whose sections have three list pages each, of which the second or the stated total is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from crawler.demo.phrases_en import ENGLISH
from tests.crawler.probing import Asked, Loopback, Parts, reply

PAGES, ROWS = 3, 4
ENTRIES = PAGES * ROWS
CHALLENGE = b"<html><script>document.cookie='wzws_sessionid=1';location.reload()</script></html>"


def entries(name: str, number: int) -> list[str]:
    """Return the paths that list page *number* of a section names."""
    first = (number - 1) * ROWS
    return [f"/{name}/{first + row}.html" for row in range(ROWS)]


def list_page(name: str, number: int, *, total: str = "", rows: Iterable[str] | None = None) -> bytes:
    """Return the markup of a list page with its pager."""
    shown = entries(name, number) if rows is None else rows
    items = "".join(
        f'<li><a href="{path}">{title_of(path)}</a><span>2026-05-{20 - number:02}</span></li>'
        for path in shown
    )
    return page(f'<ul class="list">{items}</ul>{pager(name, number)}<p>{total}</p>')


def pager(name: str, number: int) -> str:
    """Return the links from list page *number* to the others."""
    numbers = "".join(
        f"<span>{each}</span>" if each == number else f'<a href="/{name}/?page={each}">{each}</a>'
        for each in range(1, PAGES + 1)
    )
    following = f'<a href="/{name}/?page={number + 1}">Next</a>' if number < PAGES else ""
    return f'<div class="pages">{numbers}{following}</div>'


def page(body: str) -> bytes:
    """Return a page with this *body*."""
    return f"<html><head><title>News</title></head><body>{body}</body></html>".encode()


def title_of(path: str) -> str:
    """Return the title of the article at *path*, which no other has."""
    return f"{ENGLISH.compose(number_of(path)).title} {path}"


def number_of(path: str) -> int:
    """Return a number for the article at *path*, by which its text is composed."""
    return sum(map(ord, path)) * 7 + int(path.rpartition("/")[2].removesuffix(".html"))


def article(path: str) -> bytes:
    """Return the page of the article at *path*."""
    text = "".join(f"<p>{each}</p>" for each in ENGLISH.compose(number_of(path)).paragraphs)
    return page(f'<h1>{title_of(path)}</h1><p>Updated: 2026-05-18</p><div class="content">{text}</div>')


def cut(markup: bytes) -> bytes:
    """Return an answer that promises more than it brings."""
    return reply(200, markup[: len(markup) // 2], {"Content-Length": str(len(markup))})


# What the second list page answers.
SECOND_PAGES: Mapping[str, Callable[[str], Parts]] = {
    "error": lambda _: reply(500),
    "not-found": lambda _: reply(404),
    "empty": lambda name: reply(200, list_page(name, 2, rows=())),
    "blank": lambda _: reply(200, b""),
    "first-again": lambda name: reply(200, list_page(name, 1)),
    "truncated": lambda name: cut(list_page(name, 2)),
    "without-pager": lambda name: reply(200, list_page(name, 2).partition(b'<div class="pages">')[0]),
    "challenge": lambda _: reply(200, CHALLENGE),
    "to-home": lambda _: reply(302, headers={"Location": "/"}),
    "to-first": lambda name: reply(302, headers={"Location": f"/{name}/"}),
}
# What each list page says of the number of entries, of which there are 12.
TOTALS: Mapping[str, tuple[str, ...]] = {
    "none-stated": ("", "", ""),
    "right": ("共12条",) * 3,
    "larger": ("共100条",) * 3,
    "smaller": ("共5条",) * 3,
    "changing": ("共12条", "共30条", "共12条"),
    "negative": ("共-12条",) * 3,
    "enormous": ("total 99999999999 items",) * 3,
    "no-number": ("共很多条",) * 3,
}


def answer_all(server: Loopback, *, sound: bool = False) -> None:
    """Let *server* answer for each section; as it should where the site is *sound*."""
    server.answers = {"/robots.txt": reply(404), "/": reply(200, page("Home"))}
    for name in (*SECOND_PAGES, *TOTALS):
        totals = TOTALS["right"] if sound or name not in TOTALS else TOTALS[name]
        for number in range(1, PAGES + 1):
            stated = totals[number - 1] if name in TOTALS else ""
            server.answers[f"/{name}/?page={number}"] = reply(200, list_page(name, number, total=stated))
            for path in entries(name, number):
                server.answers[path] = reply(200, article(path))
        server.answers[f"/{name}/"] = server.answers[f"/{name}/?page=1"]
        if name in SECOND_PAGES and not sound:
            second = SECOND_PAGES[name](name)
            assert isinstance(second, bytes)
            server.answers[f"/{name}/?page=2"] = second


def answer_without_end(server: Loopback, name: str, entry: Callable[[int], str]) -> None:
    """Let every number be a list page of the section; *entry* is the path of its so-and-so-many-th entry."""
    server.answers["/robots.txt"] = reply(404)

    def answer(asked: Asked) -> Parts:
        if "?page=" not in asked.path and not asked.path.endswith(f"/{name}/"):
            return reply(200, article(asked.path.partition(";")[0].partition("?")[0]))
        number = int(asked.path.rpartition("=")[2]) if "=" in asked.path else 1
        items = "".join(
            f'<li><a href="{entry(count)}">{title_of(path)}</a><span>2026-05-18</span></li>'
            for count in range((number - 1) * ROWS, number * ROWS)
            for path in [entry(count).partition(";")[0].partition("?")[0]]
        )
        following = f'<a href="/{name}/?page={number + 1}">Next</a>'
        return reply(200, page(f'<ul class="list">{items}</ul><div>{following}</div>'))

    server.otherwise = answer

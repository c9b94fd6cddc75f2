# ruff: noqa: E501 - markup reads better on one line
"""Undated rows that are no news: what leads through a site, its services and its people, parts of a law."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list

SITE = "https://www.example.gov"
SERVICES = (
    "Apply for a passport or renew one online",
    "Register a birth or a death in your district",
    "Apply for child benefit for a new child",
    "Replace a lost or stolen driving licence",
)


def linked(folder: str, *titles: str, row: str = "<li><a href='{url}'>{title}</a></li>") -> str:
    return "".join(
        row.format(url=f"{folder}/{title.lower().replace(' ', '-')}", title=title, number=number)
        for number, title in enumerate(titles, 1)
    )


def listed(folder: str, *titles: str) -> str:
    return f"<ul>{linked(folder, *titles)}</ul>"


SECTIONS = (
    "Short title and commencement of this Act",
    "Abstraction of water without a licence prohibited",
    "Grant or refusal of a licence by the Authority",
)
TREE = "".join(
    f"<li><a href='/{name}'>{name}</a><ul>"
    + linked(f"/{name}", *(f"{title} of the ministry" for title in titles))
    + "</ul></li>"
    for name, titles in {
        "ministry": ("Mission and common values", "Units and their structure"),
        "energy": ("Efficiency in buildings and renewable sources", "Nuclear safety and security"),
    }.items()
)
PAGES = {
    "services, by their heading": ("/citizens", f"<h1>Services for citizens</h1>{listed('/do', *SERVICES)}"),
    "services, by their address": ("/e-services", f"<h1>For you</h1>{listed('/e-services', *SERVICES)}"),
    "services, by the title of the page": (
        "/citizens",
        f"<title>Our services | Ministry of Works</title>{listed('/do', *SERVICES)}",
    ),
    "searches": (
        "/find",
        "<ul>"
        + "".join(f"<li><a href='/search?q={title}'>{title.lower()}</a></li>" for title in SERVICES)
        + "</ul>",
    ),
    "questions": (
        "/tax",
        listed(
            "/tax", "When do I have to file my return?", "How can I get more time?", "What if I cannot pay?"
        ),
    ),
    "questions in Arabic": (
        "/ar/x",
        "<ul>"
        + "".join(
            f"<li><a href='/ar/x/{n}'>كيف يمكنني تقديم طلب للحصول على رخصة {n}؟</a></li>" for n in (1, 2, 3)
        )
        + "</ul>",
    ),
    "sections of a law, by their address": (
        "/acts/2009/water",
        "<ul>"
        + "".join(
            f"<li><a href='/acts/2009/water/section-{n}'>{n} {title}</a></li>"
            for n, title in enumerate(SECTIONS)
        )
        + "</ul>",
    ),
    "sections of a law, by their titles": (
        "/acts/2009/water",
        "<ul>"
        + "".join(
            f"<li><a href='/acts/2009/{n}'>Section {n}. {title}</a></li>"
            for n, title in enumerate(SECTIONS, 1)
        )
        + "</ul>",
    ),
    "chapters of a law": (
        "/flfg/x",
        "<ul>"
        + "".join(
            f"<li><a href='/flfg/{n}.html'>第{n}章 市容和环境卫生的管理与监督</a></li>" for n in "一二三"
        )
        + "</ul>",
    ),
    "a history": (
        "/archive",
        "".join(
            f"<div class='item'><b>{year}</b><h3><a href='/archive/{year}-x-y'>{title}</a></h3></div>"
            for year, title in zip((1838, 1977, 2003), SECTIONS, strict=True)
        ),
    ),
    "offices to be reached by mail": (
        "/offices",
        "<table>"
        + linked(
            "/offices",
            *SERVICES,
            row="<tr><td><a href='{url}'>{title}</a></td><td><a href='mailto:{number}@example.gov'>write</a></td></tr>",
        )
        + "</table>",
    ),
    "offices to be reached by telephone": (
        "/offices",
        "<table>"
        + linked(
            "/offices",
            *SERVICES,
            row="<tr><td><a href='{url}'>{title}</a></td><td>01632 96000{number}</td></tr>",
        )
        + "</table>",
    ),
    "a map of a site": ("/all", f"<ul>{TREE}</ul>"),
    "leaders": (
        "/ldzc/",
        "<ul>"
        + "".join(
            f"<li><a href='/ldzc/{n}/'>张{n} 市委常委、副市长，负责发展改革工作</a></li>" for n in "abc"
        )
        + "</ul>",
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_an_index_is_no_list(kind: str) -> None:
    path, body = PAGES[kind]

    assert not extract_list(f"<html><body>{body}</body></html>".encode(), SITE + path).entries


TITLES = (
    "Harbour authority opens the new berth",
    "Council approves the budget for libraries",
    "Two bridges are closed for repairs",
)
LISTS = {
    "news of a service": ("/services/news", f"<h1>News</h1>{listed('/services/news', *TITLES)}"),
    "news about contacts": (
        "/press",
        f"<h1>Contacts resume at the border: news</h1>{listed('/press', *TITLES)}",
    ),
    "news of a museum of history": (
        "/exhibitions",
        f"<title>History museum | What is on</title>{listed('/exhibitions', *TITLES)}",
    ),
    "one question among the headlines": (
        "/blog",
        listed("/blog", *TITLES, "What does the budget mean for you?"),
    ),
    "rows that are shared by mail": (
        "/blog",
        "<ul>"
        + linked(
            "/blog", *TITLES, row="<li><a href='{url}'>{title}</a> <a href='mailto:?subject=x'>Mail</a></li>"
        )
        + "</ul>",
    ),
    "years in a tree": (
        "/archive",
        "<ul>"
        + "".join(
            f"<li><a href='/archive/{year}'>{year}</a><ul>{linked(f'/archive/{year}', *TITLES)}</ul></li>"
            for year in (2026, 2025)
        )
        + "</ul>",
    ),
    "notices with a year": (
        "/library",
        linked(
            "/library",
            *TITLES,
            row="<div class='item'><b>202{number}</b><h3><a href='{url}'>{title}</a></h3></div>",
        ),
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_an_undated_list_of_news_is_no_index(kind: str) -> None:
    path, body = LISTS[kind]

    found = extract_list(f"<html><body>{body}</body></html>".encode(), SITE + path)

    assert len(found.entries) >= len(TITLES)


def test_what_is_called_an_index_and_has_days_is_a_list() -> None:
    row = "<li><a href='{url}'>{title}</a> <i>2026-03-0{number}</i></li>"
    body = f"<h1>Services</h1><ul>{linked('/services', *TITLES, row=row)}</ul>"

    assert len(extract_list(f"<html><body>{body}</body></html>".encode(), f"{SITE}/services").entries) == 3

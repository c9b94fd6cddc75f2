"""Four rows of a list page in every shape that government sites use; all written for these tests."""

from __future__ import annotations

from datetime import date

LIST_URL = "https://www.example.gov.cn/xw/gzdt/"

ENGLISH_URL = "https://www.example.gov/news/"

MENU = """
<div class="header"><ul class="nav"><li><a href="/">Home</a></li><li><a href="/about/">About the office</a></li>
<li><a href="/services/permits-and-licences/">Permits and licences for residents</a></li>
<li><a href="/contact/">Contact the office</a></li></ul></div>
<div class="crumbs">You are here: <a href="/">Home</a> &gt; <a href="/news/">News</a></div>
"""

FOOTER = """
<div class="footer"><a href="/privacy-and-accessibility-statement">Privacy and accessibility statement</a>
<a href="/copyright">© 2019 All rights reserved</a></div>
"""

TITLES = (
    "Harbour authority opens the new container berth",
    "Council approves budget for three rural libraries",
    "Free flu vaccination starts in all districts on Monday",
    "Two bridges closed for repairs until the end of the month",
)

DAYS = (date(2019, 6, 18), date(2019, 6, 12), date(2019, 6, 8), date(2019, 5, 30))

SLUGS = ("new-container-berth", "three-rural-libraries", "free-flu-vaccination", "two-bridges-closed")


def page(body: str, head: str = "") -> bytes:
    """Return a page with *body* between a menu and a footer."""
    return f"<html><head><title>News</title>{head}</head><body>{MENU}{body}{FOOTER}</body></html>".encode()


def rows(template: str) -> str:
    """Return *template* filled in for each of the four rows."""
    return "\n".join(
        template.format(
            title=title,
            slug=slug,
            day=day,
            us=f"{day.month}/{day.day}/{day:%y}",
            number=number,
            long=f"{day:%B} {day.day}, {day.year}",
            dotted=f"{day:%d.%m.%Y}",
            short=f"{day:%m-%d}",
            month_day=f"{day:%B} {day.day}",
            d=f"{day:%d}",
            ym=f"{day:%Y-%m}",
            weekday=f"{day:%A}",
        )
        for number, (title, slug, day) in enumerate(zip(TITLES, SLUGS, DAYS, strict=True), start=1)
    )


MEGA_MENU = "<nav><ul>{}</ul></nav>".format(
    "".join(
        f"<li><a href='/offices/{n}'>Office of public works and bridges, district {n}</a></li>"
        for n in range(60)
    )
)

EVENTS = "<div class='side'><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/events/{n}'>Open day in the town hall, floor {n}</a> 2019-07-0{n}</li>"
        for n in range(1, 7)
    )
)

SHAPES = {
    "beneath a menu that holds most of the page": MEGA_MENU
    + "<ul>"
    + rows("<li><a href='{slug}.html'>{title}</a> {day}</li>")
    + "</ul>",
    "elements of a component": "<news-list>"
    + rows("<news-item><a href='{slug}.html'>{title}</a><time datetime='{day}'></time></news-item>")
    + "</news-list>",
    "a day for machines": "<ul>"
    + rows("<li data-date='{day}'><a href='{slug}.html'>{title}</a></li>")
    + "</ul>",
    "articles of schema.org": rows(
        "<article itemscope><meta itemprop='datePublished' content='{day}T09:00:00Z'>"
        "<h2><a href='{slug}.html'>{title}</a></h2></article>"
    ),
    "a picture that has a name": "<ul>"
    + rows("<li><a href='{slug}.html'><svg><title>arrow</title></svg><span>{title}</span></a> {day}</li>")
    + "</ul>",
    "list items with a span": "<ul class='list'>"
    + rows("<li><a href='/news/{slug}.html'>{title}</a><span>{day}</span></li>")
    + "</ul>",
    "day before the link": "<ul>"
    + rows("<li><span>[{day}]</span> <a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "senate table": "<table><tr><th>Date</th><th>Title</th></tr>"
    + rows("<tr><td>{us}</td><td><a href='\t\t\n\t/news/{slug}\n\t'>{title}</a></td></tr>")
    + "</table>",
    "flat siblings, day first": "<div id='list'>"
    + rows(
        "<span class='date'>{us}</span><h2><a href='/news/{slug}'>{title}</a></h2>"
        "<p>The office said in a statement that work would go on for several weeks and thanked everybody who had"
        " helped to prepare it. <a href='/news/{slug}'>Continue reading</a></p><hr>"
    )
    + "</div>",
    "flat siblings, day last": "<div id='list'>"
    + rows("<h2><a href='/news/{slug}'>{title}</a></h2><div class='meta'>Posted on {long}</div>")
    + "</div>",
    "text and line breaks": "<td>" + rows("{long} <a href='/news/{slug}'>{title}</a><br>") + "</td>",
    "link, then the day as text": "<div class='txt'>"
    + rows("<a href='/news/{slug}'>{title}</a> ({day})<br/>")
    + "</div>",
    "definition list": "<dl>" + rows("<dt>{long}</dt><dd><a href='/news/{slug}'>{title}</a></dd>") + "</dl>",
    "day headings": rows("<h3>{weekday}, {long}</h3><ul><li><a href='/news/{slug}'>{title}</a></li></ul>"),
    "cards that are links": "<div class='cards'>"
    + rows(
        "<a class='card' href='/news/{slug}'><img src='/i.jpg'><div class='card-body'><h3>{title}</h3>"
        "<p>Work goes on for several weeks, the office said.</p><time datetime='{day}T08:00:00Z'>x</time></div></a>"
    )
    + "</div>",
    "picture and title link": "<div>"
    + rows(
        "<div class='item'><a href='/news/{slug}'><img src='/i.jpg' alt=''></a><div><h4><a href='/news/{slug}'>"
        "{title}</a></h4><span>{dotted}</span></div></div>"
    )
    + "</div>",
    "calendar sheet": "<ul>"
    + rows("<li><div class='sheet'><b>{d}</b><i>{ym}</i></div><a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "category link before the title": "<ul>"
    + rows("<li><a href='/news/topics/'>[City]</a><a href='/news/{slug}'>{title}</a><em>{day}</em></li>")
    + "</ul>",
    "category link in a card": "<div>"
    + rows(
        "<div class='item'><a href='/news/topics/'>City</a><a href='/news/{slug}'>{title}</a><em>{day}</em></div>"
    )
    + "</div>",
    "day and month under a year": "<h3>2019</h3><ul>"
    + rows("<li>{month_day} - <a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "numeric day and month under a year": "<h3>2019年</h3><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a><span>[{short}]</span></li>")
    + "</ul>",
    "rows that differ in class": "<ul>"
    + rows("<li class='kind{number} {slug}'><a href='/news/{slug}'>{title}</a><span>{day}</span></li>")
    + "</ul>",
    "day inside the link": "<ul>"
    + rows("<li><a href='/news/{slug}'><span>{title}</span><i>{day}</i></a></li>")
    + "</ul>",
    "nested tables": "<table><tr><td>"
    + rows("<table><tr><td><a href='/news/{slug}'>{title}</a></td><td>{day}</td></tr></table>")
    + "</td></tr></table>",
    "read-more links only": "<div>"
    + rows("<div class='item'><h3>{title}</h3><p>{long}</p><a href='/news/{slug}'>Read more</a></div>")
    + "</div>",
    "day before the summary": "<ul>"
    + rows(
        "<li><a href='/news/{slug}'><span class='headline'>{title}</span></a><br>{long} -- The office said that work"
        " would go on for several weeks and thanked everybody who had helped to prepare it.</li>"
    )
    + "</ul>",
    "words for screen readers": "<div class='search-results'>"
    + rows(
        "<article><h2><a href='/news/{slug}'>{title}<span class='sr-only'> (opens in a new tab)</span>"
        "<em class='badge'>NEW</em></a></h2><p class='meta'>{day}</p></article>"
    )
    + "</div>",
    "day in the link's text": "<ul>" + rows("<li><a href='/news/{slug}'>[{day}] {title}</a></li>") + "</ul>",
    "day after the link's text": "<ul>"
    + rows("<li><a href='/news/{slug}'>{title} ({day})</a></li>")
    + "</ul>",
    "groups of five": rows(
        "<ul class='five'><li><a href='/news/{slug}'>{title}</a><span>{day}</span></li></ul>"
    ),
    "title rows and day rows": "<table>"
    + rows("<tr><td><a href='/news/{slug}'>{title}</a></td></tr><tr><td>{long}</td></tr>")
    + "</table>",
    "a form around everything": "<form id='aspnetForm' class='leftMenu'><h1>News</h1>"
    + "<ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul></form>",
    "a sidebar beside it": "<div class='has-sidebar'><div class='main'><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul></div><div class='sidebar'><ul><li><a href='/services/a-service-with-a-very-long-name-1'>A service with a"
    " very long name</a> 2019-01-01</li></ul></div></div>",
    "a notice beside it": "<div class='note'><p>"
    + "This office uses letters to keep in touch. " * 14
    + "</p></div><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul>",
    "links without an end": "<ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a><span>{day}</span>")
    + "</ul>",
}

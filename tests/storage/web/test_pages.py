"""What the pages show."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from storage import Archive
from storage.web.narrowing import chosen_terms, groups
from tests.storage.samples import article, start, url, visit
from tests.storage.web.asgi import ask, encoded
from tests.storage.web.conftest import Ask, Serve

Ids = Callable[[object], str]


class Outline(HTMLParser):
    """What a screen reader and a crawler take from a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tables_without_caption = 0
        self._open_tables: list[bool] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given.get("href")))
        elif tag == "label":
            self.labels.add(str(given.get("for")))
        elif tag in {"input", "select"} and given.get("type") != "hidden":
            self.controls.append(given)
        elif tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))


PAGES = [
    "/",
    "/?q=harbour",
    "/?q=nothingatall",
    "/?q=site:ningbo&sort=relevance",
    "/articles/{harbour}",
    "/articles/{hostile}",
    "/articles/{secret}",
    "/articles/{huge}",
    "/articles/{harbour}/differences/2",
    "/articles/{harbour}/differences/1",
    "/articles/{harbour}/provenance",
    "/articles/{hostile}/provenance",
    "/articles/{secret}/provenance",
    "/changes",
    "/changes?change=edited",
    "/changes?change=removed",
    "/stories",
    "/stories/{http://haiqu.test/1.html}",
    "/sites",
    "/sites/ningbo",
    "/sites/haiqu",
    "/runs",
    "/statistics",
    "/statistics?by=day",
]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, get: Ask, ids: Ids) -> str:
    """Return each page of the filled archive."""
    return get(filled_in(request.param, ids)).text


def filled_in(target: str, ids: Ids) -> str:
    if "{" not in target:
        return target
    head, _, rest = target.partition("{")
    name, _, tail = rest.partition("}")
    return f"{head}{ids(name)}{tail}"


def test_a_page_can_be_used_by_keyboard_and_screen_reader(page: str) -> None:
    outline = Outline(page)

    assert '<html lang="en">' in page
    assert outline.headings.count(1) == 1
    assert outline.headings[0] == 1
    assert outline.links[0] == "#content"
    assert "content" in outline.ids
    assert len(outline.ids) == len(set(outline.ids))
    assert {str(control.get("id")) for control in outline.controls} <= outline.labels


def test_a_page_asks_nothing_of_other_servers_and_runs_nothing(page: str) -> None:
    assert "<script" not in page
    assert " style=" not in page
    for attribute in ('src="', 'rel="stylesheet" href="'):
        for place in page.split(attribute)[1:]:
            assert place.startswith("/"), place[:80]


def test_every_link_of_a_page_leads_to_an_answer_or_to_the_web(page: str, get: Ask) -> None:
    for link in Outline(page).links:
        assert link.startswith(("/", "#", "http://", "https://")), link
        if link.startswith("/"):
            assert get(link.replace(" ", "%20")).status in {200, 404 if "/evidence/" in link else 200}, link


def test_a_search_shows_marked_snippets_and_narrows_by_facets(get: Ask) -> None:
    page = get("/?q=harbour").text

    assert "<mark>harbour</mark> is open to everyone" in page
    assert "site%3Aningbo" in page
    assert "published%3A2024-05" in page
    assert "Ningbo Daily" in page


@pytest.mark.parametrize("query", ["宁波", "港", "宁波 港口", "title:宁波"])
def test_chinese_words_of_any_length_are_found(get: Ask, query: str) -> None:
    page = get(f"/?q={encoded(query)}").text.replace("<mark>", "").replace("</mark>", "")

    assert "2 articles" in page
    assert "宁波港口开放" in page


@pytest.mark.parametrize(
    "source",
    [
        'Office "of" (the) Port',
        "“中国宁波”网",
        "宁波日报（记者：张三）",
        "Ｘｉｎｈｕａ",
        "a|b",
        "*",
        "-x  y",
        "news*",
        "O'Neil; DROP",
    ],
)
def test_a_facet_leads_to_as_many_articles_as_it_says_whatever_its_name_is(
    archive: Archive, source: str
) -> None:
    archive.record_all(
        start(archive), [visit(1, article(source=source)), visit(2, article(source="Another"))]
    )

    (choice,) = (
        choice
        for group in groups("harbour", archive.facets("harbour"))
        for choice in group.choices
        if choice.label == source
    )

    assert [hit.url for hit in archive.search(choice.query)] == [url(1)]
    (term,) = chosen_terms(choice.query)
    assert term[1] == "harbour"
    again = groups(choice.query, archive.facets(choice.query))
    assert [choice.label for group in again for choice in group.choices if choice.chosen] == [source]


def test_a_chosen_facet_can_be_taken_away_again(get: Ask) -> None:
    page = get("/?q=harbour+site%3Aningbo").text

    assert 'href="/?q=harbour&amp;sort=newest"' in page


def test_an_address_in_the_search_box_leads_to_its_article(get: Ask, ids: Ids) -> None:
    page = get(f"/?q={encoded('http://ningbo.test/news/harbour.html')}").text

    assert "The archive has this page" in page
    assert f"/articles/{ids('harbour')}" in page


def test_an_article_shows_its_text_its_origin_and_its_revisions(get: Ask, ids: Ids) -> None:
    page = get(f"/articles/{ids('harbour')}").text

    for shown in (
        "The mayor opened four bridges on Friday.",
        "Ningbo Daily",
        "2024-05-03",
        "meta:PubDate",
        "http://ningbo.test/news/harbour.html",
        "edited by the publisher",
        "Revision 2 of 2",
        ".warc.gz",
        "The page as received",
        "Listed in",
    ):
        assert shown in page, shown


def test_differences_mark_the_words_that_changed(get: Ask, ids: Ids) -> None:
    page = get(f"/articles/{ids('harbour')}/differences/2").text

    assert "The mayor opened <del>three</del> bridges on <del>Monday</del>." in page
    assert "The mayor opened <ins>four</ins> bridges on <ins>Friday</ins>." in page
    assert "Harbour opens on <ins>Friday</ins>" in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone", "The site no longer has this page."),
        ("suspected", "will be checked again before it is called removed"),
        ("secret", "This text is withheld: <bdi>a court order</bdi>"),
    ],
)
def test_a_removed_or_withheld_article_says_so(get: Ask, ids: Ids, name: str, sentence: str) -> None:
    assert sentence in get(f"/articles/{ids(name)}").text


@pytest.mark.parametrize(
    "target",
    [
        "/?q=secret",
        "/articles/{secret}",
        "/articles/{secret}/differences/1",
        "/api/articles/{secret}",
        "/api/articles/{secret}/revisions",
        "/api/articles/{secret}/differences/1",
        "/api/articles",
        "/articles/{harbour}/provenance",
        "/articles/{hostile}/provenance",
        "/articles/{secret}/provenance",
        "/changes",
        "/feed.atom",
        "/api/search?q=secret",
    ],
)
def test_withheld_words_are_shown_nowhere(get: Ask, ids: Ids, target: str) -> None:
    text = get(filled_in(target, ids)).text

    assert "Secret words" not in text
    assert "Secret title" not in text


def test_a_copy_leads_to_the_first_publisher_and_a_story_to_its_copies(get: Ask, ids: Ids) -> None:
    first, copy = ids("http://haiqu.test/1.html"), ids("http://haiqu.test/2.html")

    assert f'<a href="/articles/{first}">copy of an earlier text</a>' in get("/").text
    assert f"/articles/{first}" in get(f"/articles/{copy}").text
    story = get(f"/stories/{copy}").text
    assert "2 articles carry this text" in story
    assert f'<a href="/articles/{copy}">' in story
    assert "<circle" in story


def test_a_site_shows_its_sections_with_certificate_and_verdict(get: Ask) -> None:
    page = get("/sites/ningbo").text

    for shown in ("Hot News", "the site states 9", "incomplete", "empty-body", "complete"):
        assert shown in page, shown


def test_a_run_shows_what_it_rejected_and_lost(get: Ask) -> None:
    first = get("/api/runs?site=ningbo").json["runs"][-1]["run"]
    page = get(f"/runs/{first}").text

    for shown in ("rejected", "empty-body", "http://ningbo.test/news/lost.html", "timeout", "incomplete"):
        assert shown in page, shown


def test_a_run_shows_its_early_warnings_and_what_it_measured(get: Ask) -> None:
    first = get("/api/runs?site=ningbo").json["runs"][-1]
    page = get(f"/runs/{first['run']}").text

    assert "layout" in page
    assert "2 of 3 pages" in page
    assert '<td class="n">1,234.5</td><td class="n">600</td><td class="n">–</td>' in page
    assert "rows of the first list page, &lt;script&gt;" in page
    assert first["warnings"][0]["kind"] == "layout"


def test_an_article_that_nobody_copied_names_no_story(get: Ask, ids: Ids) -> None:
    assert "carry this text" not in get(f"/articles/{ids('harbour')}").text
    assert "2 articles carry this text" in get(f"/articles/{ids('http://haiqu.test/1.html')}").text


def test_texts_say_their_language_where_it_is_known(serve: Serve, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        archive.record_all(
            start(archive),
            [
                visit(1, article("Le port ouvre", "Le texte.", language="fr", source="宁波日报")),
                visit(2, article("Порт открыт", "Текст.", language=None)),
            ],
        )
    app = serve(sqlite_url)

    found = ask(app, "/").text
    [hit] = ask(app, "/api/search?q=ouvre").json["hits"]
    page = ask(app, f"/articles/{hit['id']}").text

    assert '<bdi lang="fr">Le port ouvre</bdi>' in found
    assert '<bdi lang="fr">Le texte.</bdi>' in found
    assert '<bdi lang="">Порт открыт</bdi>' in found
    assert hit["language"] == "fr"
    assert '<bdi lang="zh">宁波日报</bdi>' in page


def test_plots_are_drawn_and_stand_beside_a_table_of_their_numbers(get: Ask) -> None:
    page = get("/statistics").text

    assert "<title>2024-05: ningbo 6, haiqu 2</title>" in page
    assert "<caption><span>Articles by the month they were published, and by site</span></caption>" in page
    assert "; the most, 8, in 2024-05. The table below has every number." in page


def test_edits_are_drawn_from_the_first_one_on(get: Ask) -> None:
    drawn = get("/statistics").text.partition("Edits and removals by the month they were noticed. ")[2]

    assert drawn.startswith("2024-05 to ")


def test_sections_are_named_by_their_titles_and_lead_to_their_articles(get: Ask, ids: Ids) -> None:
    link = '<a href="/?q=site%3Aningbo+section%3Anews"><bdi lang="en">Hot News</bdi></a>'

    for target in ("/?q=harbour", f"/articles/{ids('harbour')}", "/changes", "/sites/ningbo"):
        assert link in get(target).text


def test_a_huge_title_does_not_fill_the_lists(get: Ask, ids: Ids) -> None:
    assert len(get("/").body) < 60_000
    shown = get(f"/articles/{ids('huge')}").text
    assert "The whole title" in shown
    assert '<p class="long" tabindex="0"' in shown  # by keyboard, too


@pytest.mark.parametrize(
    ("target", "status", "sentence"),
    [
        ("/articles/none", 404, "the archive holds no article"),
        ("/articles/{harbour}/differences/9", 404, "no revision 9"),
        ("/articles/{harbour}/differences/x", 400, "must be a whole number"),
        ("/articles/{hostile}/evidence/1", 404, "none was kept"),
        ("/sites/none", 404, "holds no site"),
        ("/runs/none", 404, "there is no run"),
        ("/stories/none", 404, "holds no story"),
        ("/nothing", 404, "nothing at this address"),
        ("/?sort=best", 400, "must be one of: newest, relevance"),
        ("/?after=none", 400, "no article"),
        ("/?q=a&q=b", 400, "given 2 times"),
        (f"/?q={'x' * 2001}", 400, "at most 2,000"),
        ("/statistics?by=hour", 400, "must be one of"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(
    get: Ask, ids: Ids, target: str, status: int, sentence: str
) -> None:
    reply = get(filled_in(target, ids))

    assert (reply.status, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert sentence.lower() in reply.text.lower()

"""Families whose texts stand in several elements: a lead apart from the text, an element a paragraph."""

from __future__ import annotations

from crawler.extract import extract_article

TITLE = "Kabinett beschließt schnellere Planung von Schienenwegen"
LEAD = "Der Gesetzentwurf halbiert die Dauer der Verfahren und geht nun in den Bundesrat."
TEXT = (
    "Das Bundeskabinett hat heute ein Gesetz beschlossen, mit dem Schienenwege schneller geplant werden.",
    "Künftig müssen Behörden binnen sechs Monaten entscheiden; zwei der bisher fünf Prüfschritte entfallen.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT)


def _paragraphs(content: str, generator: str) -> tuple[str, ...]:
    page = (
        f'<html lang=de><head><title>{TITLE}</title><meta name="generator" content="{generator}"></head>'
        f"<body><main>{content}</main></body></html>"
    )
    return extract_article(page.encode(), "https://www.amt.example.de/presse/1.html").paragraphs


def test_the_abstract_over_a_text_of_the_site_builder_is_its_lead() -> None:
    content = f"""<h1 class="isFirstInSlot">{TITLE}</h1><div class="abstract"><p>{LEAD}</p></div>
    <div class="richtext">{PARAGRAPHS}</div>
    <ul><li><div class="abstract"><p>Ein anderer Text.</p></div></li></ul>"""

    assert _paragraphs(content, "Government Site Builder") == (LEAD, *TEXT)


def test_an_abstract_alone_is_not_taken_for_the_text() -> None:
    content = f"""<h1 class="isFirstInSlot">{TITLE}</h1><div class="abstract"><p>{LEAD}</p></div>
    <div class="rich-text">{PARAGRAPHS}</div>"""

    assert _paragraphs(content, "Government Site Builder")[-2:] == TEXT


def test_elements_of_typo3_make_one_text_with_or_without_a_body_of_their_own() -> None:
    first, second = TEXT
    content = f"""<h1>{TITLE}</h1><div class="frame frame-default frame-type-text"><p>{first}</p></div>
    <div id="c2" class="frame frame-default frame-type-textmedia"><header><h3>Umleitung</h3></header>
    <div class="ce-textpic"><div class="ce-bodytext"><p>{second}</p></div></div></div>
    <footer><div class="frame frame-type-text"><p>Rathaus, Am Markt 1</p></div></footer>"""

    assert _paragraphs(content, "TYPO3 CMS") == (first, "Umleitung", second)


def test_the_lead_of_news_of_typo3_stands_over_its_elements() -> None:
    content = f"""<div class="news news-single"><h1>{TITLE}</h1><p class="lead">{LEAD}</p>
    <div id="c1" class="frame frame-type-text">{PARAGRAPHS}</div></div>"""

    assert _paragraphs(content, "TYPO3 CMS") == (LEAD, *TEXT)


def test_a_lead_in_bold_behind_its_dateline_is_text_on_swiss_pages() -> None:
    lead = f"Bern, 22.11.2023 - {LEAD} Das hat der Bundesrat am 22. November entschieden."
    content = (
        f'<link href="/etc/designs/core/x.css"><h1>{TITLE}</h1><div class="mod mod-nsbnewsdetails">'
        f"<p><strong>{lead}</strong></p>{PARAGRAPHS}</div>"
    )

    assert _paragraphs(content, "") == (lead, *TEXT)


def test_the_lead_of_a_declared_drupal_site_stands_in_a_field_of_its_own() -> None:
    content = f"""<h1>{TITLE}</h1><div class="field field--name-field-teaser-text"><p>{LEAD}</p></div>
    <div class="field field--name-body">{PARAGRAPHS}</div><div class="views-row">
    <div class="field--name-field-teaser-text"><p>Ein anderer Text.</p></div></div>"""
    page = f"<html lang=de><head><title>{TITLE}</title></head><body><main>{content}</main></body></html>"

    article = extract_article(page.encode(), "https://www.amt.example.de/presse/1", platform="drupal")

    assert article.paragraphs == (LEAD, *TEXT)


def test_a_kicker_in_the_headline_of_the_site_builder_is_no_title() -> None:
    page = f"""<html lang=de><head><title>{TITLE}</title>
    <meta name="generator" content="Government Site Builder">
    </head><body><main><h1 class="c-intro__headline"><span class="c-intro__kicker">Integration</span>
    <span>{TITLE}</span></h1><div class="s-richtext">{PARAGRAPHS}</div></main></body></html>"""

    assert extract_article(page.encode(), "https://www.amt.example.de/presse/1.html").title == TITLE

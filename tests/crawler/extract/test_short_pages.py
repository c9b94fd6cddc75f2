"""Short notices on bare themes: every sentence counts where there are three."""

from __future__ import annotations

from crawler.extract import extract_article

NOTICE = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half.",
    "Buses will be diverted from 1 March.",
)


def _page(body: str, *, language: str = "en") -> bytes:
    title = "Council widens Harbour Road"
    return (
        f"<html lang={language}><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main>"
        "<footer><a href=/privacy>Privacy</a><p>© 2026 Example Council. All rights reserved.</p></footer>"
        "</body></html>"
    ).encode()


def test_sentences_after_a_lead_of_another_class_are_kept() -> None:
    lead, *others = (
        "Byrådet vedtog tirsdag en plan om at gøre Havnevejen bredere over to år.",
        "Arbejdet begynder i marts og koster 4,2 millioner kroner.",
        "Busserne kører ad en anden rute fra 1. marts.",
    )
    body = f'<p class="lead">{lead}</p>' + "".join(f"<p>{line}</p>" for line in others)

    article = extract_article(_page(body, language="da"), "https://www.kommune.example/nyheder/1")

    assert article.paragraphs == (lead, *others)


def test_a_heading_between_sentences_is_kept() -> None:
    body = "".join(f"<p>{line}</p>" for line in NOTICE)
    body += "<h2>Notes to editors</h2><p>The road was built in 1931.</p>"

    article = extract_article(_page(body), "https://www.council.example/news/1")

    assert article.paragraphs == (*NOTICE, "Notes to editors", "The road was built in 1931.")


def test_what_stands_under_several_contact_headings_is_no_article() -> None:
    body = "".join(f"<p>{line}</p>" for line in NOTICE * 3)
    body += "<h3>Adresse für Rückfragen</h3><p>Dienst für Medien, 3003 Bern</p><h3>Herausgeber</h3><p>Amt</p>"

    article = extract_article(_page(body, language="de"), "https://www.amt.example/meldung")

    assert article.paragraphs == NOTICE * 3

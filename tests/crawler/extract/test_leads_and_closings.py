"""What leads into a text and what closes it, in the markup that government sites share."""

from __future__ import annotations

import pytest

from crawler.extract import extract_article

TITLE = "Council widens Harbour Road"
NOTICE = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half, the council said.",
    "An independent review found last year that the road carries twice the traffic it was built for.",
)
TEXT = "".join(f"<p>{line}</p>" for line in NOTICE)
LEAD = "Buses will be diverted from 1 March."


def _paragraphs(content: str, *, head: str = "") -> tuple[str, ...]:
    page = (
        f"<html lang=en><head><title>{TITLE}</title>{head}</head><body><header><nav><a href=/>Home</a></nav></header>"
        f"<main>{content}</main><footer><a href=/privacy>Privacy</a><p>© 2026 Example Council.</p></footer></body>"
        "</html>"
    )
    return extract_article(page.encode(), "https://www.council.example/news/1").paragraphs


@pytest.mark.parametrize(
    "lead",
    [
        f'<div class="field-summary"><p>{LEAD}</p></div>',
        f'<div class="fr-text--lead"><p>{LEAD}</p></div>',
        f'<div class="site-teaser-text"><p>{LEAD}</p></div>',
        f'<p class="documentDescription">{LEAD}</p>',
        f'<div class="abstract"><p>{LEAD}</p></div>',
    ],
)
def test_a_lead_in_an_element_of_its_own_is_part_of_the_text(lead: str) -> None:
    content = f'<h1>{TITLE}</h1><p class="date">3 November 2026</p>{lead}<div class="text">{TEXT}</div>'

    assert _paragraphs(content) == (LEAD, *NOTICE)


def test_a_lead_that_a_paragraph_of_the_text_repeats_is_none_of_it() -> None:
    content = (
        f'<h1>{TITLE}</h1><p class="documentDescription">{NOTICE[1][:-1]}</p><div class="text">{TEXT}</div>'
    )

    assert _paragraphs(content) == NOTICE


@pytest.mark.parametrize("label", ["Descrizione", "Contenuto"])
def test_the_name_of_a_part_of_a_page_is_no_line_of_the_text(label: str) -> None:
    text = f'<article><h4>{label}</h4><div class="richtext">{TEXT}</div></article>'
    content = f'<div><h1>{TITLE}</h1><p class="lead">{LEAD}</p></div>{text}'

    assert _paragraphs(content) == (LEAD, *NOTICE)


def test_a_lead_is_read_where_a_form_holds_the_whole_page() -> None:
    lead = f'<div class="news-resume"><p>{LEAD}</p></div>'
    content = f'<form><div class="page"><h1>{TITLE}</h1>{lead}<div class="text">{TEXT}</div></div></form>'

    assert _paragraphs(content) == (LEAD, *NOTICE)


@pytest.mark.parametrize(
    "head", ["<h2>Quick facts</h2>", "<p><b>Notes to editors</b></p>", "<p>The plan has:</p>"]
)
def test_a_list_under_a_line_that_heads_it_closes_the_text(head: str) -> None:
    items = "<ul><li>38 crossings in nine streets</li><li>two lanes for buses</li></ul>"

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}{head}{items}</div>')

    assert paragraphs[3:] == (
        head.rpartition("</")[0].rpartition(">")[2].replace("Notes to editors</b>", "") or "Notes to editors",
        "38 crossings in nine streets",
        "two lanes for buses",
    )


def test_a_list_of_links_under_a_heading_does_not_close_the_text() -> None:
    items = '<ul><li><a href="/a">Budget of the council</a></li><li><a href="/b">Roads</a></li></ul>'

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}<h2>More</h2>{items}</div>') == NOTICE


def test_who_is_quoted_at_the_end_of_a_text_is_part_of_it() -> None:
    quotation = "<blockquote><p>“It is a great day for the city, and for all of us.”</p><footer>— Ann Lee, Mayor</footer>"

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}{quotation}</blockquote></div>')

    assert paragraphs == (*NOTICE, "“It is a great day for the city, and for all of us.”", "— Ann Lee, Mayor")


def test_a_quotation_in_a_figure_is_part_of_the_text() -> None:
    part = '<div class="paragraph paragraph--type--{}">{}</div>'
    quotation = '<figure class="fr-quote"><blockquote><p>« It will be kept. »</p></blockquote></figure>'
    content = part.format("text", TEXT) + part.format("quote", quotation)

    assert _paragraphs(f"<article><h1>{TITLE}</h1><div>{content}</div></article>") == (
        *NOTICE,
        "« It will be kept. »",
    )


@pytest.mark.parametrize("hidden", ["", " hidden"])
def test_what_a_reader_opens_under_a_heading_is_part_of_the_text(hidden: str) -> None:
    section = (
        '<div class="accordion"><h3><button aria-expanded="false">When does it start?</button></h3>'
        f'<div class="accordion__content"{hidden}><p>The works start in March and end after two years.</p></div></div>'
    )
    content = f'<article><h1>{TITLE}</h1><div class="components"><div>{TEXT}</div><div>{section}</div></div></article>'

    assert _paragraphs(content) == (
        *NOTICE,
        "When does it start?",
        "The works start in March and end after two years.",
    )


def test_the_way_back_from_a_note_is_no_part_of_it() -> None:
    note = '<ol><li id="fn1"><p>Costs of 2026, without taxes. <a href="#ref1" role="doc-backlink">↩</a></p></li></ol>'

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}<h2>Notes</h2>{note}</div>')

    assert paragraphs[-1] == "Costs of 2026, without taxes."


def test_items_that_have_links_in_their_sentences_stay_between_paragraphs() -> None:
    items = '<ul><li>The <a href="/c">plan</a> of every crossing.</li><li>All <a href="/d">costs</a> of 2026.</li></ul>'
    first, *others = NOTICE
    text = f"<p>{first}</p><p>For example:</p>{items}" + "".join(f"<p>{line}</p>" for line in others)

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>')

    assert paragraphs == (first, "For example:", "The plan of every crossing.", "All costs of 2026.", *others)


@pytest.mark.parametrize("name", ["media-contacts", "press-contact", "contact-box"])
def test_a_box_that_says_whom_to_ask_is_no_part_of_a_text(name: str) -> None:
    box = f'<div class="{name}"><h3>Roads office</h3><p>Ministry of Transport, 250 356-8241</p></div>'
    first, *others = NOTICE
    text = f"<p>{first}</p>{box}" + "".join(f"<p>{line}</p>" for line in others)

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>') == NOTICE


@pytest.mark.parametrize("name", ["related-articles", "box-newsletter", "sign-up"])
@pytest.mark.parametrize("heading", ["Related articles", "Stay informed"])
def test_a_box_amid_a_text_that_leads_elsewhere_is_no_part_of_it(name: str, heading: str) -> None:
    box = f'<h3>{heading}</h3><div class="item"><p>The port will open its gates on Sunday, too, from May on.</p></div>'
    first, *others = NOTICE

    for attribute in (
        f'class="{name}"',
        'class="x1f9"' if heading == "Related articles" else f'class="{name}"',
    ):
        text = f"<p>{first}</p><div {attribute}>{box}</div>" + "".join(f"<p>{line}</p>" for line in others)
        assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>') == NOTICE


def test_a_text_in_an_element_that_is_named_after_newsletters_is_kept() -> None:
    content = f'<div class="newsletter"><h1>{TITLE}</h1><div class="newsletter">{TEXT}</div></div>'

    assert _paragraphs(content) == NOTICE


def test_points_over_a_text_in_components_and_its_lead_are_part_of_it() -> None:
    points = (
        "Harbour Road gets two lanes for buses and one for bicycles",
        "Half of the costs are paid by the region",
    )
    items = "".join(f'<li><div class="t"><span>{point}</span></div></li>' for point in points)
    component = '<div class="col"><div class="content">{}</div></div>'
    parts = (
        f"<div><ul>{items}</ul></div>",
        f'<div class="a-text layout_chapo"><p>{LEAD}</p></div>',
        f'<div class="a-text">{TEXT}</div>',
    )
    headline = f'<div class="heading"><h1><div class="t"><span>{TITLE}</span></div></h1></div>'

    assert _paragraphs(headline + "".join(map(component.format, parts))) == (*points, LEAD, *NOTICE)


def test_a_lead_without_a_full_stop_is_part_of_the_text() -> None:
    lead = "Half of the costs of the plan are paid by the region, and work starts in March"

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><p class="lead">{lead}</p><div class="text">{TEXT}</div>')

    assert paragraphs == (lead, *NOTICE)


def test_a_line_in_bold_heads_lines_that_are_no_paragraphs_either() -> None:
    first, *others = NOTICE
    rest = "".join(f"<div>{line}</div>" for line in others)
    text = f"<div>{first}</div><div><strong>Next steps</strong></div>{rest}"

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>') == (first, "Next steps", *others)


def test_who_is_quoted_beside_a_quotation_in_a_component_is_part_of_the_text() -> None:
    quoted = (
        "In 2025 every resident crossed the road twice a day.",
        "Ann Lee, Mayor of the city and its port",
    )
    quotation = f'<div class="block--quote"><blockquote>{quoted[0]}</blockquote><p class="author">{quoted[1]}</p></div>'
    first, *others = NOTICE
    rest = "".join(f"<p>{line}</p>" for line in others)
    content = (
        f'<div class="rich"><p>{first}</p></div>{quotation}<div class="rich"><h2>The plan</h2>{rest}</div>'
    )

    assert _paragraphs(f"<h1>{TITLE}</h1>{content}") == (first, *quoted, "The plan", *others)


def test_a_quotation_that_only_its_name_and_its_marks_tell_closes_the_text() -> None:
    quotation = '<h2>Quotes</h2><div class="quote"><p>"It is a great day."</p><p class="by">- Ann Lee, Mayor</p></div>'

    paragraphs = _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}{quotation}</div>')

    assert paragraphs == (*NOTICE, "Quotes", '"It is a great day."', "- Ann Lee, Mayor")


@pytest.mark.parametrize("mark", ["ENDS", "###", "-30-", "– Ends –"])
def test_the_mark_between_a_release_and_its_notes_is_no_part_of_the_text(mark: str) -> None:
    notes = ("Notes to editors", "The council carried out three rounds of consultation on the plan in 2025.")
    text = f"{TEXT}<p>{mark}</p><p><strong>{notes[0]}</strong></p><p>{notes[1]}</p>"

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>') == (*NOTICE, *notes)


@pytest.mark.parametrize(
    "line",
    [
        "(MAP - 03/11/2026)",
        "SOURCE Cabinet du ministre de l'Éducation",
        "Media contact: Ann Lee, 0400 000 000",
        "#HarbourRoad #Buses",
        "--(بترا)",
        "س.ص/ف.ح",
    ],
)
def test_who_released_a_text_and_whom_to_ask_is_no_part_of_its_end(line: str) -> None:
    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}<p>{line}</p></div>') == NOTICE


def test_whom_to_ask_below_the_mark_of_the_end_is_no_part_of_the_text() -> None:
    text = f"{TEXT}<p>-end-</p><p>Ann Lee / Tom Hill<br>Press office of the council<br>202-358-1600</p>"

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{text}</div>') == NOTICE


@pytest.mark.parametrize(
    "line",
    [
        "Boletín de Prensa N° 231",
        "Press release No. 412 de 2026",
        "News item | 03-11-2026 | 10:00",
        "November 3, 2026 | Harbour, Example | Press Release",
    ],
)
def test_the_number_and_the_day_of_a_release_over_a_text_are_no_part_of_it(line: str) -> None:
    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text"><p>{line}</p>{TEXT}</div>') == NOTICE


@pytest.mark.parametrize("name", ["article-header__manchet", "perex", "news-inleiding"])
def test_a_lead_is_told_by_its_name_in_other_languages(name: str) -> None:
    header = f'<header class="head"><h1>{TITLE}</h1><p class="{name}">{LEAD}</p><div>3 November 2026</div></header>'

    assert _paragraphs(f'<article>{header}<div class="text">{TEXT}</div></article>') == (LEAD, *NOTICE)


def test_a_quote_pulled_out_of_a_sentence_that_goes_on_is_no_part_of_the_text() -> None:
    said = "“The road carries twice the traffic it was built for,” said the mayor, “and it is not safe.”"
    pulled = '<blockquote class="Pullquote"><div>“The road carries twice the traffic it was built for.”</div></blockquote>'
    first, *others = NOTICE
    rest = "".join(f"<p>{line}</p>" for line in (said, *others))

    paragraphs = _paragraphs(
        f'<h1>{TITLE}</h1><div class="text"><div><p>{first}</p></div>{pulled}<div>{rest}</div></div>'
    )

    assert paragraphs == (first, said, *others)


def test_the_first_of_two_points_over_a_text_is_kept_with_the_second() -> None:
    points = (
        "Las unidades llegarán a 45 municipios del interior.",
        "La inversión asciende a 310 millones de pesos.",
    )
    items = "".join(f"<li>{point}</li>" for point in points)
    content = f'<div class="node"><h1>{TITLE}</h1><div>3 November 2026</div><div class="sumario"><ul>{items}</ul></div>'

    assert _paragraphs(f'{content}<div class="field-body">{TEXT}</div></div>') == (*points, *NOTICE)


@pytest.mark.parametrize(
    "points",
    [
        (
            "○ 기간 : 2026. 1. 20. ~ 5. 15.",
            "○ 유의사항",
            "1. 등산로는 모두 닫습니다",
            "※ 문의는 산림과로 바랍니다",
        ),
        ("1. Bring your passport", "2. Come before noon", "3. Ask for window four"),
        ("- Vorstand: Wahl im Mai", "- Kasse: Bericht folgt"),
    ],
)
def test_points_that_only_line_breaks_part_are_paragraphs(points: tuple[str, ...]) -> None:
    lines = "<br>".join(points)

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}<p>{lines}</p>{TEXT}</div>')[3:-3] == points


def test_an_address_that_line_breaks_part_is_one_paragraph() -> None:
    address = "Harbour Office<br>12 Quay Street<br>Newport 4411"

    assert "Harbour Office 12 Quay Street Newport 4411" in _paragraphs(
        f'<h1>{TITLE}</h1><div class="text">{TEXT}<p>{address}</p>{TEXT}</div>'
    )


def test_a_motto_over_the_headline_and_the_day_below_it_are_no_part_of_the_text() -> None:
    content = (
        f"<div><p>Serving Westhaven since 1884.</p><h1>{TITLE}</h1><p>Posted 15 May 2025</p>{TEXT}</div>"
    )

    assert _paragraphs(content) == NOTICE


def test_a_sentence_over_a_heading_that_repeats_the_title_is_the_first_of_the_text() -> None:
    first = "Harbour Road is to be widened."
    content = f"<div><p>{first}</p><h3>{TITLE}</h3>{TEXT}</div>"

    assert _paragraphs(content)[0] == first


def test_a_short_line_before_a_list_is_read_with_it() -> None:
    items = "<ul><li>creates a fund of 20 million;</li><li>cuts red tape.</li></ul>"
    content = f'<h1>{TITLE}</h1><div class="bodycopy">{TEXT}<p>The bill:</p>{items}<p>{LEAD}</p></div>'

    assert _paragraphs(content)[3:5] == ("The bill:", "creates a fund of 20 million;")


def test_who_is_quoted_behind_the_last_quotation_closes_the_text() -> None:
    quotation = "<blockquote><p>“This is good for all who live here.”</p></blockquote>"
    signed = "<p>The Honourable Ann Reed<br>Minister of Transport</p>"
    content = f'<h1>{TITLE}</h1><div class="cmp-text">{TEXT}{quotation}{signed}</div>'

    assert _paragraphs(content)[4:] == ("The Honourable Ann Reed Minister of Transport",)


def test_a_box_of_links_amid_a_text_is_no_part_of_it_whatever_it_is_called() -> None:
    box = '<aside><h3>Más información</h3><div><a href="/2"><h4>Bridge over the Har is shut until May</h4></a></div></aside>'
    first, *others = (f"<p>{line}</p>" for line in NOTICE)

    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{first}{box}{"".join(others)}</div>') == NOTICE


@pytest.mark.parametrize(
    "line", ["Comunicação da Prefeitura (61) 2028-9280", "Press desk of the council tel. +44 20 7946 0100"]
)
def test_an_office_and_its_number_are_no_part_of_the_end(line: str) -> None:
    assert _paragraphs(f'<h1>{TITLE}</h1><div class="text">{TEXT}<p>{line}</p></div>') == NOTICE


def test_a_lead_is_read_below_a_headline_that_is_no_h1_in_a_header() -> None:
    header = f'<header class="Head"><p>Rare guest</p><h2>{TITLE}</h2><p class="Lead">{LEAD} Nobody may park there.</p></header>'
    byline = '<div class="AuthorBar"><a href="/jo">Jo Lee</a><p>3 November 2026, 15:20</p></div>'

    paragraphs = _paragraphs(f'<article>{header}{byline}<div class="articlebody">{TEXT}</div></article>')

    assert paragraphs == (f"{LEAD} Nobody may park there.", *NOTICE)

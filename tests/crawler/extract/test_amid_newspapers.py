"""What newspapers set amid and around a text: pointers, captions, leads, and the article after this one."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.extract import extract_article
from crawler.extract.body.captions import captions_of
from crawler.extract.body.gaps import code_within, headed_lists_within
from crawler.extract.body.pointers import without_next_articles
from crawler.extract.lines.blocks import read_blocks

TITLE = "Council widens Harbour Road"
TEXT = (
    "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years.",
    "Work starts in March and costs 4.2 million pounds, of which the region pays half.",
    "Residents asked for safer crossings, and they will get them, said councillor Ann Reed.",
    "The road was built in 1931 and carries 9,000 cars a day, more than twice as many as it was made for.",
    "A consultation in the spring drew 412 answers, most of them in favour of the plan.",
)
GERMAN_TITLE = "Stadtrat beschließt Ausbau der Hafenstraße"
GERMAN = (
    "Der Stadtrat hat am Dienstag den Ausbau der Hafenstraße beschlossen, der zwei Jahre dauern soll.",
    "Die Arbeiten beginnen im März und kosten 4,2 Millionen Euro, von denen das Land die Hälfte trägt.",
    "Anwohner hatten sichere Übergänge gefordert, und sie werden sie bekommen, sagte Stadträtin Anna Ried.",
)
LATER = (
    "Die Straße wurde 1931 gebaut und trägt 9000 Autos am Tag, mehr als doppelt so viele wie geplant.",
    "Eine Befragung im Frühjahr ergab 412 Antworten, von denen die meisten für den Plan waren.",
)


def _lines(content: str, *, title: str = TITLE, head: str = "<h1>{}</h1>") -> tuple[str, ...]:
    page = (
        f"<html><head><title>{title}</title></head><body><header><nav><a href=/>Home</a><a href=/news>News</a>"
        f"</nav></header><main><article>{head.format(title)}{content}</article></main>"
        "<footer><p>© 2026 Example Post</p></footer></body></html>"
    )
    return extract_article(page.encode(), "https://www.post.example/news/1").paragraphs


def _p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _with(part: str) -> str:
    return f'<div class="article-body">{_p(*TEXT[:3])}{part}{_p(*TEXT[3:])}</div>'


@pytest.mark.parametrize(
    "pointer",
    [
        '<p>ALSO READ: <a href="/2">Ferry line <i>opens</i> in the spring</a></p>',
        '<p>FUNDA OLUNYE UDABA | <a href="/2">Kuboshwe abahlanu ngokweba izimoto</a></p>',
        '<p>[Related: <a href="/2">Ferry: Line</a>, <a href="/2">and pier, open in the spring</a>]</p>',
        '<h3>Related post: <a href="/2">How the ferry came to the harbour</a></h3>',
        '<p>&gt;&gt; See all the <a href="/2">dates of the works on the road</a> at a glance</p>',
    ],
)
def test_a_link_behind_a_label_amid_a_text_leads_away(pointer: str) -> None:
    assert _lines(_with(pointer)) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        'The full plan: <a href="/plan.pdf">Harbour Road, a study of the traffic</a>',
        'Read in full what the <a href="/2">ministry of transport</a> said: it backs the plan and pays for it.',
        '»Wir freuen uns über <a href="/2">den Beschluss des Rates</a> sehr«, sagte sie.',
    ],
)
def test_a_link_of_the_text_itself_stays(line: str) -> None:
    assert len(_lines(_with(f"<p>{line}</p>"))) == len(TEXT) + 1


HEADLINES = "".join(
    f'<li>{topic} <a href="/{number}">{headline}</a></li>'
    for number, (topic, headline) in enumerate(
        [
            ("Energy:", "Why prices fall in winter"),
            ("A tax on cars?", "What the ministers want now"),
            ("“I am not for sale”:", "How a mayor fought the port"),
        ]
    )
)


def test_a_list_of_headlines_behind_their_topics_is_none_of_the_text() -> None:
    assert _lines(_with(f"<ul>{HEADLINES}</ul>")) == TEXT


def test_nor_is_the_heading_over_such_a_list() -> None:
    content = (
        f'<div class="article-body">{_p(*TEXT[:3])}<h3>Exclusive reports – researched for you</h3>'
        f"<ul>{HEADLINES}</ul><h3>A road of 1931</h3>{_p(*TEXT[3:])}</div>"
    )

    assert _lines(content) == (*TEXT[:3], "A road of 1931", *TEXT[3:])


def test_a_list_that_the_text_announces_stays() -> None:
    lines = _lines(_with(f"<p>The paper names three studies:</p><ul>{HEADLINES}</ul>"))

    assert lines[3:5] == ("The paper names three studies:", "Energy: Why prices fall in winter")


CAPTION = "Cars queue on Harbour Road on Monday, a day before the vote of the council on its plan."


@pytest.mark.parametrize(
    "picture",
    [
        '<div class="img-box"><img src="/1.jpg"><div class="caption"><p>{}</p></div></div>',
        '<div class="wp-caption"><img src="/1.jpg"><p class="wp-caption-text">{}</p></div>',
        '<figure><img src="/1.jpg"><figcaption><p>{}</p></figcaption></figure>',
    ],
)
def test_the_caption_of_a_picture_is_none_of_the_text(picture: str) -> None:
    reading = read_blocks(html.document_fromstring(_with(picture.format(CAPTION))))

    assert [block.text for block in captions_of(reading.blocks, [reading])] == [CAPTION]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="header hasCaption"><img src="/1.jpg"><p>{}</p></div>',  # says what else is in the box
        '<div class="hero-caption"><p>{}</p></div>',  # stands beside no picture
    ],
)
def test_a_box_that_has_a_caption_or_no_picture_is_none(box: str) -> None:
    reading = read_blocks(html.document_fromstring(_with(box.format(CAPTION))))

    assert captions_of(reading.blocks, [reading]) == set()


def test_captions_that_are_most_of_the_text_are_the_text() -> None:
    pictures = "".join(
        f'<figure><img src="/{place}.jpg"><figcaption>{line}</figcaption></figure>'
        for place, line in enumerate(TEXT)
    )
    reading = read_blocks(html.document_fromstring(f"<p>{TITLE}</p>{pictures}"))

    assert captions_of(reading.blocks, [reading]) == set()


def test_who_took_a_picture_marks_its_caption_in_the_chinese_press() -> None:
    taken = "5月10日，医生在“流动牙医车”上为学生检查牙齿。记者 赵一凡 摄"
    lines = (
        "新山县石坪乡中心小学的操场上，停着一辆白色大巴。",
        "这是全县第一辆“流动牙医车”，学生看牙全部免费。",
    )
    page = f'{_p(lines[0])}<p><img src="/1.jpg"></p>{_p(taken, lines[1])}<p>村里人爱看节目，也爱拍摄</p>'
    reading = read_blocks(html.document_fromstring(page))

    assert [block.text for block in captions_of(reading.blocks, [reading])] == [taken]


def test_who_is_quoted_in_a_figure_is_no_caption() -> None:
    figure = (
        '<figure class="quote"><blockquote><p>We asked for this for ten years, and nobody heard us.</p>'
        "<figcaption>Ann Reed</figcaption></blockquote></figure>"
    )

    assert "We asked for this for ten years, and nobody heard us." in _lines(_with(figure))


def test_the_name_of_a_place_to_jump_to_is_no_part_of_its_heading() -> None:
    heading = '<h2 id="section2">A road of 1931<a class="anchor" href="#section2">#section2</a></h2>'

    assert _lines(_with(heading))[3] == "A road of 1931"


def test_a_page_that_never_ends_has_one_article() -> None:
    below = (
        '</article><div class="under-article"><article><h1>Ferry line opens in the spring</h1>'
        '<div class="article-body">'
        + _p(
            "The ferry between the harbour and the island will sail again from the first of April, the port said.",
            "Tickets cost four pounds, and children under the age of seven sail free, as before the storm.",
            "The old pier was broken by the storm of last November, and has been built anew in stone.",
        )
        + "</div></article></div><article>"
    )
    text = _p(*TEXT, *(f"{line[:-1]}, officials said on Wednesday." for line in TEXT))
    page = f"<main><article><h1>{TITLE}</h1><div>{text}</div>{below}</article></main>"
    blocks = read_blocks(html.document_fromstring(page)).blocks

    assert [block.text for block in without_next_articles(blocks, blocks[1:])] == [
        block.text for block in blocks[1 : 2 * len(TEXT) + 1]
    ]


PLACE = "Hamburg. Die Hafenstraße wird breiter: Der Rat hat entschieden. Anwohner hoffen auf sichere Wege."


def test_a_lead_that_says_where_it_is_written_from_is_part_of_the_text() -> None:
    head = (
        f'<div><div><hgroup><div>Verkehr</div><h2>{{}}</h2></hgroup><div class="copy-lg">{PLACE}</div></div>'
        "<figure><figcaption><address>Von Eva Lind</address></figcaption><figcaption>03.11.2026</figcaption></figure>"
        '<figure><img src="/1.jpg"><figcaption>Autos auf der Hafenstraße am Montag.</figcaption></figure></div>'
    )
    content = f'<div class="max-w-full"><div class="article-body">{_p(*GERMAN, *LATER)}</div></div>'

    assert _lines(content, title=GERMAN_TITLE, head=head) == (PLACE, *GERMAN, *LATER)


SUBTITLE = "Nach zehn Jahren Streit bekommt der Hafen eine breitere Straße"


@pytest.mark.parametrize(
    "subtitle",
    [
        '<h2 class="article-header__subheader">{}</h2>',
        '<div class="story__summary"><p>{}</p></div>',
        '<div class="inner"><p class="headline__lead">{}</p></div>',
    ],
)
def test_a_line_below_the_headline_is_the_lead_in_other_languages_than_english(subtitle: str) -> None:
    head = f"<header><h1>{{}}</h1>{subtitle.format(SUBTITLE)}</header>"
    content = f'<div class="article-body">{_p(*GERMAN)}</div>'

    assert _lines(content, title=GERMAN_TITLE, head=head) == (SUBTITLE, *GERMAN)


def test_in_english_it_is_none() -> None:
    head = '<header><h1>{}</h1><h2 class="article-header__subheader">Works begin in March on the quay</h2></header>'

    assert _lines(f'<div class="article-body">{_p(*TEXT)}</div>', head=head) == TEXT


def test_answers_in_a_forum_are_no_part_of_what_they_answer() -> None:
    posts = "".join(
        f'<div id="post_{number}" itemprop="comment"><div class="post">{_p(*lines)}</div></div>'
        for number, lines in enumerate((TEXT[:3], TEXT[3:]), 1)
    )
    blocks = read_blocks(html.document_fromstring(posts)).blocks

    assert [block.text for block in without_next_articles(blocks, blocks)] == [*TEXT[:3]]


def test_code_between_two_lines_of_a_text_is_part_of_it() -> None:
    blocks = read_blocks(
        html.document_fromstring(f"<div>{_p(TEXT[0])}<div><pre>path = 1</pre></div>{_p(TEXT[1])}</div>")
    ).blocks

    assert [block.text for block in code_within(blocks, [blocks[0], blocks[2]])] == ["path = 1"]


@pytest.mark.parametrize(
    ("between", "count"),
    [
        ("<h2>What changes</h2><ul><li>The flag is gone.</li><li>The old road is closed.</li></ul>", 3),
        ('<h2>Also new</h2><ul><li><a href="/2">Ferry line opens</a></li></ul>', 0),
        ("<h2>Related news</h2><ul><li>The ferry line opens in the spring.</li></ul>", 0),
        ("<div><h2>What changes</h2></div><ul><li>The flag is gone.</li></ul>", 0),
    ],
)
def test_a_list_below_its_heading_between_two_lines_of_a_text_is_part_of_it(between: str, count: int) -> None:
    blocks = read_blocks(html.document_fromstring(f"<div>{_p(TEXT[0])}{between}{_p(TEXT[1])}</div>")).blocks

    assert len(headed_lists_within(blocks, [blocks[0], blocks[-1]])) == count


def test_who_signs_a_letter_is_part_of_it() -> None:
    lines = _lines(
        f'<div class="article-body">{_p("Dear friends,", *TEXT, "With kind regards,", "Ann Reed")}</div>'
    )

    assert lines[-2:] == ("With kind regards,", "Ann Reed")


def test_paragraphs_that_only_their_indents_tell_apart_are_told_apart() -> None:
    text = (
        "\u3000鳥居が建て直された。\n\n\u3000杉は自分の山から\n切り出した。\n\n\u3000費用は氏子が負担した。"
    )

    blocks = read_blocks(html.document_fromstring(f"<div><p>{text}</p></div>")).blocks

    assert [block.text.replace("\n", "") for block in blocks] == [
        *("鳥居が建て直された。", "杉は自分の山から切り出した。", "費用は氏子が負担した。")
    ]

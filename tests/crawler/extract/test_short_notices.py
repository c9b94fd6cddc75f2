"""Short notices are articles: of one sentence, and beside more news of others than they say themselves."""

from __future__ import annotations

import pytest

from crawler.extract import NotAnArticle, extract_article

OTHERS = (
    *("Council approves annual budget for roads", "New library opens to the public on Monday"),
    *("Mayor meets residents of the harbour district", "State of emergency lifted after the storm"),
    "Free swimming lessons for children begin",
)
ROWS = "".join(
    f"<li><a href=/n/{day}.html>{title}</a> <span>2026-01-0{day}</span></li>"
    for day, title in enumerate(OTHERS, 1)
)
BESIDE = f"<div><h3>Latest news</h3><ul>{ROWS}</ul></div>"


def _page(title: str, body: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "lines",
    [
        ("9月8日，我市庆祝第42个教师节大会举行，100名优秀教师受到表彰。",),
        ("新标准何时实施？", "2026年5月1日起实施。", "不合格怎么办？", "维修后复检。"),
    ],
)
def test_a_notice_of_few_words_below_its_headline_and_facts_is_read(lines: tuple[str, ...]) -> None:
    title = "我市举行庆祝教师节大会"
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = _page(title, f"<h1>{title}</h1><p>2026-09-08 19:20 来源：东山电视台</p><div>{body}</div>")

    assert extract_article(page, "https://www.city.example/n/1.html").paragraphs == lines


@pytest.mark.parametrize("title", ["Road work begins on Highway 12", "Doorstop in Brisbane"])
def test_a_headline_with_a_day_of_its_own_is_that_of_an_article_beside_a_list(title: str) -> None:
    line = "Crews will begin repaving the road between Oak Street and the river bridge on Monday."
    page = _page(title, f"{BESIDE}<div><h1>{title}</h1><div>Tue 18 Aug 2026</div><p>{line}</p></div>")

    assert extract_article(page, "https://www.county.example/n/1.html").paragraphs == (line,)


@pytest.mark.parametrize("title", ["Press Releases", "Latest press releases", "News and events"])
def test_the_name_of_a_section_over_rows_heads_a_list(title: str) -> None:
    intro = "<p>Here you find what the ministry tells newspapers and broadcasters of its work.</p>"
    page = _page(title, f"<h1>{title}</h1><p>Updated: 18 August 2026</p>{intro}<ul>{ROWS}</ul>")

    with pytest.raises(NotAnArticle) as caught:
        extract_article(page, "https://www.county.example/news/")

    assert caught.value.kind == "list"

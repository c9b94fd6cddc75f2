# ruff: noqa: E501 - markup reads better on one line
"""Lists that come as JSON: gkmlpt, Drupal's views, WordPress."""

from __future__ import annotations

import json
from datetime import date

from crawler.extract import extract_list

HOST = "https://www.example.gov.cn"


def test_gkmlpt_asks_for_the_column_that_its_script_names() -> None:
    page = b"<html><script src='/gkmlpt/api/x.js'></script><script>window._CONFIG={SID: '755001', COLUMN_ID: 1234}</script></html>"
    with_fragment = extract_list(page, f"{HOST}/gkmlpt/index#2345")
    from_script = extract_list(page.replace(b"COLUMN_ID", b"columnId"), f"{HOST}/gkmlpt/index")

    assert [each.url for each in with_fragment.next] == [f"{HOST}/gkmlpt/api/all/2345?page=1&sid=755001"]
    assert [each.url for each in from_script.next] == [f"{HOST}/gkmlpt/api/all/1234?page=1&sid=755001"]


def test_gkmlpt_answers_are_read_and_asked_on_until_they_are_empty() -> None:
    articles = [
        {
            "title": "关于印发实施细则的通知",
            "url": f"{HOST}/content/post_1.html",
            "created_at": "2020-03-05 10:00:00",
        },
        {"title": "年度预算公开", "url": "/content/post_2.html", "display_publish_time": 1583280000},
    ]
    answer = {"classify": {"id": 2345, "post_count": 5}, "articles": articles}
    url = f"{HOST}/gkmlpt/api/all/2345?page=1&sid=755001"

    found = extract_list(json.dumps(answer).encode(), url)
    empty = extract_list(json.dumps({**answer, "articles": []}).encode(), url.replace("page=1", "page=3"))

    assert [(entry.url, entry.date) for entry in found.entries] == [
        (f"{HOST}/content/post_1.html", date(2020, 3, 5)),
        (f"{HOST}/content/post_2.html", date(2020, 3, 4)),
    ]
    assert found.total == 5
    assert [each.url for each in found.next] == [url.replace("page=1", "page=2")]
    assert empty.next == ()


def test_drupal_fills_its_views_by_requests_of_their_own() -> None:
    settings = {
        "views": {
            "ajax_path": "/en/views/ajax",
            "ajaxViews": {
                "views_dom_id:1": {"view_name": "news", "view_display_id": "page_1", "view_args": ""}
            },
        }
    }
    page = f'<html><body><script type="application/json" data-drupal-selector="drupal-settings-json">{json.dumps(settings)}</script></body></html>'

    found = extract_list(page.encode(), "https://pm.example.ca/en/news")

    assert found.platform == "drupal"
    assert found.next[0].url.startswith(
        "https://pm.example.ca/en/views/ajax?view_name=news&view_display_id=page_1"
    )


def test_drupal_answers_hold_rows_and_lead_to_the_next() -> None:
    rows = "".join(
        f"<div class='views-row'><h3><a href='/en/news/statement-on-day-{n}'>Statement by the minister on day {n}</a></h3>"
        f"<time datetime='2026-05-0{n}T08:00:00Z'>May {n}</time></div>"
        for n in range(1, 4)
    )
    pager = "<ul class='pager'><li><a href='?page=1' rel='next'>Next</a></li></ul>"
    answer = [
        {"command": "settings"},
        {"command": "insert", "data": f"<div class='view-content'>{rows}</div>{pager}"},
    ]
    url = "https://pm.example.ca/en/views/ajax?view_name=news&view_display_id=page_1"

    found = extract_list(json.dumps(answer).encode(), url)

    assert [entry.date for entry in found.entries] == [date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)]
    assert [each.url for each in found.next] == [f"{url}&page=1"]


def test_wordpress_posts_are_read_from_its_interface() -> None:
    posts = [
        {
            "link": "https://www.example.gov/news/a/",
            "title": {"rendered": "Ports &amp; <i>Rail</i>"},
            "date": "2026-05-19T12:00:00",
        }
    ]

    found = extract_list(
        json.dumps(posts).encode(), "https://www.example.gov/wp-json/wp/v2/posts?per_page=100&page=1"
    )

    assert [(entry.title, entry.date) for entry in found.entries] == [("Ports & Rail", date(2026, 5, 19))]

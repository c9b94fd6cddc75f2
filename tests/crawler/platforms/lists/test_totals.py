"""The total that a list states, in words and in data."""

from __future__ import annotations

import json

import pytest

from crawler.extract import extract_list
from tests.crawler.platforms.lists.pages import BASE, ROWS


@pytest.mark.parametrize(("stated", "total"), [("52", 52), ("-52", None), ("1716900000000", None)])
def test_a_number_that_counts_no_entries_is_no_total(stated: str, total: int | None) -> None:
    rows = [{"title": f"The bureau opens its {n}th office", "url": f"/a/{n}.html"} for n in range(4)]
    answer = json.dumps({"total": int(stated), "rows": rows})

    assert extract_list(answer.encode(), BASE).total == total


@pytest.mark.parametrize(
    ("stated", "total"),
    [
        ("총 <b>23,120</b>건 (1/2312 페이지)", 23120),
        ("전체 312건", 312),
        ("全 48 件", 48),
        ("Suchergebnisse: <b>634</b>", 634),
        ("Résultats : 48", 48),
        ("1,204件中 1〜20件を表示", 1204),
        ("Найдено: 318", 318),
        ("Εμφάνιση 1 - 3 από 318 αποτελέσματα.", 318),
        ("Menampilkan 1 - 3 dari 48", 48),
        ("عرض 1 - 3 من 48", 48),
        ("Strona 1 - 3 z 48 stron", None),
        ("총 회의 3 건", None),
    ],
)
def test_the_total_is_read_in_the_words_of_the_list(stated: str, total: int | None) -> None:
    assert extract_list(f"<ul>{ROWS}</ul><p>{stated}</p>".encode(), BASE).total == total


@pytest.mark.parametrize(
    ("beside", "total"), [({"total": 412}, 412), ({"total": 2}, None), ({"pages": 412}, None)]
)
def test_data_of_a_script_state_the_total_beside_their_list(
    beside: dict[str, int], total: int | None
) -> None:
    items = [{"title": f"The bureau opens its {n}th office", "url": f"/a/{n}.html"} for n in range(4)]
    held = json.dumps({"polls": {"total": 7, "items": []}, "news": {**beside, "items": items}})
    found = extract_list(f"<div id=app></div><script>window.state = {held};</script>".encode(), BASE)

    assert (len(found.entries), found.total) == (4, total)

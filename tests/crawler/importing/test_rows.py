"""Rows of JSON lines become articles, or are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.verdicts import Verdict
from tests.crawler.importing.conftest import PARAGRAPHS, TITLE, Import, Rows


def test_rows_keep_url_title_text_and_date(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    record = {
        "url": "https://www.example.gov/1",
        "title": TITLE,
        "text": "\n".join(PARAGRAPHS),
        "published": "2019-06-08T10:21:00+08:00",
        "site": "harbour",
    }
    path.write_text(json.dumps(record) + "\n")

    do_import(path)

    (row,) = rows()
    assert (row["url"], row["site"], row["published"]) == (record["url"], "harbour", "2019-06-08T10:21+08:00")
    assert row["body"] == record["text"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "not JSON"),
        ("[1, 2]", "a row is a JSON object"),
        ('{"url": "https://x.example/", "title": "t"}', "a row needs text, body or html"),
        ("[" * 100_000, "not JSON"),
        ('{"url": "http://[", "title": "t", "text": "Text."}', "http://[ is no URL"),
        ('{"url": "http://[::1/x", "html": "<p>Text.</p>"}', "http://[::1/x is no URL"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_goes_on(
    do_import: Import, rows: Rows, tmp_path: Path, line: str, says: str
) -> None:
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"url": "https://www.example.gov/1", "title": TITLE, "text": PARAGRAPHS[0]})
    path.write_text(f"{line}\n\n{good}\n")

    result = do_import(path)

    assert result.exit_code == 3
    assert f"{path}:1: " in result.stderr
    assert says in result.stderr
    assert len(rows()) == 1


def test_what_would_command_a_terminal_is_no_part_of_a_name_or_an_address(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    spell = "\x1b[31m\x9b1m\u202e"
    page = f"""<link rel="canonical" href="https://www.example.gov/2{spell}"><h1>{TITLE}</h1>
        <p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"""
    fields = {"url": f"https://www.example.gov/1{spell}", "site": f"office{spell}", "language": f"en{spell}"}
    (tmp_path / "rows.jsonl").write_text(json.dumps({**fields, "title": TITLE, "text": PARAGRAPHS[0]}))
    (tmp_path / "page.html").write_text(page)

    assert do_import(tmp_path / "rows.jsonl", tmp_path / "page.html").exit_code == 0

    first, second = sorted(rows(), key=lambda row: str(row["url"]))
    assert (first["url"], first["site"], first["language"]) == (
        "https://www.example.gov/1[31m1m",
        "office[31m1m",
        "en[31m1m",
    )
    assert second["url"] == "https://www.example.gov/2[31m1m"


@pytest.mark.parametrize("name", ["fetched_at", "published"])
@pytest.mark.parametrize(
    "time",
    [
        "9999-12-31T23:59:59-23:00",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
    ],
)
def test_a_time_at_the_end_of_the_calendar_is_none(
    do_import: Import, rows: Rows, tmp_path: Path, name: str, time: str
) -> None:
    path = tmp_path / "rows.jsonl"
    url = "https://www.example.gov/1"
    texts = ({"title": TITLE, "text": PARAGRAPHS[0]}, {"html": f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>"})
    path.write_text("".join(json.dumps({"url": url, name: time} | text) + "\n" for text in texts))

    result = do_import(path)

    (row,) = rows()
    assert (result.exit_code, row["published"]) == (0, None), result.stderr
    assert "2026" <= row["first_seen"] < "3"


def test_a_row_without_title_or_text_is_rejected_by_name(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"url": "https://x.example/1", "title": " ", "text": "a"}\n{"title": "t", "text": " "}\n'
    )

    result = do_import(path)

    assert result.exit_code == 0
    assert "missing-title" in result.stderr
    assert "empty-body" in result.stderr
    assert rows() == []


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2019-06-08 10:00:00", "2019-06-08"),
        ("2019/06/08", "2019-06-08"),
        ("8 June 2019", "2019-06-08"),
        ("2019年6月8日", "2019-06-08"),
        ("Sat, 08 Jun 2019 10:00:00 +0800", "2019-06-08T10:00+08:00"),
        (1559952000, "2019-06-08T00:00+00:00"),
        (1559952000000, "2019-06-08T00:00+00:00"),
        ("03/04/2019", None),  # of March or of April
        ("the ferry sails on 8 June 2019", None),
        (True, None),
        ("", None),
    ],
)
def test_a_row_states_its_day_in_any_form_and_an_ambiguous_one_is_none(
    do_import: Import, rows: Rows, tmp_path: Path, published: object, expected: str | None
) -> None:
    record = {"url": "https://www.harbour.example/1", "title": TITLE, "text": "\n".join(PARAGRAPHS)}
    (tmp_path / "rows.jsonl").write_text(json.dumps({**record, "published": published}), "utf-8")

    do_import(tmp_path / "rows.jsonl")

    assert [row["published"] for row in rows()] == [expected]


def test_a_time_without_an_offset_is_on_the_clock_of_a_declared_site(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    record = {"url": "https://www.gov.scot/news/1/", "title": TITLE, "text": "\n".join(PARAGRAPHS)}
    (tmp_path / "rows.jsonl").write_text(json.dumps({**record, "published": "2019-06-08 10:00"}), "utf-8")

    do_import(tmp_path / "rows.jsonl")

    assert [row["published"] for row in rows()] == ["2019-06-08T10:00+01:00"]


def test_a_list_of_rows_in_a_json_file_is_read_where_it_is_named(
    do_import: Import, rows: Rows, tmp_path: Path
) -> None:
    record = {"url": "https://www.harbour.example/1", "title": TITLE, "text": "\n".join(PARAGRAPHS)}
    (tmp_path / "items.json").write_text(
        json.dumps([record, {"url": "https://www.harbour.example/2"}, 3]), "utf-8"
    )

    in_folder, named = do_import(tmp_path), do_import(tmp_path / "items.json")

    assert "0 documents" in in_folder.output
    assert [row["url"] for row in rows()] == [record["url"]]
    assert "items.json:2: a row needs text" in named.output
    assert "items.json:3: a row is a JSON object" in named.output


@pytest.mark.parametrize("text", ["[{", "[" * 100_000, '"text"', ""])
def test_a_json_file_without_rows_is_unreadable(do_import: Import, tmp_path: Path, text: str) -> None:
    (tmp_path / "items.json").write_text(text, "utf-8")

    result = do_import(tmp_path / "items.json")

    assert "1 unreadable" in result.output
    assert result.exit_code == Verdict.INCOMPLETE.exit_code


def row_of(**fields: object) -> str:
    """Return a row with its URL, title and text, unless *fields* say otherwise."""
    whole = {"url": "https://www.example.gov/1", "title": TITLE, "text": "\n".join(PARAGRAPHS)}
    return f"{json.dumps(whole | fields)}\n"


def test_a_text_may_be_a_list_of_its_paragraphs(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(row_of(text=list(PARAGRAPHS)))

    do_import(path)

    assert [row["body"] for row in rows()] == ["\n".join(PARAGRAPHS)]


def test_numbers_with_a_fraction_are_epoch_times(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(row_of(published=1714953600.25, fetched_at=1714957200.5))

    do_import(path)

    (row,) = rows()
    assert (row["published"], row["first_seen"]) == ("2024-05-06T00:00+00:00", "2024-05-06T01:00:00+00:00")


def test_rows_in_utf_16_are_read(do_import: Import, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(row_of().replace("\n", "\r\n").encode("utf-16"))

    result = do_import(path)

    assert result.exit_code == 0, result.output
    assert [row["title"] for row in rows()] == [TITLE]


@pytest.mark.parametrize("url", ["www.example.gov/1", "/news/1.html"])
def test_a_url_without_a_scheme_is_none(do_import: Import, tmp_path: Path, url: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(row_of(url=url))

    result = do_import(path)

    assert (result.exit_code, f"{path}:1: {url} is no URL" in result.stderr) == (3, True)

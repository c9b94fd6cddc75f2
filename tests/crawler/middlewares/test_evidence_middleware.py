"""Before a callback sees a response, it lies on disk as it was received."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path
from typing import Any

from storage.evidence import Evidence, evidence_record, read_evidence, scan_evidence
from storage.records import EvidencePointer
from tests.crawler.probing import Loopback, probe, reply

PAGE = "<html><p>港口 The port opened.</p></html>".encode()
DIGEST = sha256(PAGE).hexdigest()


def evidence_of(root: Path, result: dict[str, Any]) -> Evidence:
    """Return what the pointer of *result* leads to."""
    return read_evidence(root, EvidencePointer(**result["meta"]["evidence"]))


def test_responses_are_kept_as_received_and_digested_as_decoded(server: Loopback, tmp_path: Path) -> None:
    compressed = gzip.compress(PAGE)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Plain: 1\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
    server.answers |= {
        "/plain": reply(200, PAGE),
        "/gzip": reply(200, compressed, {"Content-Encoding": "gzip"}),
        "/chunked": chunked % (len(PAGE), PAGE),
        "/moved": reply(302, headers={"Location": "/plain"}),
        "/gone": reply(410, b"gone"),
    }

    results = probe(*map(server.url, server.answers), evidence=tmp_path).results

    plain, compressed_one, chunked_one, moved, gone = (evidence_of(tmp_path, result) for result in results)
    assert [result["meta"]["digest"] for result in results[:3]] == [DIGEST] * 3
    assert plain.payload == compressed_one.payload == chunked_one.payload == PAGE
    assert compressed_one.received == compressed
    assert compressed_one.header("Content-Encoding") == "gzip"
    assert chunked_one.header("Transfer-Encoding") is None
    assert chunked_one.header("X-Plain") == "1"
    assert (moved.status, moved.header("Location")) == (302, "/plain")
    assert (gone.status, gone.payload) == (410, b"gone")
    assert plain.url == server.url("/plain")


def test_the_record_names_the_server_and_what_was_asked(server: Loopback, tmp_path: Path) -> None:
    server.answers["/a"] = reply(200, PAGE)

    (result,) = probe(
        {"url": server.url("/a"), "headers": {"If-None-Match": '"1"', "Authorization": "Basic c2VjcmV0"}},
        evidence=tmp_path,
    ).results

    record = evidence_record(tmp_path, EvidencePointer(**result["meta"]["evidence"]))
    text = gzip.decompress(next(tmp_path.rglob("*.warc.gz")).read_bytes()).decode()
    assert record.field("WARC-IP-Address") == "127.0.0.1"
    assert 'If-None-Match: "1"' in text
    assert "c2VjcmV0" not in text


def test_a_known_payload_is_not_stored_again_and_304_is_not_stored_at_all(
    server: Loopback, tmp_path: Path
) -> None:
    server.answers |= {
        "/same": reply(200, PAGE),
        "/other": reply(200, b"edited"),
        "/unmodified": reply(304),
    }
    (first,) = probe(server.url("/same"), evidence=tmp_path).results
    known = {"known_digest": first["meta"]["digest"], "known_evidence": first["meta"]["evidence"]}

    same, other, unmodified = probe(
        *({"url": server.url(path), "meta": known} for path in server.answers), evidence=tmp_path
    ).results

    assert evidence_of(tmp_path, same).kind == "revisit"
    assert evidence_of(tmp_path, same).payload == PAGE
    assert evidence_of(tmp_path, other).kind == "response"
    assert unmodified["status"] == 304
    assert "evidence" not in unmodified["meta"]


def test_list_pages_are_kept_where_the_setting_says_so(server: Loopback, tmp_path: Path) -> None:
    server.answers["/list"] = reply(200, PAGE)
    wanted = {"url": server.url("/list"), "meta": {"kind": "list"}}

    (without,) = probe(wanted, evidence=tmp_path / "without").results
    (with_lists,) = probe(wanted, evidence=tmp_path / "with", EVIDENCE_LISTS=True).results

    assert "evidence" not in without["meta"]
    assert without["meta"]["digest"] == DIGEST
    assert evidence_of(tmp_path / "with", with_lists).payload == PAGE


def test_robots_is_kept_too(server: Loopback, tmp_path: Path) -> None:
    server.answers |= {"/a": reply(200, PAGE), "/robots.txt": reply(200, b"User-agent: *\nAllow: /")}

    (result,) = probe(server.url("/a"), evidence=tmp_path, ROBOTSTXT_OBEY=True).results

    kept = [evidence.url for evidence in scan_evidence(tmp_path, result["meta"]["evidence"]["file"])]
    assert kept == [server.url("/robots.txt"), server.url("/a")]


def test_without_a_writer_there_is_a_digest_and_nothing_else(server: Loopback) -> None:
    server.answers["/a"] = reply(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})

    (result,) = probe(server.url("/a")).results

    assert result["meta"]["digest"] == DIGEST
    assert "evidence" not in result["meta"]


def test_evidence_that_cannot_be_written_reaches_the_spider_by_its_name(
    server: Loopback, tmp_path: Path
) -> None:
    server.answers |= {"/a": reply(200, PAGE), "/b": reply(200, PAGE)}
    (tmp_path / "probe").write_text("in the way")

    results = probe(server.url("/a"), server.url("/b"), evidence=tmp_path).results

    assert [result["error"] for result in results] == ["EvidenceNotWritable"] * 2

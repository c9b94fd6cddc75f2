"""What the name of a file says of its kind."""

from __future__ import annotations

from pathlib import Path

from crawler.importing import compressed

HTML_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
MHTML_SUFFIXES = frozenset({".mhtml", ".mht"})
SAFARI_SUFFIXES = frozenset({".webarchive"})
TEXT_SUFFIXES = frozenset({".txt", ".text", ".eml"})
ROWS_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jl"})
WARC_SUFFIXES = frozenset({".warc", ".wet"})
ARC_SUFFIXES = frozenset({".arc"})
WACZ_SUFFIXES = frozenset({".wacz"})  # WARC files in a ZIP file, with indexes for replay
PACKAGE_SUFFIXES = frozenset({".zip"})
TABLE_SUFFIXES = frozenset(
    {".csv", ".tsv", ".parquet"}
)  # these and below where they are named: folders hold others
JSON_SUFFIXES = frozenset({".json"})  # as `scrapy crawl -o items.json` writes them
XML_SUFFIXES = frozenset({".xml"})
PAGE_SUFFIXES = HTML_SUFFIXES | MHTML_SUFFIXES | SAFARI_SUFFIXES | TEXT_SUFFIXES  # of one document each
SUFFIXES = PAGE_SUFFIXES | ROWS_SUFFIXES | WARC_SUFFIXES | ARC_SUFFIXES | WACZ_SUFFIXES
MEMBER_SUFFIXES = SUFFIXES - WACZ_SUFFIXES  # of files in a ZIP file
KNOWN_SUFFIXES = SUFFIXES | PACKAGE_SUFFIXES | TABLE_SUFFIXES | JSON_SUFFIXES | XML_SUFFIXES


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind of a file, that of its compression taken off."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in compressed.SUFFIXES:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""

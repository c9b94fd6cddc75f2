"""Keeps every response as it was received, in WARC files, before anything is derived from it."""

from crawler.evidence.records import Exchange, SavedPage
from crawler.evidence.repair import repair
from crawler.evidence.writer import EvidenceNotWritable, EvidenceWriter

__all__ = ["EvidenceNotWritable", "EvidenceWriter", "Exchange", "SavedPage", "repair"]

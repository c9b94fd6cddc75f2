"""A small government site on loopback, for the demo and for whole-crawl tests."""

"""Extraction as pure functions on markup, usable alone."""

"""Talks to the web: spiders, platforms, extraction and the two command lines."""

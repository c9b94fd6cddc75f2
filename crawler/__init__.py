"""Talks to the web: spiders, platforms, extraction and the two command lines.

Of a run, `spiders.base` asks, `reading` tells what an answer means, `walking` where a list goes on, `session`
hands over to the archive, and `account` comes to the verdict.
"""

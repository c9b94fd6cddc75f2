"""Stored pages read again: by today's rules, to explain an article, and as tests of their sites."""

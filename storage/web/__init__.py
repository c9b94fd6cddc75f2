"""The archive in a browser: read-only pages, a JSON API and feeds, from one table of endpoints."""

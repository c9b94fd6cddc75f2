"""Exports: articles as rows, in files and packages that others read."""

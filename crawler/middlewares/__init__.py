"""Downloader middlewares, one component a file: manners, safety and evidence of every request."""

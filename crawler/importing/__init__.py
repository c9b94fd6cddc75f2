"""What exists already enters the archive by the stages of a crawl: saved pages, dumps, WARC files, rows."""

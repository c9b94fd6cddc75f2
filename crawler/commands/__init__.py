"""Commands of the `scrapy` tool that are ours."""

"""The peer: the spider anybody writes first. Default settings, no pipeline, items thrown away."""

import scrapy


class BareSpider(scrapy.Spider):
    """Follows the links of a list page."""

    name = "bare"

    def __init__(self, start, **arguments):
        super().__init__(**arguments)
        self.start_urls = [start]

    def parse(self, response):
        """Follow the articles of a list page, and the next one."""
        for link in response.css("li a[href*='/art/']"):
            yield response.follow(link, self.parse_article)
        for link in response.css("a.next, a[rel=next]"):
            yield response.follow(link, self.parse)

    def parse_article(self, response):
        """Yield the fields of an article."""
        yield {
            "url": response.url,
            "title": response.css("p.con-title::text").get(),
            "date": response.css("meta[name=PubDate]::attr(content)").get(),
            "body": [" ".join(p.css("::text").getall()) for p in response.css("#zoom p")],
        }

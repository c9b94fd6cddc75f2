"""What differs from Scrapy's defaults, each with its default and the reason.

Only this module reads the environment. `-s NAME=VALUE` wins over everything here and in a site's file.
"""

import os
from importlib.metadata import version
from pathlib import Path

from scrapy.settings import default_settings

from crawler.extensions.progress import Progress
from crawler.feed_exports import ArticlesOnly
from crawler.middlewares.challenges import ChallengeMiddleware
from crawler.middlewares.compression import CompressionMiddleware
from crawler.middlewares.cut_pages import CutPageMiddleware
from crawler.middlewares.echoes import EchoMiddleware
from crawler.middlewares.evidence import EvidenceMiddleware
from crawler.middlewares.retry_after import RetryAfterMiddleware
from crawler.middlewares.robots import RobotsMiddleware
from crawler.middlewares.schemes import SchemeMiddleware
from crawler.middlewares.waiting import WaitingMiddleware
from crawler.network.http_handler import HttpHandler
from pipelines.archive import ArchivePipeline
from pipelines.normalise import NormalisePipeline
from storage.locations import archive_url


def _without(components: dict[str, int], *modules: str) -> dict[str, int]:
    """Return Scrapy's *components* but those of *modules*, which are then not even imported.

    What `None` disables is imported all the same: cookies load an HTTP client, remote control a web server.
    """
    return {path: place for path, place in components.items() if path.split(".")[-2] not in modules}


BOT_NAME = "hotnews"
SPIDER_MODULES = ["crawler.spiders"]
SPIDER_LOADER_CLASS = "crawler.site_files.SiteLoader"  # default: one broken file stops the crawls of all
COMMANDS_MODULE = "crawler.commands"  # `crawl` with a true exit code
TEMPLATES_DIR = str(Path(__file__).with_name("templates"))  # `genspider -t site`

# Ours: where the archive lies and when a missing page counts as gone.
ARCHIVE_URL = archive_url()  # HOTNEWS_ARCHIVE, else ./archive/hotnews.db
REMOVAL_CHECKS = 3  # visits that find it missing
REMOVAL_DAYS = 14  # from the first to the last of them
ALLOW_PRIVATE_ADDRESSES = False  # private and loopback addresses are refused at connect time
EVIDENCE_ENABLED = True  # keep every article's response as a WARC record
EVIDENCE_LISTS = False  # and every list page's
DISK_LEAST_FREE_MB = 200  # a run begins with so much free space, or not at all
DISK_BUDGET_MB = 0  # archive and evidence take less than that before a run; 0: whatever they need
REPORT_WEBHOOK = os.environ.get("HOTNEWS_WEBHOOK")  # an address that each report is posted to
REPORT_MAIL = os.environ.get("HOTNEWS_MAIL")  # a mail server with sender and recipients, as a URL
REPORT_METRICS = os.environ.get("HOTNEWS_METRICS")  # a folder for Prometheus' textfile collector
REPORT_WHEN = os.environ.get("HOTNEWS_REPORT_WHEN", "changes")  # or problems, or always
LISTED_MOST = 200_000  # entries that one walk of a section may list; a list that goes on has no end
TEMPLATE_PAGES = 12  # of each section, the first by URL, that teach what the site prints on every page
PROGRESS = False  # draw a progress display on the terminal

# Manners
USER_AGENT = f"hotnews/{version('hotnews')} (+{os.environ.get('HOTNEWS_CONTACT', 'https://github.com/hotnews/hotnews')})"
ROBOTSTXT_OBEY = True  # default False
DOWNLOAD_DELAY = 1  # default 0; small government servers
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; one at a time per site
DOWNLOADER = "crawler.network.downloader.CountingDownloader"  # default: more than that without a delay
AUTOTHROTTLE_ENABLED = True  # default False; slower where the site is slow

# Safety
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; a site may declare an exception
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # default 1 GiB; after inflation
DOWNLOAD_WARNSIZE = 0  # default 32 MiB; the limit itself is reported
DOWNLOAD_TIMEOUT = 30  # default 180 s
RETRY_TIMES = 2  # default 2; then the page is lost until a later run
METAREFRESH_ENABLED = False  # default True
REDIRECT_ENABLED = False  # default True; the spider follows redirects, and records each
DOWNLOAD_HANDLERS = {  # default: also file, data, ftp and s3
    "http": HttpHandler,
    "https": HttpHandler,
    **dict.fromkeys(("file", "data", "ftp", "s3")),
}
DOWNLOADER_MIDDLEWARES = {
    WaitingMiddleware: 20,  # starts the clock of `hotnews politeness`
    SchemeMiddleware: 40,  # only http and https, at every hop
    RobotsMiddleware: 100,  # RFC 9309: what cannot be read forbids
    RetryAfterMiddleware: 560,
    ChallengeMiddleware: 570,  # a challenge is not asked for again
    CutPageMiddleware: 580,  # what may be cut is asked for again
    EvidenceMiddleware: 585,  # on disk before anything is derived from it
    CompressionMiddleware: 590,  # in bounded memory, and only whole bodies
}
DOWNLOADER_MIDDLEWARES_BASE = _without(
    default_settings.DOWNLOADER_MIDDLEWARES_BASE,
    "offsite",  # a list may name another host's page
    "robotstxt",  # allows where robots.txt fails
    "httpcompression",
    "cookies",  # nothing here needs a session
    "httpproxy",  # a proxy would undo the address guard
    "stats",  # the archive keeps every request and its answer
)
SPIDER_MIDDLEWARES = {
    EchoMiddleware: 100,  # one text in the place of many articles
}
SPIDER_MIDDLEWARES_BASE = _without(
    default_settings.SPIDER_MIDDLEWARES_BASE,
    "httperror",  # this and the next two drop, without a word, what a list page named
    "urllength",
    "depth",  # section walks and redirects have bounds
    "referer",  # no site needs to know where we come from
)

# Speed
CONCURRENT_ITEMS = 1  # default 100, which starts 100 tasks for every response
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 10_000_000  # default 5 MB: pages whose transaction has not ended yet count
LOG_LEVEL = "INFO"  # default DEBUG, which logs every article in full
FEED_EXPORT_ENCODING = "utf-8"  # default None: JSON escaped

ITEM_PIPELINES = {
    NormalisePipeline: 100,  # ScrapedArticle -> Article
    ArchivePipeline: 300,  # -> FingerprintedArticle -> Outcome, committed by the writer's process
    ArticlesOnly: 400,  # feeds export articles, not the visits that found none
}
EXTENSIONS = {
    Progress: 500,
}
EXTENSIONS_BASE = _without(default_settings.EXTENSIONS_BASE, "remote_control", "telnet")  # no open port
RETRY_EXCEPTIONS = [  # default: also that of a proxy, for which a second HTTP client would be loaded
    error for error in default_settings.RETRY_EXCEPTIONS if not str(error).endswith(".TunnelError")
]

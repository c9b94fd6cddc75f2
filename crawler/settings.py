"""What differs from Scrapy's defaults, each with its default and the reason.

Only this module reads the environment. `-s NAME=VALUE` wins over everything here and in a site's file.
"""

import os
from importlib.metadata import version
from pathlib import Path

from crawler.extensions.progress import Progress
from crawler.feeds import ArticlesOnly
from pipelines.archive import ArchivePipeline
from pipelines.fingerprint import FingerprintPipeline
from pipelines.normalise import NormalisePipeline
from storage.locations import archive_url

BOT_NAME = "hotnews"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"  # `crawl` with a true exit code
TEMPLATES_DIR = str(Path(__file__).with_name("templates"))  # `genspider -t site`

# Ours: where the archive lies and when a missing page counts as gone.
ARCHIVE_URL = archive_url()  # HOTNEWS_ARCHIVE, else ./archive/hotnews.db
REMOVAL_CHECKS = 3  # visits that find it missing
REMOVAL_DAYS = 14  # from the first to the last of them
ALLOW_PRIVATE_ADDRESSES = False  # private and loopback addresses are refused at connect time
PROGRESS = False  # draw a progress display on the terminal

# Manners
USER_AGENT = f"hotnews/{version('hotnews')} (+{os.environ.get('HOTNEWS_CONTACT', 'https://github.com/hotnews/hotnews')})"
ROBOTSTXT_OBEY = True  # default False
DOWNLOAD_DELAY = 1  # default 0; small government servers
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; one at a time per site
AUTOTHROTTLE_ENABLED = True  # default False; slower where the site is slow
COOKIES_ENABLED = False  # default True; nothing here needs a session

# Safety
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; a site may declare an exception
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # default 1 GiB; after inflation
DOWNLOAD_WARNSIZE = 0  # default 32 MiB; the limit itself is reported
DOWNLOAD_TIMEOUT = 30  # default 180 s
RETRY_TIMES = 2  # default 2; then the page is lost until a later run
TELNETCONSOLE_ENABLED = False  # default True; a crawl listens on no port
REMOTE_CONTROL_ENABLED = False  # default True, the same
METAREFRESH_ENABLED = False  # default True; redirects are followed, and recorded, by the spider
HTTPPROXY_ENABLED = False  # default True; a proxy would undo the address guard
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}  # only http and https

# Speed
CONCURRENT_ITEMS = 2  # default 100, which starts 100 tasks for every response
LOG_LEVEL = "INFO"  # default DEBUG, which logs every article in full
FEED_EXPORT_ENCODING = "utf-8"  # default None: JSON escaped

ITEM_PIPELINES = {
    NormalisePipeline: 100,  # ScrapedArticle -> Article
    FingerprintPipeline: 200,  # Article -> FingerprintedArticle
    ArchivePipeline: 300,  # -> Outcome, committed
    ArticlesOnly: 400,  # feeds export articles, not the visits that found none
}
EXTENSIONS = {Progress: 500}

"""Where the demo site's sections are: all that its declaration knows of it, since every crawl loads that."""

DEFAULT_PORT = 8765

HOT_NEWS, GOVERNMENT, ANNOUNCEMENTS, COUNTY = "hot-news", "zwyw", "announcements", "county"
HOT_NEWS_COLUMN, COUNTY_COLUMN = 1001, 2005
GOVERNMENT_FOLDER = "/zwgk/"
ANNOUNCEMENTS_FOLDER = "/announcements/"
TROUBLE_FOLDER = "/trouble/"
TROUBLE_LIST = TROUBLE_FOLDER + "index.html"
REDESIGNED_LIST = TROUBLE_FOLDER + "redesigned.html"


def column_path(number: int) -> str:
    """Return the path of the list page of a Hanweb column."""
    return f"/col/col{number}/index.html"

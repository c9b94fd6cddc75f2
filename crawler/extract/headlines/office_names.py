"""What names an office, its site or a section of it, instead of an article."""

from __future__ import annotations

import re

from crawler.extract.headlines.candidates import squeeze

# What stands between a title and the names beside it.
SEPARATOR = re.compile(
    r"\s*[|｜·»«•]\s*|\s+[-–—_:/<>]{1,2}\s+|(?<=\w)>\s+|\s{2,}|_{1,2}(?=[^\x00-\x7f])|__|(?<=[^\x00-\x7f])\s?[-–—]{1,2}\s?(?=[^\x00-\x7f])"
)
_LONGEST_NAME = 7  # words: "Department of Transport and Public Works"
# What the name of an office, of its site or of its press desk ends with.
OFFICE = re.compile(
    "(?:政府|人民政府|委员会|委員會|局|厅|廳|办公室|辦公室|办公厅|公署|署|政府网|政府網|门户网站|门户|官网|官網|网站|網站|信息网|政务网|資訊網|入口網"
    "|政府信息公开|新聞稿|新闻网|新聞網|交易平台|服务平台|公开平台|交易中心|服务中心)(?:[（(][^（）()]{2,20}[）)])?$"
)
# "(行政院全球資訊網-本院新聞)" behind a title
SITE_IN_BRACKETS = re.compile(
    r"\s?[（(][^（()）]{0,20}(?:資訊網|網站|网站|官網|官网|门户网)(?:\s?[-－—–|]\s?[^（()）]{1,20})?[)）]$"
)
_DESK = re.compile(
    r"(?:press (?:release|statement|note)|media (?:release|statement)|news)s?\s?[:|–-]\s?[^:|–-]{1,60}"
    r"\b(?:bureau|ministry|department|office|council|government|agency|authority)(?: of [^:|–-]{1,40})?"
    r"|(?-i:(?:[A-Z][\w.&']{0,20}\s|of\s|and\s|&\s){1,8}(?:Press|News|Media)\s(?:Release|Statement)s?)",
    re.IGNORECASE,
)
SECTIONS = frozenset(
    "presscorner newsdetail newsdetails newsarticle pressreleasedetail"
    " news newsflash newsroom latestnews newsreleases newsrelease pressreleases pressrelease mediareleases"
    " mediarelease announcements aktuelles pressemitteilungen pressemitteilung nachrichten presse actualités"
    " communiqués noticias notasdeprensa notícias comunicati nieuws nyheder nyheter".split()
)
_SECTION = re.compile(
    r"(?:(?:보도자료|보도·?설명|공지사항|새소식|알림마당|뉴스·?소식|언론보도|고시·?공고|뉴스|소식)\s?)+(?:상세|내용)?\s?(?:보기|조회)?"
    r"|(?:상세|내용)\s?(?:보기|조회)|新闻中心|新闻详情|文章详情|内容详情|详情页?|正文|信息公开|通知公告|新聞稿|最新消息|內容頁|(?:公告|新聞|活動|訊息|消息)?詳細(?:內容|資料|資訊)"
    r"|(?:新聞|公告|活動|業務|市政|即時|重要|最新){1,2}(?:訊息|消息|資訊|快訊|公告|專區)|[一-鿿]{0,4}(?:新聞公報|新闻公报)"
    r"|(?:[市县縣区區镇鎮乡鄉局厅廳院校部]长|书记|主任|领导)信箱|信件(?:详情|内容)|回音壁|在线访谈"
    r"|(?:政策|规范性)(?:文件|法规|解读)|首页|主页|(?:新闻|工作|图片|时政|政务|行业|最新|学会|学术|综合|部门|基层|媒体|通知|公告|公示|留言){1,2}"
    r"(?:动态|要闻|新闻|资讯|快讯|公告|公示|报道)?"
)
_TOPIC = re.compile("[一-鿿]{2,4}")  # of a section behind its office: 临江市卫生局 医疗卫生
_MINISTRY = re.compile(
    r"(?:(?:press|public|news|media) information (?:department|bureau|office|service)"
    r"|(?:ministry|department|government|office|council|city|state|republic)"
    r" (?:of|for) (?:the )?[^:|–-]{3,40})"
    r"(?:,? [^:|–-]{3,30})?"
    r"|(?:وزارة|هيئة|الهيئة|رئاسة|ديوان|بلدية|محافظة|إمارة|أمانة|وكالة)\s[ء-ي ]{3,50}",
    re.IGNORECASE,
)
# What news of an office has, and no office's name.
_ACTS = re.compile(
    "[市县縣省区區州局处科]长|书记|書記|主任|领导|调研|检查|走访|会见|慰问|视察|通报|表彰|获|被|赴"
)


def is_office_name(title: str) -> bool:
    """Return whether *title* names nothing but an office, the press desk of one, or a section of its site."""
    if _DESK.fullmatch(title) or (OFFICE.search(title) and not _ACTS.search(title)):
        return True
    if _MINISTRY.fullmatch(title) and len(title.split()) <= _LONGEST_NAME:
        return True
    office, _, section = title.rpartition(" ")
    if _TOPIC.fullmatch(section) and OFFICE.search(office) and not _ACTS.search(title):
        return True
    parts = [part for part in SEPARATOR.split(title) if part]
    sections = [part for part in parts if _SECTION.fullmatch(part) or squeeze(part) in SECTIONS]
    return bool(sections) and len(sections) >= len(parts) - 1

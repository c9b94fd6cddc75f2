"""What an element's tag, class and id say of its purpose, as bits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


class Hint:
    """Bits of a frame; those of `INHERITED` hold for everything inside of it."""

    NAVIGATION = 1 << 0
    ASIDE = 1 << 1
    HEADER = 1 << 2
    FOOTER = 1 << 3
    FORM = 1 << 4
    FIGURE = 1 << 5
    HIDDEN = 1 << 6
    LIST = 1 << 7
    QUOTE = 1 << 8
    TABLE = 1 << 9
    ARTICLE = 1 << 10
    MAIN = 1 << 11
    SHARE = 1 << 12
    COMMENTS = 1 << 13
    RELATED = 1 << 14
    PROMOTION = 1 << 15
    POPUP = 1 << 16
    BYLINE = 1 << 17
    CAPTION = 1 << 18
    TAGS = 1 << 19
    BODY = 1 << 20
    TITLE = 1 << 21
    LEAD = 1 << 22
    BOX = 1 << 23
    MEDIA = 1 << 24
    PAGING = 1 << 25
    HEADING = 1 << 26
    CONSENT = 1 << 27
    INHERITED = (1 << 26) - 1 - TITLE | CONSENT


_TAGS = {
    "nav": Hint.NAVIGATION,
    "aside": Hint.ASIDE,
    "header": Hint.HEADER,
    "footer": Hint.FOOTER,
    "form": Hint.FORM,
    "figure": Hint.FIGURE,
    "figcaption": Hint.FIGURE | Hint.CAPTION,
    "caption": Hint.CAPTION,
    "ul": Hint.LIST,
    "ol": Hint.LIST,
    "menu": Hint.NAVIGATION,
    "dl": Hint.LIST,
    "blockquote": Hint.QUOTE,
    "table": Hint.TABLE,
    "article": Hint.ARTICLE,
    "main": Hint.MAIN,
    "address": Hint.BYLINE,
    "ucapcontent": Hint.BODY,
    "ucaptitle": Hint.TITLE,
    "publishtime": Hint.BYLINE,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Hint.HEADING),
}

# Stems of class and id names, looked for in " article body " for "articleBody" or "article-body"; a blank
# is the border of a word. Sorted by purpose, not by language: sites mix them.
_STEMS: dict[int, str] = {
    Hint.NAVIGATION: " nav,navi,menu,crumb,toolbar,topbar, skip,sitemap,position,weizhi, dqwz,lujing",
    Hint.ASIDE: " side,sidebar, aside,widget, rail,right column,column right,right col,marginal",
    Hint.HEADER: "masthead, header ,banner, kopf,site header,page header",
    Hint.FOOTER: "foot,copyright,impressum,legal,disclaimer,colophon",
    Hint.FORM: "login,signin,sign in,signup,sign up,search,suche,captcha, form ,formular",
    Hint.HIDDEN: "visually hidden,visuallyhidden, sr only,screen reader, hidden , hide , aural ,invisible",
    Hint.SHARE: "share,sharing,social,teilen,bookmark,jiathis,bdshare,addthis, follow, print,fenxiang,wechat",
    Hint.COMMENTS: "comment,disqus,respond,kommentar,discussion,feedback,useful,helpful, rating",
    Hint.RELATED: (
        "relat,recommend,teaser,more , more,also,similar,popular,trending,most read,mostread,latest,xiangguan"
        ",promo list,outbrain,taboola,next post,next article, prev,weiterf,verwandt,suggest, card"
    ),
    Hint.PROMOTION: (
        "promo,newsletter,subscri,advert, ad , ads ,sponsor,banner,donat,paywall, abo ,offer,affiliate, cta "
        ",marketing,inline ad,anzeige,werbung,signup,membership"
    ),
    Hint.POPUP: (
        "popup,popmake,modal,overlay,cookie,consent,gdpr,lightbox,toast, alert,notice bar,tooltip,drawer"
    ),
    Hint.BYLINE: (
        "byline,author,autor, meta, date,datum, time,published, source, info ,laiyuan,editor,signature,credit"
        ",dateline,reporter,writer, bio ,zuozhe"
    ),
    Hint.CAPTION: (
        "caption,credit,image, img,photo,picture,figure, bild,gallery,slide,carousel,thumb,legende"
    ),
    Hint.TAGS: " tag , tags ,taglist,categor,topic,keyword,rubri, label, badge, chip",
    Hint.BODY: (
        "article body,articlebody,article content,articlecontent,article text,articletext,article main"
        ",body text,bodytext,body content,entry content,post content,post body,post text,postbody,postcontent"
        ",story body,storybody,story content,story text,content body,content text,"
        "content main,content article"
        ",richtext,rich text,news text,newstext,news content,newscontent,news body, trs ,"
        " zoom,ucap,vsb content"
        ",field name body,field name field body,main txt,text wrap,govspeak,js content,"
        "ivs content,wysiwyg, prose, copy "
        ",paragraph"
    ),
    Hint.TITLE: " title,headline,titel, heading,biaoti",
    Hint.LEAD: (
        " lead ,leadtext, lede,intro,standfirst,summary,teaser text,abstract,excerpt,subtitle,sub title"
        ",subheadline,sub headline,wysiwyg teaser, dek ,kicker,description,vorspann"
    ),
    Hint.BOX: (
        " box,box , panel,callout,infobox,factbox,sidebar,accordion,toggle, tab , tabs ,"
        "inset,pullquote,pull quote"
        ",highlight"
    ),
    Hint.MEDIA: "video,audio,player,podcast,embed, media,playlist,sound",
    # Also the banners by which a state tells its citizens its own sites from others.
    Hint.CONSENT: "cookie,consent,gdpr,onetrust,privacy banner,usa banner,sgds masthead",
    Hint.PAGING: "pager,paging,paginat,pagebar, next , prev ",
}
# Classes that say how an element looks, or that it is hidden on some screens alone: nothing of its purpose.
_LOOKS = re.compile(
    r"(?:[\w-]{0,60}[_-])?(?:position|overflow(?:-?[xy])?)[_-]\w{1,20}|(?:is-)?relative"
    r"|[a-z0-9!-]{1,20}:\S{1,80}"  # of a state or a width of the screen: "md:hidden", "print:block"
    r"|(?:elementor-)?(?:hidden|hide|visible|show)-(?:for-|on-)?"
    r"(?:x?[smlx]{1,2}|small|medium|large|print|phone|mobile|tablet|desktop|laptop|widescreen)(?:-\S{0,40})?"
    r"|(?:d|no|noprint|u)-?print(?:-\w{1,20})?|\S{0,60}label-hidden|\S{0,60}text-with-summary"
    r"|kg-(?:callout-|toggle-)?card(?:-\w{1,20})?"  # Ghost calls every part of a text a card
    r"|(?:has|no|with|without|row)-\S{1,80}|comments?-(?:open|closed)"
)
_SHOWN_LATER = re.compile(r"\s[a-z0-9]{2,3}:(?:block|flex|grid|inline)")  # "hidden md:block"
_NAMES = tuple((bit, tuple(stems.split(","))) for bit, stems in _STEMS.items())
_BORDER = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 300
_HIDDEN_STYLE = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_ROLES = {
    "navigation": Hint.NAVIGATION, "complementary": Hint.ASIDE, "contentinfo": Hint.FOOTER,
    "banner": Hint.HEADER,
    "dialog": Hint.POPUP | Hint.CONSENT, "alertdialog": Hint.POPUP | Hint.CONSENT,
    "search": Hint.FORM, "menu": Hint.NAVIGATION,
    "menubar": Hint.NAVIGATION, "main": Hint.MAIN, "article": Hint.ARTICLE,
}  # fmt: skip
# Classes of these speak of the page ("comments-open", "has-sidebar", "tag-economy"), not of its parts.
_NAMED_FOR_ALL = frozenset({"html", "body", "main", "article"})


def hints_of_tag(tag: str) -> int:
    """Return the bits of a tag name."""
    return _TAGS.get(tag, 0)


def purpose_of(tag: str, name: str, element: etree._Element) -> int:
    """Return the bits that the *tag* of *element*, its class *name* and its other attributes give."""
    stated = element.keys()
    if not stated:
        return _TAGS.get(tag, 0)
    if len(stated) == bool(name):  # most elements have a class or nothing at all
        return _purpose_of(tag, name[:_LONGEST_NAME])
    get = element.get  # takes three times as long as a look among the few names
    identifier = (get("id") or "")[:_LONGEST_NAME] if "id" in stated else ""
    role = _ROLES.get(get("role") or "", 0) if "role" in stated else 0
    hidden = "hidden" in stated or (
        "style" in stated and _HIDDEN_STYLE.search(get("style") or "") is not None
    )
    return _purpose_of(tag, name[:_LONGEST_NAME], identifier, role, hidden)


# Only what tells: data in attributes may be long, and is another on each page.
@lru_cache(maxsize=8192)
def _purpose_of(
    tag: str,
    name: str,
    identifier: str = "",
    role: int = 0,
    hidden: bool = False,  # noqa: FBT001, FBT002
) -> int:
    hints = hints_of_tag(tag) | role
    if hidden and "accordion" not in name:  # which is hidden until a reader opens it
        hints |= Hint.HIDDEN
    if (name or identifier) and tag not in _NAMED_FOR_ALL:
        hints |= hints_of_attributes(name, identifier)
    return hints


@lru_cache(maxsize=8192)
def hints_of_attributes(name: str, identifier: str) -> int:
    """Return the bits that an element's class *name* and *identifier* give."""
    names = f"{name} {identifier}"[:_LONGEST_NAME]
    bits = _bits_of(names)
    if not bits:
        return 0
    # Few names have a purpose at all; only of those it is asked whether they mean it.
    told = " ".join(filter(_tells_a_purpose, names.split()))
    if "hidden" in told and _SHOWN_LATER.search(names):
        told = told.replace("hidden", "")
    return bits if len(told) == len(names.strip()) else _bits_of(told)


@lru_cache(maxsize=8192)
def _tells_a_purpose(name: str) -> bool:
    return _LOOKS.fullmatch(name) is None


def _bits_of(names: str) -> int:
    text = f" {_BORDER.sub(' ', names).lower()} "
    bits = 0
    for bit, stems in _NAMES:
        for stem in stems:
            if stem in text:
                bits |= bit
                break
    return bits

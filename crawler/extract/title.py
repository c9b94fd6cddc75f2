"""The title: the headline that agrees with what the page says of itself."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from html import unescape
from urllib.parse import urlsplit

from crawler.extract.body.boilerplate import heads_a_tail
from crawler.extract.headlines.candidates import Headline, squeeze
from crawler.extract.headlines.office_names import (
    OFFICE,
    SECTIONS,
    SEPARATOR,
    SITE_IN_BRACKETS,
    is_office_name,
)
from crawler.extract.markup.head import Head
from crawler.extract.text import one_line
from crawler.extract.types import Candidate

_TAG = re.compile(r"<[^<>]{1,200}>")
# Newsrooms write these by hand; on blogs a plug-in fills the same field with a title for search engines.
_NEWS = frozenset({"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"})
_TITLE_ELEMENT, _COOKIE = "title element", "cookie"
_TOLD = frozenset({"meta ArticleTitle", "list row", "meta og:title"})
_LONG_WORD = 4
_WORD = re.compile(r"\w+")
_EXTENSION = re.compile(r"\.[a-z]{3,5}$")
_LONG_ADDRESS = 12
_LEAST, _LEAST_HAN = 7, 5  # letters of a headline behind an office's name
_PATH = re.compile(r"[^:]{1,40}\s>\s[^:]{1,40}:\s?")  # of sections, before a headline: "News > Notices: "
_IN_BRACKETS = re.compile(r"\s?[（(][^（）()]{2,30}[）)](?=\s)")  # "（信濃日報） - Yahoo!ニュース"
_LONGEST_INITIALS = 8
_LEAST_CUT = 12  # letters of a title that a CMS cut, and that a headline completes
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_QUOTES = str.maketrans("’‘‚‛“”„‟′″", "''''\"\"\"\"'\"")


def read_title(
    head: Head, headlines: Sequence[Headline], *, listed: str | None, ruled: str | None, sure: bool
) -> tuple[Candidate, ...]:
    """Return the candidates for the title, the winner first.

    *headlines* stand on the page, *ruled* is the platform's own (*sure* where its themes share one markup),
    *listed* the list row's.
    """
    stated = _stated_titles(head, listed)
    headlines = _without_the_office(_without_consent(headlines, stated), stated)
    offers: list[Candidate] = []
    if ruled and sure:
        offers.append(_title(ruled, "platform rule"))
    news = clean_title(_schema_headline(head, _NEWS) or "")
    agreed = _joined_headline(headlines, stated) or _agreed_headline(headlines, stated)
    if agreed:
        agreed = _without_site(_usual_spelling(agreed, stated), head)
    if news and not (agreed and _starts(news, agreed)):  # the rest names the section or the site
        offers.append(_title(news, "schema headline"))
    if agreed:
        offers.append(_title(_below_kicker(agreed, headlines), "headline that agrees"))
    elif addressed := _addressed_headline(headlines, head.url):
        offers.append(_title(addressed, "headline that the address spells"))
    elif contained := _contained_headline(headlines, stated):
        offers.append(_title(contained, "headline within the title element"))
    elif not _schema_headline(head) and (only := _only_headline(headlines, stated, head)):
        offers.append(_title(only, "only headline"))
    if ruled and not sure:
        offers.append(_title(ruled, "platform rule"))
    if offers and (told := _told_behind_kicker(offers[0].value, head, stated)):
        offers.insert(0, _title(told, "headline without its kicker"))
    if offers and (below := _below_section(offers[0].value, headlines, stated)):
        offers.insert(0, _title(below, "headline below the section's name"))
    offers.extend(stated)
    offers.extend(_title(line.text, "headline") for line in headlines[:1])
    return tuple(offers)


def _without_consent(headlines: Sequence[Headline], stated: Sequence[Candidate]) -> Sequence[Headline]:
    """Return *headlines* without those of a banner that asks about cookies, unless the page is about them."""
    if any(_COOKIE in title.value.lower() for title in stated):
        return headlines
    return [line for line in headlines if _COOKIE not in line.key]


def _without_the_office(headlines: Sequence[Headline], stated: Sequence[Candidate]) -> Sequence[Headline]:
    """Return *headlines* without the name of the office, where a page states no other title."""
    keys = {squeeze(title.value) for title in stated}
    if len(keys) != 1 or not is_office_name(stated[0].value):
        return headlines
    return [line for line in headlines if line.key not in keys]


def _title(value: str, rule: str) -> Candidate:
    return Candidate(field="title", value=value, rule=rule)


def clean_title(text: str) -> str:
    """Return *text* on one line, without the markup that a CMS escaped into it."""
    return one_line(_TAG.sub(" ", unescape(text)))


def _stated_titles(head: Head, listed: str | None) -> list[Candidate]:
    offers = [
        ("meta ArticleTitle", head.meta("articletitle")),
        ("list row", listed),
        ("schema headline", _schema_headline(head)),
        ("meta og:title", head.meta("og:title")),
        ("meta title", head.meta("dc.title", "dcterms.title", "twitter:title", "title")),
        (_TITLE_ELEMENT, head.title),
    ]
    return [
        _title(_without_site(cleaned, head, offices=rule == _TITLE_ELEMENT), rule)
        for rule, value in offers
        if value and (cleaned := clean_title(value))
    ]


def _schema_headline(head: Head, kinds: frozenset[str] = frozenset()) -> str | None:
    for item in head.schema:
        headline, kind = item.get("headline"), item.get("@type")
        if (
            isinstance(headline, str)
            and headline.strip()
            and (not kinds or (isinstance(kind, str) and kind in kinds))
        ):
            return headline
    return None


def _without_site(title: str, head: Head, *, offices: bool = False) -> str:
    """Return *title* without the site's name at its end; with *offices*, any office's is taken for it."""
    title = SITE_IN_BRACKETS.sub("", title) or title
    parts = SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    site = squeeze(head.meta("og:site_name", "sitename", "application-name") or "")
    host = (urlsplit(head.url).hostname or "").lower()
    for end in range(len(parts) - 1, 0, -1):
        tail = squeeze("".join(parts[end:]))
        office = offices and end == len(parts) - 1 and OFFICE.search(parts[end])
        if tail and ((site and site in tail) or office or _is_of_host(parts[end:], host)):
            before = _before(title, parts[end])
            return _without_section(before, head) if offices else before
    return title


def _before(title: str, part: str) -> str:
    return title[: title.rfind(part)].rstrip(" |｜·»«•-–—_:/") or title


def _without_section(title: str, head: Head) -> str:
    """Return *title* without the name of the section, as the page states it, at its end."""
    section = squeeze(head.meta("columnname", "lanmu") or "")
    last = SEPARATOR.split(title)[-1]
    return _before(title, last) if section and last != title and section in squeeze(last) else title


def _is_of_host(parts: Sequence[str], host: str) -> bool:
    """Return whether *parts* of a title are what the host is called: "Acme Tires" at tires.acme.com."""
    words = _WORD.findall(" ".join(parts).lower())
    name = "".join(words)
    labels = host.split(".")
    return len(name) >= _LONG_WORD and (
        any(name in label.replace("-", "") for label in labels) or all(word in labels for word in words)
    )


def _agreed_headline(headlines: Sequence[Headline], stated: Sequence[Candidate]) -> str | None:
    """Return the headline that is one of the stated titles, one of them less a suffix, or a cut one whole."""
    keys = list(dict.fromkeys(key for title in stated if (key := squeeze(title.value))))
    for key in keys:
        for line in headlines:
            if line.key and line.key == key:
                return line.text
    for title in stated:
        for line in headlines:
            begins = len(line.key) > 6 and not line.names_site and _starts(title.value, line.text)
            if begins and not _only_names(line, title, stated):
                return line.text
    sites = {line.key for line in headlines if line.names_site}
    for title in stated:
        for line in headlines:
            if (
                line.level
                and len(line.key) >= (_LEAST if line.key.isascii() else _LEAST_HAN)
                and (_ends(title.value, line) or _follows_site(title.value, line, sites))
            ):
                return line.text
    for key in keys:
        for line in headlines:
            if len(key) >= _LEAST_CUT and line.key.startswith(key):
                return line.text
    return None


def _joined_headline(headlines: Sequence[Headline], stated: Sequence[Candidate]) -> str | None:
    """Return the headline that stands in two headings in a row and is a stated title as a whole."""
    headings = [line for line in headlines if line.level]
    for first, second in itertools.pairwise(headings):
        begun = [title.value for title in stated if title.value.startswith(first.text)]
        if begun and first.level == second.level:
            joined = _in_one_line(first.text, second.text)
            if any(squeeze(title) == squeeze(joined) or _starts(title, joined) for title in begun):
                return joined
    return None


def _in_one_line(first: str, second: str) -> str:
    return f"{first} {second}" if first[-1].isascii() else first + second


def _below_kicker(agreed: str, headlines: Sequence[Headline]) -> str:
    """Return what an h1 says below the small line over it, if *agreed* is all of that h1.

    Pages state the two as one for others to show: the headline alone is what readers see as such. A colon
    that stands on the page makes them one.
    """
    for below, whole in itertools.pairwise(headlines):
        above = whole.text.removesuffix(below.text).rstrip()
        if whole.text == agreed and below.level == whole.level == 1 and not above.endswith((":", agreed)):
            return below.text
    return agreed


def _told_behind_kicker(title: str, head: Head, stated: Sequence[Candidate]) -> str | None:
    """Return what the page tells others to show, where *title* is that behind words of the page alone."""
    told = clean_title(head.meta("og:title") or "")
    if not told or not title.endswith(told) or any(offer.value == title for offer in stated):
        return None
    kicker, key = squeeze(title[: -len(told)]), squeeze(told)
    return told if len(key) >= _LEAST_CUT and _LONG_WORD <= len(kicker) <= len(key) else None


def _only_names(line: Headline, title: Candidate, stated: Sequence[Candidate]) -> bool:
    """Return whether another of the *stated* titles, longer than *line*, is what *title* ends with."""
    return any(
        len(line.text) < len(other.value) < len(title.value) and title.value.endswith(other.value)
        for other in stated
    )


def _contained_headline(headlines: Sequence[Headline], stated: Sequence[Candidate]) -> str | None:
    """Return the longest headline in the midst of the title element: between a desk's and a site's name.

    None where the page has an h1 that the title element lacks: that one says more than a part of it.
    """
    title = next((title.value.lower() for title in stated if title.rule == _TITLE_ELEMENT), "")
    if not all(line.text.lower() in title for line in headlines if line.level == 1):
        return None
    held = [
        line
        for line in headlines
        if line.level
        and len(line.key) >= 2 * (_LEAST if line.key.isascii() else _LEAST_HAN)
        and _stands_within(line.text.lower(), title)
    ]
    return max(held, key=lambda line: len(line.key)).text if held else None


def _below_section(title: str, headlines: Sequence[Headline], stated: Sequence[Candidate]) -> str | None:
    """Return the first headline of some length below *title*, where that only names a section of the site."""
    if squeeze(title) not in SECTIONS or any(offer.rule in _TOLD for offer in stated):
        return None
    lines = [line for line in headlines if line.level]
    start = next((place for place, line in enumerate(lines) if line.key == squeeze(title)), len(lines))
    return next((line.text for line in lines[start + 1 : start + 3] if len(line.key) >= 2 * _LEAST), None)


def _stands_within(headline: str, title: str) -> bool:
    start = title.find(headline)
    end = start + len(headline)
    return start > 0 and end < len(title) and not (title[start - 1].isalnum() or title[end].isalnum())


def _ends(stated: str, headline: Headline) -> bool:
    """Return whether *stated* is the name of an office, of a section or both, a separator, and *headline*.

    What stands last is as a rule the site's name: the name is the first where it is short ("BMV"), or where
    *headline* says more than all that stands before it.
    """
    lead = stated[: -len(headline.text)]
    names = SEPARATOR.split(stated)[: -len(SEPARATOR.split(headline.text))] or [stated]
    parted = _PATH.fullmatch(lead) or any(end.end() == len(lead) for end in SEPARATOR.finditer(stated))
    if not parted or not stated.lower().endswith(headline.text.lower()):
        return False
    initials = names[0].isupper() and names[0].isalpha() and len(names[0]) <= _LONGEST_INITIALS
    office = any(map(OFFICE.search, names))
    return (initials and headline.level == 1) or office or len(headline.key) > len(squeeze(lead))


def _follows_site(stated: str, headline: Headline, sites: Collection[str]) -> bool:
    """Return whether *stated* is one of the names of *sites* and *headline*: "Fire Service: Barn Fire"."""
    return stated.endswith(headline.text) and squeeze(stated[: -len(headline.text)]) in sites


def _starts(stated: str, headline: str) -> bool:
    """Return whether *stated* is *headline*, it may be with a source in brackets, a separator and more."""
    if not stated.lower().startswith(headline.lower()):
        return False
    source = _IN_BRACKETS.match(stated, len(headline))
    return SEPARATOR.match(stated, source.end() if source else len(headline)) is not None


def _usual_spelling(headline: str, stated: Sequence[Candidate]) -> str:
    """Return *headline* with the quotation marks that most of the page's own spellings have."""
    folded = headline.translate(_QUOTES)
    spellings = Counter([headline])
    spellings.update(title.value for title in stated if title.value.translate(_QUOTES) == folded)
    best, count = spellings.most_common(1)[0]
    return best if count > spellings[headline] else headline


def _addressed_headline(headlines: Sequence[Headline], url: str) -> str | None:
    """Return the headline whose words are the last step of the address."""
    step = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    spelled = squeeze(_EXTENSION.sub("", step))
    if len(spelled) < _LONG_ADDRESS:
        return None
    return next((line.text for line in headlines if _spelled(line.key) == spelled), None)


def _spelled(key: str) -> str:
    """Return *key* as addresses spell it: without accents, umlauts as two letters."""
    if key.isascii():
        return key
    return unicodedata.normalize("NFKD", key.translate(_UMLAUTS)).encode("ascii", "ignore").decode()


def _only_headline(headlines: Sequence[Headline], stated: Sequence[Candidate], head: Head) -> str | None:
    """Return the page's only h1, unless it names the site rather than the article.

    Where a page states nothing but the name of its office, in the title element, a line that is named a
    title does for the h1.
    """
    tops = [line for line in headlines if line.level == 1 and not line.names_site]
    alone = len(stated) == 1 and stated[0].rule == _TITLE_ELEMENT
    if not tops and alone and is_office_name(stated[0].value):
        tops = [line for line in headlines if _may_head_a_text(line)]
        if len(tops) == 2 and tops[0].level == tops[1].level > 1:  # one headline on two lines
            return _in_one_line(tops[0].text, tops[1].text)
    if not tops or any(line.key not in tops[-1].key for line in tops) or is_office_name(tops[0].text):
        return None
    key, line = tops[0].key, tops[0]
    site = squeeze(head.meta("og:site_name", "sitename") or "")
    if len(key) < 6 or key == site or any(_names_site(key, title.value) for title in stated):
        return None
    return line.text if _shares_word(line.text, stated) else None


def _may_head_a_text(line: Headline) -> bool:
    """Return whether *line* names neither an office nor a section, nor heads what stands below a text."""
    named = OFFICE.search(line.text) or heads_a_tail(line.text) or is_office_name(line.text)
    return not named and len(line.key) >= (2 * _LEAST if line.key.isascii() else _LEAST_HAN)


def is_only_stated(titles: Sequence[Candidate]) -> bool:
    """Return whether the best of *titles* is what the title element says, which no headline repeats."""
    return titles[0].rule == _TITLE_ELEMENT


def _shares_word(headline: str, stated: Sequence[Candidate]) -> bool:
    """Return whether *headline* has a word of what a page states for others to show, if it does."""
    told = [key for title in stated if title.rule in _TOLD and (key := squeeze(title.value)) not in SECTIONS]
    if not told:
        return True
    words = (word for part in headline.lower().split() if (word := squeeze(part)))
    return any(word in title for word in words if len(word) >= _LONG_WORD for title in told)


def _names_site(key: str, stated: str) -> bool:
    parts = [squeeze(part) for part in SEPARATOR.split(stated)]
    return len(parts) > 1 and key in parts[1:]

# ruff: noqa: E501  # markup is kept as publishers send it
"""Texts and pages of the load site: cheap to write, as heavy as a real portal's."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

from crawler.demo.content import Block, Text
from crawler.demo.phrases_en import ENGLISH

if TYPE_CHECKING:
    from crawler.demo.load import LoadArticle

_BANK_SIZE = 900  # texts, about 14,000 sentences


def text_of(number: int, *, edits: int) -> Text:
    """Return the text of article *number* after so many *edits*."""
    titles, sentences, words = _bank()
    chance = random.Random(number)  # noqa: S311  # repeatable, not secret
    title = f"{titles[number % len(titles)]} ({number + 1_000_000})"
    lead = f"Report {number + 1_000_000} of the Lanhai news desk."
    drawn = chance.choices(sentences, k=chance.randrange(18, 60))
    lines = [lead, *(_reworded(sentence, words, chance) for sentence in drawn)]
    paragraphs = [" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3)]
    paragraphs += [
        f"Added by the editors: correction {edit} to report {number}." for edit in range(1, edits + 1)
    ]
    return Text(title=title, blocks=tuple(Block(text=each) for each in paragraphs))


def _reworded(sentence: str, words: Sequence[str], chance: random.Random) -> str:
    """Return *sentence* with words of its own: as it was drawn, it stands in many articles, as none do."""
    pieces = sentence.split(" ")
    for place in range(2, len(pieces), 3):
        if pieces[place].isalpha() and pieces[place].islower():
            pieces[place] = chance.choice(words)
    return " ".join(pieces)


@cache
def _bank() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return titles, sentences and the words of those."""
    texts = [ENGLISH.compose(10_000 + number) for number in range(_BANK_SIZE)]
    paragraphs = (line for text in texts for line in text.paragraphs)
    sentences = {f"{each}." for line in paragraphs for each in line.removesuffix(".").split(". ")}
    words = {word for sentence in sentences for word in sentence.split(" ") if word.isalpha()}
    return tuple(text.title for text in texts), tuple(sorted(sentences)), tuple(sorted(words))


def article_page(number: int, edits: int) -> bytes:
    """Return the page of article *number* after so many *edits*: 30 to 55 KB."""
    before, after = _shell(number % 7)
    title, main = _main_part(number, edits)
    return b"".join((_HEAD, title, before, main, after))


@lru_cache(maxsize=32_768)  # 5 KB each: a benchmark is not to measure our writing
def _main_part(number: int, edits: int) -> tuple[bytes, bytes]:
    text = text_of(number, edits=edits)
    title = escape(text.title, quote=False)
    body = "\n".join(
        f'<p style="text-indent: 2em;">{escape(line, quote=False)}</p>' for line in text.paragraphs
    )
    main = f"""<p class="con-title">{title}</p>
<div id="zoom" class="main-txt">
{body}
</div>
<div class="tools">【<a href="javascript:window.print()">print</a>】 【<a href="javascript:window.close()">close</a>】</div>
"""
    return title.encode(), main.encode()


def write_ahead(numbers: Iterable[int]) -> None:
    """Write the articles *numbers* before they are asked for."""
    for number in numbers:
        _main_part(number, 0)


def list_page(articles: Sequence[LoadArticle], following: str | None) -> bytes:
    """Return a list page that leads to *following*, if there is one."""
    rows = "\n".join(
        f'<li><a href="{article.path}" title="{escape(article.text.title)}">{escape(article.text.title, quote=False)}</a>'
        f"<span>{article.day}</span></li>"
        for article in articles
    )
    link = f'<div class="page"><a class="next" href="{following}">Next</a></div>' if following else ""
    before, after = _shell(0)
    main = f'<div class="list"><ul class="news_list">\n{rows}\n</ul></div>\n{link}\n'
    return b"".join((_HEAD, b"Hot News", before, main.encode(), after))


@cache
def _shell(weight: int) -> tuple[bytes, bytes]:
    """Return what stands between the document's title and its main part, and after that."""
    menu = "\n".join(_menu_entry(number) for number in range(70 + weight * 12))
    before = f"""</title>
<meta name="SiteName" content="Lanhai Municipal People's Government">
<meta name="ColumnName" content="Hot News">
<style type="text/css">
{_STYLE}
</style>
<script type="text/javascript">
{_SCRIPT}
</script>
</head>
<body>
<div class="header"><a href="/"><img src="/images/logo.png" alt="Lanhai"></a></div>
<ul class="nav">
{menu}
</ul>
<div class="location"><a href="/">Home</a>&gt;<a href="/load/1/index.html">Hot News</a></div>
<div class="eyesight">Eyesight Protection: <a href="javascript:setColor('FAFBE6')"><img src="/images/almond.gif" alt=""></a></div>
<div class="con-article">
"""
    links = "\n".join(_menu_entry(number) for number in range(200, 230 + weight * 9))
    after = f"""</div>
<div class="links"><h4>Links</h4><ul>
{links}
</ul></div>
<div class="footer"><p>Copyright &copy; 2026 Lanhai Municipal People's Government. All rights reserved.</p></div>
</body></html>
"""
    return before.encode(), after.encode()


def _menu_entry(number: int) -> str:
    name = f"Office {number} of the Municipal Government"
    return f'<li class="nav-item level-{number % 3}"><a class="nav-link" href="/internal/office/{number}/index.html" target="_blank">{name}</a></li>'


_HEAD = b"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>"""
_STYLE = "\n".join(
    f".nav-item.level-{number} > .nav-link{{display:inline-block;padding:{number % 9}px {number % 14}px;color:#{number * 4099 % 0xFFFFFF:06x}}}"
    for number in range(60)
)
_SCRIPT = "\n".join(
    f"function track{number}(node){{if(node&&node.className.indexOf('level-{number % 3}')>=0){{window.dataLayer=window.dataLayer||[];window.dataLayer.push({{event:'click',office:{number}}});}}}}"
    for number in range(45)
)

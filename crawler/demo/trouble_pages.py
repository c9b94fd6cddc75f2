# ruff: noqa: E501  # markup is kept as publishers send it
"""The mark-up of troublesome pages: firewalls, empty shells, broken documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from crawler.demo.content import Page, Text
from crawler.demo.markup import body_markup

COOKIE_CHALLENGE = (
    "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c')+('l')+('e')+('a')+('r')+('a')+('n')+('c')+('e')"
    "+('=')+('demo')+(';')+('max-age=3600;path=/');location.href=location.pathname+location.search</script>"
)
META_CHALLENGE = """<!DOCTYPE html><html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="demo" r="m"><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<script type="text/javascript" charset="iso-8859-1" src="/4QbVtADbnLVIc/d.FxJzG50F.js" r="m"></script><script type="text/javascript" r="m">$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>
"""
WAIT_CHALLENGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>请稍候</title>
<script>function wzwschallenge(){var t='/WZWSREL2RlbW8v';setTimeout(function(){location.href=t},50)}</script></head><body onload="wzwschallenge()"></body></html>
"""
SOFT_404 = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>404 Not Found</title></head>
<body><div class="error"><h1>404 Not Found</h1><p>Sorry, the page you are looking for has been deleted or does not exist.</p><a href="/">Home</a></div></body></html>
"""
LOGIN = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Login - Office Network</title></head>
<body><h1>Login</h1><form method="post" action="/internal/login"><label>User <input name="user"></label><label>Password <input type="password" name="password"></label><button>Log in</button></form></body></html>
"""
REDESIGNED_LIST = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Hot News</title><script src="/script/app.3f9a1c.js" defer></script></head>
<body><div id="app"><div class="skeleton"></div><div class="skeleton"></div><div class="skeleton"></div></div>
<noscript>Please enable JavaScript to read the news.</noscript>
<footer>Copyright &copy; 2026 Lanhai Municipal People's Government</footer></body></html>
"""


def list_page(title: str, rows: Sequence[tuple[str, str]], day: date) -> str:
    """Return a plain list page of *rows* (path, title), with links that lead nowhere among them."""
    items = "\n".join(
        f'<li><a href="{path}" title="{escape(shown)}">{escape(shown, quote=False)}</a><span>{day}</span></li>'
        for path, shown in rows
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="/css/site.css"></head>
<body><div class="location"><a href="/">Home</a>&gt;<a href="/trouble/index.html">{title}</a></div>
<div class="list"><ul class="news_list">
{items}
</ul></div>
<p><a href="javascript:history.back()">Back</a> <a href="mailto:news@lanhai.example">Write to us</a> <a href="http://[broken/">A link that is no link</a></p>
<div class="footer">Copyright &copy; 2026 Lanhai Municipal People's Government</div></body></html>
"""


def bare_article(text: Text, *, charset: str | None) -> str:
    """Return a small Chinese article page that declares *charset*, or nothing."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    title = escape(text.title, quote=False)
    return f"""<html><head>{meta}<title>{title}</title><meta name="PubDate" content="2026-05-20 09:30:00"></head>
<body><div class="location">当前位置：首页 &gt; 海岛要闻</div>
<p class="con-title">{title}</p><div id="zoom">
{body_markup(text, 0)}
</div><p>【打印】【关闭】</p></body></html>
"""


def early_end(markup: str) -> str:
    """Return *markup* with its document ended before the article."""
    head, mark, rest = markup.partition('<div class="con-article">')
    return f"{head}</body>\n</html>\n{mark}{rest}"


def with_odd_characters(markup: str) -> str:
    """Return *markup* with a NUL and half a surrogate pair, neither of which is text, in its body."""
    head, mark, rest = markup.partition('<div id="zoom" class="main-txt">')
    odd = rest.replace(". ", ".\x00 ", 1).replace(". ", ".&#xD83D; ", 1)
    return head + mark + odd


def redesigned_article(page: Page) -> str:
    """Return an article page of Hot News after a redesign: its text is handed to a script."""
    title = escape(page.text.title, quote=False)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lanhai</title><script src="/script/app.3f9a1c.js" defer></script></head>
<body><div id="app" data-page="article" data-headline="{escape(title)}"><div class="skeleton"></div></div>
<noscript>Please enable JavaScript to read the news.</noscript>
<footer>Copyright &copy; 2026 Lanhai Municipal People's Government</footer></body></html>
"""

"""Recognises the page that a web firewall serves instead of the one that was asked for.

Such a page is reported and never stored as an article, and never answered: no script is run, no cookie
is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKED_AT_BYTES = 200_000
MOST_CLOSING_TAGS = 60  # a real page has hundreds, an interstitial a dozen
MOST_VISIBLE_CHARACTERS = 400
ERRORS_WITH_SCRIPT = frozenset({202, 412, 512, 521})

# Header name -> what its value contains; each alone is proof.
HEADER_SIGNS: tuple[tuple[str, str, str], ...] = (
    ("cf-mitigated", "challenge", "cloudflare"),
    ("x-amzn-waf-action", "", "aws-waf"),
    ("x-datadome", "", "datadome"),
)


def _either(*words: str) -> bytes:
    """Return a pattern for any of *words* in the encodings that such pages are served in."""
    spellings = {word.encode(encoding) for word in words for encoding in ("utf-8", "gb18030")}
    return b"|".join(re.escape(spelling) for spelling in sorted(spellings))


# A mark proves nothing alone, since ordinary pages load some of these scripts; on an error or an empty
# page it does.
MARKS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (
        "cloudflare",
        re.compile(
            rb"_cf_chl_opt|/cdn-cgi/challenge-platform/|cf-browser-verification|cf_captcha_kind"
            rb"|Attention Required! \| Cloudflare|cf-error-details"
        ),
    ),
    ("f5", re.compile(rb"The requested URL was rejected\. Please consult")),
    ("sucuri", re.compile(rb"Sucuri Web[Ss]ite Firewall|sucuri_cloudproxy")),
    ("radware", re.compile(rb"Radware (?:Bot Manager|Captcha)|perfdrive\.com")),
    ("anubis", re.compile(rb"/\.within\.website/x/cmd/anubis")),
    ("imunify", re.compile(rb"wsidchk")),
    ("kasada", re.compile(rb"KPSDK|KP_UIDz")),
    ("ddos-guard", re.compile(rb"ddos-guard", re.IGNORECASE)),
    ("fortiweb", re.compile(rb"fgd_icon|FortiWeb|FortiGate")),
    ("jiasule", re.compile(rb"__jsl_clearance|__jsluid|jsl_clearance_s")),
    (
        "wzws",
        re.compile(
            rb"wzws[-_]?(?:waf-cgi|sessionid|confirm|cid|reurl|rel|challenge)|WZWS-RAY", re.IGNORECASE
        ),
    ),
    ("ruishu", re.compile(rb"\$_ts\s*=|\$_ts\.(?:nsd|cd)|[\"']r=['\"]m['\"]|/4QbVtADbnLVIc/")),
    ("aliyun", re.compile(rb"acw_sc__v\d|_waf_bd8ce2ce37|aliyun_waf|punish\?x5secdata|_____tmd_____")),
    ("incapsula", re.compile(rb"_Incapsula_Resource|Incapsula incident")),
    (
        "akamai",
        re.compile(
            rb"errors(?:\.|&#46;)edgesuite(?:\.|&#46;)net|/_sec/cp_challenge/|sec-if-cpt-container"
            # The web servers of others say the same of a path, without a scheme.
            rb"|You don.t have permission to access (?:\"|&quot;|&#34;)http[^<>]{1,400}on this server\."
        ),
    ),
    ("aws-waf", re.compile(rb"gokuProps|\.awswaf\.com/")),
    ("datadome", re.compile(rb"captcha-delivery\.com")),
    ("perimeterx", re.compile(rb"_pxCaptcha|px-captcha|captcha\.px-cdn\.net")),
    ("baidu", re.compile(rb"yunjiasu|bsmb\.js|" + _either("百度云加速"))),
    ("huawei", re.compile(rb"HWWAFSES(?:ID|TIME)")),
    ("edgeone", re.compile(rb"EO_Bot_Ssid|__tst_status")),
    ("safedog", re.compile(rb"safedog|" + _either("网站安全狗", "安全狗"), re.IGNORECASE)),
    ("captcha", re.compile(rb"g-recaptcha|h-captcha|hcaptcha\.com|geetest|cf-turnstile|TencentCaptcha")),
    (
        "words",
        re.compile(
            rb"(?i:checking your browser|(?:verify|confirm)(?:ing)? (?:that )?you are (?:a )?human|"
            rb"making sure you.re not a bot|while your request is being verified|"
            rb"enable javascript and cookies)|"
            + _either(
                "请完成安全验证",
                "安全验证",
                "访问被拦截",
                "请求疑似攻击",
                "人机验证",
                "滑动验证",
                "网站防火墙",
                # What the firewalls are called that government sites of China stand behind.
                *("创宇盾", "玄武盾", "D盾", "云锁"),
                *("访问被阻断", "您的访问行为存在异常", "被网站管理员设置拦截", "当前环境异常"),
                *("访问过于频繁", "访问频率过高", "请求过于频繁", "验证后即可继续访问"),
            )
        ),
    ),
)
SETS_COOKIE = re.compile(rb"document\s*(?:\.\s*cookie|\[\s*['\"]cookie['\"]\s*\])")
RELOADS = re.compile(rb"location|reload")
INVISIBLE = re.compile(
    rb"<(script|style|noscript|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>?|&\w+;|\s+",
    re.IGNORECASE | re.DOTALL,
)


def challenge_sign(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """Return what gives a response away as a firewall's challenge, or None.

    *headers* have lower-case names; *body* is decoded from its content encoding.
    """
    if sign := _sign_in_headers(headers):
        return sign
    if status < 400 and _is_page(body):
        return None
    looked_at = body[:LOOKED_AT_BYTES]
    if sign := _sign_in_body(looked_at):
        return sign
    if status in ERRORS_WITH_SCRIPT and b"<script" in looked_at and not _has_text(looked_at):
        return f"script with status {status}"
    return None


def _sign_in_headers(headers: Mapping[str, str]) -> str | None:
    for name, part, sign in HEADER_SIGNS:
        if part in headers.get(name, "-") and name in headers:
            return sign
    return None


def _is_page(body: bytes) -> bool:
    return len(body) > LOOKED_AT_BYTES or _has_many_closing_tags(body) or _has_text(body)


def _has_many_closing_tags(body: bytes) -> bool:
    # Cut, not counted: most pages have so many long before their end.
    return len(body.split(b"</", MOST_CLOSING_TAGS + 1)) > MOST_CLOSING_TAGS + 1


def _sign_in_body(body: bytes) -> str | None:
    for sign, mark in MARKS:
        if mark.search(body):
            return sign
    if SETS_COOKIE.search(body) and RELOADS.search(body) and not _has_text(body):
        return "script that sets a cookie"
    return None


def _has_text(body: bytes) -> bool:
    """Return whether a reader without scripts would see more than a notice."""
    seen, end = 0, 0
    for invisible in INVISIBLE.finditer(body):
        seen += invisible.start() - end
        end = invisible.end()
        if seen > MOST_VISIBLE_CHARACTERS:
            return True
    return seen + len(body) - end > MOST_VISIBLE_CHARACTERS

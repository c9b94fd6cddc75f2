"""What publishers do to a release: cut it, re-head it, prefix it, respell it, scan it, merge it."""

# ruff: noqa: E501  (a template reads best as one line)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.story_bases import Release, chinese_sentence, english_sentence, write_title
from storage.search.han_variants import FOLDED

Variant = Callable[[Release, Random], Release]

SENTENCE_END = {"en": re.compile(r'(?<=[.!?"]) +(?=["A-Z0-9])'), "zh": re.compile(r"(?<=[。！？”])(?!”)")}
LEADS = {
    "en": ("XINHUA -- ", "NINGBO, June {day} (Xinhua) -- ", "(Ecns) -- ", "By our reporter {name}. ",
           "This story was first carried by the provincial gazette. ", "[{name}, Daily News, {day} May] "),
    "zh": ("新华社宁波6月{day}日电 ", "（记者 {name}）", "本报讯 ", "据省政府网站消息，", "来源：{name} 日期：2026-05-{day} ",
           "人民网{day}日电 "),
}  # fmt: skip
BOILERPLATE = {
    "en": (
        "Print. Close.",
        "Copyright of the municipal government. All rights reserved. No part of this page may be reproduced.",
        "For more information please contact the press office on 0574 8718 2000 or visit the enquiry counter.",
        "Related stories: City opens new library; Harbour reports record year; Schools return on Monday",
        "Editor: {name}. Share this page with friends. Subscribe to our newsletter for weekly updates.",
    ),
    "zh": (
        "【打印】【关闭】",
        "版权所有：市人民政府办公室 备案序号：浙ICP备05000001号 网站标识码：3302000001",
        "责任编辑：{name}",
        "扫一扫在手机打开当前页。分享到微信、微博。",
        "相关链接：我市召开经济工作会议；港口吞吐量再创新高；各区县推进老旧小区改造",
    ),
}
OCR = str.maketrans(
    {"l": "1", "o": "0", "e": "c", "m": "rn", "h": "b", "S": "5", "B": "8", "i": "l", "t": "f", "u": "n"}
)
OCR_ZH = dict(
    zip(
        "大土己日未人入天夫木市政会发工业农水电通过和的中国",
        "太士已曰末入人夫天本巾攻会友土亚衣永申遇边知旳申囯",
        strict=True,
    )
)
NUMERALS_EN = {
    "3": "three",
    "7": "seven",
    "12": "twelve",
    "40": "forty",
    "65": "sixty-five",
    "20": "twenty",
    "15": "fifteen",
}
TRADITIONAL = str.maketrans({simplified: form for form, simplified in reversed(FOLDED.items())})
ZH_DIGITS = "零一二三四五六七八九"


def sentences(release: Release) -> list[list[str]]:
    """Return the sentences of each paragraph."""
    return [SENTENCE_END[release.language].split(paragraph) for paragraph in release.paragraphs]


def joined(release: Release, paragraphs: list[list[str]]) -> Release:
    """Return *release* with *paragraphs* of sentences; empty ones go."""
    blank = "" if release.language == "zh" else " "
    texts = tuple(blank.join(paragraph).strip() for paragraph in paragraphs if paragraph)
    return replace(release, paragraphs=texts)


def respaced(release: Release, random: Random) -> Release:
    """Return the text with other quotes, dashes, spaces and invisible characters."""
    swaps = (("“", '"'), ("”", '"'), ("，", ", "), ("-", "–"), (" ", "\u00a0"), ("the", "the\u200b"))
    chosen = [swap for swap in swaps if random.random() < 0.5]
    return _mapped(release, lambda text: _swapped(text, chosen))


def _swapped(text: str, swaps: list[tuple[str, str]]) -> str:
    for old, new in swaps:
        text = text.replace(old, new)
    return text


def _mapped(release: Release, change: Callable[[str], str]) -> Release:
    return replace(release, paragraphs=tuple(map(change, release.paragraphs)))


def reheaded(release: Release, random: Random) -> Release:
    """Return the text under another headline."""
    return replace(release, title=write_title(random, release.language))


def led(release: Release, random: Random) -> Release:
    """Return the text after an agency's lead."""
    lead = random.choice(LEADS[release.language]).format(
        day=random.randint(1, 28), name=_reporter(random, release)
    )
    first, *rest = release.paragraphs
    return replace(release, paragraphs=(lead + first, *rest))


def _reporter(random: Random, release: Release) -> str:
    return random.choice(
        ("王小明", "李丽", "赵海波") if release.language == "zh" else ("Li Xiaoming", "Ann Carver", "J. Doe")
    )


def cut(release: Release, random: Random) -> Release:
    """Return the first 55 to 85 percent of the sentences."""
    return _first(release, random.uniform(0.55, 0.85))


def _first(release: Release, share: float) -> Release:
    return _kept(release, lambda at, total: at < max(2, round(share * total)))


def _kept(release: Release, keep: Callable[[int, int], bool]) -> Release:
    paragraphs = sentences(release)
    total, at, kept = sum(map(len, paragraphs)), 0, []
    for paragraph in paragraphs:
        kept.append([sentence for number, sentence in enumerate(paragraph, at) if keep(number, total)])
        at += len(paragraph)
    return joined(release, kept)


def abridged(release: Release, random: Random) -> Release:
    """Return the text without a random fifth to third of its sentences."""
    share = random.uniform(0.2, 0.35)
    return _kept(release, lambda at, _total: at == 0 or random.random() > share)


def excerpt(release: Release, random: Random) -> Release:
    """Return 30 to 60 percent of the text: the beginning, a passage, or sentences here and there."""
    share = random.uniform(0.3, 0.6)
    form = random.randrange(3)
    if form == 0:
        return _first(release, share)
    if form == 1:
        start = random.uniform(0, 1 - share)
        return _kept(release, lambda at, total: start * total <= at + 0.5 <= (start + share) * total + 1)
    total = sum(map(len, sentences(release)))
    chosen = set(random.sample(range(total), min(total, max(2, round(share * total)))))
    return _kept(release, lambda at, _total: at in chosen)


def respelled(release: Release, _random: Random) -> Release:
    """Return the text with its numbers in another spelling."""
    return _mapped(release, _english_numerals if release.language == "en" else _chinese_numerals)


def _english_numerals(text: str) -> str:
    text = re.sub(r"(\d+)\.(\d) million", lambda match: f"{int(match[1] + match[2]) * 100_000:,}", text)
    text = text.replace(" percent", "%")
    return re.sub(r"(?<![\d,.])\d{1,2}(?![\d,.%])", lambda match: NUMERALS_EN.get(match[0], match[0]), text)


def _chinese_numerals(text: str) -> str:
    text = re.sub(r"(?<![\d.])(\d{1,2})(?=[个月日])", lambda match: _spoken(int(match[1])), text)
    text = re.sub(r"(\d+)万元", lambda match: f"{int(match[1]) * 10000:,}元", text)
    return re.sub(r"(\d+)%", lambda match: "百分之" + _spoken(int(match[1])), text)


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return ZH_DIGITS[ones]
    return ("" if tens == 1 else ZH_DIGITS[tens]) + "十" + (ZH_DIGITS[ones] if ones else "")


def padded(release: Release, random: Random) -> Release:
    """Return the text with a site's boilerplate at its end."""
    lines = random.sample(BOILERPLATE[release.language], random.randint(1, 3))
    lines = [line.format(name=_reporter(random, release)) for line in lines]
    return replace(release, paragraphs=(*release.paragraphs, *lines))


def scanned(release: Release, random: Random) -> Release:
    """Return the text with the errors of a scanner in 2 to 8 percent of the words (Han: 1 to 4)."""
    if release.language == "zh":
        rate = random.uniform(0.01, 0.04)
        return _mapped(release, lambda text: "".join(_misread_character(c, random, rate) for c in text))
    rate = random.uniform(0.02, 0.08)
    return _mapped(
        release, lambda text: " ".join(_misread_word(word, random, rate) for word in text.split(" "))
    )


def _misread_character(character: str, random: Random, rate: float) -> str:
    if character in OCR_ZH and random.random() < 6 * rate:
        return OCR_ZH[character]
    return random.choice(tuple(OCR_ZH)) if random.random() < rate else character


def _misread_word(word: str, random: Random, rate: float) -> str:
    if random.random() >= rate or not word:
        return word
    at = random.randrange(len(word))
    return (
        word[:at]
        + random.choice((word[at].translate(OCR), "", word[at] * 2, " " + word[at]))
        + word[at + 1 :]
    )


def widened(release: Release, _random: Random) -> Release:
    """Return the text in full-width letters and digits, or the other way round."""
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x7B) if chr(code).isalnum()})
    return _mapped(release, lambda text: text.translate(wide))


def rescripted(release: Release, _random: Random) -> Release:
    """Return the text in traditional characters, or in capitals as wires have it."""
    if release.language != "zh":
        return _mapped(release, str.upper)
    return _mapped(
        replace(release, title=release.title.translate(TRADITIONAL)), lambda text: text.translate(TRADITIONAL)
    )


def reordered(release: Release, random: Random) -> Release:
    """Return the text with two of its paragraphs in other places."""
    paragraphs = list(release.paragraphs)
    for _ in range(2):
        moved = paragraphs.pop(random.randrange(len(paragraphs)))
        paragraphs.insert(random.randrange(len(paragraphs) + 1), moved)
    return replace(release, paragraphs=tuple(paragraphs))


def extended(release: Release, random: Random) -> Release:
    """Return the text with one to three sentences of a local office at its end."""
    sentence = chinese_sentence if release.language == "zh" else english_sentence
    added = [sentence(random) for _ in range(random.randint(1, 3))]
    return replace(
        release, paragraphs=(*release.paragraphs, ("" if release.language == "zh" else " ").join(added))
    )


def revised(release: Release, random: Random) -> Release:
    """Return the text with one number corrected."""
    numbers = [
        (at, match) for at, text in enumerate(release.paragraphs) for match in re.finditer(r"\d+", text)
    ]
    if not numbers:
        return release
    at, match = random.choice(numbers)
    text = release.paragraphs[at]
    corrected = text[: match.start()] + str(int(match[0]) + random.randint(1, 9)) + text[match.end() :]
    return replace(release, paragraphs=(*release.paragraphs[:at], corrected, *release.paragraphs[at + 1 :]))


def combined(release: Release, random: Random) -> Release:
    """Return the text after two or three of the other changes."""
    first = random.choice((reheaded, cut, abridged, excerpt, respelled))
    others = random.sample((reheaded, led, respelled, padded, scanned, widened, extended), 2)
    for change in (first, *others):
        release = change(release, random)
    return release


VARIANTS: dict[str, Variant] = {
    "respaced": respaced, "reheaded": reheaded, "led": led, "cut": cut, "abridged": abridged, "excerpt": excerpt,
    "respelled": respelled, "padded": padded, "scanned": scanned, "widened": widened, "extended": extended,
    "revised": revised, "rescripted": rescripted, "reordered": reordered, "combined": combined,
}  # fmt: skip


def roundup(releases: list[Release], random: Random) -> Release:
    """Return several releases as one page: whole or their first paragraphs, with headings or without."""
    language = releases[0].language
    with_headings, whole = random.random() < 0.5, random.random() < 0.6
    paragraphs: list[str] = []
    for release in releases:
        paragraphs += [release.title] if with_headings else []
        paragraphs += (
            release.paragraphs if whole else release.paragraphs[: max(1, len(release.paragraphs) * 2 // 3)]
        )
    title = "一周要闻" if language == "zh" else "The week in brief"
    return Release(title=title, paragraphs=tuple(paragraphs), language=language)

"""Texts that look like copies and are none: bulletins, one template with other names, notices, follow-ups."""

# ruff: noqa: E501  (a template reads best as one line)
from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks import story_words as words
from benchmarks.story_bases import (
    Release,
    chinese_name,
    chinese_phrase,
    chinese_sentence,
    english_name,
    english_phrase,
    english_sentence,
)

Series = Callable[[Random, str, int], list[Release]]  # (random, language, how many)
GOODS = {"en": "rice flour pork beef eggs cabbage tomatoes apples fish oil".split(),
         "zh": "大米 面粉 猪肉 牛肉 鸡蛋 白菜 番茄 苹果 鲜鱼 食油".split()}  # fmt: skip
SKIES = {
    "en": "sunny cloudy rainy overcast windy foggy".split(),
    "zh": "晴天 多云 小雨 阴天 大风 有雾".split(),
}


def prices(random: Random, language: str, count: int) -> list[Release]:
    """Return a site's weekly price bulletins: other figures, now and then another direction."""
    place = random.choice(words.ZH_PLACES if language == "zh" else words.EN_PLACES)
    return [_price_bulletin(random, language, place, week) for week in range(1, count + 1)]


def _price_bulletin(random: Random, language: str, place: str, week: int) -> Release:
    lines = []
    for good in GOODS[language]:
        price, change = random.randint(200, 4000) / 100, random.randint(1, 99) / 10
        if language == "zh":
            lines.append(f"{good}平均零售价格为每公斤{price}元，环比{random.choice('升降')}{change}%。")
        else:
            move = random.choice(("rose", "fell"))
            lines.append(
                f"The average retail price of {good} {move} by {change} percent to {price} yuan a kilogram."
            )
    if language == "zh":
        head = f"第{week}周，{place}市价格监测中心对全市主要农贸市场和超市的居民生活必需品价格进行了监测，具体情况如下："
        return Release(title=f"{place}市第{week}周价格监测", paragraphs=(head, *lines), language=language)
    head = f"In week {week} the {place} price monitoring centre surveyed the main markets and supermarkets of the city."
    return Release(title=f"{place} prices, week {week}", paragraphs=(head, *lines), language=language)


def weather(random: Random, language: str, count: int) -> list[Release]:
    """Return a site's daily forecasts."""
    place = random.choice(words.ZH_PLACES if language == "zh" else words.EN_PLACES)
    return [_forecast(random, language, place) for _ in range(count)]


def _forecast(random: Random, language: str, place: str) -> Release:
    month, day, low = random.randint(1, 12), random.randint(1, 28), random.randint(-5, 25)
    sky, later = random.sample(SKIES[language], 2)
    high, wind, rain = low + random.randint(3, 12), random.randint(2, 8), random.randint(0, 90)
    if language == "zh":
        text = (
            f"{place}市气象台{month}月{day}日发布：今天{sky}转{later}，偏北风{wind}级，最低气温{low}度，最高气温{high}度，"
            f"降水概率{rain}%。明天{later}，后天{sky}。请市民注意防范，合理安排出行，高空作业人员注意安全，船舶及时回港避风，农户做好大棚加固。"
        )
    else:
        text = (
            f"The {place} observatory forecasts {sky} weather turning {later} on {words.EN_MONTHS[month - 1]} {day}, with "
            f"northerly winds of force {wind}, a low of {low} and a high of {high} degrees and a {rain} percent chance of rain. "
            f"Tomorrow will be {later}, the day after {sky}. Residents should plan journeys with care, people working at "
            "heights should mind their safety, ships should return to harbour in time and farmers should secure greenhouses."
        )
    return Release(
        title=("天气预报" if language == "zh" else "Weather forecast"), paragraphs=(text,), language=language
    )


def meetings(random: Random, language: str, count: int) -> list[Release]:
    """Return press releases of meetings: one template, other people, places and subjects."""
    return [_meeting(random, language) for _ in range(count)]


def _meeting(random: Random, language: str) -> Release:
    if language == "zh":
        place, name, guest, topic = (
            random.choice(words.ZH_PLACES),
            chinese_name(random),
            chinese_name(random),
            chinese_phrase(random),
        )
        paragraphs = (
            f"{random.randint(1, 12)}月{random.randint(1, 28)}日下午，{place}市市长{name}会见了来访的{guest}一行。",
            f"{name}首先代表市委市政府对{guest}一行的到来表示热烈欢迎，并简要介绍了{place}经济社会发展情况。他指出，希望双方以此次会见为契机，在{topic}等领域进一步深化合作，实现互利共赢。",
            f"{guest}感谢{place}市的热情接待，表示将充分发挥自身优势，积极参与{topic}，推动合作项目早日落地见效。",
            "市委常委、秘书长及有关部门负责人参加会见。",
        )
        return Release(title=f"{name}会见{guest}一行", paragraphs=paragraphs, language=language)
    place, name, guest, topic = (
        random.choice(words.EN_PLACES),
        english_name(random),
        english_name(random),
        english_phrase(random),
    )
    paragraphs = (
        f"{place} Mayor {name} met with {guest} and a visiting delegation on the afternoon of {random.choice(words.EN_MONTHS)} {random.randint(1, 28)}.",
        f"{name} extended a warm welcome to {guest} on behalf of the municipal government and briefed the guests on the economic "
        f"and social development of {place}. The mayor said he hoped both sides would take the meeting as an opportunity to "
        f"deepen cooperation in {topic} and achieve mutual benefit.",
        f"{guest} thanked {place} for its hospitality and said the delegation would make full use of its strengths, take an active "
        f"part in {topic} and see that joint projects are carried out at an early date.",
        "Officials of the departments concerned were present at the meeting.",
    )
    return Release(title=f"{name} meets {guest}", paragraphs=paragraphs, language=language)


def notices(random: Random, language: str, count: int) -> list[Release]:
    """Return a site's short notices that a long standing text follows."""
    sentence = chinese_sentence if language == "zh" else english_sentence
    standing = tuple(sentence(random) for _ in range(random.randint(4, 7)))
    return [_notice(random, language, standing) for _ in range(count)]


def _notice(random: Random, language: str, standing: tuple[str, ...]) -> Release:
    sentence = chinese_sentence if language == "zh" else english_sentence
    news = tuple(sentence(random) for _ in range(random.randint(2, 4)))
    phrase = chinese_phrase if language == "zh" else english_phrase
    paragraphs = (*news, *standing) if random.random() < 0.7 else (standing[0], *news, *standing[1:])
    return Release(title=phrase(random), paragraphs=paragraphs, language=language)


SERIES: dict[str, Series] = {"prices": prices, "weather": weather, "meetings": meetings, "notices": notices}


def follow_up(release: Release, random: Random) -> Release:
    """Return a later report that repeats a passage of *release* as its background."""
    sentence = chinese_sentence if release.language == "zh" else english_sentence
    blank = "" if release.language == "zh" else " "
    background = random.sample(release.paragraphs, max(1, len(release.paragraphs) // 4))
    size = sum(map(len, background))
    news: list[str] = []
    while sum(map(len, news)) < size * random.uniform(1.2, 2.5):
        news.append(blank.join(sentence(random) for _ in range(2)))
    title = ("后续：" if release.language == "zh" else "Update: ") + release.title
    return Release(title=title, paragraphs=(*news, *background), language=release.language)


def correction(release: Release, random: Random) -> Release:
    """Return a notice that corrects a sentence of *release*."""
    wrong = random.choice(release.paragraphs)[:160]
    if release.language == "zh":
        text = f"本网日前发布的《{release.title}》一文中，“{wrong}”一句有误，现更正为：{chinese_sentence(random)}特此说明，并向读者致歉。"
        return Release(title="更正", paragraphs=(text,), language="zh")
    text = f'In "{release.title}" this site wrote: "{wrong}" This was wrong. It should read: "{english_sentence(random)}" We apologise for the error.'
    return Release(title="Correction", paragraphs=(text,), language="en")

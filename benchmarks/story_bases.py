"""Write government releases, and the hard negatives that look like copies and are none."""

# ruff: noqa: E501  (a template reads best as one line)
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks import story_words as words


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A text as somebody published it."""

    title: str
    paragraphs: tuple[str, ...]
    language: str


def read_releases(path: Path) -> list[Release]:
    """Return the releases of a file of JSON lines (title, paragraphs, language)."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Release(title=row["title"], paragraphs=tuple(row["paragraphs"]), language=row["language"])
        for row in rows
    ]


def write_release(random: Random, language: str) -> Release:
    """Return a release about nothing in particular: no sentence of it stands in another."""
    sentence = {"en": english_sentence, "zh": chinese_sentence}[language]
    paragraphs = tuple(
        ("" if language == "zh" else " ").join(sentence(random) for _ in range(random.randint(1, 4)))
        for _ in range(random.randint(3, 9))
    )
    return Release(title=write_title(random, language), paragraphs=paragraphs, language=language)


def write_title(random: Random, language: str) -> str:
    """Return a headline."""
    if language == "zh":
        return f"{random.choice(words.ZH_PLACES)}{random.choice(words.ZH_VERBS)}{chinese_phrase(random)}"
    return f"{random.choice(words.EN_PLACES)} {random.choice(words.EN_VERBS)} {english_phrase(random)}".capitalize()


def english_phrase(random: Random) -> str:
    """Return a noun phrase."""
    noun, adjective = random.choice(words.EN_NOUNS), random.choice(words.EN_ADJECTIVES)
    head = random.choice(
        (
            f"the {adjective} {noun}",
            f"{random.randint(2, 980):,} {noun}s",
            f"a {noun} {random.choice(words.EN_NOUNS)}",
        )
    )
    return head + (f" of the {random.choice(words.EN_NOUNS)}" if random.random() < 0.3 else "")


def english_body(random: Random) -> str:
    """Return the name of an authority."""
    return f"the {random.choice(words.EN_PLACES)} {random.choice(words.EN_FIELDS)} {random.choice(words.EN_BODIES)}"


def english_name(random: Random) -> str:
    """Return a person's name."""
    return f"{random.choice(words.EN_GIVEN)} {random.choice(words.EN_SURNAMES)}"


def english_amount(random: Random) -> str:
    """Return an amount in one of the usual spellings."""
    return random.choice(
        (
            f"{random.randint(1000, 9_999_999):,} yuan",
            f"{random.randint(11, 99) / 10} million yuan",
            f"{random.randint(2, 99)} percent",
            f"{random.choice(('three', 'seven', 'twelve', 'forty', 'sixty-five'))} {random.choice(words.EN_NOUNS)}s",
        )
    )


def english_sentence(random: Random) -> str:
    """Return a sentence."""
    subject = random.choice((english_body, english_body, english_phrase))(random)
    verb, object_, adverbial = (
        random.choice(words.EN_VERBS),
        english_phrase(random),
        random.choice(words.EN_ADVERBIALS),
    )
    form = random.randrange(6)
    if form == 0:
        text = f"{subject} {verb} {object_} {adverbial}, said {english_name(random)}, who heads {english_body(random)}"
    elif form == 1:
        text = f"{adverbial}, {subject} {verb} {object_} and {random.choice(words.EN_VERBS)} {english_phrase(random)}"
    elif form == 2:
        text = f'"{subject} {verb} {object_}," {english_name(random)} told reporters in {random.choice(words.EN_PLACES)}'
    elif form == 3:
        text = f"{subject} {verb} {english_amount(random)} for {object_}, up from {english_amount(random)} {adverbial}"
    elif form == 4:
        day = f"{random.choice(words.EN_MONTHS)} {random.randint(1, 28)}"
        text = f"on {day}, {subject} {verb} {object_} near {random.choice(words.EN_PLACES)} {adverbial}"
    else:
        text = f"{object_} will be {verb} where {subject} {random.choice(words.EN_VERBS)} {english_phrase(random)} {adverbial}"
    return text[0].upper() + text[1:] + "."


def chinese_phrase(random: Random) -> str:
    """Return a noun phrase."""
    noun, adjective = random.choice(words.ZH_NOUNS), random.choice(words.ZH_ADJECTIVES)
    return random.choice(
        (f"{adjective}{noun}", f"{noun}{random.choice(words.ZH_NOUNS)}", f"{random.randint(2, 980)}个{noun}")
    )


def chinese_body(random: Random) -> str:
    """Return the name of an authority."""
    return (
        f"{random.choice(words.ZH_PLACES)}市{random.choice(words.ZH_FIELDS)}{random.choice(words.ZH_BODIES)}"
    )


def chinese_name(random: Random) -> str:
    """Return a person's name."""
    return random.choice(words.ZH_SURNAMES) + "".join(random.choices(words.ZH_GIVEN, k=random.randint(1, 2)))


def chinese_amount(random: Random) -> str:
    """Return an amount in one of the usual spellings."""
    return random.choice(
        (
            f"{random.randint(1000, 99999)}元",
            f"{random.randint(11, 99) / 10}亿元",
            f"{random.randint(2, 99)}%",
            f"{random.choice('三五七九')}十{random.choice('二四六八')}家",
            f"{random.randint(2, 900)}万元",
        )
    )


def chinese_sentence(random: Random) -> str:
    """Return a sentence."""
    subject = random.choice((chinese_body, chinese_body, chinese_phrase))(random)
    verb, object_, adverbial = (
        random.choice(words.ZH_VERBS),
        chinese_phrase(random),
        random.choice(words.ZH_ADVERBIALS),
    )
    form = random.randrange(6)
    if form == 0:
        return (
            f"{subject}{adverbial}{verb}{object_}，{chinese_body(random)}负责人{chinese_name(random)}介绍。"
        )
    if form == 1:
        return f"{adverbial}，{subject}{verb}{object_}，{random.choice(words.ZH_VERBS)}{chinese_phrase(random)}。"
    if form == 2:
        return f"“{subject}{verb}{object_}。”{chinese_name(random)}在{random.choice(words.ZH_PLACES)}表示。"
    if form == 3:
        return (
            f"{subject}为{object_}{verb}{chinese_amount(random)}，比上年的{chinese_amount(random)}有所增加。"
        )
    if form == 4:
        return f"{random.randint(1, 12)}月{random.randint(1, 28)}日，{subject}在{random.choice(words.ZH_PLACES)}{verb}{object_}。"
    return (
        f"{object_}将{verb}到{subject}，{adverbial}{random.choice(words.ZH_VERBS)}{chinese_phrase(random)}。"
    )

"""Numbers by value, in any spelling: digits with groups and units, English words, Chinese numerals.

A number is written in plain digits, its decimal point as an underscore, so that it stays one token
when punctuation goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import compress, count

POINT = "_"

ENGLISH_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ENGLISH_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ENGLISH_NUMERALS = frozenset(ENGLISH_SMALL) | frozenset(ENGLISH_SCALES)

HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
HAN_DIGITS |= {"〇": 0, "两": 2, "兩": 2}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGIT, _UNIT, _SCALE = ("".join(table) for table in (HAN_DIGITS, HAN_UNITS, HAN_SCALES))

HAN_NUMBER = re.compile(rf"[{_DIGIT}十][{_DIGIT}{_UNIT}{_SCALE}]*(?:点[{_DIGIT}]+)?")
DIGITS = re.compile(rf"\d[\d.,]*(?:(?<=\d)[百千]?[{_SCALE}]{{1,2}})?")
NUMBER = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?([百千{_SCALE}]*)([.,]*)")
OUTLINE = str.maketrans(
    {chr(code): "0" if chr(code).isdigit() else "," if chr(code) in ".," else " " for code in range(128)}
)
PERCENT = re.compile(rf"百分之(\d[\d{POINT}]*)")


def with_digits_by_value(text: str) -> str:
    """Return *text* with Chinese numerals, and digits with groups or Chinese units, as plain numbers."""
    if text.isascii():
        return _with_plain_digits_by_value(text)
    text = DIGITS.sub(_read_digits, HAN_NUMBER.sub(_read_han, text))
    return PERCENT.sub(r"\1 percent ", text)


def _with_plain_digits_by_value(text: str) -> str:
    """Return ASCII *text* with its numbers by value: they are found by their outline, faster than matched."""
    outline = text.translate(OUTLINE)
    pieces: list[str] = []
    done = 0
    start = outline.find("0")
    while start >= 0:
        end = outline.find(" ", start) % (len(text) + 1)  # a number may be the last
        pieces += (text[done:start], _digits_by_value(text[start:end]))
        done = end
        start = outline.find("0", end)
    return "".join((*pieces, text[done:]))


def with_words_by_value(tokens: list[str]) -> list[str]:
    """Return *tokens* with each number that is spelt out ("1_5 million", "twenty five") as one token."""
    if ENGLISH_NUMERALS.isdisjoint(tokens):
        return tokens
    read: list[str] = []
    done = 0
    for at in compress(count(), map(ENGLISH_NUMERALS.__contains__, tokens)):
        if at < done:
            continue
        start = at - 1 if at > done and tokens[at] in ENGLISH_SCALES and _is_number(tokens[at - 1]) else at
        end, value = _read_english(tokens, start)
        read += tokens[done:start]
        read.append(value)
        done = end
    read += tokens[done:]
    return read


def _read_digits(match: re.Match[str]) -> str:
    return _digits_by_value(match[0])


@lru_cache(maxsize=4096)
def _digits_by_value(digits: str) -> str:
    number = NUMBER.fullmatch(digits)
    if number is None:  # a date or a list: 2019.06.08
        return " ".join(part.lstrip("0") or "0" for part in re.split("[.,]+", digits) if part)
    value = Decimal(number[1].replace(",", "") + (number[2] or ""))
    for unit in number[3]:
        value *= HAN_SCALES.get(unit) or HAN_UNITS[unit]
    return _plain(value) + number[4]


def _plain(value: Decimal) -> str:
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".").replace(".", POINT) if "." in digits else digits


def _read_han(match: re.Match[str]) -> str:
    return _han_by_value(match[0])


@lru_cache(maxsize=4096)
def _han_by_value(numeral: str) -> str:
    whole, _, fraction = numeral.partition("点")
    return _han_value(whole) + (POINT + _digit_by_digit(fraction) if fraction else "")


def _digit_by_digit(numeral: str) -> str:
    return "".join(str(HAN_DIGITS[character]) for character in numeral)


def _han_value(numeral: str) -> str:
    if all(character in HAN_DIGITS for character in numeral):
        return _digit_by_digit(numeral)  # a digit, a year or a telephone number
    total = section = digit = 0
    for character in numeral:
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
        elif character in HAN_UNITS:
            section, digit = section + (digit or 1) * HAN_UNITS[character], 0
        else:
            total, section, digit = (total + section + digit) * HAN_SCALES[character], 0, 0
    return str(total + section + digit)


def _read_english(tokens: Sequence[str], start: int) -> tuple[int, str]:
    """Return where the number that starts at *start* ends, and its digits."""
    if tokens[start] in ENGLISH_SCALES:
        return start + 1, tokens[start]  # "a million": the article is no number
    if tokens[start] in ENGLISH_SMALL and ENGLISH_NUMERALS.isdisjoint(tokens[start + 1 : start + 2]):
        return start + 1, str(ENGLISH_SMALL[tokens[start]])
    at, total, part = start + 1, Decimal(0), _value(tokens[start])
    while at < len(tokens):
        word = tokens[at]
        if word == "hundred":
            part *= 100
        elif word in ENGLISH_SCALES:
            total, part = total + part * ENGLISH_SCALES[word], Decimal(0)
        elif word in ENGLISH_SMALL and _takes(part, ENGLISH_SMALL[word]):
            part += ENGLISH_SMALL[word]
        elif not _joins(tokens, at):
            break
        at += 1
    return at, _plain(total + part)


def _joins(tokens: Sequence[str], at: int) -> bool:
    """Return whether the token is the "and" of "a hundred and five"."""
    follows = tokens[at + 1 : at + 2]
    return (
        tokens[at] == "and"
        and tokens[at - 1] in ENGLISH_SCALES
        and bool(follows)
        and follows[0] in ENGLISH_SMALL
    )


def _value(token: str) -> Decimal:
    return Decimal(ENGLISH_SMALL[token] if token in ENGLISH_SMALL else token.replace(POINT, ".", 1))


def _is_number(token: str) -> bool:
    return token.replace(POINT, "", 1).isdecimal()


def _takes(part: Decimal, value: int) -> bool:
    """Return whether "part value" is one number: 100 and 25, 20 and 5, but not 5 and 6."""
    return part % 100 == 0 or (part % 100 >= 20 and part % 10 == 0 and 0 < value < 10)

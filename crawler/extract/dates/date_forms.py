"""The forms in which sites write dates, and which of them a text may hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.extract.dates.months import ASCII_MONTH_PATTERN, MONTH_PATTERN
from crawler.extract.dates.solar import SOLAR_MONTH_PATTERN, SOLAR_YEAR
from storage.patterns import lazy_pattern


class _Form(NamedTuple):
    """One way to write a date, and what a text in it holds: few texts have that of the rarer ones."""

    pattern: re.Pattern[str]
    needed: re.Pattern[str] | None


_DAY = r"(?P<day>[0-3]?\d)"
_MONTH = r"(?P<month>[01]?\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NAME = rf"(?P<name>{MONTH_PATTERN})(?![^\W\d_])"
_FORMS: tuple[_Form, ...] = tuple(
    _Form(lazy_pattern(form, re.IGNORECASE), re.compile(needed, re.IGNORECASE) if needed else None)
    for needed, form in (
        (None, rf"(?<![\d./-]){_YEAR}\s?(?P<mark>[-/.])\s?{_MONTH}\s?(?P=mark)\s?{_DAY}(?!\d)"),
        ("[年년]", rf"(?<!\d){_YEAR}\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}(?![\d月월])"),
        (
            "年",
            r"(?P<hanyear>[〇○零一二三四五六七八九]{4})年(?P<hanmonth>[一二三四五六七八九十]{1,2})月(?P<handay>[一二三四五六七八九十廿卅]{1,3})[日号]",
        ),
        ("民", rf"(?:中[華华])?民[國国]\s?(?P<roc>\d{{2,3}})\s?[年./-]\s?{_MONTH}\s?[月./-]\s?{_DAY}(?!\d)"),
        (
            "[和成]",
            rf"(?P<era>令和|平成|昭和)\s?(?P<erayear>元|\d{{1,2}})\s?年\s?{_MONTH}\s?月\s?{_DAY}(?!\d)",
        ),
        (
            None,
            rf"(?<![\d.:/-]){_DAY}(?:st|nd|rd|th|er|ère|º|ª|°)?[\s.,/-]{{0,2}}(?:de\s|of\s"
            rf"|del\s|ng\s|ta['’]\s?|d['’])?{_NAME}[.,/-]{{0,2}}\s?(?:de\s|del\s|of\s|ค\.ศ\.\s)?{_YEAR}(?!\d)",
        ),
        (  # of C programs, mail archives and Twitter: Wed Sep 10 14:05:31 CEST 2025
            r":\d\d\s(?:\S{1,5}\s)?(?:19|20)\d\d",
            rf"{_NAME}\s{{1,2}}{_DAY}\s\d{{1,2}}:\d\d(?::\d\d)?\s(?:(?:[A-Z]{{2,5}}|[+-]\d{{4}})\s)?{_YEAR}(?!\d)",
        ),
        ("tháng|thg", rf"(?<!\d){_DAY}\s(?:tháng|thg)\s{_MONTH}(?:\snăm|,)\s{_YEAR}(?!\d)"),
        (
            "[ก-ฮเ]",
            rf"(?<!\d){_DAY}\s(?P<name>(?=[ก-ฮเ])(?:{MONTH_PATTERN}))\s?(?:พ\.ศ\.\s?)?(?P<buddhist>2[45]\d\d|[5-9]\d)(?!\d)",
        ),
        (
            r"(?:19|20)\d\d(?:\.|\s[mթ]\.)?\s[^\W\d_]",
            rf"(?<!\d){_YEAR}(?:\.|\s[mթ]\.)?\s{_NAME}\.?\s{_DAY}(?!\d)(?:\.|\sd\b)?",
        ),
        (
            r"gada|-yil|йил|жыл|ж\.",
            rf"(?<!\d){_YEAR}(?:\.\sgada|-yil|\sйил|-?\s?жыл(?:ғы|дын|ы)|-?\s?ж\.,?)\s{_DAY}(?:\.\s|-|\s){_NAME}",
        ),
        (r"data\s(?:19|20)\d\d\s", rf"(?<=data\s){_YEAR}\s{_MONTH}\s{_DAY}(?!\d)"),  # of Lithuania
        (r"\d\d\d\dko\s", rf"(?<!\d){_YEAR}ko\s{_NAME}\s{_DAY}(?!\d)"),
        ("оны", rf"(?<!\d){_YEAR}\sоны\s{_MONTH}(?:-р|\sд[уү]г[аэ]{{2}}р)?\sсарын\s{_DAY}(?!\d)"),
        (
            None,
            rf"(?<![^\W\d_]){_NAME}\.?\s{{0,2}}{_DAY}(?:st|nd|rd|th)?(?!\d)\s?,?(?:\sdel?)?\s{{0,2}}{_YEAR}(?!\d)",
        ),
        (
            None,
            rf"(?<![\d.,/-])(?P<first>[0-3]?\d)\s?(?P<mark>[./|-])\s?(?P<second>[0-3]?\d)\s?(?P=mark)\s?(?:{_YEAR}"
            r"|(?P<thaiyear>25\d\d))(?!\d|[.,]\d)",
        ),
        (
            None,
            r"(?<![\d.,/-])(?P<first>[0-3]?\d)(?P<mark>[./-])(?P<second>[0-3]?\d)(?P=mark)(?P<shortyear>\d\d)(?![\d./-])",
        ),
    )
)
_ASCII_FORMS = tuple(
    form._replace(
        pattern=lazy_pattern(form.pattern.pattern.replace(MONTH_PATTERN, ASCII_MONTH_PATTERN), re.IGNORECASE)
    )
    for form in _FORMS
    if form.needed is None or any(map(str.isascii, form.needed.pattern.split("|")))
)
STATED_FORMS = (_FORMS[0].pattern,)  # of what metas and time elements state
# Of Cambodia and Myanmar, which set a word at each number: few texts hold them.
_WORDED_FORMS = {
    word: lazy_pattern(form)
    for word, form in (
        ("ខែ", rf"(?<!\d){_DAY}\s?ខែ\s?(?P<name>(?=[ក-ឳ])(?:{MONTH_PATTERN}))\s?(?:ឆ្នាំ)?\s?{_YEAR}(?!\d)"),
        ("ခုနှစ်", rf"(?<!\d){_YEAR}\s?ခုနှစ်[၊,]?\s?(?P<name>(?=[က-ဪ])(?:{MONTH_PATTERN}))လ?\s?{_DAY}(?!\d)"),
    )
}
ROC_FORMS = (
    re.compile(
        r"(?<![\d./-])(?P<roc>1\d\d)\s?[年./-]\s?(?P<month>[01]?\d)\s?[月./-]\s?(?P<day>[0-3]?\d)(?!\d)"
    ),
    re.compile(  # 99/5/6, as the last years before the hundredth were written
        r"(?<![\d./-])(?P<roc>[89]\d)(?P<mark>[./-])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?![\d./-])"
    ),
    # 1150509: no number of a document, in which a letter stands beside it
    re.compile(r"(?<![\w./-])(?P<roc>1[0-2]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![\w./-])"),
)
SOLAR_FORMS = (
    lazy_pattern(
        rf"(?<![\d./-])(?P<solar>{SOLAR_YEAR})(?P<mark>[/.-])(?P<month>[01]?\d)(?P=mark)(?P<day>[0-3]?\d)(?!\d)"
    ),
    lazy_pattern(
        rf"(?<![\d./-])(?P<day>[0-3]?\d)(?P<mark>[/.-])(?P<month>[01]?\d)(?P=mark)(?P<solar>{SOLAR_YEAR})(?!\d)"
    ),
    lazy_pattern(
        rf"(?<!\d)(?P<day>[0-3]?\d)(?:\s?ام)?\s?(?P<solarname>{SOLAR_MONTH_PATTERN})(?:\s?ماه)?,?\s(?:سال\s)?"
        rf"(?P<solar>{SOLAR_YEAR})(?!\d)"
    ),
)


def forms_in(text: str) -> list[re.Pattern[str]]:
    """Return the forms of the common calendar that *text* may hold."""
    known = _ASCII_FORMS if text.isascii() else _FORMS
    forms = [form.pattern for form in known if form.needed is None or form.needed.search(text)]
    if not text.isascii():
        forms += [form for word, form in _WORDED_FORMS.items() if word in text]
    return forms

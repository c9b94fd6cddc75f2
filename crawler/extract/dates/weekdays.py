"""The weekday before a day of numbers tells their order: "Tue, 11/03/2026" is the third of November."""

from __future__ import annotations

import re
from datetime import date

# Stems of the names from Monday on, as dates of many languages begin with them.
_STEMS = (
    "mon lun seg maandag mån mandag pon пон الاثنين الإثنين".split(),
    "tue mar ter dienstag dinsdag tis tir uto wto вто الثلاثاء".split(),
    "wed mié mie mer qua mittwoch woensdag ons sri sre śro сре الأربعاء الاربعاء".split(),
    "thu jue jeu gio qui donnerstag donderdag tor čet czw чет الخميس".split(),
    "fri vie ven sex freitag vrijdag fre pet pią пят الجمعة".split(),
    "sat sáb sab sam zaterdag lör lør sub sob суб السبت".split(),
    "sun dom dim sonntag zondag sön søn ned nie вос الأحد".split(),
)
_BEFORE = re.compile(r"([^\W\d_]{3,12})[.,،]?\s{1,2}\Z")
_LONGEST = 16  # characters before a date that may be its weekday


def month_comes_first(text: str, start: int, first: int, second: int, year: int) -> bool | None:
    """Return whether *first* is the month of the numbers at *start*; None where no weekday before tells."""
    named = _BEFORE.search(text, max(0, start - _LONGEST), start)
    if named is None:
        return None
    word = named[1].lower()
    days = {day for day, stems in enumerate(_STEMS) if word.startswith(tuple(stems))}
    orders = {
        month_first
        for month_first, (month, day) in ((True, (first, second)), (False, (second, first)))
        if _weekday(year, month, day) in days
    }
    return orders.pop() if len(orders) == 1 else None


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:  # no such day
        return None

"""The time zone of countries that have one: on whose calendar a moment in UTC falls."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# Countries whose people all live in one zone; where there are several, a moment's day is not guessed.
_ZONES = {
    "Europe": (
        "AD Andorra AL Tirane AT Vienna BA Sarajevo BE Brussels BG Sofia BY Minsk CH Zurich CZ Prague"
        " DE Berlin DK Copenhagen EE Tallinn FI Helsinki FR Paris GB London GR Athens HR Zagreb HU Budapest"
        " IE Dublin IT Rome LI Vaduz LT Vilnius LU Luxembourg LV Riga MC Monaco MD Chisinau ME Podgorica"
        " MK Skopje MT Malta NL Amsterdam NO Oslo PL Warsaw RO Bucharest RS Belgrade SE Stockholm"
        " SI Ljubljana SK Bratislava SM San_Marino TR Istanbul UA Kyiv VA Vatican"
    ),
    "Asia": (
        "AE Dubai AM Yerevan AZ Baku BD Dhaka BH Bahrain CY Nicosia GE Tbilisi HK Hong_Kong IL Jerusalem"
        " IN Kolkata IQ Baghdad IR Tehran JO Amman JP Tokyo KH Phnom_Penh KR Seoul KW Kuwait LB Beirut"
        " LK Colombo MO Macau MY Kuala_Lumpur NP Kathmandu OM Muscat PH Manila PK Karachi QA Qatar"
        " SA Riyadh SG Singapore TH Bangkok TW Taipei VN Ho_Chi_Minh"
    ),
    "Africa": (
        "DZ Algiers EG Cairo ET Addis_Ababa GH Accra KE Nairobi MA Casablanca NG Lagos SN Dakar TN Tunis"
        " TZ Dar_es_Salaam UG Kampala ZA Johannesburg"
    ),
    "America": (
        "BO La_Paz CO Bogota CR Costa_Rica CU Havana DO Santo_Domingo GT Guatemala HN Tegucigalpa JM Jamaica"
        " NI Managua PA Panama PE Lima PR Puerto_Rico PY Asuncion SV El_Salvador"
        " TT Port_of_Spain UY Montevideo VE Caracas"
    ),
    "Atlantic": "IS Reykjavik",
}


def _names() -> dict[str, str]:
    found = {}
    for area, text in _ZONES.items():
        words = text.split()
        found.update(
            {country: f"{area}/{city}" for country, city in zip(words[::2], words[1::2], strict=True)}
        )
    return found


_NAME_OF = _names()


@lru_cache(maxsize=256)
def zone_of_country(country: str) -> tzinfo | None:
    """Return the zone of *country* (ISO 3166-1 alpha-2), or None where it has several or is unknown."""
    name = _NAME_OF.get(country)
    return ZoneInfo(name) if name else None


def on_calendar(value: date | datetime, zone: tzinfo | None) -> date | datetime:
    """Return *value* on the clock of *zone* if it is a moment in UTC; its midnights are days, not moments."""
    if zone is None or not isinstance(value, datetime) or value.utcoffset() != UTC.utcoffset(None):
        return value
    return value if is_midnight(value) else value.astimezone(zone)


def is_midnight(value: date | datetime) -> bool:
    """Return whether *value* is a time of day at which nothing but a day begins."""
    return isinstance(value, datetime) and value.time() == time()

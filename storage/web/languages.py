"""The names of languages, where a page would show their codes."""

from __future__ import annotations

NAMES = dict(
    pair.split(":")
    for pair in (
        "ar:Arabic bg:Bulgarian bn:Bengali bo:Tibetan ca:Catalan cs:Czech cy:Welsh da:Danish de:German"
        " el:Greek en:English es:Spanish et:Estonian fa:Persian fi:Finnish fr:French ga:Irish he:Hebrew"
        " hi:Hindi hr:Croatian hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian ja:Japanese"
        " ka:Georgian kk:Kazakh km:Khmer ko:Korean lo:Lao lt:Lithuanian lv:Latvian mk:Macedonian"
        " mn:Mongolian ms:Malay mt:Maltese my:Burmese nb:Norwegian ne:Nepali nl:Dutch nn:Norwegian"
        " no:Norwegian pl:Polish pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian sq:Albanian"
        " sr:Serbian sv:Swedish sw:Swahili ta:Tamil th:Thai tr:Turkish ug:Uyghur uk:Ukrainian ur:Urdu"
        " uz:Uzbek vi:Vietnamese zh:Chinese"
    ).split()
)


def language_name(code: str | None) -> str | None:
    """Return a language's English name with its code, `Chinese (zh-Hant)`; else the code alone."""
    name = NAMES.get((code or "").partition("-")[0].lower())
    return f"{name} ({code})" if name else code

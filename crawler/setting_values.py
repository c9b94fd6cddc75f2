"""Whether settings that were given as text are what they must be: said before anything is opened."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.settings import SETTINGS_PRIORITIES, default_settings

from crawler import settings as our_settings
from crawler.errors import SiteDefinitionError
from crawler.network.tls import CIPHERS, LIMITS, VERSIONS, are_ciphers

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
TRUTHS = frozenset({"0", "1", "true", "false"})
LEAST = {  # with less a crawl waits for ever, or for nothing
    **dict.fromkeys(("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "CONCURRENT_ITEMS"), 1),
    **dict.fromkeys(("REACTOR_THREADPOOL_MAXSIZE", "DOWNLOAD_TIMEOUT"), 1),
    **dict.fromkeys(("DOWNLOAD_DELAY", "RETRY_TIMES", "CLOSESPIDER_TIMEOUT"), 0),
    **dict.fromkeys(("REMOVAL_DAYS", "DISK_LEAST_FREE_MB", "DISK_BUDGET_MB"), 0),
    "REMOVAL_CHECKS": 1,
}
ALIKE = 0.9  # of the letters of two names: one of them is misspelt


def require_values(settings: BaseSettings) -> None:
    """Raise if a setting of the command line is misspelt, or is not the number, yes or no that it must be.

    :raises SiteDefinitionError: with the name of the setting and what it takes
    """
    for name, value in settings.items():
        if settings.getpriority(name) == SETTINGS_PRIORITIES["cmdline"] and isinstance(value, str):
            if meant := _name_meant(name):
                raise SiteDefinitionError(f"-s {name}: there is no such setting; did you mean {meant}?")
            wanted = _what_is_missing(name, value)
            if wanted:
                raise SiteDefinitionError(f"{name}={value!r}: say {wanted}")


def require_own_values(site: str, custom_settings: object) -> None:
    """Raise if a setting that the class of *site* brings is misspelt, or not what it must be.

    :raises SiteDefinitionError: with the name of the setting and what it takes
    """
    own = {} if custom_settings is None else custom_settings
    if not isinstance(own, Mapping):
        raise SiteDefinitionError(f'{site}: custom_settings is no dict; write: {{"DOWNLOAD_DELAY": 5}}')
    for name, value in own.items():
        if meant := _name_meant(str(name)):
            raise SiteDefinitionError(f"{site}: custom_settings has {name}; did you mean {meant}?")
        if wanted := _what_is_missing(str(name), str(value)):
            raise SiteDefinitionError(f"{site}: custom_settings has {name}={value!r}; say {wanted}")


def require_log(settings: BaseSettings) -> None:
    """Raise if the log that *settings* ask for cannot be written: Scrapy opens it before anything else.

    :raises SiteDefinitionError: with the name of the setting and what it takes
    """
    level, file = settings["LOG_LEVEL"], settings["LOG_FILE"]
    if not isinstance(level, int) and level not in logging.getLevelNamesMapping():
        raise SiteDefinitionError(f"LOG_LEVEL={level!r}: say one of {', '.join(LEVELS)}")
    if not file:
        return
    try:
        Path(file).open("a").close()
    except OSError as error:
        raise SiteDefinitionError(
            f"LOG_FILE={file!r} cannot be written: {error.strerror}; name a file in a folder that is there"
        ) from error


def _name_meant(name: str) -> str | None:
    """Return the setting that *name* is a misspelling of; others may be those of somebody's own component."""
    known = {each for each in (*vars(our_settings), *vars(default_settings)) if each.isupper()}
    if name in known:
        return None
    return next(iter(get_close_matches(name, known, n=1, cutoff=ALIKE)), None)


def _what_is_missing(name: str, value: str) -> str | None:
    if name in LIMITS:
        return None if value in VERSIONS else f"one of {', '.join(VERSIONS)}"
    if name == CIPHERS:
        return None if are_ciphers(value) else "ciphers as OpenSSL lists them"
    if name == "TWISTED_REACTOR":
        return None if value == default_settings.TWISTED_REACTOR else default_settings.TWISTED_REACTOR
    default: Any = getattr(our_settings, name, getattr(default_settings, name, None))
    if isinstance(default, bool):
        return None if value.lower() in TRUTHS else "1 or 0"
    is_ours_alone = not hasattr(default_settings, name)
    if isinstance(default, int) and is_ours_alone and name != "REMOVAL_DAYS" and not _is_number(value, int):
        return "a whole number"
    if isinstance(default, int | float) and not _is_number(value, float):
        return "a number"
    if name in LEAST and not float(value) >= LEAST[name]:
        return f"{LEAST[name]} or more"
    return None


def _is_number(value: str, kind: type[int] | type[float]) -> bool:
    try:
        kind(value)
    except ValueError:
        return False
    return True

"""What governed a run, as who calls it again would type it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

ARGUMENTS = ("revisit", "full", "limit", "since")
SETTINGS = {"evidence": "EVIDENCE_ENABLED"}  # the others are called as here, in capitals


def option_texts(options: Mapping[str, object]) -> Iterator[str]:
    """Yield *options* as the command line takes them; notes of the archive's own are given in words."""
    for name, value in options.items():
        if isinstance(value, Mapping):
            notes = (f"{_words(key)} {_plain(each)}" for key, each in value.items())
            yield f"{_words(name)}: {', '.join(notes)}"
        elif name in ARGUMENTS:
            yield from _argument(name, value)
        elif isinstance(value, str):
            yield f"{_words(name)}: {value}"
        elif value is not None:
            yield f"-s {SETTINGS.get(name, name.upper())}={_plain(value)}"


def _argument(name: str, value: object) -> Iterator[str]:
    if value is True:
        yield f"--{name}"
    elif value is not None and value is not False:
        yield f"--{name} {_plain(value)}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "-" if value is None else str(value)


def _words(name: object) -> str:
    return str(name).replace("_", " ")

"""The header of a message over its text, as e-mail programs save and forward it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_FIELD = re.compile(r"(?!https?:)([^\W\d_][\w-]{1,40}( [\w-]{1,12})?)[ ]?[:：](?:\s|$)\s*(.*)")
_SENDERS = frozenset({"from", "von", "de", "da", "发件人", "寄件者", "差出人", "보낸 사람", "от"})
_SUBJECTS = frozenset(
    {"subject", "betreff", "objet", "asunto", "oggetto", "assunto", "主题", "主旨", "件名", "제목", "тема"}
)
_LEAST_FIELDS, _LONGEST = 3, 60  # lines


def message_header(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields at the head of *raw*, if they are those of a message, and the lines below them.

    The subject comes as the title that it is.
    """
    start = next((at for at, line in enumerate(raw[:_LONGEST]) if line.strip()), 0)
    fields: list[tuple[str, str]] = []
    end = start
    for line in raw[start : start + _LONGEST]:
        found = _FIELD.fullmatch(line.rstrip())
        if fields and line[:1] in " \t" and line.strip():
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}")
        elif found is not None:
            fields.append((found[1], found[3]))
        else:
            break
        end += 1
    names = {name.casefold() for name, _ in fields}
    if len(fields) < _LEAST_FIELDS or not names & _SENDERS or not names & _SUBJECTS:
        return (), raw
    return [_said(name, value) for name, value in fields], raw[end:]


def _said(name: str, value: str) -> str:
    return f"Title: {_decoded(value)}" if name.casefold() in _SUBJECTS else f"{name}: {_decoded(value)}"


def _decoded(value: str) -> str:
    """Return *value* without the encoding of a message's header, as it stands where that is none."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value

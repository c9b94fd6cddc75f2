"""The text of a message: in parts, encoded for the mail, quoted by who passed it on, or out of a chat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_string
from email.message import Message

from crawler.extract.body.fragments import read_fragment
from crawler.extract.markup.encoding import decode

_HEAD = 16_384  # characters in which the header of a message stands
_ENCODED = re.compile(
    r"^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)|^content-type:[ \t]*multipart/",
    re.IGNORECASE | re.MULTILINE,
)
_ENVELOPE = re.compile(r"From \S{1,200} .{1,80}\n")  # of a mailbox file
_FIELD = re.compile(r"[A-Za-z][\w-]{1,60}:")
_MOST_PARTS = 6  # one inside of another costs as much again
_QUOTE = re.compile(r"(?:>[ ]?)+")
_LEAST_QUOTED, _MOST_ABOVE = 0.6, 12  # of the lines, and lines over what is quoted
_CHAT = re.compile(
    r"\u200e?\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),? (\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?)\]?"
    r"(?: -)? ([^:]{1,60}): (.*)"
)
# Telegram: "Ministry of Education, [18.11.2026 14:05]", over what was written.
_POSTED = re.compile(
    r"(\S.{0,80}), \[(\d{1,2}[./]\d{1,2}[./]\d{2,4}),? (\d{1,2}:\d\d)(?::\d\d)?(?:\s?[AP]M)?\]"
)
_SIGNATURE = re.compile(r"-- ?|_{20,80}")
_LONGEST_SIGNATURE, _LONGEST_FOOT = 12, 24  # lines
_RULED = re.compile(r"[=*-]{20,80}")
_BELOW_RULE = re.compile(r"(?:[*=_~#-]\s?){3,80}")
_FEW_BELOW, _LONGEST_BELOW = 4, 120  # lines below a rule that say who sends a text, and characters of one
_SENTENCE = re.compile(r"[.!?…。！？][”\"»)）]?$")
_MARKED = re.compile(r"[-*•–+]\s|\d{1,2}[.)]|#|\[")
_LETS_GO = re.compile(  # who got a newsletter, below it
    r"(?i)\b(?:unsubscribe|abmelden|abbestellen|désabonner|désinscrire|darse de baja|disiscriv)"
    r"|退订|取消订阅|配信停止"
)


def sent_text(dump: str) -> str:
    """Return *dump* with the body that its header says it encodes, or as it is where there is none."""
    start = envelope.end() if (envelope := _ENVELOPE.match(dump)) else 0
    head = dump[start : start + _HEAD]
    if not _FIELD.match(head) or not _ENCODED.search(head) or dump.count("boundary=") > _MOST_PARTS:
        return dump[start:]
    message = message_from_string(dump[start:])
    body = next((text for kind in ("plain", "html") if (text := _text_of(message, kind))), None)
    if body is None:
        return dump[start:]
    fields = "\n".join(f"{name}: {value}" for name, value in message.items())
    return f"{fields}\n\n{body}"


def _text_of(message: Message, kind: str) -> str | None:
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            text = decode(payload, part.get_content_charset())[0] if isinstance(payload, bytes) else ""
            return "\n\n".join(read_fragment(text)[0]) if kind == "html" else text
    return None


def unquoted(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines over what *raw* quotes from another message, and what is quoted.

    Nothing stands over it where most of *raw* is no quotation.
    """
    said = [place for place, line in enumerate(raw) if line.strip()]
    quoted = [place for place in said if raw[place].startswith(">")]
    if not quoted or len(quoted) < len(said) * _LEAST_QUOTED:
        return (), raw
    above = [raw[place] for place in said if place < quoted[0]]
    if len(above) > _MOST_ABOVE:
        return (), raw
    return above, [_QUOTE.sub("", line, count=1) for line in raw[quoted[0] :]]


def told_in_chat(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return who wrote *raw* when, if it was copied out of a chat, and what was written."""
    first = next((place for place, line in enumerate(raw) if line.strip()), 0)
    if raw and _POSTED.fullmatch(raw[first].strip()):
        return raw[first : first + 1], raw[first + 1 :]
    opening = _CHAT.fullmatch(raw[first]) if raw else None
    if opening is None:
        return (), raw
    lines = [
        found[4] if (found := _CHAT.fullmatch(line)) and found[3] == opening[3] else line
        for line in raw[first:]
    ]
    heading = re.fullmatch(r"\*([^*]{1,300})\*", lines[0].strip())
    lines[:1] = [f"# {heading[1]}", ""] if heading else lines[:1]
    return (f"{opening[3]}, {opening[1]} {opening[2]}",), lines


def signature_below(raw: Sequence[str]) -> int:
    """Return where the signature of a message, or the foot of its list, begins; else the end of *raw*."""
    for place in range(len(raw) - 1, max(0, len(raw) - _LONGEST_SIGNATURE - 1), -1):
        if _SIGNATURE.fullmatch(raw[place]):
            return place
    for place in range(len(raw) - 1, max(0, len(raw) - _LONGEST_FOOT - 1), -1):
        if _RULED.fullmatch(raw[place]) and any(map(_LETS_GO.search, raw[place + 1 :])):
            return place
    return _address_below(raw)


def _address_below(raw: Sequence[str]) -> int:
    """Return where a rule stands, below a blank line, over nothing but a few lines that are no sentences."""
    below: list[str] = []
    for place in range(len(raw) - 1, 1, -1):
        line = raw[place].strip()
        if line and _BELOW_RULE.fullmatch(line):
            return place if below and not raw[place - 1].strip() else len(raw)
        if len(below) == _FEW_BELOW or _SENTENCE.search(line) or _MARKED.match(line):
            break
        below += [line] if line else []
        if len(line) > _LONGEST_BELOW:
            break
    return len(raw)

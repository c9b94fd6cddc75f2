"""The header of a message over its text, as e-mail programs save and forward it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_FIELD = re.compile(r"(?!https?:)([^\W\d_][\w-]{0,40}( [\w-]{1,12})?)[ ]?[:：](?:\s|$)\s*(.*)")
_SENDERS = frozenset(
    {
        "from",
        "van",
        "fra",
        "från",
        "od",
        "feladó",
        "від",
        "von",
        "de",
        "da",
        "发件人",
        "寄件者",
        "差出人",
        "보낸 사람",
        "от",
    }
)
_SUBJECTS = frozenset(
    {
        "subject",
        "onderwerp",
        "emne",
        "ämne",
        "temat",
        "předmět",
        "tárgy",
        "тема",
        "betreff",
        "objet",
        "asunto",
        "oggetto",
        "assunto",
        "主题",
        "主旨",
        "件名",
        "제목",
    }
)
_LEAST_FIELDS, _LONGEST = 3, 60  # lines
_MOST_ABOVE, _MOST_SALUTATION = 6, 14  # lines that say something
# What programs and press offices put before a subject.
_KIND = re.compile(
    r"^(?:(?:fwd?|wg|tr|rv|re|aw|sv|enc|转发|答复)\s?[:：]\s{0,3}|"
    r"(?:(?:press|news|media) release|(?:presse|medien)(?:mitteilung|information)"
    r"|persbericht|pressemelding|pressmeddelande|communiqué(?: de presse)?|nota de prensa"
    r"|comunicato(?: stampa)?|comunicado(?: de imprensa)?|新闻稿|新聞稿)\s?[:：–-]\s{0,3})+",
    re.IGNORECASE,
)
_GREETING = "gr[üu](?:ß|ss)e"
_CLOSING = re.compile(
    r"(?:(?:(?:kind|best|warm)(?:est)? )?regards|yours (?:sincerely|faithfully|truly)|sincerely|best wishes"
    rf"|mit (?:freundlichen|besten|herzlichen) {_GREETING}n|(?:freundliche|beste|viele|herzliche) {_GREETING}"
    r"|(?:bien )?cordialement|salutations(?: distinguées)?|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?"
    r"|met vriendelijke groet(?:en)?|med vennlig hilsen|med vänlig hälsning|z poważaniem"
    r"|atentamente|(?:cordiali|distinti) saluti|atenciosamente|с уважением|此致|敬礼)[,，.。!]?",
    re.IGNORECASE,
)


def message_header(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields at the head of *raw*, if they are those of a message, and the lines below them.

    The subject comes as the title that it is. A few words of who forwards the message may stand over the
    fields, and a salutation between them and a line that says the subject again.
    """
    said = [place for place, line in enumerate(raw[:_LONGEST]) if line.strip()]
    for above, start in enumerate(said[: _MOST_ABOVE + 1]):
        fields, end = _fields_from(raw, start)
        names = {name.casefold() for name, _ in fields}
        if len(fields) >= _LEAST_FIELDS and names & _SENDERS and names & _SUBJECTS:
            header = [_said(name, value) for name, value in fields]
            begin = _below_salutation(header, raw, end)
            return [*(raw[place] for place in said[:above]), *header, *raw[end:begin]], raw[begin:]
    return (), raw


def closing_of(raw: Sequence[str]) -> int:
    """Return where who wrote the message *raw* takes leave, or its end."""
    last = range(len(raw) - 1, max(-1, len(raw) - _MOST_SALUTATION - 1), -1)
    return next((place for place in last if _CLOSING.fullmatch(raw[place].strip())), len(raw))


def _fields_from(raw: Sequence[str], start: int) -> tuple[Sequence[tuple[str, str]], int]:
    """Return the fields that begin at *start*, and where they end."""
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
    return fields, end


def _below_salutation(header: Sequence[str], raw: Sequence[str], end: int) -> int:
    """Return the place of the line that says the subject in *header* again, *end* where none does."""
    subject = next((line.removeprefix("Title: ") for line in header if line.startswith("Title: ")), "")
    said = [place for place in range(end, len(raw)) if raw[place].strip()][:_MOST_SALUTATION]
    return next((place for place in said if raw[place].strip().casefold() == subject.strip().casefold()), end)


def _said(name: str, value: str) -> str:
    if name.casefold() not in _SUBJECTS:
        return f"{name}: {_decoded(value)}"
    return f"Title: {_KIND.sub('', _decoded(value), count=1) or value}"


def _decoded(value: str) -> str:
    """Return *value* without the encoding of a message's header, as it stands where that is none."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value

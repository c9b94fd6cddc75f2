"""Articles as newspaper databases hand them out: Nexis, Factiva, ProQuest, Wisers and those of China."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.extract.dates.written import read_date
from crawler.extract.lines.han_lines import is_han

_HEAD = 80  # lines, within which a record tells what it is
_LONGEST_DAY = 60  # characters
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\))\s.*|All Rights Reserved.*", re.IGNORECASE)
_EDGE = re.compile(r"(?:Page|Document) \d{1,4} of \d{1,4}|\d{1,4} of \d{1,4} DOCUMENTS", re.IGNORECASE)
_RANK = re.compile(
    r",\s.{0,40}\b(?:correspondent|editor|reporter|writer|staff|bureau|columnist)\b.*", re.IGNORECASE
)
_BY = re.compile(r"By\s", re.IGNORECASE)

_LENGTH = re.compile(r"Length\s?:\s?[\d,.]{1,9} words", re.IGNORECASE)
_BODY = re.compile(r"Body:?", re.IGNORECASE)
_NEXIS_FIELD = re.compile(
    r"(Section|Length|Highlight|Byline|Headline|Dateline|Graphic|Language|Load-Date|Correction-Date|Publication-Type"
    r"|Journal-Code|Subject|Organization|Industry|Geographic|Person|Company|Notes)\s?:\s*(.*)",
    re.IGNORECASE,
)
_NEXIS_END = re.compile(r"Classification|End of Document", re.IGNORECASE)

_CODE = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|PG|ED|VOL|LA|CY|CLM|SE|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|ART|RF|AN)(?:\t|\s{2,}|$)(.*)"
)
_CODES_OF_TEXT, _CODES_OF_ALL = ("LP", "TD"), frozenset({"HD", "WC", "PD", "SN"})
_KNOWN = frozenset({"HD", "BY", "PD", "SN", *_CODES_OF_TEXT})
_WORDS, _DOCUMENT = re.compile(r"[\d,.]{1,7} words"), re.compile(r"Document [A-Z0-9]{4,12}\d{6,12}\w{4,20}")

_CLOCK = re.compile(r"\d{1,2}:\d\d(?: GMT)?")

_FULL_TEXT = re.compile(r"Full text:\s*(.*)", re.IGNORECASE)
_PROQUEST = re.compile(r"(Publication title|ProQuest document ID):.*", re.IGNORECASE)
_PROQUEST_FIELD = re.compile(
    r"(Title|Author|Publication (?:title|info|date|year|subject)|Publisher|(?:Place|Country) of publication"
    r"|Abstract|Links|Subject|Location|People|Company(?: / organization)?|Identifier / keyword|Volume|Issue"
    r"|Pages|First page|Section|ISSN|Source type|Language of publication|Document (?:type|URL)"
    r"|ProQuest document ID|Copyright|Last updated|Database|Credit|Caption)\s?:\s*(.*)",
    re.IGNORECASE,
)

_WISERS = re.compile(r"([^|]{2,30}?)\s?\|\s?(\d{4}-\d\d-\d\d)")
_WISERS_PLACE = re.compile(r"(?:報章|报章|報刊|報紙|报纸|Newspapers?)\s?\|.*")
_WISERS_PAGE = re.compile(r"[A-Z]{0,2}\d{1,3}\s?[|｜]\s?(?:.{1,20}[|｜]\s?)?(\d{4}-\d\d-\d\d)")
_WISERS_BY = re.compile(r"\|\s?By\s(.{2,40})", re.IGNORECASE)
_WISERS_END = re.compile(r"(?:文章編號|文章编号|Document ID)\s?[:：].*")

_BRACKETED = re.compile(r"【\s?([一-鿿]{2,6})\s?】\s*(.*)")
_NAMED = {
    **dict.fromkeys(("标题", "標題", "题名", "篇名"), "Title"),
    **dict.fromkeys(("作者", "记者", "記者"), "Author"),
    **dict.fromkeys(("来源", "來源", "报纸名称", "報紙名稱", "报纸", "刊名", "媒体名称"), "Source"),
    **dict.fromkeys(("日期", "报纸日期", "發佈日期", "发布日期", "发布时间", "出版日期"), "Date"),
}
_LABELS = {"Date": "Published"}
_HAN_LABELS = {"Author": "作者", "Source": "来源", "Date": "发布时间"}
_TEXT = frozenset({"正文", "全文", "内容", "內容"})


@dataclass(slots=True, kw_only=True)
class _Record:
    """What a database says of an article, and its text."""

    named: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def fields(self) -> Sequence[str]:
        labels = _HAN_LABELS if is_han(self.named["Title"]) else _LABELS
        named = (f"{labels.get(name, name)}: {value}" for name, value in self.named.items() if value)
        return [*named, *self.rest]


def database_record(raw: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the fields around an article of a database, and its text; nothing and *raw* if it is none."""
    said = [line.strip() for line in raw]
    head = [line for line in said if line][:_HEAD]
    for read in (_nexis, _factiva_codes, _factiva, _proquest, _wisers, _wisers_page, _bracketed):
        record = read(head, said)
        if record and record.named.get("Title") and any(record.text):
            return record.fields(), record.text
    return (), raw


def _nexis(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    if not (any(map(_LENGTH.fullmatch, head)) and any(map(_BODY.fullmatch, head))):
        return None
    body = next(place for place, line in enumerate(said) if _BODY.fullmatch(line))
    record = _nexis_head(said[:body])
    below = range(body + 1, len(said))
    end = next(
        (at for at in below if _NEXIS_END.fullmatch(said[at]) or _NEXIS_FIELD.fullmatch(said[at])), len(said)
    )
    record.text = list(said[body + 1 : end])
    record.rest += filter(None, said[end:])
    return record


def _nexis_head(lines: Sequence[str]) -> _Record:
    record = _Record()
    labels = {"headline": "Title", "byline": "Author"}
    above = []
    for line in filter(None, lines):
        found = _NEXIS_FIELD.fullmatch(line)
        if found and found[1].lower() in labels:
            record.named[labels[found[1].lower()]] = _RANK.sub("", _BY.sub("", found[2]))
        elif found or _EDGE.fullmatch(line) or _COPYRIGHT.fullmatch(line):
            record.rest.append(line)
        else:
            above.append(line)
    _name_head(record, above)
    return record


def _name_head(record: _Record, above: Sequence[str]) -> None:
    """Name the lines over an article: its headline, unless a field has it, its newspaper and its day."""
    for line in above:
        if "Date" not in record.named and len(line) <= _LONGEST_DAY and read_date(line):
            record.named["Date"] = line
        elif "Title" not in record.named:
            record.named["Title"] = line
        elif "Source" not in record.named and line != record.named["Title"]:
            record.named["Source"] = line
        else:
            record.rest.append(line)


def _factiva_codes(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    codes = {found[1] for line in head if (found := _CODE.match(f"{line}\t"))}
    if not codes >= _CODES_OF_ALL or not codes & set(_CODES_OF_TEXT):
        return None
    values: dict[str, list[str]] = {}
    code = ""
    for line in said:
        if found := _CODE.fullmatch(line):
            code = found[1]
        values.setdefault(code, []).append(found[2].strip() if found else line)
    whole = {code: " ".join(filter(None, lines)) for code, lines in values.items()}
    return _Record(
        named={
            "Title": whole["HD"],
            "Author": _RANK.sub("", _BY.sub("", whole.get("BY", ""))),
            "Date": whole["PD"],
            "Source": whole["SN"],
        },
        rest=[line for code in values if code not in _KNOWN for line in filter(None, values[code])],
        text=[line for code in _CODES_OF_TEXT for line in ("", *values.get(code, ()))],
    )


def _factiva(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    """Return a record as Factiva shows it: headline, byline, words, day, newspaper, language, rights."""
    counted = next((place for place, line in enumerate(said) if _WORDS.fullmatch(line)), None)
    end = next((place for place, line in enumerate(said) if _DOCUMENT.fullmatch(line)), None)
    if counted is None or end is None or end < counted or said[counted] not in head:
        return None
    rights = next((place for place in range(counted, end) if _COPYRIGHT.match(said[place])), None)
    if rights is None:
        return None
    above = list(filter(None, said[:counted]))
    facts = [line for line in said[counted + 1 : rights] if line and not _CLOCK.fullmatch(line)]
    by = [line for line in above[1:] if _BY.match(line)]
    title = [line for line in above if line not in by][-1:]
    record = _Record(named={"Title": "".join(title), "Author": _RANK.sub("", _BY.sub("", "".join(by[:1])))})
    record.rest = [line for line in (*above, said[counted]) if line not in (*title, *by)]
    _name_head(record, facts)
    record.rest += [said[rights], *filter(None, said[end:])]
    record.text = list(said[rights + 1 : end])
    return record


def _proquest(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    if not any(map(_FULL_TEXT.fullmatch, head)) or not any(map(_PROQUEST.fullmatch, said)):
        return None
    labels = {
        "title": "Title",
        "author": "Author",
        "publication title": "Source",
        "publication date": "Date",
    }
    record = _Record()
    within = False
    for line in said:
        full, found = _FULL_TEXT.fullmatch(line), _PROQUEST_FIELD.fullmatch(line)
        if full:
            within = True
            record.text.append(full[1])
        elif found:
            within = False
            name = labels.get(found[1].lower())
            if name:
                record.named[name] = found[2].partition(";")[0].strip() if name == "Source" else found[2]
            else:
                record.rest.append(line)
        elif within:
            record.text.append(line)
        elif line:
            record.rest.append(line)
    return record


def _wisers(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    for line in head:
        if not _WISERS.fullmatch(line):
            continue
        place = said.index(line)
        paper, below = _WISERS.fullmatch(line), [at for at in range(place + 1, len(said)) if said[at]][:2]
        if paper and len(below) == 2 and _WISERS_PLACE.fullmatch(said[below[0]]):
            by = _WISERS_BY.search(said[below[0]])
            end = next((at for at in range(place, len(said)) if _WISERS_END.fullmatch(said[at])), len(said))
            return _Record(
                named={
                    "Title": said[below[1]],
                    "Source": paper[1],
                    "Date": paper[2],
                    "Author": by[1] if by else "",
                },
                rest=[*filter(None, said[:place]), said[below[0]], *filter(None, said[end:])],
                text=list(said[below[1] + 1 : end]),
            )
    return None


def _wisers_page(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    """Return a record over which the newspaper stands alone, and below it page, section and day."""
    page = _WISERS_PAGE.fullmatch(head[1]) if len(head) > 3 else None
    end = next((at for at, line in enumerate(said) if _WISERS_END.fullmatch(line)), None)
    if page is None or end is None:
        return None
    title = said.index(head[2])
    return _Record(
        named={"Title": head[2], "Source": head[0], "Date": page[1]},
        rest=[head[1], *filter(None, said[end:])],
        text=list(said[title + 1 : end]),
    )


def _bracketed(head: Sequence[str], said: Sequence[str]) -> _Record | None:
    """Return a record whose fields stand in brackets: 【标题】, 【作者】, 【正文】."""
    names = {found[1] for line in head if (found := _BRACKETED.fullmatch(line))}
    if not names & _TEXT or not any(_NAMED.get(name) == "Title" for name in names):
        return None
    record = _Record()
    within = False
    for line in said:
        found = _BRACKETED.fullmatch(line)
        if found and (found[1] in _NAMED or found[1] in _TEXT or not within):
            within = found[1] in _TEXT
            if within:
                record.text.append(found[2])
            elif found[1] in _NAMED:
                record.named.setdefault(_NAMED[found[1]], found[2])
            else:
                record.rest.append(line)
        elif within:
            record.text.append(line)
        elif line:
            record.rest.append(line)
    return record


def holds_records(lines: Sequence[str]) -> bool:
    """Return whether *lines* are those of several articles that a database hands out in one file."""
    lengths = sum(_LENGTH.fullmatch(line) is not None for line in lines)
    documents = sum(_DOCUMENT.fullmatch(line) is not None for line in lines)
    return max(lengths, documents) > 1

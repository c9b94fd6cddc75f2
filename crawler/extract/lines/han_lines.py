"""How a Chinese line of its own opens: with its number, or with what it tells of."""

from __future__ import annotations

import re

_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百]{1,4}[章节節条]"
    r"|\d{1,2}[.．、](?=[\u4e00-\u9fff])|[\u4e00-\u9fff][\u4e00-\u9fff ]{1,9}[：:]"
)
_HAN = re.compile("[\u4e00-\u9fff]")


def opens_item(line: str) -> bool:
    """Return whether *line* opens with a number ("一、", "第三章") or a label ("联系人：")."""
    return _ITEM.match(line) is not None


def is_han(line: str) -> bool:
    """Return whether *line* has a Chinese character."""
    return _HAN.search(line) is not None

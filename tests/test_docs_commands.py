"""The commands that the documentation shows exist, and those that need no network run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from crawler.cli import COMMANDS, cli
from crawler.demo.places import DEFAULT_PORT
from crawler.demo.server import serve
from crawler.demo.site import DemoSite
from crawler.registry import declared_sites
from tests.doc_pages import DOCS, PAGES, ROOT, blocks, name_of

TUTORIAL = DOCS / "tutorial.md"
# What a page shows as run; each is made a step of a shell script. `sh parse` and `crontab` are only parsed.
RUN = {
    "sh": "{}",
    "python": "python - <<'PYTHON'\n{}PYTHON\n",
    "sql": "python - <<'PYTHON'\nimport sqlite3\n"
    "sqlite3.connect('archive/hotnews.db').execute('''{}''').fetchall()\nPYTHON\n",
}
PARSED = {"sh", "sh parse", "crontab"}
# A bare Debian has no curl; the pages use it for one thing.
SHELL = """set -euo pipefail
command -v curl >/dev/null || curl() {
    python -c 'import sys, urllib.request as r; r.urlopen(r.Request(sys.argv[1], method="POST"))' "${@: -1}"
}
"""

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


# Commands that are shown


def shown_commands(page: Path) -> Iterator[list[str]]:
    """Yield the words of each `hotnews`, `scrapy` and `make` command that *page* shows."""
    for block in blocks(page):
        if block.kind in PARSED:
            for line in block.text.replace("\\\n", " ").splitlines():
                yield from commands_of(line)


def commands_of(line: str) -> Iterator[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    command: list[str] = []
    for word in [*lexer, ";"]:
        if set(word) <= set(";&|<>()"):
            yield from [command] if command else []
            command = []
        elif command or Path(word).name in {"hotnews", "scrapy", "make"}:
            command.append(Path(word).name if not command else word)


@every_page
def test_shown_commands_and_their_options_exist(page: Path) -> None:
    checks = {"hotnews": problem_of_hotnews, "scrapy": problem_of_scrapy, "make": problem_of_make}

    problems = [problem for words in shown_commands(page) if (problem := checks[words[0]](words[1:]))]

    assert problems == []


def problem_of_hotnews(words: list[str]) -> str | None:
    if not words or words[0].startswith("-"):
        return None
    if words[0] not in COMMANDS:
        return f"hotnews has no command {words[0]}"
    known = options_of(command(words[0]))
    unknown = [word for word in words[1:] if is_option(word) and word.partition("=")[0] not in known]
    return f"hotnews {words[0]} has no option {unknown}" if unknown else None


def is_option(word: str) -> bool:
    return re.match(r"--?[a-z]", word) is not None


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)  # type: ignore[attr-defined]
    assert found is not None
    return found


def options_of(shown: click.Command) -> set[str]:
    parameters = shown.get_params(click.Context(shown))
    return {name for parameter in parameters for name in (*parameter.opts, *parameter.secondary_opts)}


def problem_of_scrapy(words: list[str]) -> str | None:
    name = words[0].replace("-", "_")
    if not any(find_spec(f"{package}.commands.{name}") for package in ("crawler", "scrapy")):
        return f"scrapy has no command {words[0]}"
    known = {*declared_sites(), "adhoc", "example"}
    return f"no site is called {words[1]}" if words[0] == "crawl" and words[1] not in known else None


def problem_of_make(words: list[str]) -> str | None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    wanted = [word for word in words if "=" not in word and not word.startswith("-")]
    return next((f"make has no target {word}" for word in wanted if word not in targets), None)


# Pages that run


def script_of(page: Path, base_url: str) -> str:
    """Return what *page* shows as one shell script, with the demo site at *base_url*."""
    steps = (RUN[block.kind].format(block.text) for block in blocks(page) if block.kind in RUN)
    script = "".join(steps).replace(f"http://127.0.0.1:{DEFAULT_PORT}/", base_url)
    port = base_url.rstrip("/").rpartition(":")[2]
    script = re.sub(r"\bhotnews demo\b(?!.*--port)", rf"\g<0> --port {port}", script)
    return SHELL + re.sub(r"\bcrawl demo\b(?!.*base_url)", rf"\g<0> -a base_url={base_url}", script)


def run_page(page: Path, folder: Path, base_url: str) -> subprocess.CompletedProcess[str]:
    """Run what *page* shows in *folder*, as somebody who follows it would."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOTNEWS_")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    environment["SCRAPY_SETTINGS_MODULE"] = "crawler.settings"  # scrapy.cfg in a clone
    return subprocess.run(
        ["bash", "-c", script_of(page, base_url)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )


class Followed(NamedTuple):
    """The tutorial, followed to its end: where, on which site, and what it printed."""

    folder: Path
    base_url: str
    output: str
    exit_code: int


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    folder = tmp_path_factory.mktemp("tutorial")
    with serve(DemoSite(), port=0) as server:
        run = run_page(TUTORIAL, folder, server.url)
        yield Followed(folder, server.url, run.stdout, run.returncode)


def test_the_tutorial_can_be_followed(tutorial: Followed) -> None:
    assert tutorial.exit_code == 0, tutorial.output


@pytest.mark.parametrize("page", [TUTORIAL, ROOT / "README.md"], ids=name_of)
def test_the_demo_and_the_tutorial_print_what_is_shown(page: Path, tutorial: Followed) -> None:
    shown = [line for block in blocks(page) if block.kind == "text" for line in block.text.splitlines()]
    printed = {without_particulars(line) for line in tutorial.output.splitlines()}

    assert [line for line in shown if without_particulars(line) not in printed] == []


def without_particulars(text: str) -> str:
    """Return *text* without paths and blanks: they differ with the folder and the terminal."""
    return " ".join(re.sub(r"sqlite://\S+", "URL", text).split())


RUNNING = [page for page in PAGES if page != TUTORIAL and any(block.kind in RUN for block in blocks(page))]


@pytest.mark.parametrize("page", RUNNING, ids=name_of)
def test_what_a_page_shows_runs_after_the_tutorial(page: Path, tutorial: Followed, tmp_path: Path) -> None:
    folder = shutil.copytree(tutorial.folder, tmp_path / page.stem)

    followed = run_page(page, folder, tutorial.base_url)

    assert followed.returncode == 0, followed.stdout
